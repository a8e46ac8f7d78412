#include "world.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { NONE = -1, MOST_ROUNDS = 1000 };

// ---- storage --------------------------------------------------------------------------------

static void rebase(world_t *w) {
    for (int i = 0; i < WORLD_PAGES; i++) {
        w->page_table[i] = &w->page[i];
    }
    w->m.pages = w->page_table;
    for (int i = 0; i < WORLD_EDGE_PAGES; i++) {
        w->edge_table[i] = &w->edge_page[i];
    }
    w->m.edge_pages = w->edge_table;
    for (int i = 0; i < WORLD_THINGS; i++) {
        asvc_id_t id = w->thing[i].id;
        if (id != ASVC_NO_ID && asvc_record(&w->m, id)->block != NULL) {
            asvc_record(&w->m, id)->block = &w->thing[i].block;
        }
    }
}

void world_init(world_t *w, int64_t now_ms) {
    memset(w, 0, sizeof(*w));
    w->began_ms = w->now_ms = now_ms;
    for (int i = 0; i < WORLD_PAGES; i++) {
        asvc_manager_add_page(&w->m, &w->page[i], w->page_table);
    }
    for (int i = 0; i < WORLD_EDGE_PAGES; i++) {
        asvc_manager_add_edge_page(&w->m, &w->edge_page[i], w->edge_table);
    }
    rebase(w);
    asvc_manager_look(&w->m, w->now_ms);
}

void world_copy(world_t *to, const world_t *from) {
    memcpy(to, from, sizeof(*to));
    rebase(to);
}

void world_break(world_t *w, const char *format, ...) {
    if (w->broken[0] == '\0') {
        va_list args;
        va_start(args, format);
        vsnprintf(w->broken, sizeof(w->broken), format, args);
        va_end(args);
    }
}

// ---- the trace ------------------------------------------------------------------------------

const char *world_action_name(asvc_action_kind_t kind) {
    switch (kind) {
    case ASVC_DO_NOTHING:
        return "nothing";
    case ASVC_DO_START:
        return "start";
    case ASVC_DO_CANCEL:
        return "cancel";
    case ASVC_DO_UNSCHEDULE:
        return "unschedule";
    case ASVC_DO_FORGET:
        return "forget";
    case ASVC_DO_RELEASE:
        return "release";
    case ASVC_DO_ESCALATE:
        return "escalate";
    case ASVC_DO_BOOT:
        return "booted";
    case ASVC_TELL_REFUSED:
        return "refused";
    case ASVC_TELL_STUCK:
        return "stuck";
    case ASVC_TELL_MISSED:
        return "missed";
    case ASVC_TELL_VIEW:
        return "looks otherwise";
    }
    return "?";
}

__attribute__((format(printf, 2, 3))) static void note(world_t *w, const char *format, ...) {
    world_trace_t *trace = w->trace;
    if (trace == NULL || trace->len + 64 > sizeof(trace->text)) {
        return;
    }
    if (trace->len > 0) {
        trace->len += (size_t)snprintf(trace->text + trace->len, sizeof(trace->text) - trace->len, ", ");
    }
    va_list args;
    va_start(args, format);
    trace->len += (size_t)vsnprintf(trace->text + trace->len, sizeof(trace->text) - trace->len, format, args);
    va_end(args);
}

