// What the manager does, one behaviour a test: a dozen lines that act, let time pass and look.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "invariants.h"
#include "named.h"

static world_t the_world;
static world_trace_t the_trace;

static int create(void **state) {
    world_init(&the_world, 1000);
    the_trace = (world_trace_t){ .len = 0 };
    the_world.trace = &the_trace;
    invariants_watch(&the_world);
    *state = &the_world;
    return 0;
}

static int check(void **state) {
    const world_t *w = *state;
    if (w->broken[0] != '\0') {
        print_error("%s\n", w->broken);
    }
    return w->broken[0] != '\0';
}

// Loads all of them, lets each make its first step, and forgets what happened so far.
static void up(world_t *w, const char *name) {
    load(w, name);
    pass(w, 0);
    is(w, name, ASVC_RUNNING);
    forget_what_happened(w);
}

// ---- requirements ---------------------------------------------------------------------------

static void what_is_required_starts_first(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    load(w, "web");
    happened(w, "start net");
    pass(w, 0);
    happened(w, "start web");
    is(w, "web", ASVC_RUNNING);
    is(w, "net", ASVC_RUNNING);
}

static void what_is_required_has_to_be_ready(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    rules(w, "net")->ready_ms = 1000;
    script(w, "net")->ready_ms = 500;
    load(w, "web");
    pass(w, 499);
    is(w, "net", ASVC_STARTING);
    is(w, "web", ASVC_WAITING);
    pass(w, 1);
    is(w, "web", ASVC_RUNNING);
}

static void two_may_require_the_same(void **state) {
    world_t *w = *state;
    requires(w, "top", "left");
    requires(w, "top", "right");
    requires(w, "left", "root");
    requires(w, "right", "root");
    load(w, "top");
    pass(w, 0);
    happened(w, "start root, start left, start right, start top");
    stop(w, "root");
    pass(w, 0);
    happened(w,
        "cancel top, top ended, cancel left, cancel right, left ended, right ended, cancel root, root ended");
}

static void dependants_end_first(void **state) {
    world_t *w = *state;
    requires(w, "api", "web");
    requires(w, "web", "net");
    up(w, "api");
    ends_late(w, "api", 100);
    stop(w, "net");
    pass(w, 99);
    happened(w, "cancel api");
    pass(w, 1);
    happened(w, "api ended, cancel web, web ended, cancel net, net ended");
    is(w, "api", ASVC_STOPPED);
    is(w, "web", ASVC_STOPPED);
    is(w, "net", ASVC_STOPPED);
}

static void a_stop_leaves_what_it_requires(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    stop(w, "web");
    pass(w, 0);
    happened(w, "cancel web, web ended");
    is(w, "net", ASVC_RUNNING);
}

static void a_failure_ends_dependants_at_once(void **state) {
    world_t *w = *state;
    requires(w, "api", "web");
    requires(w, "web", "net");
    up(w, "api");
    fails(w, "net");
    happened(w, "net raised, cancel web, cancel api");
}

static void a_return_leaves_dependants(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    returns(w, "net");
    pass(w, 0);
    is(w, "net", ASVC_DONE);
    is(w, "web", ASVC_RUNNING);
}

static void dependants_come_back_with_what_has_failed(void **state) {
    world_t *w = *state;
    requires(w, "api", "web");
    requires(w, "web", "net");
    restarts(w, "net", ASVC_RESTART_ON_FAILURE);
    up(w, "api");
    fails(w, "net");
    pass(w, 199);
    happened(w, "net raised, cancel web, cancel api, api ended, web ended");
    is(w, "web", ASVC_WAITING);
    pass(w, 1);
    happened(w, "start net, start web, start api");
}

static void dependants_of_what_failed_for_good_are_refused(void **state) {
    world_t *w = *state;
    requires(w, "api", "web");
    requires(w, "web", "net");
    up(w, "api");
    fails(w, "net");
    pass(w, 0);
    happened(
        w, "net raised, cancel web, cancel api, api ended, refused api: web, web ended, refused web: net");
    // They stay wanted, and come up with it.
    start(w, "net");
    pass(w, 0);
    happened(w, "start net, start web, start api");
}

static void a_stuck_dependant_does_not_hold(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    swallows_cancels(w, "web");
    stop(w, "net");
    pass(w, 4999);
    happened(w, "cancel web");
    pass(w, 1);
    happened(w, "cancel net, stuck web, net ended");
}

static void what_fails_while_its_dependants_clean_up_ends_those_between_at_once(void **state) {
    world_t *w = *state;
    requires(w, "a", "b");
    requires(w, "b", "c");
    up(w, "a");
    swallows_cancels(w, "a");
    stop(w, "b");
    happened(w, "cancel a");
    fails(w, "c");
    happened(w, "c raised, cancel b");
}

static void what_ends_by_itself_in_an_orderly_end_ends_its_dependants_at_once(void **state) {
    world_t *w = *state;
    requires(w, "a", "b");
    requires(w, "b", "c");
    up(w, "a");
    swallows_cancels(w, "a");
    restart(w, "c");
    happened(w, "cancel a");
    fails(w, "c");
    happened(w, "c raised, start c, cancel b");
    pass(w, 0);
    happened(w, "b ended, start b");
}

static void what_is_missing_is_told_and_waited_for(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    thing(w, "net")->has_file = false;
    assert_true(load(w, "web"));
    happened(w, "refused web: net");
    is(w, "web", ASVC_INACTIVE);
    pass(w, 100000);
    happened(w, "");
    thing(w, "net")->has_file = true;
    load(w, "net");
    pass(w, 0);
    happened(w, "start net, start web");
}

static void a_refusal_names_the_first_that_is_lost(void **state) {
    world_t *w = *state;
    requires(w, "web", "disk");
    requires(w, "web", "net");
    requires(w, "web", "time");
    thing(w, "net")->has_file = false;
    thing(w, "time")->has_file = false;
    load(w, "web");
    happened(w, "start disk, refused web: net");
}

static void a_refusal_goes_through_the_whole_chain(void **state) {
    world_t *w = *state;
    requires(w, "api", "web");
    requires(w, "web", "net");
    thing(w, "net")->has_file = false;
    load(w, "api");
    happened(w, "refused api: web, refused web: net");
}

static void a_refusal_is_told_anew_when_it_is_asked_for_anew(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    thing(w, "net")->has_file = false;
    load(w, "web");
    happened(w, "refused web: net");
    start(w, "web");
    happened(w, "refused web: net");
}

static void what_is_stuck_is_nothing_to_require(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "net");
    swallows_cancels(w, "net");
    stop(w, "net");
    pass(w, 5000);
    happened(w, "cancel net, stuck net");
    load(w, "web");
    happened(w, "refused web: net");
}

static void a_required_service_that_hit_its_start_limit_is_not_started_along(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    restarts(w, "net", ASVC_RESTART_ON_FAILURE);
    rules(w, "net")->restart.burst = 1;
    up(w, "net");
    fails(w, "net");
    happened(w, "net raised, escalate net");
    load(w, "web");
    happened(w, "refused web: net");
}

// ---- what users want ------------------------------------------------------------------------

static void a_stop_is_final(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    restarts(w, "web", ASVC_RESTART_ALWAYS);
    up(w, "web");
    stop(w, "web");
    pass(w, 0);
    restart(w, "net");
    pass(w, 100000);
    is(w, "net", ASVC_RUNNING);
    is(w, "web", ASVC_STOPPED);
}

static void a_stop_reaches_what_waits_for_its_turn(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    rules(w, "net")->ready_ms = 1000;
    load(w, "web");
    stop(w, "web");
    pass(w, 0);
    ready(w, "net");
    pass(w, 0);
    is(w, "web", ASVC_STOPPED);
}

static void what_was_stopped_along_does_not_come_back_by_itself(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    stop(w, "net");
    pass(w, 0);
    start(w, "net");
    pass(w, 0);
    is(w, "net", ASVC_RUNNING);
    is(w, "web", ASVC_STOPPED);
}

static void what_was_stopped_starts_again_through_another(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    stop(w, "net");
    pass(w, 0);
    forget_what_happened(w);
    start(w, "web");
    pass(w, 0);
    happened(w, "start net, start web");
}

static void a_start_of_what_runs_does_nothing(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    start(w, "web");
    pass(w, 0);
    happened(w, "");
}

static void a_start_of_what_ends_comes_after_its_end(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    ends_late(w, "web", 100);
    stop(w, "web");
    start(w, "web");
    happened(w, "cancel web");
    pass(w, 100);
    happened(w, "web ended, start web");
}

static void of_stop_and_start_and_stop_the_last_counts(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    stop(w, "web");
    start(w, "web");
    stop(w, "web");
    pass(w, 0);
    happened(w, "cancel web, cancel web, web ended");
    is(w, "web", ASVC_STOPPED);
}

static void a_cancel_by_its_user_is_a_stop(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    restarts(w, "net", ASVC_RESTART_ALWAYS);
    up(w, "web");
    is_cancelled(w, "net");
    pass(w, 100000);
    happened(w, "net ended, cancel web, web ended");
    is(w, "net", ASVC_STOPPED);
    is(w, "web", ASVC_STOPPED);
}

static void a_restart_ends_and_starts_dependants_along(void **state) {
    world_t *w = *state;
    requires(w, "api", "web");
    requires(w, "web", "net");
    up(w, "api");
    restart(w, "net");
    pass(w, 0);
    happened(w,
        "cancel api, api ended, cancel web, web ended, cancel net, net ended, "
        "start net, start web, start api");
}

static void a_restart_leaves_what_is_stopped(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    stop(w, "web");
    pass(w, 0);
    restart(w, "net");
    pass(w, 0);
    is(w, "web", ASVC_STOPPED);
}

static void a_restart_of_what_is_at_rest_is_a_start(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    fails(w, "web");
    forget_what_happened(w);
    restart(w, "web");
    happened(w, "start web");
}

static void what_fails_before_its_restart_has_its_turn_starts_again_at_once(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    restarts(w, "net", ASVC_RESTART_ON_FAILURE);
    up(w, "web");
    swallows_cancels(w, "web");
    restart(w, "net");
    happened(w, "cancel web");
    fails(w, "net");
    happened(w, "net raised, start net");
    assert_int_equal(thing(w, "net")->block.restart.short_runs, 0);
}

static void a_restart_that_gets_stuck_refuses_dependants_until_it_ends(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    swallows_cancels(w, "net");
    restart(w, "net");
    pass(w, 5000);
    happened(w, "cancel web, web ended, cancel net, stuck net, refused web: net");
    is(w, "web", ASVC_INACTIVE);
    is_cancelled(w, "net");
    pass(w, 0);
    happened(w, "net ended, start net, start web");
}

static void a_stop_after_a_restart_counts(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    restart(w, "net");
    stop(w, "net");
    pass(w, 0);
    is(w, "net", ASVC_STOPPED);
    is(w, "web", ASVC_STOPPED);
}

static void a_restart_of_what_is_told_to_end_tells_it_again(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    swallows_cancels(w, "web");
    stop(w, "web");
    restart(w, "web");
    happened(w, "cancel web, cancel web");
}

static void what_was_taken_away_and_is_started_again_ends_in_its_turn(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    world_delete(w, named(w, "net"));
    pass(w, 0);
    start(w, "web");
    pass(w, 0);
    ends_late(w, "web", 100);
    forget_what_happened(w);
    stop(w, "net");
    happened(w, "cancel web");
}

// ---- order only, and wishes -----------------------------------------------------------------

static void after_waits_until_the_other_is_up(void **state) {
    world_t *w = *state;
    after(w, "web", "net");
    rules(w, "net")->ready_ms = 1000;
    load(w, "net");
    load(w, "web");
    pass(w, 0);
    is(w, "web", ASVC_WAITING);
    ready(w, "net");
    happened(w, "start net, start web");
    fails(w, "net");
    pass(w, 0);
    is(w, "web", ASVC_RUNNING);
}

