// Random numbers that are the same in every run on every machine (xorshift64*): a failure can be
// repeated.
#ifndef ASVC_TESTS_FIXED_RANDOM_H
#define ASVC_TESTS_FIXED_RANDOM_H

#include <stdint.h>

typedef struct {
    uint64_t state; // any number but 0
} fixed_random_t;

static inline uint64_t fixed_random_next(fixed_random_t *random) {
    random->state ^= random->state >> 12;
    random->state ^= random->state << 25;
    random->state ^= random->state >> 27;
    return random->state * UINT64_C(2685821657736338717);
}

// 0..limit-1
static inline uint32_t fixed_random_below(fixed_random_t *random, uint32_t limit) {
    return (uint32_t)((fixed_random_next(random) >> 32) % limit);
}

#endif
