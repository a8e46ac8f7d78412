#include "invariants.h"

#include <string.h>

// ---- ghosts ---------------------------------------------------------------------------------

static ghost_t *ghost(const world_t *w, uint32_t i) {
    return (ghost_t *)&w->thing[i].ghost;
}

static uint32_t bit(uint32_t i) {
    return UINT32_C(1) << i;
}

static bool is_below(const world_t *w, uint32_t i) {
    return w->thing[i].kind == ASVC_KIND_INSTANCE || w->thing[i].kind == ASVC_KIND_CHILD;
}

static bool goes_on(const ghost_t *g) {
    return g->run == ASVC_RUN_STARTING || g->run == ASVC_RUN_RUNNING;
}

static bool is_live(const ghost_t *g) {
    return goes_on(g) || g->run == ASVC_RUN_STOPPING;
}

static bool rests(const ghost_t *g) {
    return g->run == ASVC_RUN_NONE;
}

static const asvc_rules_t *rules(const world_t *w, uint32_t i) {
    static const asvc_rules_t none;
    return ghost(w, i)->has_block ? &w->thing[i].block.rules : &none;
}

static bool has_due(const world_t *w, uint32_t i) {
    const ghost_t *g = ghost(w, i);
    return g->scheduled && (g->due_ms != ASVC_NEVER_MS || !w->m.schedule_runs);
}

// ---- what follows, from scratch -------------------------------------------------------------

// Sets of things.
typedef struct {
    uint32_t exist, up, lost, leaving, coming, there;
    uint32_t requirers[WORLD_THINGS], named_by[WORLD_THINGS];
    uint32_t below[WORLD_THINGS]; // instances and children
    uint32_t live_below[WORLD_THINGS]; // those of them that are live
} facts_t;

