// Whether and when a service is started again: the sentences of the header, by example.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>

#include "core/restart.h"

// As a service has them that says no more than its policy.
static const asvc_restart_rules_t on_failure = {
    .delay_ms = 200,
    .delay_max_ms = 30000,
    .healthy_ms = 10000,
    .factor_percent = 200,
    .burst = 5,
    .policy = ASVC_RESTART_ON_FAILURE,
};

enum { SHORT = 9999, HEALTHY = 10000, UNTOUCHED = 12345 };

static asvc_restart_rules_t with_policy(asvc_restart_policy_t policy) {
    asvc_restart_rules_t rules = on_failure;
    rules.policy = (uint8_t)policy;
    return rules;
}

static void assert_no(
    const asvc_restart_rules_t *rules, asvc_restart_state_t *state, asvc_restart_end_t end, int64_t run_ms) {
    uint32_t delay_ms = UNTOUCHED;
    assert_int_equal(asvc_restart_ended(rules, state, end, run_ms, &delay_ms), ASVC_RESTART_NO);
    assert_int_equal(delay_ms, UNTOUCHED);
}

static void assert_restart(const asvc_restart_rules_t *rules, asvc_restart_state_t *state,
    asvc_restart_end_t end, int64_t run_ms, uint32_t expected_delay_ms) {
    uint32_t delay_ms = UNTOUCHED;
    assert_int_equal(asvc_restart_ended(rules, state, end, run_ms, &delay_ms), ASVC_RESTART_YES);
    assert_int_equal(delay_ms, expected_delay_ms);
}

static void assert_limit(
    const asvc_restart_rules_t *rules, asvc_restart_state_t *state, asvc_restart_end_t end, int64_t run_ms) {
    uint32_t delay_ms = UNTOUCHED;
    assert_int_equal(asvc_restart_ended(rules, state, end, run_ms, &delay_ms), ASVC_RESTART_LIMIT);
    assert_int_equal(delay_ms, UNTOUCHED);
}

static void the_policy_says_which_ends_call_for_a_new_run(void **unused) {
    (void)unused;
    asvc_restart_rules_t never = with_policy(ASVC_RESTART_NEVER), always = with_policy(ASVC_RESTART_ALWAYS);
    asvc_restart_state_t state = { 0 };
    assert_no(&never, &state, ASVC_END_CLEAN, HEALTHY);
    assert_no(&never, &state, ASVC_END_FAILURE, HEALTHY);
    assert_no(&on_failure, &state, ASVC_END_CLEAN, HEALTHY);
    assert_restart(&on_failure, &state, ASVC_END_FAILURE, HEALTHY, 200);
    asvc_restart_rules_t on_success = with_policy(ASVC_RESTART_ON_SUCCESS);
    assert_restart(&on_success, &state, ASVC_END_CLEAN, HEALTHY, 200);
    assert_no(&on_success, &state, ASVC_END_FAILURE, HEALTHY);
    assert_restart(&always, &state, ASVC_END_CLEAN, HEALTHY, 200);
    assert_restart(&always, &state, ASVC_END_FAILURE, HEALTHY, 200);
}

static void what_its_user_stopped_is_never_restarted(void **unused) {
    (void)unused;
    for (int policy = ASVC_RESTART_NEVER; policy < ASVC_RESTART_COUNT; policy++) {
        asvc_restart_rules_t rules = with_policy(policy);
        asvc_restart_state_t state = { 0 };
        assert_no(&rules, &state, ASVC_END_STOPPED, 0);
        assert_no(&rules, &state, ASVC_END_STOPPED, HEALTHY);
    }
}

static void each_short_run_doubles_the_delay_up_to_its_most(void **unused) {
    (void)unused;
    asvc_restart_rules_t rules = on_failure;
    rules.burst = 0;
    rules.delay_max_ms = 1500;
    asvc_restart_state_t state = { 0 };
    const uint32_t delays[] = { 200, 400, 800, 1500, 1500 };
    for (size_t i = 0; i < sizeof(delays) / sizeof(delays[0]); i++) {
        assert_restart(&rules, &state, ASVC_END_FAILURE, SHORT, delays[i]);
    }
}