static void after_waits_no_longer_than_the_first_run(void **state) {
    world_t *w = *state;
    after(w, "web", "net");
    restarts(w, "net", ASVC_RESTART_ON_FAILURE);
    rules(w, "net")->ready_ms = 1000;
    load(w, "net");
    load(w, "web");
    pass(w, 0);
    fails(w, "net");
    pass(w, 0);
    is(w, "net", ASVC_WAITING);
    is(w, "web", ASVC_RUNNING);
}

static void after_starts_nothing_and_waits_for_nothing_that_does_not_come(void **state) {
    world_t *w = *state;
    after(w, "web", "net");
    load(w, "web");
    pass(w, 0);
    happened(w, "start web");
}

static void after_waits_for_what_is_started_again(void **state) {
    world_t *w = *state;
    after(w, "web", "net");
    rules(w, "net")->ready_ms = 1000;
    up(w, "web");
    stop(w, "web");
    pass(w, 0);
    load(w, "net");
    start(w, "web");
    pass(w, 0);
    is(w, "web", ASVC_WAITING);
    ready(w, "net");
    pass(w, 0);
    is(w, "web", ASVC_RUNNING);
}

static void after_does_not_wait_for_what_is_refused(void **state) {
    world_t *w = *state;
    after(w, "web", "net");
    requires(w, "net", "wire");
    thing(w, "wire")->has_file = false;
    load(w, "net");
    load(w, "web");
    pass(w, 0);
    is(w, "net", ASVC_INACTIVE);
    is(w, "web", ASVC_RUNNING);
}

static void what_is_wanted_along_starts_and_may_fail(void **state) {
    world_t *w = *state;
    wants(w, "web", "log");
    load(w, "web");
    pass(w, 0);
    happened(w, "start web, start log");
    fails(w, "log");
    pass(w, 0);
    is(w, "log", ASVC_FAILED);
    is(w, "web", ASVC_RUNNING);
}

static void of_a_circle_all_that_are_new_are_refused(void **state) {
    world_t *w = *state;
    requires(w, "a", "b");
    after(w, "b", "c");
    requires(w, "c", "a");
    wants(w, "b", "c");
    requires(w, "top", "a");
    load(w, "top");
    pass(w, 0);
    happened(w, "circle c, circle b, circle a, refused top: a");
    is(w, "a", ASVC_INACTIVE);
}

static void of_a_circle_made_later_those_that_were_loaded_before_stay(void **state) {
    world_t *w = *state;
    requires(w, "a", "b");
    up(w, "a");
    stop(w, "b");
    pass(w, 0);
    forget_what_happened(w);
    requires(w, "b", "c");
    requires(w, "c", "a");
    assert_false(load(w, "b"));
    happened(w, "circle c, circle b, refused a: b");
    assert_true(start(w, "a"));
    pass(w, 0);
    happened(w, "start b, start a");
}

static void what_requires_itself_is_a_circle(void **state) {
    world_t *w = *state;
    requires(w, "web", "web");
    assert_false(load(w, "web"));
    happened(w, "circle web");
}

static void a_circle_is_found_behind_a_way_that_leads_nowhere(void **state) {
    world_t *w = *state;
    requires(w, "a", "net");
    requires(w, "a", "b");
    requires(w, "b", "a");
    assert_false(load(w, "a"));
    happened(w, "circle b, circle a, start net");
}

static void a_stop_leaves_what_comes_after_it(void **state) {
    world_t *w = *state;
    after(w, "web", "net");
    load(w, "net");
    up(w, "web");
    stop(w, "net");
    pass(w, 0);
    happened(w, "cancel net, net ended");
    is(w, "web", ASVC_RUNNING);
}

// ---- restarts by policy ---------------------------------------------------------------------

static void never_leaves_it_failed(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    fails(w, "web");
    pass(w, 100000);
    is(w, "web", ASVC_FAILED);
    happened(w, "web raised");
}

static void on_failure_starts_again_after_a_failure_only(void **state) {
    world_t *w = *state;
    service(w, "web");
    restarts(w, "web", ASVC_RESTART_ON_FAILURE);
    up(w, "web");
    fails(w, "web");
    is(w, "web", ASVC_WAITING);
    pass(w, 199);
    happened(w, "web raised");
    pass(w, 1);
    happened(w, "start web");
    returns(w, "web");
    pass(w, 100000);
    is(w, "web", ASVC_DONE);
}

static void on_success_starts_again_after_a_return_only(void **state) {
    world_t *w = *state;
    service(w, "web");
    restarts(w, "web", ASVC_RESTART_ON_SUCCESS);
    up(w, "web");
    returns(w, "web");
    pass(w, 200);
    happened(w, "web returned, start web");
    fails(w, "web");
    pass(w, 100000);
    is(w, "web", ASVC_FAILED);
}

static void always_starts_again_after_a_return_too(void **state) {
    world_t *w = *state;
    service(w, "web");
    restarts(w, "web", ASVC_RESTART_ALWAYS);
    up(w, "web");
    returns(w, "web");
    pass(w, 200);
    happened(w, "web returned, start web");
}

static void delays_grow_up_to_a_limit_and_a_healthy_run_resets_them(void **state) {
    world_t *w = *state;
    service(w, "web");
    restarts(w, "web", ASVC_RESTART_ON_FAILURE);
    rules(w, "web")->restart.burst = 0;
    up(w, "web");
    static const int64_t delays_ms[] = { 200, 400, 800, 1000, 1000 };
    for (size_t i = 0; i < sizeof(delays_ms) / sizeof(delays_ms[0]); i++) {
        fails(w, "web");
        pass(w, delays_ms[i] - 1);
        is(w, "web", ASVC_WAITING);
        pass(w, 1);
        is(w, "web", ASVC_RUNNING);
    }
    pass(w, 1000);
    fails(w, "web");
    pass(w, 200);
    is(w, "web", ASVC_RUNNING);
}

static void a_short_delay_grows_by_a_small_factor(void **state) {
    world_t *w = *state;
    service(w, "web");
    restarts(w, "web", ASVC_RESTART_ON_FAILURE);
    rules(w, "web")->restart.delay_ms = 1;
    rules(w, "web")->restart.factor_percent = 101;
    up(w, "web");
    fails(w, "web");
    pass(w, 1);
    fails(w, "web");
    pass(w, 1);
    is(w, "web", ASVC_WAITING);
    pass(w, 1);
    is(w, "web", ASVC_RUNNING);
}

static void too_many_short_runs_are_a_failure_for_good(void **state) {
    world_t *w = *state;
    service(w, "web");
    restarts(w, "web", ASVC_RESTART_ON_FAILURE);
    up(w, "web");
    fails(w, "web");
    pass(w, 200);
    fails(w, "web");
    pass(w, 400);
    fails(w, "web");
    pass(w, 100000);
    happened(w, "web raised, start web, web raised, start web, web raised, escalate web");
    is(w, "web", ASVC_FAILED);
    // Neither a start, a load nor a restart passes the limit.
    assert_false(start(w, "web"));
    load(w, "web");
    restart(w, "web");
    pass(w, 0);
    happened(w, "barred web, barred web, barred web");
    assert_true(reset_failed(w, "web"));
    start(w, "web");
    happened(w, "start web");
}

static void clean_ends_can_be_too_many(void **state) {
    world_t *w = *state;
    service(w, "web");
    restarts(w, "web", ASVC_RESTART_ALWAYS);
    script(w, "web")->ends_ms = 10;
    load(w, "web");
    pass(w, 100000);
    happened(w, "start web, web returned, start web, web returned, start web, web returned, escalate web");
    is(w, "web", ASVC_FAILED);
}

static void a_start_clears_the_count_of_short_runs(void **state) {
    world_t *w = *state;
    service(w, "web");
    restarts(w, "web", ASVC_RESTART_ON_FAILURE);
    up(w, "web");
    fails(w, "web");
    pass(w, 200);
    fails(w, "web");
    start(w, "web");
    pass(w, 0);
    assert_int_equal(thing(w, "web")->block.restart.short_runs, 0);
    fails(w, "web");
    pass(w, 200);
    is(w, "web", ASVC_RUNNING);
}

static void a_start_ends_the_delay(void **state) {
    world_t *w = *state;
    service(w, "web");
    restarts(w, "web", ASVC_RESTART_ON_FAILURE);
    up(w, "web");
    fails(w, "web");
    start(w, "web");
    happened(w, "web raised, start web");
    pass(w, 100000);
    happened(w, "");
}

static void a_stop_ends_the_delay(void **state) {
    world_t *w = *state;
    service(w, "web");
    restarts(w, "web", ASVC_RESTART_ON_FAILURE);
    up(w, "web");
    fails(w, "web");
    stop(w, "web");
    pass(w, 100000);
    happened(w, "web raised");
    is(w, "web", ASVC_STOPPED);
}

static void a_delay_and_a_requirement_are_both_waited_for(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    restarts(w, "web", ASVC_RESTART_ON_FAILURE);
    up(w, "web");
    fails(w, "web");
    restart(w, "net");
    pass(w, 199);
    happened(w, "web raised, cancel net, net ended, start net");
    fails(w, "net");
    pass(w, 100000);
    happened(w, "net raised, refused web: net");
    start(w, "net");
    pass(w, 0);
    happened(w, "start net, start web");
}

static void what_its_requirement_ended_is_no_short_run(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    restarts(w, "web", ASVC_RESTART_ON_FAILURE);
    restarts(w, "net", ASVC_RESTART_ON_FAILURE);
    up(w, "web");
    fails(w, "net");
    pass(w, 200);
    is(w, "web", ASVC_RUNNING);
    assert_int_equal(thing(w, "web")->block.restart.short_runs, 0);
    assert_int_equal(thing(w, "web")->block.restarts, 0);
    assert_int_equal(thing(w, "net")->block.restarts, 1);
}

static void a_start_that_finds_no_memory_is_tried_again(void **state) {
    world_t *w = *state;
    service(w, "web");
    script(w, "web")->no_memory = 2;
    load(w, "web");
    is(w, "web", ASVC_WAITING);
    pass(w, 999);
    happened(w, "start web");
    pass(w, 1);
    happened(w, "start web");
    pass(w, 1000);
    happened(w, "start web");
    is(w, "web", ASVC_RUNNING);
}

static void what_cannot_be_started_is_not_tried_again(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    restarts(w, "net", ASVC_RESTART_ALWAYS);
    script(w, "net")->cannot_start = true;
    load(w, "web");
    pass(w, 100000);
    happened(w, "start net, refused web: net");
}

static void a_load_that_failed_and_is_corrected_can_be_started(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    requires(w, "net", "web");
    assert_false(load(w, "web"));
    happened(w, "circle net, circle web");
    thing(w, "net")->n_named[WORLD_REQUIRES] = 0;
    start(w, "net");
    happened(w, "start net");
    stop(w, "net");
    pass(w, 0);
    forget_what_happened(w);
    restart(w, "net");
    happened(w, "start net");
    load(w, "web");
    pass(w, 0);
    happened(w, "start web");
}

static void what_could_not_start_once_starts_by_start_and_by_restart(void **state) {
    world_t *w = *state;
    service(w, "web");
    script(w, "web")->cannot_start = true;
    load(w, "web");
    start(w, "web");
    restart(w, "web");
    happened(w, "start web, start web, start web");
    script(w, "web")->cannot_start = false;
    restart(w, "web");
    pass(w, 0);
    happened(w, "start web");
    is(w, "web", ASVC_RUNNING);
}

static void what_could_not_start_again_is_not_up(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "net");
    returns(w, "net");
    script(w, "net")->cannot_start = true;
    start(w, "net");
    load(w, "web");
    pass(w, 0);
    happened(w, "net returned, start net, start net, refused web: net");
}

static void a_reset_says_whether_there_was_a_short_run(void **state) {
    world_t *w = *state;
    service(w, "web");
    restarts(w, "web", ASVC_RESTART_ON_FAILURE);
    up(w, "web");
    assert_false(reset_failed(w, "web"));
    fails(w, "web");
    assert_true(reset_failed(w, "web"));
    assert_false(reset_failed(w, "web"));
}

