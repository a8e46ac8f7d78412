#include "manager/facts.h"

#include "manager/deadlines.h"
#include "manager/edges.h"

// ---- lists ----------------------------------------------------------------------------------

void asvc_facts_queue(asvc_manager_t *m, int list, asvc_id_t id) {
    asvc_record_t *r = asvc_record(m, id);
    if (r->on_lists & (1u << list)) {
        return;
    }
    r->on_lists |= 1u << list;
    r->next[list] = ASVC_NO_ID;
    if (m->list[list].last == ASVC_NO_ID) {
        m->list[list].first = id;
    } else {
        asvc_record(m, m->list[list].last)->next[list] = id;
    }
    m->list[list].last = id;
}

asvc_id_t asvc_facts_take(asvc_manager_t *m, int list) {
    asvc_id_t id = m->list[list].first;
    if (id != ASVC_NO_ID) {
        asvc_record_t *r = asvc_record(m, id);
        r->on_lists &= ~(1u << list);
        m->list[list].first = r->next[list];
        if (r->next[list] == ASVC_NO_ID) {
            m->list[list].last = ASVC_NO_ID;
        }
    }
    return id;
}

// ---- runs -----------------------------------------------------------------------------------

static bool counts_as_live(asvc_run_t run) {
    return run == ASVC_RUN_STARTING || run == ASVC_RUN_RUNNING || run == ASVC_RUN_STOPPING;
}

static bool goes_on(asvc_run_t run) {
    return run == ASVC_RUN_STARTING || run == ASVC_RUN_RUNNING;
}

static void adjust(uint16_t *count, bool before, bool now) {
    *count = (uint16_t)(*count + now - before);
}

void asvc_facts_set_run(asvc_manager_t *m, asvc_id_t id, asvc_run_t run) {
    asvc_record_t *r = asvc_record(m, id);
    asvc_run_t before = (asvc_run_t)r->run;
    r->run = run;
    if (r->owned) {
        adjust(&m->n_live, counts_as_live(before), counts_as_live(run));
    }
    if (asvc_record_is_below(r)) {
        asvc_record_t *parent = asvc_record(m, r->below.parent);
        adjust(&parent->n_below, counts_as_live(before), counts_as_live(run));
        if (r->kind == ASVC_KIND_INSTANCE) {
            adjust(&parent->n_going, goes_on(before), goes_on(run));
            adjust(&parent->n_stopping, before == ASVC_RUN_STOPPING, run == ASVC_RUN_STOPPING);
        }
        asvc_facts_queue(m, ASVC_TO_FACTS, r->below.parent);
    }
    asvc_facts_queue(m, ASVC_TO_FACTS, id);
}

bool asvc_facts_waits(const asvc_record_t *r) {
    bool asked = r->pending || (r->scheduled && r->last == ASVC_LAST_NEVER);
    return r->run == ASVC_RUN_NONE && asked && !r->refused;
}

void asvc_facts_unwant(asvc_manager_t *m, asvc_id_t id, bool keep_schedule) {
    asvc_record_t *r = asvc_record(m, id);
    if (asvc_facts_waits(r)) {
        r->last = ASVC_LAST_STOPPED;
    }
    r->wanted = r->pending = r->by_policy = r->again = r->refused = false;
    r->verdict = ASVC_VERDICT_NONE;
    if (r->delayed) {
        r->delayed = false;
        asvc_deadlines_clear(m, id);
    }
    if (r->scheduled && !keep_schedule) {
        r->scheduled = false;
        r->unschedule = true;
    }
    asvc_deadlines_renew(m, id);
    asvc_facts_queue(m, ASVC_TO_FACTS, id);
}

// ---- facts ----------------------------------------------------------------------------------

enum { UP = 1, LOST = 2, LEAVING = 4, COMING = 8, THERE = 16, UNFED = 32 };

bool asvc_facts_is_due_again(const asvc_manager_t *m, const asvc_record_t *r) {
#if ASVC_SCHEDULE
    return r->scheduled && (r->block->due_ms != ASVC_NEVER_MS || !m->schedule_runs);
#else
    (void)m;
    (void)r;
    return false;
#endif
}

