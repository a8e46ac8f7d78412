// The life of a service: the whole table, then the sentences its header promises.
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
        state = asvc_service_next(state, events[i]).state;
    }
    return state;
}

#define AFTER(...)                                                                                           \
    after(ASVC_INACTIVE, (const asvc_service_event_t[]){ __VA_ARGS__ },                                      \
        sizeof((const asvc_service_event_t[]){ __VA_ARGS__ }) / sizeof(asvc_service_event_t))

// clang-format off
// Two letters a step. The state: Inactive sTarting Running stopPing Done Stopped Failed Waiting stucK; then
// what is to be done: Spawn, Cancel, Take back, Report; '.' is none. ".." stays, and there is nothing to do.
// Columns: START UP STOP RETURNED RAISED CANCELLED SCHEDULED UNSCHEDULED GIVE_UP LATE.
static const char *const expected[ASVC_SERVICE_STATES] = {
    [ASVC_INACTIVE] = "TS .. .. .. .. .. W. .. .. ..",
    [ASVC_STARTING] = ".. R. PC D. F. S. WT .. .. ..",
    [ASVC_RUNNING]  = ".. .. PC D. F. S. .. .. .. ..",
    [ASVC_STOPPING] = ".. .. PC S. F. S. .. .. .. KR",
    [ASVC_DONE]     = "TS .. .. .. .. .. W. .. F. ..",
    [ASVC_STOPPED]  = "TS .. .. .. .. .. W. .. .. ..",
    [ASVC_FAILED]   = "TS .. .. .. .. .. W. .. .. ..",
    [ASVC_WAITING]  = "TS .. S. .. .. .. .. I. .. ..",
    [ASVC_STUCK]    = ".. .. KC S. F. S. .. .. .. ..",
};
static const char state_letters[] = "ITRPDSFWK"; // in the order of asvc_service_state_t
static const char action_letters[] = ".SCTR"; // of asvc_service_action_t
// clang-format on

static void every_event_in_every_state_leads_where_the_table_says(void **state) {
    (void)state;
    for (int from = 0; from < (int)ASVC_SERVICE_STATES; from++) {
        assert_int_equal(strlen(expected[from]), 3 * ASVC_SERVICE_EVENTS - 1);
        for (int event = 0; event < (int)ASVC_SERVICE_EVENTS; event++) {
            const char *letters = &expected[from][3 * event];
            int to = letters[0] == '.' ? from : (int)(strchr(state_letters, letters[0]) - state_letters);
            asvc_service_step_t step = asvc_service_next(from, event);
            assert_int_equal(step.state, to);
            assert_int_equal(step.action, strchr(action_letters, letters[1]) - action_letters);
        }
    }
}

static void a_run_that_returns_is_done(void **state) {
    (void)state;
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_UP, ASVC_EV_UP, ASVC_EV_RETURNED), ASVC_DONE);
}

static void a_run_may_end_before_it_is_up(void **state) {
    (void)state;
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_RETURNED), ASVC_DONE);
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_RAISED), ASVC_FAILED);
}

static void a_run_cancelled_by_somebody_else_is_stopped(void **state) {
    (void)state;
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_UP, ASVC_EV_CANCELLED), ASVC_STOPPED);
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_CANCELLED), ASVC_STOPPED);
}

static void a_stopped_run_ends_stopped_unless_it_raises(void **state) {
    (void)state;
    assert_int_equal(
        AFTER(ASVC_EV_START, ASVC_EV_UP, ASVC_EV_STOP, ASVC_EV_UP, ASVC_EV_CANCELLED), ASVC_STOPPED);
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_UP, ASVC_EV_STOP, ASVC_EV_RETURNED), ASVC_STOPPED);
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_UP, ASVC_EV_STOP, ASVC_EV_RAISED), ASVC_FAILED);
}

static void one_that_does_not_end_in_time_is_stuck_until_it_ends_after_all(void **state) {
    (void)state;
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_UP, ASVC_EV_STOP, ASVC_EV_LATE), ASVC_STUCK);
    assert_int_equal(
        AFTER(ASVC_EV_START, ASVC_EV_UP, ASVC_EV_STOP, ASVC_EV_LATE, ASVC_EV_RETURNED), ASVC_STOPPED);
    assert_int_equal(
        AFTER(ASVC_EV_START, ASVC_EV_UP, ASVC_EV_STOP, ASVC_EV_LATE, ASVC_EV_RAISED), ASVC_FAILED);
}

static void nobody_who_was_not_told_to_end_is_late(void **state) {
    (void)state;
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_LATE), ASVC_STARTING);
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_UP, ASVC_EV_LATE), ASVC_RUNNING);
}

static void a_start_while_the_old_run_still_ends_makes_no_second_one(void **state) {
    (void)state;
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_UP, ASVC_EV_STOP, ASVC_EV_START), ASVC_STOPPING);
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_UP, ASVC_EV_STOP, ASVC_EV_LATE, ASVC_EV_START), ASVC_STUCK);
}