static void so_many_short_runs_in_a_row_as_the_burst_are_the_limit(void **unused) {
    (void)unused;
    asvc_restart_state_t state = { 0 };
    for (int i = 0; i < 4; i++) {
        assert_restart(&on_failure, &state, ASVC_END_FAILURE, 0, 200u << i);
    }
    assert_false(state.limit_hit);
    assert_limit(&on_failure, &state, ASVC_END_FAILURE, 0);
    assert_true(state.limit_hit);
    assert_limit(&on_failure, &state, ASVC_END_FAILURE, HEALTHY);
    assert_no(&on_failure, &state, ASVC_END_CLEAN, HEALTHY);
    assert_no(&on_failure, &state, ASVC_END_STOPPED, HEALTHY);
    assert_limit(&on_failure, &state, ASVC_END_FAILURE, HEALTHY);

    state = (asvc_restart_state_t){ 0 }; // reset_failed
    assert_restart(&on_failure, &state, ASVC_END_FAILURE, 0, 200);
}

static void a_healthy_run_clears_the_count_and_the_delay(void **unused) {
    (void)unused;
    asvc_restart_state_t state = { 0 };
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 4; i++) {
            assert_restart(&on_failure, &state, ASVC_END_FAILURE, SHORT, 200u << i);
        }
        assert_restart(&on_failure, &state, ASVC_END_FAILURE, HEALTHY, 200);
    }
}

// A job that is done in a second, every minute, and sometimes fails and is tried again.
static void a_clean_end_that_is_left_at_that_clears_the_count_however_soon_it_came(void **unused) {
    (void)unused;
    asvc_restart_state_t state = { 0 };
    for (int i = 0; i < 20; i++) {
        assert_restart(&on_failure, &state, ASVC_END_FAILURE, 1000, 200);
        assert_no(&on_failure, &state, ASVC_END_CLEAN, 1000);
    }
}

static void a_clean_end_that_is_followed_by_a_restart_counts(void **unused) {
    (void)unused;
    asvc_restart_rules_t always = with_policy(ASVC_RESTART_ALWAYS);
    asvc_restart_state_t state = { 0 };
    for (int i = 0; i < 4; i++) {
        assert_restart(&always, &state, i % 2 ? ASVC_END_FAILURE : ASVC_END_CLEAN, SHORT, 200u << i);
    }
    assert_limit(&always, &state, ASVC_END_CLEAN, SHORT);
}

static void a_stop_changes_nothing(void **unused) {
    (void)unused;
    asvc_restart_state_t state = { 0 };
    for (int i = 0; i < 4; i++) {
        assert_restart(&on_failure, &state, ASVC_END_FAILURE, SHORT, 200u << i);
        assert_no(&on_failure, &state, ASVC_END_STOPPED, i % 2 ? SHORT : HEALTHY);
    }
    assert_limit(&on_failure, &state, ASVC_END_FAILURE, SHORT);
}

static void failures_of_what_is_never_restarted_hit_no_limit(void **unused) {
    (void)unused;
    asvc_restart_rules_t never = with_policy(ASVC_RESTART_NEVER);
    asvc_restart_state_t state = { 0 };
    for (int i = 0; i < 20; i++) {
        assert_no(&never, &state, ASVC_END_FAILURE, 0);
    }
    assert_false(state.limit_hit);
    assert_restart(&on_failure, &state, ASVC_END_FAILURE, 0, 200);
}

static void with_a_burst_of_one_the_first_short_run_is_the_last(void **unused) {
    (void)unused;
    asvc_restart_rules_t rules = on_failure;
    rules.burst = 1;
    asvc_restart_state_t state = { 0 };
    assert_restart(&rules, &state, ASVC_END_FAILURE, HEALTHY, 200);
    assert_limit(&rules, &state, ASVC_END_FAILURE, SHORT);
}

static void with_a_burst_of_none_it_goes_on_for_ever(void **unused) {
    (void)unused;
    asvc_restart_rules_t rules = on_failure;
    rules.burst = 0;
    asvc_restart_state_t state = { 0 };
    uint32_t delay_ms;
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(
            asvc_restart_ended(&rules, &state, ASVC_END_FAILURE, 0, &delay_ms), ASVC_RESTART_YES);
    }
    assert_int_equal(delay_ms, 30000);
}

static void the_largest_burst_can_be_hit(void **unused) {
    (void)unused;
    asvc_restart_rules_t rules = on_failure;
    rules.burst = UINT8_MAX;
    asvc_restart_state_t state = { 0 };
    uint32_t delay_ms;
    for (int i = 0; i < UINT8_MAX - 1; i++) {
        assert_int_equal(
            asvc_restart_ended(&rules, &state, ASVC_END_FAILURE, 0, &delay_ms), ASVC_RESTART_YES);
    }
    assert_limit(&rules, &state, ASVC_END_FAILURE, 0);
}

