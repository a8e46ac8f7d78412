#include "manager/facts.h"

#include "manager/deadlines.h"
#include "manager/edges.h"

// ---- lists ----------------------------------------------------------------------------------

void asvc_facts_queue(asvc_manager_t *m, int list, asvc_record_t *r) {
    if (r->next[list] != ASVC_NO_ID) {
        return;
    }
    asvc_list_t *ids = &m->list[list];
    r->next[list] = r->id;
    if (ids->last == ASVC_NO_ID) {
        ids->first = r->id;
    } else {
        asvc_record(m, ids->last)->next[list] = r->id;
    }
    ids->last = r->id;
}

asvc_record_t *asvc_facts_take(asvc_manager_t *m, int list) {
    asvc_list_t *ids = &m->list[list];
    if (ids->first == ASVC_NO_ID) {
        return NULL;
    }
    asvc_record_t *r = asvc_record(m, ids->first);
    ids->first = r->next[list];
    if (ids->first == r->id) { // it was the last
        ids->first = ids->last = ASVC_NO_ID;
    }
    r->next[list] = ASVC_NO_ID;
    return r;
}

// ---- runs -----------------------------------------------------------------------------------

// Sets of runs, as bits.
enum {
    STOPPING = 1 << ASVC_RUN_STOPPING,
    GOING = 1 << ASVC_RUN_STARTING | 1 << ASVC_RUN_RUNNING,
    LIVE = GOING | STOPPING,
};

// Counts what has one of the bits: it had those of before, and has those of now.
static void adjust(uint16_t *count, unsigned bits, unsigned before, unsigned now) {
    *count = (uint16_t)(*count + ((now & bits) != 0) - ((before & bits) != 0));
}

void asvc_facts_set_run(asvc_manager_t *m, asvc_record_t *r, asvc_run_t run) {
    unsigned before = 1u << r->run, now = 1u << run;
    r->run = run;
    if (r->owned) {
        adjust(&m->n_live, LIVE, before, now);
    }
    if (asvc_record_is_below(r) && !asvc_record_is_spared(r)) {
        asvc_record_t *parent = asvc_record(m, r->below.parent);
        adjust(&parent->n_below, LIVE, before, now);
        if (ASVC_COPIES && r->kind == ASVC_KIND_INSTANCE) {
            adjust(&parent->n_going, GOING, before, now);
            adjust(&parent->n_stopping, STOPPING, before, now);
        }
        asvc_facts_queue(m, ASVC_TO_FACTS, parent);
    }
    r->spared = asvc_record_is_spared(r) && run != ASVC_RUN_NONE;
    asvc_facts_queue(m, ASVC_TO_FACTS, r);
}

bool asvc_facts_waits(const asvc_record_t *r) {
    bool asked = r->pending || (ASVC_SCHEDULE && r->scheduled && r->last == ASVC_LAST_NEVER);
    return r->run == ASVC_RUN_NONE && asked && !(ASVC_EDGES && r->refused);
}

void asvc_facts_unwant(asvc_manager_t *m, asvc_record_t *r, bool keep_schedule) {
    if (asvc_facts_waits(r)) {
        r->last = ASVC_LAST_STOPPED;
    }
    r->wanted = r->pending = r->by_policy = r->again = false;
    r->refused = false;
    r->verdict = ASVC_VERDICT_NONE;
    if (ASVC_SCHEDULE && r->scheduled && !keep_schedule) {
        r->scheduled = false;
        r->unschedule = true;
    }
    if (ASVC_DEADLINES) {
        r->delayed = false;
        asvc_deadlines_renew(m, r);
    }
    asvc_facts_queue(m, ASVC_TO_FACTS, r);
}

// ---- facts ----------------------------------------------------------------------------------

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
    return ASVC_COUNT(r, n_held_by) == 0 || r->hurry || stays_up(m, r);
}

bool asvc_facts_is_lost(const asvc_manager_t *m, const asvc_record_t *r) {
    bool rests = r->run == ASVC_RUN_NONE;
    if ((rests || stays_up(m, r)) && asvc_facts_is_up(m, r)) {
        return false; // nothing takes that away
    }
    bool ends = rests ? !r->pending : r->run == ASVC_RUN_STUCK;
    return ends || !r->wanted || ASVC_COUNT(r, n_lost) > 0;
}

#if ASVC_EDGES

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

static unsigned if_so(bool so, unsigned fact) {
    return so ? fact : 0;
}

// The facts of a record as they are worked out.
static unsigned facts_of(const asvc_manager_t *m, const asvc_record_t *r) {
    unsigned unfed = if_so(is_unfed(r), ASVC_FACT_UNFED);
    if (asvc_edges_in(r) == 0 && asvc_edges_out(r) == 0) {
        return unfed; // nobody counts the others
    }
    bool up = asvc_facts_is_up(m, r);
    bool lost = asvc_facts_is_lost(m, r);
    bool there = (1u << r->run & LIVE) != 0 || r->n_below > 0;
    bool may_leave = (asvc_record_goes_on(r) || (r->run == ASVC_RUN_NONE && there)) && !stays_up(m, r);
    return if_so(up, ASVC_FACT_UP) | if_so(lost, ASVC_FACT_LOST)
        | if_so(may_leave && (r->again || r->n_leaving > 0), ASVC_FACT_LEAVING)
        | if_so(r->wanted && !up && !lost && !r->ran, ASVC_FACT_COMING) | if_so(there, ASVC_FACT_THERE)
        | unfed;
}

