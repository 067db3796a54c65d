/* The golden cases through the C interface: every number within the tolerance of the independent script, and the
 * bits of the library itself. Reads what tests/golden.py writes. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "eccentric.h"

enum { MOST_VALUES = 20000, MOST_LEVELS = 99 };

static FILE *in;
static double relative, absolute, largest;
static long compared, wrong;
static uint64_t hash;
static char name[128];

static void fail(const char *what) {
    fprintf(stderr, "%s: %s (%s)\n", name, what, eccentric_last_error());
    exit(1);
}

static void must(eccentric_status status, const char *what) {
    if (status != ECCENTRIC_STATUS_OK) {
        fail(what);
    }
}

static double number(void) {
    char word[64];
    if (fscanf(in, "%63s", word) != 1) {
        fail("the cases break off");
    }
    return strtod(word, NULL);
}

static int64_t whole(void) {
    int64_t value;
    if (fscanf(in, "%" SCNd64, &value) != 1) {
        fail("a whole number is missing");
    }
    return value;
}

static void check(const char *what, double found, double expected) {
    compared++;
    double off = fabs(found - expected);
    if (!(off <= relative * fabs(expected) + absolute)) {
        wrong++;
        fprintf(stderr, "%s: %s: found %.17g, expected %.17g\n", name, what, found, expected);
    }
    double part = off / (fabs(expected) + absolute / relative);
    largest = part > largest ? part : largest;
}

static void check_all(const char *what, const double *found, size_t len) {
    if ((size_t)whole() != len) {
        fail(what);
    }
    for (size_t k = 0; k < len; k++) {
        check(what, found[k], number());
    }
}

/* FNV-1a, as tests/golden/README.md says. */
static void add_bits(const double *values, size_t len) {
    for (size_t k = 0; k < len; k++) {
        uint64_t bits;
        memcpy(&bits, &values[k], sizeof bits);
        for (int byte = 0; byte < 8; byte++) {
            hash = (hash ^ ((bits >> (8 * byte)) & 0xff)) * UINT64_C(0x100000001b3);
        }
    }
}

static void add_run(eccentric_history *history, const eccentric_runner *runner, size_t index) {
    int64_t start_ms = whole();
    size_t len = (size_t)whole();
    eccentric_segment *segments = calloc(len ? len : 1, sizeof *segments);
    if (!segments) {
        fail("no memory");
    }
    for (size_t k = 0; k < len; k++) {
        eccentric_segment *s = &segments[k];
        s->start_s = number();
        s->duration_s = number();
        s->speed_m_s = number();
        s->grade = number();
        s->grade_se = number();
        s->step_rate_hz = number();
        s->gait = (int32_t)whole();
    }
    must(eccentric_history_add_segments(history, runner, "case", start_ms, segments, len), "segments");
    free(segments);
    eccentric_run run;
    must(eccentric_history_run(history, index, &run), "run");
    for (int muscle = 0; muscle < 4; muscle++) {
        check("points", run.points[muscle], number());
    }
    check("negative_work_j", run.negative_work_j, number());
    check("points_total", run.points_total, number());
    check("points_se", run.points_se, number());
    check("equivalent_flat_km", run.equivalent_flat_km, number());
    check("end_ms", (double)run.end_ms, (double)whole());
    add_bits(&run.negative_work_j, 1);
    add_bits(run.points, 4);
    add_bits(&run.points_total, 1);
    add_bits(&run.points_se, 1);
    add_bits(&run.equivalent_flat_km, 1);
}

/* A time as hours after another; NaN for none, and none is expected as NaN. */
static void check_hours(const char *what, int64_t ms, int64_t from_ms) {
    double expected = number();
    if (ms == ECCENTRIC_NO_TIME || isnan(expected)) {
        compared++;
        if (ms != ECCENTRIC_NO_TIME || !isnan(expected)) {
            fail(what);
        }
        return;
    }
    check(what, (double)(ms - from_ms) / 3.6e6, expected);
}

static void check_forecast(const eccentric_forecast *ahead, int64_t from_ms, size_t levels) {
    static double point[MOST_VALUES], ends[2][MOST_VALUES];
    static int64_t times_ms[MOST_VALUES];
    size_t len = eccentric_forecast_len(ahead);
    must(eccentric_forecast_times(ahead, times_ms, MOST_VALUES), "times");
    for (size_t k = 0; k < len; k++) {
        point[k] = (double)(times_ms[k] - from_ms) / 3.6e6;
    }
    check_all("hours", point, len);
    for (int32_t muscle = 0; muscle < 4; muscle++) {
        for (int32_t quantity = 0; quantity < 2; quantity++) {
            must(eccentric_forecast_point(ahead, muscle, quantity, point, MOST_VALUES), "point");
            check_all("point", point, len);
            add_bits(point, len);
            for (size_t level = 0; level < levels; level++) {
                must(eccentric_forecast_interval(ahead, muscle, quantity, level, ends[0], ends[1], MOST_VALUES),
                     "interval");
                for (int end = 0; end < 2; end++) {
                    check_all("interval", ends[end], len);
                    add_bits(ends[end], len);
                }
            }
        }
        must(eccentric_forecast_clear_probability(ahead, muscle, point, MOST_VALUES), "probability");
        check_all("clear_probability", point, len);
        add_bits(point, len);
        eccentric_passing passing;
        must(eccentric_forecast_passing(ahead, muscle, &passing), "passing");
        check("peak", passing.peak_soreness, number());
        check_hours("peak_h", passing.peak_ms, from_ms);
        check_hours("clear_at_h", passing.clear_ms, from_ms);
        check_hours("likely_clear_at_h", passing.likely_clear_ms, from_ms);
    }
}

