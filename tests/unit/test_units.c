// What to start and what to end: by example, each told from the services' side, then a long chain.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdlib.h>

#include "core/units.h"

enum { MAX_NODES = 8, MAX_EDGES = 16 };

typedef struct {
    asvc_units_t table;
    asvc_unit_t units[MAX_NODES];
    asvc_unit_edge_t edges[MAX_EDGES];
} fixture_t;

#define REQUIRES(from, to)                                                                                   \
    { (from), (to), ASVC_UNIT_REQUIRES }
#define AFTER(from, to)                                                                                      \
    { (from), (to), ASVC_UNIT_AFTER }

static fixture_t *table_of(fixture_t *fixture, size_t n, const asvc_unit_edge_t *edges, size_t n_edges) {
    memset(fixture, 0, sizeof(*fixture));
    fixture->table = (asvc_units_t){ fixture->units, n, fixture->edges, n_edges };
    for (size_t i = 0; i < n_edges; i++) {
        fixture->edges[i] = edges[i];
    }
    return fixture;
}

#define TABLE(fixture, n, ...)                                                                               \
    table_of(fixture, n, (const asvc_unit_edge_t[]){ __VA_ARGS__ },                                          \
        sizeof((const asvc_unit_edge_t[]){ __VA_ARGS__ }) / sizeof(asvc_unit_edge_t))

static void set(fixture_t *f, uint32_t node, asvc_unit_is_t is) {
    f->units[node].is = (uint8_t)is;
    f->units[node].can_end = true;
}

static void set_all(fixture_t *f, asvc_unit_is_t is, bool wanted) {
    for (uint32_t i = 0; i < f->table.n; i++) {
        set(f, i, is);
        f->units[i].wanted = wanted;
    }
}

// A core service that has done its work: up, and there is no task any more.
static void set_ended_well(fixture_t *f, uint32_t node) {
    set(f, node, ASVC_UNIT_UP);
    f->units[node].can_end = false;
}

static void assert_settled(const fixture_t *f) {
    uint32_t node, because;
    assert_int_equal(asvc_units_next(&f->table, &node, &because), ASVC_UNITS_SETTLED);
}

// Asserts what comes next, and does it.
static void assert_next(fixture_t *f, asvc_units_action_t action, uint32_t node) {
    uint32_t answered;
    assert_int_equal(asvc_units_next(&f->table, &answered, NULL), action);
    assert_int_equal(answered, node);
    set(f, node,
        action == ASVC_UNITS_START     ? ASVC_UNIT_COMING
            : action == ASVC_UNITS_END ? ASVC_UNIT_GOING
                                       : ASVC_UNIT_REFUSED);
}

static void assert_next_because(fixture_t *f, asvc_units_action_t action, uint32_t node, uint32_t because) {
    uint32_t answered, reason;
    assert_int_equal(asvc_units_next(&f->table, &answered, &reason), action);
    assert_int_equal(reason, because);
    assert_next(f, action, node);
}

static void where_there_is_nothing_there_is_nothing_to_do(void **state) {
    (void)state;
    asvc_units_t none = { NULL, 0, NULL, 0 };
    uint32_t node;
    assert_int_equal(asvc_units_next(&none, &node, NULL), ASVC_UNITS_SETTLED);
}

static void what_is_wanted_is_started_by_number_and_nothing_else(void **state) {
    (void)state;
    fixture_t fixture, *f = table_of(&fixture, 4, NULL, 0);
    set_all(f, ASVC_UNIT_DOWN, true);
    f->units[1].wanted = false;
    assert_next(f, ASVC_UNITS_START, 0);
    assert_next(f, ASVC_UNITS_START, 2);
    assert_next(f, ASVC_UNITS_START, 3);
    assert_settled(f);
}

