/* Bad input through every door: a code, a message that says what is wrong, and nothing broken afterwards. */
#include "refused.h"

static const eccentric_runner runner = {.mass_kg = 70, .pack_kg = 0, .body_fat = NAN, .age_years = NAN};
static const char table[] = "time_s,distance_m,elevation_m\n0,0,900\n60,180,870\n120,360,840\n";
static const int64_t now_ms = 1700000000000;
static eccentric_history *history;
static eccentric_state *state;
static eccentric_profile *profile;
static eccentric_forecast *forecast;

static eccentric_status add(const char *text, size_t len) {
    return eccentric_history_add_file(history, &runner, "run", (const uint8_t *)text, len, NULL, NULL);
}

static void files(const char *path) {
    size_t runs = 0, left_out = 0;
    const uint8_t *bytes = (const uint8_t *)table;
    REFUSED(add(NULL, 10), POINTER, "bytes is NULL");
    REFUSED(add(NULL, 0), FILE, "empty file");
    REFUSED(add("", 0), FILE, "empty file");
    REFUSED(add("hello", 5), FILE, "text without a header line");
    REFUSED(add("\x89PNG\r\n\x1a\n\0\0\0\0", 12), FILE, "binary data");
    REFUSED(add("\x1f\x8b\x08zzz", 6), FILE, "gzip data is damaged");
    REFUSED(add(table, SIZE_MAX), INPUT, "allowed are at most 536870912");
    REFUSED(add(table, (size_t)1 << 40), INPUT, "bytes has 1099511627776 values");
    REFUSED(add(table, 31), FILE, "covers no ground");
    REFUSED(eccentric_history_add_file(history, NULL, "run", bytes, sizeof table - 1, NULL, NULL), POINTER, "runner is NULL");
    REFUSED(eccentric_history_add_file(history, &runner, NULL, bytes, sizeof table - 1, NULL, NULL), POINTER, "name is NULL");
    REFUSED(eccentric_history_add_file(history, &runner, "\xff", bytes, sizeof table - 1, NULL, NULL), INPUT, "name is not UTF-8 at byte 0");
    eccentric_run_options steep = {.start_ms = now_ms, .grade = -2};
    REFUSED(eccentric_history_add_file(history, &runner, "run", bytes, sizeof table - 1, &steep, NULL), INPUT, "grade is -2, allowed is -1 to 1");
    const eccentric_runner bodies[] = {
        {.mass_kg = NAN, .body_fat = NAN, .age_years = NAN}, {.mass_kg = 7, .body_fat = NAN, .age_years = NAN}, {.mass_kg = INFINITY, .body_fat = NAN, .age_years = NAN},
        {.mass_kg = 70, .pack_kg = -1, .body_fat = NAN, .age_years = NAN}, {.mass_kg = 70, .body_fat = 3},
        {.mass_kg = 70, .body_fat = NAN, .age_years = 9},
    };
    const char *const words[] = {"body mass is NaN, allowed is 25 to 250 kg", "body mass is 7", "body mass is inf",
                                 "pack mass is -1", "body fat is 3", "age is 9, allowed is 10 to 110 years"};
    for (int k = 0; k < 6; k++) {
        REFUSED(eccentric_history_add_file(history, &bodies[k], "run", bytes, sizeof table - 1, NULL, NULL), INPUT, words[k]);
    }
    /* The file of a real run, cut and damaged. */
    FILE *file = fopen(path, "rb");
    static char whole[1 << 22];
    size_t len = file ? fread(whole, 1, sizeof whole, file) : 0;
    if (!file || len < 10000) {
        fprintf(stderr, "%s is no run\n", path);
        exit(1);
    }
    fclose(file);
    REFUSED(add(whole, 200), FILE, "XML");
    DONE(eccentric_history_count(history, &runs, &left_out));
    if (runs != 0 || left_out != 0) {
        wrong++;
        fprintf(stderr, "a refused file left %zu runs\n", runs + left_out);
    }
}