static void what_is_taken_away_has_no_start_limit_of_old(void **state) {
    world_t *w = *state;
    service(w, "web");
    restarts(w, "web", ASVC_RESTART_ON_FAILURE);
    rules(w, "web")->restart.burst = 1;
    up(w, "web");
    fails(w, "web");
    world_delete(w, named(w, "web"));
    start(w, "web");
    happened(w, "web raised, escalate web, start web");
}

// ---- readiness, watchdogs, stops ------------------------------------------------------------

static void what_is_not_ready_in_time_has_failed(void **state) {
    world_t *w = *state;
    service(w, "web");
    rules(w, "web")->ready_ms = 500;
    load(w, "web");
    pass(w, 499);
    is(w, "web", ASVC_STARTING);
    pass(w, 1);
    happened(w, "start web, cancel web, web ended");
    is(w, "web", ASVC_FAILED);
}

static void what_is_ready_stays_ready(void **state) {
    world_t *w = *state;
    service(w, "web");
    rules(w, "web")->ready_ms = 500;
    script(w, "web")->ready_ms = 499;
    load(w, "web");
    pass(w, 100000);
    is(w, "web", ASVC_RUNNING);
}

static void what_is_not_fed_has_failed_and_is_started_again(void **state) {
    world_t *w = *state;
    service(w, "web");
    restarts(w, "web", ASVC_RESTART_ON_FAILURE);
    rules(w, "web")->watchdog_ms = 300;
    script(w, "web")->feed_ms = 299;
    up(w, "web");
    pass(w, 10000);
    is(w, "web", ASVC_RUNNING);
    script(w, "web")->feed_ms = WORLD_NEVER;
    pass(w, 600);
    happened(w, "cancel web, web ended, start web");
}

static void the_watchdog_counts_from_where_it_is_up(void **state) {
    world_t *w = *state;
    service(w, "web");
    rules(w, "web")->ready_ms = 1000;
    rules(w, "web")->watchdog_ms = 300;
    script(w, "web")->ready_ms = 900;
    load(w, "web");
    pass(w, 1199);
    is(w, "web", ASVC_RUNNING);
    pass(w, 1);
    is(w, "web", ASVC_FAILED);
}

static void the_hardware_watchdog_waits_for_what_failed_for_good(void **state) {
    world_t *w = *state;
    service(w, "web");
    rules(w, "web")->watchdog_ms = 300;
    up(w, "web");
    assert_true(asvc_manager_all_fed(&w->m));
    pass(w, 300);
    is(w, "web", ASVC_FAILED);
    assert_false(asvc_manager_all_fed(&w->m));
    stop(w, "web");
    assert_true(asvc_manager_all_fed(&w->m));
}

static void the_hardware_watchdog_waits_for_what_is_stuck(void **state) {
    world_t *w = *state;
    service(w, "web");
    rules(w, "web")->watchdog_ms = 300;
    up(w, "web");
    swallows_cancels(w, "web");
    stop(w, "web");
    pass(w, 4999);
    assert_true(asvc_manager_all_fed(&w->m));
    pass(w, 1);
    assert_false(asvc_manager_all_fed(&w->m));
}

static void what_swallows_its_cancel_is_stuck_and_has_no_second_copy(void **state) {
    world_t *w = *state;
    service(w, "web");
    rules(w, "web")->stop_ms = 300;
    up(w, "web");
    swallows_cancels(w, "web");
    stop(w, "web");
    pass(w, 299);
    is(w, "web", ASVC_STOPPING);
    pass(w, 1);
    is(w, "web", ASVC_STUCK);
    start(w, "web");
    pass(w, 100000);
    happened(w, "cancel web, stuck web");
    returns(w, "web");
    pass(w, 0);
    happened(w, "web returned, start web");
    is(w, "web", ASVC_RUNNING);
}

static void a_second_stop_is_a_second_cancel(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    swallows_cancels(w, "web");
    stop(w, "web");
    pass(w, 100);
    stop(w, "web");
    pass(w, 5000);
    stop(w, "web");
    happened(w, "cancel web, cancel web, stuck web, cancel web");
}

static void a_task_of_no_service_may_take_its_time_to_end(void **state) {
    world_t *w = *state;
    world_task(w, "job", true);
    swallows_cancels(w, "job");
    pass(w, 0);
    stop(w, "job");
    pass(w, 100000);
    is(w, "job", ASVC_STOPPING);
}

static void a_stop_beats_a_verdict_in_flight(void **state) {
    world_t *w = *state;
    service(w, "web");
    restarts(w, "web", ASVC_RESTART_ALWAYS);
    rules(w, "web")->watchdog_ms = 300;
    up(w, "web");
    ends_late(w, "web", 100);
    pass(w, 300);
    happened(w, "cancel web");
    stop(w, "web");
    pass(w, 100000);
    happened(w, "cancel web, web ended");
    is(w, "web", ASVC_STOPPED);
}

static void a_start_beats_a_verdict_in_flight(void **state) {
    world_t *w = *state;
    service(w, "web");
    rules(w, "web")->watchdog_ms = 300;
    up(w, "web");
    ends_late(w, "web", 100);
    pass(w, 300);
    start(w, "web");
    pass(w, 100);
    happened(w, "cancel web, web ended, start web");
}

static void what_returns_when_it_is_told_to_end_was_stopped(void **state) {
    world_t *w = *state;
    service(w, "web");
    restarts(w, "web", ASVC_RESTART_ALWAYS);
    up(w, "web");
    script(w, "web")->obeys_how = ASVC_RETURNED;
    stop(w, "web");
    pass(w, 0);
    is(w, "web", ASVC_STOPPED);
}

static void what_raises_when_it_is_told_to_end_has_failed_and_stays_down(void **state) {
    world_t *w = *state;
    service(w, "web");
    restarts(w, "web", ASVC_RESTART_ALWAYS);
    up(w, "web");
    script(w, "web")->obeys_how = ASVC_RAISED;
    stop(w, "web");
    pass(w, 100000);
    is(w, "web", ASVC_FAILED);
}

static void a_run_may_end_within_its_own_cancel(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    script(w, "web")->ends_in_cancel = true;
    restart(w, "net");
    happened(w, "cancel web, web ended, cancel net");
    pass(w, 0);
    happened(w, "net ended, start net, start web");
}

static void what_is_told_to_end_does_not_get_ready(void **state) {
    world_t *w = *state;
    service(w, "web");
    rules(w, "web")->ready_ms = 1000;
    load(w, "web");
    pass(w, 0);
    swallows_cancels(w, "web");
    stop(w, "web");
    ready(w, "web");
    is(w, "web", ASVC_STOPPING);
}

// ---- core services and boot -----------------------------------------------------------------

static void a_core_service_is_up_when_it_has_ended_well(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    core(w, "net");
    load(w, "web");
    pass(w, 1000);
    is(w, "net", ASVC_RUNNING);
    is(w, "web", ASVC_WAITING);
    returns(w, "net");
    pass(w, 0);
    is(w, "web", ASVC_RUNNING);
}

static void a_good_end_of_a_core_service_is_final(void **state) {
    world_t *w = *state;
    core(w, "net");
    restarts(w, "net", ASVC_RESTART_ALWAYS);
    load(w, "net");
    pass(w, 0);
    fails(w, "net");
    pass(w, 200);
    returns(w, "net");
    pass(w, 100000);
    happened(w, "start net, net raised, start net, net returned");
    is(w, "net", ASVC_DONE);
}

static void a_core_service_is_up_until_a_run_of_its_own_fails(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    core(w, "net");
    load(w, "web");
    pass(w, 0);
    returns(w, "net");
    pass(w, 0);
    start(w, "net");
    pass(w, 0);
    is(w, "web", ASVC_RUNNING);
    fails(w, "net");
    pass(w, 0);
    is(w, "web", ASVC_INACTIVE);
    happened(w,
        "start net, net returned, start web, start net, net raised, cancel web, web ended, refused web: net");
}

static void a_core_service_that_ended_well_leaves_its_dependants_when_it_is_stopped_or_unloaded(
    void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    core(w, "net");
    load(w, "web");
    pass(w, 0);
    returns(w, "net");
    pass(w, 0);
    stop(w, "net");
    unload(w, "net");
    pass(w, 0);
    is(w, "web", ASVC_RUNNING);
    restart(w, "web");
    pass(w, 0);
    is(w, "web", ASVC_RUNNING);
}

static void an_error_that_a_core_service_returns_is_no_good_end(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    core(w, "net");
    load(w, "web");
    pass(w, 0);
    world_end(w, named(w, "net"), ASVC_RETURNED_ERROR);
    pass(w, 0);
    is(w, "net", ASVC_DONE);
    is(w, "web", ASVC_INACTIVE);
}

static void boot_runs_core_services_side_by_side_and_in_order(void **state) {
    world_t *w = *state;
    core(w, "disk");
    core(w, "net");
    core(w, "time");
    requires(w, "time", "net");
    assert_int_equal(world_boot(w), 3);
    happened(w, "start disk, start net");
    pass(w, 0);
    returns(w, "net");
    happened(w, "net returned, booted net, start time");
    pass(w, 0);
    returns(w, "time");
    returns(w, "disk");
    happened(w, "time returned, booted time, disk returned, booted disk");
    assert_int_equal(w->m.n_boot, 0);
}

static void boot_does_not_wait_for_what_cannot_run(void **state) {
    world_t *w = *state;
    core(w, "disk");
    core(w, "net");
    core(w, "time");
    requires(w, "net", "wire");
    thing(w, "wire")->has_file = false;
    requires(w, "time", "net");
    world_boot(w);
    happened(w, "start disk, booted net, booted time, refused net: wire, refused time: net");
}

static void boot_refuses_what_requires_a_failed_one(void **state) {
    world_t *w = *state;
    core(w, "net");
    core(w, "time");
    requires(w, "time", "net");
    world_boot(w);
    pass(w, 0);
    fails(w, "net");
    happened(w, "start net, net raised, booted net, booted time, refused time: net");
}

static void boot_waits_for_restarts(void **state) {
    world_t *w = *state;
    core(w, "net");
    restarts(w, "net", ASVC_RESTART_ON_FAILURE);
    world_boot(w);
    pass(w, 0);
    fails(w, "net");
    pass(w, 200);
    happened(w, "start net, net raised, start net");
    returns(w, "net");
    happened(w, "net returned, booted net");
}

static void boot_does_not_wait_for_what_is_stuck(void **state) {
    world_t *w = *state;
    core(w, "net");
    rules(w, "net")->ready_ms = 100;
    swallows_cancels(w, "net");
    world_boot(w);
    pass(w, 5100);
    happened(w, "start net, cancel net, booted net, stuck net");
}

static void boot_leaves_out_a_circle_and_boots_the_rest(void **state) {
    world_t *w = *state;
    core(w, "a");
    core(w, "b");
    core(w, "c");
    core(w, "d");
    requires(w, "a", "b");
    requires(w, "b", "a");
    requires(w, "d", "a");
    world_boot(w);
    happened(w, "circle b, circle a, booted a, booted b, start c, booted d, refused d: a");
}

static void a_boot_that_is_given_up_leaves_its_services(void **state) {
    world_t *w = *state;
    core(w, "net");
    world_boot(w);
    pass(w, 0);
    world_leave_boot(w);
    returns(w, "net");
    happened(w, "start net, net returned");
}

static void a_boot_within_a_boot_waits_once(void **state) {
    world_t *w = *state;
    core(w, "net");
    restarts(w, "net", ASVC_RESTART_ON_FAILURE);
    world_boot(w);
    pass(w, 0);
    fails(w, "net");
    world_boot(w);
    assert_int_equal(w->m.n_boot, 1);
    pass(w, 0);
    returns(w, "net");
    assert_int_equal(w->m.n_boot, 0);
}

static void a_core_service_that_raises_when_it_is_stopped_stays_up(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    core(w, "net");
    script(w, "net")->obeys_how = ASVC_RAISED;
    load(w, "web");
    pass(w, 0);
    returns(w, "net");
    start(w, "net");
    pass(w, 0);
    stop(w, "net");
    pass(w, 0);
    is(w, "net", ASVC_FAILED);
    is(w, "web", ASVC_RUNNING);
}