static void what_is_required_comes_up_first(void **state) {
    (void)state;
    fixture_t fixture, *f = TABLE(&fixture, 2, REQUIRES(0, 1));
    set_all(f, ASVC_UNIT_DOWN, true);
    assert_next(f, ASVC_UNITS_START, 1);
    assert_settled(f); // starting is not up
    set(f, 1, ASVC_UNIT_UP);
    assert_next(f, ASVC_UNITS_START, 0);
    set(f, 0, ASVC_UNIT_UP);
    assert_settled(f);
}

static void what_ended_well_is_up_for_those_that_require_it(void **state) {
    (void)state;
    fixture_t fixture, *f = TABLE(&fixture, 2, REQUIRES(0, 1));
    set_all(f, ASVC_UNIT_DOWN, true);
    set_ended_well(f, 1);
    assert_next(f, ASVC_UNITS_START, 0);
    set(f, 0, ASVC_UNIT_UP);
    f->units[1].wanted = false; // there is nothing to stop in it, so nothing changes
    assert_settled(f);
}

static void a_chain_that_its_user_stops_at_the_bottom_ends_from_the_top(void **state) {
    (void)state;
    fixture_t fixture, *f = TABLE(&fixture, 3, REQUIRES(1, 0), REQUIRES(2, 1));
    set_all(f, ASVC_UNIT_UP, true);
    f->units[0].wanted = false;
    assert_next_because(f, ASVC_UNITS_END, 2, 1);
    assert_settled(f);
    set(f, 2, ASVC_UNIT_DOWN);
    assert_next_because(f, ASVC_UNITS_END, 1, 0);
    assert_next_because(f, ASVC_UNITS_REFUSE, 2, 1); // 1 will not be up again, so there is no hope for 2
    assert_settled(f);
    set(f, 1, ASVC_UNIT_DOWN);
    assert_next_because(f, ASVC_UNITS_END, 0, 0);
    set(f, 0, ASVC_UNIT_DOWN);
    assert_next_because(f, ASVC_UNITS_REFUSE, 1, 0);
    assert_settled(f);

    f->units[0].wanted = true; // all comes back
    assert_next(f, ASVC_UNITS_START, 0);
    set(f, 0, ASVC_UNIT_UP);
    assert_next(f, ASVC_UNITS_START, 1);
    set(f, 1, ASVC_UNIT_UP);
    assert_next(f, ASVC_UNITS_START, 2);
}

static void what_requires_one_that_failed_ends_at_once_and_comes_back_with_it(void **state) {
    (void)state;
    fixture_t fixture, *f = TABLE(&fixture, 3, REQUIRES(1, 0), REQUIRES(2, 1));
    set_all(f, ASVC_UNIT_UP, true);
    set(f, 0, ASVC_UNIT_COMING); // it failed, and waits for its restart
    assert_next_because(f, ASVC_UNITS_END, 1, 0);
    assert_next_because(f, ASVC_UNITS_END, 2, 1);
    assert_settled(f);
    set(f, 0, ASVC_UNIT_UP); // before the others have ended
    assert_settled(f);
    set(f, 2, ASVC_UNIT_DOWN);
    assert_settled(f);
    set(f, 1, ASVC_UNIT_DOWN);
    assert_next(f, ASVC_UNITS_START, 1);
    set(f, 1, ASVC_UNIT_UP);
    assert_next(f, ASVC_UNITS_START, 2);
}

static void what_requires_one_that_failed_for_good_is_ended_and_refused(void **state) {
    (void)state;
    fixture_t fixture, *f = TABLE(&fixture, 2, REQUIRES(1, 0));
    set_all(f, ASVC_UNIT_UP, true);
    set(f, 0, ASVC_UNIT_GONE);
    assert_next_because(f, ASVC_UNITS_END, 1, 0);
    set(f, 1, ASVC_UNIT_DOWN);
    assert_next_because(f, ASVC_UNITS_REFUSE, 1, 0);
    assert_settled(f); // told once
    set(f, 0, ASVC_UNIT_DOWN); // reset_failed
    assert_next(f, ASVC_UNITS_START, 0);
    set(f, 0, ASVC_UNIT_UP);
    assert_next(f, ASVC_UNITS_START, 1);
}

