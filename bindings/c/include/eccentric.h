/* The C interface of `eccentric`: how sore and how weak a descent leaves the legs, and when it passes.
 *
 * Made from the library by tools/test_c.sh --header; don't edit.
 *
 * Every call that can fail returns an eccentric_status; eccentric_last_error() says what was wrong, where, and
 * what is allowed. Results come back through the last parameters. After a failure a handle or a text there is
 * NULL, and other places hold nothing to rely on.
 *
 * Handles are opaque and belong to the caller, who frees each with its own function; so do texts, which
 * eccentric_string_free() frees. What a caller passes is only read during the call: nothing is kept, nothing
 * calls back. Pointers must not be NULL unless it says so.
 *
 * Threads: calls that take const handles may share them. A history must not be used elsewhere while runs are
 * added to it. Nothing is to be used while or after it is freed.
 *
 * Units: SI, the unit in the name; times in ms since 1970 UTC; grade is rise over horizontal distance, negative
 * downhill; soreness 0 to 10; loss of strength a fraction. A number that is not known is NaN. This is a model,
 * not medical advice. */

#ifndef ECCENTRIC_H
#define ECCENTRIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * A time that is not known, or never comes.
 */
#define ECCENTRIC_NO_TIME INT64_MIN

/**
 * How a call ended. Everything but ECCENTRIC_STATUS_OK leaves a message: eccentric_last_error().
 */
typedef enum eccentric_status {
  /**
   * Done.
   */
  ECCENTRIC_STATUS_OK = 0,
  /**
   * A pointer is NULL or not aligned where a value is needed.
   */
  ECCENTRIC_STATUS_POINTER = 1,
  /**
   * A handle is of another kind, or was freed.
   */
  ECCENTRIC_STATUS_HANDLE = 2,
  /**
   * A value, a length or an order that is not possible; the message says what is allowed.
   */
  ECCENTRIC_STATUS_INPUT = 3,
  /**
   * A file from which no run can be read.
   */
  ECCENTRIC_STATUS_FILE = 4,
  /**
   * Stored data that is damaged, something else, or of a version that this release doesn't read.
   */
  ECCENTRIC_STATUS_SAVED = 5,
  /**
   * A buffer of the caller is too small; the message says how much is needed.
   */
  ECCENTRIC_STATUS_BUFFER = 6,
  /**
   * A fault of this library; please report it.
   */
  ECCENTRIC_STATUS_INTERNAL = 7,
} eccentric_status;

/**
 * What the legs were used to before the first run.
 */
typedef enum eccentric_habit {
  /**
   * No running.
   */
  ECCENTRIC_HABIT_NONE = 0,
  /**
   * A little running on level ground.
   */
  ECCENTRIC_HABIT_RECREATIONAL = 1,
  /**
   * Running on roads; what to take if nothing is known.
   */
  ECCENTRIC_HABIT_ROAD = 2,
  /**
   * Running in hills.
   */
  ECCENTRIC_HABIT_TRAIL = 3,
} eccentric_habit;

/**
 * A muscle group; the first four number the places of arrays of four.
 */
typedef enum eccentric_muscle {
  /**
   * The legs as a whole, which feel like their sorest group; only for ratings.
   */
  ECCENTRIC_MUSCLE_LEGS = -1,
  /**
   * Knee extensors.
   */
  ECCENTRIC_MUSCLE_QUADRICEPS = 0,
  /**
   * Plantar flexors.
   */
  ECCENTRIC_MUSCLE_CALVES = 1,
  /**
   * Gluteal muscles.
   */
  ECCENTRIC_MUSCLE_HIP_EXTENSORS = 2,
  /**
   * Knee flexors.
   */
  ECCENTRIC_MUSCLE_HAMSTRINGS = 3,
} eccentric_muscle;

/**
 * How a step is made.
 */
typedef enum eccentric_gait {
  /**
   * Told from speed and step rate.
   */
  ECCENTRIC_GAIT_UNKNOWN = -1,
  /**
   * A walking step.
   */
  ECCENTRIC_GAIT_WALKING = 0,
  /**
   * A running step.
   */
  ECCENTRIC_GAIT_RUNNING = 1,
} eccentric_gait;

/**
 * What is forecast.
 */
typedef enum eccentric_quantity {
  /**
   * Soreness from 0 to 10; its intervals are those of one rating.
   */
  ECCENTRIC_QUANTITY_SORENESS = 0,
  /**
   * Loss of strength as a fraction of the rested strength.
   */
  ECCENTRIC_QUANTITY_STRENGTH_LOSS = 1,
} eccentric_quantity;

/**
 * Which end of a scale is the sore one.
 */
typedef enum eccentric_direction {
  /**
   * The upper end is the sorest.
   */
  ECCENTRIC_DIRECTION_HIGHER_IS_WORSE = 0,
  /**
   * The upper end is the freshest.
   */
  ECCENTRIC_DIRECTION_HIGHER_IS_BETTER = 1,
} eccentric_direction;

/**
 * What changes along the course.
 */
