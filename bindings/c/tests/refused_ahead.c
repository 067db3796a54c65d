/* Bad input for courses, races and plans, and handles of the wrong kind. */
#include "refused.h"

#define DAY_MS 86400000LL
static const int64_t from_ms = 1700000000000, race_ms = 1700000000000 + 28 * 86400000LL;
static const eccentric_runner runner = {.mass_kg = 70, .pack_kg = 0, .body_fat = NAN, .age_years = NAN};
static eccentric_history *history;
static eccentric_course *course;
static eccentric_race *race;
static eccentric_plan *plan;

static void courses(const char *path) {
    eccentric_course *none = (eccentric_course *)&none;
#define READ(text, len) eccentric_course_from_file("course", (const uint8_t *)(text), (len), &none)
    REFUSED(READ(NULL, 10), POINTER, "bytes is NULL");
    IS_NULL(none);
    REFUSED(READ("", 0), FILE, "empty file");
    REFUSED(READ("hello", 5), FILE, "text without a header line");
    REFUSED(READ("time_s,distance_m\n0,0\n9,9\n", 26), FILE, "a course is read from GPX");
    REFUSED(READ("\x1f\x8b\x08zzz", 6), FILE, "gzip data is damaged");
    REFUSED(READ("", SIZE_MAX), INPUT, "allowed are at most 536870912");
    REFUSED(READ("<gpx></gpx>", 11), FILE, "elevation");
    static const char flat[] = "<gpx><trk><trkseg><trkpt lat=\"46\" lon=\"8\"/><trkpt lat=\"46.001\" lon=\"8\"/></trkseg></trk></gpx>";
    REFUSED(READ(flat, sizeof flat - 1), FILE, "elevation");
    static const char far[] = "<gpx><rte><rtept lat=\"46\" lon=\"8\"><ele>1</ele></rtept><rtept lat=\"-46\" lon=\"8\"><ele>1</ele></rtept></rte></gpx>";
    REFUSED(READ(far, sizeof far - 1), FILE, "from the point before, allowed is at most 5000 m");
    REFUSED(eccentric_course_from_file(NULL, (const uint8_t *)"", 0, &none), POINTER, "name is NULL");
    REFUSED(eccentric_course_from_file("\xff", (const uint8_t *)"", 0, &none), INPUT, "name is not UTF-8");
    REFUSED(eccentric_course_from_file("", (const uint8_t *)"", 0, NULL), POINTER, "course is NULL");
    FILE *file = fopen(path, "rb");
    static char whole[1 << 22];
    size_t len = file ? fread(whole, 1, sizeof whole, file) : 0;
    if (!file || len < 10000) {
        fprintf(stderr, "%s is no course\n", path);
        exit(1);
    }
    fclose(file);
    REFUSED(READ(whole, 400), FILE, "");
    /* Cut anywhere it is a shorter course or refused. */
    for (size_t cut = len / 7; cut < len; cut += len / 7) {
        if (READ(whole, cut) == ECCENTRIC_STATUS_OK) {
            eccentric_course_free(none);
        } else {
            IS_NULL(none);
        }
    }
}