#define FOR_EACH(i, set)                                                                                     \
    for (uint32_t left_##i = (set), i; left_##i != 0 && (i = (uint32_t)__builtin_ctz(left_##i), true);       \
         left_##i &= left_##i - 1)

// Whether it runs or not.
static bool stays_up(const world_t *w, uint32_t i) {
    const ghost_t *g = ghost(w, i);
    return g->core ? g->good : has_due(w, i) && g->last != ASVC_LAST_FAILED;
}

static bool is_up(const world_t *w, uint32_t i) {
    const ghost_t *g = ghost(w, i);
    bool rests_well = rests(g) && g->last == ASVC_LAST_DONE && !g->asked && !g->hidden && !g->unloading;
    bool starts_when_due = g->scheduled && g->run == ASVC_RUN_STARTING && g->last != ASVC_LAST_FAILED;
    bool runs = g->run == ASVC_RUN_RUNNING || rests_well || starts_when_due;
    return stays_up(w, i) || (runs && !g->core);
}

static bool is_lost(const world_t *w, uint32_t i, const facts_t *f) {
    const ghost_t *g = ghost(w, i);
    if (stays_up(w, i) || ((f->up & bit(i)) && rests(g))) {
        return false;
    }
    return !g->wanted || g->run == ASVC_RUN_STUCK || (g->requires & f->lost) != 0 || (rests(g) && !g->asked);
}

static uint32_t if_so(bool condition, uint32_t i) {
    return condition ? bit(i) : 0;
}

static void note_neighbours(const world_t *w, facts_t *f, uint32_t i) {
    const ghost_t *g = ghost(w, i);
    FOR_EACH(to, g->requires) {
        f->requirers[to] |= bit(i);
    }
    FOR_EACH(to, g->requires | g->after) {
        f->named_by[to] |= bit(i);
    }
    if (is_below(w, i)) {
        uint8_t parent = w->thing[i].parent;
        f->below[parent] |= bit(i);
        f->live_below[parent] |= if_so(is_live(g) && !g->spared, i);
        f->there |= if_so(is_live(g) && !g->spared, parent);
    }
}

static facts_t work_out(const world_t *w) {
    facts_t f = { .up = 0 };
    for (uint32_t i = 0; i < WORLD_THINGS; i++) {
        f.exist |= if_so(w->thing[i].used && ghost(w, i)->exists, i);
    }
    FOR_EACH(i, f.exist) {
        f.up |= if_so(is_up(w, i), i);
        f.there |= if_so(is_live(ghost(w, i)), i);
        note_neighbours(w, &f, i);
    }
    for (bool more = true; more;) {
        uint32_t lost = f.lost, leaving = f.leaving;
        FOR_EACH(i, f.exist) {
            const ghost_t *g = ghost(w, i);
            bool may_leave = (goes_on(g) || (rests(g) && f.live_below[i] != 0)) && !stays_up(w, i);
            f.lost |= if_so(is_lost(w, i, &f), i);
            f.leaving |= if_so(may_leave && (g->again || (g->requires & f.leaving)), i);
        }
        more = lost != f.lost || leaving != f.leaving;
    }
    FOR_EACH(i, f.exist) {
        const ghost_t *g = ghost(w, i);
        f.coming |= if_so(g->wanted && !g->ran && !((f.up | f.lost) & bit(i)), i);
    }
    return f;
}

static bool is_held(const world_t *w, const facts_t *f, uint32_t i) {
    const ghost_t *g = ghost(w, i);
    return (f->requirers[i] & f->there) != 0 && !g->hurry && !stays_up(w, i);
}

// What it requires goes, so that nothing of it may go on.
static bool loses_ground(const world_t *w, const facts_t *f, uint32_t i) {
    const ghost_t *g = ghost(w, i);
    return (g->requires & ~f->up) != 0 || ((g->requires & (f->lost | f->leaving)) != 0 && !is_held(w, f, i));
}

static bool ends_instances(const world_t *w, const facts_t *f, uint32_t i) {
    const ghost_t *g = ghost(w, i);
    return g->out || g->unloading || loses_ground(w, f, i);
}

static bool any_instance_goes_on(const world_t *w, const facts_t *f, uint32_t parent) {
    FOR_EACH(i, f->below[parent]) {
        if (w->thing[i].kind == ASVC_KIND_INSTANCE && goes_on(ghost(w, i))) {
            return true;
        }
    }
    return false;
}

static bool ends_children(const world_t *w, const facts_t *f, uint32_t i) {
    const ghost_t *g = ghost(w, i);
    return (g->orphans || loses_ground(w, f, i)) && !goes_on(g) && !any_instance_goes_on(w, f, i);
}

static bool ends_with_parent(const world_t *w, const facts_t *f, uint32_t i) {
    int parent = w->thing[i].parent;
    if (ghost(w, i)->spared) {
        return false;
    }
    switch ((asvc_kind_t)w->thing[i].kind) {
    case ASVC_KIND_INSTANCE:
        return ends_instances(w, f, parent);
    case ASVC_KIND_CHILD:
        return ends_children(w, f, parent);
    case ASVC_KIND_SERVICE:
    case ASVC_KIND_TASK:
        break;
    }
    return false;
}

// It is to end, though it may have to wait for its turn.
static bool has_to_end(const world_t *w, const facts_t *f, uint32_t i) {
    const ghost_t *g = ghost(w, i);
    return g->late || !g->wanted || g->again || (g->requires & (~f->up | f->lost | f->leaving)) != 0
        || ends_with_parent(w, f, i);
}

// It is to be told so now.
static bool has_to_end_now(const world_t *w, const facts_t *f, uint32_t i) {
    const ghost_t *g = ghost(w, i);
    bool at_once = g->late || (g->requires & ~f->up) != 0;
    return at_once || (has_to_end(w, f, i) && !is_held(w, f, i));
}

static bool any_instance_stops(const world_t *w, const facts_t *f, uint32_t parent) {
    FOR_EACH(i, f->below[parent]) {
        if (w->thing[i].kind == ASVC_KIND_INSTANCE && ghost(w, i)->run == ASVC_RUN_STOPPING) {
            return true;
        }
    }
    return false;
}

static bool has_to_start(const world_t *w, const facts_t *f, uint32_t i) {
    const ghost_t *g = ghost(w, i);
    return rests(g) && g->wanted && g->asked && !g->delayed
        && (g->requires & (~f->up | f->lost | f->leaving)) == 0 && (g->after & f->coming) == 0
        && !any_instance_stops(w, f, i);
}

static bool has_to_be_refused(const facts_t *f, const ghost_t *g) {
    return rests(g) && g->asked && (g->requires & f->lost) != 0;
}

static bool has_to_be_released(const world_t *w, const facts_t *f, uint32_t i) {
    const ghost_t *g = ghost(w, i);
    return g->hidden && rests(g) && !g->asked && f->named_by[i] == 0 && f->below[i] == 0;
}

static bool has_to_be_forgotten(const world_t *w, const facts_t *f, uint32_t i) {
    const ghost_t *g = ghost(w, i);
    return g->unloading && !goes_on(g) && !is_held(w, f, i);
}

static bool is_over_for_boot(const facts_t *f, const ghost_t *g) {
    return g->run == ASVC_RUN_STUCK || (rests(g) && (!g->asked || has_to_be_refused(f, g)));
}

// Whether what was stopped had been refused before, and so did not wait, is for the manager to say. Of what is refused no
// earlier run is of interest.
static void follow_last(const world_t *w) {
    for (uint32_t i = 0; i < WORLD_THINGS; i++) {
        ghost_t *g = ghost(w, i);
        if (!w->thing[i].used || !g->exists) {
            continue;
        }
        const asvc_record_t *r = asvc_record(&w->m, w->thing[i].id);
        bool refused = r->refused && rests(g) && g->asked;
        bool never = r->last == ASVC_LAST_NEVER;
        if (never ? refused || g->may_keep_last : g->may_keep_last && r->last == g->last_before) {
            g->last = r->last;
        }
        g->may_keep_last = false;
    }
}

// What a record that others name was refused for is told anew when that was away for a while.
static void note_what_passed(const world_t *w, const facts_t *f, bool quiet) {
    FOR_EACH(i, f->exist) {
        ghost_t *g = ghost(w, i);
        if ((g->requires & f->lost) == 0) {
            g->may_tell_refusal = true;
            g->refusal_told = g->refusal_told && !quiet;
        }
        g->doomed = g->doomed || ends_with_parent(w, f, i);
    }
}

// ---- events ---------------------------------------------------------------------------------

static bool waits(const ghost_t *g) {
    return rests(g) && (g->asked || (g->scheduled && g->last == ASVC_LAST_NEVER));
}

// A stop of what waits is an end of it. What was refused does not wait; whether that was said already does not matter.
static bool may_be_refused(const world_t *w, const ghost_t *g) {
    facts_t f = work_out(w);
    return g->refusal_told || (g->requires & f.lost) != 0;
}

static void unwant(const world_t *w, ghost_t *g, bool keep_schedule) {
    if (waits(g)) {
        g->last_before = g->last;
        g->may_keep_last = g->asked && may_be_refused(w, g);
        g->last = ASVC_LAST_STOPPED;
    }
    g->wanted = g->asked = g->by_policy = g->by_schedule = g->again = g->late = g->delayed = g->refusal_told =
        false;
    if (g->scheduled && !keep_schedule) {
        g->scheduled = false;
        g->unschedule_due = true;
    }
}

static void forget_restarts(ghost_t *g) {
    g->limit_hit = false;
    g->short_runs = 0;
    g->delay_ms = 0;
}

static void want(ghost_t *g) {
    if (!g->wanted || (rests(g) && !g->asked)) {
        g->ran = false;
    }
    g->wanted = true;
    g->unloading = g->hurry = false;
}

static void ask(ghost_t *g) {
    g->delayed = g->delayed && !rests(g);
    g->by_policy = g->by_schedule = false;
    g->asked = g->asked || !goes_on(g);
}

static void start(world_t *w, uint32_t i) {
    ghost_t *g = ghost(w, i);
    want(g);
    g->refusal_told = false;
    if (!goes_on(g)) {
        g->late = false;
        if (!g->limit_hit) {
            g->short_runs = 0;
            g->delay_ms = 0;
        }
    }
    if (w->thing[i].kind == ASVC_KIND_CHILD) {
        ghost(w, w->thing[i].parent)->orphans = false;
    }
    ask(g);
}

static void stop_dependants(world_t *w, uint32_t i) {
    facts_t f = work_out(w);
    uint32_t to_do = bit(i), done = 0;
    while (to_do != 0) {
        int at = __builtin_ctz(to_do);
        to_do &= to_do - 1;
        done |= bit(at);
        for (int k = 0; k < WORLD_THINGS && !ghost(w, at)->core; k++) {
            ghost_t *g = ghost(w, k);
            if (w->thing[k].used && g->exists && (g->requires & bit(at))
                && (g->wanted || f.live_below[k] != 0)) {
                unwant(w, g, false);
                g->out = true;
                g->orphans = true;
                to_do |= bit(k) & ~done;
            }
        }
    }
}

static void stop(world_t *w, uint32_t i, bool keep_schedule) {
    ghost_t *g = ghost(w, i);
    g->cancel_due = g->cancel_due || g->run == ASVC_RUN_STOPPING || g->run == ASVC_RUN_STUCK;
    g->orphans = true;
    unwant(w, g, keep_schedule);
    stop_dependants(w, i);
}

static void spare(world_t *w, uint32_t i) {
    ghost_t *g = ghost(w, i);
    bool wanted = g->wanted && (!g->doomed || asvc_record(&w->m, w->thing[i].id)->wanted);
    bool asks = w->thing[i].kind == ASVC_KIND_CHILD && wanted && goes_on(g);
    g->spared = g->spared || (asks && !ghost(w, w->thing[i].parent)->wanted);
}

static void unload(world_t *w, uint32_t i) {
    ghost_t *g = ghost(w, i);
    bool again = g->unloading;
    if (!again) {
        stop(w, i, false);
    }
    g->unloading = true;
    g->hurry = again;
}

static void restart(world_t *w, uint32_t i) {
    ghost_t *g = ghost(w, i);
    if (!goes_on(g)) {
        g->cancel_due = !rests(g);
        start(w, i);
    } else {
        want(g);
        g->late = false;
        g->again = g->out = true;
    }
}

static void drop(world_t *w, uint32_t i) {
    ghost_t *g = ghost(w, i);
    stop(w, i, false);
    g->hurry = true;
    g->unschedule_due = g->good = false;
    g->last = rests(g) ? ASVC_LAST_NEVER : g->last;
    g->may_keep_last = false;
    forget_restarts(g);
}

static void interrupt(world_t *w, bool begins) {
    for (int i = 0; begins && i < WORLD_THINGS; i++) {
        ghost_t *g = ghost(w, i);
        if (w->thing[i].used && g->exists && g->owned) {
            g->orphans = g->out = true;
            unwant(w, g, true);
        }
    }
}

// Due times have passed; those of a period keep their distance.
static bool pass_due(const world_t *w, ghost_t *g) {
    bool any = g->scheduled && w->m.schedule_runs && g->due_ms <= w->m.now_ms;
    if (any && g->period_ms == 0) {
        g->due_ms = ASVC_NEVER_MS;
    } else if (any) {
        g->due_ms += ((w->m.now_ms - g->due_ms) / g->period_ms + 1) * g->period_ms;
    }
    return any;
}

static void end_run(const world_t *w, ghost_t *g) {
    g->run = ASVC_RUN_NONE;
    g->cancel_due = g->stuck_told = g->spared = false;
    pass_due(w, g);
}

// The policies, in words of their own: a new one does not compile before it is here.
static bool calls_for_a_run(asvc_restart_policy_t policy, bool core, bool failed) {
    switch (policy) {
    case ASVC_RESTART_NEVER:
        return false;
    case ASVC_RESTART_ON_FAILURE:
        return failed;
    case ASVC_RESTART_ON_SUCCESS:
        return !failed && !core;
    case ASVC_RESTART_ALWAYS:
        return failed || !core; // a good end of a core service is final
    }
    return false;
}

static void ask_policy(const world_t *w, uint32_t i, bool failed) {
    ghost_t *g = ghost(w, i);
    const asvc_restart_rules_t *r = &rules(w, i)->restart;
    bool again = calls_for_a_run((asvc_restart_policy_t)r->policy, g->core, failed);
    int64_t delay_ms = r->delay_ms;
    if (!again) {
        if (!failed) {
            g->short_runs = 0;
            g->delay_ms = 0;
        }
        return;
    }
    if (w->m.now_ms - g->started_ms < r->healthy_ms) {
        g->short_runs += g->short_runs < UINT8_MAX;
        g->limit_hit = g->limit_hit || (r->burst > 0 && g->short_runs >= r->burst);
        int64_t grown_ms = ((int64_t)g->delay_ms * r->factor_percent + 99) / 100;
        grown_ms = grown_ms < r->delay_max_ms ? grown_ms : r->delay_max_ms;
        delay_ms = grown_ms > delay_ms ? grown_ms : delay_ms;
        g->delay_ms = (uint32_t)delay_ms;
    } else {
        g->short_runs = 0;
        g->delay_ms = 0;
    }
    if (g->limit_hit) {
        g->last = ASVC_LAST_FAILED;
        g->escalate_due = true;
    } else {
        g->asked = g->by_policy = true;
        g->delayed = delay_ms > 0;
        g->delayed_ms = w->m.now_ms + delay_ms;
    }
}

static void ended(world_t *w, uint32_t i, asvc_how_t how) {
    ghost_t *g = ghost(w, i);
    bool told = !goes_on(g) && !g->late;
    bool failed = g->late || how == ASVC_RAISED;
    bool stopped = !failed && (told || how == ASVC_CANCELLED);
    g->last = failed ? ASVC_LAST_FAILED : stopped ? ASVC_LAST_STOPPED : ASVC_LAST_DONE;
    g->late = false;
    g->ran = true;
    end_run(w, g);
    bool added_since = told && !is_below(w, i) && !g->orphans; // a child, when it had been told to end
    bool orphans = (failed || stopped) && !added_since;
    if (w->thing[i].kind == ASVC_KIND_INSTANCE) {
        ghost(w, w->thing[i].parent)->orphans = orphans;
    } else {
        g->orphans = orphans;
    }
    if (!failed && !stopped) {
        g->good = how == ASVC_RETURNED;
    } else if (failed && !told) {
        g->good = false;
    }
    if (stopped && !told) {
        stop(w, i, true);
    }
    if (g->again) {
        g->again = false;
        g->asked = true;
    } else if (g->wanted && !told && !g->asked && g->has_block && !has_due(w, i)) {
        ask_policy(w, i, failed);
    }
}

static void look_at(world_t *w, uint32_t i) {
    ghost_t *g = ghost(w, i);
    const asvc_rules_t *r = rules(w, i);
    switch ((asvc_run_t)g->run) {
    case ASVC_RUN_NONE:
        if (g->delayed && w->m.now_ms < g->delayed_ms) {
            return; // a due time waits for that, too
        }
        g->delayed = false;
        break;
    case ASVC_RUN_STARTING:
        g->late = g->late || (r->ready_ms > 0 && w->m.now_ms >= g->started_ms + r->ready_ms);
        break;
    case ASVC_RUN_RUNNING:
        g->late = g->late || (r->watchdog_ms > 0 && w->m.now_ms >= g->fed_ms + r->watchdog_ms);
        break;
    case ASVC_RUN_STOPPING:
        if (w->m.now_ms < g->end_by_ms) {
            return;
        }
        g->run = ASVC_RUN_STUCK;
        break;
    case ASVC_RUN_STUCK:
        break;
    }
    if (pass_due(w, g) && rests(g) && !w->m.interrupted && !g->limit_hit) {
        want(g);
        ask(g);
        g->by_schedule = true;
    }
}

static void look(world_t *w) {
    for (int i = 0; i < WORLD_THINGS; i++) {
        if (w->thing[i].used && ghost(w, i)->exists) {
            look_at(w, i);
        }
    }
}

static void move_up(const world_t *w, ghost_t *g, bool moves) {
    if (g->run == ASVC_RUN_STARTING && moves) {
        g->run = ASVC_RUN_RUNNING;
        g->fed_ms = w->m.now_ms;
    }
}

static void define(ghost_t *g, bool owned) {
    *g = (ghost_t){ .exists = true, .owned = owned, .due_ms = ASVC_NEVER_MS, .last_ms = ASVC_NEVER_MS };
}

static void read(world_t *w, ghost_t *g, int64_t what) {
    g->has_block = what > 0;
    if (what == 2) {
        forget_restarts(g);
        g->restarts = 0;
        g->last_ms = ASVC_NEVER_MS;
        g->started_ms = g->fed_ms = w->m.now_ms;
    }
}

static void refuse_quietly(const world_t *w, uint32_t i) {
    ghost_t *g = ghost(w, i);
    facts_t f = work_out(w);
    if (has_to_be_refused(&f, g)) {
        g->refusal_told = true;
        g->may_tell_refusal = false;
    }
}

static void on_event(world_t *w, world_event_t event, int i, int64_t what) {
    ghost_t *g = ghost(w, i < 0 ? 0 : i);
    switch (event) {
    case WORLD_DEFINED:
        define(g, what != 0);
        break;
    case WORLD_RELEASED:
        memset(g, 0, sizeof(*g));
        break;
    case WORLD_HIDDEN:
        g->hidden = what != 0;
        break;
    case WORLD_READ:
        read(w, g, what);
        break;
    case WORLD_CORE:
        g->core = what != 0;
        break;
    case WORLD_NAMED:
        *(what & 1 ? &g->after : &g->requires) |= bit((int)(what >> 1));
        break;
    case WORLD_UNNAMED:
        g->requires
        = g->after = 0;
        break;
    case WORLD_WANTED:
        want(g);
        g->refusal_told = false;
        break;
    case WORLD_STARTED:
        start(w, i);
        break;
    case WORLD_STOPPED:
        stop(w, i, what != 0);
        break;
    case WORLD_SPARED:
        spare(w, i);
        break;
    case WORLD_RESTARTED:
        restart(w, i);
        break;
    case WORLD_DROPPED:
        drop(w, i);
        break;
    case WORLD_UNLOADED:
        unload(w, i);
        break;
    case WORLD_BOOTED:
    case WORLD_LEFT_BOOT:
        g->in_boot = event == WORLD_BOOTED;
        break;
    case WORLD_RESET:
        forget_restarts(g);
        break;
    case WORLD_INTERRUPTED:
        interrupt(w, what != 0);
        break;
    case WORLD_SCHEDULED:
        g->last_ms = g->scheduled ? g->last_ms : ASVC_NEVER_MS;
        g->scheduled = true;
        g->unschedule_due = false;
        g->due_ms = what;
        g->period_ms = w->thing[i].block.period_ms;
        break;
    case WORLD_UNSCHEDULED:
        g->scheduled = g->unschedule_due = false;
        break;
    case WORLD_SCHEDULE_RUNS:
        break; // who asks reads m->schedule_runs
    case WORLD_STEPPED:
        move_up(w, g, rules(w, i)->ready_ms == 0);
        break;
    case WORLD_SAID_READY:
        move_up(w, g, true);
        break;
    case WORLD_FED:
        g->fed_ms = w->m.now_ms;
        break;
    case WORLD_ENDED:
        ended(w, i, (asvc_how_t)what);
        break;
    case WORLD_ABANDONED:
        unwant(w, g, true);
        g->last = ASVC_LAST_STOPPED;
        g->ran = true;
        end_run(w, g);
        break;
    case WORLD_TAKEN_BACK:
        end_run(w, g);
        break;
    case WORLD_NO_MEMORY:
        end_run(w, g);
        g->asked = g->delayed = true;
        g->delayed_ms = w->m.now_ms + ASVC_NO_MEMORY_RETRY_MS;
        break;
    case WORLD_CANNOT_START:
        if (g->run == ASVC_RUN_STARTING) {
            end_run(w, g);
        }
        g->last = g->last == ASVC_LAST_DONE ? ASVC_LAST_NEVER : g->last;
        g->asked = g->delayed = false;
        break;
    case WORLD_REFUSED:
        refuse_quietly(w, i);
        break;
    case WORLD_LOOKED:
        look(w);
        break;
    }
}

// ---- actions --------------------------------------------------------------------------------

#define MUST(condition, what)                                                                                \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            world_break(w, "%s: %s", w->thing[i].name, what);                                                \
        }                                                                                                    \
    } while (0)

