/* Times of calls after a year of daily runs: medians in microseconds.
 *
 * What is inside a forecast: the call, all series of the four muscle groups copied into buffers of the caller,
 * peak and clear times, and freeing it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "eccentric.h"

enum { DAYS = 365, STRETCHES = 360, MOST_ROUNDS = 4001, MOST_VALUES = 1024 };
#define DAY_MS 86400000LL

static int rounds = MOST_ROUNDS;
static eccentric_history *history;
static eccentric_state *state;
static eccentric_profile *person;
static eccentric_course *course;
static eccentric_forecast_options options;
static uint8_t stored[1024];
static size_t stored_len;
static eccentric_runner runner = {.mass_kg = 70, .pack_kg = 0, .body_fat = NAN, .age_years = NAN};
static int64_t now_ms;
static double sink;

static void must(eccentric_status status) {
    if (status != ECCENTRIC_STATUS_OK) {
        fprintf(stderr, "%s\n", eccentric_last_error());
        exit(1);
    }
}

static double now_us(void) {
    struct timespec now;
    timespec_get(&now, TIME_UTC);
    return 1e6 * (double)now.tv_sec + 1e-3 * (double)now.tv_nsec;
}

/* About an hour in the hills every day, never twice the same. */
static void add_year(void) {
    for (int day = 0; day < DAYS; day++) {
        eccentric_segment segments[STRETCHES];
        double turn = sin(1.7 * day);
        for (int k = 0; k < STRETCHES; k++) {
            segments[k] = (eccentric_segment){.start_s = 10.0 * k, .duration_s = 10,
                                              .speed_m_s = 2.6 + 0.4 * sin(0.2 * k),
                                              .grade = (0.6 + 0.3 * turn) * 0.15 * sin(0.05 * k),
                                              .step_rate_hz = NAN, .gait = ECCENTRIC_GAIT_RUNNING};
        }
        must(eccentric_history_add_segments(history, &runner, "day", day * DAY_MS, segments, STRETCHES));
    }
    must(eccentric_history_end(history, &now_ms));
}

static void forecast_for(const eccentric_state *legs, const eccentric_profile *who) {
    static double values[2][MOST_VALUES];
    eccentric_forecast *ahead = NULL;
    must(eccentric_state_forecast(legs, who, &options, &ahead));
    for (int32_t muscle = 0; muscle < 4; muscle++) {
        for (int32_t quantity = 0; quantity < 2; quantity++) {
            must(eccentric_forecast_point(ahead, muscle, quantity, values[0], MOST_VALUES));
            sink += values[0][0];
            for (size_t level = 0; level < options.level_count; level++) {
                must(eccentric_forecast_interval(ahead, muscle, quantity, level, values[0], values[1], MOST_VALUES));
                sink += values[1][0];
            }
        }
        eccentric_passing passing;
        must(eccentric_forecast_passing(ahead, muscle, &passing));
        sink += passing.peak_soreness;
    }
    eccentric_forecast_free(ahead);
}

static void forecast(void) { forecast_for(state, NULL); }
static void forecast_person(void) { forecast_for(state, person); }

static void forecast_stored(void) {
    eccentric_state *legs = NULL;
    must(eccentric_state_from_bytes(stored, stored_len, &legs));
    forecast_for(legs, NULL);
    eccentric_state_free(legs);
}

static void load_and_store(void) {
    eccentric_state *legs = NULL;
    must(eccentric_state_from_bytes(stored, stored_len, &legs));
    must(eccentric_state_to_bytes(legs, stored, sizeof stored, &stored_len));
    eccentric_state_free(legs);
}

static void advance(void) {
    eccentric_state *later = NULL;
    must(eccentric_state_advanced_to(state, NULL, now_ms + DAY_MS, &later));
    eccentric_state_free(later);
}

static void state_at(void) {
    eccentric_state *legs = NULL;
    must(eccentric_history_state_at(history, NULL, now_ms, &legs));
    eccentric_state_free(legs);
}

static void today(void) {
    eccentric_today_options asked = eccentric_today_options_default(now_ms);
    eccentric_today_limit limit;
    must(eccentric_today(state, NULL, &runner, &asked, &limit));
    sink += limit.points;
}

static void outlook(void) {
    char *json = NULL;
    must(eccentric_history_outlook_json(history, NULL, now_ms, &options, &json));
    sink += json[0];
    eccentric_string_free(json);
}

/* 30 km, 2000 m up and down. */
static void add_course(void) {
    double distance_m[1201], elevation_m[1201];
    for (int k = 0; k <= 1200; k++) {
        distance_m[k] = 25.0 * k;
        elevation_m[k] = 1000 - 250 * cos(8 * 2 * 3.14159265 * k / 1200);
    }
    must(eccentric_course_from_points("30 km", distance_m, elevation_m, 1201, &course));
}