static void points(void) {
    eccentric_course *none = (eccentric_course *)&none;
    double distance_m[4] = {0, 1000, 2000, 3000}, elevation_m[4] = {900, 800, 850, 700};
    eccentric_extent extent;
#define POINTS(len) eccentric_course_from_points(NULL, distance_m, elevation_m, (len), &none)
    REFUSED(eccentric_course_from_points(NULL, NULL, elevation_m, 4, &none), POINTER, "distance_m is NULL");
    REFUSED(eccentric_course_from_points(NULL, distance_m, NULL, 4, &none), POINTER, "elevation_m is NULL");
    REFUSED(eccentric_course_from_points("\xff", distance_m, elevation_m, 4, &none), INPUT, "name is not UTF-8");
    REFUSED(eccentric_course_from_points(NULL, distance_m, elevation_m, 4, NULL), POINTER, "course is NULL");
    REFUSED(POINTS(0), INPUT, "");
    REFUSED(POINTS(1), INPUT, "");
    REFUSED(POINTS(SIZE_MAX), INPUT, "allowed are at most 2000000");
    distance_m[2] = 500;
    REFUSED(POINTS(4), INPUT, "500");
    distance_m[2] = NAN;
    REFUSED(POINTS(4), INPUT, "NaN");
    distance_m[2] = INFINITY;
    REFUSED(POINTS(4), INPUT, "inf");
    distance_m[2] = 2000;
    elevation_m[1] = INFINITY;
    REFUSED(POINTS(4), INPUT, "inf");
    elevation_m[0] = elevation_m[1] = elevation_m[2] = elevation_m[3] = NAN;
    REFUSED(POINTS(4), INPUT, "");
    IS_NULL(none);
    REFUSED(eccentric_course_extent(NULL, &extent), POINTER, "course is NULL");
    REFUSED(eccentric_course_extent(course, NULL), POINTER, "extent is NULL");
}

static void asked_races(void) {
    eccentric_race *none = (eccentric_race *)&none;
    eccentric_race_options good = eccentric_race_options_default(race_ms), o = good;
#define RACE(options) eccentric_history_race(history, NULL, &runner, course, (options), &none)
    REFUSED(eccentric_history_race(NULL, NULL, &runner, course, &good, &none), POINTER, "history is NULL");
    IS_NULL(none);
    REFUSED(eccentric_history_race(history, NULL, NULL, course, &good, &none), POINTER, "runner is NULL");
    REFUSED(eccentric_history_race(history, NULL, &runner, NULL, &good, &none), POINTER, "course is NULL");
    REFUSED(RACE(NULL), POINTER, "options is NULL");
    REFUSED(eccentric_history_race(history, NULL, &runner, course, &good, NULL), POINTER, "race is NULL");
    eccentric_runner heavy = {.mass_kg = 700, .body_fat = NAN, .age_years = NAN};
    REFUSED(eccentric_history_race(history, NULL, &heavy, course, &good, &none), INPUT, "body mass is 700");
    o.start_ms = ECCENTRIC_NO_TIME;
    REFUSED(RACE(&o), INPUT, "start_ms is ECCENTRIC_NO_TIME");
    /* Rested legs are so at any time. */
    o.start_ms = INT64_MAX;
    DONE(RACE(&o));
    eccentric_race_free(none);
    o = good;
    o.finish_time_s = 60;
    REFUSED(RACE(&o), INPUT, "finish time is 60, allowed is ");
    o.finish_time_s = -1;
    REFUSED(RACE(&o), INPUT, "finish time is -1");
    o.finish_time_s = INFINITY;
    REFUSED(RACE(&o), INPUT, "finish time is inf");
    eccentric_pace_point pace[2] = {{.distance_m = 0, .speed_m_s = 3}, {.distance_m = 1000, .speed_m_s = NAN}};
    o = good;
    o.pace = pace;
    o.pace_len = 2;
    REFUSED(RACE(&o), INPUT, "speed of the pace profile at index 1 is NaN, allowed is 0.1 to 12 m/s");
    pace[1] = (eccentric_pace_point){.distance_m = -5, .speed_m_s = 3};
    REFUSED(RACE(&o), INPUT, "-5");
    o.finish_time_s = 3600;
    REFUSED(RACE(&o), INPUT, "finish_time_s and pace are both given");
    o = good;
    o.pace_len = 2;
    REFUSED(RACE(&o), POINTER, "pace is NULL");
    o.pace = pace;
    o.pace_len = SIZE_MAX;
    REFUSED(RACE(&o), INPUT, "pace has ");
    o = good;
    o.after.hours = 0;
    REFUSED(RACE(&o), INPUT, "forecast length is 0");
    o = good;
    o.after.levels = NULL;
    REFUSED(RACE(&o), POINTER, "levels is NULL");
    IS_NULL(none);
    /* Without levels there is no interval. */
    o.after.level_count = 0;
    DONE(RACE(&o));
    eccentric_finish finish;
    DONE(eccentric_race_finish(none, &finish));
    HOLDS(isnan(finish.strength_loss_lower[0]) && !isnan(finish.strength_loss[0]));
    eccentric_race_free(none);
}