// It returned, and what it has left running ends because of what it requires.
static void bring_back(const world_t *w, uint32_t i) {
    ghost_t *g = ghost(w, i);
    bool rests_well = rests(g) && g->last == ASVC_LAST_DONE && g->wanted;
    g->asked = g->asked || (rests_well && !g->core && !g->orphans && !g->out && !has_due(w, i));
}

// What belongs to a service ends with it, and is wanted no more from then on: when, is for the manager to say.
static void follow_doom(const world_t *w, uint32_t i) {
    ghost_t *g = ghost(w, i);
    if (g->doomed && g->wanted && !asvc_record(&w->m, w->thing[i].id)->wanted) {
        if (goes_on(g)) {
            bring_back(w, w->thing[i].parent);
        }
        unwant(w, g, false);
    }
}

static void see_start(world_t *w, const facts_t *f, uint32_t i, const asvc_action_t *action) {
    ghost_t *g = ghost(w, i);
    MUST(rests(g), "started while it has a run");
    MUST(g->wanted, "started, though nobody wants it");
    MUST(g->asked, "started, though nobody asked for a run");
    MUST(!g->delayed, "started before its delay is over");
    MUST((g->requires & ~f->up) == 0, "started before what it requires is up");
    MUST(has_to_start(w, f, i), "started before its turn");
    MUST(!ends_with_parent(w, f, i), "started while what it belongs to ends");
    MUST(action->by_policy == g->by_policy, "the policy was not asked, or was");
    MUST(action->by_schedule == g->by_schedule, "its schedule did not ask, or did");
    if (asvc_record(&w->m, action->id)->last == ASVC_LAST_NEVER) {
        g->last = ASVC_LAST_NEVER; // it may have been refused a moment ago
    }
    g->restarts += g->by_policy && g->restarts < UINT16_MAX;
    g->last_ms = g->scheduled ? w->m.now_ms : g->last_ms;
    g->asked = g->by_policy = g->by_schedule = g->refusal_told = g->out = g->orphans = g->doomed = false;
    g->run = ASVC_RUN_STARTING;
    g->started_ms = g->fed_ms = w->m.now_ms;
}

