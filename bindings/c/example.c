/* A run from a file, the days after it, and what to store: the whole of what an app on a phone needs.
 *
 *     example samples/mountain_run.gpx 70
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "eccentric.h"

/* Every call that can fail comes through here. */
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
    uint8_t *bytes = NULL;
    size_t room = 0, got = 0;
    *len = 0;
    do {
        if (*len == room) {
            room = room ? 2 * room : 1 << 16;
            uint8_t *larger = realloc(bytes, room);
            if (!larger) {
                perror(path);
                exit(1);
            }
            bytes = larger;
        }
        got = fread(bytes + *len, 1, room - *len, file);
        *len += got;
    } while (got > 0);
    fclose(file);
    return bytes;
}

static const char *when(int64_t ms, char text[32]) {
    if (ms == ECCENTRIC_NO_TIME) {
        return "not within 60 days";
    }
    time_t seconds = (time_t)(ms / 1000);
    strftime(text, 32, "%Y-%m-%d %H:%M UTC", gmtime(&seconds));
    return text;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: %s FILE MASS_KG\n", argv[0]);
        return 2;
    }
    printf("eccentric %s\n", eccentric_version());

    /* The run. */
    eccentric_history *history = NULL;
    must(eccentric_history_new(ECCENTRIC_HABIT_ROAD, &history), "history");
    eccentric_runner runner = {.mass_kg = atof(argv[2]), .pack_kg = 0.0, .body_fat = NAN, .age_years = NAN};
    size_t len = 0;
    uint8_t *bytes = read_file(argv[1], &len);
    must(eccentric_history_add_file(history, &runner, argv[1], bytes, len, NULL, NULL), argv[1]);
    free(bytes);
    eccentric_run run;
    must(eccentric_history_run(history, 0, &run), "run");
    printf("%.1f km, %.0f m down: %.0f points\n", run.distance_m / 1000, run.descent_m, run.points_total);

    /* The state of the legs at its end, and the days ahead. */
    int64_t end_ms = 0;
    must(eccentric_history_end(history, &end_ms), "end");
    eccentric_state *legs = NULL;
    must(eccentric_history_state_at(history, NULL, end_ms, &legs), "state");
    eccentric_forecast *ahead = NULL;
    must(eccentric_state_forecast(legs, NULL, NULL, &ahead), "forecast");

    size_t hours = eccentric_forecast_len(ahead);
    double *soreness = malloc(3 * hours * sizeof *soreness);
    if (!soreness) {
        return 1;
    }
    double *lower = soreness + hours, *upper = lower + hours;
    static const char *const names[4] = {"quadriceps", "calves", "hip extensors", "hamstrings"};
    for (int32_t muscle = 0; muscle < 4; muscle++) {
        must(eccentric_forecast_point(ahead, muscle, ECCENTRIC_QUANTITY_SORENESS, soreness, hours), "soreness");
        must(eccentric_forecast_interval(ahead, muscle, ECCENTRIC_QUANTITY_SORENESS, 0, lower, upper, hours),
             "interval");
        eccentric_passing passing;
        must(eccentric_forecast_passing(ahead, muscle, &passing), "passing");
        char peak[32], clear[32];
        printf("%-13s in 24 h %.1f (%.1f to %.1f), sorest %.1f at %s, clear %s\n", names[muscle], soreness[24],
               lower[24], upper[24], passing.peak_soreness, when(passing.peak_ms, peak),
               when(passing.clear_ms, clear));
    }
    free(soreness);
    eccentric_advice advice;
    must(eccentric_forecast_advice(ahead, &advice), "advice");
    if (advice.recovery) {
        printf("%s\n", advice.recovery);
    }
    if (advice.red_flags) {
        printf("%s\n", advice.red_flags);
    }

    /* Ratings teach the person. */
    eccentric_scale nrs;
    must(eccentric_scale_named("nrs", &nrs), "scale");
    eccentric_rating ratings[2] = {
        {.time_ms = end_ms + 24 * 3600000LL, .value = 2, .scale = nrs, .muscle = ECCENTRIC_MUSCLE_LEGS},
        {.time_ms = end_ms + 48 * 3600000LL, .value = 1, .scale = nrs, .muscle = ECCENTRIC_MUSCLE_LEGS},
    };
    eccentric_profile *person = NULL;
    must(eccentric_fit(history, ratings, 2, &person), "fit");

    /* How much downhill two days later. */
    eccentric_state *own = NULL;
    must(eccentric_history_state_at(history, person, end_ms + 48 * 3600000LL, &own), "own state");
    eccentric_today_options asked = eccentric_today_options_default(end_ms + 48 * 3600000LL);
    eccentric_today_limit limit;
    must(eccentric_today(own, person, &runner, &asked, &limit), "today");
    char next[32];
    if (limit.worthwhile) {
        printf("in two days at most %.0f points, %.0f m down\n", limit.points, limit.descent_m);
    } else {
        printf("in two days nothing downhill, easy until %s\n", when(limit.next_ms, next));
    }

    /* What an app stores instead of the history. */
    uint8_t stored[1024];
    size_t needed = 0;
    must(eccentric_state_to_bytes(legs, stored, sizeof stored, &needed), "store");
    eccentric_state *again = NULL;
    must(eccentric_state_from_bytes(stored, needed, &again), "load");
    int64_t time_ms = 0;
    must(eccentric_state_time(again, &time_ms), "time");
    printf("stored in %zu bytes at %" PRId64 "\n", needed, time_ms);

    eccentric_state_free(again);
    eccentric_state_free(own);
    eccentric_profile_free(person);
    eccentric_forecast_free(ahead);
    eccentric_state_free(legs);
    eccentric_history_free(history);
    return 0;
}