static void read_races(void) {
    static double values[4096], upper[4096];
    char *json = (char *)&json;
    eccentric_forecast *none = (eccentric_forecast *)&none;
    eccentric_finish finish;
    size_t len = eccentric_race_len(race);
    HOLDS(len > 2 && len < 4096 && eccentric_race_len(NULL) == 0);
    REFUSED(eccentric_race_finish(race, NULL), POINTER, "finish is NULL");
    REFUSED(eccentric_race_finish(NULL, &finish), POINTER, "race is NULL");
    REFUSED(eccentric_race_along(race, 6, values, 4096), INPUT, "what is 6, allowed is 0 (distance)");
    REFUSED(eccentric_race_along(race, 0, values, len - 1), BUFFER, "values has room for ");
    REFUSED(eccentric_race_along(race, 0, NULL, 4096), POINTER, "values is NULL");
    REFUSED(eccentric_race_strength_loss(race, ECCENTRIC_MUSCLE_LEGS, values, 4096), INPUT, "muscle is -1");
    REFUSED(eccentric_race_strength_loss(race, 0, values, 0), BUFFER, "needed are ");
    REFUSED(eccentric_race_strength_loss_interval(race, 0, 1, values, upper, 4096), INPUT, "interval 1 is not there");
    REFUSED(eccentric_race_strength_loss_interval(race, 0, 0, values, NULL, 4096), POINTER, "upper is NULL");
    REFUSED(eccentric_race_forecast(NULL, &none), POINTER, "race is NULL");
    IS_NULL(none);
    REFUSED(eccentric_race_forecast(race, NULL), POINTER, "forecast is NULL");
    REFUSED(eccentric_race_report_json(race, 1, &json), INPUT, "places is 1, allowed is 2 to 1000000");
    IS_NULL(json);
    REFUSED(eccentric_race_report_json(race, SIZE_MAX, &json), INPUT, "places is ");
    REFUSED(eccentric_race_report_json(race, 2, NULL), POINTER, "json is NULL");
}

static void asked_plans(void) {
    eccentric_plan *none = (eccentric_plan *)&none;
    eccentric_plan_options good = eccentric_plan_options_default(race_ms, from_ms), o = good;
#define PLAN(options) eccentric_history_plan(history, NULL, &runner, course, (options), &none)
#define WITH(field, value, words) (o = good, o.field = (value), REFUSED(PLAN(&o), INPUT, words))
    REFUSED(PLAN(NULL), POINTER, "options is NULL");
    IS_NULL(none);
    REFUSED(eccentric_history_plan(history, NULL, NULL, course, &good, &none), POINTER, "runner is NULL");
    REFUSED(eccentric_history_plan(history, NULL, &runner, NULL, &good, &none), POINTER, "course is NULL");
    REFUSED(eccentric_history_plan(history, NULL, &runner, course, &good, NULL), POINTER, "plan is NULL");
    WITH(race_ms, ECCENTRIC_NO_TIME, "race_ms is ECCENTRIC_NO_TIME");
    WITH(from_ms, ECCENTRIC_NO_TIME, "from_ms is ECCENTRIC_NO_TIME");
    WITH(race_ms, from_ms - DAY_MS, "which leaves no day for a plan");
    WITH(race_ms, from_ms, "which leaves no day for a plan");
    WITH(race_ms, from_ms + 300 * DAY_MS, "days before the race is ");
    WITH(race_ms, INT64_MAX, "");
    WITH(race_ms, INT64_MIN + 1, "");
    WITH(from_ms, INT64_MAX, "");
    WITH(from_ms, INT64_MIN + 1, "");
    WITH(utc_offset_s, 93600, "utc_offset_s is 93600, allowed is -93599 to 93599");
    WITH(utc_offset_s, INT32_MIN, "utc_offset_s is ");
    WITH(hour, 24, "hour is 24, allowed is 0 to 23");
    WITH(hour, -1, "hour is -1");
    WITH(hour, 256, "hour is 256");
    WITH(rest_days, 61, "rest_days is 61, allowed is 0 to 60");
    WITH(rest_days, INT32_MIN, "rest_days is ");
    WITH(finish_time_s, 0, "finish time is 0");
    WITH(descent_grade, 0.1, "grade of the descent is 0.1");
    WITH(descent_speed_m_s, 80, "speed on the descent is 80");
    WITH(soreness_below, NAN, "soreness is NaN");
    WITH(probability, 1, "probability is 1, allowed is 0.01 to 0.999");
    WITH(clear_below, 11, "soreness is 11");
    WITH(clear_probability, NAN, "probability is NaN");
    WITH(week_points, -1, "points of the session is -1");
    WITH(week_descent_m, INFINITY, "sample distance is inf");
    WITH(build_up, 0.5, "build-up is 0.5, allowed is 1 to 10");
    WITH(blocked_count, SIZE_MAX, "blocked has ");
    o = good;
    o.week_points = o.week_descent_m = 100;
    REFUSED(PLAN(&o), INPUT, "week_points and week_descent_m are both given");
    IS_NULL(none);
}