static void columns(void) {
    double time_s[3] = {0, 60, 120}, distance_m[3] = {0, 180, 360}, elevation_m[3] = {900, 870, 840};
    eccentric_samples good = {.time_s = time_s, .distance_m = distance_m, .elevation_m = elevation_m, .len = 3};
    eccentric_samples s = good;
#define ADD(samples) eccentric_history_add_samples(history, &runner, "run", (samples), NULL)
    REFUSED(ADD(NULL), POINTER, "samples is NULL");
    s.time_s = NULL;
    REFUSED(ADD(&s), POINTER, "time_s is NULL");
    s = good;
    s.distance_m = NULL;
    REFUSED(ADD(&s), POINTER, "distance_m is NULL");
    s = good;
    s.elevation_m = NULL;
    REFUSED(ADD(&s), FILE, "no sample carries an elevation");
    s = good;
    s.len = 0;
    REFUSED(ADD(&s), FILE, "at least");
    s.len = SIZE_MAX;
    REFUSED(ADD(&s), INPUT, "allowed are at most 2000000");
    s = good;
    s.time_s = (const double *)((const char *)time_s + 1);
    s.len = 2;
    REFUSED(ADD(&s), POINTER, "time_s is not aligned");
    time_s[1] = NAN;
    REFUSED(ADD(&good), FILE, "time in row 1 is NaN");
    time_s[1] = 60;
    distance_m[2] = INFINITY;
    REFUSED(ADD(&good), FILE, "distance in row 2 is inf");
    distance_m[2] = 360;
    elevation_m[0] = elevation_m[1] = elevation_m[2] = NAN;
    REFUSED(ADD(&good), FILE, "no sample carries an elevation");
    elevation_m[0] = 900;
    elevation_m[2] = 840;
    eccentric_run_options undated = {.start_ms = ECCENTRIC_NO_TIME, .grade = NAN};
    DONE(eccentric_history_add_samples(history, &runner, "run", &good, &undated));

    eccentric_segment bad[2] = {{.duration_s = 60, .speed_m_s = 3, .step_rate_hz = NAN},
                                {.duration_s = 60, .speed_m_s = 3, .grade = NAN, .step_rate_hz = NAN}};
#define SEGMENTS(segments, len) eccentric_history_add_segments(history, &runner, "run", now_ms, (segments), (len))
    REFUSED(SEGMENTS(NULL, 2), POINTER, "segments is NULL");
    REFUSED(SEGMENTS(bad, 2), INPUT, "grade at index 1 is NaN");
    REFUSED(SEGMENTS(bad, SIZE_MAX / 2), INPUT, "allowed are at most 2000000");
    bad[1].grade = 0;
    bad[1].gait = 7;
    REFUSED(SEGMENTS(bad, 2), INPUT, "gait at index 1 is 7, allowed is -1 (unknown), 0 (walking), 1 (running)");
    bad[1].gait = ECCENTRIC_GAIT_RUNNING;
    bad[1].speed_m_s = -1;
    REFUSED(SEGMENTS(bad, 2), INPUT, "speed at index 1 is -1");
}