// It is up whether it runs or not.
static bool stays_up(const asvc_manager_t *m, const asvc_record_t *r) {
    return r->core ? r->good : asvc_facts_is_due_again(m, r) && r->last != ASVC_LAST_FAILED;
}

bool asvc_facts_is_up(const asvc_manager_t *m, const asvc_record_t *r) {
    bool rests_well =
        r->run == ASVC_RUN_NONE && r->last == ASVC_LAST_DONE && !r->pending && !r->hidden && !r->unloading;
    bool starts_when_due = r->scheduled && r->run == ASVC_RUN_STARTING && r->last != ASVC_LAST_FAILED;
    return stays_up(m, r) || (!r->core && (r->run == ASVC_RUN_RUNNING || rests_well || starts_when_due));
}

bool asvc_facts_is_its_turn(const asvc_manager_t *m, const asvc_record_t *r) {
    return r->n_held_by == 0 || r->hurry || stays_up(m, r);
}

bool asvc_facts_is_lost(const asvc_manager_t *m, const asvc_record_t *r) {
    bool up = asvc_facts_is_up(m, r);
    bool rests = r->run == ASVC_RUN_NONE;
    if (up && (rests || stays_up(m, r))) {
        return false; // nothing takes that away
    }
    bool comes = !rests || r->pending;
    return !r->wanted || r->run == ASVC_RUN_STUCK || r->n_lost > 0 || !comes;
}

// Its own watchdog is not fed, or nobody is there to feed it.
static bool is_unfed(const asvc_record_t *r) {
    if (!ASVC_SUPERVISION || r->hidden || r->block == NULL || r->block->rules.watchdog_ms == 0) {
        return false;
    }
    switch ((asvc_run_t)r->run) {
    case ASVC_RUN_STUCK:
        return true;
    case ASVC_RUN_STOPPING:
        return r->verdict != ASVC_VERDICT_NONE;
    case ASVC_RUN_NONE: // failed for good, unless its user has said since that it is to be stopped
        return r->last == ASVC_LAST_FAILED && r->wanted && !r->pending && !r->scheduled;
    case ASVC_RUN_STARTING:
    case ASVC_RUN_RUNNING:
        break;
    }
    return false;
}

unsigned asvc_facts_of(const asvc_manager_t *m, const asvc_record_t *r) {
    bool up = asvc_facts_is_up(m, r);
    bool lost = asvc_facts_is_lost(m, r);
    bool there = counts_as_live((asvc_run_t)r->run) || r->n_below > 0;
    bool may_leave = (asvc_record_goes_on(r) || (r->run == ASVC_RUN_NONE && there)) && !stays_up(m, r);
    return (up ? UP : 0u) | (lost ? LOST : 0u) | (may_leave && (r->again || r->n_leaving > 0) ? LEAVING : 0u)
        | (r->wanted && !up && !lost && !r->ran ? COMING : 0u) | (there ? THERE : 0u)
        | (is_unfed(r) ? UNFED : 0u);
}

#if ASVC_EDGES

static unsigned known_facts(const asvc_record_t *r) {
    return (r->is_up ? UP : 0u) | (r->is_lost ? LOST : 0u) | (r->is_leaving ? LEAVING : 0u)
        | (r->is_coming ? COMING : 0u) | (r->is_there ? THERE : 0u) | (r->is_unfed ? UNFED : 0u);
}

// Tells those that name it.
static void adjust_dependants(asvc_manager_t *m, const asvc_record_t *r, unsigned before, unsigned now) {
    for (uint16_t id = asvc_edges_in(r); id != 0; id = asvc_edge(m, id)->next_in) {
        const asvc_edge_t *edge = asvc_edge(m, id);
        asvc_record_t *from = asvc_record(m, edge->from);
        if (edge->kind == ASVC_AFTER) {
            adjust(&from->n_coming, (before & COMING) != 0, (now & COMING) != 0);
        } else {
            adjust(&from->n_down, (before & UP) == 0, (now & UP) == 0);
            adjust(&from->n_lost, (before & LOST) != 0, (now & LOST) != 0);
            adjust(&from->n_leaving, (before & LEAVING) != 0, (now & LEAVING) != 0);
        }
        asvc_facts_queue(m, ASVC_TO_FACTS, edge->from);
    }
}