typedef enum eccentric_along {
  /**
   * Horizontal distance from the start in km.
   */
  ECCENTRIC_ALONG_DISTANCE = 0,
  /**
   * Elevation in m.
   */
  ECCENTRIC_ALONG_ELEVATION = 1,
  /**
   * Time since the start in s.
   */
  ECCENTRIC_ALONG_ELAPSED = 2,
  /**
   * Mean speed along the slope since the place before in m/s; at the start that to the next place.
   */
  ECCENTRIC_ALONG_SPEED = 3,
  /**
   * Points so far, of all muscle groups together.
   */
  ECCENTRIC_ALONG_POINTS = 4,
  /**
   * By how much the loss of strength slows a descent of 9 % or steeper here, a fraction.
   */
  ECCENTRIC_ALONG_DESCENT_SLOWING = 5,
} eccentric_along;

/**
 * The course of a race.
 */
typedef struct eccentric_course eccentric_course;

/**
 * The days ahead of a state.
 */
typedef struct eccentric_forecast eccentric_forecast;

/**
 * The runs of one athlete, and what the legs were used to before.
 */
typedef struct eccentric_history eccentric_history;

/**
 * The descents to train on before a race.
 */
typedef struct eccentric_plan eccentric_plan;

/**
 * What is known of a person.
 */
typedef struct eccentric_profile eccentric_profile;

/**
 * A race on a course, and the days after it.
 */
typedef struct eccentric_race eccentric_race;

/**
 * State of one athlete's legs at a time.
 */
typedef struct eccentric_state eccentric_state;

/**
 * What is asked of a plan.
 */
typedef struct eccentric_plan_options {
  /**
   * Start of the race, in ms since 1970 UTC; 1 to 200 days after the plan begins.
   */
  int64_t race_ms;
  /**
   * When the plan begins, in ms since 1970 UTC; runs that have not ended by then do not count.
   */
  int64_t from_ms;
  /**
   * Seconds east of UTC of the runner's clock, -93599 to 93599: it says which day it is.
   */
  int32_t utc_offset_s;
  /**
   * Hour of the day at which sessions start, 0 to 23.
   */
  int32_t hour;
  /**
   * Days without the usual running before the race, 0 to 60.
   */
  int32_t rest_days;
  /**
   * Days without a session, each a date "2026-06-10", dates "2026-06-10..2026-06-16", or a weekday "wed".
   */
  const char *const *blocked;
  /**
   * How many entries `blocked` has, 0 to 4000.
   */
  size_t blocked_count;
  /**
   * Time to finish the race in, in s; NaN for that of the middle of the field.
   */
  double finish_time_s;
  /**
   * Grade of the descent to train on, -0.6 to -0.01; NaN for the runner's usual one.
   */
  double descent_grade;
  /**
   * Speed along it in m/s, 0.3 to 8; NaN for the runner's usual one.
   */
  double descent_speed_m_s;
  /**
   * Soreness below which every muscle group shall stay on the way, 0 to 10.
   */
  double soreness_below;
  /**
   * Probability with which it shall, 0.01 to 0.999.
   */
  double probability;
  /**
   * Soreness below which the legs shall be at the start of the race, 0 to 10.
   */
  double clear_below;
  /**
   * Probability with which they shall be, 0.01 to 0.999.
   */
  double clear_probability;
  /**
   * Most points of sessions in any seven days; NaN for no such cap.
   */
  double week_points;
  /**
   * The same in metres of descent; at most one of the two is given.
   */
  double week_descent_m;
  /**
   * Largest next session relative to the largest one of the 30 days before, in metres of descent, 1 to 10.
   */
  double build_up;
  /**
   * What was kept of the plan before this one, by eccentric_plan_to_json(); NULL for none. One for another
   * race is passed over.
   */
  const char *before;
} eccentric_plan_options;

/**
 * How long and how hilly a course is, smoothed as it is run.
 */
typedef struct eccentric_extent {
  /**
   * Horizontal distance in m.
   */
  double distance_m;
  /**
   * Sum of climbs in m.
   */
  double ascent_m;
  /**
   * Sum of descents in m.
   */
  double descent_m;
  /**
   * Metres over which the grade was limited to 45 %.
   */
  double limited_m;
  /**
   * Points without elevation, which is interpolated there.
   */
  size_t without_elevation;
} eccentric_extent;

/**
 * What a forecast covers.
 */
typedef struct eccentric_forecast_options {
  /**
   * How far ahead, in hours, 0.5 to 8784.
   */
  double hours;
  /**
   * Time between two values, in hours, 0.05 to 168.
   */
  double step_h;
  /**
   * Soreness below which the legs count as clear, 0 to 10.
   */
  double clear_below;
  /**
   * Probability with which they shall be clear at the likely time, 0.01 to 0.999.
   */
  double clear_probability;
  /**
   * Levels of the intervals, each 0.01 to 0.999.
   */
  const double *levels;
  /**
   * How many levels, 0 to 99.
   */
  size_t level_count;
} eccentric_forecast_options;

/**
 * When soreness is highest and when it has passed, also beyond the end of the series.
 */