static void histories(void) {
    eccentric_history *none = (eccentric_history *)&none;
    REFUSED(eccentric_history_new(0, NULL), POINTER, "history is NULL");
    REFUSED(eccentric_history_new(9, &none), INPUT, "habit is 9, allowed is 0 (none)");
    IS_NULL(none);
    eccentric_run run;
    int64_t ms;
    char *json = (char *)&json;
    REFUSED(eccentric_history_run(history, SIZE_MAX, &run), INPUT, "is not there");
    REFUSED(eccentric_history_run(history, 0, NULL), POINTER, "run is NULL");
    REFUSED(eccentric_history_run(NULL, 0, &run), POINTER, "history is NULL");
    REFUSED(eccentric_history_end(NULL, &ms), POINTER, "history is NULL");
    REFUSED(eccentric_history_end(history, NULL), POINTER, "end_ms is NULL");
    REFUSED(eccentric_history_count(NULL, NULL, NULL), POINTER, "history is NULL");
    REFUSED(eccentric_history_load_json(NULL, &json), POINTER, "history is NULL");
    REFUSED(eccentric_history_load_json(history, NULL), POINTER, "json is NULL");
    json = (char *)&json;
    REFUSED(eccentric_history_outlook_json(history, NULL, ECCENTRIC_NO_TIME, NULL, &json), INPUT, "from_ms is ECCENTRIC_NO_TIME");
    IS_NULL(json);
    REFUSED(eccentric_history_outlook_json(history, NULL, INT64_MAX, NULL, &json), INPUT, "time to advance");
    REFUSED(eccentric_history_outlook_json(NULL, NULL, now_ms, NULL, &json), POINTER, "history is NULL");
    DONE(eccentric_history_outlook_json(history, NULL, now_ms, NULL, &json));
    eccentric_string_free(json);
    eccentric_string_free(NULL);
}

static void states(void) {
    eccentric_state *none = (eccentric_state *)&none;
    REFUSED(eccentric_state_rested(-1, now_ms, NULL, &none), INPUT, "habit is -1");
    IS_NULL(none);
    REFUSED(eccentric_state_rested(1, ECCENTRIC_NO_TIME, NULL, &none), INPUT, "time_ms");
    REFUSED(eccentric_state_rested(1, now_ms, NULL, NULL), POINTER, "state is NULL");
    REFUSED(eccentric_history_state_at(history, NULL, ECCENTRIC_NO_TIME, &none), INPUT, "time_ms");
    REFUSED(eccentric_state_after(state, NULL, history, 5, &none), INPUT, "run 5 is not there");
    REFUSED(eccentric_state_after(state, NULL, history, 0, &none), INPUT, "does not say when it began");
    REFUSED(eccentric_state_after(NULL, NULL, history, 0, &none), POINTER, "state is NULL");
    REFUSED(eccentric_state_advanced_to(state, NULL, now_ms - 1, &none), INPUT, "cannot go back in time");
    REFUSED(eccentric_state_advanced_to(state, NULL, INT64_MAX, &none), INPUT, "time to advance");
    IS_NULL(none);
    REFUSED(eccentric_state_time(state, NULL), POINTER, "time_ms is NULL");

    uint8_t bytes[1024];
    size_t needed = 0;
    REFUSED(eccentric_state_to_bytes(state, bytes, 10, &needed), BUFFER, "bytes has room for 10 values, needed are 5");
    REFUSED(eccentric_state_to_bytes(state, NULL, 1024, &needed), POINTER, "bytes is NULL");
    REFUSED(eccentric_state_to_bytes(state, bytes, sizeof bytes, NULL), POINTER, "needed is NULL");
    needed = 0;
    DONE(eccentric_state_to_bytes(state, NULL, 0, &needed));
    DONE(eccentric_state_to_bytes(state, bytes, needed, &needed));
    for (size_t len = 0; len < needed; len++) {
        REFUSED(eccentric_state_from_bytes(bytes, len, &none), SAVED, "");
        IS_NULL(none);
    }
    REFUSED(eccentric_state_from_bytes(bytes, needed + 1, &none), SAVED, "1 bytes more than a state takes");
    REFUSED(eccentric_state_from_bytes(bytes, SIZE_MAX, &none), INPUT, "allowed are at most 65536");
    REFUSED(eccentric_state_from_bytes(NULL, needed, &none), POINTER, "bytes is NULL");
    /* Every damaged byte is another state or refused, never a crash. */
    for (size_t k = 0; k < needed; k++) {
        bytes[k] ^= 0xff;
        eccentric_forecast *days = NULL;
        if (eccentric_state_from_bytes(bytes, needed, &none) == ECCENTRIC_STATUS_OK &&
            eccentric_state_forecast(none, NULL, NULL, &days) == ECCENTRIC_STATUS_OK) {
            eccentric_forecast_free(days);
        }
        eccentric_state_free(none);
        bytes[k] ^= 0xff;
    }
    /* A version that is not known is named. */
    static const uint8_t first[] = "\5state\1", ninth[] = "\5state\11";
    REFUSED(eccentric_state_from_bytes(first, sizeof first, &none), SAVED, "eccentric.state version 1 is of release 0.1");
    REFUSED(eccentric_state_from_bytes(ninth, sizeof ninth, &none), SAVED, "eccentric.state version 9 is not known");
    IS_NULL(none);
    REFUSED(eccentric_state_from_json("{\"schema\":\"eccentric.state\",\"version\":1,\"data\":{}}", &none), SAVED, "version 1 is of release 0.1");
    REFUSED(eccentric_state_from_json(NULL, &none), POINTER, "json is NULL");
    REFUSED(eccentric_state_from_json("", &none), SAVED, "EOF");
    REFUSED(eccentric_state_from_json("{\"schema\":\"eccentric.state\",\"version\":9,\"data\":{}}", &none), SAVED, "version 9 is not known");
    REFUSED(eccentric_state_from_json("{\"schema\":\"eccentric.profile\",\"version\":1,\"data\":{}}", &none), SAVED, "expected schema eccentric.state");
    IS_NULL(none);
    REFUSED(eccentric_state_to_json(state, NULL), POINTER, "json is NULL");
}

