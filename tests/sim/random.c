// Anything that can happen, in any order, also within what the manager has just asked for: millions of events. A run that
// breaks a promise of invariants.h is made as short as it can be, and printed.
//
//     ASVC_SEED   other random numbers
//     ASVC_RUNS   how many events
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "property.h"
#include "tape.h"

#if defined(__SANITIZE_ADDRESS__)
enum { EVENTS = 500000 };
#else
enum { EVENTS = 10000000 };
#endif

static world_t the_world;
static tape_t the_tape;

static uint64_t bits(void *context) {
    return property_next(context);
}

static uint32_t events_wanted(void) {
    return (uint32_t)property_setting("ASVC_RUNS", EVENTS);
}

// Times at which the low 32 bits of the clock wrap, or change their sign, within minutes; and the clock's first one.
static int64_t some_beginning(property_random_t *random) {
    static const int64_t beginnings[] = { 0, 1000, 0x7FFFFFFF - 20000, 0xFFFFFFFF - 20000,
        INT64_C(0x123456789ABC) };
    return beginnings[property_below(random, 5)];
}

static void explain(int64_t now_ms) {
    tape_shrink(&the_tape, now_ms);
    tape_play(&the_world, &the_tape, now_ms, false, stderr);
    fprintf(stderr, "that was the shortest way to it\n");
}

static void whatever_happens_all_promises_are_kept(void **state) {
    (void)state;
    property_random_t random = { property_seed() };
    uint32_t events = 0;
    uint64_t actions = 0;
    while (events < events_wanted()) {
        int64_t now_ms = some_beginning(&random);
        tape_make(&the_tape, 20 + property_below(&random, TAPE_MOST - 20), bits, &random);
        tape_play(&the_world, &the_tape, now_ms, false, NULL);
        events += the_tape.n;
        actions += the_world.n_actions;
        if (the_world.broken[0] != '\0') {
            explain(now_ms);
            fail_msg("after %d events of ASVC_SEED=%llu", (int)events, (unsigned long long)property_seed());
        }
    }
    assert_true(actions > events / 10);
}

static void the_same_events_give_the_same_actions(void **state) {
    (void)state;
    property_random_t random = { property_seed() + 1 };
    for (uint32_t events = 0; events < events_wanted() / 20; events += the_tape.n) {
        tape_make(&the_tape, 20 + property_below(&random, TAPE_MOST - 20), bits, &random);
        tape_play(&the_world, &the_tape, 1000, false, NULL);
        uint64_t digest = the_world.digest, hash = world_hash(&the_world);
        // At another time, and from the middle on in a copy.
        tape_play(&the_world, &the_tape, some_beginning(&random), true, NULL);
        assert_true(digest == the_world.digest);
        assert_true(hash == world_hash(&the_world));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_happens_all_promises_are_kept),
        cmocka_unit_test(the_same_events_give_the_same_actions),
    };
    fprintf(stderr, "# ASVC_SEED=%" PRIu64 " ASVC_RUNS=%" PRIu32 "\n", property_seed(), events_wanted());
    return cmocka_run_group_tests(tests, NULL, NULL);
}
