//! The table itself. `docs/constants.md` is generated from it.

use core::fmt;

use super::calibrated;
use crate::bounds::Bound;
use crate::error::Result;

/// How well a constant is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tier {
    /// Read in a table with its spread.
    A,
    /// Read in an abstract or in running text.
    B,
    /// Derived from A or B, or fitted to them.
    C,
    /// Assumed.
    D,
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// One constant of the model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Constant {
    /// Name, as in [`Parameters`] and in saved data.
    pub name: &'static str,
    /// Value of the crate's default set.
    pub value: f64,
    /// Unit; empty for a pure number.
    pub unit: &'static str,
    /// Smallest plausible value.
    pub min: f64,
    /// Largest plausible value.
    pub max: f64,
    /// How well it is known.
    pub tier: Tier,
    /// Where it comes from.
    pub source: &'static str,
    /// What it is.
    pub about: &'static str,
}

macro_rules! parameters {
    ($($name:ident: $value:expr, $unit:literal, $min:literal .. $max:literal, $tier:ident,
        $about:literal, $source:literal;)*) => {
        /// The constants of the model, by name.
        ///
        /// The default set is the calibrated population. A changed set must pass [`Parameters::check`]. A saved
        /// set of an earlier release lacks newer constants: they take their defaults.
        ///
        /// ```
        /// use eccentric::params::Parameters;
        /// let p = Parameters::default();
        /// assert_eq!(p.get("run_work_level_j_kg_m"), Some(1.0));
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
        pub struct Parameters {
            $(#[doc = $about] #[doc = ""] #[doc = concat!("Unit: `", $unit, "`. Tier ", stringify!($tier), ". ", $source)]
            pub $name: f64,)*
        }

        impl Default for Parameters {
            fn default() -> Self {
                Self { $($name: $value,)* }
            }
        }

        impl Parameters {
            /// Every constant with its value, unit, range, tier and source.
            pub const TABLE: &'static [Constant] = &[$(Constant {
                name: stringify!($name), value: $value, unit: $unit, min: $min, max: $max,
                tier: Tier::$tier, source: $source, about: $about,
            },)*];

            /// Value of a constant by name.
            pub fn get(&self, name: &str) -> Option<f64> {
                match name { $(stringify!($name) => Some(self.$name),)* _ => None }
            }

            /// A constant by name, to change it.
            pub fn get_mut(&mut self, name: &str) -> Option<&mut f64> {
                match name { $(stringify!($name) => Some(&mut self.$name),)* _ => None }
            }

            fn check_ranges(&self) -> Result<()> {
                $(Bound { quantity: stringify!($name), min: $min, max: $max, unit: $unit }
                    .check(self.$name)?;)*
                Ok(())
            }
        }
    };
}

