/* What the tests of bad input share: a refusal has its code and says what is wrong. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "eccentric.h"

static int refusals, wrong;

static void expect(int line, eccentric_status found, eccentric_status expected, const char *words) {
    refusals++;
    const char *message = eccentric_last_error();
    if (found != expected || !strstr(message, words)) {
        wrong++;
        fprintf(stderr, "line %d: status %d, expected %d; message \"%s\", expected \"%s\"\n", line, found, expected,
                message, words);
    }
}

#define REFUSED(call, status, words) expect(__LINE__, (call), ECCENTRIC_STATUS_##status, (words))
#define DONE(call)                                                                            \
    do {                                                                                      \
        if ((call) != ECCENTRIC_STATUS_OK) {                                                  \
            fprintf(stderr, "line %d: refused: %s\n", __LINE__, eccentric_last_error());      \
            exit(1);                                                                          \
        }                                                                                     \
    } while (0)
#define IS_NULL(pointer)                                                                      \
    do {                                                                                      \
        refusals++;                                                                           \
        if (pointer) {                                                                        \
            wrong++;                                                                          \
            fprintf(stderr, "line %d: " #pointer " is not NULL after a failure\n", __LINE__); \
        }                                                                                     \
    } while (0)
#define HOLDS(claim)                                                            \
    do {                                                                        \
        if (!(claim)) {                                                         \
            wrong++;                                                            \
            fprintf(stderr, "line %d: " #claim " does not hold\n", __LINE__);   \
        }                                                                       \
    } while (0)