typedef struct eccentric_passing {
  /**
   * When soreness is highest, in ms since 1970 UTC.
   */
  int64_t peak_ms;
  /**
   * How sore then, 0 to 10 (median).
   */
  double peak_soreness;
  /**
   * From when on the median stays below `clear_below`; ECCENTRIC_NO_TIME if not within 60 days.
   */
  int64_t clear_ms;
  /**
   * Probability that soreness is below it then; NaN without that time.
   */
  double clear_probability;
  /**
   * From when on the probability stays at `clear_probability` of the options or above it;
   * ECCENTRIC_NO_TIME if not within 60 days.
   */
  int64_t likely_clear_ms;
} eccentric_passing;

/**
 * What to say with a forecast. Whoever shows a severe one shows `red_flags` too.
 */
typedef struct eccentric_advice {
  /**
   * Whether a muscle group may get so sore or so weak that a doctor could be needed.
   */
  bool severe;
  /**
   * What to do, or NULL. Never freed.
   */
  const char *recovery;
  /**
   * When to see a doctor, or NULL. Never freed.
   */
  const char *red_flags;
} eccentric_advice;

/**
 * Who carries the load.
 */
typedef struct eccentric_runner {
  /**
   * Body mass in kg, 25 to 250.
   */
  double mass_kg;
  /**
   * Mass carried in kg, 0 to 100.
   */
  double pack_kg;
  /**
   * Fat as a fraction of body mass, 0.02 to 0.65; NaN if unknown.
   */
  double body_fat;
  /**
   * Age in years, 10 to 110; NaN if unknown. It widens the intervals of people who were rarely measured.
   */
  double age_years;
} eccentric_runner;

/**
 * What is known of a run besides what was recorded.
 */
typedef struct eccentric_run_options {
  /**
   * When a run began that doesn't say so itself, in ms since 1970 UTC; ECCENTRIC_NO_TIME if unknown. A run
   * without a start has no place among several.
   */
  int64_t start_ms;
  /**
   * Grade of a run without any elevation, as set on a treadmill: rise over distance, negative downhill;
   * NaN if unknown.
   */
  double grade;
} eccentric_run_options;

/**
 * A run as columns of the same length, as a watch records them.
 */
typedef struct eccentric_samples {
  /**
   * Seconds since the start, or since 1970, increasing.
   */
  const double *time_s;
  /**
   * Horizontal metres since the start, never decreasing.
   */
  const double *distance_m;
  /**
   * Metres above sea level, NaN where missing. May be NULL if the grade is given.
   */
  const double *elevation_m;
  /**
   * Steps per minute, both legs, NaN where missing. May be NULL.
   */
  const double *cadence_steps_min;
  /**
   * Values in each column, at most 2,000,000.
   */
  size_t len;
} eccentric_samples;

/**
 * A stretch of a run with one grade and one speed.
 */
typedef struct eccentric_segment {
  /**
   * From the start of the run to that of the segment in s, pauses included.
   */
  double start_s;
  /**
   * Moving time in s.
   */
  double duration_s;
  /**
   * Speed along the slope in m/s, 0 to 12.
   */
  double speed_m_s;
  /**
   * Rise over horizontal distance, negative downhill, -1 to 1.
   */
  double grade;
  /**
   * Standard error of the grade; 0 if it was set.
   */
  double grade_se;
  /**
   * Steps per second, both legs; NaN if unknown.
   */
  double step_rate_hz;
  /**
   * One of eccentric_gait.
   */
  int32_t gait;
} eccentric_segment;

/**
 * A run with its load.
 */
typedef struct eccentric_run {
  /**
   * When it began, in ms since 1970 UTC; ECCENTRIC_NO_TIME if unknown.
   */
  int64_t start_ms;
  /**
   * When its last stretch ended; ECCENTRIC_NO_TIME if unknown.
   */
  int64_t end_ms;
  /**
   * From the first to the last sample in s.
   */
  double duration_s;
  /**
   * Moving time in s; NaN, as the next three, of a run that was added as a stored load.
   */
  double moving_s;
  /**
   * Horizontal distance in m.
   */
  double distance_m;
  /**
   * Sum of climbs in m.
   */
  double ascent_m;
  /**
   * Sum of descents in m.
   */
  double descent_m;
  /**
   * Negative mechanical work in J.
   */
  double negative_work_j;
  /**
   * Points of each muscle group: 100 are those of the quadriceps after 30 minutes at -16 % and 3 m/s.
   */
  double points[4];
  /**
   * Points of all muscle groups together: 100 are theirs after the same 30 minutes.
   */
  double points_total;
  /**
   * Standard error of those points: from the error of the grades, and from the distance of the run from
   * what was measured.
   */
  double points_se;
  /**
   * Distance of easy level running without a pack that leaves the same work in the muscles, in km.
   */
  double equivalent_flat_km;
} eccentric_run;

/**
 * A rating scale with equal steps.
 */
typedef struct eccentric_scale {
  /**
   * Lower end.
   */
  double min;
  /**
   * Upper end.
   */
  double max;
  /**
   * Distance between two neighbouring answers.
   */
  double step;
  /**
   * One of eccentric_direction.
   */
  int32_t direction;
} eccentric_scale;

