// The schedule, on a clock that is just a number: it jumps, stands still, is negative or at its end.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdbool.h>

#include "core/schedule.h"

enum { CAP = 8 };

typedef struct {
    asvc_schedule_t schedule;
    asvc_schedule_entry_t entries[CAP];
    asvc_heap_item_t heap[CAP];
} fixture_t;

static asvc_schedule_t *empty_schedule(fixture_t *fixture) {
    memset(fixture, 0xA5, sizeof(*fixture)); // storage may hold anything before init
    asvc_schedule_init(&fixture->schedule, fixture->entries, fixture->heap, CAP);
    return &fixture->schedule;
}

static void assert_due(asvc_schedule_t *s, int64_t now_ms, const uint32_t *ids, size_t n) {
    uint32_t id;
    for (size_t i = 0; i < n; i++) {
        assert_true(asvc_schedule_pop_due(s, now_ms, &id));
        assert_int_equal(id, ids[i]);
    }
    assert_false(asvc_schedule_pop_due(s, now_ms, &id));
}

#define ASSERT_DUE(s, now_ms, ...)                                                                           \
    assert_due(s, now_ms, (const uint32_t[]){ __VA_ARGS__ },                                                 \
        sizeof((const uint32_t[]){ __VA_ARGS__ }) / sizeof(uint32_t))
#define ASSERT_NONE_DUE(s, now_ms) assert_due(s, now_ms, NULL, 0)

static void assert_next_due(const asvc_schedule_t *s, int64_t expected) {
    int64_t due_ms;
    assert_true(asvc_schedule_next_due(s, &due_ms));
    assert_true(due_ms == expected);
}

static void assert_nothing_to_come(const asvc_schedule_t *s) {
    int64_t due_ms;
    assert_false(asvc_schedule_next_due(s, &due_ms));
}

static void an_empty_schedule_has_nothing_due(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_schedule_t *s = empty_schedule(&fixture);
    assert_nothing_to_come(s);
    ASSERT_NONE_DUE(s, INT64_MAX);
    assert_false(asvc_schedule_remove(s, 0));
    assert_null(asvc_schedule_get(s, 0));
}

static void an_entry_without_period_is_due_once(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_schedule_t *s = empty_schedule(&fixture);
    assert_int_equal(asvc_schedule_put(s, 3, 1000, 0, false), ASVC_OK);
    assert_next_due(s, 1000);
    ASSERT_NONE_DUE(s, 999);
    ASSERT_DUE(s, 1000, 3);
    ASSERT_NONE_DUE(s, 5000);
    assert_nothing_to_come(s);
}

static void what_was_due_in_the_past_is_due_at_once(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_schedule_t *s = empty_schedule(&fixture);
    asvc_schedule_put(s, 0, -50, 0, false);
    asvc_schedule_put(s, 1, 0, 0, false);
    ASSERT_DUE(s, 0, 0, 1);
}

static void the_earliest_comes_first_and_ties_as_they_were_put(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_schedule_t *s = empty_schedule(&fixture);
    asvc_schedule_put(s, 5, 20, 0, false);
    asvc_schedule_put(s, 4, 10, 0, false);
    asvc_schedule_put(s, 7, 20, 0, false);
    asvc_schedule_put(s, 6, 20, 0, false);
    asvc_schedule_put(s, 0, 30, 0, false);
    ASSERT_DUE(s, 25, 4, 5, 7, 6);
    ASSERT_DUE(s, 30, 0);
}

static void periodic_ties_stay_in_the_order_they_were_put(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_schedule_t *s = empty_schedule(&fixture);
    asvc_schedule_put(s, 0, 2, 2, false); // re-armed at 4 for 6, after id 1 at 3: it still goes first
    asvc_schedule_put(s, 1, 3, 3, false);
    ASSERT_DUE(s, 2, 0);
    ASSERT_DUE(s, 3, 1);
    ASSERT_DUE(s, 4, 0);
    ASSERT_DUE(s, 6, 0, 1);
    ASSERT_DUE(s, 12, 0, 1);
}