static void mix(uint64_t *digest, uint64_t value) {
    uint64_t z = (*digest ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    *digest = z ^ (z >> 32);
}

static void announce(world_t *w, world_event_t event, int i, int64_t what) {
    if (w->event != NULL) {
        w->event(w, event, i, what);
    }
}

// ---- things ---------------------------------------------------------------------------------

static world_thing_t *thing(world_t *w, int i) {
    return &w->thing[i];
}

int world_of(const world_t *w, asvc_id_t id) {
    return (int)(intptr_t)asvc_manager_user(&w->m, id) - 1;
}

int world_find(const world_t *w, const char *name) {
    for (int i = 0; i < WORLD_THINGS; i++) {
        if (w->thing[i].used && strcmp(w->thing[i].name, name) == 0) {
            return i;
        }
    }
    return NONE;
}

static int new_thing(world_t *w, asvc_kind_t kind, const char *name) {
    for (int i = 0; i < WORLD_THINGS; i++) {
        world_thing_t *t = thing(w, i);
        if (!t->used) {
            memset(t, 0, sizeof(*t));
            t->used = true;
            t->kind = kind;
            snprintf(t->name, sizeof(t->name), "%s", name);
            t->start_in_ms = WORLD_NEVER;
            t->script = (world_script_t){
                .ready_ms = WORLD_NEVER,
                .feed_ms = WORLD_NEVER,
                .ends_ms = WORLD_NEVER,
                .obeys_how = ASVC_CANCELLED,
            };
            return i;
        }
    }
    return NONE;
}

int world_file(world_t *w, const char *name) {
    int i = world_find(w, name);
    i = i == NONE ? new_thing(w, ASVC_KIND_SERVICE, name) : i;
    if (i != NONE) {
        thing(w, i)->has_file = true;
    }
    return i;
}

void world_name(world_t *w, int from, int to, int kind) {
    world_thing_t *t = thing(w, from);
    for (int n = 0; n < t->n_named[kind]; n++) {
        if (t->named[kind][n] == to) {
            return;
        }
    }
    if (t->n_named[kind] < WORLD_MOST_NAMED) {
        t->named[kind][t->n_named[kind]++] = (uint8_t)to;
    }
}

static asvc_record_t *record(world_t *w, int i) {
    return asvc_record(&w->m, thing(w, i)->id);
}

static bool has_room(const world_t *w, size_t records) {
    return asvc_manager_room(&w->m) >= records;
}

static void define(world_t *w, int i, bool owned) {
    world_thing_t *t = thing(w, i);
    asvc_id_t parent =
        t->kind == ASVC_KIND_INSTANCE || t->kind == ASVC_KIND_CHILD ? thing(w, t->parent)->id : ASVC_NO_ID;
    announce(w, WORLD_DEFINED, i, owned);
    t->id = asvc_manager_define(&w->m, (asvc_kind_t)t->kind, parent, (void *)(intptr_t)(i + 1), owned);
}

static bool has_rules(const asvc_rules_t *rules) {
    static const asvc_rules_t none;
    return memcmp(rules, &none, sizeof(none)) != 0;
}

static void hide(world_t *w, int i, bool hidden) {
    announce(w, WORLD_HIDDEN, i, hidden);
    asvc_manager_hide(&w->m, thing(w, i)->id, hidden);
}

// Gives it a block where it needs one, as a load reads it. One that it has is kept, also where the service was forgotten
// meanwhile and others name it: the manager is to forget what that says of runs.
static void read_rules(world_t *w, int i, bool scheduled) {
    world_thing_t *t = thing(w, i);
    bool needs = has_rules(&t->rules) || scheduled;
    bool fresh = record(w, i)->block == NULL, anew = fresh || t->forgotten;
    if (fresh) {
        t->block = (asvc_block_t){ .started_ms = w->now_ms, .fed_ms = w->now_ms };
    }
    t->forgotten = false;
    announce(w, WORLD_READ, i, !needs ? 0 : anew ? 2 : 1);
    asvc_manager_set_block(&w->m, t->id, needs ? &t->block : NULL, needs ? &t->rules : NULL);
}

static void stop(world_t *w, int i, bool keep_schedule) {
    announce(w, WORLD_STOPPED, i, keep_schedule);
    asvc_manager_stop(&w->m, thing(w, i)->id, keep_schedule);
}

static void drop(world_t *w, int i) {
    announce(w, WORLD_DROPPED, i, 0);
    asvc_manager_drop(&w->m, thing(w, i)->id);
}

static void start(world_t *w, int i) {
    announce(w, WORLD_STARTED, i, 0);
    asvc_manager_start(&w->m, thing(w, i)->id);
}

static void cannot_start(world_t *w, int i) {
    announce(w, WORLD_CANNOT_START, i, 0);
    asvc_manager_cannot_start(&w->m, thing(w, i)->id);
}

static void want(world_t *w, int i) {
    announce(w, WORLD_WANTED, i, 0);
    asvc_manager_want(&w->m, thing(w, i)->id);
}

static void clear_names(world_t *w, int i) {
    announce(w, WORLD_UNNAMED, i, 0);
    asvc_manager_clear_names(&w->m, thing(w, i)->id);
}

static void unschedule(world_t *w, int i) {
    announce(w, WORLD_UNSCHEDULED, i, 0);
    asvc_manager_unschedule(&w->m, thing(w, i)->id);
}

static void put_in_schedule(world_t *w, int i, int64_t due_ms, int64_t period_ms) {
    thing(w, i)->block.period_ms = period_ms; // for who sees the event
    announce(w, WORLD_SCHEDULED, i, due_ms);
    asvc_manager_schedule(&w->m, thing(w, i)->id, due_ms, period_ms, false);
}

// ---- actions --------------------------------------------------------------------------------

static void forget_thing(world_t *w, int i) {
    world_thing_t *t = thing(w, i);
    t->id = ASVC_NO_ID;
    if (t->kind != ASVC_KIND_SERVICE) {
        t->used = false;
    }
}

static void carry_out_start(world_t *w, int i) {
    world_thing_t *t = thing(w, i);
    if (t->runs) {
        world_break(w, "%s: a second run was started", t->name);
    }
    t->n_starts += t->n_starts < UINT16_MAX;
    if (t->script.cannot_start) {
        cannot_start(w, i);
    } else if (t->script.no_memory > 0) {
        t->script.no_memory -= 1;
        announce(w, WORLD_NO_MEMORY, i, 0);
        asvc_manager_no_memory(&w->m, t->id);
    } else {
        t->runs = true;
        t->stepped = t->said_ready = t->told = false;
        t->cancels = 0;
        t->began_ms = t->fed_ms = w->now_ms;
    }
}

static void report_end(world_t *w, int i, asvc_how_t how) {
    world_thing_t *t = thing(w, i);
    t->runs = false;
    note(w, "%s %s", t->name, how == ASVC_CANCELLED ? "ended" : how == ASVC_RAISED ? "raised" : "returned");
    asvc_manager_set_now(&w->m, w->now_ms);
    if (t->kind == ASVC_KIND_SERVICE && t->loaded) {
        read_rules(w, i, record(w, i)->scheduled); // the policy is the one that it has now
    }
    announce(w, WORLD_ENDED, i, (int64_t)how);
    asvc_manager_ended(&w->m, t->id, how);
}

static void carry_out_cancel(world_t *w, int i) {
    world_thing_t *t = thing(w, i);
    if (!t->runs) {
        world_break(w, "%s: cancelled without a run", t->name);
        return;
    }
    t->cancels += t->cancels < UINT8_MAX;
    if (!t->told) {
        t->told = true;
        t->told_ms = w->now_ms;
    }
    if (t->script.ends_in_cancel) {
        report_end(w, i, ASVC_CANCELLED);
    }
}

// Takes the service out of the registry, and all that belongs to it out of the table.
static void carry_out_forget(world_t *w, int i) {
    thing(w, i)->loaded = false;
    thing(w, i)->forgotten = true;
    unschedule(w, i);
    for (int k = 0; k < WORLD_THINGS; k++) {
        world_thing_t *below = thing(w, k);
        if (below->used && below->id != ASVC_NO_ID && asvc_record_is_below(record(w, k))
            && below->parent == i) {
            below->loaded = false;
            unschedule(w, k);
            hide(w, k, true);
        }
    }
}

static void carry_out_release(world_t *w, int i) {
    world_thing_t *t = thing(w, i);
    if (t->runs) {
        world_break(w, "%s: released while it runs", t->name);
    }
    if (t->kind == ASVC_KIND_SERVICE) {
        clear_names(w, i);
    }
    announce(w, WORLD_RELEASED, i, 0);
    asvc_manager_release(&w->m, t->id);
    forget_thing(w, i);
}

// What is told of how things look changes nothing: on_quiet() finds what was not told.
static bool is_view(const asvc_action_t *action) {
    return action->kind == ASVC_TELL_VIEW || action->kind == ASVC_TELL_MISSED;
}

static void carry_out(world_t *w, const asvc_action_t *action) {
    if (is_view(action)) {
        return;
    }
    int i = world_of(w, action->id);
    world_thing_t *t = thing(w, i);
    w->n_actions += 1;
    mix(&w->digest,
        (uint64_t)(w->now_ms - w->began_ms) << 24 | (uint64_t)action->id << 8 | action->kind << 1
            | action->by_policy);
    if (action->kind == ASVC_TELL_REFUSED) {
        note(w, "refused %s: %s", t->name,
            action->because == ASVC_NO_ID ? "?" : thing(w, world_of(w, action->because))->name);
    } else {
        note(w, "%s %s", world_action_name(action->kind), t->name);
    }
    if (w->seen != NULL) {
        w->seen(w, action);
    }
    switch (action->kind) {
    case ASVC_DO_START:
        carry_out_start(w, i);
        break;
    case ASVC_DO_CANCEL:
        carry_out_cancel(w, i);
        break;
    case ASVC_DO_FORGET:
        carry_out_forget(w, i);
        break;
    case ASVC_DO_RELEASE:
        carry_out_release(w, i);
        break;
    case ASVC_DO_ESCALATE:
        t->n_escalated += t->n_escalated < UINT16_MAX;
        break;
    case ASVC_DO_BOOT:
        t->n_booted += t->n_booted < UINT16_MAX;
        break;
    case ASVC_TELL_REFUSED:
        t->n_refused += t->n_refused < UINT16_MAX;
        break;
    case ASVC_TELL_STUCK:
        t->n_stuck += t->n_stuck < UINT16_MAX;
        break;
    case ASVC_DO_NOTHING:
    case ASVC_DO_UNSCHEDULE:
    case ASVC_TELL_MISSED:
    case ASVC_TELL_VIEW:
        break;
    }
    if (w->meddle != NULL) {
        w->depth += 1;
        w->meddle(w, action, i);
        w->depth -= 1;
    }
}

void world_drain(world_t *w) {
    for (int n = 0; n < MOST_ROUNDS; n++) {
        asvc_action_t action = asvc_manager_next(&w->m);
        if (action.kind == ASVC_DO_NOTHING) {
            if (w->interrupted && !asvc_manager_any_live(&w->m)) {
                w->interrupted = false;
                announce(w, WORLD_INTERRUPTED, NONE, false);
                asvc_manager_interrupt_over(&w->m);
            }
            if (w->quiet != NULL) {
                w->quiet(w);
            }
            return;
        }
        carry_out(w, &action);
    }
    world_break(w, "the manager always has something more to do");
}

static void begin(world_t *w) {
    asvc_manager_set_now(&w->m, w->now_ms);
}

// ---- what users do --------------------------------------------------------------------------

static bool goes_on(world_t *w, int i) {
    return thing(w, i)->id != ASVC_NO_ID && asvc_record_goes_on(record(w, i));
}

static bool is_service(world_t *w, int i) {
    return thing(w, i)->used && thing(w, i)->kind == ASVC_KIND_SERVICE;
}

static bool is_loaded(world_t *w, int i) {
    return thing(w, i)->used && thing(w, i)->loaded && thing(w, i)->id != ASVC_NO_ID;
}

static bool is_barred(world_t *w, int i) {
    bool barred = thing(w, i)->id != ASVC_NO_ID && asvc_record_limit_hit(record(w, i));
    if (barred) {
        note(w, "barred %s", thing(w, i)->name);
    }
    return barred;
}

// What a load, a start or a boot is to start, what is required before what requires it.
typedef struct {
    uint8_t order[WORLD_THINGS];
    bool seen[WORLD_THINGS];
    bool anew[WORLD_THINGS]; // its file is read, though it is loaded
    bool read[WORLD_THINGS]; // it was loaded anew
    bool bad[WORLD_THINGS]; // of a circle
    int n;
} plan_t;

// The record of a service or, where there is none, of its name.
static bool name_record(world_t *w, int i) {
    if (thing(w, i)->id != ASVC_NO_ID) {
        return true;
    }
    if (!has_room(w, 1)) {
        return false;
    }
    define(w, i, true);
    hide(w, i, true);
    return true;
}

static void read_names(world_t *w, int i) {
    world_thing_t *t = thing(w, i);
    clear_names(w, i);
    for (int kind = WORLD_REQUIRES; kind <= WORLD_AFTER; kind++) {
        for (int n = 0; n < t->n_named[kind]; n++) {
            int to = t->named[kind][n];
            if (asvc_manager_edge_room(&w->m) > 0 && name_record(w, to)) {
                announce(w, WORLD_NAMED, i, to << 1 | (kind == WORLD_AFTER));
                asvc_manager_name(
                    &w->m, t->id, thing(w, to)->id, kind == WORLD_AFTER ? ASVC_AFTER : ASVC_REQUIRES);
            }
        }
    }
}

// Reads a file: all but starting it.
static bool read_file(world_t *w, int i) {
    world_thing_t *t = thing(w, i);
    if (t->id == ASVC_NO_ID) {
        if (!has_room(w, 1)) {
            return false;
        }
        define(w, i, true);
    }
    hide(w, i, false);
    t->loaded = true;
    t->in_circle = false;
    if (t->start_in_ms == WORLD_NEVER) {
        unschedule(w, i);
    }
    read_rules(w, i, t->start_in_ms != WORLD_NEVER);
    announce(w, WORLD_CORE, i, t->core);
    asvc_manager_set_core(&w->m, t->id, t->core);
    read_names(w, i);
    return true;
}

static void plan(world_t *w, plan_t *p, int i);

// Pulls it in, unless it comes anyway or nothing can be done about it.
static void plan_along(world_t *w, plan_t *p, int i) {
    asvc_id_t id = thing(w, i)->id;
    bool comes = id != ASVC_NO_ID && asvc_manager_is_coming(&w->m, id);
    bool helpless =
        id != ASVC_NO_ID && (record(w, i)->run == ASVC_RUN_STUCK || asvc_record_limit_hit(record(w, i)));
    if (!comes && !helpless) {
        plan(w, p, i);
    }
}

static void plan(world_t *w, plan_t *p, int i) {
    world_thing_t *t = thing(w, i);
    if (p->seen[i]) {
        return;
    }
    p->seen[i] = true;
    if (p->anew[i] || !t->loaded) {
        if (!t->has_file || !read_file(w, i)) {
            return;
        }
        p->read[i] = true;
    }
    for (uint16_t at = asvc_edges_out(record(w, i)); at != 0; at = asvc_edge(&w->m, at)->next_out) {
        if (asvc_edge(&w->m, at)->kind == ASVC_REQUIRES) {
            plan_along(w, p, world_of(w, asvc_edge(&w->m, at)->to));
        }
    }
    for (int n = 0; p->read[i] && n < t->n_named[WORLD_WANTS]; n++) {
        plan_along(w, p, t->named[WORLD_WANTS][n]);
    }
    p->order[p->n++] = (uint8_t)i;
}

// Of a circle all that are new are refused: what was loaded before keeps its names.
static void refuse_circles(world_t *w, plan_t *p) {
    for (int k = 0; k < p->n; k++) {
        asvc_id_t circle[WORLD_THINGS];
        if (!p->read[p->order[k]]) {
            continue;
        }
        size_t len = asvc_edges_find_circle(&w->m, thing(w, p->order[k])->id, circle, WORLD_THINGS);
        for (size_t at = 0; at < len; at++) {
            int member = world_of(w, circle[at]);
            p->bad[member] = p->bad[member] || p->read[member];
        }
    }
    for (int k = 0; k < p->n; k++) {
        int i = p->order[k];
        if (p->bad[i]) {
            thing(w, i)->in_circle = true;
            clear_names(w, i);
            if (!goes_on(w, i)) {
                cannot_start(w, i); // else that would be said of its present run
            }
            note(w, "circle %s", thing(w, i)->name);
        }
    }
}

static void start_one(world_t *w, int i, bool scheduled) {
    if (scheduled) {
        put_in_schedule(w, i, w->now_ms + thing(w, i)->start_in_ms, thing(w, i)->repeat_ms);
        want(w, i);
        return;
    }
    start(w, i);
}

static void start_planned(world_t *w, plan_t *p) {
    refuse_circles(w, p);
    for (int k = 0; k < p->n; k++) {
        int i = p->order[k];
        world_thing_t *t = thing(w, i);
        bool scheduled = t->start_in_ms != WORLD_NEVER && p->read[i];
        if (!p->bad[i] && !is_barred(w, i)) {
            start_one(w, i, scheduled);
        }
    }
}

bool world_load(world_t *w, int i) {
    if (!is_service(w, i) || !thing(w, i)->has_file) {
        return false;
    }
    if (goes_on(w, i) && !asvc_manager_is_unloading(&w->m, thing(w, i)->id) && thing(w, i)->loaded) {
        return world_instance(w, i) != NONE;
    }
    plan_t p = { .n = 0 };
    p.anew[i] = true;
    begin(w);
    plan(w, &p, i);
    start_planned(w, &p);
    if (w->tells_refusals && thing(w, i)->id != ASVC_NO_ID && record(w, i)->pending) {
        announce(w, WORLD_REFUSED, i, 0);
        if (asvc_manager_refuse(&w->m, thing(w, i)->id)) {
            note(w, "cannot load %s", thing(w, i)->name);
        }
    }
    world_drain(w);
    return thing(w, i)->loaded && !p.bad[i];
}

int world_boot(world_t *w) {
    plan_t p = { .n = 0 };
    int n = 0;
    begin(w);
    for (int i = 0; i < WORLD_THINGS; i++) {
        world_thing_t *t = thing(w, i);
        bool up = t->id != ASVC_NO_ID && record(w, i)->core && record(w, i)->good;
        p.anew[i] = is_service(w, i) && t->has_file && t->core && !up && !goes_on(w, i);
    }
    for (int i = 0; i < WORLD_THINGS; i++) {
        if (p.anew[i]) {
            plan(w, &p, i);
        }
    }
    for (int k = 0; k < p.n; k++) {
        if (thing(w, p.order[k])->core) {
            announce(w, WORLD_BOOTED, p.order[k], 0);
            asvc_manager_boot(&w->m, thing(w, p.order[k])->id);
            n += 1;
        }
    }
    start_planned(w, &p);
    world_drain(w);
    return n;
}

void world_leave_boot(world_t *w) {
    begin(w);
    for (int i = 0; i < WORLD_THINGS; i++) {
        if (thing(w, i)->used && thing(w, i)->id != ASVC_NO_ID) {
            announce(w, WORLD_LEFT_BOOT, i, 0);
            asvc_manager_leave_boot(&w->m, thing(w, i)->id);
        }
    }
    world_drain(w);
}

// by: what to do with it when what it requires is on its way.
static bool start_along(world_t *w, int i, void (*by)(world_t *w, int i)) {
    if (!is_loaded(w, i)) {
        return false;
    }
    begin(w);
    bool barred = is_barred(w, i);
    if (!barred) {
        plan_t p = { .n = 0 };
        plan(w, &p, i);
        p.n -= 1; // the last one is itself
        start_planned(w, &p);
        by(w, i);
    }
    world_drain(w);
    return !barred;
}

bool world_start(world_t *w, int i) {
    return start_along(w, i, start);
}

bool world_stop(world_t *w, int i, bool keep_schedule) {
    if (!is_loaded(w, i)) {
        return false;
    }
    begin(w);
    stop(w, i, keep_schedule);
    world_drain(w);
    return true;
}

bool world_stop_by(world_t *w, int by, int i, bool keep_schedule) {
    if (!is_loaded(w, i)) {
        return false;
    }
    begin(w);
    stop(w, i, keep_schedule);
    announce(w, WORLD_SPARED, by, 0);
    asvc_manager_spare(&w->m, thing(w, by)->id);
    world_drain(w);
    return true;
}

static void restart(world_t *w, int i) {
    announce(w, WORLD_RESTARTED, i, 0);
    asvc_manager_restart(&w->m, thing(w, i)->id);
}

bool world_restart(world_t *w, int i) {
    return start_along(w, i, restart);
}

bool world_unload(world_t *w, int i) {
    if (!is_loaded(w, i) || !is_service(w, i)) {
        return false;
    }
    begin(w);
    announce(w, WORLD_UNLOADED, i, 0);
    asvc_manager_unload(&w->m, thing(w, i)->id);
    world_drain(w);
    return true;
}

bool world_reset_failed(world_t *w, int i) {
    if (!is_loaded(w, i)) {
        return false;
    }
    begin(w);
    announce(w, WORLD_RESET, i, 0);
    bool any = asvc_manager_reset_failed(&w->m, thing(w, i)->id);
    world_drain(w);
    return any;
}

// Its name is free; it is told to end.
static void take_out_of_table(world_t *w, int i) {
    thing(w, i)->loaded = false;
    thing(w, i)->name[0] = '\0';
    drop(w, i);
    hide(w, i, true);
}

bool world_delete(world_t *w, int i) {
    if (!is_loaded(w, i)) {
        return false;
    }
    begin(w);
    if (is_service(w, i)) {
        drop(w, i);
    } else {
        take_out_of_table(w, i);
    }
    world_drain(w);
    return true;
}

static int add_below(world_t *w, asvc_kind_t kind, int parent, const char *name) {
    int i = is_loaded(w, parent) && has_room(w, 1) ? new_thing(w, kind, name) : NONE;
    if (i != NONE) {
        thing(w, i)->parent = (uint8_t)parent;
        thing(w, i)->loaded = true;
        thing(w, i)->script = thing(w, parent)->script;
        define(w, i, true);
        start(w, i);
        world_drain(w);
    }
    return i;
}

int world_child(world_t *w, int parent, const char *name) {
    char full[WORLD_NAME];
    begin(w);
    snprintf(full, sizeof(full), "%.4s.%.4s", thing(w, parent)->name, name);
    int old = world_find(w, full);
    if (old != NONE) {
        take_out_of_table(w, old); // the new one has its name
    }
    int i = add_below(w, ASVC_KIND_CHILD, parent, full);
    world_drain(w);
    return i;
}

int world_instance(world_t *w, int parent) {
    char full[WORLD_NAME];
    begin(w);
    for (int k = 1;; k++) {
        snprintf(full, sizeof(full), "%.4s@%d", thing(w, parent)->name, k % 1000);
        if (world_find(w, full) == NONE) {
            return add_below(w, ASVC_KIND_INSTANCE, parent, full);
        }
    }
}

int world_task(world_t *w, const char *name, bool starts) {
    int i = world_find(w, name) == NONE && has_room(w, 1) ? new_thing(w, ASVC_KIND_TASK, name) : NONE;
    if (i != NONE) {
        begin(w);
        thing(w, i)->loaded = true;
        define(w, i, false);
        if (starts) {
            start(w, i);
        }
        world_drain(w);
    }
    return i;
}

int world_unlisted_task(world_t *w) {
    int i = has_room(w, 1) ? new_thing(w, ASVC_KIND_TASK, "") : NONE;
    if (i != NONE) {
        begin(w);
        define(w, i, false);
        hide(w, i, true);
        start(w, i);
        world_drain(w);
    }
    return i;
}

static bool schedule(world_t *w, int i, int64_t in_ms, int64_t repeat_ms, bool wanted) {
    if (!is_loaded(w, i)) {
        return false;
    }
    begin(w);
    read_rules(w, i, true);
    int64_t due_ms = in_ms == WORLD_NEVER ? ASVC_NEVER_MS : w->now_ms + in_ms;
    put_in_schedule(w, i, due_ms, repeat_ms);
    if (wanted) {
        want(w, i);
    }
    world_drain(w);
    return true;
}

bool world_schedule(world_t *w, int i, int64_t in_ms, int64_t repeat_ms) {
    return schedule(w, i, in_ms, repeat_ms, true);
}

bool world_put_in_schedule(world_t *w, int i, int64_t in_ms, int64_t repeat_ms) {
    return schedule(w, i, in_ms, repeat_ms, false);
}

bool world_unschedule(world_t *w, int i) {
    if (!is_loaded(w, i)) {
        return false;
    }
    begin(w);
    unschedule(w, i);
    world_drain(w);
    return true;
}

void world_run_schedule(world_t *w, bool runs) {
    begin(w);
    announce(w, WORLD_SCHEDULE_RUNS, NONE, runs);
    asvc_manager_run_schedule(&w->m, runs);
    for (int i = 0; i < WORLD_THINGS; i++) {
        if (thing(w, i)->used && thing(w, i)->id != ASVC_NO_ID && record(w, i)->scheduled) {
            asvc_block_t *block = record(w, i)->block;
            put_in_schedule(w, i, block->due_ms, block->period_ms);
        }
    }
    world_drain(w);
}

void world_interrupt(world_t *w) {
    begin(w);
    w->interrupted = true;
    announce(w, WORLD_INTERRUPTED, NONE, true);
    asvc_manager_interrupt(&w->m);
    world_drain(w);
}

void world_new_loop(world_t *w) {
    begin(w);
    for (int i = 0; i < WORLD_THINGS; i++) {
        if (thing(w, i)->used && thing(w, i)->runs) {
            thing(w, i)->runs = false;
            announce(w, WORLD_ABANDONED, i, 0);
            asvc_manager_abandoned(&w->m, thing(w, i)->id);
        }
    }
    world_drain(w);
}

// ---- what runs do ---------------------------------------------------------------------------

bool world_step(world_t *w, int i) {
    world_thing_t *t = thing(w, i);
    if (!t->used || !t->runs || t->stepped) {
        return false;
    }
    if (t->told) {
        return world_end(w, i, ASVC_CANCELLED); // the cancel comes before all that it would do
    }
    begin(w);
    t->stepped = true;
    announce(w, WORLD_STEPPED, i, 0);
    asvc_manager_stepped(&w->m, t->id);
    world_drain(w);
    return true;
}

bool world_ready(world_t *w, int i) {
    world_thing_t *t = thing(w, i);
    if (!t->used || !t->runs) {
        return false;
    }
    begin(w);
    t->said_ready = true;
    announce(w, WORLD_SAID_READY, i, 0);
    asvc_manager_ready(&w->m, t->id);
    world_drain(w);
    return true;
}

bool world_feed(world_t *w, int i) {
    world_thing_t *t = thing(w, i);
    if (!t->used || !t->runs) {
        return false;
    }
    begin(w);
    t->fed_ms = w->now_ms;
    announce(w, WORLD_FED, i, 0);
    asvc_manager_feed(&w->m, t->id);
    world_drain(w);
    return true;
}

bool world_end(world_t *w, int i, asvc_how_t how) {
    if (!thing(w, i)->used || !thing(w, i)->runs) {
        return false;
    }
    report_end(w, i, how);
    world_drain(w);
    return true;
}

bool world_take_back(world_t *w, int i, int64_t in_ms, int64_t repeat_ms) {
    world_thing_t *t = thing(w, i);
    if (!t->used || !t->loaded || !t->runs || t->stepped || t->told) {
        return false;
    }
    begin(w);
    t->runs = false;
    read_rules(w, i, true);
    announce(w, WORLD_TAKEN_BACK, i, 0);
    asvc_manager_taken_back(&w->m, t->id);
    put_in_schedule(w, i, w->now_ms + in_ms, repeat_ms);
    world_drain(w);
    return true;
}

// ---- time -----------------------------------------------------------------------------------

static int64_t earlier(int64_t a, int64_t b) {
    return a < b ? a : b;
}

static int64_t time_of(int64_t since_ms, int64_t after_ms) {
    return after_ms == WORLD_NEVER ? ASVC_NEVER_MS : since_ms + after_ms;
}

// When the script has something to do next.
static int64_t script_ms(const world_thing_t *t) {
    const world_script_t *script = &t->script;
    if (!t->used || !t->runs) {
        return ASVC_NEVER_MS;
    }
    if (!t->stepped) {
        return t->began_ms;
    }
    int64_t at_ms = time_of(t->began_ms, script->ends_ms);
    if (t->told) {
        return earlier(at_ms, time_of(t->told_ms, script->obeys_ms));
    }
    if (!t->said_ready) {
        at_ms = earlier(at_ms, time_of(t->began_ms, script->ready_ms));
    }
    return earlier(at_ms, time_of(t->fed_ms, script->feed_ms));
}

static void follow_script(world_t *w, int i) {
    world_thing_t *t = thing(w, i);
    const world_script_t *script = &t->script;
    if (!t->stepped) {
        world_step(w, i);
    } else if (t->told && time_of(t->told_ms, script->obeys_ms) <= w->now_ms) {
        world_end(w, i, script->obeys_how);
    } else if (time_of(t->began_ms, script->ends_ms) <= w->now_ms) {
        world_end(w, i, script->ends_how);
    } else if (!t->said_ready && time_of(t->began_ms, script->ready_ms) <= w->now_ms) {
        world_ready(w, i);
    } else {
        world_feed(w, i);
    }
}

// Those that run at the beginning of a turn do one thing each. Answers whether there was one.
static bool one_turn(world_t *w) {
    bool runs[WORLD_THINGS], any = false;
    for (int i = 0; i < WORLD_THINGS; i++) {
        runs[i] = script_ms(thing(w, i)) <= w->now_ms;
    }
    for (int i = 0; i < WORLD_THINGS; i++) {
        if (runs[i] && script_ms(thing(w, i)) <= w->now_ms) {
            follow_script(w, i);
            any = true;
        }
    }
    return any;
}

void world_turn(world_t *w) {
    begin(w);
    announce(w, WORLD_LOOKED, NONE, 0);
    asvc_manager_look(&w->m, w->now_ms);
    world_drain(w);
    for (int n = 0; !w->manual && one_turn(w); n++) {
        if (n == MOST_ROUNDS) {
            world_break(w, "there is no end to what happens in one instant");
            return;
        }
    }
}

int64_t world_left_ms(const world_t *w) {
    int64_t left_ms = asvc_manager_left_ms(&w->m);
    for (int i = 0; i < WORLD_THINGS && !w->manual; i++) {
        int64_t at_ms = script_ms(&w->thing[i]);
        if (at_ms != ASVC_NEVER_MS) {
            left_ms = earlier(left_ms, at_ms > w->now_ms ? at_ms - w->now_ms : 0);
        }
    }
    return left_ms;
}

void world_pass(world_t *w, int64_t ms) {
    int64_t end_ms = w->now_ms + ms;
    int looked = 0; // in this instant: what is done may be due at once
    while (w->broken[0] == '\0' && w->now_ms <= end_ms) { // who meddles may let more time pass
        world_turn(w);
        int64_t left_ms = world_left_ms(w);
        looked = left_ms == 0 ? looked + 1 : 0;
        if (looked == MOST_ROUNDS) {
            world_break(w, "time stands still: something stays due");
        } else if (left_ms > end_ms - w->now_ms) {
            break;
        }
        w->now_ms += left_ms;
    }
    if (w->now_ms < end_ms) {
        w->now_ms = end_ms;
        begin(w);
    }
}

void world_jump(world_t *w, int64_t ms) {
    w->now_ms += ms;
    world_turn(w);
}

// ---- questions ------------------------------------------------------------------------------

asvc_state_t world_state(const world_t *w, int i) {
    asvc_id_t id = w->thing[i].id;
    return id == ASVC_NO_ID ? ASVC_INACTIVE : asvc_manager_state(&w->m, id);
}

// A time for the hash: from now, and no further back than matters to any rule.
static uint64_t ago(const world_t *w, int64_t at_ms) {
    const int64_t longest_ms = 1000000;
    if (at_ms == ASVC_NEVER_MS) {
        return 1;
    }
    int64_t by = at_ms - w->now_ms;
    return (uint64_t)(by < -longest_ms ? -longest_ms : by) << 1;
}

static uint64_t bits_of(const asvc_record_t *r) {
    uint64_t bits = 0;
    const unsigned flags[] = { r->core, r->owned, r->wanted, r->pending, r->delayed, r->by_policy, r->again,
        r->out, r->orphans, r->ran, r->good, r->scheduled, r->in_boot, r->refused, r->unloading, r->hurry,
        r->hidden, r->spared, r->ends_instances, r->ends_children, r->dead, r->spread, r->cancel_again,
        r->unschedule, r->escalate, r->tell_refused, r->tell_stuck, r->block != NULL };
    for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
        bits = bits << 1 | flags[i];
    }
    unsigned on_lists = 0;
    for (int list = 0; list < ASVC_LISTS; list++) {
        on_lists = on_lists << 1 | (r->next[list] != ASVC_NO_ID);
    }
    return (uint64_t)r->facts << 40 | bits << 12 | (uint64_t)r->kind << 10 | (uint64_t)r->run << 7
        | (uint64_t)r->last << 5 | (uint64_t)r->verdict << 3 | on_lists;
}