/**
 * One answer.
 */
typedef struct eccentric_rating {
  /**
   * When it was given, in ms since 1970 UTC. Where only the day is known, the middle of that day.
   */
  int64_t time_ms;
  /**
   * The answer.
   */
  double value;
  /**
   * Its scale.
   */
  struct eccentric_scale scale;
  /**
   * The muscle group it is about, one of eccentric_muscle; ECCENTRIC_MUSCLE_LEGS for the legs as a whole.
   */
  int32_t muscle;
} eccentric_rating;

/**
 * A session of a plan.
 */
typedef struct eccentric_session {
  /**
   * When it starts, in ms since 1970 UTC.
   */
  int64_t start_ms;
  /**
   * Its dose in points.
   */
  double points;
  /**
   * What it is on the descent: metres of descent.
   */
  double descent_m;
  /**
   * Metres along the slope.
   */
  double distance_m;
  /**
   * Seconds of running downhill.
   */
  double duration_s;
  /**
   * Grade of the descent.
   */
  double grade;
  /**
   * Speed along it in m/s.
   */
  double speed_m_s;
} eccentric_session;

/**
 * What a plan is expected to bring; "without" is the usual running alone.
 */
typedef struct eccentric_gain {
  /**
   * Points of the race.
   */
  double race_points;
  /**
   * Loss of strength of the quadriceps at the finish, a fraction: mean over 64 persons who stand for what is
   * known of the runner.
   */
  double strength_loss;
  /**
   * The person at 10 %.
   */
  double strength_loss_lower;
  /**
   * The person at 90 %.
   */
  double strength_loss_upper;
  /**
   * The mean without.
   */
  double strength_loss_without;
  /**
   * Share of the persons who finish at least as strong with the plan as without, to 0.1 % of strength.
   */
  double as_good;
  /**
   * Part of the soreness of the quadriceps after 30 minutes at -16 % and 3 m/s that protection takes away at the
   * start of the race.
   */
  double protection;
  /**
   * The same without.
   */
  double protection_without;
  /**
   * Probability that soreness stays below `soreness_below` where it comes closest on the way, among the muscle
   * groups and days that the usual running alone keeps below it.
   */
  double way_probability;
  /**
   * Probability that the muscle group least likely to be clear at the start of the race is so, among those that
   * the usual running alone lets be clear.
   */
  double clear_probability;
  /**
   * That muscle group, one of eccentric_muscle.
   */
  int32_t clear_muscle;
} eccentric_gain;

/**
 * Speed from a place of the course on.
 */
typedef struct eccentric_pace_point {
  /**
   * Horizontal distance from the start in m.
   */
  double distance_m;
  /**
   * Speed along the slope from there to the next point in m/s, 0.1 to 12.
   */
  double speed_m_s;
} eccentric_pace_point;

/**
 * When and how a race is run.
 */
typedef struct eccentric_race_options {
  /**
   * Start, in ms since 1970 UTC.
   */
  int64_t start_ms;
  /**
   * Time to finish in, in s; NaN for that of the middle of the field.
   */
  double finish_time_s;
  /**
   * Speeds that are kept whatever the strength, instead of a finish time; NULL for none.
   */
  const struct eccentric_pace_point *pace;
  /**
   * How many points `pace` has.
   */
  size_t pace_len;
  /**
   * The days after the finish; its levels are those of the intervals on the way, too.
   */
  struct eccentric_forecast_options after;
} eccentric_race_options;

/**
 * How a race ends; arrays of four hold a number for each eccentric_muscle.
 */
typedef struct eccentric_finish {
  /**
   * When the finish is reached, in ms since 1970 UTC.
   */
  int64_t finish_ms;
  /**
   * From the start to the finish in s.
   */
  double finish_time_s;
  /**
   * Metabolic power per kilogram of body mass, mean over the course, in W/kg; NaN with a table of speeds.
   */
  double power_w_kg;
  /**
   * Points of all muscle groups together: 100 are theirs after 30 minutes at -16 % and 3 m/s.
   */
  double points_total;
  /**
   * Standard error of those points: from the error of the grades, and from the distance of the race from
   * what was measured.
   */
  double points_se;
  /**
   * Loss of strength at the finish (median), a fraction.
   */
  double strength_loss[4];
  /**
   * Lower end of its interval at the first of the levels; NaN without any.
   */
  double strength_loss_lower[4];
  /**
   * Upper end of the same.
   */
  double strength_loss_upper[4];
  /**
   * From where on a quarter of the strength is lost (median), in km; NaN if nowhere.
   */
  double lead_legs_km[4];
  /**
   * By how much the loss of strength slows a descent of 9 % or steeper at the finish, a fraction.
   */
  double descent_slowing;
  /**
   * When stairs are no trouble any more; ECCENTRIC_NO_TIME if not within 60 days.
   */
  int64_t stairs_ms;
  /**
   * When running downhill is sensible again; ECCENTRIC_NO_TIME if not within 60 days.
   */
  int64_t downhill_ms;
} eccentric_finish;