/* The state of the history, through what an app would store of it. */
static eccentric_state *stored_state(const eccentric_history *history, int64_t from_ms) {
    eccentric_state *state = NULL, *from_bytes = NULL, *from_json = NULL;
    must(eccentric_history_state_at(history, NULL, from_ms, &state), "state");
    uint8_t bytes[1024];
    size_t needed = 0;
    must(eccentric_state_to_bytes(state, bytes, sizeof bytes, &needed), "to bytes");
    must(eccentric_state_from_bytes(bytes, needed, &from_bytes), "from bytes");
    char *json = NULL;
    must(eccentric_state_to_json(from_bytes, &json), "to JSON");
    must(eccentric_state_from_json(json, &from_json), "from JSON");
    eccentric_string_free(json);
    eccentric_state_free(from_bytes);
    eccentric_state_free(state);
    return from_json;
}

/* An app that stores the state and adds run by run forecasts the same. */
static void check_stepwise(const eccentric_history *history, int32_t habit, int64_t from_ms,
                           const eccentric_forecast_options *options, const eccentric_forecast *ahead) {
    static double expected[MOST_VALUES], found[MOST_VALUES];
    size_t runs = 0;
    must(eccentric_history_count(history, &runs, NULL), "count");
    eccentric_state *state = NULL, *next = NULL;
    for (size_t k = 0; k < runs; k++) {
        eccentric_run run;
        must(eccentric_history_run(history, k, &run), "run");
        if (k == 0) {
            int64_t first_ms = run.start_ms < from_ms ? run.start_ms : from_ms;
            must(eccentric_state_rested(habit, first_ms, NULL, &state), "rested");
        }
        if (run.end_ms > from_ms) {
            break;
        }
        must(eccentric_state_after(state, NULL, history, k, &next), "after");
        eccentric_state_free(state);
        state = next;
    }
    if (!state) {
        return;
    }
    must(eccentric_state_advanced_to(state, NULL, from_ms, &next), "advanced");
    eccentric_forecast *stepwise = NULL;
    must(eccentric_state_forecast(next, NULL, options, &stepwise), "stepwise forecast");
    size_t len = eccentric_forecast_len(stepwise);
    for (int32_t muscle = 0; muscle < 4; muscle++) {
        must(eccentric_forecast_point(ahead, muscle, ECCENTRIC_QUANTITY_SORENESS, expected, MOST_VALUES), "point");
        must(eccentric_forecast_point(stepwise, muscle, ECCENTRIC_QUANTITY_SORENESS, found, MOST_VALUES), "point");
        for (size_t k = 0; k < len; k++) {
            check("run by run", found[k], expected[k]);
        }
    }
    eccentric_forecast_free(stepwise);
    eccentric_state_free(next);
    eccentric_state_free(state);
}

static void run_case(void) {
    char bits[32], found[32];
    if (fscanf(in, "%127s %31s", name, bits) != 2) {
        fail("the name of a case is missing");
    }
    hash = UINT64_C(0xcbf29ce484222325);
    eccentric_history *history = NULL;
    int32_t habit = (int32_t)whole();
    must(eccentric_history_new(habit, &history), "history");
    eccentric_runner runner;
    runner.mass_kg = number();
    runner.pack_kg = number();
    runner.body_fat = number();
    runner.age_years = number();
    eccentric_forecast_options options = eccentric_forecast_options_default();
    double levels[MOST_LEVELS];
    options.hours = number();
    options.step_h = number();
    options.clear_below = number();
    options.clear_probability = number();
    options.level_count = (size_t)whole();
    options.levels = levels;
    for (size_t k = 0; k < options.level_count && k < MOST_LEVELS; k++) {
        levels[k] = number();
    }
    int64_t from_ms = whole();
    size_t runs = (size_t)whole();
    for (size_t k = 0; k < runs; k++) {
        add_run(history, &runner, k);
    }
    eccentric_state *state = stored_state(history, from_ms);
    eccentric_forecast *ahead = NULL;
    must(eccentric_state_forecast(state, NULL, &options, &ahead), "forecast");
    check_forecast(ahead, from_ms, options.level_count);
    check_stepwise(history, habit, from_ms, &options, ahead);
    snprintf(found, sizeof found, "%016" PRIx64, hash);
    if (strcmp(found, bits) != 0) {
        wrong++;
        fprintf(stderr, "%s: bits %s, expected %s\n", name, found, bits);
    }
    eccentric_forecast_free(ahead);
    eccentric_state_free(state);
    eccentric_history_free(history);
}

int main(int argc, char **argv) {
    if (argc != 2 || !(in = fopen(argv[1], "r"))) {
        fprintf(stderr, "usage: %s CASES\n", argv[0]);
        return 2;
    }
    relative = number();
    absolute = number();
    int64_t cases = whole();
    for (int64_t k = 0; k < cases; k++) {
        run_case();
    }
    fclose(in);
    printf("%" PRId64 " cases, %ld values, largest relative difference %.1e, bits equal\n", cases, compared, largest);
    if (wrong || cases < 12 || compared < 5000) {
        fprintf(stderr, "%ld wrong, or too few\n", wrong);
        return 1;
    }
    return 0;
}