static void see_cancel(world_t *w, const facts_t *f, uint32_t i) {
    ghost_t *g = ghost(w, i);
    if (!goes_on(g)) {
        MUST(!rests(g), "cancelled, though it has no run");
        MUST(g->cancel_due, "cancelled again, though nobody asked");
        g->cancel_due = false;
        return;
    }
    MUST(has_to_end(w, f, i), "cancelled without a reason");
    MUST(has_to_end_now(w, f, i), "cancelled before what requires it has ended");
    if (g->wanted && !g->late) {
        g->asked = true;
        g->out = true;
    }
    g->again = false;
    g->orphans = g->orphans || !is_below(w, i);
    g->run = ASVC_RUN_STOPPING;
    uint32_t stop_ms = rules(w, i)->stop_ms > 0 ? rules(w, i)->stop_ms : ASVC_STOP_MS;
    g->end_by_ms = g->owned ? w->m.now_ms + stop_ms : ASVC_NEVER_MS;
}

// The first that stands in its way, in the order in which its file names them.
static int first_lost(const world_t *w, const facts_t *f, uint32_t i) {
    const asvc_record_t *r = asvc_record(&w->m, w->thing[i].id);
    for (uint16_t at = asvc_edges_out(r); at != 0; at = asvc_edge(&w->m, at)->next_out) {
        int to = world_of(w, asvc_edge(&w->m, at)->to);
        if (asvc_edge(&w->m, at)->kind == ASVC_REQUIRES && (f->lost & bit(to))) {
            return to;
        }
    }
    return -1;
}