/**
 * What is asked of today.
 */
typedef struct eccentric_today_options {
  /**
   * When the session starts, in ms since 1970 UTC.
   */
  int64_t start_ms;
  /**
   * Until when soreness shall stay low: an hour to 60 days after the start.
   */
  int64_t until_ms;
  /**
   * Soreness below which it shall stay, 0 to 10.
   */
  double soreness_below;
  /**
   * Probability with which it shall, 0.01 to 0.999.
   */
  double probability;
  /**
   * Grade of the descent to run on, -0.6 to -0.01.
   */
  double descent_grade;
  /**
   * Speed along the descent in m/s, 0.3 to 8.
   */
  double descent_speed_m_s;
} eccentric_today_options;

/**
 * Today's limit.
 */
typedef struct eccentric_today_limit {
  /**
   * The largest dose that keeps soreness low enough, in points; zero where even rest does not.
   */
  double points;
  /**
   * What it is on the descent: metres of descent.
   */
  double descent_m;
  /**
   * Metres along the slope.
   */
  double distance_m;
  /**
   * Seconds of running downhill.
   */
  double duration_s;
  /**
   * Where soreness comes closest to the level after this dose: when.
   */
  int64_t tightest_ms;
  /**
   * In which muscle group, one of eccentric_muscle.
   */
  int32_t tightest_muscle;
  /**
   * The probability to be below the level there.
   */
  double tightest_probability;
  /**
   * The median soreness there.
   */
  double tightest_soreness;
  /**
   * If there is nothing worth running downhill for today: the first of the next 14 days on which there is;
   * else, and if there is none, ECCENTRIC_NO_TIME.
   */
  int64_t next_ms;
  /**
   * Whether there is anything worth running downhill for: 5 points or more.
   */
  bool worthwhile;
  /**
   * Whether even the longest descent that was looked at, 6 h, keeps soreness low enough.
   */
  bool open;
} eccentric_today_limit;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * Sessions at five in the afternoon of UTC on any day, three days of rest, on the runner's usual descent; soreness
 * below 4 with 80 % on the way, below 1 with 90 % at the start; no cap of a week, sessions up to 1.3 times the
 * largest before.
 */
struct eccentric_plan_options eccentric_plan_options_default(int64_t race_ms,
                                                             int64_t from_ms);

/**
 * A course from the bytes of a GPX file with a track or a route, also gzipped; at most 512 MiB. `name` is that
 * of the file, for messages. Freed by eccentric_course_free().
 */
enum eccentric_status eccentric_course_from_file(const char *name,
                                                 const uint8_t *bytes,
                                                 size_t len,
                                                 struct eccentric_course **course);

/**
 * A course from points: horizontal metres since the start, never decreasing, and metres above sea level, NaN
 * where missing; at most 2,000,000. `name` is that of the race and may be NULL.
 */
enum eccentric_status eccentric_course_from_points(const char *name,
                                                   const double *distance_m,
                                                   const double *elevation_m,
                                                   size_t len,
                                                   struct eccentric_course **course);

/**
 * How long and how hilly a course is.
 */
enum eccentric_status eccentric_course_extent(const struct eccentric_course *course,
                                              struct eccentric_extent *extent);

/**
 * Frees a course. NULL is nothing to do.
 */
void eccentric_course_free(struct eccentric_course *course);

/**
 * What was wrong with the last call of this thread that failed: what, where and the allowed range. Empty
 * before the first failure; calls that succeed leave it. Valid until the next call of this thread fails.
 */
const char *eccentric_last_error(void);

/**
 * Version of the library, such as "0.1.0". Never freed.
 */
const char *eccentric_version(void);

/**
 * A week by the hour, 80 % intervals, clear below 1 of 10, likely at 90 %; what NULL options mean.
 */
struct eccentric_forecast_options eccentric_forecast_options_default(void);

/**
 * The forecast from a state, with no running ahead. `profile` and `options` may be NULL. Freed by
 * eccentric_forecast_free().
 */
enum eccentric_status eccentric_state_forecast(const struct eccentric_state *state,
                                               const struct eccentric_profile *profile,
                                               const struct eccentric_forecast_options *options,
                                               struct eccentric_forecast **forecast);

/**
 * How many values each series has; 0 for what is no forecast.
 */
size_t eccentric_forecast_len(const struct eccentric_forecast *forecast);

/**
 * The times of the values in ms since 1970 UTC, into `len` places of the caller.
 */
enum eccentric_status eccentric_forecast_times(const struct eccentric_forecast *forecast,
                                               int64_t *times_ms,
                                               size_t len);

/**
 * The medians of a quantity (one of eccentric_quantity) in a muscle group (one of eccentric_muscle), into
 * `len` places of the caller.
 */
enum eccentric_status eccentric_forecast_point(const struct eccentric_forecast *forecast,
                                               int32_t muscle,
                                               int32_t quantity,
                                               double *values,
                                               size_t len);

/**
 * The ends of an interval, numbered as the levels were given from 0, into `len` places each.
 */
