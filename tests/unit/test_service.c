// The states of a service: the whole table, then the sentences its header promises.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdbool.h>

#include "core/service.h"

static asvc_service_state_t after(
    asvc_service_state_t state, const asvc_service_event_t *events, size_t n_events) {
    for (size_t i = 0; i < n_events; i++) {
        state = asvc_service_next(state, events[i]);
    }
    return state;
}

#define AFTER(...)                                                                                           \
    after(ASVC_INACTIVE, (const asvc_service_event_t[]){ __VA_ARGS__ },                                      \
        sizeof((const asvc_service_event_t[]){ __VA_ARGS__ }) / sizeof(asvc_service_event_t))

// clang-format off
// One letter a state: Inactive sTarting Running stopPing Done Stopped Failed Waiting; '.' stays.
// Columns: START STEP STOP RETURNED RAISED CANCELLED SCHEDULED UNSCHEDULED.
static const char *const expected[ASVC_SERVICE_STATES] = {
    [ASVC_INACTIVE] = "T.....W.",
    [ASVC_STARTING] = ".RPDFSW.",
    [ASVC_RUNNING]  = "..PDFS..",
    [ASVC_STOPPING] = "...SFS..",
    [ASVC_DONE]     = "T.....W.",
    [ASVC_STOPPED]  = "T.....W.",
    [ASVC_FAILED]   = "T.....W.",
    [ASVC_WAITING]  = "T.S....I",
};
// clang-format on

static void every_event_in_every_state_leads_where_the_table_says(void **state) {
    (void)state;
    const char *letters = "ITRPDSFW";
    for (int from = 0; from < (int)ASVC_SERVICE_STATES; from++) {
        for (int event = 0; event < (int)ASVC_SERVICE_EVENTS; event++) {
            char letter = expected[from][event];
            int to = letter == '.' ? from : (int)(strchr(letters, letter) - letters);
            assert_int_equal(asvc_service_next(from, event), to);
        }
    }
}

static void a_run_that_returns_is_done(void **state) {
    (void)state;
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_STEP, ASVC_EV_STEP, ASVC_EV_RETURNED), ASVC_DONE);
}

static void a_run_cancelled_by_somebody_else_is_stopped(void **state) {
    (void)state;
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_STEP, ASVC_EV_CANCELLED), ASVC_STOPPED);
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_CANCELLED), ASVC_STOPPED);
}

static void a_stopped_run_ends_stopped_unless_it_raises(void **state) {
    (void)state;
    assert_int_equal(
        AFTER(ASVC_EV_START, ASVC_EV_STEP, ASVC_EV_STOP, ASVC_EV_STEP, ASVC_EV_CANCELLED), ASVC_STOPPED);
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_STEP, ASVC_EV_STOP, ASVC_EV_RETURNED), ASVC_STOPPED);
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_STEP, ASVC_EV_STOP, ASVC_EV_RAISED), ASVC_FAILED);
}

static void a_start_while_stopping_does_not_bring_the_old_run_back(void **state) {
    (void)state;
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_STEP, ASVC_EV_STOP, ASVC_EV_START), ASVC_STOPPING);
}

static void a_failure_is_still_seen_after_a_stop(void **state) {
    (void)state;
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_RAISED, ASVC_EV_STOP), ASVC_FAILED);
}

static void a_scheduled_service_waits_between_runs_until_stopped(void **state) {
    (void)state;
    assert_int_equal(AFTER(ASVC_EV_SCHEDULED), ASVC_WAITING);
    assert_int_equal(
        AFTER(ASVC_EV_SCHEDULED, ASVC_EV_START, ASVC_EV_STEP, ASVC_EV_RETURNED, ASVC_EV_SCHEDULED),
        ASVC_WAITING);
    assert_int_equal(AFTER(ASVC_EV_SCHEDULED, ASVC_EV_STOP), ASVC_STOPPED);
    assert_int_equal(AFTER(ASVC_EV_SCHEDULED, ASVC_EV_UNSCHEDULED), ASVC_INACTIVE);
}

static void a_run_that_has_not_begun_is_taken_back_by_a_schedule(void **state) {
    (void)state;
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_SCHEDULED), ASVC_WAITING);
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_STEP, ASVC_EV_SCHEDULED), ASVC_RUNNING);
}

static void only_a_state_with_a_task_is_live_and_only_its_end_ends_it(void **state) {
    (void)state;
    const bool is_end[ASVC_SERVICE_EVENTS] = {
        [ASVC_EV_RETURNED] = true,
        [ASVC_EV_RAISED] = true,
        [ASVC_EV_CANCELLED] = true,
    };
    for (int from = 0; from < (int)ASVC_SERVICE_STATES; from++) {
        for (int event = 0; event < (int)ASVC_SERVICE_EVENTS; event++) {
            bool live_after = asvc_service_is_live(asvc_service_next(from, event));
            if (asvc_service_is_live(from)) {
                bool taken_back = from == ASVC_STARTING && event == ASVC_EV_SCHEDULED;
                assert_int_equal(live_after, !is_end[event] && !taken_back);
            } else {
                assert_int_equal(live_after, event == ASVC_EV_START);
            }
        }
    }
    assert_true(asvc_service_is_live(ASVC_STARTING));
    assert_true(asvc_service_is_live(ASVC_RUNNING));
    assert_true(asvc_service_is_live(ASVC_STOPPING));
    assert_false(asvc_service_is_live(ASVC_WAITING));
}

static void every_state_has_its_name(void **state) {
    (void)state;
    const char *const names[] = { "inactive", "starting", "running", "stopping", "done", "stopped", "failed",
        "waiting" };
    assert_int_equal(sizeof(names) / sizeof(names[0]), ASVC_SERVICE_STATES);
    for (int i = 0; i < (int)ASVC_SERVICE_STATES; i++) {
        assert_string_equal(asvc_service_state_name(i), names[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_event_in_every_state_leads_where_the_table_says),
        cmocka_unit_test(a_run_that_returns_is_done),
        cmocka_unit_test(a_run_cancelled_by_somebody_else_is_stopped),
        cmocka_unit_test(a_stopped_run_ends_stopped_unless_it_raises),
        cmocka_unit_test(a_start_while_stopping_does_not_bring_the_old_run_back),
        cmocka_unit_test(a_failure_is_still_seen_after_a_stop),
        cmocka_unit_test(a_scheduled_service_waits_between_runs_until_stopped),
        cmocka_unit_test(a_run_that_has_not_begun_is_taken_back_by_a_schedule),
        cmocka_unit_test(only_a_state_with_a_task_is_live_and_only_its_end_ends_it),
        cmocka_unit_test(every_state_has_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