static void see_refused(world_t *w, const facts_t *f, uint32_t i, asvc_id_t because) {
    ghost_t *g = ghost(w, i);
    MUST(has_to_be_refused(f, g), "refused, though nothing stands in its way");
    MUST(!g->refusal_told || g->may_tell_refusal, "a refusal was told twice");
    MUST(because != ASVC_NO_ID && world_of(w, because) == first_lost(w, f, i),
        "a refusal names the wrong cause");
    g->refusal_told = true;
    g->may_tell_refusal = false;
}

static void on_action(world_t *w, const asvc_action_t *action) {
    int i = world_of(w, action->id);
    ghost_t *g = ghost(w, i);
    follow_last(w);
    facts_t f = work_out(w);
    note_what_passed(w, &f, false);
    MUST(g->exists, "an action for what is no more");
    follow_doom(w, i);
    switch (action->kind) {
    case ASVC_DO_START:
        see_start(w, &f, i, action);
        break;
    case ASVC_DO_CANCEL:
        see_cancel(w, &f, i);
        break;
    case ASVC_DO_UNSCHEDULE:
        MUST(g->unschedule_due, "taken out of the schedule, though nobody asked");
        g->unschedule_due = false;
        break;
    case ASVC_DO_FORGET:
        MUST(g->unloading, "forgotten, though nobody unloads it");
        MUST(has_to_be_forgotten(w, &f, i), "forgotten before its turn");
        g->unloading = g->hurry = false;
        g->hidden = g->out = true;
        g->last = rests(g) ? ASVC_LAST_NEVER : g->last;
        forget_restarts(g);
        g->restarts = 0;
        break;
    case ASVC_DO_RELEASE:
        MUST(has_to_be_released(w, &f, i), "released, though something holds it");
        break;
    case ASVC_DO_ESCALATE:
        MUST(g->escalate_due, "escalated without a reason");
        g->escalate_due = false;
        break;
    case ASVC_DO_BOOT:
        MUST(g->in_boot, "boot does not wait for it");
        MUST(is_over_for_boot(&f, g) || g->hidden, "boot waits for it still");
        g->in_boot = false;
        break;
    case ASVC_TELL_REFUSED:
        see_refused(w, &f, i, action->because);
        break;
    case ASVC_TELL_STUCK:
        MUST(g->run == ASVC_RUN_STUCK, "told to be stuck, though it is not");
        MUST(!g->stuck_told, "told twice to be stuck");
        g->stuck_told = true;
        break;
    case ASVC_DO_NOTHING:
    case ASVC_TELL_MISSED:
    case ASVC_TELL_VIEW:
        break;
    }
}

// ---- at rest: nothing that has to be done is left -------------------------------------------