enum eccentric_status eccentric_forecast_interval(const struct eccentric_forecast *forecast,
                                                  int32_t muscle,
                                                  int32_t quantity,
                                                  size_t level,
                                                  double *lower,
                                                  double *upper,
                                                  size_t len);

/**
 * The probability that soreness is below `clear_below`, into `len` places of the caller.
 */
enum eccentric_status eccentric_forecast_clear_probability(const struct eccentric_forecast *forecast,
                                                           int32_t muscle,
                                                           double *values,
                                                           size_t len);

/**
 * How the soreness of a muscle group passes.
 */
enum eccentric_status eccentric_forecast_passing(const struct eccentric_forecast *forecast,
                                                 int32_t muscle,
                                                 struct eccentric_passing *passing);

/**
 * What to say with a forecast, in fixed words.
 */
enum eccentric_status eccentric_forecast_advice(const struct eccentric_forecast *forecast,
                                                struct eccentric_advice *advice);

/**
 * Frees a forecast. NULL is nothing to do.
 */
void eccentric_forecast_free(struct eccentric_forecast *forecast);

/**
 * The forecast from a history with its background (the legs before the latest run, the share of each run,
 * what was left out, advice) as JSON of the schema `eccentric.forecast`: what the command prints.
 * `profile` and `options` may be NULL. Freed by eccentric_string_free().
 */
enum eccentric_status eccentric_history_outlook_json(const struct eccentric_history *history,
                                                     const struct eccentric_profile *profile,
                                                     int64_t from_ms,
                                                     const struct eccentric_forecast_options *options,
                                                     char **json);

/**
 * A history without runs; `habit` is one of eccentric_habit. Freed by eccentric_history_free().
 */
enum eccentric_status eccentric_history_new(int32_t habit,
                                            struct eccentric_history **history);

/**
 * Frees a history. NULL is nothing to do.
 */
void eccentric_history_free(struct eccentric_history *history);

/**
 * Adds every run in the bytes of a file: FIT, TCX, GPX, Strava streams or CSV, each also gzipped; at most
 * 512 MiB. All of them or, if the call fails, none. `name` says in reports where the runs are from; `options`
 * may be NULL; `added`, if not NULL, is the number of runs.
 */
enum eccentric_status eccentric_history_add_file(struct eccentric_history *history,
                                                 const struct eccentric_runner *runner,
                                                 const char *name,
                                                 const uint8_t *bytes,
                                                 size_t len,
                                                 const struct eccentric_run_options *options,
                                                 size_t *added);

/**
 * Adds a run from columns, through the same door as a table in a CSV file. `name` and `options` as in
 * eccentric_history_add_file().
 */
enum eccentric_status eccentric_history_add_samples(struct eccentric_history *history,
                                                    const struct eccentric_runner *runner,
                                                    const char *name,
                                                    const struct eccentric_samples *samples,
                                                    const struct eccentric_run_options *options);

/**
 * Adds a run from segments whose grade and speed were set or computed elsewhere. `start_ms` is in ms since
 * 1970 UTC or ECCENTRIC_NO_TIME.
 */
enum eccentric_status eccentric_history_add_segments(struct eccentric_history *history,
                                                     const struct eccentric_runner *runner,
                                                     const char *name,
                                                     int64_t start_ms,
                                                     const struct eccentric_segment *segments,
                                                     size_t len);

/**
 * How many runs count, and how many are left out because they overlap with longer ones or don't say when
 * they began. Either place may be NULL.
 */
enum eccentric_status eccentric_history_count(const struct eccentric_history *history,
                                              size_t *runs,
                                              size_t *left_out);

/**
 * The run at an index among those that count, in order of time.
 */
enum eccentric_status eccentric_history_run(const struct eccentric_history *history,
                                            size_t index,
                                            struct eccentric_run *run);

/**
 * Stores the load of the run at an index in `len` bytes of the caller and says in `needed` how many it takes:
 * 186 for two hours, 945 at most. With `bytes` NULL and `len` 0 it only says so.
 */
enum eccentric_status eccentric_load_to_bytes(const struct eccentric_history *history,
                                              size_t index,
                                              uint8_t *bytes,
                                              size_t len,
                                              size_t *needed);

/**
 * Adds a run to a history from bytes that eccentric_load_to_bytes() has stored, with the runner whose load it
 * was. Its descents don't count for a usual descent or for what was done of a plan: only the recording knows
 * them. `name` says in reports where the run is from.
 */
enum eccentric_status eccentric_load_from_bytes(struct eccentric_history *history,
                                                const char *name,
                                                const uint8_t *bytes,
                                                size_t len);

/**
 * When the latest run that counts has ended, in ms since 1970 UTC; ECCENTRIC_NO_TIME without any. A run
 * that doesn't say when it began has begun in 1970.
 */
enum eccentric_status eccentric_history_end(const struct eccentric_history *history,
                                            int64_t *end_ms);

/**
 * The loads of the runs that count with the quality of their recordings, as JSON of the schema
 * `eccentric.load`. Freed by eccentric_string_free().
 */