static void a_period_keeps_its_phase_when_asked_late(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_schedule_t *s = empty_schedule(&fixture);
    asvc_schedule_put(s, 0, 100, 50, false);
    ASSERT_DUE(s, 100, 0);
    assert_next_due(s, 150);
    ASSERT_DUE(s, 171, 0);
    assert_next_due(s, 200);
    ASSERT_DUE(s, 249, 0);
    assert_next_due(s, 250);
}

static void missed_periods_are_skipped_not_doubled(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_schedule_t *s = empty_schedule(&fixture);
    asvc_schedule_put(s, 0, 100, 50, false);
    ASSERT_DUE(s, 1000, 0); // exactly on a period: the next one is a whole period ahead
    assert_next_due(s, 1050);
    ASSERT_DUE(s, 1050 + 7 * 50 + 1, 0);
    assert_next_due(s, 1050 + 8 * 50);
}

static void a_clock_that_goes_back_makes_nothing_due_twice(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_schedule_t *s = empty_schedule(&fixture);
    asvc_schedule_put(s, 0, 100, 50, false);
    ASSERT_DUE(s, 100, 0);
    ASSERT_NONE_DUE(s, 50);
    ASSERT_NONE_DUE(s, 149);
    ASSERT_DUE(s, 150, 0);
}

static void periods_count_right_over_zero(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_schedule_t *s = empty_schedule(&fixture);
    asvc_schedule_put(s, 0, -25, 10, false);
    ASSERT_DUE(s, -25, 0);
    assert_next_due(s, -15);
    ASSERT_DUE(s, -6, 0);
    assert_next_due(s, -5);
    ASSERT_DUE(s, 4, 0);
    assert_next_due(s, 5);
}

static void a_jump_over_the_whole_range_of_time_is_one_run(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_schedule_t *s = empty_schedule(&fixture);
    const int64_t first = INT64_MIN + 1;
    asvc_schedule_put(s, 0, first, 1000, false);
    ASSERT_DUE(s, INT64_MAX - 1000, 0);
    uint64_t distance = (uint64_t)(INT64_MAX - 1000) - (uint64_t)first;
    assert_next_due(s, INT64_MAX - 1000 + (int64_t)(1000 - distance % 1000));
    asvc_schedule_put(s, 0, first, 1, false);
    ASSERT_DUE(s, 0, 0);
    assert_next_due(s, 1);
}

static void a_period_that_leads_beyond_the_end_of_time_ends(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_schedule_t *s = empty_schedule(&fixture);
    asvc_schedule_put(s, 0, INT64_MAX - 1, 1, false);
    ASSERT_DUE(s, INT64_MAX - 1, 0);
    assert_next_due(s, INT64_MAX);
    ASSERT_DUE(s, INT64_MAX, 0);
    assert_nothing_to_come(s);
    assert_true(asvc_schedule_get(s, 0)->due_ms == ASVC_SCHEDULE_NEVER);

    asvc_schedule_put(s, 0, 1, INT64_MAX, false);
    ASSERT_DUE(s, 1, 0);
    assert_nothing_to_come(s);
    asvc_schedule_put(s, 0, 0, INT64_MAX, false);
    ASSERT_DUE(s, 0, 0);
    assert_next_due(s, INT64_MAX);
    asvc_schedule_put(s, 0, INT64_MIN + 1, INT64_MAX, false);
    ASSERT_DUE(s, -1, 0);
    assert_next_due(s, 0);
    asvc_schedule_put(s, 0, INT64_MIN + 1, INT64_MAX, false);
    ASSERT_DUE(s, INT64_MIN + 1, 0);
    assert_next_due(s, 0);
    asvc_schedule_put(s, 0, INT64_MAX - 1, 10, false); // would wrap to a time that looks like any other
    ASSERT_DUE(s, INT64_MAX - 1, 0);
    assert_nothing_to_come(s);
}