static void where_no_run_is_short_there_is_neither_limit_nor_backoff(void **unused) {
    (void)unused;
    asvc_restart_rules_t rules = on_failure;
    rules.healthy_ms = 0;
    asvc_restart_state_t state = { 0 };
    for (int i = 0; i < 20; i++) {
        assert_restart(&rules, &state, ASVC_END_FAILURE, 0, 200);
    }
}

static void a_delay_of_none_stays_none(void **unused) {
    (void)unused;
    asvc_restart_rules_t rules = on_failure;
    rules.delay_ms = 0;
    asvc_restart_state_t state = { 0 };
    for (int i = 0; i < 4; i++) {
        assert_restart(&rules, &state, ASVC_END_FAILURE, 0, 0);
    }
}

static void odd_rules_have_a_meaning(void **unused) {
    (void)unused;
    asvc_restart_rules_t rules = on_failure;
    asvc_restart_state_t state = { 0 };
    rules.delay_max_ms = 100; // less than the first delay, which counts then
    assert_restart(&rules, &state, ASVC_END_FAILURE, 0, 200);
    assert_restart(&rules, &state, ASVC_END_FAILURE, 0, 200);

    rules = on_failure;
    state = (asvc_restart_state_t){ 0 };
    rules.factor_percent = 50; // delays do not get shorter
    assert_restart(&rules, &state, ASVC_END_FAILURE, 0, 200);
    assert_restart(&rules, &state, ASVC_END_FAILURE, 0, 200);

    rules = on_failure;
    state = (asvc_restart_state_t){ 0 };
    rules.delay_ms = 3;
    rules.factor_percent = 110; // 3.3 and 4.4
    assert_restart(&rules, &state, ASVC_END_FAILURE, 0, 3);
    assert_restart(&rules, &state, ASVC_END_FAILURE, 0, 4);
    assert_restart(&rules, &state, ASVC_END_FAILURE, 0, 5);
}

static void the_longest_delay_does_not_wrap(void **unused) {
    (void)unused;
    asvc_restart_rules_t rules = on_failure;
    rules.delay_ms = rules.delay_max_ms = UINT32_MAX;
    rules.factor_percent = UINT16_MAX;
    asvc_restart_state_t state = { 0 };
    assert_restart(&rules, &state, ASVC_END_FAILURE, 0, UINT32_MAX);
    assert_restart(&rules, &state, ASVC_END_FAILURE, 0, UINT32_MAX);
}

static void a_limit_is_out_of_reach_where_runs_are_long_or_never_too_many(void **unused) {
    (void)unused;
    asvc_restart_rules_t rules = on_failure;
    assert_true(asvc_restart_limit_reachable(&rules, SHORT));
    assert_false(asvc_restart_limit_reachable(&rules, HEALTHY));
    assert_false(asvc_restart_limit_reachable(&rules, INT64_MAX));
    rules.healthy_ms = 0;
    assert_false(asvc_restart_limit_reachable(&rules, 0));
    rules = on_failure;
    rules.burst = 0;
    assert_false(asvc_restart_limit_reachable(&rules, SHORT));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_policy_says_which_ends_call_for_a_new_run),
        cmocka_unit_test(what_its_user_stopped_is_never_restarted),
        cmocka_unit_test(each_short_run_doubles_the_delay_up_to_its_most),
        cmocka_unit_test(so_many_short_runs_in_a_row_as_the_burst_are_the_limit),
        cmocka_unit_test(a_healthy_run_clears_the_count_and_the_delay),
        cmocka_unit_test(a_clean_end_that_is_left_at_that_clears_the_count_however_soon_it_came),
        cmocka_unit_test(a_clean_end_that_is_followed_by_a_restart_counts),
        cmocka_unit_test(a_stop_changes_nothing),
        cmocka_unit_test(failures_of_what_is_never_restarted_hit_no_limit),
        cmocka_unit_test(with_a_burst_of_one_the_first_short_run_is_the_last),
        cmocka_unit_test(with_a_burst_of_none_it_goes_on_for_ever),
        cmocka_unit_test(the_largest_burst_can_be_hit),
        cmocka_unit_test(where_no_run_is_short_there_is_neither_limit_nor_backoff),
        cmocka_unit_test(a_delay_of_none_stays_none),
        cmocka_unit_test(odd_rules_have_a_meaning),
        cmocka_unit_test(the_longest_delay_does_not_wrap),
        cmocka_unit_test(a_limit_is_out_of_reach_where_runs_are_long_or_never_too_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