static void loads(void) {
    eccentric_history *kept = NULL;
    DONE(eccentric_history_new(ECCENTRIC_HABIT_ROAD, &kept));
    const eccentric_segment bout = {.duration_s = 1800, .speed_m_s = 3, .grade = -0.16, .step_rate_hz = NAN, .gait = ECCENTRIC_GAIT_RUNNING};
    DONE(eccentric_history_add_segments(kept, &runner, "bout", now_ms, &bout, 1));
    uint8_t bytes[945];
    size_t needed = 0;
    REFUSED(eccentric_load_to_bytes(NULL, 0, bytes, sizeof bytes, &needed), POINTER, "history is NULL");
    REFUSED(eccentric_load_to_bytes(kept, 1, bytes, sizeof bytes, &needed), INPUT, "run 1 is not there");
    REFUSED(eccentric_load_to_bytes(history, 0, bytes, sizeof bytes, &needed), INPUT, "does not say when it began");
    REFUSED(eccentric_load_to_bytes(kept, 0, bytes, 10, &needed), BUFFER, "bytes has room for 10 values, needed are 186");
    REFUSED(eccentric_load_to_bytes(kept, 0, NULL, 945, &needed), POINTER, "bytes is NULL");
    REFUSED(eccentric_load_to_bytes(kept, 0, bytes, sizeof bytes, NULL), POINTER, "needed is NULL");
    needed = 0;
    DONE(eccentric_load_to_bytes(kept, 0, NULL, 0, &needed));
    DONE(eccentric_load_to_bytes(kept, 0, bytes, needed, &needed));
    REFUSED(eccentric_load_from_bytes(NULL, "kept", bytes, needed), POINTER, "history is NULL");
    REFUSED(eccentric_load_from_bytes(kept, NULL, bytes, needed), POINTER, "name is NULL");
    REFUSED(eccentric_load_from_bytes(kept, "kept", NULL, needed), POINTER, "bytes is NULL");
    REFUSED(eccentric_load_from_bytes(kept, "kept", bytes, SIZE_MAX), INPUT, "allowed are at most 65536");
    for (size_t len = 0; len < needed; len++) {
        REFUSED(eccentric_load_from_bytes(kept, "kept", bytes, len), SAVED, "bytes are no load");
    }
    for (size_t k = 0; k < needed; k++) {
        bytes[k] ^= 0xff;
        REFUSED(eccentric_load_from_bytes(kept, "kept", bytes, needed), SAVED, "bytes are no load");
        bytes[k] ^= 0xff;
    }
    /* Nothing was added so far; what is stored is the run. */
    eccentric_history *other = NULL;
    eccentric_run run, back;
    size_t runs = 0;
    DONE(eccentric_history_count(kept, &runs, NULL));
    HOLDS(runs == 1);
    DONE(eccentric_history_new(ECCENTRIC_HABIT_ROAD, &other));
    DONE(eccentric_load_from_bytes(other, "kept", bytes, needed));
    DONE(eccentric_history_run(kept, 0, &run));
    DONE(eccentric_history_run(other, 0, &back));
    HOLDS(back.start_ms == run.start_ms && back.end_ms == run.end_ms && isnan(back.distance_m));
    HOLDS(fabs(back.points_total / run.points_total - 1) < 1e-6);
    eccentric_history_free(other);
    eccentric_history_free(kept);
}