// Each live part of what holds something up is ending, or waits for its own turn to end.
static void check_that_holders_end(world_t *w, const facts_t *f, uint32_t i) {
    FOR_EACH(k, f->requirers[i] & f->there) {
        const ghost_t *g = ghost(w, k);
        bool main_goes = goes_on(g) || any_instance_goes_on(w, f, k);
        bool below_goes = false;
        FOR_EACH(below, f->live_below[k]) {
            below_goes = below_goes || goes_on(ghost(w, below));
        }
        bool to_end = has_to_end(w, f, k) || (g->requires & (~f->up | f->lost | f->leaving)) != 0;
        MUST(!main_goes || to_end, "waits for what requires it and is not to end");
        MUST(!below_goes || to_end || g->orphans,
            "waits for something below what requires it that is not to end");
        if (main_goes || below_goes) {
            check_that_holders_end(w, f, k);
        }
    }
}

static void check_nothing_left(world_t *w, const facts_t *f, uint32_t i) {
    ghost_t *g = ghost(w, i);
    if (goes_on(g)) {
        MUST(!has_to_end_now(w, f, i), "was not told to end");
        MUST((g->requires & ~f->up) == 0, "runs without what it requires");
        if (has_to_end(w, f, i)) {
            check_that_holders_end(w, f, i);
        }
    }
    MUST(!has_to_start(w, f, i), "was not started");
    if (has_to_be_refused(f, g)) {
        MUST(g->refusal_told, "was not refused, and waits for what is not coming");
    }
    MUST(!has_to_be_forgotten(w, f, i), "was not forgotten");
    MUST(!has_to_be_released(w, f, i), "was not released");
    MUST(!g->in_boot || !is_over_for_boot(f, g), "boot was not told that it is over");
    MUST(!g->cancel_due && !g->unschedule_due && !g->escalate_due, "an action is missing");
    MUST(g->run != ASVC_RUN_STUCK || g->stuck_told, "was not told to be stuck");
}

// ---- at rest: the record says the same ------------------------------------------------------

static unsigned count_of(uint32_t set) {
    return (unsigned)__builtin_popcount(set);
}

// It keeps the hardware watchdog from being fed.
static bool is_unfed(const world_t *w, uint32_t i) {
    const ghost_t *g = ghost(w, i);
    bool failed_for_good = rests(g) && g->last == ASVC_LAST_FAILED && g->wanted && !g->asked && !g->scheduled;
    return !g->hidden && rules(w, i)->watchdog_ms > 0
        && (g->run == ASVC_RUN_STUCK || g->late || failed_for_good);
}

static bool has_fact(const asvc_record_t *r, unsigned fact) {
    return (r->facts & fact) != 0;
}

// Whether it has the fact by mistake, or has not. What neither names anybody nor is named has none.
static bool is_fact_right(const asvc_record_t *r, unsigned fact, bool so) {
    bool counts = asvc_edges_in(r) != 0 || asvc_edges_out(r) != 0;
    return has_fact(r, fact) == (counts && so);
}

static void check_record(world_t *w, const facts_t *f, uint32_t i) {
    ghost_t *g = ghost(w, i);
    const asvc_record_t *r = asvc_record(&w->m, w->thing[i].id);
    follow_doom(w, i);
    g->doomed = false;
    MUST(r->run == g->run, "its run is not what it is");
    MUST(r->last == g->last, "its last end is not what it was");
    MUST(r->wanted == g->wanted, "wanted by mistake, or not wanted");
    MUST(r->pending == g->asked, "a run is asked for by mistake, or forgotten");
    MUST(r->delayed == g->delayed, "delayed by mistake, or not delayed");
    MUST(r->by_policy == g->by_policy, "asked for by the wrong one");
    MUST(r->again == g->again, "its restart is forgotten, or made up");
    MUST(r->scheduled == g->scheduled, "its schedule is forgotten, or made up");
    MUST(r->in_boot == g->in_boot, "boot waits for it by mistake, or does not");
    MUST(r->unloading == g->unloading && r->hurry == g->hurry, "its unload is forgotten, or made up");
    MUST(r->hidden == g->hidden, "hidden by mistake, or not");
    MUST(r->refused == has_to_be_refused(f, g), "refused by mistake, or not");
    MUST(!g->core || r->good == g->good, "its good end is forgotten, or made up");
    MUST((r->verdict != ASVC_VERDICT_NONE) == g->late, "its verdict is forgotten, or made up");
    MUST(has_fact(r, ASVC_FACT_UNFED) == is_unfed(w, i), "fed by mistake, or not fed");
    if (!is_below(w, i)) {
        MUST(is_fact_right(r, ASVC_FACT_UP, f->up & bit(i)), "up by mistake, or not up");
        MUST(is_fact_right(r, ASVC_FACT_LOST, f->lost & bit(i)), "lost by mistake, or not lost");
        MUST(is_fact_right(r, ASVC_FACT_LEAVING, f->leaving & bit(i)), "leaving by mistake, or not leaving");
        MUST(is_fact_right(r, ASVC_FACT_COMING, f->coming & bit(i)), "coming by mistake, or not coming");
        MUST(is_fact_right(r, ASVC_FACT_THERE, f->there & bit(i)), "there by mistake, or not there");
        MUST(r->n_down == count_of(g->requires & ~f->up), "its count of those not up is wrong");
        MUST(r->n_lost == count_of(g->requires & f->lost), "its count of those lost is wrong");
        MUST(r->n_leaving == count_of(g->requires & f->leaving), "its count of those leaving is wrong");
        MUST(r->n_coming == count_of(g->after & f->coming), "its count of those coming is wrong");
        MUST(r->n_held_by == count_of(f->requirers[i] & f->there), "its count of dependants is wrong");
        MUST(r->n_below == count_of(f->live_below[i]), "its count of those below is wrong");
    }
    if (g->has_block) {
        const asvc_block_t *block = &w->thing[i].block;
        MUST(block->restart.limit_hit == g->limit_hit, "its start limit is hit by mistake, or not");
        MUST(block->restart.short_runs == g->short_runs, "its count of short runs is wrong");
        MUST(block->restarts == g->restarts, "its count of restarts is wrong");
        MUST(!g->scheduled || block->last_ms == g->last_ms, "the time of its last start is wrong");
        MUST(!g->scheduled || block->due_ms == g->due_ms, "its due time is wrong");
        MUST(!goes_on(g) || (block->started_ms == g->started_ms && block->fed_ms == g->fed_ms),
            "its run's times are wrong");
    }
}