static void a_core_service_that_is_taken_away_is_not_up(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    core(w, "net");
    load(w, "web");
    pass(w, 0);
    returns(w, "net");
    pass(w, 0);
    is(w, "web", ASVC_RUNNING);
    world_delete(w, named(w, "net"));
    pass(w, 0);
    is(w, "web", ASVC_INACTIVE);
}

// ---- unload ---------------------------------------------------------------------------------

static void what_is_unloaded_is_forgotten_and_released(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    unload(w, "web");
    happened(w, "cancel web, forget web");
    pass(w, 0);
    happened(w, "web ended, release web");
    assert_int_equal(w->m.n_records, 0);
}

static void an_unload_ends_dependants_first(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    unload(w, "net");
    pass(w, 0);
    happened(w, "cancel web, web ended, cancel net, forget net, net ended");
    is(w, "web", ASVC_STOPPED);
}

static void a_chain_that_is_unloaded_in_any_order_ends_without_waiting_for_stop_ms(void **state) {
    world_t *w = *state;
    requires(w, "api", "web");
    requires(w, "web", "net");
    up(w, "api");
    unload(w, "web");
    unload(w, "net");
    unload(w, "api");
    pass(w, 0);
    happened(w,
        "cancel api, cancel api, forget api, api ended, release api, cancel web, forget web, web ended, "
        "release web, cancel net, forget net, net ended, release net");
}

static void a_name_keeps_its_record_while_others_use_it(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    unload(w, "net");
    pass(w, 0);
    assert_int_equal(w->m.n_records, 2);
    happened(w, "cancel web, web ended, cancel net, forget net, net ended");
    unload(w, "web");
    happened(w, "forget web, release web, release net");
    assert_int_equal(w->m.n_records, 0);
    assert_int_equal(asvc_manager_edge_room(&w->m), WORLD_EDGE_PAGES * ASVC_EDGE_PAGE);
}

static void a_second_unload_does_not_wait_for_dependants(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    swallows_cancels(w, "web");
    unload(w, "net");
    happened(w, "cancel web");
    unload(w, "net");
    happened(w, "cancel net, forget net");
}

static void what_is_stuck_is_forgotten_and_released_when_it_ends(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    swallows_cancels(w, "web");
    unload(w, "web");
    pass(w, 5000);
    happened(w, "cancel web, forget web, stuck web");
    is_cancelled(w, "web");
    happened(w, "web ended, release web");
}

static void what_is_loaded_while_it_is_unloaded_stays(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    unload(w, "net");
    happened(w, "cancel web");
    load(w, "web");
    pass(w, 0);
    happened(w, "web ended, start web"); // what it requires was not told to end yet, and goes on
}

static void what_is_loaded_again_waits_for_the_end_of_its_old_run(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    ends_late(w, "web", 100);
    unload(w, "web");
    load(w, "web");
    pass(w, 99);
    happened(w, "cancel web, forget web");
    pass(w, 1);
    happened(w, "web ended, start web");
}

static void what_was_unloaded_after_it_returned_is_not_up(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    returns(w, "net");
    unload(w, "net");
    pass(w, 0);
    is(w, "web", ASVC_STOPPED);
    forget_what_happened(w);
    start(w, "web");
    pass(w, 0);
    happened(w, "start net, start web");
}

static void what_is_loaded_anew_has_no_start_limit_of_old(void **state) {
    world_t *w = *state;
    service(w, "web");
    restarts(w, "web", ASVC_RESTART_ON_FAILURE);
    rules(w, "web")->restart.burst = 1;
    up(w, "web");
    fails(w, "web");
    unload(w, "web");
    load(w, "web");
    pass(w, 0);
    is(w, "web", ASVC_RUNNING);
}

static void what_is_loaded_anew_has_no_start_limit_of_old_though_others_name_it(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    restarts(w, "net", ASVC_RESTART_ON_FAILURE);
    rules(w, "net")->restart.burst = 2;
    up(w, "web");
    fails(w, "net");
    pass(w, 200);
    unload(w, "net");
    pass(w, 0);
    load(w, "net");
    pass(w, 0);
    fails(w, "net"); // its first short run
    pass(w, 200);
    is(w, "net", ASVC_RUNNING);
    fails(w, "net");
    is(w, "net", ASVC_FAILED);
    unload(w, "net");
    load(w, "net");
    pass(w, 0);
    is(w, "net", ASVC_RUNNING);
    assert_int_equal(thing(w, "net")->block.restarts, 0);
}

// ---- instances and children -----------------------------------------------------------------

static void a_load_of_what_runs_starts_an_instance(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    load(w, "web");
    load(w, "web");
    pass(w, 0);
    happened(w, "start web@1, start web@2");
    stop(w, "web@1");
    pass(w, 0);
    happened(w, "cancel web@1, web@1 ended");
    is(w, "web", ASVC_RUNNING);
    is(w, "web@2", ASVC_RUNNING);
}

static void a_restart_ends_instances_before_it_starts(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    load(w, "web");
    pass(w, 0);
    ends_late(w, "web@1", 100);
    forget_what_happened(w);
    restart(w, "web");
    pass(w, 99);
    happened(w, "cancel web, cancel web@1, web ended");
    pass(w, 1);
    happened(w, "web@1 ended, start web");
}

static void instances_end_where_what_they_require_ends(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    load(w, "web");
    pass(w, 0);
    forget_what_happened(w);
    fails(w, "net");
    happened(w, "net raised, cancel web, cancel web@1");
}

static void instances_hold_what_they_require(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    load(w, "web");
    pass(w, 0);
    ends_late(w, "web@1", 100);
    forget_what_happened(w);
    stop(w, "net");
    pass(w, 100);
    happened(w, "cancel web, cancel web@1, web ended, web@1 ended, cancel net, net ended");
}

static void an_unload_ends_instances_and_children(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    load(w, "web");
    child(w, "web", "kid");
    pass(w, 0);
    forget_what_happened(w);
    unload(w, "web");
    pass(w, 0);
    assert_int_equal(w->m.n_records, 0);
}

static void children_end_when_their_service_fails(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    child(w, "web", "kid");
    pass(w, 0);
    forget_what_happened(w);
    fails(w, "web");
    happened(w, "web raised, cancel web.kid");
}

static void children_end_when_their_service_is_stopped(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    child(w, "web", "kid");
    pass(w, 0);
    forget_what_happened(w);
    stop(w, "web");
    pass(w, 0);
    happened(w, "cancel web, cancel web.kid, web ended, web.kid ended");
}

static void a_child_that_is_added_while_its_service_is_stopped_goes_on(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    child(w, "web", "kid");
    pass(w, 0);
    ends_late(w, "web", 100);
    forget_what_happened(w);
    stop(w, "web");
    child(w, "web", "pet");
    pass(w, 100000);
    happened(w, "cancel web, cancel web.kid, start web.pet, web.kid ended, web ended");
    is(w, "web.pet", ASVC_RUNNING);
    start(w, "web");
    pass(w, 0);
    ends_late(w, "web", 0);
    ends_late(w, "web.pet", 0);
    forget_what_happened(w);
    stop(w, "web");
    pass(w, 0);
    happened(w, "cancel web, cancel web.pet, web ended, web.pet ended");
}

static void a_stop_reaches_children_of_a_service_that_was_stopped_after_it_returned(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    requires(w, "app", "web");
    load(w, "web");
    pass(w, 0);
    returns(w, "web");
    stop(w, "web"); // it stays up: it had returned
    load(w, "app");
    child(w, "web", "kid");
    pass(w, 0);
    forget_what_happened(w);
    stop(w, "net");
    pass(w, 0);
    happened(w, "cancel web.kid, cancel app, app ended, web.kid ended, cancel net, net ended");
}

// It may have more to do, such as to reset the machine.
static void a_stop_spares_the_child_that_asked_for_it(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    child(w, "web", "kid");
    child(w, "web", "pet");
    pass(w, 0);
    forget_what_happened(w);
    stop_by(w, "web.kid", "web.pet");
    stop_by(w, "web.kid", "web");
    pass(w, 100000);
    happened(w, "cancel web.pet, cancel web, web ended, web.pet ended");
    is(w, "web.kid", ASVC_RUNNING);
    returns(w, "web.kid");
    pass(w, 100000);
    is(w, "web.kid", ASVC_DONE);
    happened(w, "web.kid returned");
}

static void a_stop_of_what_its_service_requires_spares_the_child_that_asked_for_it(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    child(w, "web", "kid");
    pass(w, 0);
    forget_what_happened(w);
    stop_by(w, "web.kid", "net");
    pass(w, 0);
    happened(w, "cancel web, web ended, cancel net, net ended"); // nothing waits for the child
    is(w, "web.kid", ASVC_RUNNING);
}

static void a_stop_of_another_service_spares_no_child(void **state) {
    world_t *w = *state;
    service(w, "web");
    service(w, "log");
    up(w, "web");
    up(w, "log");
    child(w, "web", "kid");
    pass(w, 0);
    stop_by(w, "web.kid", "log");
    stop(w, "web");
    pass(w, 0);
    is(w, "web.kid", ASVC_STOPPED);
}

static void a_child_that_stops_itself_is_not_spared(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    child(w, "web", "kid");
    pass(w, 0);
    ends_late(w, "web.kid", 100);
    forget_what_happened(w);
    world_stop(w, named(w, "web.kid"), false);
    stop_by(w, "web.kid", "net");
    pass(w, 100);
    happened(w, "cancel web.kid, cancel web, web ended, web.kid ended, cancel net, net ended");
}

static void a_spared_child_is_stopped_by_its_own_name_and_by_an_interrupt(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    child(w, "web", "kid");
    child(w, "web", "pet");
    pass(w, 0);
    stop_by(w, "web.kid", "web");
    pass(w, 0);
    is(w, "web.pet", ASVC_STOPPED);
    stop(w, "web.kid");
    pass(w, 0);
    is(w, "web.kid", ASVC_STOPPED);
    start(w, "web.pet");
    pass(w, 0);
    stop_by(w, "web.pet", "web");
    world_interrupt(w);
    pass(w, 0);
    is(w, "web.pet", ASVC_STOPPED);
}

static void a_spared_child_is_a_child_again_when_it_is_started_again(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    child(w, "web", "kid");
    pass(w, 0);
    stop_by(w, "web.kid", "web");
    pass(w, 0);
    returns(w, "web.kid");
    start(w, "web");
    start(w, "web.kid");
    pass(w, 0);
    ends_late(w, "web.kid", 100);
    forget_what_happened(w);
    stop(w, "net");
    pass(w, 100);
    happened(w, "cancel web, cancel web.kid, web ended, web.kid ended, cancel net, net ended");
}

static void a_spared_child_that_fails_is_not_started_again(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    child(w, "web", "kid");
    restarts(w, "web.kid", ASVC_RESTART_ALWAYS);
    world_schedule(w, named(w, "web.kid"), 100000, 100000);
    pass(w, 0);
    forget_what_happened(w);
    stop_by(w, "web.kid", "web");
    fails(w, "web.kid");
    pass(w, 1000);
    happened(w, "cancel web, web.kid raised, web ended");
}

static void children_go_on_when_their_service_returns(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    child(w, "web", "kid");
    pass(w, 0);
    returns(w, "web");
    pass(w, 100000);
    is(w, "web.kid", ASVC_RUNNING);
    stop(w, "web");
    pass(w, 0);
    is(w, "web.kid", ASVC_STOPPED);
}

static void children_go_on_while_an_instance_does(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    load(w, "web");
    child(w, "web", "kid");
    pass(w, 0);
    fails(w, "web");
    pass(w, 0);
    is(w, "web.kid", ASVC_RUNNING);
    stop(w, "web@1");
    pass(w, 0);
    is(w, "web.kid", ASVC_STOPPED);
}

static void children_hold_what_their_service_requires(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    child(w, "web", "kid");
    pass(w, 0);
    ends_late(w, "web.kid", 100);
    forget_what_happened(w);
    stop(w, "net");
    pass(w, 99);
    happened(w, "cancel web, cancel web.kid, web ended");
    pass(w, 1);
    happened(w, "web.kid ended, cancel net, net ended");
}