static void forecasts(void) {
    eccentric_forecast *none = (eccentric_forecast *)&none;
    eccentric_forecast_options good = eccentric_forecast_options_default(), o = good;
    double levels[2] = {0.5, 1.5};
#define AHEAD(options) eccentric_state_forecast(state, NULL, (options), &none)
    REFUSED(eccentric_state_forecast(NULL, NULL, NULL, &none), POINTER, "state is NULL");
    IS_NULL(none);
    REFUSED(eccentric_state_forecast(state, NULL, NULL, NULL), POINTER, "forecast is NULL");
    o.hours = NAN;
    REFUSED(AHEAD(&o), INPUT, "forecast length is NaN, allowed is 0.5 to 8784 h");
    o = good;
    o.step_h = 0;
    REFUSED(AHEAD(&o), INPUT, "forecast step is 0, allowed is 0.05 to 168 h");
    o = good;
    o.clear_below = 11;
    REFUSED(AHEAD(&o), INPUT, "soreness is 11");
    o = good;
    o.clear_probability = 1;
    REFUSED(AHEAD(&o), INPUT, "is 1, allowed is 0.01 to 0.999");
    o = good;
    o.levels = levels;
    o.level_count = 2;
    REFUSED(AHEAD(&o), INPUT, "interval level at index 1 is 1.5");
    o.level_count = SIZE_MAX;
    REFUSED(AHEAD(&o), INPUT, "allowed are at most 99");
    o.levels = NULL;
    o.level_count = 1;
    REFUSED(AHEAD(&o), POINTER, "levels is NULL");
    IS_NULL(none);

    double values[169], upper[169];
    int64_t times[169];
    eccentric_passing passing;
    eccentric_advice advice;
    REFUSED(eccentric_forecast_times(forecast, times, 168), BUFFER, "times_ms has room for 168 values, needed are 169");
    REFUSED(eccentric_forecast_times(forecast, NULL, 169), POINTER, "times_ms is NULL");
    REFUSED(eccentric_forecast_point(forecast, 4, 0, values, 169), INPUT, "muscle is 4, allowed is 0 (quadriceps)");
    REFUSED(eccentric_forecast_point(forecast, ECCENTRIC_MUSCLE_LEGS, 0, values, 169), INPUT, "muscle is -1");
    REFUSED(eccentric_forecast_point(forecast, 0, 2, values, 169), INPUT, "quantity is 2, allowed is 0 (soreness), 1 (strength loss)");
    REFUSED(eccentric_forecast_point(forecast, 0, 0, values, 0), BUFFER, "needed are 169");
    REFUSED(eccentric_forecast_interval(forecast, 0, 0, 1, values, upper, 169), INPUT, "interval 1 is not there, the forecast has 1");
    REFUSED(eccentric_forecast_interval(forecast, 0, 0, 0, values, NULL, 169), POINTER, "upper is NULL");
    REFUSED(eccentric_forecast_interval(forecast, 0, 0, 0, values, upper, 1), BUFFER, "lower has room for 1");
    REFUSED(eccentric_forecast_clear_probability(forecast, -7, values, 169), INPUT, "muscle is -7");
    REFUSED(eccentric_forecast_passing(forecast, 0, NULL), POINTER, "passing is NULL");
    REFUSED(eccentric_forecast_passing(forecast, 9, &passing), INPUT, "muscle is 9");
    REFUSED(eccentric_forecast_advice(NULL, &advice), POINTER, "forecast is NULL");
    if (eccentric_forecast_len(NULL) != 0 || eccentric_forecast_len(forecast) != 169) {
        wrong++;
        fprintf(stderr, "lengths of forecasts\n");
    }
}

