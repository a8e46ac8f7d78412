// What the property tests share: random numbers that can be had again, and how many operations to make.
//
//     ASVC_SEED   a number: other random numbers
//     ASVC_RUNS   how many operations each random run makes
//
// Both are printed before anything runs, so that also what a sanitizer ended can be repeated. To be included
// after cmocka.h.
#ifndef ASVC_TESTS_PROPERTY_H
#define ASVC_TESTS_PROPERTY_H

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

// How many operations of the random run have begun, the one under way included.
static uint32_t property_begun;

static inline uint64_t property_setting(const char *name, uint64_t otherwise) {
    const char *text = getenv(name);
    return text == NULL || *text == '\0' ? otherwise : strtoull(text, NULL, 0);
}

static inline uint64_t property_seed(void) {
    return property_setting("ASVC_SEED", 1);
}

static inline uint32_t property_runs(void) {
    return (uint32_t)property_setting("ASVC_RUNS", 100000);
}

// The condition of the loop over the operations of a random run; there is one such run a program.
static inline bool property_goes_on(void) {
    return property_begun < property_runs() && ++property_begun;
}

// Random numbers (splitmix64): the same on every machine, and any seed is good.
typedef struct {
    uint64_t state;
} property_random_t;

static inline uint64_t property_next(property_random_t *random) {
    uint64_t z = random->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

// 0..limit-1
static inline uint32_t property_below(property_random_t *random, uint32_t limit) {
    return (uint32_t)((property_next(random) >> 32) % limit);
}

// Asserts that something a run is there for came up often enough. A short run may be without luck.
static inline void property_assert_often(uint32_t times, uint32_t one_in) {
    if (property_runs() >= 10000) {
        assert_true(times >= property_runs() / one_in);
    }
}

static inline int property_result(int n_failed) {
    if (n_failed != 0) {
        fprintf(stderr,
            "# the random run came to operation %" PRIu32 "; repeat it with ASVC_SEED=%" PRIu64 "\n",
            property_begun, property_seed());
    }
    return n_failed;
}

// In place of cmocka_run_group_tests.
#define PROPERTY_RUN(tests)                                                                                  \
    (fprintf(stderr, "# ASVC_SEED=%" PRIu64 " ASVC_RUNS=%" PRIu32 "\n", property_seed(), property_runs()),   \
        property_result(cmocka_run_group_tests(tests, NULL, NULL)))

#endif