// What it answers about a record.
static void check_answers(world_t *w, const facts_t *f, uint32_t i) {
    static const uint8_t of_run[] = { ASVC_INACTIVE, ASVC_STARTING, ASVC_RUNNING, ASVC_STOPPING, ASVC_STUCK };
    static const uint8_t of_last[] = { ASVC_INACTIVE, ASVC_DONE, ASVC_STOPPED, ASVC_FAILED };
    const asvc_manager_t *m = &w->m;
    const ghost_t *g = ghost(w, i);
    asvc_id_t id = w->thing[i].id;
    bool refused = has_to_be_refused(f, g);
    asvc_state_t expected = (asvc_state_t)(!rests(g) ? of_run[g->run]
            : waits(g) && !refused                   ? ASVC_WAITING
                                                     : of_last[g->last]);
    MUST(asvc_manager_state(m, id) == expected, "its state is not what people would say");
    MUST(is_below(w, i) || asvc_manager_is_coming(m, id) == !(f->lost & bit(i)), "it comes, and is lost");
    asvc_id_t missing = asvc_manager_next_missing(m, id, ASVC_NO_ID);
    uint32_t named = 0;
    for (uint16_t at = asvc_edges_out(asvc_record(m, id)); at != 0; at = asvc_edge(m, at)->next_out) {
        uint32_t to = bit((uint32_t)world_of(w, asvc_edge(m, at)->to));
        bool lost_only = (g->requires & f->lost) != 0;
        uint32_t in_the_way = asvc_edge(m, at)->kind == ASVC_AFTER ? f->coming : lost_only ? f->lost : ~f->up;
        if (to & in_the_way & ~named) {
            named |= to;
            MUST(missing == asvc_edge(m, at)->to, "what stands in its way is not named");
            missing = asvc_manager_next_missing(m, id, missing);
        }
    }
    MUST(missing == ASVC_NO_ID, "what does not stand in its way is named");
}

// ---- at rest: deadlines ---------------------------------------------------------------------

static int64_t earlier(int64_t a, int64_t b) {
    return a < b ? a : b;
}

// When the record has to be looked at; ASVC_NEVER_MS.
static int64_t deadline(const world_t *w, uint32_t i) {
    const ghost_t *g = ghost(w, i);
    const asvc_rules_t *r = rules(w, i);
    int64_t at_ms = g->scheduled && w->m.schedule_runs ? g->due_ms : ASVC_NEVER_MS;
    switch ((asvc_run_t)g->run) {
    case ASVC_RUN_NONE:
        return g->delayed ? g->delayed_ms : at_ms;
    case ASVC_RUN_STARTING:
        return r->ready_ms > 0 ? earlier(at_ms, g->started_ms + r->ready_ms) : at_ms;
    case ASVC_RUN_RUNNING:
        return r->watchdog_ms > 0 ? earlier(at_ms, g->fed_ms + r->watchdog_ms) : at_ms;
    case ASVC_RUN_STOPPING:
        return g->end_by_ms;
    case ASVC_RUN_STUCK:
        break;
    }
    return at_ms;
}

static void check_deadline(world_t *w, uint32_t i) {
    const asvc_record_t *r = asvc_record(&w->m, w->thing[i].id);
    int64_t at_ms = deadline(w, i);
    if (at_ms == ASVC_NEVER_MS) {
        return; // it may be looked at for nothing
    }
    MUST(r->heap_at != 0, "its deadline is lost");
    if (r->heap_at != 0) {
        uint32_t at = r->heap_at - 1u;
        int32_t left = (int32_t)(w->m.pages[at / ASVC_PAGE]->key_ms[at % ASVC_PAGE] - (uint32_t)w->m.now_ms);
        MUST(left <= at_ms - w->m.now_ms || left <= 0, "its deadline is late");
        MUST(asvc_manager_left_ms(&w->m) <= (left > 0 ? left : 0), "the next deadline is not the earliest");
    }
}

static void check_heap(world_t *w) {
    const asvc_manager_t *m = &w->m;
    for (uint32_t at = 0; at < m->n_deadlines; at++) {
        asvc_id_t id = m->pages[at / ASVC_PAGE]->who[at % ASVC_PAGE];
        uint32_t up = (at - 1) / 2;
        uint32_t key = m->pages[at / ASVC_PAGE]->key_ms[at % ASVC_PAGE];
        if (asvc_record(m, id)->heap_at != at + 1) {
            world_break(w, "a deadline of record %d is in the wrong place", id);
        } else if (at > 0 && (int32_t)(key - m->pages[up / ASVC_PAGE]->key_ms[up % ASVC_PAGE]) < 0) {
            world_break(w, "deadlines are out of order at record %d", id);
        }
    }
}

// ---- at rest: storage -----------------------------------------------------------------------

static void check_lists(world_t *w) {
    for (int list = 0; list < ASVC_LISTS; list++) {
        if (w->m.list[list].first != ASVC_NO_ID || w->m.list[list].last != ASVC_NO_ID) {
            world_break(w, "list %d is not empty", list);
        }
    }
}

static void check_counts(world_t *w, const facts_t *f) {
    const asvc_manager_t *m = &w->m;
    unsigned live = 0, boot = 0, unfed = 0, deadlines = 0, edges = 0;
    FOR_EACH(i, f->exist) {
        const asvc_record_t *r = asvc_record(m, w->thing[i].id);
        const ghost_t *g = ghost(w, i);
        live += g->owned && is_live(g);
        boot += g->in_boot;
        unfed += has_fact(r, ASVC_FACT_UNFED);
        deadlines += r->heap_at != 0;
        edges += count_of(g->requires) + count_of(g->after);
    }
    if (m->n_live != live || m->n_boot != boot || m->n_unfed != unfed) {
        world_break(w, "live %d (%u), boot %d (%u), unfed %d (%u)", m->n_live, live, m->n_boot, boot,
            m->n_unfed, unfed);
    }
    if (m->n_records != count_of(f->exist) || edges + m->n_free_edges != WORLD_EDGE_PAGES * ASVC_EDGE_PAGE) {
        world_break(w, "records: %d (%u), edges: %u, free %d", m->n_records, count_of(f->exist), edges,
            m->n_free_edges);
    }
    if (m->n_deadlines != deadlines) {
        world_break(w, "deadlines: %u, counted as %d", deadlines, m->n_deadlines);
    }
}