static void a_refusal_goes_through_the_whole_chain(void **state) {
    (void)state;
    fixture_t fixture, *f = TABLE(&fixture, 3, REQUIRES(0, 1), REQUIRES(1, 2));
    set_all(f, ASVC_UNIT_DOWN, true);
    f->units[2].wanted = false;
    assert_next_because(f, ASVC_UNITS_REFUSE, 0, 1);
    assert_next_because(f, ASVC_UNITS_REFUSE, 1, 2);
    assert_settled(f);
}

static void a_stuck_one_is_waited_for_neither_by_what_it_requires_nor_by_what_requires_it(void **state) {
    (void)state;
    fixture_t fixture, *f = TABLE(&fixture, 3, REQUIRES(1, 0), REQUIRES(2, 1));
    set_all(f, ASVC_UNIT_UP, true);
    set(f, 1, ASVC_UNIT_STUCK);
    f->units[0].wanted = false;
    assert_next_because(f, ASVC_UNITS_END, 0, 0);
    assert_next_because(f, ASVC_UNITS_END, 2, 1);
    set(f, 2, ASVC_UNIT_DOWN);
    assert_next_because(f, ASVC_UNITS_REFUSE, 2, 1);
    set(f, 0, ASVC_UNIT_DOWN);
    f->units[0].wanted = true;
    assert_next(f, ASVC_UNITS_START, 0);
    set(f, 0, ASVC_UNIT_UP);
    assert_settled(f); // no second copy of 1
    set(f, 1, ASVC_UNIT_DOWN); // it has ended after all
    assert_next(f, ASVC_UNITS_START, 1);
    set(f, 1, ASVC_UNIT_UP);
    assert_next(f, ASVC_UNITS_START, 2);
}

static void a_start_that_is_wanted_while_the_old_one_still_ends_is_made_when_it_has(void **state) {
    (void)state;
    fixture_t fixture, *f = table_of(&fixture, 1, NULL, 0);
    set_all(f, ASVC_UNIT_GOING, true);
    assert_settled(f);
    set(f, 0, ASVC_UNIT_DOWN);
    assert_next(f, ASVC_UNITS_START, 0);
}

static void what_its_user_stops_while_it_starts_or_waits_is_ended(void **state) {
    (void)state;
    fixture_t fixture, *f = table_of(&fixture, 1, NULL, 0);
    set_all(f, ASVC_UNIT_COMING, false);
    assert_next_because(f, ASVC_UNITS_END, 0, 0);
    set(f, 0, ASVC_UNIT_DOWN);
    assert_settled(f);
}

static void after_is_order_and_nothing_else(void **state) {
    (void)state;
    fixture_t fixture, *f = TABLE(&fixture, 2, AFTER(0, 1));
    set_all(f, ASVC_UNIT_DOWN, true);
    assert_next(f, ASVC_UNITS_START, 1);
    assert_settled(f);
    set(f, 1, ASVC_UNIT_UP);
    assert_next(f, ASVC_UNITS_START, 0);
    set(f, 0, ASVC_UNIT_UP);
    set(f, 1, ASVC_UNIT_COMING); // it failed: that is no matter of 0
    assert_settled(f);
    f->units[1].wanted = false;
    assert_next(f, ASVC_UNITS_END, 1);
    assert_settled(f);
}

static void nobody_starts_after_what_will_not_come(void **state) {
    (void)state;
    const asvc_unit_is_t not_coming[] = { ASVC_UNIT_GONE, ASVC_UNIT_STUCK };
    fixture_t fixture, *f = TABLE(&fixture, 3, AFTER(0, 1), REQUIRES(1, 2));
    for (size_t i = 0; i < sizeof(not_coming) / sizeof(not_coming[0]); i++) {
        set_all(f, ASVC_UNIT_DOWN, true);
        set(f, 1, not_coming[i]);
        assert_next(f, ASVC_UNITS_START, 0);
        set_all(f, ASVC_UNIT_DOWN, true);
        set(f, 2, not_coming[i]); // 1 cannot be started then
        assert_next(f, ASVC_UNITS_START, 0);
    }
    set_all(f, ASVC_UNIT_DOWN, true);
    f->units[1].wanted = false;
    assert_next(f, ASVC_UNITS_START, 0);
}