static void race(void) {
    eccentric_race_options asked = eccentric_race_options_default(now_ms + DAY_MS);
    eccentric_race *run = NULL;
    eccentric_finish finish;
    must(eccentric_history_race(history, NULL, &runner, course, &asked, &run));
    must(eccentric_race_finish(run, &finish));
    sink += finish.strength_loss[0];
    eccentric_race_free(run);
}

static void race_report(void) {
    eccentric_race_options asked = eccentric_race_options_default(now_ms + DAY_MS);
    eccentric_race *run = NULL;
    char *json = NULL;
    must(eccentric_history_race(history, NULL, &runner, course, &asked, &run));
    must(eccentric_race_report_json(run, 500, &json));
    sink += json[0];
    eccentric_string_free(json);
    eccentric_race_free(run);
}

static void plan_of(int days) {
    eccentric_plan_options asked = eccentric_plan_options_default(now_ms + days * DAY_MS, now_ms);
    eccentric_plan *best = NULL;
    eccentric_gain gain;
    must(eccentric_history_plan(history, person, &runner, course, &asked, &best));
    must(eccentric_plan_gain(best, &gain));
    sink += gain.strength_loss;
    eccentric_plan_free(best);
}

static void plan_month(void) { plan_of(28); }
static void plan_quarter(void) { plan_of(84); }

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void timed(const char *what, void (*work)(void)) {
    static double took_us[MOST_ROUNDS];
    for (int k = 0; k < rounds; k++) {
        double start_us = now_us();
        work();
        took_us[k] = now_us() - start_us;
    }
    qsort(took_us, (size_t)rounds, sizeof *took_us, by_size);
    printf("%-58s %9.2f us  (best %.2f)\n", what, took_us[rounds / 2], took_us[0]);
}

static void forecasts(void) {
    static const struct {
        const char *what;
        double hours, step_h;
        size_t levels;
    } each[] = {
        {"forecast, 7 days by the hour (169 values), 80 % interval", 168, 1, 1},
        {"forecast, 7 days by the hour, points alone", 168, 1, 0},
        {"forecast, 7 days by 3 hours (57 values), 80 % interval", 168, 3, 1},
        {"forecast, 7 days by 6 hours (29 values), 80 % interval", 168, 6, 1},
        {"forecast, 7 days by the day (8 values), 80 % interval", 168, 24, 1},
        {"forecast, 14 days by the hour (337 values), 80 % interval", 336, 1, 1},
    };
    for (size_t k = 0; k < sizeof each / sizeof *each; k++) {
        options.hours = each[k].hours;
        options.step_h = each[k].step_h;
        options.level_count = each[k].levels;
        timed(each[k].what, forecast);
    }
    options = eccentric_forecast_options_default();
}

int main(int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], "--short") == 0) {
        rounds = 1;
    }
    must(eccentric_history_new(ECCENTRIC_HABIT_ROAD, &history));
    add_year();
    must(eccentric_history_state_at(history, NULL, now_ms, &state));
    must(eccentric_state_to_bytes(state, stored, sizeof stored, &stored_len));
    eccentric_scale nrs;
    must(eccentric_scale_named("nrs", &nrs));
    eccentric_rating ratings[10];
    for (int k = 0; k < 10; k++) {
        ratings[k] = (eccentric_rating){.time_ms = (300 + 5 * k) * DAY_MS, .value = 1 + k % 3, .scale = nrs,
                                        .muscle = ECCENTRIC_MUSCLE_LEGS};
    }
    must(eccentric_fit(history, ratings, 10, &person));
    printf("a year of daily runs, stored in %zu bytes; medians of %d\n", stored_len, rounds);
    options = eccentric_forecast_options_default();
    forecasts();
    timed("the same of a week by the hour, from stored bytes", forecast_stored);
    timed("the same of a week by the hour, for a learned person", forecast_person);
    timed("state from bytes and back", load_and_store);
    timed("state advanced by a day", advance);
    timed("state from the history: replay of the year", state_at);
    rounds = rounds > 201 ? 201 : rounds;
    timed("outlook of the history as JSON", outlook);
    timed("today's limit", today);
    add_course();
    rounds = rounds > 21 ? 21 : rounds;
    timed("race of 30 km, 2000 m down", race);
    timed("the same with its report as JSON", race_report);
    timed("plan of 4 weeks", plan_month);
    timed("plan of 12 weeks", plan_quarter);
    eccentric_course_free(course);
    eccentric_profile_free(person);
    eccentric_state_free(state);
    eccentric_history_free(history);
    return sink < 0;
}