// What is free is as many as are not in use.
static void check_free(world_t *w) {
    const asvc_manager_t *m = &w->m;
    unsigned records = 0, edges = 0;
    for (asvc_id_t id = m->free; id != ASVC_NO_ID; id = asvc_record(m, id)->next[ASVC_TO_FACTS]) {
        records += 1;
    }
    for (uint16_t id = m->free_edge; id != 0; id = asvc_edge(m, id)->next_out) {
        edges += 1;
    }
    if (m->n_records + records != WORLD_PAGES * ASVC_PAGE || m->n_free_edges != edges) {
        world_break(w, "free records: %u, in use: %d; free edges: %u, %d", records, m->n_records, edges,
            m->n_free_edges);
    }
}

// Each edge hangs in both lists, and only there.
static void check_edges(world_t *w, uint32_t i) {
    const asvc_manager_t *m = &w->m;
    const asvc_record_t *r = asvc_record(m, w->thing[i].id);
    uint32_t sets[2] = { 0, 0 };
    for (uint16_t at = asvc_edges_out(r); at != 0; at = asvc_edge(m, at)->next_out) {
        sets[asvc_edge(m, at)->kind] |= bit(world_of(w, asvc_edge(m, at)->to));
        MUST(asvc_edge(m, at)->from == w->thing[i].id, "an edge from another hangs on it");
    }
    MUST(sets[ASVC_REQUIRES] == ghost(w, i)->requires && sets[ASVC_AFTER] == ghost(w, i)->after,
        "it names others than its file");
    uint16_t before = 0;
    for (uint16_t at = asvc_edges_in(r); at != 0; at = asvc_edge(m, at)->next_in) {
        const ghost_t *from = ghost(w, world_of(w, asvc_edge(m, at)->from));
        MUST(asvc_edge(m, at)->to == w->thing[i].id, "an edge to another hangs on it");
        MUST((asvc_edge(m, at)->kind == ASVC_AFTER ? from->after : from->requires) & bit(i),
            "an edge is made up");
        MUST(before == 0 || asvc_edge(m, at)->prev_in == before, "its edges are out of order");
        before = at;
    }
    MUST(before == 0 || asvc_edge(m, asvc_edges_in(r))->prev_in == before, "its last edge is not known");
    MUST(!r->seen, "a search for a circle left something");
}

// Names lead nobody back to himself: those that name nobody are taken away until none is left.
static void check_that_no_circle_is_left(world_t *w, const facts_t *f) {
    uint32_t left = f->exist;
    for (bool any = true; any;) {
        any = false;
        FOR_EACH(i, left) {
            if (((ghost(w, i)->requires | ghost(w, i)->after) & left) == 0) {
                left &= ~bit(i);
                any = true;
            }
        }
    }
    if (left != 0) {
        world_break(w, "%s: a circle of names was not found", w->thing[__builtin_ctz(left)].name);
    }
}

// Whoever listens to what is told knows how each looks.
static void check_told(world_t *w, uint32_t i) {
    const asvc_record_t *r = asvc_record(&w->m, w->thing[i].id);
    MUST(r->heard == asvc_manager_view(&w->m, r->id), "it looks otherwise than was told");
}

static void on_quiet(world_t *w) {
    follow_last(w);
    facts_t f = work_out(w);
    note_what_passed(w, &f, true);
    check_lists(w);
    FOR_EACH(i, f.exist) {
        check_record(w, &f, i);
        check_answers(w, &f, i);
        check_nothing_left(w, &f, i);
        check_deadline(w, i);
        check_told(w, i);
        if (!is_below(w, i)) {
            check_edges(w, i);
        }
    }
    check_heap(w);
    check_counts(w, &f);
    if (w->digest % 16 == 0) { // slow, and what is lost stays lost
        check_free(w);
        check_that_no_circle_is_left(w, &f);
    }
}

void invariants_watch(world_t *w) {
    w->event = on_event;
    w->seen = on_action;
    w->quiet = on_quiet;
}

// ---- in the end -----------------------------------------------------------------------------

// What runs does what it is to do. Core services return, others run on.
static bool move_on(world_t *w, int i) {
    world_thing_t *t = &w->thing[i];
    if (!t->used || !t->runs) {
        return false;
    }
    if (t->told) {
        return world_end(w, i, ASVC_CANCELLED);
    }
    if (!t->stepped) {
        return world_step(w, i);
    }
    if (!t->said_ready) {
        return world_ready(w, i);
    }
    if (ghost(w, i)->core) {
        return world_end(w, i, ASVC_RETURNED);
    }
    world_feed(w, i);
    return false;
}

static bool all_move_on(world_t *w) {
    bool any = false;
    for (int i = 0; i < WORLD_THINGS && w->broken[0] == '\0'; i++) {
        any = move_on(w, i) || any;
    }
    return any;
}

void invariants_come_to_rest(world_t *w) {
    enum { TIMES = 200, EACH_MS = 100 }; // longer than all that files ask for
    w->meddle = NULL;
    for (int n = 0; n < TIMES && w->broken[0] == '\0'; n++) {
        for (int turn = 0; all_move_on(w) && turn < TIMES; turn++) {
        }
        int64_t left_ms = asvc_manager_left_ms(&w->m);
        if (left_ms == ASVC_NEVER_MS) {
            break;
        }
        world_jump(w, left_ms > EACH_MS ? EACH_MS : left_ms);
    }
    facts_t f = work_out(w);
    FOR_EACH(i, f.exist) {
        const ghost_t *g = ghost(w, i);
        MUST(
            !rests(g) || !g->asked || has_to_be_refused(&f, g), "wanted and possible, and not up in the end");
        MUST(g->run != ASVC_RUN_STOPPING && g->run != ASVC_RUN_STUCK, "has not ended in the end");
        MUST(!g->unloading, "not forgotten in the end");
        MUST(!g->in_boot || !g->core, "boot waits for it in the end");
    }
}