// Counts what a record names: that had the facts of before, and has those of now.
static void adjust_by_edge(asvc_manager_t *m, const asvc_edge_t *edge, unsigned before, unsigned now) {
    asvc_record_t *from = asvc_record(m, edge->from);
    if (edge->kind == ASVC_AFTER) {
        adjust(&from->n_coming, ASVC_FACT_COMING, before, now);
    } else {
        adjust(&from->n_down, ASVC_FACT_UP, now, before); // those that have it not
        adjust(&from->n_lost, ASVC_FACT_LOST, before, now);
        adjust(&from->n_leaving, ASVC_FACT_LEAVING, before, now);
    }
    asvc_facts_queue(m, ASVC_TO_FACTS, from);
}

// The same for what requires a record.
static void adjust_held_by(asvc_manager_t *m, const asvc_edge_t *edge, unsigned before, unsigned now) {
    if (edge->kind == ASVC_REQUIRES) {
        asvc_record_t *to = asvc_record(m, edge->to);
        adjust(&to->n_held_by, ASVC_FACT_THERE, before, now);
        asvc_facts_queue(m, ASVC_TO_FACTS, to);
    }
}

void asvc_facts_count_edge(asvc_manager_t *m, const asvc_edge_t *edge, bool in) {
    unsigned none = ASVC_FACT_UP; // what has no other counts nowhere
    asvc_record_t *to = asvc_record(m, edge->to);
    unsigned from = asvc_record(m, edge->from)->facts;
    adjust_by_edge(m, edge, in ? none : to->facts, in ? to->facts : none);
    adjust_held_by(m, edge, in ? none : from, in ? from : none);
    asvc_facts_queue(m, ASVC_TO_FACTS, to); // it may be that nothing holds it any more
}

// Works a record's facts out, and tells its neighbours what has changed.
static void renew_facts(asvc_manager_t *m, asvc_record_t *r) {
    unsigned before = r->facts, now = facts_of(m, r), changed = before ^ now;
    r->facts = (uint8_t)now;
    adjust(&m->n_unfed, ASVC_FACT_UNFED, before, now);
    if (changed & (ASVC_FACT_UP | ASVC_FACT_LOST | ASVC_FACT_LEAVING | ASVC_FACT_COMING)) {
        for (uint16_t id = asvc_edges_in(r); id != 0; id = asvc_edge(m, id)->next_in) {
            adjust_by_edge(m, asvc_edge(m, id), before, now);
        }
    }
    if (changed & ASVC_FACT_THERE) {
        for (uint16_t id = asvc_edges_out(r); id != 0; id = asvc_edge(m, id)->next_out) {
            adjust_held_by(m, asvc_edge(m, id), before, now);
        }
    }
}

// A stop by the user is one of all that requires what he stops, and of what is left below that. A core service that has ended well is required no
// longer than that.
static void spread_stop(asvc_manager_t *m, asvc_record_t *r) {
    r->spread = false;
    for (uint16_t id = asvc_edges_in(r); id != 0 && !r->core; id = asvc_edge(m, id)->next_in) {
        const asvc_edge_t *edge = asvc_edge(m, id);
        asvc_record_t *from = asvc_record(m, edge->from);
        if (edge->kind == ASVC_REQUIRES && (from->wanted || from->n_below > 0)) {
            asvc_facts_unwant(m, from, false);
            from->spread = true;
            from->out = from->orphans = true;
        }
    }
}

#endif

// Those below it may have to end.
static void look_below(asvc_manager_t *m, asvc_record_t *r) {
    bool misses = (ASVC_COUNT(r, n_lost) | ASVC_COUNT(r, n_leaving)) != 0;
    bool needs = ASVC_COUNT(r, n_down) > 0 || (misses && asvc_facts_is_its_turn(m, r));
    bool instances = r->out || r->unloading || needs;
    bool children = (r->orphans || needs) && !asvc_record_goes_on(r) && r->n_going == 0;
    bool changed = instances != r->ends_instances || children != r->ends_children;
    r->ends_instances = instances;
    r->ends_children = children;
    for (asvc_id_t id = changed ? r->edges.first_below : ASVC_NO_ID; id != ASVC_NO_ID;) {
        asvc_record_t *below = asvc_record(m, id);
        asvc_facts_queue(m, ASVC_TO_DECIDE, below);
        id = below->below.next;
    }
}

static void work_out(asvc_manager_t *m, asvc_record_t *r) {
    asvc_facts_queue(m, ASVC_TO_DECIDE, r);
#if ASVC_EDGES
    if (r->spread) {
        spread_stop(m, r);
    }
    renew_facts(m, r);
#endif
    if (!asvc_record_is_below(r)) {
        look_below(m, r);
    }
}

void asvc_facts_settle(asvc_manager_t *m) {
    asvc_record_t *r;
    while ((r = asvc_facts_take(m, ASVC_TO_FACTS)) != NULL) {
        work_out(m, r);
    }
}