static void after_waits_for_one_that_ends_to_come_back(void **state) {
    (void)state;
    fixture_t fixture, *f = TABLE(&fixture, 2, AFTER(0, 1));
    set_all(f, ASVC_UNIT_DOWN, true);
    set(f, 1, ASVC_UNIT_GOING);
    assert_settled(f);
    set(f, 1, ASVC_UNIT_REFUSED); // what refused it is over
    assert_next(f, ASVC_UNITS_START, 1);
    assert_settled(f);
}

static void ends_come_before_starts(void **state) {
    (void)state;
    fixture_t fixture, *f = table_of(&fixture, 2, NULL, 0);
    set(f, 0, ASVC_UNIT_DOWN);
    f->units[0].wanted = true;
    set(f, 1, ASVC_UNIT_UP);
    assert_next(f, ASVC_UNITS_END, 1);
    assert_next(f, ASVC_UNITS_START, 0);
}

static void a_long_chain_comes_up_and_ends_in_order(void **state) {
    (void)state;
    enum { LENGTH = 300 };
    asvc_unit_t *units = calloc(LENGTH, sizeof(*units));
    asvc_unit_edge_t *edges = calloc(LENGTH, sizeof(*edges));
    asvc_units_t table = { units, LENGTH, edges, LENGTH - 1 };
    assert_true(units != NULL && edges != NULL);
    for (uint32_t i = 0; i < LENGTH; i++) { // each requires the next
        edges[i] = (asvc_unit_edge_t)REQUIRES(i, i + 1);
        units[i] = (asvc_unit_t){ .is = ASVC_UNIT_DOWN, .wanted = true, .can_end = true };
    }
    uint32_t node;
    for (uint32_t i = LENGTH; i-- > 0; units[i].is = ASVC_UNIT_UP) {
        assert_int_equal(asvc_units_next(&table, &node, NULL), ASVC_UNITS_START);
        assert_int_equal(node, i);
    }
    units[LENGTH - 1].wanted = false;
    for (uint32_t i = 0; i < LENGTH; units[i++].is = ASVC_UNIT_REFUSED) {
        assert_int_equal(asvc_units_next(&table, &node, NULL), ASVC_UNITS_END);
        assert_int_equal(node, i);
    }
    assert_int_equal(asvc_units_next(&table, &node, NULL), ASVC_UNITS_SETTLED);
    free(units);
    free(edges);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(where_there_is_nothing_there_is_nothing_to_do),
        cmocka_unit_test(what_is_wanted_is_started_by_number_and_nothing_else),
        cmocka_unit_test(what_is_required_comes_up_first),
        cmocka_unit_test(what_ended_well_is_up_for_those_that_require_it),
        cmocka_unit_test(a_chain_that_its_user_stops_at_the_bottom_ends_from_the_top),
        cmocka_unit_test(what_requires_one_that_failed_ends_at_once_and_comes_back_with_it),
        cmocka_unit_test(what_requires_one_that_failed_for_good_is_ended_and_refused),
        cmocka_unit_test(a_refusal_goes_through_the_whole_chain),
        cmocka_unit_test(a_stuck_one_is_waited_for_neither_by_what_it_requires_nor_by_what_requires_it),
        cmocka_unit_test(a_start_that_is_wanted_while_the_old_one_still_ends_is_made_when_it_has),
        cmocka_unit_test(what_its_user_stops_while_it_starts_or_waits_is_ended),
        cmocka_unit_test(after_is_order_and_nothing_else),
        cmocka_unit_test(nobody_starts_after_what_will_not_come),
        cmocka_unit_test(after_waits_for_one_that_ends_to_come_back),
        cmocka_unit_test(ends_come_before_starts),
        cmocka_unit_test(a_long_chain_comes_up_and_ends_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
