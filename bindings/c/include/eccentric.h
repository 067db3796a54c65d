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
   * Stored data that is damaged, something else, or newer than this release.
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
 * The days ahead of a state.
 */
typedef struct eccentric_forecast eccentric_forecast;

/**
 * The runs of one athlete, and what the legs were used to before.
 */
typedef struct eccentric_history eccentric_history;

/**
 * What is known of a person.
 */
typedef struct eccentric_profile eccentric_profile;

/**
 * State of one athlete's legs at a time.
 */
typedef struct eccentric_state eccentric_state;

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
   * Moving time in s.
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
   * Points of each muscle group: 100 are 30 minutes at -16 % and 3 m/s.
   */
  double points[4];
  /**
   * Mean points.
   */
  double points_total;
  /**
   * Standard error of the mean points from the error of the grades.
   */
  double points_se;
  /**
   * Distance of easy level running with the same mean points, in km.
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
 * Stores a state in `len` bytes of the caller and says in `needed` how many it takes, about 510. With
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
 * Stores a state as JSON, below 2 KB, which every other binding reads. Freed by eccentric_string_free().
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