static void a_child_that_fails_or_ends_is_its_own_affair(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    child(w, "web", "kid");
    pass(w, 0);
    fails(w, "web.kid");
    pass(w, 0);
    is(w, "web.kid", ASVC_FAILED);
    is(w, "web", ASVC_RUNNING);
}

static void a_child_takes_the_place_of_one_of_its_name(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    child(w, "web", "kid");
    pass(w, 0);
    forget_what_happened(w);
    child(w, "web", "kid");
    pass(w, 0);
    happened(w, "cancel , start web.kid,  ended, release ");
    is(w, "web.kid", ASVC_RUNNING);
}

static void a_child_is_replaced_while_another_service_is_unloaded(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    service(w, "log");
    up(w, "web");
    load(w, "log");
    child(w, "web", "kid");
    child(w, "log", "kid");
    pass(w, 0);
    forget_what_happened(w);
    unload(w, "log");
    child(w, "web", "kid");
    pass(w, 0);
    is(w, "web.kid", ASVC_RUNNING);
    unload(w, "net");
    child(w, "web", "kid");
    pass(w, 0);
    is(w, "web", ASVC_STOPPED);
    is(w, "web.kid", ASVC_STOPPED);
    assert_int_equal(w->m.n_records, 3); // web, its child, and net, which web names
}

static void instances_end_at_once_where_a_restart_waits_for_its_turn(void **state) {
    world_t *w = *state;
    requires(w, "api", "web");
    up(w, "api");
    load(w, "web");
    pass(w, 0);
    ends_late(w, "api", 100);
    forget_what_happened(w);
    restart(w, "web");
    happened(w, "cancel web@1, cancel api");
}

static void instances_end_at_once_where_a_stop_waits_for_its_turn(void **state) {
    world_t *w = *state;
    requires(w, "api", "web");
    requires(w, "web", "net");
    up(w, "api");
    load(w, "web");
    pass(w, 0);
    ends_late(w, "api", 100);
    forget_what_happened(w);
    stop(w, "net");
    happened(w, "cancel web@1, cancel api");
}

static void instances_of_a_returned_service_end_with_what_it_requires(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    load(w, "web");
    pass(w, 0);
    returns(w, "web");
    forget_what_happened(w);
    fails(w, "net");
    happened(w, "net raised, cancel web@1, refused web: net");
}

static void no_instance_is_added_to_a_run_that_ends_to_come_back(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    restarts(w, "net", ASVC_RESTART_ON_FAILURE);
    up(w, "web");
    ends_late(w, "web", 1000);
    fails(w, "net");
    pass(w, 200);
    happened(w, "net raised, cancel web, start net");
    world_instance(w, named(w, "web"));
    happened(w, "");
    pass(w, 800);
    happened(w, "web ended, start web");
}

static void a_child_can_be_started_after_its_service_has_failed(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    child(w, "web", "kid");
    pass(w, 0);
    fails(w, "web");
    pass(w, 0);
    is(w, "web.kid", ASVC_STOPPED);
    start(w, "web.kid");
    pass(w, 0);
    is(w, "web.kid", ASVC_RUNNING);
}

static void a_child_that_fails_leaves_the_others_of_a_returned_service(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    child(w, "web", "kid");
    child(w, "web", "pet");
    pass(w, 0);
    returns(w, "web");
    fails(w, "web.kid");
    pass(w, 0);
    is(w, "web.pet", ASVC_RUNNING);
}

static void children_of_a_returned_service_end_at_once_where_a_stop_waits_for_its_turn(void **state) {
    world_t *w = *state;
    requires(w, "api", "web");
    requires(w, "web", "net");
    up(w, "api");
    child(w, "web", "kid");
    pass(w, 0);
    returns(w, "web");
    ends_late(w, "api", 100);
    forget_what_happened(w);
    stop(w, "net");
    happened(w, "cancel web.kid, cancel api");
}

// ---- schedules ------------------------------------------------------------------------------

static void what_is_scheduled_runs_when_it_is_due_and_keeps_its_phase(void **state) {
    world_t *w = *state;
    scheduled(w, "tick", 1000, 500);
    script(w, "tick")->ends_ms = 100;
    world_run_schedule(w, true);
    load(w, "tick");
    is(w, "tick", ASVC_WAITING);
    pass(w, 999);
    happened(w, "");
    pass(w, 1);
    happened(w, "start tick");
    pass(w, 100);
    is(w, "tick", ASVC_DONE);
    pass(w, 399);
    happened(w, "tick returned");
    pass(w, 1);
    happened(w, "start tick");
}

static void a_run_that_is_still_going_is_not_doubled(void **state) {
    world_t *w = *state;
    scheduled(w, "tick", 0, 500);
    script(w, "tick")->ends_ms = 1200;
    world_run_schedule(w, true);
    load(w, "tick");
    pass(w, 1499);
    happened(w, "start tick, tick returned");
    pass(w, 1);
    happened(w, "start tick");
}

static void nothing_fires_while_no_schedule_runs(void **state) {
    world_t *w = *state;
    scheduled(w, "tick", 1000, 500);
    load(w, "tick");
    pass(w, 100000);
    happened(w, "");
    world_run_schedule(w, true);
    pass(w, 0);
    happened(w, "start tick");
    world_run_schedule(w, false);
    returns(w, "tick");
    pass(w, 100000);
    happened(w, "tick returned");
}

static void what_is_scheduled_for_once_runs_once(void **state) {
    world_t *w = *state;
    scheduled(w, "tick", 1000, 0);
    script(w, "tick")->ends_ms = 100;
    world_run_schedule(w, true);
    load(w, "tick");
    pass(w, 100000);
    happened(w, "start tick, tick returned");
    is(w, "tick", ASVC_DONE);
}

static void a_stop_takes_it_out_of_its_schedule(void **state) {
    world_t *w = *state;
    scheduled(w, "tick", 1000, 1000);
    world_run_schedule(w, true);
    load(w, "tick");
    pass(w, 1000);
    stop(w, "tick");
    pass(w, 100000);
    happened(w, "start tick, cancel tick, unschedule tick, tick ended");
    is(w, "tick", ASVC_STOPPED);
}

static void a_stop_may_keep_it_in_its_schedule(void **state) {
    world_t *w = *state;
    scheduled(w, "tick", 1000, 1000);
    world_run_schedule(w, true);
    load(w, "tick");
    pass(w, 1000);
    stop_but_keep_schedule(w, "tick");
    pass(w, 1000);
    happened(w, "start tick, cancel tick, tick ended, start tick");
}

static void a_cancel_by_its_user_keeps_it_in_its_schedule(void **state) {
    world_t *w = *state;
    scheduled(w, "tick", 1000, 1000);
    world_run_schedule(w, true);
    load(w, "tick");
    pass(w, 1000);
    is_cancelled(w, "tick");
    pass(w, 1000);
    happened(w, "start tick, tick ended, start tick");
}

static void a_start_by_hand_leaves_the_schedule(void **state) {
    world_t *w = *state;
    scheduled(w, "tick", 1000, 1000);
    script(w, "tick")->ends_ms = 100;
    world_run_schedule(w, true);
    load(w, "tick");
    start(w, "tick");
    happened(w, "start tick");
    pass(w, 1000);
    happened(w, "tick returned, start tick");
}

static void what_is_due_while_its_requirement_is_down_runs_once_when_that_is_back(void **state) {
    world_t *w = *state;
    requires(w, "tick", "net");
    scheduled(w, "tick", 1000, 1000);
    script(w, "tick")->ends_ms = 100;
    rules(w, "net")->ready_ms = 100000;
    world_run_schedule(w, true);
    load(w, "tick");
    pass(w, 5500);
    happened(w, "start net");
    is(w, "tick", ASVC_WAITING);
    ready(w, "net");
    happened(w, "start tick");
    pass(w, 499);
    happened(w, "tick returned");
    pass(w, 1);
    happened(w, "start tick");
}

static void a_run_of_a_schedule_ends_where_its_requirement_fails_and_is_made_up_for(void **state) {
    world_t *w = *state;
    requires(w, "tick", "net");
    scheduled(w, "tick", 1000, 10000);
    restarts(w, "net", ASVC_RESTART_ON_FAILURE);
    world_run_schedule(w, true);
    load(w, "tick");
    pass(w, 1000);
    forget_what_happened(w);
    fails(w, "net");
    pass(w, 200);
    happened(w, "net raised, cancel tick, tick ended, start net, start tick");
}

static void what_is_scheduled_is_up_until_a_run_of_it_fails(void **state) {
    world_t *w = *state;
    requires(w, "web", "tick");
    scheduled(w, "tick", 1000, 1000);
    world_run_schedule(w, true);
    load(w, "web");
    happened(w, "start web");
    pass(w, 1000);
    happened(w, "start tick");
    returns(w, "tick");
    pass(w, 1000);
    happened(w, "tick returned, start tick");
    fails(w, "tick");
    pass(w, 0);
    happened(w, "tick raised, cancel web, web ended, refused web: tick");
    pass(w, 1000);
    happened(w, "start tick, start web");
}

static void the_policy_is_not_asked_where_it_is_due_again(void **state) {
    world_t *w = *state;
    scheduled(w, "tick", 0, 10000);
    restarts(w, "tick", ASVC_RESTART_ON_FAILURE);
    world_run_schedule(w, true);
    load(w, "tick");
    pass(w, 0);
    fails(w, "tick");
    pass(w, 9999);
    happened(w, "start tick, tick raised");
    pass(w, 1);
    happened(w, "start tick");
}

static void the_policy_is_asked_after_the_last_due_time(void **state) {
    world_t *w = *state;
    scheduled(w, "tick", 0, 0);
    restarts(w, "tick", ASVC_RESTART_ON_FAILURE);
    world_run_schedule(w, true);
    load(w, "tick");
    pass(w, 0);
    fails(w, "tick");
    pass(w, 200);
    happened(w, "start tick, tick raised, start tick");
}

static void the_start_limit_holds_for_schedules(void **state) {
    world_t *w = *state;
    service(w, "tick");
    restarts(w, "tick", ASVC_RESTART_ON_FAILURE);
    rules(w, "tick")->restart.burst = 1;
    world_run_schedule(w, true);
    up(w, "tick");
    fails(w, "tick");
    schedule(w, "tick", 1000, 1000);
    pass(w, 10000);
    happened(w, "tick raised, escalate tick");
    reset_failed(w, "tick");
    pass(w, 1000);
    happened(w, "start tick");
}

static void a_task_may_be_scheduled_before_and_after_it_ran(void **state) {
    world_t *w = *state;
    world_task(w, "job", false);
    world_run_schedule(w, true);
    schedule(w, "job", 100, 0);
    pass(w, 100);
    happened(w, "start job");
    returns(w, "job");
    schedule(w, "job", 300, 0);
    pass(w, 300);
    happened(w, "job returned, start job");
}

static void a_start_that_made_no_step_can_be_taken_back_by_a_schedule(void **state) {
    world_t *w = *state;
    world_task(w, "job", true);
    world_run_schedule(w, true);
    assert_true(world_take_back(w, named(w, "job"), 1000, 0));
    is(w, "job", ASVC_WAITING);
    pass(w, 1000);
    happened(w, "start job, start job");
}

static void what_is_taken_out_of_the_schedule_does_not_run(void **state) {
    world_t *w = *state;
    world_task(w, "job", false);
    world_run_schedule(w, true);
    schedule(w, "job", 1000, 1000);
    world_unschedule(w, named(w, "job"));
    pass(w, 100000);
    happened(w, "");
}

static void what_is_due_while_it_ends_is_left_out(void **state) {
    world_t *w = *state;
    scheduled(w, "tick", 1000, 1000);
    ends_late(w, "tick", 1500);
    world_run_schedule(w, true);
    load(w, "tick");
    pass(w, 1000);
    stop_but_keep_schedule(w, "tick");
    pass(w, 1999);
    happened(w, "start tick, cancel tick, tick ended");
    pass(w, 1);
    happened(w, "start tick");
}