enum eccentric_status eccentric_history_load_json(const struct eccentric_history *history,
                                                  char **json);

/**
 * Frees a text that this library handed over. NULL is nothing to do.
 *
 * # Safety
 * Null, or a text of this library that was not freed.
 */
void eccentric_string_free(char *text);

/**
 * A scale by its name: "nrs", "vas", "hooper", "pmsys", "intervals.icu", "1-5-worse", or a scale in steps of 1
 * as "MIN-MAX-worse" or "MIN-MAX-better", after what the upper end means.
 */
enum eccentric_status eccentric_scale_named(const char *name,
                                            struct eccentric_scale *scale);

/**
 * Learns a person from ratings in any order, given the runs: at most 100,000, also none. Milliseconds for a
 * year of runs. Freed by eccentric_profile_free().
 */
enum eccentric_status eccentric_fit(const struct eccentric_history *history,
                                    const struct eccentric_rating *ratings,
                                    size_t len,
                                    struct eccentric_profile **profile);

/**
 * The numbers of a person and their standard deviations, each in an array of eight of the caller or NULL:
 * logarithms of the factors on damage and fatigue, soreness, recovery time and protection, the baseline of
 * ratings, logarithms of the factors on their noise and on the habit, drift per year. `ratings`, if not NULL,
 * is how many ratings stand behind them.
 */
enum eccentric_status eccentric_profile_numbers(const struct eccentric_profile *profile,
                                                double *numbers,
                                                double *sds,
                                                size_t *ratings);

/**
 * Stores a profile as JSON, which the command and every other binding read. Freed by eccentric_string_free().
 */
enum eccentric_status eccentric_profile_to_json(const struct eccentric_profile *profile,
                                                char **json);

/**
 * A profile from JSON.
 */
enum eccentric_status eccentric_profile_from_json(const char *json,
                                                  struct eccentric_profile **profile);

/**
 * What was learned, in numbers and words, as JSON of the schema `eccentric.fit`; `runs` there is 0 for a
 * profile that was stored. Freed by eccentric_string_free().
 */
enum eccentric_status eccentric_profile_report_json(const struct eccentric_profile *profile,
                                                    char **json);

/**
 * Frees a profile. NULL is nothing to do.
 */
void eccentric_profile_free(struct eccentric_profile *profile);

/**
 * The descents that leave the most strength at the finish of a race, within what is asked. `profile` may be NULL.
 * Takes a tenth of a second to seconds. Freed by eccentric_plan_free().
 */
enum eccentric_status eccentric_history_plan(const struct eccentric_history *history,
                                             const struct eccentric_profile *profile,
                                             const struct eccentric_runner *runner,
                                             const struct eccentric_course *course,
                                             const struct eccentric_plan_options *options,
                                             struct eccentric_plan **plan);

/**
 * How many sessions a plan has; 0 for what is no plan, or where none is worth it.
 */
size_t eccentric_plan_len(const struct eccentric_plan *plan);

/**
 * The sessions in order of time, into `len` places of the caller.
 */
enum eccentric_status eccentric_plan_sessions(const struct eccentric_plan *plan,
                                              struct eccentric_session *sessions,
                                              size_t len);

/**
 * What a plan is expected to bring.
 */
enum eccentric_status eccentric_plan_gain(const struct eccentric_plan *plan,
                                          struct eccentric_gain *gain);

/**
 * The plan with the rules that coaches publish as alternatives, and what became of the plan before, as JSON of the
 * schema `eccentric.plan`: what the command prints. Freed by eccentric_string_free().
 */
enum eccentric_status eccentric_plan_report_json(const struct eccentric_plan *plan,
                                                 char **json);

/**
 * The sessions and the race as iCalendar, an .ics file: a calendar that reads a later one replaces what it has.
 * Freed by eccentric_string_free().
 */
enum eccentric_status eccentric_plan_ics(const struct eccentric_plan *plan,
                                         char **text);

/**
 * What to keep of a plan, as JSON that the command and every other binding read: the next plan for this race takes
 * it as `before` and says what became of it. Freed by eccentric_string_free().
 */
enum eccentric_status eccentric_plan_to_json(const struct eccentric_plan *plan,
                                             char **json);

/**
 * Frees a plan. NULL is nothing to do.
 */
void eccentric_plan_free(struct eccentric_plan *plan);

/**
 * As the middle of the field runs it, and ten days after the finish by the hour.
 */
struct eccentric_race_options eccentric_race_options_default(int64_t start_ms);

/**
 * The race of a runner whose legs are what the runs before it have left; a history without runs is rested legs.
 * `profile` may be NULL. Freed by eccentric_race_free().
 */
enum eccentric_status eccentric_history_race(const struct eccentric_history *history,
                                             const struct eccentric_profile *profile,
                                             const struct eccentric_runner *runner,
                                             const struct eccentric_course *course,
                                             const struct eccentric_race_options *options,
                                             struct eccentric_race **race);

/**
 * How a race ends.
 */
enum eccentric_status eccentric_race_finish(const struct eccentric_race *race,
                                            struct eccentric_finish *finish);

