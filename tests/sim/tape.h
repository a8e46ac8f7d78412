// A tape: what happens in a world, as bytes. Any bytes are a tape, and each tape plays the same each time.
//
// An op has a kind and three numbers; what they say depends on what is there when it is played, as the second of those
// that run. So an op that is left out leaves the others a meaning, and a tape that fails can be shortened.
#ifndef ASVC_TESTS_SIM_TAPE_H
#define ASVC_TESTS_SIM_TAPE_H

#include <stdio.h>

#include "world.h"

enum { TAPE_MOST = 400, TAPE_SERVICES = 8, TAPE_DEPTH = 3 };

typedef struct {
    uint8_t kind, a, b, c;
} tape_op_t;

typedef struct {
    uint8_t services; // 0 is one
    uint16_t n;
    tape_op_t op[TAPE_MOST];
} tape_t;

// Random bits: 64 of them at each call.
typedef uint64_t (*tape_random_t)(void *context);

// Makes a tape of n ops. Kinds that are worth more come more often.
void tape_make(tape_t *tape, unsigned n, tape_random_t random, void *context);

// A tape of any bytes.
void tape_read(tape_t *tape, const uint8_t *bytes, size_t len);

// Plays the tape in a new world that begins at now_ms, watched by invariants.h, up to where something is wrong
// (w->broken) or to its end, where all comes to rest. Each op is said on out, where that is not NULL, with all that
// follows from it. copies: from the middle on it goes on in a copy of the world, which is then in w.
void tape_play(world_t *w, const tape_t *tape, int64_t now_ms, bool copies, FILE *out);

// Leaves out of a tape that ends with something wrong all that it does not need for that.
void tape_shrink(tape_t *tape, int64_t now_ms);

#endif
