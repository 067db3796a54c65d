/* The weeks before a race and the race itself, from recorded runs and the GPX of the course.
 *
 *     race samples/mountain_run.gpx 70 RUN...
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "eccentric.h"

#define DAY_MS 86400000LL

/* Every call that can fail comes through here. */
static void must(eccentric_status status, const char *what) {
    if (status != ECCENTRIC_STATUS_OK) {
        fprintf(stderr, "%s: %s\n", what, eccentric_last_error());
        exit(1);
    }
}

static uint8_t *read_file(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    long size = -1;
    if (file && fseek(file, 0, SEEK_END) == 0) {
        size = ftell(file);
        rewind(file);
    }
    uint8_t *bytes = size > 0 ? malloc((size_t)size) : NULL;
    *len = bytes ? fread(bytes, 1, (size_t)size, file) : 0;
    if (!bytes || *len != (size_t)size) {
        perror(path);
        exit(1);
    }
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

/* Five weeks, none of it on Sundays. */
static void plan(const eccentric_history *history, const eccentric_runner *runner, const eccentric_course *course,
                 int64_t race_ms, int64_t from_ms) {
    static const char *const blocked[] = {"sun"};
    eccentric_plan_options asked = eccentric_plan_options_default(race_ms, from_ms);
    asked.utc_offset_s = 2 * 3600;
    asked.blocked = blocked;
    asked.blocked_count = 1;
    eccentric_plan *best = NULL;
    must(eccentric_history_plan(history, NULL, runner, course, &asked, &best), "plan");
    size_t len = eccentric_plan_len(best);
    eccentric_session *sessions = malloc((len + 1) * sizeof *sessions);
    if (!sessions) {
        exit(1);
    }
    must(eccentric_plan_sessions(best, sessions, len + 1), "sessions");
    char text[32];
    for (size_t k = 0; k < len; k++) {
        printf("%s  %4.0f m down in %3.0f min\n", when(sessions[k].start_ms, text), sessions[k].descent_m,
               sessions[k].duration_s / 60);
    }
    free(sessions);
    eccentric_gain gain;
    must(eccentric_plan_gain(best, &gain), "gain");
    printf("quadriceps at the finish -%.1f %% (%.0f to %.0f), without the plan -%.1f %%\n", 100 * gain.strength_loss,
           100 * gain.strength_loss_lower, 100 * gain.strength_loss_upper, 100 * gain.strength_loss_without);
    /* An app writes the calendar into a file, and keeps the plan for the next one. */
    char *calendar = NULL, *kept = NULL;
    must(eccentric_plan_ics(best, &calendar), "calendar");
    must(eccentric_plan_to_json(best, &kept), "keep");
    eccentric_string_free(kept);
    eccentric_string_free(calendar);
    eccentric_plan_free(best);
}

/* The race as it would be without the plan. */
static void race(const eccentric_history *history, const eccentric_runner *runner, const eccentric_course *course,
                 int64_t race_ms) {
    static const char *const names[4] = {"quadriceps", "calves", "hip extensors", "hamstrings"};
    eccentric_race_options asked = eccentric_race_options_default(race_ms);
    eccentric_race *run = NULL;
    must(eccentric_history_race(history, NULL, runner, course, &asked, &run), "race");
    eccentric_finish finish;
    must(eccentric_race_finish(run, &finish), "finish");
    eccentric_forecast *after = NULL;
    must(eccentric_race_forecast(run, &after), "days after");
    char text[32];
    printf("finish after %.0f min, %.0f points; stairs %s\n", finish.finish_time_s / 60, finish.points_total,
           when(finish.stairs_ms, text));
    for (int32_t muscle = 0; muscle < 4; muscle++) {
        eccentric_passing passing;
        must(eccentric_forecast_passing(after, muscle, &passing), "passing");
        printf("%-13s at the finish -%.0f %% (%.0f to %.0f), sorest %.1f, clear %s\n", names[muscle],
               100 * finish.strength_loss[muscle], 100 * finish.strength_loss_lower[muscle],
               100 * finish.strength_loss_upper[muscle], passing.peak_soreness, when(passing.clear_ms, text));
    }
    eccentric_forecast_free(after);
    eccentric_race_free(run);
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: %s COURSE.gpx MASS_KG [RUN...]\n", argv[0]);
        return 2;
    }
    size_t len = 0;
    uint8_t *bytes = read_file(argv[1], &len);
    eccentric_course *course = NULL;
    must(eccentric_course_from_file(argv[1], bytes, len, &course), argv[1]);
    free(bytes);
    eccentric_extent extent;
    must(eccentric_course_extent(course, &extent), "extent");
    printf("%.1f km, %.0f m up, %.0f m down\n", extent.distance_m / 1000, extent.ascent_m, extent.descent_m);

    eccentric_history *history = NULL;
    must(eccentric_history_new(ECCENTRIC_HABIT_ROAD, &history), "history");
    eccentric_runner runner = {.mass_kg = atof(argv[2]), .pack_kg = 0.0, .body_fat = NAN, .age_years = NAN};
    for (int k = 3; k < argc; k++) {
        bytes = read_file(argv[k], &len);
        must(eccentric_history_add_file(history, &runner, argv[k], bytes, len, NULL, NULL), argv[k]);
        free(bytes);
    }
    int64_t from_ms = ECCENTRIC_NO_TIME;
    must(eccentric_history_end(history, &from_ms), "end");
    if (from_ms == ECCENTRIC_NO_TIME) {
        from_ms = (int64_t)time(NULL) * 1000;
    }
    int64_t race_ms = from_ms + 35 * DAY_MS;
    plan(history, &runner, course, race_ms, from_ms);
    race(history, &runner, course, race_ms);
    eccentric_history_free(history);
    eccentric_course_free(course);
    return 0;
}