static void what_is_due_while_it_is_stuck_is_left_out(void **state) {
    world_t *w = *state;
    scheduled(w, "tick", 1000, 1000);
    swallows_cancels(w, "tick");
    world_run_schedule(w, true);
    load(w, "tick");
    pass(w, 1000);
    stop_but_keep_schedule(w, "tick");
    pass(w, 5500);
    is_cancelled(w, "tick");
    pass(w, 499);
    happened(w, "start tick, cancel tick, stuck tick, tick ended");
    pass(w, 1);
    happened(w, "start tick");
}

static void a_due_time_is_not_used_up_while_no_schedule_runs(void **state) {
    world_t *w = *state;
    scheduled(w, "tick", 1000, 0);
    rules(w, "tick")->watchdog_ms = 300;
    script(w, "tick")->feed_ms = 200;
    load(w, "tick");
    start(w, "tick");
    pass(w, 2000);
    returns(w, "tick");
    world_run_schedule(w, true);
    pass(w, 0);
    happened(w, "start tick, tick returned, start tick");
}

static void what_is_scheduled_is_up_before_the_schedule_runs(void **state) {
    world_t *w = *state;
    requires(w, "web", "tick");
    up(w, "tick");
    stop(w, "tick");
    pass(w, 0);
    forget_what_happened(w);
    schedule(w, "tick", WORLD_NEVER, 1000);
    load(w, "web");
    happened(w, "start web");
}

static void the_policy_is_not_asked_about_what_was_stopped_and_is_wanted_by_its_schedule(void **state) {
    world_t *w = *state;
    service(w, "tick");
    restarts(w, "tick", ASVC_RESTART_ALWAYS);
    world_run_schedule(w, true);
    up(w, "tick");
    ends_late(w, "tick", 100);
    stop(w, "tick");
    schedule(w, "tick", 50, 0);
    pass(w, 100000);
    happened(w, "cancel tick, tick ended");
}

static void a_due_time_does_not_put_off_a_restart(void **state) {
    world_t *w = *state;
    service(w, "web");
    restarts(w, "web", ASVC_RESTART_ON_FAILURE);
    world_run_schedule(w, true);
    up(w, "web");
    fails(w, "web");
    schedule(w, "web", 5000, 0);
    pass(w, 200);
    happened(w, "web raised, start web");
}

static void what_is_loaded_with_its_schedule_again_is_refused_again(void **state) {
    world_t *w = *state;
    requires(w, "tick", "net");
    scheduled(w, "tick", 0, 1000);
    thing(w, "net")->has_file = false;
    world_run_schedule(w, true);
    load(w, "tick");
    pass(w, 0);
    happened(w, "refused tick: net");
    load(w, "tick");
    happened(w, "refused tick: net");
}

static void what_is_taken_away_leaves_its_schedule_without_a_word(void **state) {
    world_t *w = *state;
    world_task(w, "job", false);
    world_run_schedule(w, true);
    schedule(w, "job", 1000, 1000);
    world_delete(w, named(w, "job"));
    happened(w, "release ");
}

// ---- the clock ------------------------------------------------------------------------------

enum { DAY_MS = 86400000 };

static void a_due_time_further_than_the_horizon_is_met(void **state) {
    world_t *w = *state;
    world_task(w, "job", false);
    world_run_schedule(w, true);
    schedule(w, "job", INT64_C(100) * DAY_MS, INT64_C(100) * DAY_MS);
    pass(w, INT64_C(100) * DAY_MS - 1);
    happened(w, "");
    pass(w, 1);
    happened(w, "start job");
    returns(w, "job");
    pass(w, INT64_C(100) * DAY_MS);
    happened(w, "job returned, start job");
}

static void a_gap_longer_than_the_horizon_loses_no_deadline(void **state) {
    world_t *w = *state;
    service(w, "web");
    rules(w, "web")->watchdog_ms = 1000;
    world_task(w, "soon", false);
    world_task(w, "late", false);
    world_run_schedule(w, true);
    schedule(w, "soon", 1000, 0);
    schedule(w, "late", INT64_C(31) * DAY_MS, 0);
    up(w, "web");
    world_jump(w, INT64_C(30) * DAY_MS);
    happened(w, "start soon, cancel web, web ended");
    pass(w, DAY_MS - 1);
    happened(w, "");
    pass(w, 1);
    happened(w, "start late");
}

static void missed_times_of_a_period_are_skipped(void **state) {
    world_t *w = *state;
    world_task(w, "job", false);
    script(w, "job")->ends_ms = 10;
    world_run_schedule(w, true);
    schedule(w, "job", 1000, 1000);
    world_jump(w, 5500);
    pass(w, 499);
    happened(w, "start job, job returned");
    pass(w, 1);
    happened(w, "start job");
}

static void deadlines_come_in_their_order_whoever_was_the_first_to_have_one(void **state) {
    world_t *w = *state;
    world_task(w, "a", false);
    world_task(w, "b", false);
    world_task(w, "c", false);
    world_task(w, "d", false);
    world_run_schedule(w, true);
    schedule(w, "a", 100, 0);
    schedule(w, "b", 300, 0);
    schedule(w, "c", 200, 0);
    schedule(w, "d", 400, 0);
    pass(w, 200);
    happened(w, "start a, start c");
    pass(w, 200);
    happened(w, "start b, start d");
}

static void deadlines_come_in_their_order_where_the_word_of_the_clock_wraps(void **state) {
    world_t *w = *state;
    world_task(w, "a", false);
    world_task(w, "b", false);
    world_run_schedule(w, true);
    w->now_ms = UINT32_MAX - 500;
    schedule(w, "a", 1000, 0);
    schedule(w, "b", 100, 0);
    pass(w, 100);
    happened(w, "start b");
    pass(w, 900);
    happened(w, "start a");
}

// ---- interrupts and loops -------------------------------------------------------------------

static void an_interrupt_ends_all_services_and_no_other_tasks(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    restarts(w, "web", ASVC_RESTART_ALWAYS);
    world_task(w, "job", true);
    up(w, "web");
    world_interrupt(w);
    pass(w, 100000);
    happened(w, "cancel web, web ended, cancel net, net ended");
    is(w, "job", ASVC_RUNNING);
    assert_false(w->interrupted);
}

static void an_interrupt_stops_what_waits(void **state) {
    world_t *w = *state;
    service(w, "web");
    restarts(w, "web", ASVC_RESTART_ON_FAILURE);
    up(w, "web");
    fails(w, "web");
    world_interrupt(w);
    pass(w, 100000);
    happened(w, "web raised");
}

static void nothing_is_due_in_an_interrupt_and_schedules_go_on_after_it(void **state) {
    world_t *w = *state;
    scheduled(w, "tick", 1000, 1000);
    service(w, "web");
    ends_late(w, "web", 1500);
    world_run_schedule(w, true);
    load(w, "tick");
    up(w, "web");
    world_interrupt(w);
    pass(w, 1999);
    happened(w, "cancel web, web ended");
    pass(w, 1);
    happened(w, "start tick");
}

static void a_second_interrupt_cuts_no_clean_up_short(void **state) {
    world_t *w = *state;
    service(w, "web");
    swallows_cancels(w, "web");
    up(w, "web");
    world_interrupt(w);
    pass(w, 100);
    world_interrupt(w);
    happened(w, "cancel web");
}

static void runs_of_a_loop_that_is_gone_are_stopped(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    restarts(w, "net", ASVC_RESTART_ALWAYS);
    scheduled(w, "tick", 0, 1000);
    world_run_schedule(w, true);
    up(w, "web");
    load(w, "tick");
    pass(w, 0);
    forget_what_happened(w);
    world_new_loop(w);
    happened(w, "");
    is(w, "net", ASVC_STOPPED);
    is(w, "web", ASVC_STOPPED);
    pass(w, 1000);
    happened(w, "start tick");
    start(w, "web");
    pass(w, 0);
    happened(w, "start net, start web");
}

// ---- events within actions ------------------------------------------------------------------

static asvc_action_kind_t meddle_at;
static const char *meddle_name;
static void (*meddle_by)(world_t *w);

// Does something within the first action of that kind for that name.
static void meddle(world_t *w, const asvc_action_t *action, int i) {
    if (meddle_by != NULL && action->kind == meddle_at && strcmp(w->thing[i].name, meddle_name) == 0) {
        void (*by)(world_t *) = meddle_by;
        meddle_by = NULL;
        by(w);
    }
}

static void within(world_t *w, asvc_action_kind_t kind, const char *name, void (*by)(world_t *w)) {
    w->meddle = meddle;
    meddle_at = kind;
    meddle_name = name;
    meddle_by = by;
}

static void stop_net(world_t *w) {
    stop(w, "net");
}

static void start_web(world_t *w) {
    start(w, "web");
}

static void unload_net(world_t *w) {
    unload(w, "net");
}

static void load_web(world_t *w) {
    load(w, "web");
}

static void a_stop_within_the_start_of_another(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    within(w, ASVC_DO_START, "web", stop_net);
    load(w, "web");
    pass(w, 0);
    happened(w, "start net, start web, cancel web, web ended, cancel net, net ended");
}

static void a_start_within_the_cancel_of_the_same(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    within(w, ASVC_DO_CANCEL, "web", start_web);
    stop(w, "net");
    pass(w, 0);
    happened(w, "cancel web, web ended, start web");
}

static void an_unload_within_a_refusal(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    within(w, ASVC_TELL_REFUSED, "web", unload_net);
    fails(w, "net");
    pass(w, 0);
    happened(w, "net raised, cancel web, web ended, refused web: net, forget net");
    is(w, "web", ASVC_INACTIVE);
}

static void a_load_within_the_very_forgetting(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    within(w, ASVC_DO_FORGET, "web", load_web);
    unload(w, "web");
    pass(w, 0);
    happened(w, "cancel web, forget web, web ended, start web");
}

static void a_load_within_the_release(void **state) {
    world_t *w = *state;
    service(w, "web");
    up(w, "web");
    within(w, ASVC_DO_RELEASE, "web", load_web);
    unload(w, "web");
    pass(w, 0);
    happened(w, "cancel web, forget web, web ended, release web, start web");
}

// ---- what was wrong once --------------------------------------------------------------------

static void an_unload_of_what_is_told_to_end_forgets_it_at_once(void **state) {
    world_t *w = *state;
    service(w, "web");
    load(w, "web");
    pass(w, 0);
    forget_what_happened(w);
    restart(w, "web");
    unload(w, "web");
    happened(w, "cancel web, cancel web, forget web");
}

static void children_of_a_returned_service_end_before_what_it_requires(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    load(w, "web");
    pass(w, 0);
    child(w, "web", "kid");
    pass(w, 0);
    returns(w, "web");
    forget_what_happened(w);
    stop(w, "net");
    pass(w, 0);
    happened(w, "cancel web.kid, web.kid ended, cancel net, net ended");
    is(w, "web", ASVC_DONE);
}

// ---- safe mode, reload ----------------------------------------------------------------------

static void what_safe_mode_stops_is_set_aside_until_its_user_speaks(void **state) {
    world_t *w = *state;
    service(w, "web");
    service(w, "net");
    load(w, "web");
    load(w, "net");
    pass(w, 0);
    stop(w, "net");
    pass(w, 0);
    asvc_id_t web = thing(w, "web")->id, net = thing(w, "net")->id;
    asvc_manager_set_aside(&w->m, web);
    asvc_manager_set_aside(&w->m, net);
    assert_true(asvc_manager_is_set_aside(&w->m, web));
    assert_false(asvc_manager_is_set_aside(&w->m, net)); // its user has stopped it before
    assert_false(asvc_manager_is_wanted(&w->m, web));
    asvc_manager_start(&w->m, web);
    assert_false(asvc_manager_is_set_aside(&w->m, web));
}

static void a_reload_forgets_the_service_and_leaves_it_wanted(void **state) {
    asvc_manager_t *m = &((world_t *)*state)->m;
    world_t *w = *state;
    requires(w, "web", "net");
    load(w, "web");
    pass(w, 0);
    asvc_id_t net = thing(w, "net")->id, web = thing(w, "web")->id;
    asvc_manager_reload(m, net);
    asvc_action_t action = asvc_manager_next(m);
    assert_int_equal(action.kind, ASVC_DO_CANCEL); // what requires it ends first
    assert_int_equal(action.id, web);
    asvc_manager_ended(m, web, ASVC_CANCELLED);
    action = asvc_manager_next(m);
    assert_int_equal(action.kind, ASVC_DO_CANCEL);
    assert_int_equal(action.id, net);
    while ((action = asvc_manager_next(m)).kind == ASVC_TELL_VIEW) {
    }
    assert_int_equal(action.kind, ASVC_DO_FORGET);
    assert_int_equal(action.id, net);
    assert_true(asvc_manager_is_wanted(m, net) && asvc_manager_is_wanted(m, web));
}