/**
 * How many places along the course each series has, one every 100 m with start and finish; 0 for what is no
 * race.
 */
size_t eccentric_race_len(const struct eccentric_race *race);

/**
 * What changes along the course (one of eccentric_along), into `len` places of the caller.
 */
enum eccentric_status eccentric_race_along(const struct eccentric_race *race,
                                           int32_t what,
                                           double *values,
                                           size_t len);

/**
 * The medians of the loss of strength of a muscle group (one of eccentric_muscle) along the course, into `len`
 * places of the caller.
 */
enum eccentric_status eccentric_race_strength_loss(const struct eccentric_race *race,
                                                   int32_t muscle,
                                                   double *values,
                                                   size_t len);

/**
 * The ends of its interval, numbered as the levels were given from 0, into `len` places each.
 */
enum eccentric_status eccentric_race_strength_loss_interval(const struct eccentric_race *race,
                                                            int32_t muscle,
                                                            size_t level,
                                                            double *lower,
                                                            double *upper,
                                                            size_t len);

/**
 * The days after the finish. Freed by eccentric_forecast_free(), and needs no race any more.
 */
enum eccentric_status eccentric_race_forecast(const struct eccentric_race *race,
                                              struct eccentric_forecast **forecast);

/**
 * The race with what would change it (used to no running or to hills, slower descents, quicker steps, a lighter
 * pack) and advice as JSON of the schema `eccentric.race`, with at most so many places along the course, 2 to
 * 1,000,000; the command prints 500. Freed by eccentric_string_free().
 */
enum eccentric_status eccentric_race_report_json(const struct eccentric_race *race,
                                                 size_t places,
                                                 char **json);

/**
 * Frees a race. NULL is nothing to do.
 */
void eccentric_race_free(struct eccentric_race *race);

/**
 * Rested legs with the protection that a habit leaves; `habit` is one of eccentric_habit, `time_ms` in ms
 * since 1970 UTC. `profile` may be NULL: a person of whom nothing is known. Freed by eccentric_state_free().
 */
enum eccentric_status eccentric_state_rested(int32_t habit,
                                             int64_t time_ms,
                                             const struct eccentric_profile *profile,
                                             struct eccentric_state **state);

/**
 * The state of the legs at a time from all runs that have ended by then. `profile` may be NULL.
 */
enum eccentric_status eccentric_history_state_at(const struct eccentric_history *history,
                                                 const struct eccentric_profile *profile,
                                                 int64_t time_ms,
                                                 struct eccentric_state **state);

/**
 * The state at the end of a run, which begins at or after the time of `state`: the run at an index of a
 * history, which may hold this run alone. `profile` may be NULL. `state` stays as it is.
 */
enum eccentric_status eccentric_state_after(const struct eccentric_state *state,
                                            const struct eccentric_profile *profile,
                                            const struct eccentric_history *history,
                                            size_t index,
                                            struct eccentric_state **after);

/**
 * The state at a later time, without any running in between. `profile` may be NULL. `state` stays as it is.
 */
enum eccentric_status eccentric_state_advanced_to(const struct eccentric_state *state,
                                                  const struct eccentric_profile *profile,
                                                  int64_t time_ms,
                                                  struct eccentric_state **later);

/**
 * When the state holds, in ms since 1970 UTC.
 */
enum eccentric_status eccentric_state_time(const struct eccentric_state *state,
                                           int64_t *time_ms);

/**
 * Stores a state in `len` bytes of the caller and says in `needed` how many it takes, about 570. With
 * `bytes` NULL and `len` 0 it only says so.
 */
enum eccentric_status eccentric_state_to_bytes(const struct eccentric_state *state,
                                               uint8_t *bytes,
                                               size_t len,
                                               size_t *needed);

/**
 * A state from bytes that eccentric_state_to_bytes() has stored.
 */
enum eccentric_status eccentric_state_from_bytes(const uint8_t *bytes,
                                                 size_t len,
                                                 struct eccentric_state **state);

/**
 * Stores a state as JSON, about 2 KB, which every other binding reads. Freed by eccentric_string_free().
 */
enum eccentric_status eccentric_state_to_json(const struct eccentric_state *state,
                                              char **json);

/**
 * A state from JSON.
 */
enum eccentric_status eccentric_state_from_json(const char *json,
                                                struct eccentric_state **state);

/**
 * Frees a state. NULL is nothing to do.
 */
void eccentric_state_free(struct eccentric_state *state);

/**
 * A week below a soreness of 4 with 80 % on a middling descent, for a session at a time.
 */
struct eccentric_today_options eccentric_today_options_default(int64_t start_ms);

/**
 * The largest dose downhill today that keeps the soreness of every muscle group below a level with a
 * probability, for legs at or before the start. `profile` may be NULL.
 */
enum eccentric_status eccentric_today(const struct eccentric_state *state,
                                      const struct eccentric_profile *profile,
                                      const struct eccentric_runner *runner,
                                      const struct eccentric_today_options *options,
                                      struct eccentric_today_limit *limit);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* ECCENTRIC_H */
