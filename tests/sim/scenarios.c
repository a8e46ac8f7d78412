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

static void dependants_end_first(void **state) {
    world_t *w = *state;
    requires(w, "web", "net");
    load(w, "web");
    pass(w, 0);
    forget_what_happened(w);
    stop(w, "net");
    pass(w, 0);
    happened(w, "cancel web, web ended, cancel net, net ended");
    is(w, "web", ASVC_STOPPED);
    is(w, "net", ASVC_STOPPED);
}

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

#define SCENARIO(name) cmocka_unit_test_setup_teardown(name, create, check)

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(what_is_required_starts_first),
        SCENARIO(dependants_end_first),
        SCENARIO(an_unload_of_what_is_told_to_end_forgets_it_at_once),
        SCENARIO(children_of_a_returned_service_end_before_what_it_requires),
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