static void persons(void) {
    eccentric_profile *none = (eccentric_profile *)&none;
    eccentric_scale nrs;
    DONE(eccentric_scale_named("nrs", &nrs));
    REFUSED(eccentric_scale_named("1-5", &nrs), INPUT, "scale is \"1-5\", allowed is nrs, vas");
    REFUSED(eccentric_scale_named(NULL, &nrs), POINTER, "name is NULL");
    REFUSED(eccentric_scale_named("nrs", NULL), POINTER, "scale is NULL");
    eccentric_rating good = {.time_ms = now_ms, .value = 3, .scale = nrs, .muscle = ECCENTRIC_MUSCLE_LEGS}, r = good;
#define FIT(len) eccentric_fit(history, &r, (len), &none)
    REFUSED(eccentric_fit(history, NULL, 3, &none), POINTER, "ratings is NULL");
    IS_NULL(none);
    REFUSED(FIT(SIZE_MAX), INPUT, "allowed are at most 100000");
    r.value = 11;
    REFUSED(FIT(1), INPUT, "rating 0: rating is 11, allowed is 0 to 10");
    r.value = NAN;
    REFUSED(FIT(1), INPUT, "rating 0: rating is NaN");
    r = good;
    r.scale.direction = 2;
    REFUSED(FIT(1), INPUT, "direction of rating 0 is 2, allowed is 0 (higher is worse)");
    r = good;
    r.scale.step = 0;
    REFUSED(FIT(1), INPUT, "rating 0: step of the rating scale is 0");
    r = good;
    r.muscle = 4;
    REFUSED(FIT(1), INPUT, "muscle of rating 0 is 4, allowed is -1 (legs)");
    r = good;
    r.time_ms = ECCENTRIC_NO_TIME;
    REFUSED(FIT(1), INPUT, "time of rating 0");
    REFUSED(eccentric_fit(history, &good, 1, NULL), POINTER, "profile is NULL");
    IS_NULL(none);
    REFUSED(eccentric_profile_from_json("{}", &none), SAVED, "missing field");
    REFUSED(eccentric_profile_from_json(NULL, &none), POINTER, "json is NULL");
    REFUSED(eccentric_profile_to_json(profile, NULL), POINTER, "json is NULL");
    REFUSED(eccentric_profile_report_json(NULL, NULL), POINTER, "json is NULL");
    REFUSED(eccentric_profile_numbers(NULL, NULL, NULL, NULL), POINTER, "profile is NULL");
    char *json = NULL;
    DONE(eccentric_profile_to_json(profile, &json));
    DONE(eccentric_profile_from_json(json, &none));
    double numbers[2][8];
    size_t ratings = 7;
    DONE(eccentric_profile_numbers(profile, numbers[0], NULL, NULL));
    DONE(eccentric_profile_numbers(none, numbers[1], NULL, &ratings));
    if (memcmp(numbers[0], numbers[1], sizeof numbers[0]) != 0 || ratings != 0) {
        wrong++;
        fprintf(stderr, "a stored profile differs\n");
    }
    eccentric_string_free(json);
    eccentric_profile_free(none);
}