// Tells those that it requires.
static void adjust_required(asvc_manager_t *m, const asvc_record_t *r, bool there) {
    for (uint16_t id = asvc_edges_out(r); id != 0; id = asvc_edge(m, id)->next_out) {
        const asvc_edge_t *edge = asvc_edge(m, id);
        if (edge->kind == ASVC_REQUIRES) {
            adjust(&asvc_record(m, edge->to)->n_held_by, !there, there);
            asvc_facts_queue(m, ASVC_TO_FACTS, edge->to);
        }
    }
}

// A stop by the user is one of all that requires what he stops. A core service that has ended well is required no
// longer than that.
static void spread_stop(asvc_manager_t *m, asvc_record_t *r) {
    r->spread = false;
    for (uint16_t id = asvc_edges_in(r); id != 0 && !r->core; id = asvc_edge(m, id)->next_in) {
        const asvc_edge_t *edge = asvc_edge(m, id);
        asvc_record_t *from = asvc_record(m, edge->from);
        if (edge->kind == ASVC_REQUIRES && from->wanted) {
            asvc_facts_unwant(m, edge->from, false);
            from->spread = true;
            from->out = from->orphans = true;
        }
    }
}

#endif

// Those below it may have to end.
static void look_below(asvc_manager_t *m, asvc_record_t *r) {
    bool needs = r->n_down > 0 || ((r->n_lost > 0 || r->n_leaving > 0) && asvc_facts_is_its_turn(m, r));
    bool instances = r->out || r->unloading || needs;
    bool children = (r->orphans || needs) && !asvc_record_goes_on(r) && r->n_going == 0;
    bool changed = instances != r->ends_instances || children != r->ends_children;
    r->ends_instances = instances;
    r->ends_children = children;
    for (asvc_id_t id = changed ? r->first_below : ASVC_NO_ID; id != ASVC_NO_ID;
         id = asvc_record(m, id)->below.next) {
        asvc_facts_queue(m, ASVC_TO_DECIDE, id);
    }
}

static void work_out(asvc_manager_t *m, asvc_id_t id) {
    asvc_record_t *r = asvc_record(m, id);
    asvc_facts_queue(m, ASVC_TO_DECIDE, id);
    if (asvc_record_is_below(r)) {
        bool unfed = is_unfed(r);
        adjust(&m->n_unfed, r->is_unfed, unfed);
        r->is_unfed = unfed;
        return;
    }
#if ASVC_EDGES
    if (r->spread) {
        spread_stop(m, r);
    }
    unsigned before = known_facts(r), now = asvc_facts_of(m, r);
    if (before != now) {
        r->is_up = (now & UP) != 0;
        r->is_lost = (now & LOST) != 0;
        r->is_leaving = (now & LEAVING) != 0;
        r->is_coming = (now & COMING) != 0;
        r->is_there = (now & THERE) != 0;
        r->is_unfed = (now & UNFED) != 0;
        adjust(&m->n_unfed, (before & UNFED) != 0, (now & UNFED) != 0);
        if ((before ^ now) & (UP | LOST | LEAVING | COMING)) {
            adjust_dependants(m, r, before, now);
        }
        if ((before ^ now) & THERE) {
            adjust_required(m, r, (now & THERE) != 0);
        }
    }
#endif
    look_below(m, r);
}

void asvc_facts_settle(asvc_manager_t *m) {
    asvc_id_t id;
    while ((id = asvc_facts_take(m, ASVC_TO_FACTS)) != ASVC_NO_ID) {
        work_out(m, id);
    }
}