parameters! {
    run_work_level_j_kg_m: 1.00, "J/kg/m", 0.8..1.2, C,
        "Negative work on the level, running.",
        "Minetti 1994, 10.1242/jeb.195.1.211; fitted form, docs/model.md";
    run_work_grade: 0.116, "", 0.08..0.16, C,
        "Grade over which braking and propulsion part, running.",
        "Minetti 1994, 10.1242/jeb.195.1.211; fitted form, docs/model.md";
    walk_work_level_j_kg_m: 0.65, "J/kg/m", 0.4..0.9, C,
        "Negative work on the level, walking.",
        "Minetti 1993; fitted form, docs/model.md";
    walk_work_grade: 0.116, "", 0.08..0.16, D,
        "Grade over which braking and propulsion part, walking.",
        "assumed as in running";
    run_step_rate_min: 132.5, "steps/min", 110.0..160.0, C,
        "Step rate of running at speed zero.",
        "between novices (10.1371/journal.pone.0184273) and experienced runners";
    run_step_rate_per_speed: 10.75, "steps/min per m/s", 7.0..14.0, C,
        "Rise of the step rate of running with speed.",
        "between novices (10.1371/journal.pone.0184273) and experienced runners";
    walk_step_rate_root_speed: 1.65, "1/s per sqrt(m/s)", 1.3..2.0, D,
        "Step rate of walking per square root of speed.",
        "through 109/min at 1.2 m/s (preferred) and 140/min at 2.0 m/s (transition, 10.1016/j.humov.2023.103117)";
    share_max_grade: 0.15, "", 0.10..0.30, D,
        "Steepness beyond which the shares of the muscle groups stay as they are.",
        "assumed: range of the studies";
    run_share_quadriceps: 0.415, "", 0.335..0.495, D,
        "Share of the quadriceps in the negative work of stance, level running.",
        "direction: knee moments largest downhill (10.52082/jssm.2023.111); numbers assumed";
    run_share_quadriceps_slope: 1.25, "", 0.3..1.6, D,
        "Its rise per unit of downhill grade.", "as above";
    run_share_calves: 0.485, "", 0.405..0.565, D,
        "Share of the calves in the negative work of stance, level running.", "as above";
    run_share_calves_slope: -1.70, "", -2.1..-0.8, D,
        "Its change per unit of downhill grade.", "as above";
    run_share_hip: 0.10, "", 0.0..0.18, D,
        "Share of the hip extensors in the negative work of stance, level running.", "as above";
    run_share_hip_slope: 0.45, "", 0.0..0.8, D,
        "Its change per unit of downhill grade.", "as above";
    walk_share_quadriceps: 0.39, "", 0.33..0.45, C,
        "Share of the quadriceps in the negative work of stance, level walking.",
        "remainder of the printed ankle and hip shares, PMC6124028";
    walk_share_quadriceps_slope: 0.38, "", 0.0..1.0, C,
        "Its rise per unit of downhill grade.", "0.45 at -9 degrees, remainder, PMC6124028";
    walk_share_calves: 0.42, "", 0.36..0.48, B,
        "Share of the calves in the negative work of stance, level walking.", "PMC6124028";
    walk_share_calves_slope: -0.25, "", -0.6..0.0, B,
        "Its change per unit of downhill grade.", "0.38 at -9 degrees, PMC6124028";
    walk_share_hip: 0.19, "", 0.13..0.25, B,
        "Share of the hip extensors in the negative work of stance, level walking.", "PMC6124028";
    walk_share_hip_slope: -0.13, "", -0.4..0.1, B,
        "Its change per unit of downhill grade.", "0.17 at -9 degrees, PMC6124028";
    stairs_grade: 0.60, "", 0.45..0.70, C,
        "Steepness of stairs, at which their shares hold; between it and `share_max_grade` shares of walking go over.",
        "stairs of 31 degrees: the recorded public stairs of two studies lie between 24 and 42 degrees";
    stairs_share_quadriceps: 0.60, "", 0.4..0.75, C,
        "Share of the quadriceps in the negative work of stance, walking down stairs.",
        "0.64 by joint powers read off a figure (Boehme 2022; level walking by the same method 0.37); on stairs the ankle takes over from the knee (ojs.ub.uni-konstanz.de/cpa/article/view/3852)";
    stairs_share_calves: 0.40, "", 0.25..0.5, C,
        "Share of the calves in the negative work of stance, walking down stairs.",
        "0.36 by the same figure, level walking 0.44; as above";
    swing_work_j_kg: calibrated::SWING_WORK_J_KG, "J/kg", 0.05..0.6, C,
        "Negative work of the hamstrings on the swinging leg, a step at 3 m/s.", "fitted";
    swing_speed_exponent: 2.8, "", 1.5..3.5, D,
        "That work grows with speed to this power, walking and running.",
        "negative work in swing only, rising with speed (10.1249/MSS.0b013e3181f23fe8), most beyond 5 m/s (10.1242/jeb.119156); power assumed";
    quadriceps_return: calibrated::QUADRICEPS_RETURN, "", 0.0..0.9, C,
        "Part of the negative work of the quadriceps that their tendon gives back, at most.", "fitted";
    calves_return: 0.75, "", 0.5..1.0, C,
        "Part of the negative work of the calves that the Achilles tendon gives back, at most.",
        "on the level the ankle does more work than it absorbs, on stairs 7 % of it: joint powers read off a figure, Boehme 2022";
    lean_mass_exponent: 0.75, "", 0.55..1.0, C,
        "Lean mass grows with body mass to this power, body fat unknown.",
        "0.57 by fatness (10.1017/S0007114510004794), above 1 by stature (10.1002/ajhb.22286)";
    dose_exponent: calibrated::DOSE_EXPONENT, "", 1.0..2.5, C,
        "A step of twice the work is 2^p times the damaging dose.", "fitted";
    calves_gain: calibrated::CALVES_GAIN, "", 0.2..5.0, C,
        "Damaging dose of the calves relative to the quadriceps, for the same work in the fibres.", "fitted";
    protection_exponent: 5.0, "", 2.0..8.0, C,
        "A step of twice the work protects 2^p times as much.", "came out near it when it was fitted: docs/validation.md";
    fatigue_gain: calibrated::FATIGUE_GAIN, "", 0.0..0.5, C,
        "Loss of strength from fatigue after the reference bout, before saturation.", "fitted";
    fatigue_recovery_h: calibrated::FATIGUE_RECOVERY_H, "h", 4.0..30.0, C,
        "Time constant of the recovery from fatigue.", "fitted";
    damage_gain: calibrated::DAMAGE_GAIN, "", 0.01..1.0, C,
        "Loss of strength from structural damage after a dose of 1 far beyond the tolerance, before saturation.", "fitted";
    strength_loss_max: 0.40, "", 0.3..0.95, C,
        "Ceiling of the loss of strength.", "came out near it when it was fitted: docs/validation.md";
    damage_recovery_h: calibrated::DAMAGE_RECOVERY_H, "h", 40.0..250.0, C,
        "Time constant of the recovery from structural damage.", "fitted";
    soreness_gain: calibrated::SORENESS_GAIN, "", 0.3..10.0, C,
        "Soreness drive that enters the chain with a dose of 1 far beyond the tolerance.", "fitted";
    soreness_at_once_gain: calibrated::SORENESS_AT_ONCE_GAIN, "", 0.0..3.0, C,
        "Soreness drive that is felt at once after a dose of 1 far beyond the tolerance.", "fitted";
    soreness_stage_h: 18.0, "h", 8.0..24.0, C,
        "Time constant of one stage of the soreness chain; the peak of hard steps comes after two, of easy ones after one.", "came out near it when it was fitted: docs/validation.md";
    everyday_walking_km: calibrated::EVERYDAY_WALKING_KM, "km", 0.5..15.0, C,
        "Level walking whose dose legs tolerate that are used to nothing else.", "fitted";
    tolerance_gain: calibrated::TOLERANCE_GAIN, "", 0.3..40.0, C,
        "Tolerance that protection gives, per square root of it.", "fitted";
    damage_below_tolerance: calibrated::DAMAGE_BELOW_TOLERANCE, "", 0.0..0.9, C,
        "Part of the structural damage that even a dose far below the tolerance does.", "fitted";
    soreness_below_tolerance: calibrated::SORENESS_BELOW_TOLERANCE, "", 0.0..0.9, C,
        "Part of the soreness that even a dose far below the tolerance gives.", "fitted";
    protection_onset_h: 18.0, "h", 6.0..60.0, D,
        "Time constant of each of the two stages in which protection builds after a bout.",
        "assumed: not within the same run, mostly there within a week";
    protection_decay_h: calibrated::PROTECTION_DECAY_H, "h", 300.0..3000.0, C,
        "Time constant with which protection fades.", "fitted";
    person_strength_log_sd: 0.55, "", 0.1..1.5, C,
        "Spread of fatigue and damage between people, standard deviation of the logarithm.",
        "median over the standard deviations in the evidence tables, test noise of 5 % taken out";
    person_soreness_log_sd: 0.80, "", 0.1..1.5, C,
        "Spread of the soreness drive between people, standard deviation of the logarithm.",
        "median over the standard deviations in the evidence tables, rating noise taken out";
    person_recovery_log_sd: 0.20, "", 0.05..0.6, D,
        "Spread of the recovery time between people.", "assumed";
    person_protection_log_sd: 0.40, "", 0.05..1.5, D,
        "Spread of the protection gain between people, standard deviation of the logarithm. Only for the personal fit: the spread of soreness in the tables already holds its part of a population forecast.",
        "assumed";
    person_baseline_sd: 0.40, "", 0.0..2.0, D,
        "Spread between people of what is rated without any load, of 10: the part of the rating noise that stays with a person.",
        "assumed";
    person_noise_log_sd: 0.30, "", 0.01..1.0, D,
        "Spread of the rating noise between people, standard deviation of the logarithm.", "assumed";
    rating_outlier_share: 0.05, "", 0.001..0.5, D,
        "Share of ratings that have nothing to do with the runs: illness, gym, a slip of the finger.", "assumed";
    person_habit_log_sd: 0.80, "", 0.05..2.0, D,
        "How far what the legs were used to before the first record may lie from the habit that was named, standard deviation of the logarithm of its protection.",
        "assumed: the habits lie a factor of 3 to 10 apart";
    person_drift_log_sd: 0.20, "1/year", 0.01..1.0, D,
        "Change of a person's soreness drive over a year, standard deviation of the logarithm.", "assumed";
    stairs_soreness: 6.0, "", 3.0..9.0, D,
        "Soreness from which on half of the people don't walk downstairs.",
        "assumed: no study of when people could not was found";
    strength_test_sd: 0.07, "", 0.02..0.2, C,
        "Standard deviation of a measured loss of strength from test to test.",
        "two tests, each with 5 % from day to day (about that at 70 to 90 degrees of the knee); 7 to 9 % in older people, 10.1007/s11556-013-0131-y";
    jump_loss_per_strength_loss: 0.3, "", 0.1..0.8, D,
        "Loss of jump height per loss of quadriceps strength, from half a day after a run on.",
        "assumed: 0 of 20 % and 1 of 11 % at once after drop jumps; at 24 h jumps follow strength, 10.1371/journal.pone.0271233";
    jump_test_sd: 0.07, "", 0.01..0.2, C,
        "Standard deviation of a measured loss of jump height around that.",
        "7.7 % from day to day in the sore, 4.0 % in the rested, PMC7449331";
    evidence_log_sd: calibrated::EVIDENCE_LOG_SD, "", 0.0..0.8, C,
        "What the evidence leaves open about the mean response.", "fitted: spread between labs";
    rating_noise: 1.0, "", 0.1..3.0, C,
        "Standard deviation of one soreness rating, of 10.", "proxy: just noticeable change of 12 mm of 100, 10.1136/emj.18.3.205";
}