static void a_bad_entry_is_refused_and_changes_nothing(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_schedule_t *s = empty_schedule(&fixture);
    asvc_schedule_put(s, 1, 10, 5, false);
    assert_int_equal(asvc_schedule_put(s, 1, 20, -1, false), ASVC_BAD_VALUE);
    assert_int_equal(asvc_schedule_put(s, 1, ASVC_SCHEDULE_NEVER, 5, false), ASVC_BAD_VALUE);
    assert_int_equal(asvc_schedule_put(s, CAP, 20, 5, false), ASVC_FULL);
    assert_int_equal(asvc_schedule_put(s, UINT32_MAX, 20, 5, false), ASVC_FULL);
    assert_false(asvc_schedule_remove(s, CAP));
    assert_null(asvc_schedule_get(s, CAP));
    assert_next_due(s, 10);
    ASSERT_DUE(s, 10, 1);
}

static void putting_again_replaces_and_goes_behind_its_ties(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_schedule_t *s = empty_schedule(&fixture);
    asvc_schedule_put(s, 0, 10, 5, false);
    asvc_schedule_put(s, 1, 20, 0, false);
    asvc_schedule_put(s, 0, 20, 0, false);
    ASSERT_NONE_DUE(s, 19);
    ASSERT_DUE(s, 20, 1, 0);
    assert_nothing_to_come(s);
}

static void a_removed_entry_is_due_no_more_and_forgotten(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_schedule_t *s = empty_schedule(&fixture);
    asvc_schedule_put(s, 0, 10, 5, false);
    asvc_schedule_put(s, 1, 11, 0, false);
    ASSERT_DUE(s, 10, 0);
    asvc_schedule_note_start(s, 0, 10);
    assert_true(asvc_schedule_remove(s, 0));
    assert_false(asvc_schedule_remove(s, 0));
    assert_null(asvc_schedule_get(s, 0));
    ASSERT_DUE(s, 100, 1);
    assert_true(asvc_schedule_remove(s, 1)); // though it was not due any more

    asvc_schedule_put(s, 0, 200, 0, false);
    assert_true(asvc_schedule_get(s, 0)->last_ms == ASVC_SCHEDULE_NEVER);
}

static void assert_known(
    const asvc_schedule_t *s, uint32_t id, int64_t due_ms, int64_t period_ms, int64_t last_ms) {
    const asvc_schedule_entry_t *entry = asvc_schedule_get(s, id);
    assert_non_null(entry);
    assert_true(entry->due_ms == due_ms && entry->period_ms == period_ms && entry->last_ms == last_ms);
}

static void what_is_known_of_an_entry_follows_its_due_times_and_starts(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_schedule_t *s = empty_schedule(&fixture);
    asvc_schedule_put(s, 2, 10, 5, false);
    assert_known(s, 2, 10, 5, ASVC_SCHEDULE_NEVER);
    ASSERT_DUE(s, 12, 2); // which its caller may leave out
    assert_known(s, 2, 15, 5, ASVC_SCHEDULE_NEVER);
    ASSERT_DUE(s, 16, 2);
    asvc_schedule_note_start(s, 2, 17);
    assert_known(s, 2, 20, 5, 17);
    asvc_schedule_put(s, 2, 40, 0, false);
    assert_known(s, 2, 40, 0, 17);
    ASSERT_DUE(s, 40, 2);
    assert_known(s, 2, ASVC_SCHEDULE_NEVER, 0, 17);
    asvc_schedule_note_start(s, 2, 41);
    assert_known(s, 2, ASVC_SCHEDULE_NEVER, 0, 41);
    asvc_schedule_note_start(s, 1, 41); // not known: nothing happens
    asvc_schedule_note_start(s, CAP, 41);
    assert_null(asvc_schedule_get(s, 1));
}