static void hash_block(const world_t *w, const asvc_record_t *r, uint64_t *hash) {
    const asvc_block_t *block = r->block;
    mix(hash, block->restart.delay_ms);
    mix(hash, (uint64_t)block->restart.short_runs << 1 | block->restart.limit_hit);
    bool goes_on = asvc_record_goes_on(r);
    mix(hash, goes_on ? ago(w, block->started_ms) : 0);
    mix(hash, goes_on ? ago(w, block->fed_ms) : 0);
    mix(hash, r->scheduled ? ago(w, block->due_ms) : 0);
    mix(hash, r->scheduled ? (uint64_t)block->period_ms : 0);
}

static void hash_record(const world_t *w, asvc_id_t id, uint64_t *hash) {
    const asvc_manager_t *m = &w->m;
    const asvc_record_t *r = asvc_record(m, id);
    mix(hash, bits_of(r));
    if (r->dead) {
        return;
    }
    if (r->block != NULL) {
        hash_block(w, r, hash);
    }
    mix(hash,
        (uint64_t)r->n_down << 48 | (uint64_t)r->n_lost << 32 | (uint64_t)r->n_leaving << 16 | r->n_coming);
    mix(hash,
        (uint64_t)r->n_held_by << 48 | (uint64_t)r->n_below << 32 | (uint64_t)r->n_going << 16
            | r->n_stopping);
    if (r->heap_at != 0) {
        uint32_t at = r->heap_at - 1u;
        mix(hash, m->pages[at / ASVC_PAGE]->key_ms[at % ASVC_PAGE] - (uint32_t)w->now_ms + 1u);
    }
    for (uint16_t edge = asvc_edges_out(r); edge != 0; edge = asvc_edge(m, edge)->next_out) {
        mix(hash, (uint64_t)asvc_edge(m, edge)->to << 1 | asvc_edge(m, edge)->kind);
    }
    for (uint16_t edge = asvc_edges_in(r); edge != 0; edge = asvc_edge(m, edge)->next_in) {
        mix(hash, (uint64_t)asvc_edge(m, edge)->from << 1 | asvc_edge(m, edge)->kind);
    }
    for (asvc_id_t below = asvc_record_first_below(r); below != ASVC_NO_ID;
         below = asvc_record(m, below)->below.next) {
        mix(hash, below);
    }
}