static void limits(void) {
    eccentric_today_options good = eccentric_today_options_default(now_ms), o = good;
    eccentric_today_limit limit;
#define TODAY(options) eccentric_today(state, NULL, &runner, (options), &limit)
    REFUSED(TODAY(NULL), POINTER, "options is NULL");
    REFUSED(eccentric_today(state, NULL, NULL, &good, &limit), POINTER, "runner is NULL");
    REFUSED(eccentric_today(state, NULL, &runner, &good, NULL), POINTER, "limit is NULL");
    o.probability = 2;
    REFUSED(TODAY(&o), INPUT, "probability is 2, allowed is 0.01 to 0.999");
    o = good;
    o.descent_grade = 0.1;
    REFUSED(TODAY(&o), INPUT, "grade of the descent is 0.1");
    o = good;
    o.until_ms = o.start_ms;
    REFUSED(TODAY(&o), INPUT, "time over which soreness is watched is 0");
    o = good;
    o.until_ms = ECCENTRIC_NO_TIME;
    REFUSED(TODAY(&o), INPUT, "until_ms");
    o = eccentric_today_options_default(now_ms - 1);
    REFUSED(TODAY(&o), INPUT, "cannot go back in time");
    DONE(TODAY(&good));
}

/* Handles in the wrong order, which a compiler sees in C but not through a `void *` or a Java long. */
static void handles(void) {
    void *wrong_kind = history;
    int64_t ms;
    size_t len;
    char *json;
    eccentric_forecast *none;
    REFUSED(eccentric_state_time(wrong_kind, &ms), HANDLE, "state: expected a state, found: a history");
    wrong_kind = state;
    REFUSED(eccentric_history_count(wrong_kind, &len, NULL), HANDLE, "history: expected a history, found: a state");
    REFUSED(eccentric_state_forecast(state, wrong_kind, NULL, &none), HANDLE, "profile: expected a profile, found: a state");
    wrong_kind = profile;
    REFUSED(eccentric_state_forecast(wrong_kind, profile, NULL, &none), HANDLE, "state: expected a state, found: a profile");
    REFUSED(eccentric_history_add_file(wrong_kind, &runner, "", NULL, 0, NULL, NULL), HANDLE, "history: expected a history, found: a profile");
    wrong_kind = forecast;
    REFUSED(eccentric_profile_to_json(wrong_kind, &json), HANDLE, "profile: expected a profile, found: a forecast");
    double other[4] = {1, 2, 3, 4};
    wrong_kind = other;
    REFUSED(eccentric_forecast_times(wrong_kind, &ms, 1), HANDLE, "found: no handle of eccentric");
    wrong_kind = (char *)state + 1;
    REFUSED(eccentric_state_time(wrong_kind, &ms), POINTER, "state is not aligned");
    /* Freed as another kind, nothing happens but a message. */
    wrong_kind = state;
    eccentric_history_free(wrong_kind);
    REFUSED(ECCENTRIC_STATUS_HANDLE, HANDLE, "the handle: expected a history, found: a state");
    DONE(eccentric_state_time(state, &ms));
    eccentric_history_free(NULL);
    eccentric_state_free(NULL);
    eccentric_profile_free(NULL);
    eccentric_forecast_free(NULL);
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: %s RUN\n", argv[0]);
        return 2;
    }
    if (strcmp(eccentric_last_error(), "") != 0 || strcmp(eccentric_version(), "0.1.0") < 0) {
        wrong++;
        fprintf(stderr, "first message or version\n");
    }
    DONE(eccentric_history_new(ECCENTRIC_HABIT_TRAIL, &history));
    files(argv[1]);
    columns();
    DONE(eccentric_history_state_at(history, NULL, now_ms, &state));
    DONE(eccentric_state_forecast(state, NULL, NULL, &forecast));
    DONE(eccentric_fit(history, NULL, 0, &profile));
    histories();
    states();
    loads();
    forecasts();
    persons();
    limits();
    handles();
    eccentric_forecast_free(forecast);
    eccentric_profile_free(profile);
    eccentric_state_free(state);
    eccentric_history_free(history);
    printf("%d refusals\n", refusals);
    if (wrong || refusals < 100) {
        fprintf(stderr, "%d wrong\n", wrong);
        return 1;
    }
    return 0;
}
