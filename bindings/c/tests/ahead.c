/* A race and the plan before it through the C interface. Reports, calendar and what is kept go into files that
 * tools/test_c.sh compares with those of the command; numbers go to standard output, for tests/ahead.py.
 *
 *     ahead FOLDER COURSE RUN...
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "eccentric.h"

enum { MOST_VALUES = 4096, MOST_SESSIONS = 200 };
#define DAY_MS 86400000LL
#define RACE_MS 1782540000000LL /* 2026-06-27T06:00:00Z */
#define PLAN_MS 1780639200000LL /* 2026-06-05T06:00:00Z */

static const char *folder;
static const eccentric_runner runner = {.mass_kg = 70, .pack_kg = 4, .body_fat = 0.16, .age_years = NAN};
static eccentric_history *history;
static eccentric_profile *profile;
static eccentric_course *course;

static void must(eccentric_status status, const char *what) {
    if (status != ECCENTRIC_STATUS_OK) {
        fprintf(stderr, "%s: %s\n", what, eccentric_last_error());
        exit(1);
    }
}

static uint8_t *read_file(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(1);
    }
    fseek(file, 0, SEEK_END);
    *len = (size_t)ftell(file);
    rewind(file);
    uint8_t *bytes = malloc(*len);
    if (!bytes || fread(bytes, 1, *len, file) != *len) {
        perror(path);
        exit(1);
    }
    fclose(file);
    return bytes;
}

/* Writes a text into the folder and frees it; a report ends its line as the command does. */
static void give(const char *name, char *text, const char *end) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || fputs(text, file) < 0 || fputs(end, file) < 0 || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
    eccentric_string_free(text);
}

static void print(const char *name, const double *values, size_t len) {
    printf("%s", name);
    for (size_t k = 0; k < len; k++) {
        printf(" %.17g", values[k]);
    }
    putchar('\n');
}

static void one(const char *name, double value) { print(name, &value, 1); }
static void time_of(const char *name, int64_t ms) { printf("%s %" PRId64 "\n", name, ms); }

static void print_finish(const eccentric_race *race) {
    eccentric_finish finish;
    must(eccentric_race_finish(race, &finish), "finish");
    time_of("finish_ms", finish.finish_ms);
    one("finish_time_s", finish.finish_time_s);
    one("power_w_kg", finish.power_w_kg);
    one("points_total", finish.points_total);
    one("points_se", finish.points_se);
    print("strength_loss", finish.strength_loss, 4);
    print("strength_loss_lower", finish.strength_loss_lower, 4);
    print("strength_loss_upper", finish.strength_loss_upper, 4);
    print("lead_legs_km", finish.lead_legs_km, 4);
    one("descent_slowing", finish.descent_slowing);
    time_of("stairs_ms", finish.stairs_ms);
    time_of("downhill_ms", finish.downhill_ms);
}

static void print_along(const eccentric_race *race) {
    static double values[MOST_VALUES], lower[MOST_VALUES], upper[MOST_VALUES];
    char name[64];
    size_t len = eccentric_race_len(race);
    for (int32_t what = ECCENTRIC_ALONG_DISTANCE; what <= ECCENTRIC_ALONG_DESCENT_SLOWING; what++) {
        must(eccentric_race_along(race, what, values, MOST_VALUES), "along");
        snprintf(name, sizeof name, "along_%" PRId32, what);
        print(name, values, len);
    }
    for (int32_t muscle = 0; muscle < 4; muscle++) {
        must(eccentric_race_strength_loss(race, muscle, values, MOST_VALUES), "strength loss");
        snprintf(name, sizeof name, "loss_%" PRId32, muscle);
        print(name, values, len);
        for (size_t level = 0; level < 2; level++) {
            must(eccentric_race_strength_loss_interval(race, muscle, level, lower, upper, MOST_VALUES), "interval");
            snprintf(name, sizeof name, "loss_%" PRId32 "_%zu_lower", muscle, level);
            print(name, lower, len);
            snprintf(name, sizeof name, "loss_%" PRId32 "_%zu_upper", muscle, level);
            print(name, upper, len);
        }
    }
}