/// Share of the work of stance that a muscle group can have at any grade.
const SHARE: Bound = Bound { quantity: "share of a muscle group", min: 0.01, max: 1.0, unit: "" };

/// Both shares on stairs; the rest is that of the hip extensors.
const STAIRS_SHARES: Bound = Bound { quantity: "shares on stairs", min: 0.01, max: 1.0, unit: "" };

impl Parameters {
    /// Checks that every constant lies in its plausible range, and that every muscle group has a
    /// share in the work of stance at every grade.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] that names the constant.
    pub fn check(&self) -> Result<()> {
        self.check_ranges()?;
        for (level, slope) in [
            (self.run_share_quadriceps, self.run_share_quadriceps_slope),
            (self.run_share_calves, self.run_share_calves_slope),
            (self.run_share_hip, self.run_share_hip_slope),
            (self.walk_share_quadriceps, self.walk_share_quadriceps_slope),
            (self.walk_share_calves, self.walk_share_calves_slope),
            (self.walk_share_hip, self.walk_share_hip_slope),
        ] {
            SHARE.check(level)?;
            SHARE.check(level + slope * self.share_max_grade)?;
        }
        STAIRS_SHARES.check(self.stairs_share_quadriceps + self.stairs_share_calves)?;
        Ok(())
    }
}
