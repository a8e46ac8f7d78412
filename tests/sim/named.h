// The words that scenarios are made of: what world.h does to things by number, here by name.
//
// A name that is not there is the test's mistake, and ends it. To be included after cmocka.h.
#ifndef ASVC_TESTS_SIM_NAMED_H
#define ASVC_TESTS_SIM_NAMED_H

#include "world.h"

static inline int named(const world_t *w, const char *name) {
    int i = world_find(w, name);
    if (i < 0) {
        fail_msg("there is no %s", name);
    }
    return i;
}

static inline world_thing_t *thing(world_t *w, const char *name) {
    return &w->thing[named(w, name)];
}

static inline world_script_t *script(world_t *w, const char *name) {
    return &thing(w, name)->script;
}

static inline asvc_rules_t *rules(world_t *w, const char *name) {
    return &thing(w, name)->rules;
}

// A service file that runs on, and ends when it is told to.
static inline void service(world_t *w, const char *name) {
    assert_true(world_file(w, name) >= 0);
}

static inline void name_each_other(world_t *w, const char *from, const char *to, int kind) {
    if (world_find(w, from) < 0) {
        service(w, from);
    }
    if (world_find(w, to) < 0) {
        service(w, to);
    }
    world_name(w, named(w, from), named(w, to), kind);
}

// Both are services from then on.
static inline void requires(world_t *w, const char *from, const char *to) {
    name_each_other(w, from, to, WORLD_REQUIRES);
}
static inline void after(world_t *w, const char *from, const char *to) {
    name_each_other(w, from, to, WORLD_AFTER);
}
static inline void wants(world_t *w, const char *from, const char *to) {
    name_each_other(w, from, to, WORLD_WANTS);
}

static inline bool load(world_t *w, const char *name) {
    return world_load(w, named(w, name));
}
static inline bool start(world_t *w, const char *name) {
    return world_start(w, named(w, name));
}
static inline bool stop(world_t *w, const char *name) {
    return world_stop(w, named(w, name), false);
}
static inline bool stop_by(world_t *w, const char *by, const char *name) {
    return world_stop_by(w, named(w, by), named(w, name), false);
}
static inline bool restart(world_t *w, const char *name) {
    return world_restart(w, named(w, name));
}
static inline bool unload(world_t *w, const char *name) {
    return world_unload(w, named(w, name));
}
static inline bool reset_failed(world_t *w, const char *name) {
    return world_reset_failed(w, named(w, name));
}
static inline bool stop_but_keep_schedule(world_t *w, const char *name) {
    return world_stop(w, named(w, name), true);
}
static inline bool child(world_t *w, const char *parent, const char *name) {
    return world_child(w, named(w, parent), name) >= 0;
}
static inline void fails(world_t *w, const char *name) {
    assert_true(world_end(w, named(w, name), ASVC_RAISED));
}
static inline void returns(world_t *w, const char *name) {
    assert_true(world_end(w, named(w, name), ASVC_RETURNED));
}
// By task.cancel(), which its user called.
static inline void is_cancelled(world_t *w, const char *name) {
    assert_true(world_end(w, named(w, name), ASVC_CANCELLED));
}
static inline void ready(world_t *w, const char *name) {
    assert_true(world_ready(w, named(w, name)));
}
static inline void feed(world_t *w, const char *name) {
    assert_true(world_feed(w, named(w, name)));
}
static inline void schedule(world_t *w, const char *name, int64_t in_ms, int64_t repeat_ms) {
    assert_true(world_schedule(w, named(w, name), in_ms, repeat_ms));
}

// Its restart rules: burst 3, a run is healthy after a second, delays double from 200 ms to a second.
static inline void restarts(world_t *w, const char *name, asvc_restart_policy_t policy) {
    rules(w, name)->restart = (asvc_restart_rules_t){
        .policy = (uint8_t)policy,
        .delay_ms = 200,
        .delay_max_ms = 1000,
        .factor_percent = 200,
        .burst = 3,
        .healthy_ms = 1000,
    };
}

static inline void core(world_t *w, const char *name) {
    service(w, name);
    thing(w, name)->core = true;
}

// The schedule in its file.
static inline void scheduled(world_t *w, const char *name, int64_t start_in_ms, int64_t repeat_ms) {
    service(w, name);
    thing(w, name)->start_in_ms = start_in_ms;
    thing(w, name)->repeat_ms = repeat_ms;
}

static inline void swallows_cancels(world_t *w, const char *name) {
    script(w, name)->obeys_ms = WORLD_NEVER;
}

static inline void ends_late(world_t *w, const char *name, int64_t ms) {
    script(w, name)->obeys_ms = ms;
}

static inline void pass(world_t *w, int64_t ms) {
    world_pass(w, ms);
}

static inline asvc_state_t state_of(const world_t *w, const char *name) {
    return world_state(w, named(w, name));
}

static inline void is(const world_t *w, const char *name, asvc_state_t state) {
    if (state_of(w, name) != state) {
        fail_msg("%s is %s, not %s", name, asvc_state_name(state_of(w, name)), asvc_state_name(state));
    }
}

// What happened since the last look, in its order: actions and ends of runs.
static inline void happened(world_t *w, const char *text) {
    if (w->broken[0] != '\0') {
        fail_msg("%s", w->broken);
    }
    assert_string_equal(w->trace->text, text);
    *w->trace = (world_trace_t){ .len = 0 };
}

static inline void forget_what_happened(world_t *w) {
    *w->trace = (world_trace_t){ .len = 0 };
}

#endif