static void a_returned_service_whose_children_had_to_end_starts_again(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    requires(w, "api", "web");
    load(w, "api");
    pass(w, 0);
    child(w, "web", "kid");
    pass(w, 0);
    returns(w, "web");
    forget_what_happened(w);
    restart(w, "net");
    pass(w, 0);
    happened(w,
        "cancel api, api ended, cancel web.kid, web.kid ended, cancel net, net ended, "
        "start net, start web, start api");
}

static void a_stuck_run_keeps_its_schedule(void **state) {
    world_t *w = *state;
    service(w, "tick");
    rules(w, "tick")->watchdog_ms = 100;
    rules(w, "tick")->stop_ms = 100;
    script(w, "tick")->obeys_ms = WORLD_NEVER;
    world_run_schedule(w, true);
    load(w, "tick");
    schedule(w, "tick", 1000, 1000);
    pass(w, 500);
    is(w, "tick", ASVC_STUCK);
    assert_int_equal(world_left_ms(w), 500);
}

static void a_start_while_the_old_run_ends_clears_the_count_of_short_runs(void **state) {
    world_t *w = *state;
    service(w, "web");
    rules(w, "web")->restart = (asvc_restart_rules_t){ .policy = ASVC_RESTART_ON_FAILURE,
        .delay_ms = 100,
        .delay_max_ms = 100,
        .burst = 2,
        .healthy_ms = 10000 };
    load(w, "web");
    pass(w, 0);
    fails(w, "web");
    pass(w, 100);
    stop(w, "web");
    start(w, "web");
    pass(w, 0);
    fails(w, "web");
    is(w, "web", ASVC_WAITING);
}

static void a_load_that_fails_ends_the_delay(void **state) {
    world_t *w = *state;
    service(w, "web");
    script(w, "web")->no_memory = 1;
    load(w, "web");
    is(w, "web", ASVC_WAITING);
    requires(w, "web", "web");
    assert_false(load(w, "web"));
    pass(w, 10000);
    happened(w, "start web, circle web");
    assert_false(asvc_manager_is_delayed(&w->m, thing(w, "web")->id));
    is(w, "web", ASVC_INACTIVE);
}

static void an_interrupt_keeps_the_schedules_of_instances(void **state) {
    world_t *w = *state;
    service(w, "web");
    load(w, "web");
    load(w, "web");
    schedule(w, "web@1", 1000, 1000);
    pass(w, 0);
    forget_what_happened(w);
    world_interrupt(w);
    happened(w, "cancel web, cancel web@1");
}

static void a_further_run_of_a_core_service_ends_without_its_dependants(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    thing(w, "net")->core = true;
    load(w, "web");
    pass(w, 0);
    returns(w, "net");
    pass(w, 0);
    start(w, "net");
    pass(w, 0);
    forget_what_happened(w);
    stop(w, "net");
    pass(w, 0);
    happened(w, "cancel net, net ended");
    is(w, "web", ASVC_RUNNING);
}

static void dependants_of_a_scheduled_service_do_not_end_with_its_runs(void **state) {
    world_t *w = *state;
    requires(w, "web", "tick");
    requires(w, "tick", "net");
    thing(w, "tick")->start_in_ms = 0;
    thing(w, "tick")->repeat_ms = 1000;
    world_run_schedule(w, true);
    load(w, "web");
    pass(w, 0);
    is(w, "tick", ASVC_RUNNING);
    is(w, "web", ASVC_RUNNING);
    forget_what_happened(w);
    restart(w, "net");
    pass(w, 0);
    happened(w, "cancel tick, tick ended, cancel net, net ended, start net, start tick");
    is(w, "web", ASVC_RUNNING);
}

static void a_refusal_is_not_told_again_when_its_cause_is_refused_in_turn(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    script(w, "net")->cannot_start = true;
    load(w, "web");
    happened(w, "start net, refused web: net");
    requires(w, "net", "a");
    requires(w, "a", "b");
    requires(w, "b", "a");
    load(w, "net");
    happened(w, "circle b, circle a, refused net: a");
}

static void children_end_with_a_run_that_is_restarted_at_once(void **state) {
    world_t *w = *state;
    service(w, "web");
    rules(w, "web")->restart = (asvc_restart_rules_t){ .policy = ASVC_RESTART_ON_FAILURE };
    load(w, "web");
    pass(w, 0);
    child(w, "web", "x");
    pass(w, 0);
    forget_what_happened(w);
    fails(w, "web");
    happened(w, "web raised, start web, cancel web.x");
}

static void further_instances_end_before_a_restart_that_takes_no_time(void **state) {
    world_t *w = *state;
    service(w, "web");
    script(w, "web")->ends_in_cancel = true;
    load(w, "web");
    pass(w, 0);
    load(w, "web");
    pass(w, 0);
    script(w, "web@1")->ends_in_cancel = false;
    forget_what_happened(w);
    restart(w, "web");
    happened(w, "cancel web, web ended, cancel web@1");
    pass(w, 0);
    happened(w, "web@1 ended, start web");
}

static void what_was_unloaded_is_not_there_though_it_had_returned(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    load(w, "web");
    pass(w, 0);
    returns(w, "net");
    is(w, "web", ASVC_RUNNING);
    unload(w, "net");
    pass(w, 0);
    is(w, "web", ASVC_STOPPED);
    forget_what_happened(w);
    start(w, "web");
    happened(w, "start net");
    pass(w, 0);
    happened(w, "start web");
}

static void what_returned_and_is_unloaded_is_nothing_to_start_with(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    up(w, "web");
    ends_late(w, "web", 100);
    unload(w, "net");
    returns(w, "net");
    start(w, "web");
    happened(w, "cancel web, net returned, start net");
    pass(w, 100);
    happened(w, "web ended, start web");
    is(w, "net", ASVC_RUNNING);
}

static void what_is_named_twice_stands_in_the_way_once(void **state) {
    world_t *w = *state;
    after(w, "web", "net");
    requires(w, "web", "disk");
    requires(w, "web", "net");
    load(w, "web");
    asvc_id_t web = thing(w, "web")->id;
    asvc_id_t first = asvc_manager_next_missing(&w->m, web, ASVC_NO_ID);
    asvc_id_t second = asvc_manager_next_missing(&w->m, web, first);
    assert_int_equal(first, thing(w, "disk")->id); // requirements come first
    assert_int_equal(second, thing(w, "net")->id);
    assert_int_equal(asvc_manager_next_missing(&w->m, web, second), ASVC_NO_ID);
}

static void what_is_scheduled_once_stays_up_when_its_time_comes(void **state) {
    world_t *w = *state;
    requires(w, "web", "tick");
    scheduled(w, "tick", 1000, 0);
    rules(w, "tick")->ready_ms = 1000;
    world_run_schedule(w, true);
    load(w, "web");
    pass(w, 1000);
    ready(w, "tick");
    returns(w, "tick");
    pass(w, 1000);
    happened(w, "start web, start tick, tick returned");
    is(w, "web", ASVC_RUNNING);
}

static void a_refusal_makes_up_no_failure_of_what_is_scheduled(void **state) {
    world_t *w = *state;
    requires(w, "web", "tick");
    requires(w, "tick", "net");
    scheduled(w, "tick", 0, 1000);
    world_run_schedule(w, true);
    load(w, "web");
    pass(w, 0);
    fails(w, "tick");
    fails(w, "net");
    pass(w, 10000);
    is(w, "tick", ASVC_FAILED);
    is(w, "web", ASVC_INACTIVE);
}

static void what_is_told_to_end_after_a_long_rest_has_its_time(void **state) {
    world_t *w = *state;
    service(w, "web");
    service(w, "net");
    restarts(w, "net", ASVC_RESTART_ON_FAILURE);
    up(w, "net");
    up(w, "web");
    swallows_cancels(w, "web");
    w->now_ms += INT64_C(30) * DAY_MS; // nothing is due, so nobody looks
    stop(w, "web");
    fails(w, "net");
    pass(w, 199);
    happened(w, "cancel web, net raised");
    pass(w, 4801);
    happened(w, "start net, stuck web");
}

static void what_is_ready_in_its_first_step_is_up(void **state) {
    world_t *w = *state;
    service(w, "web");
    rules(w, "web")->ready_ms = 1000;
    load(w, "web");
    ready(w, "web");
    is(w, "web", ASVC_RUNNING);
    pass(w, 100000);
    is(w, "web", ASVC_RUNNING);
}

static void there_are_no_more_records_and_edges_than_numbers(void **state) {
    world_t *w = *state;
    asvc_manager_t m = w->m;
    m.n_pages = UINT16_MAX / ASVC_PAGE;
    m.n_edge_pages = UINT16_MAX / ASVC_EDGE_PAGE;
    assert_false(asvc_manager_add_page(&m, &w->page[0], w->page_table));
    assert_false(asvc_manager_add_edge_page(&m, &w->edge_page[0], w->edge_table));
}