static void a_failure_is_still_seen_after_a_stop(void **state) {
    (void)state;
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_RAISED, ASVC_EV_STOP), ASVC_FAILED);
}

static void a_scheduled_service_waits_between_runs_until_stopped(void **state) {
    (void)state;
    assert_int_equal(AFTER(ASVC_EV_SCHEDULED), ASVC_WAITING);
    assert_int_equal(AFTER(ASVC_EV_SCHEDULED, ASVC_EV_START, ASVC_EV_UP, ASVC_EV_RETURNED, ASVC_EV_SCHEDULED),
        ASVC_WAITING);
    assert_int_equal(AFTER(ASVC_EV_SCHEDULED, ASVC_EV_STOP), ASVC_STOPPED);
    assert_int_equal(AFTER(ASVC_EV_SCHEDULED, ASVC_EV_UNSCHEDULED), ASVC_INACTIVE);
}

static void a_run_that_has_not_begun_is_taken_back_by_a_schedule(void **state) {
    (void)state;
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_SCHEDULED), ASVC_WAITING);
    assert_int_equal(AFTER(ASVC_EV_START, ASVC_EV_UP, ASVC_EV_SCHEDULED), ASVC_RUNNING);
}

// So there are never two tasks, and none is forgotten.
static void a_task_is_spawned_where_there_is_none_and_only_its_end_ends_it(void **state) {
    (void)state;
    const bool is_end[ASVC_SERVICE_EVENTS] = {
        [ASVC_EV_RETURNED] = true,
        [ASVC_EV_RAISED] = true,
        [ASVC_EV_CANCELLED] = true,
    };
    for (int from = 0; from < (int)ASVC_SERVICE_STATES; from++) {
        for (int event = 0; event < (int)ASVC_SERVICE_EVENTS; event++) {
            asvc_service_step_t step = asvc_service_next(from, event);
            bool live_after = asvc_service_is_live(step.state);
            if (asvc_service_is_live(from)) {
                assert_int_not_equal(step.action, ASVC_DO_SPAWN);
                assert_int_equal(live_after, !is_end[event] && step.action != ASVC_DO_TAKE_BACK);
            } else {
                assert_int_equal(step.action, event == ASVC_EV_START ? ASVC_DO_SPAWN : ASVC_DO_NOTHING);
                assert_int_equal(live_after, event == ASVC_EV_START);
            }
        }
    }
}

static void a_stop_cancels_whatever_is_live(void **state) {
    (void)state;
    for (int from = 0; from < (int)ASVC_SERVICE_STATES; from++) {
        asvc_service_step_t step = asvc_service_next(from, ASVC_EV_STOP);
        assert_int_equal(step.action == ASVC_DO_CANCEL, asvc_service_is_live(from));
        assert_false(asvc_service_goes_on(step.state));
    }
}

static void every_state_has_its_name_and_says_what_there_is(void **state) {
    (void)state;
    const struct {
        const char *name;
        bool is_live, goes_on;
    } is[] = {
        [ASVC_INACTIVE] = { "inactive", false, false },
        [ASVC_STARTING] = { "starting", true, true },
        [ASVC_RUNNING] = { "running", true, true },
        [ASVC_STOPPING] = { "stopping", true, false },
        [ASVC_DONE] = { "done", false, false },
        [ASVC_STOPPED] = { "stopped", false, false },
        [ASVC_FAILED] = { "failed", false, false },
        [ASVC_WAITING] = { "waiting", false, false },
        [ASVC_STUCK] = { "stuck", true, false },
    };
    assert_int_equal(sizeof(is) / sizeof(is[0]), ASVC_SERVICE_STATES);
    for (int i = 0; i < (int)ASVC_SERVICE_STATES; i++) {
        assert_string_equal(asvc_service_state_name(i), is[i].name);
        assert_int_equal(asvc_service_is_live(i), is[i].is_live);
        assert_int_equal(asvc_service_goes_on(i), is[i].goes_on);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_event_in_every_state_leads_where_the_table_says),
        cmocka_unit_test(a_run_that_returns_is_done),
        cmocka_unit_test(a_run_may_end_before_it_is_up),
        cmocka_unit_test(a_run_cancelled_by_somebody_else_is_stopped),
        cmocka_unit_test(a_stopped_run_ends_stopped_unless_it_raises),
        cmocka_unit_test(one_that_does_not_end_in_time_is_stuck_until_it_ends_after_all),
        cmocka_unit_test(nobody_who_was_not_told_to_end_is_late),
        cmocka_unit_test(a_start_while_the_old_run_still_ends_makes_no_second_one),
        cmocka_unit_test(a_failure_is_still_seen_after_a_stop),
        cmocka_unit_test(a_scheduled_service_waits_between_runs_until_stopped),
        cmocka_unit_test(a_run_that_has_not_begun_is_taken_back_by_a_schedule),
        cmocka_unit_test(a_task_is_spawned_where_there_is_none_and_only_its_end_ends_it),
        cmocka_unit_test(a_stop_cancels_whatever_is_live),
        cmocka_unit_test(every_state_has_its_name_and_says_what_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