/* The days after outlive the race. */
static void print_after(eccentric_race *race) {
    static double values[MOST_VALUES];
    char name[64];
    eccentric_forecast *after = NULL;
    must(eccentric_race_forecast(race, &after), "forecast");
    eccentric_race_free(race);
    size_t len = eccentric_forecast_len(after);
    for (int32_t muscle = 0; muscle < 4; muscle++) {
        must(eccentric_forecast_point(after, muscle, ECCENTRIC_QUANTITY_SORENESS, values, MOST_VALUES), "soreness");
        snprintf(name, sizeof name, "soreness_%" PRId32, muscle);
        print(name, values, len);
        eccentric_passing passing;
        must(eccentric_forecast_passing(after, muscle, &passing), "passing");
        snprintf(name, sizeof name, "clear_ms_%" PRId32, muscle);
        time_of(name, passing.clear_ms);
    }
    eccentric_forecast_free(after);
}

static void races(void) {
    eccentric_race_options options = eccentric_race_options_default(RACE_MS);
    double levels[2] = {0.8, 0.5};
    options.finish_time_s = 3 * 3600 + 10 * 60;
    options.after.levels = levels;
    options.after.level_count = 2;
    options.after.clear_below = 2;
    eccentric_race *race = NULL;
    char *json = NULL;
    must(eccentric_history_race(history, profile, &runner, course, &options, &race), "race");
    must(eccentric_race_report_json(race, 500, &json), "report");
    give("race.json", json, "\n");
    print_finish(race);
    print_along(race);
    print_after(race);

    eccentric_pace_point pace[2] = {{.distance_m = 0, .speed_m_s = 2.5}, {.distance_m = 10000, .speed_m_s = 2}};
    options = eccentric_race_options_default(RACE_MS);
    options.pace = pace;
    options.pace_len = 2;
    must(eccentric_history_race(history, NULL, &runner, course, &options, &race), "paced race");
    must(eccentric_race_report_json(race, 50, &json), "report");
    give("paced.json", json, "\n");
    eccentric_finish finish;
    must(eccentric_race_finish(race, &finish), "finish");
    if (!isnan(finish.power_w_kg)) {
        fprintf(stderr, "a table of speeds has no power\n");
        exit(1);
    }
    eccentric_race_free(race);
}

static void plans(void) {
    eccentric_plan_options options = eccentric_plan_options_default(RACE_MS, PLAN_MS);
    const char *blocked[2] = {"wed", "2026-06-20..2026-06-21"};
    options.utc_offset_s = 7200;
    options.hour = 6;
    options.rest_days = 2;
    options.blocked = blocked;
    options.blocked_count = 2;
    options.descent_grade = -0.15;
    options.week_points = 80;
    eccentric_plan *plan = NULL;
    char *json = NULL, *calendar = NULL, *kept = NULL;
    must(eccentric_history_plan(history, profile, &runner, course, &options, &plan), "plan");
    must(eccentric_plan_report_json(plan, &json), "report");
    give("plan.json", json, "\n");
    must(eccentric_plan_ics(plan, &calendar), "calendar");
    give("plan.ics", calendar, "");
    static eccentric_session sessions[MOST_SESSIONS];
    size_t len = eccentric_plan_len(plan);
    must(eccentric_plan_sessions(plan, sessions, MOST_SESSIONS), "sessions");
    for (size_t k = 0; k < len; k++) {
        const eccentric_session *s = &sessions[k];
        printf("session_%zu %" PRId64 " %.17g %.17g %.17g %.17g %.17g %.17g\n", k, s->start_ms, s->points, s->descent_m,
               s->distance_m, s->duration_s, s->grade, s->speed_m_s);
    }
    eccentric_gain g;
    must(eccentric_plan_gain(plan, &g), "gain");
    double gain[] = {g.race_points, g.strength_loss, g.strength_loss_lower, g.strength_loss_upper,
                     g.strength_loss_without, g.as_good, g.protection, g.protection_without, g.way_probability,
                     g.clear_probability};
    print("gain", gain, sizeof gain / sizeof *gain);

    /* Nine days later, with what was kept. */
    must(eccentric_plan_to_json(plan, &kept), "to JSON");
    eccentric_plan_free(plan);
    options = eccentric_plan_options_default(RACE_MS, PLAN_MS + 9 * DAY_MS);
    options.utc_offset_s = 7200;
    options.week_descent_m = 500;
    options.before = kept;
    must(eccentric_history_plan(history, profile, &runner, course, &options, &plan), "later plan");
    give("kept.json", kept, "\n");
    must(eccentric_plan_report_json(plan, &json), "later report");
    give("later.json", json, "\n");
    eccentric_plan_free(plan);
}