#define SCENARIO(name) cmocka_unit_test_setup_teardown(name, create, check)

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(what_is_required_starts_first),
        SCENARIO(what_is_required_has_to_be_ready),
        SCENARIO(two_may_require_the_same),
        SCENARIO(dependants_end_first),
        SCENARIO(a_stop_leaves_what_it_requires),
        SCENARIO(a_failure_ends_dependants_at_once),
        SCENARIO(a_return_leaves_dependants),
        SCENARIO(dependants_come_back_with_what_has_failed),
        SCENARIO(dependants_of_what_failed_for_good_are_refused),
        SCENARIO(a_stuck_dependant_does_not_hold),
        SCENARIO(what_fails_while_its_dependants_clean_up_ends_those_between_at_once),
        SCENARIO(what_ends_by_itself_in_an_orderly_end_ends_its_dependants_at_once),
        SCENARIO(what_is_missing_is_told_and_waited_for),
        SCENARIO(a_refusal_names_the_first_that_is_lost),
        SCENARIO(a_refusal_goes_through_the_whole_chain),
        SCENARIO(a_refusal_is_told_anew_when_it_is_asked_for_anew),
        SCENARIO(what_is_stuck_is_nothing_to_require),
        SCENARIO(a_required_service_that_hit_its_start_limit_is_not_started_along),
        SCENARIO(a_stop_is_final),
        SCENARIO(a_stop_reaches_what_waits_for_its_turn),
        SCENARIO(what_was_stopped_along_does_not_come_back_by_itself),
        SCENARIO(what_was_stopped_starts_again_through_another),
        SCENARIO(a_start_of_what_runs_does_nothing),
        SCENARIO(a_start_of_what_ends_comes_after_its_end),
        SCENARIO(of_stop_and_start_and_stop_the_last_counts),
        SCENARIO(a_cancel_by_its_user_is_a_stop),
        SCENARIO(a_restart_ends_and_starts_dependants_along),
        SCENARIO(a_restart_leaves_what_is_stopped),
        SCENARIO(a_restart_of_what_is_at_rest_is_a_start),
        SCENARIO(what_fails_before_its_restart_has_its_turn_starts_again_at_once),
        SCENARIO(a_restart_that_gets_stuck_refuses_dependants_until_it_ends),
        SCENARIO(a_stop_after_a_restart_counts),
        SCENARIO(a_restart_of_what_is_told_to_end_tells_it_again),
        SCENARIO(what_was_taken_away_and_is_started_again_ends_in_its_turn),
        SCENARIO(after_waits_until_the_other_is_up),
        SCENARIO(after_waits_no_longer_than_the_first_run),
        SCENARIO(after_starts_nothing_and_waits_for_nothing_that_does_not_come),
        SCENARIO(after_waits_for_what_is_started_again),
        SCENARIO(after_does_not_wait_for_what_is_refused),
        SCENARIO(what_is_wanted_along_starts_and_may_fail),
        SCENARIO(of_a_circle_all_that_are_new_are_refused),
        SCENARIO(of_a_circle_made_later_those_that_were_loaded_before_stay),
        SCENARIO(what_requires_itself_is_a_circle),
        SCENARIO(a_circle_is_found_behind_a_way_that_leads_nowhere),
        SCENARIO(a_stop_leaves_what_comes_after_it),
        SCENARIO(never_leaves_it_failed),
        SCENARIO(on_failure_starts_again_after_a_failure_only),
        SCENARIO(on_success_starts_again_after_a_return_only),
        SCENARIO(always_starts_again_after_a_return_too),
        SCENARIO(delays_grow_up_to_a_limit_and_a_healthy_run_resets_them),
        SCENARIO(a_short_delay_grows_by_a_small_factor),
        SCENARIO(too_many_short_runs_are_a_failure_for_good),
        SCENARIO(clean_ends_can_be_too_many),
        SCENARIO(a_start_clears_the_count_of_short_runs),
        SCENARIO(a_start_ends_the_delay),
        SCENARIO(a_stop_ends_the_delay),
        SCENARIO(a_delay_and_a_requirement_are_both_waited_for),
        SCENARIO(what_its_requirement_ended_is_no_short_run),
        SCENARIO(a_start_that_finds_no_memory_is_tried_again),
        SCENARIO(what_cannot_be_started_is_not_tried_again),
        SCENARIO(a_load_that_failed_and_is_corrected_can_be_started),
        SCENARIO(what_could_not_start_once_starts_by_start_and_by_restart),
        SCENARIO(what_could_not_start_again_is_not_up),
        SCENARIO(a_reset_says_whether_there_was_a_short_run),
        SCENARIO(what_is_taken_away_has_no_start_limit_of_old),
        SCENARIO(what_is_not_ready_in_time_has_failed),
        SCENARIO(what_is_ready_stays_ready),
        SCENARIO(what_is_not_fed_has_failed_and_is_started_again),
        SCENARIO(the_watchdog_counts_from_where_it_is_up),
        SCENARIO(the_hardware_watchdog_waits_for_what_failed_for_good),
        SCENARIO(the_hardware_watchdog_waits_for_what_is_stuck),
        SCENARIO(what_swallows_its_cancel_is_stuck_and_has_no_second_copy),
        SCENARIO(a_second_stop_is_a_second_cancel),
        SCENARIO(a_task_of_no_service_may_take_its_time_to_end),
        SCENARIO(a_stop_beats_a_verdict_in_flight),
        SCENARIO(a_start_beats_a_verdict_in_flight),
        SCENARIO(what_returns_when_it_is_told_to_end_was_stopped),
        SCENARIO(what_raises_when_it_is_told_to_end_has_failed_and_stays_down),
        SCENARIO(a_run_may_end_within_its_own_cancel),
        SCENARIO(what_is_told_to_end_does_not_get_ready),
        SCENARIO(a_core_service_is_up_when_it_has_ended_well),
        SCENARIO(a_good_end_of_a_core_service_is_final),
        SCENARIO(a_core_service_is_up_until_a_run_of_its_own_fails),
        SCENARIO(a_core_service_that_ended_well_leaves_its_dependants_when_it_is_stopped_or_unloaded),
        SCENARIO(an_error_that_a_core_service_returns_is_no_good_end),
        SCENARIO(boot_runs_core_services_side_by_side_and_in_order),
        SCENARIO(boot_does_not_wait_for_what_cannot_run),
        SCENARIO(boot_refuses_what_requires_a_failed_one),
        SCENARIO(boot_waits_for_restarts),
        SCENARIO(boot_does_not_wait_for_what_is_stuck),
        SCENARIO(boot_leaves_out_a_circle_and_boots_the_rest),
        SCENARIO(a_boot_that_is_given_up_leaves_its_services),
        SCENARIO(a_boot_within_a_boot_waits_once),
        SCENARIO(a_core_service_that_raises_when_it_is_stopped_stays_up),
        SCENARIO(a_core_service_that_is_taken_away_is_not_up),
        SCENARIO(what_is_unloaded_is_forgotten_and_released),
        SCENARIO(an_unload_ends_dependants_first),
        SCENARIO(a_chain_that_is_unloaded_in_any_order_ends_without_waiting_for_stop_ms),
        SCENARIO(a_name_keeps_its_record_while_others_use_it),
        SCENARIO(a_second_unload_does_not_wait_for_dependants),
        SCENARIO(what_is_stuck_is_forgotten_and_released_when_it_ends),
        SCENARIO(what_is_loaded_while_it_is_unloaded_stays),
        SCENARIO(what_is_loaded_again_waits_for_the_end_of_its_old_run),
        SCENARIO(what_was_unloaded_after_it_returned_is_not_up),
        SCENARIO(what_is_loaded_anew_has_no_start_limit_of_old),
        SCENARIO(what_is_loaded_anew_has_no_start_limit_of_old_though_others_name_it),
        SCENARIO(a_load_of_what_runs_starts_an_instance),
        SCENARIO(a_restart_ends_instances_before_it_starts),
        SCENARIO(instances_end_where_what_they_require_ends),
        SCENARIO(instances_hold_what_they_require),
        SCENARIO(an_unload_ends_instances_and_children),
        SCENARIO(children_end_when_their_service_fails),
        SCENARIO(children_end_when_their_service_is_stopped),
        SCENARIO(a_child_that_is_added_while_its_service_is_stopped_goes_on),
        SCENARIO(a_stop_reaches_children_of_a_service_that_was_stopped_after_it_returned),
        SCENARIO(a_stop_spares_the_child_that_asked_for_it),
        SCENARIO(a_stop_of_what_its_service_requires_spares_the_child_that_asked_for_it),
        SCENARIO(a_stop_of_another_service_spares_no_child),
        SCENARIO(a_child_that_stops_itself_is_not_spared),
        SCENARIO(a_spared_child_is_stopped_by_its_own_name_and_by_an_interrupt),
        SCENARIO(a_spared_child_is_a_child_again_when_it_is_started_again),
        SCENARIO(a_spared_child_that_fails_is_not_started_again),
        SCENARIO(children_go_on_when_their_service_returns),
        SCENARIO(children_go_on_while_an_instance_does),
        SCENARIO(children_hold_what_their_service_requires),
        SCENARIO(a_child_that_fails_or_ends_is_its_own_affair),
        SCENARIO(a_child_takes_the_place_of_one_of_its_name),
        SCENARIO(a_child_is_replaced_while_another_service_is_unloaded),
        SCENARIO(instances_end_at_once_where_a_restart_waits_for_its_turn),
        SCENARIO(instances_end_at_once_where_a_stop_waits_for_its_turn),
        SCENARIO(instances_of_a_returned_service_end_with_what_it_requires),
        SCENARIO(no_instance_is_added_to_a_run_that_ends_to_come_back),
        SCENARIO(a_child_can_be_started_after_its_service_has_failed),
        SCENARIO(a_child_that_fails_leaves_the_others_of_a_returned_service),
        SCENARIO(children_of_a_returned_service_end_at_once_where_a_stop_waits_for_its_turn),
        SCENARIO(what_is_scheduled_runs_when_it_is_due_and_keeps_its_phase),
        SCENARIO(a_run_that_is_still_going_is_not_doubled),
        SCENARIO(nothing_fires_while_no_schedule_runs),
        SCENARIO(what_is_scheduled_for_once_runs_once),
        SCENARIO(a_stop_takes_it_out_of_its_schedule),
        SCENARIO(a_stop_may_keep_it_in_its_schedule),
        SCENARIO(a_cancel_by_its_user_keeps_it_in_its_schedule),
        SCENARIO(a_start_by_hand_leaves_the_schedule),
        SCENARIO(what_is_due_while_its_requirement_is_down_runs_once_when_that_is_back),
        SCENARIO(a_run_of_a_schedule_ends_where_its_requirement_fails_and_is_made_up_for),
        SCENARIO(what_is_scheduled_is_up_until_a_run_of_it_fails),
        SCENARIO(the_policy_is_not_asked_where_it_is_due_again),
        SCENARIO(the_policy_is_asked_after_the_last_due_time),
        SCENARIO(the_start_limit_holds_for_schedules),
        SCENARIO(a_task_may_be_scheduled_before_and_after_it_ran),
        SCENARIO(a_start_that_made_no_step_can_be_taken_back_by_a_schedule),
        SCENARIO(what_is_taken_out_of_the_schedule_does_not_run),
        SCENARIO(what_is_due_while_it_ends_is_left_out),
        SCENARIO(what_is_due_while_it_is_stuck_is_left_out),
        SCENARIO(a_due_time_is_not_used_up_while_no_schedule_runs),
        SCENARIO(what_is_scheduled_is_up_before_the_schedule_runs),
        SCENARIO(the_policy_is_not_asked_about_what_was_stopped_and_is_wanted_by_its_schedule),
        SCENARIO(a_due_time_does_not_put_off_a_restart),
        SCENARIO(what_is_loaded_with_its_schedule_again_is_refused_again),
        SCENARIO(what_is_taken_away_leaves_its_schedule_without_a_word),
        SCENARIO(a_due_time_further_than_the_horizon_is_met),
        SCENARIO(a_gap_longer_than_the_horizon_loses_no_deadline),
        SCENARIO(missed_times_of_a_period_are_skipped),
        SCENARIO(deadlines_come_in_their_order_whoever_was_the_first_to_have_one),
        SCENARIO(deadlines_come_in_their_order_where_the_word_of_the_clock_wraps),
        SCENARIO(an_interrupt_ends_all_services_and_no_other_tasks),
        SCENARIO(an_interrupt_stops_what_waits),
        SCENARIO(nothing_is_due_in_an_interrupt_and_schedules_go_on_after_it),
        SCENARIO(a_second_interrupt_cuts_no_clean_up_short),
        SCENARIO(runs_of_a_loop_that_is_gone_are_stopped),
        SCENARIO(a_stop_within_the_start_of_another),
        SCENARIO(a_start_within_the_cancel_of_the_same),
        SCENARIO(an_unload_within_a_refusal),
        SCENARIO(a_load_within_the_very_forgetting),
        SCENARIO(a_load_within_the_release),
        SCENARIO(an_unload_of_what_is_told_to_end_forgets_it_at_once),
        SCENARIO(children_of_a_returned_service_end_before_what_it_requires),
        SCENARIO(what_safe_mode_stops_is_set_aside_until_its_user_speaks),
        SCENARIO(a_reload_forgets_the_service_and_leaves_it_wanted),
        SCENARIO(a_returned_service_whose_children_had_to_end_starts_again),
        SCENARIO(a_stuck_run_keeps_its_schedule),
        SCENARIO(a_start_while_the_old_run_ends_clears_the_count_of_short_runs),
        SCENARIO(a_load_that_fails_ends_the_delay),
        SCENARIO(an_interrupt_keeps_the_schedules_of_instances),
        SCENARIO(a_further_run_of_a_core_service_ends_without_its_dependants),
        SCENARIO(dependants_of_a_scheduled_service_do_not_end_with_its_runs),
        SCENARIO(a_refusal_is_not_told_again_when_its_cause_is_refused_in_turn),
        SCENARIO(children_end_with_a_run_that_is_restarted_at_once),
        SCENARIO(further_instances_end_before_a_restart_that_takes_no_time),
        SCENARIO(what_was_unloaded_is_not_there_though_it_had_returned),
        SCENARIO(what_returned_and_is_unloaded_is_nothing_to_start_with),
        SCENARIO(what_is_named_twice_stands_in_the_way_once),
        SCENARIO(what_is_scheduled_once_stays_up_when_its_time_comes),
        SCENARIO(a_refusal_makes_up_no_failure_of_what_is_scheduled),
        SCENARIO(what_is_told_to_end_after_a_long_rest_has_its_time),
        SCENARIO(what_is_ready_in_its_first_step_is_up),
        SCENARIO(there_are_no_more_records_and_edges_than_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
