//! Constants that are part of the method: they can't be changed and are not fitted.

use super::{Constant, Tier};

macro_rules! fixed {
    ($($name:ident: $value:expr, $unit:literal, $min:literal .. $max:literal, $tier:ident,
        $about:literal, $source:literal;)*) => {
        $(#[doc = $about] pub const $name: f64 = $value;)*

        /// Every fixed constant with its value, unit, range, tier and source.
        pub const TABLE: &[Constant] = &[$(Constant {
            name: stringify!($name), value: $value, unit: $unit, min: $min, max: $max,
            tier: Tier::$tier, source: $source, about: $about,
        },)*];
    };
}

fixed! {
    GRAVITY_M_S2: 9.80665, "m/s^2", 9.78..9.84, A, "Standard gravity.", "CGPM 1901";
    RUNNING_CADENCE_STEPS_MIN: 140.0, "steps/min", 134.0..141.0, B,
        "Cadence at and above which a step is a running step.",
        "transition at 140 steps/min, 10.1016/j.humov.2023.103117";
    RUNNING_SPEED_M_S: 2.0, "m/s", 1.9..2.1, B,
        "Speed above which a step is a running step.",
        "transition at 1.9 to 2.0 m/s, 10.1016/j.humov.2023.103117";
    RECORDED_RUNNING_SPEED_M_S: 1.9, "m/s", 1.75..2.0, C,
        "Speed in a recording without cadence above which level ground is run.",
        "33 h of running and 12 h of walking with cadence, docs/design.md";
    RUNNING_SPEED_PER_GRADE_M_S: 1.0, "m/s", 0.0..2.0, C,
        "By how much that speed falls with the steepness, up or down, per unit of grade.",
        "as above; slower on steeper climbs also in 10.1242/jeb.233056";
    GAIT_WINDOW_S: 30.0, "s", 20.0..60.0, C, "Time over which that speed is the mean.", "as above";
    MAX_GRADE: 0.45, "", 0.4..0.6, B, "Steepest grade of a run that is believed.",
        "range of the measurements, 10.1152/japplphysiol.01177.2001";
    STEEPEST_WALKED_GRADE: 1.0, "", 0.8..1.2, D,
        "Steepest grade that is believed of walking: stairs and scrambles.",
        "assumed; stairs were measured to 42 degrees, 0.9 (Riener 2002)";
    STEEP_HEIGHT_M: 12.0, "m", 5.0..30.0, D,
        "Height over which walking must go on steeper than the steepest grade of runs to be believed.",
        "assumed: a step of the sensor up to this height is not taken out";
    METABOLIC_MAX_GRADE: 0.45, "", 0.4..0.5, B, "Steepest grade at which the metabolic cost was measured.",
        "10.1152/japplphysiol.01177.2001";
    BAROMETER_WINDOW_M: 50.0, "m", 20.0..100.0, D,
        "Shortest straight-line window of a grade from a barometer.",
        "assumed; noise of a reading 0.25 m (BMP390 data sheet)";
    MAP_WINDOW_M: 100.0, "m", 50.0..200.0, D,
        "Shortest straight-line window of a grade from a map or an unknown source.",
        "assumed; error of 30 m maps 2.7 to 7.5 m, 10.4236/jgis.2019.112009";
    SATELLITE_WINDOW_M: 200.0, "m", 100.0..400.0, D,
        "Shortest straight-line window of a grade from satellite positions.",
        "assumed; error 2 to 20 m, correlated over minutes";
    SET_WINDOW_M: 10.0, "m", 5.0..20.0, D,
        "Shortest straight-line window of a grade that was set.", "assumed";
    BAROMETER_DRIFT_GRADE_SE: 0.004, "", 0.001..0.01, D,
        "Grade error of a barometer that smoothing can't see.", "assumed";
    MAP_DRIFT_GRADE_SE: 0.010, "", 0.005..0.02, D,
        "Grade error of a map or an unknown source that smoothing can't see.", "assumed";
    SATELLITE_DRIFT_GRADE_SE: 0.020, "", 0.01..0.05, D,
        "Grade error of satellite positions that smoothing can't see.", "assumed";
    SET_DRIFT_GRADE_SE: 0.002, "", 0.0..0.01, D, "Grade error of a treadmill.", "assumed";
    SATELLITE_NOISE_M: 1.0, "m", 0.5..2.0, D,
        "Noise above which a recording of unknown source is one of satellite positions.",
        "between a barometer (0.3 m) and open-sky positions (2 to 3.6 m)";
    GRADE_ERROR_RANGE_M: 500.0, "m", 200.0..2000.0, D,
        "Distance over which grade errors are common; beyond it they are independent.", "assumed";
    MIN_GAP_S: 30.0, "s", 10.0..60.0, D,
        "Time without samples above which it is not running, unless samples are that rare.",
        "assumed; smart recording waits up to 8 s";
    STANDING_SPEED_M_S: 0.2, "m/s", 0.1..0.4, D, "Slower than this for long is standing.", "assumed";
    STANDING_S: 10.0, "s", 5.0..20.0, D, "Time after which slow is standing.",
        "assumed: device distances come in steps";
    LONG_STOP_S: 30.0, "s", 10.0..120.0, D,
        "A stop longer than this splits the elevation profile.", "assumed: the altimeter drifts";
    MAX_SPEED_M_S: 11.0, "m/s", 9.0..12.5, D, "Faster than this is a position error.", "assumed";
    SPIKE_M: 10.0, "m", 5.0..20.0, D, "A reading this far from its neighbours may be a spike.", "assumed";
    SPIKE_SPEED_M_S: 3.0, "m/s", 2.0..5.0, D,
        "A reading that would have to be reached and left faster than this is a spike.", "assumed";
    STEP_M: 12.0, "m", 8.0..20.0, D, "Smallest step of the elevation that splits the profile.", "assumed";
    STEP_SPEED_M_S: 6.0, "m/s", 4.0..10.0, D, "Vertical speed of such a step.", "assumed";
    TURN_M: 3.0, "m", 1.0..5.0, D, "A turn of the profile smaller than this is no climb or descent.", "assumed";
    MEASURED_GRADE: -0.28, "", -0.35..-0.25, B, "Steepest descent of which more than one group was measured.",
        "40 min of walking, 10.1371/journal.pone.0173909";
    MEASURED_RUN_M_S: 4.55, "m/s", 4.0..5.3, B, "Fastest run after which damage was measured more than once.",
        "evidence tables: a marathon of trained runners";
    MEASURED_WALK_M_S: 0.83, "m/s", 0.7..1.0, B, "Slowest descent on foot after which anything was measured.",
        "evidence tables: an hour down 25 %";
    MEASURED_HOURS: 7.0, "h", 4.0..10.0, B, "Longest run whose course is known well.",
        "evidence tables: a trail race; what is longer has no printed profile";
    MEASURED_AGE_YEARS: 45.0, "years", 40.0..60.0, B, "Age up to which most groups were.",
        "evidence tables: two groups are older than 60";
    MEASURED_YOUNG_YEARS: 18.0, "years", 16.0..20.0, B, "Age from which on groups were measured.",
        "evidence tables: adults only";
    UNMEASURED_PER_GRADE: 2.3, "", 1.0..4.0, D,
        "Error of a dose beyond the steepest measured descent, standard deviation of the logarithm per unit of grade.",
        "assumed: on stairs of 60 % a factor of 2";
    UNMEASURED_PER_LOG_SPEED: 2.2, "", 1.0..4.0, D,
        "Error of a dose beyond the measured speeds, standard deviation of the logarithm per logarithm of the speed.",
        "assumed: at 0.6 m/s and at 6.5 m/s a factor of 2";
    UNMEASURED_PER_LOG_HOURS: 0.65, "", 0.2..1.0, D,
        "Error of a dose of a longer run, standard deviation of the logarithm per logarithm of its hours.",
        "assumed: after 30 h a factor of 2.6";
    UNMEASURED_PER_YEAR: 0.04, "1/year", 0.01..0.06, D,
        "Error of the dose of younger and older people, standard deviation of the logarithm per year.",
        "assumed: at 70 years a factor of 2.7; no effect on strength, soreness less from 35 years on by 0.3 to 0.6 standard deviations (10.1123/japa.2024-0165)";
    EASY_SPEED_M_S: 2.8, "m/s", 2.4..3.2, D,
        "Speed of easy level running, of which equivalent flat kilometres are made.", "assumed";
    SEVERE_SORENESS: 4.5, "", 3.5..7.0, D, "Median soreness from which on a forecast is severe.",
        "adults call 7 of 10 severe pain (10.1016/j.jpain.2005.07.012); at this median one in ten people reaches it";
    SEVERE_STRENGTH_LOSS: 0.30, "", 0.2..0.5, D,
        "Median loss of strength from which on a forecast is severe.",
        "assumed: half an hour downhill costs 15 to 22 %, a 166 km mountain race 35 % (10.1371/journal.pone.0017059)";
    DESCENT_FROM_GRADE: -0.05, "", -0.10..-0.03, D, "Steeper than this is a descent of a run.", "assumed";
    USUAL_DESCENT_M: 100.0, "m", 50.0..500.0, D,
        "Metres of descent from which on a runner has a usual descent.", "assumed";
    OTHER_DESCENT_GRADE: -0.12, "", -0.15..-0.10, B,
        "Grade of the descent of a runner without a usual one.",
        "median of the downhill protocols in a review, quartiles as range, 10.1007/s40279-020-01355-z";
    OTHER_DESCENT_SPEED_M_S: 3.139, "m/s", 2.72..3.58, B, "Speed on that descent.",
        "median of the downhill protocols in a review, quartiles as range, 10.1007/s40279-020-01355-z";
    STEEP_DESCENT_GRADE: -0.25, "", -0.35..-0.18, D, "Grade of a short and steep descent.",
        "assumed: as steep as the steepest downhill runs of the evidence tables";
    STEEP_DESCENT_SPEED_M_S: 2.66, "m/s", 2.0..3.2, D, "Speed on that descent.",
        "assumed: two thirds of the level speed of a middling runner";
    LONGEST_SESSION_H: 6.0, "h", 3.0..12.0, D, "Longest descent that is looked at for a day.",
        "assumed: beyond it other limits come first";
    WORTHWHILE_POINTS: 5.0, "", 2.0..20.0, D, "Fewer points than these are nothing downhill.",
        "assumed: one minute and a half of the reference bout";
    USUAL_WEEKS: 4.0, "", 2.0..8.0, D, "Weeks over which the usual week is taken.", "assumed";
    EASY_DAYS_AFTER: 2.0, "", 1.0..4.0, C, "Days without a descent after every descent session.",
        "running costs more for 3 days (Chen, Nosaka and Tu 2007), 4 days between exhausting descents were too few (10.1152/japplphysiol.00738.2007)";
    BUILD_UP: 1.3, "", 1.1..2.0, D,
        "Largest next session relative to the largest of the days before, in metres of descent.",
        "assumed: overuse injuries rose with runs more than 10 % longer than the longest of 30 days, most beyond 100 % (distance, 10.1136/bjsports-2024-109380)";
    BUILD_UP_DAYS: 30.0, "d", 14.0..42.0, B, "The days before over which the largest session counts.",
        "10.1136/bjsports-2024-109380";
    FIRST_DESCENT_M: 200.0, "m", 50.0..400.0, D,
        "What a session may always have, and below which a run counts as easy, in metres of descent.", "assumed";
    POINTS_WORTH: 0.03, "", 0.0..0.2, D,
        "Soreness after a race that 100 points of training must save at least.",
        "assumed: keeps sessions out of a plan that buy nothing";
    NOTICED_SORENESS: 1.2, "", 0.9..1.5, C,
        "What a plan may add to the median soreness of a muscle group that the usual running alone makes sorer than asked.",
        "just noticeable change of pain, 12 mm of 100, 10.1136/emj.18.3.205";
    MAX_STEEP_SHARE: 0.05, "", 0.01..0.2, D,
        "Share of a course that may be steeper than the steepest grade that is believed.", "assumed";
    MAX_COURSE_NOISE_M: 10.0, "m", 5.0..20.0, D, "Noise of the elevations above which a course is none.",
        "error of 30 m maps 2.7 to 7.5 m, 10.4236/jgis.2019.112009";
    BRISK_WALK_M_S: 1.2, "m/s", 1.0..1.4, D,
        "Speed above which walking begins to cost more than its polynomial says; at the speed of running it costs as much as running.",
        "assumed; the polynomial is that of the cheapest speed, 1.0 +- 0.3 m/s on the level (10.1152/japplphysiol.01177.2001)";
    DESCENT_BEST_GRADE: -0.09, "", -0.12..-0.07, C,
        "Grade on which descents are fastest.",
        "240,000 runners at the same heart rate (Strava 2017, medium.com/strava-engineering/an-improved-gap-model-8b07ae8886c3); its curve as others read it, -0.08 to -0.10";
    DESCENT_BEST_PACE: 0.88, "", 0.84..0.92, C,
        "Pace on that grade over pace on the level.", "as above; level pace again at twice that grade";
    DESCENT_STRENGTH_EXPONENT: 0.4, "", 0.0..1.0, D,
        "Speed on a descent goes with the strength of the quadriceps to this power.",
        "size assumed: an eighth lost at a loss of 30 %; later in a race descents slow more than climbs (10.3390/jfmk7040103)";
    RACE_FADE: 0.13, "", 0.0..0.3, D,
        "Fall of metabolic power from start to finish, as a fraction of its mean.",
        "size assumed; speed falls at all gradients, least uphill (10.1371/journal.pone.0145482)";
    TYPICAL_POWER_W_KG: 7.8, "W/kg", 4.0..10.0, C,
        "Metabolic power of the middle of the field over 10 h.",
        "through mean times of 10 h 21 min for 56 km (10.3390/ijerph20043297), 18.3 h for 106 km (10.1371/journal.pone.0145482) and 122 h for 330 km (10.1371/journal.pone.0065596), hills of the first two at 15 to 20 %, and 4.5 h for a marathon";
    TYPICAL_POWER_EXPONENT: 0.26, "", 0.05..0.5, C,
        "Fall of that power with the time to finish.", "as above";
    LEAD_LEGS_LOSS: 0.25, "", 0.15..0.35, D,
        "Loss of strength from which legs are said to be lead.", "assumed";
    STAIRS_SORENESS: 3.0, "", 2.0..4.0, D,
        "Soreness above which stairs are a trouble, of 10.", "assumed: where pain begins to be more than mild";
    DOWNHILL_STRENGTH_LOSS: 0.10, "", 0.05..0.15, D,
        "Loss of strength above which running downhill is not sensible yet.", "assumed";
    DAYS_OFF_DOWNHILL: 3.0, "days", 2.0..4.0, B,
        "Days without running downhill after a hard descent, at least.",
        "running economy impaired for three days (Chen, Nosaka and Tu 2007, J Sports Sci 25)";
}