static void hash_ghost(const world_t *w, const ghost_t *ghost, uint64_t *hash) {
    ghost_t g = *ghost;
    bool goes_on = g.run == ASVC_RUN_STARTING || g.run == ASVC_RUN_RUNNING;
    g.started_ms = goes_on ? (int64_t)ago(w, g.started_ms) : 0;
    g.fed_ms = goes_on ? (int64_t)ago(w, g.fed_ms) : 0;
    g.end_by_ms = g.run == ASVC_RUN_STOPPING ? (int64_t)ago(w, g.end_by_ms) : 0;
    g.delayed_ms = g.delayed ? (int64_t)ago(w, g.delayed_ms) : 0;
    g.due_ms = g.scheduled ? (int64_t)ago(w, g.due_ms) : 0;
    g.period_ms = g.scheduled ? g.period_ms : 0;
    g.last_ms = g.restarts = 0;
    uint64_t words[sizeof(g) / sizeof(uint64_t)];
    memcpy(words, &g, sizeof(words));
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        mix(hash, words[i]);
    }
}

static void hash_thing(const world_t *w, const world_thing_t *t, uint64_t *hash) {
    mix(hash,
        (uint64_t)t->id << 16 | (uint64_t)t->kind << 8 | (uint64_t)t->runs << 5 | (uint64_t)t->stepped << 4
            | (uint64_t)t->said_ready << 3 | (uint64_t)t->told << 2 | (uint64_t)t->loaded << 1
            | t->in_circle);
    mix(hash, t->script.no_memory);
    hash_ghost(w, &t->ghost, hash);
    if (t->runs && !w->manual) {
        mix(hash, ago(w, t->began_ms));
        mix(hash, ago(w, t->fed_ms));
        mix(hash, t->told ? ago(w, t->told_ms) : 0);
    }
    if (t->id != ASVC_NO_ID) {
        hash_record(w, t->id, hash);
    }
}

uint64_t world_hash(const world_t *w) {
    const asvc_manager_t *m = &w->m;
    uint64_t hash = 1;
    mix(&hash, (uint64_t)m->schedule_runs << 2 | (uint64_t)m->interrupted << 1 | w->interrupted);
    for (int i = 0; i < WORLD_THINGS; i++) {
        mix(&hash, w->thing[i].used);
        if (w->thing[i].used) {
            hash_thing(w, &w->thing[i], &hash);
        }
    }
    for (int list = 0; list < ASVC_LISTS; list++) {
        for (asvc_id_t id = m->list[list].first; id != ASVC_NO_ID; id = asvc_record(m, id)->next[list]) {
            mix(&hash, (uint64_t)list << 16 | id);
        }
    }
    return hash;
}