/* The texts among what is asked. */
static void asked_texts(void) {
    eccentric_plan *none = (eccentric_plan *)&none;
    eccentric_plan_options good = eccentric_plan_options_default(race_ms, from_ms), o = good;
    const char *days[2] = {"wed", "someday"};
    o.blocked_count = 2;
    REFUSED(PLAN(&o), POINTER, "blocked is NULL");
    o.blocked = days;
    REFUSED(PLAN(&o), INPUT, "blocked at index 1: \"someday\" is no day");
    days[1] = "2026-06-31";
    REFUSED(PLAN(&o), INPUT, "blocked at index 1: \"2026-06-31\" is no day");
    days[1] = NULL;
    REFUSED(PLAN(&o), POINTER, "blocked at index 1 is NULL");
    days[1] = "\xff";
    REFUSED(PLAN(&o), INPUT, "blocked at index 1 is not UTF-8");
    const char *const kept[4] = {"", "{}", "{\"schema\":\"eccentric.planned\",\"version\":9,\"data\":{}}",
                                 "{\"schema\":\"eccentric.profile\",\"version\":1,\"data\":{}}"};
    const char *const words[4] = {"before: EOF", "before: missing field", "version 9 is not known", "expected schema eccentric.planned"};
    for (int k = 0; k < 4; k++) {
        o = good;
        o.before = kept[k];
        REFUSED(PLAN(&o), SAVED, words[k]);
    }
    o.before = "\xff";
    REFUSED(PLAN(&o), INPUT, "before is not UTF-8");
    IS_NULL(none);
}