static void moving_to_larger_arrays_keeps_entries_and_order(void **state) {
    (void)state;
    asvc_schedule_t s;
    asvc_schedule_entry_t small[1], large[3];
    asvc_heap_item_t small_heap[1], large_heap[3];
    memset(large, 0xA5, sizeof(large));
    asvc_schedule_init(&s, NULL, NULL, 0);
    assert_int_equal(asvc_schedule_put(&s, 0, 10, 0, false), ASVC_FULL);
    asvc_schedule_move(&s, small, small_heap, 1);
    assert_int_equal(asvc_schedule_put(&s, 0, 10, 10, false), ASVC_OK);
    ASSERT_DUE(&s, 10, 0);
    asvc_schedule_note_start(&s, 0, 10);
    asvc_schedule_move(&s, large, large_heap, 3);
    memset(small, 0xFF, sizeof(small));
    memset(small_heap, 0xFF, sizeof(small_heap));
    assert_null(asvc_schedule_get(&s, 1));
    assert_null(asvc_schedule_get(&s, 2));
    assert_int_equal(asvc_schedule_put(&s, 2, 20, 0, false), ASVC_OK);
    assert_int_equal(asvc_schedule_put(&s, 1, 15, 0, false), ASVC_OK);
    assert_true(asvc_schedule_get(&s, 0)->last_ms == 10);
    ASSERT_DUE(&s, 20, 1, 0, 2);
}

static void what_is_due_by_the_wall_clock_moves_when_that_is_set(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_schedule_t *s = empty_schedule(&fixture);
    asvc_schedule_put(s, 0, 1000, 0, false);
    asvc_schedule_put(s, 1, 1000, 0, true);
    asvc_schedule_put(s, 2, 500, 100, true);
    assert_int_equal(s->n_by_wall, 2);
    asvc_schedule_shift_wall(s, 700);
    ASSERT_DUE(s, 1150, 0);
    // back past now: due at once; and its periods count from there by the monotonic clock
    asvc_schedule_shift_wall(s, -900);
    ASSERT_DUE(s, 1150, 2, 1);
    assert_int_equal(s->n_by_wall, 0);
    asvc_schedule_shift_wall(s, 5000);
    assert_next_due(s, 1200);
    // near the ends of time it stays within them
    asvc_schedule_put(s, 3, INT64_MAX - 5, 0, true);
    asvc_schedule_shift_wall(s, 10);
    asvc_schedule_remove(s, 2);
    assert_next_due(s, INT64_MAX);
    asvc_schedule_put(s, 3, ASVC_SCHEDULE_NEVER + 5, 0, true);
    asvc_schedule_shift_wall(s, -10);
    assert_next_due(s, ASVC_SCHEDULE_NEVER + 1);
    // one that is replaced or removed no longer counts
    asvc_schedule_put(s, 3, 0, 0, false);
    assert_int_equal(s->n_by_wall, 0);
    asvc_schedule_put(s, 3, 0, 0, true);
    asvc_schedule_remove(s, 3);
    assert_int_equal(s->n_by_wall, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_due_by_the_wall_clock_moves_when_that_is_set),
        cmocka_unit_test(an_empty_schedule_has_nothing_due),
        cmocka_unit_test(an_entry_without_period_is_due_once),
        cmocka_unit_test(what_was_due_in_the_past_is_due_at_once),
        cmocka_unit_test(the_earliest_comes_first_and_ties_as_they_were_put),
        cmocka_unit_test(periodic_ties_stay_in_the_order_they_were_put),
        cmocka_unit_test(a_period_keeps_its_phase_when_asked_late),
        cmocka_unit_test(missed_periods_are_skipped_not_doubled),
        cmocka_unit_test(a_clock_that_goes_back_makes_nothing_due_twice),
        cmocka_unit_test(periods_count_right_over_zero),
        cmocka_unit_test(a_jump_over_the_whole_range_of_time_is_one_run),
        cmocka_unit_test(a_period_that_leads_beyond_the_end_of_time_ends),
        cmocka_unit_test(a_bad_entry_is_refused_and_changes_nothing),
        cmocka_unit_test(putting_again_replaces_and_goes_behind_its_ties),
        cmocka_unit_test(a_removed_entry_is_due_no_more_and_forgotten),
        cmocka_unit_test(what_is_known_of_an_entry_follows_its_due_times_and_starts),
        cmocka_unit_test(moving_to_larger_arrays_keeps_entries_and_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