/* 5 km up 10 % and down again, from points of which one says nothing. */
static void ramp(void) {
    double distance_m[101], elevation_m[101];
    for (int k = 0; k <= 100; k++) {
        distance_m[k] = 100.0 * k;
        elevation_m[k] = 500.0 + 10.0 * (50 - abs(50 - k));
    }
    elevation_m[7] = NAN;
    eccentric_course *up_and_down = NULL;
    must(eccentric_course_from_points("Up and down", distance_m, elevation_m, 101, &up_and_down), "points");
    eccentric_extent extent;
    must(eccentric_course_extent(up_and_down, &extent), "extent");
    if (fabs(extent.distance_m - 10000) > 1e-9 || fabs(extent.ascent_m - 500) > 10 ||
        fabs(extent.descent_m - 500) > 10 || extent.limited_m != 0 || extent.without_elevation != 1) {
        fprintf(stderr, "%g m, %g m up, %g m down\n", extent.distance_m, extent.ascent_m, extent.descent_m);
        exit(1);
    }
    eccentric_race_options options = eccentric_race_options_default(RACE_MS);
    options.finish_time_s = 5400;
    eccentric_race *race = NULL;
    must(eccentric_history_race(history, NULL, &runner, up_and_down, &options, &race), "race");
    eccentric_course_free(up_and_down);
    eccentric_finish finish;
    must(eccentric_race_finish(race, &finish), "finish");
    if (fabs(finish.finish_time_s - 5400) > 0.5 || eccentric_race_len(race) != 101 ||
        !(finish.strength_loss_lower[0] < finish.strength_loss[0])) {
        fprintf(stderr, "%g s, %zu places\n", finish.finish_time_s, eccentric_race_len(race));
        exit(1);
    }
    eccentric_race_free(race);
}

int main(int argc, char **argv) {
    if (argc < 4) {
        fprintf(stderr, "usage: %s FOLDER COURSE RUN...\n", argv[0]);
        return 2;
    }
    folder = argv[1];
    size_t len = 0;
    uint8_t *bytes = read_file(argv[2], &len);
    must(eccentric_course_from_file(argv[2], bytes, len, &course), argv[2]);
    free(bytes);
    eccentric_extent extent;
    must(eccentric_course_extent(course, &extent), "extent");
    double sizes[] = {extent.distance_m / 1000, extent.ascent_m, extent.descent_m, extent.limited_m};
    print("extent", sizes, 4);
    must(eccentric_history_new(ECCENTRIC_HABIT_ROAD, &history), "history");
    for (int k = 3; k < argc; k++) {
        bytes = read_file(argv[k], &len);
        must(eccentric_history_add_file(history, &runner, argv[k], bytes, len, NULL, NULL), argv[k]);
        free(bytes);
    }
    eccentric_scale nrs;
    must(eccentric_scale_named("nrs", &nrs), "scale");
    eccentric_rating rating = {.time_ms = PLAN_MS - DAY_MS, .value = 6, .scale = nrs, .muscle = ECCENTRIC_MUSCLE_LEGS};
    must(eccentric_fit(history, &rating, 1, &profile), "fit");
    char *json = NULL;
    must(eccentric_profile_to_json(profile, &json), "profile");
    give("profile.json", json, "\n");
    races();
    plans();
    ramp();
    eccentric_profile_free(profile);
    eccentric_history_free(history);
    eccentric_course_free(course);
    return 0;
}