static void read_plans(void) {
    eccentric_session sessions[64];
    eccentric_gain gain;
    char *text = (char *)&text;
    size_t len = eccentric_plan_len(plan);
    HOLDS(len > 0 && len <= 64 && eccentric_plan_len(NULL) == 0);
    REFUSED(eccentric_plan_sessions(plan, sessions, len - 1), BUFFER, "sessions has room for ");
    REFUSED(eccentric_plan_sessions(plan, NULL, 64), POINTER, "sessions is NULL");
    REFUSED(eccentric_plan_sessions(NULL, sessions, 64), POINTER, "plan is NULL");
    REFUSED(eccentric_plan_gain(plan, NULL), POINTER, "gain is NULL");
    REFUSED(eccentric_plan_gain(NULL, &gain), POINTER, "plan is NULL");
    REFUSED(eccentric_plan_report_json(plan, NULL), POINTER, "json is NULL");
    REFUSED(eccentric_plan_report_json(NULL, &text), POINTER, "plan is NULL");
    IS_NULL(text);
    REFUSED(eccentric_plan_ics(plan, NULL), POINTER, "text is NULL");
    REFUSED(eccentric_plan_ics(NULL, &text), POINTER, "plan is NULL");
    REFUSED(eccentric_plan_to_json(plan, NULL), POINTER, "json is NULL");
    REFUSED(eccentric_plan_to_json(NULL, &text), POINTER, "plan is NULL");
    /* What is kept, cut anywhere, is refused; whole, it is taken. */
    DONE(eccentric_plan_to_json(plan, &text));
    eccentric_plan_options o = eccentric_plan_options_default(race_ms, from_ms);
    eccentric_plan *none;
    o.before = text;
    size_t whole = strlen(text);
    for (size_t cut = whole - 1; cut > 0; cut -= cut / 5 + 1) {
        char was = text[cut];
        text[cut] = '\0';
        REFUSED(PLAN(&o), SAVED, "before: ");
        text[cut] = was;
    }
    DONE(PLAN(&o));
    eccentric_plan_free(none);
    eccentric_string_free(text);
}

static void handles(void) {
    void *wrong_kind = course;
    char *text;
    eccentric_race_options options = eccentric_race_options_default(race_ms);
    eccentric_plan_options asked = eccentric_plan_options_default(race_ms, from_ms);
    eccentric_race *no_race;
    eccentric_plan *no_plan;
    REFUSED(eccentric_race_report_json(wrong_kind, 2, &text), HANDLE, "race: expected a race, found: a course");
    REFUSED(eccentric_plan_ics(wrong_kind, &text), HANDLE, "plan: expected a plan, found: a course");
    HOLDS(eccentric_race_len(wrong_kind) == 0 && eccentric_plan_len(wrong_kind) == 0);
    wrong_kind = race;
    REFUSED(eccentric_history_race(history, NULL, &runner, wrong_kind, &options, &no_race), HANDLE, "course: expected a course, found: a race");
    REFUSED(eccentric_history_race(history, wrong_kind, &runner, course, &options, &no_race), HANDLE, "profile: expected a profile, found: a race");
    wrong_kind = plan;
    REFUSED(eccentric_history_plan(wrong_kind, NULL, &runner, course, &asked, &no_plan), HANDLE, "history: expected a history, found: a plan");
    eccentric_course_free(wrong_kind);
    REFUSED(ECCENTRIC_STATUS_HANDLE, HANDLE, "the handle: expected a course, found: a plan");
    DONE(eccentric_plan_ics(plan, &text));
    eccentric_string_free(text);
    eccentric_course_free(NULL);
    eccentric_race_free(NULL);
    eccentric_plan_free(NULL);
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: %s COURSE\n", argv[0]);
        return 2;
    }
    double distance_m[101], elevation_m[101];
    for (int k = 0; k <= 100; k++) {
        distance_m[k] = 100.0 * k;
        elevation_m[k] = 900.0 + 12.0 * (50 - abs(50 - k));
    }
    DONE(eccentric_history_new(ECCENTRIC_HABIT_ROAD, &history));
    DONE(eccentric_course_from_points(NULL, distance_m, elevation_m, 101, &course));
    eccentric_race_options options = eccentric_race_options_default(race_ms);
    DONE(eccentric_history_race(history, NULL, &runner, course, &options, &race));
    eccentric_plan_options asked = eccentric_plan_options_default(race_ms, from_ms);
    DONE(eccentric_history_plan(history, NULL, &runner, course, &asked, &plan));
    courses(argv[1]);
    points();
    asked_races();
    read_races();
    asked_plans();
    asked_texts();
    read_plans();
    handles();
    eccentric_plan_free(plan);
    eccentric_race_free(race);
    eccentric_course_free(course);
    eccentric_history_free(history);
    printf("%d refusals of races and plans\n", refusals);
    if (wrong || refusals < 100) {
        fprintf(stderr, "%d wrong\n", wrong);
        return 1;
    }
    return 0;
}
