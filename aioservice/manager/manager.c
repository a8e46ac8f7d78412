#include "manager/manager.h"

#include <string.h>

#include "core/series.h"
#include "manager/deadlines.h"
#include "manager/edges.h"
#include "manager/facts.h"

// ---- storage --------------------------------------------------------------------------------

static void make_free(asvc_manager_t *m, asvc_record_t *r) {
    r->next[ASVC_TO_FACTS] = m->free;
    m->free = r->id;
}

size_t asvc_manager_room(const asvc_manager_t *m) {
    return (size_t)m->n_pages * ASVC_PAGE - m->n_records;
}

bool asvc_manager_add_page(asvc_manager_t *m, asvc_page_t *page, asvc_page_t **table) {
    size_t first = (size_t)m->n_pages * ASVC_PAGE;
    if (first + ASVC_PAGE > UINT16_MAX) {
        return false;
    }
    table[m->n_pages++] = page;
    m->pages = table;
    for (size_t i = ASVC_PAGE; i > 0; i--) { // the lowest number is taken first
        page->record[i - 1].id = (asvc_id_t)(first + i);
        make_free(m, &page->record[i - 1]);
    }
    return true;
}

#if ASVC_EDGES

size_t asvc_manager_edge_room(const asvc_manager_t *m) {
    return m->n_free_edges;
}

bool asvc_manager_add_edge_page(asvc_manager_t *m, asvc_edge_page_t *page, asvc_edge_page_t **table) {
    size_t first = (size_t)m->n_edge_pages * ASVC_EDGE_PAGE;
    if (first + ASVC_EDGE_PAGE > UINT16_MAX) {
        return false;
    }
    table[m->n_edge_pages++] = page;
    m->edge_pages = table;
    for (size_t i = ASVC_EDGE_PAGE; i > 0; i--) {
        asvc_edge(m, (uint16_t)(first + i))->next_out = m->free_edge;
        m->free_edge = (uint16_t)(first + i);
    }
    m->n_free_edges = (uint16_t)(m->n_free_edges + ASVC_EDGE_PAGE);
    return true;
}

#endif

// ---- records --------------------------------------------------------------------------------

// The record has changed: its facts are worked out, and it is looked at, before anything else is done.
static void touch(asvc_manager_t *m, asvc_record_t *r) {
    asvc_facts_queue(m, ASVC_TO_FACTS, r);
}

// The same, and perhaps what is due next.
static void renew(asvc_manager_t *m, asvc_record_t *r) {
    if (ASVC_DEADLINES) {
        asvc_deadlines_renew(m, r);
    }
    touch(m, r);
}

// What it asks of supervision and schedule, or NULL.
static asvc_block_t *block_of(const asvc_record_t *r) {
    return ASVC_DEADLINES ? r->block : NULL;
}

// The manager ends its run for a failure.
static bool has_verdict(const asvc_record_t *r) {
    return ASVC_SUPERVISION && r->verdict != ASVC_VERDICT_NONE;
}

static void hang_below(asvc_manager_t *m, asvc_record_t *above, asvc_record_t *r) {
    r->below.parent = above->id;
    asvc_id_t *first = &above->edges.first_below;
    r->below.next = *first;
    if (*first != ASVC_NO_ID) {
        asvc_record(m, *first)->below.prev = r->id;
    }
    *first = r->id;
}

static void take_from_below(asvc_manager_t *m, asvc_record_t *r) {
    asvc_record_t *above = asvc_record(m, r->below.parent);
    asvc_id_t *link =
        r->below.prev == ASVC_NO_ID ? &above->edges.first_below : &asvc_record(m, r->below.prev)->below.next;
    *link = r->below.next;
    if (r->below.next != ASVC_NO_ID) {
        asvc_record(m, r->below.next)->below.prev = r->below.prev;
    }
    touch(m, above);
}

asvc_id_t asvc_manager_define(asvc_manager_t *m, asvc_kind_t kind, asvc_id_t parent, void *user, bool owned) {
    asvc_id_t id = m->free;
    asvc_record_t *r = asvc_record(m, id);
    m->free = r->next[ASVC_TO_FACTS];
    m->n_records += 1;
    *r = (asvc_record_t){ .id = id, .kind = kind, .used = true, .user = user, .owned = owned };
#if ASVC_EVENTS
    r->heard = kind == ASVC_KIND_SERVICE || kind == ASVC_KIND_TASK ? ASVC_VIEW_HIDDEN : 0;
#endif
    if (parent != ASVC_NO_ID) {
        hang_below(m, asvc_record(m, parent), r);
    }
    touch(m, r);
    return id;
}

void asvc_manager_set_last(asvc_manager_t *m, asvc_id_t id, asvc_last_t last) {
    asvc_record(m, id)->last = last;
}

void asvc_manager_hide(asvc_manager_t *m, asvc_id_t id, bool hidden) {
    asvc_record_t *r = asvc_record(m, id);
    r->hidden = hidden;
#if ASVC_EVENTS
    if (!hidden) {
        r->heard =
            0; // who found it tells that; not that it still ends, as one that was unloaded and found again
    }
#endif
    touch(m, r);
}

static void leave_boot(asvc_manager_t *m, asvc_record_t *r) {
    m->n_boot = (uint16_t)(m->n_boot - r->in_boot);
    r->in_boot = false;
}

// A record that was released is free when its turn on the lists has come.
static void free_if_off_lists(asvc_manager_t *m, asvc_record_t *r) {
    unsigned on_lists = 0;
    for (int list = 0; list < ASVC_LISTS; list++) {
        on_lists |= r->next[list];
    }
    if (on_lists == 0) {
        m->n_records -= 1;
        make_free(m, r);
    }
}

void asvc_manager_release(asvc_manager_t *m, asvc_id_t id) {
    asvc_record_t *r = asvc_record(m, id);
    asvc_facts_settle(m);
    if (asvc_record_is_below(r)) {
        take_from_below(m, r);
    }
    if (ASVC_DEADLINES) {
        asvc_deadlines_clear(m, r);
    }
    if (ASVC_BOOT) {
        leave_boot(m, r);
    }
    r->user = NULL; // the caller's collector may look at free records, too
    r->block = NULL;
    r->used = false;
    r->owned = false;
    r->dead = true;
    free_if_off_lists(m, r);
}

void asvc_manager_set_block(asvc_manager_t *m, asvc_id_t id, asvc_block_t *block, const asvc_rules_t *rules) {
    asvc_record_t *r = asvc_record(m, id);
    if (rules != NULL) {
        block->rules = *rules;
    }
    r->block = block;
    renew(m, r);
}

void asvc_manager_set_core(asvc_manager_t *m, asvc_id_t id, bool core) {
    asvc_record_t *r = asvc_record(m, id);
    r->core = core;
    touch(m, r);
}

#if ASVC_EDGES

void asvc_manager_name(asvc_manager_t *m, asvc_id_t from, asvc_id_t to, asvc_edge_kind_t kind) {
    asvc_edges_add(m, from, to, kind);
    asvc_edge_t edge = { .from = from, .to = to, .kind = (uint8_t)kind };
    asvc_facts_count_edge(m, &edge, true);
}

void asvc_manager_clear_names(asvc_manager_t *m, asvc_id_t from) {
    uint16_t id;
    while ((id = asvc_edges_out(asvc_record(m, from))) != 0) {
        asvc_facts_count_edge(m, asvc_edge(m, id), false);
        asvc_edges_remove_first(m, from);
    }
}

#endif

// ---- what is wanted -------------------------------------------------------------------------

static void want(asvc_record_t *r) {
    r->set_aside = false;
    if (!r->wanted || (r->run == ASVC_RUN_NONE && !r->pending)) {
        r->ran = false; // what comes after it waits for this run
    }
    r->wanted = true;
    r->unloading = false;
    r->hurry = false;
}

void asvc_manager_want(asvc_manager_t *m, asvc_id_t id) {
    asvc_record_t *r = asvc_record(m, id);
    want(r);
    r->refused = false; // the next refusal is to be told
    touch(m, r);
}

// A run is asked for; one that goes on is as good.
static void ask(asvc_manager_t *m, asvc_record_t *r) {
    r->delayed = r->by_policy = r->by_schedule = false;
    r->pending = !asvc_record_goes_on(r) || r->pending;
    renew(m, r); // it waits no longer for the end of its delay, but perhaps for a due time
}

static void forget_short_runs(asvc_record_t *r) {
    if (ASVC_SUPERVISION && r->block != NULL) {
        r->block->restart = (asvc_restart_state_t){ 0 };
    }
}

static void start(asvc_manager_t *m, asvc_record_t *r) {
    want(r);
    r->refused = false; // the next refusal is to be told
    if (ASVC_SUPERVISION && !asvc_record_goes_on(r)) {
        r->verdict = ASVC_VERDICT_NONE;
        if (!asvc_record_limit_hit(r)) {
            forget_short_runs(r);
        }
    }
    if (r->kind == ASVC_KIND_CHILD) {
        asvc_record_t *parent = asvc_record(m, r->below.parent);
        parent->orphans = false; // it is to run, whether that runs or not
        touch(m, parent);
    }
    ask(m, r);
}

void asvc_manager_start(asvc_manager_t *m, asvc_id_t id) {
    start(m, asvc_record(m, id));
}

static void stop(asvc_manager_t *m, asvc_record_t *r, bool keep_schedule) {
    bool told = r->run == ASVC_RUN_STOPPING || r->run == ASVC_RUN_STUCK;
    r->cancel_again = r->cancel_again || told;
    r->spread = true;
    r->orphans = true;
    asvc_facts_unwant(m, r, keep_schedule);
    asvc_facts_settle(m); // it reaches all that requires it now: what is started after it stays wanted
}

void asvc_manager_stop(asvc_manager_t *m, asvc_id_t id, bool keep_schedule) {
    asvc_record(m, id)->set_aside = false;
    stop(m, asvc_record(m, id), keep_schedule);
}

void asvc_manager_set_aside(asvc_manager_t *m, asvc_id_t id) {
    asvc_record_t *r = asvc_record(m, id);
    bool is_over = r->run == ASVC_RUN_NONE && !r->pending && !asvc_facts_is_due_again(m, r);
    r->set_aside = r->set_aside || (r->wanted && !is_over);
    stop(m, r, false);
}

bool asvc_manager_is_set_aside(const asvc_manager_t *m, asvc_id_t id) {
    return asvc_record(m, id)->set_aside;
}

void asvc_manager_spare(asvc_manager_t *m, asvc_id_t id) {
    asvc_record_t *r = asvc_record(m, id);
    if (r->kind != ASVC_KIND_CHILD || !r->wanted || !asvc_record_goes_on(r) || r->spared) {
        return;
    }
    asvc_record_t *parent = asvc_record(m, r->below.parent);
    if (!parent->wanted) {
        r->spared = true;
        parent->n_below = (uint16_t)(parent->n_below - 1);
        touch(m, parent);
    }
}

void asvc_manager_restart(asvc_manager_t *m, asvc_id_t id) {
    asvc_record_t *r = asvc_record(m, id);
    if (!asvc_record_goes_on(r)) {
        r->cancel_again = r->run != ASVC_RUN_NONE; // whatever it does at its end is not waited for
        start(m, r);
        return;
    }
    want(r);
    r->verdict = ASVC_VERDICT_NONE;
    r->again = true;
    r->out = true;
    renew(m, r); // the verdict's deadline has gone
}

void asvc_manager_unload(asvc_manager_t *m, asvc_id_t id) {
    asvc_record_t *r = asvc_record(m, id);
    bool asked_before = r->unloading;
    if (!asked_before) {
        stop(m, r, false);
    }
    r->unloading = true;
    r->hurry = asked_before;
    touch(m, r);
}

void asvc_manager_reload(asvc_manager_t *m, asvc_id_t id) {
    asvc_record_t *r = asvc_record(m, id);
    bool wanted = r->wanted;
    if (wanted) {
        asvc_manager_restart(m, id);
    }
    r->orphans = r->out = true;
    r->unloading = true;
    touch(m, r);
}

void asvc_manager_drop(asvc_manager_t *m, asvc_id_t id) {
    asvc_record_t *r = asvc_record(m, id);
    stop(m, r, false);
    r->hurry = true;
    r->good = false;
    r->unschedule = false; // who takes the task away takes its schedule, too
    if (r->run == ASVC_RUN_NONE) {
        r->last = ASVC_LAST_NEVER;
    }
    forget_short_runs(r);
    touch(m, r);
}

void asvc_manager_boot(asvc_manager_t *m, asvc_id_t id) {
    asvc_record_t *r = asvc_record(m, id);
    m->n_boot = (uint16_t)(m->n_boot + !r->in_boot);
    r->in_boot = true;
    touch(m, r);
}

void asvc_manager_leave_boot(asvc_manager_t *m, asvc_id_t id) {
    leave_boot(m, asvc_record(m, id));
}

bool asvc_manager_reset_failed(asvc_manager_t *m, asvc_id_t id) {
    asvc_record_t *r = asvc_record(m, id);
    bool any = ASVC_SUPERVISION && r->block != NULL
        && (r->block->restart.short_runs > 0 || r->block->restart.limit_hit);
    forget_short_runs(r);
    touch(m, r);
    return any;
}

void asvc_manager_interrupt(asvc_manager_t *m) {
    m->interrupted = true;
    for (uint32_t id = 1; id <= (uint32_t)m->n_pages * ASVC_PAGE; id++) {
        asvc_record_t *r = asvc_record(m, (asvc_id_t)id);
        if (r->owned) { // a free record is not
            r->orphans = true;
            r->out = true;
            asvc_facts_unwant(m, r, true);
        }
    }
}

void asvc_manager_interrupt_over(asvc_manager_t *m) {
    m->interrupted = false;
}

// ---- schedule -------------------------------------------------------------------------------

#if ASVC_SCHEDULE

void asvc_manager_schedule(asvc_manager_t *m, asvc_id_t id, int64_t due_ms, int64_t period_ms, bool by_wall) {
    asvc_record_t *r = asvc_record(m, id);
    if (!r->scheduled) {
        r->block->last_ms = ASVC_NEVER_MS;
    }
    r->scheduled = true;
    r->unschedule = false;
    r->block->due_ms = due_ms;
    r->block->period_ms = period_ms;
    r->block->by_wall = by_wall;
    renew(m, r);
}

void asvc_manager_unschedule(asvc_manager_t *m, asvc_id_t id) {
    asvc_record_t *r = asvc_record(m, id);
    r->scheduled = false;
    r->unschedule = false;
    renew(m, r);
}

void asvc_manager_run_schedule(asvc_manager_t *m, bool runs) {
    m->schedule_runs = runs; // deadlines that are left are looked at, and renewed, when they come
}

// Moves the due time behind now. Answers whether there was one to be passed.
static bool pass_due(const asvc_manager_t *m, asvc_block_t *block) {
    if (block->due_ms == ASVC_NEVER_MS || block->due_ms > m->now_ms) {
        return false;
    }
    block->by_wall = false;
    block->due_ms =
        block->period_ms == 0 ? ASVC_NEVER_MS : asvc_series_next(block->due_ms, block->period_ms, m->now_ms);
    return true;
}

static void miss(asvc_manager_t *m, asvc_record_t *r) {
    r->tell_missed = true;
    asvc_facts_queue(m, ASVC_TO_TELL, r);
}

static void fire(asvc_manager_t *m, asvc_record_t *r) {
    if (!r->scheduled || !m->schedule_runs || !pass_due(m, r->block)) {
        return;
    }
    if (r->run == ASVC_RUN_NONE && !m->interrupted && !asvc_record_limit_hit(r)) {
        want(r); // its schedule says so, though its user may have stopped its last run
        ask(m, r);
        r->by_schedule = true;
    } else {
        miss(m, r);
    }
}

#endif

// ---- what has happened ----------------------------------------------------------------------

void asvc_manager_set_now(asvc_manager_t *m, int64_t now_ms) {
    if (ASVC_DEADLINES) {
        asvc_deadlines_move_now(m, now_ms);
    } else {
        m->now_ms = now_ms;
    }
}

static void feed(const asvc_manager_t *m, asvc_record_t *r) {
    asvc_block_t *block = block_of(r);
    if (block != NULL) {
        block->fed_ms = m->now_ms; // its deadline is renewed when it comes
    }
}

void asvc_manager_feed(asvc_manager_t *m, asvc_id_t id) {
    feed(m, asvc_record(m, id));
}

static void move_up(asvc_manager_t *m, asvc_record_t *r) {
    asvc_facts_set_run(m, r, ASVC_RUN_RUNNING);
    feed(m, r); // its watchdog counts from here
    renew(m, r);
}

void asvc_manager_stepped(asvc_manager_t *m, asvc_id_t id) {
    asvc_record_t *r = asvc_record(m, id);
    bool declares = ASVC_SUPERVISION && r->block != NULL && r->block->rules.ready_ms > 0;
    if (r->run == ASVC_RUN_STARTING && !declares) {
        move_up(m, r);
    }
}

void asvc_manager_ready(asvc_manager_t *m, asvc_id_t id) {
    asvc_record_t *r = asvc_record(m, id);
    if (r->run == ASVC_RUN_STARTING) {
        move_up(m, r);
    }
}

static void delay(asvc_manager_t *m, asvc_record_t *r, uint32_t ms) {
    r->delayed = ms > 0;
    if (r->delayed) {
        asvc_deadlines_set(m, r, m->now_ms + ms);
    }
}

// A good end of a core service is final.
static asvc_restart_rules_t rules_of(const asvc_record_t *r) {
    asvc_restart_rules_t rules = r->block->rules.restart;
    rules.clean_is_final = r->core;
    return rules;
}

static void ask_policy(asvc_manager_t *m, asvc_record_t *r, asvc_restart_end_t end);

// A child has failed for good: its service fails with it. Where its run has returned, that was no good end.
static void fail_with_child(asvc_manager_t *m, const asvc_record_t *child) {
    asvc_record_t *r = asvc_record(m, child->below.parent);
    if (asvc_record_goes_on(r)) {
        r->verdict = ASVC_VERDICT_CHILD;
    } else if (r->run == ASVC_RUN_NONE && r->last == ASVC_LAST_DONE && r->wanted && !r->pending) {
        r->last = ASVC_LAST_FAILED;
        r->good = false;
        r->orphans = true;
        if (r->block != NULL && !asvc_facts_is_due_again(m, r)) {
            ask_policy(m, r, ASVC_END_FAILURE);
        }
    }
    renew(m, r);
}

// What follows when a child fails: its own policy, where it has one, is asked in the same way as a service's.
static asvc_child_failure_t child_failure(const asvc_manager_t *m, const asvc_record_t *r) {
    if (!ASVC_SUPERVISION || r->kind != ASVC_KIND_CHILD) {
        return ASVC_CHILD_REPORT;
    }
    const asvc_block_t *block = asvc_record(m, r->below.parent)->block;
    return block == NULL ? ASVC_CHILD_REPORT : (asvc_child_failure_t)block->rules.child_failure;
}

// It has returned and left children running that it may still fail with: whether this was a clean end is not known yet.
static bool is_undecided(const asvc_record_t *r, asvc_restart_end_t end) {
    return end == ASVC_END_CLEAN && r->n_below > 0 && r->block->rules.child_failure == ASVC_CHILD_FAIL
        && !asvc_restart_calls_for(&r->block->rules.restart, end);
}

// Whether there is a new run is for its policy to say.
static void ask_policy(asvc_manager_t *m, asvc_record_t *r, asvc_restart_end_t end) {
    if (is_undecided(r, end)) {
        return;
    }
    asvc_restart_rules_t rules = rules_of(r);
    uint32_t ms = 0;
    switch (asvc_restart_ended(&rules, &r->block->restart, end, m->now_ms - r->block->started_ms, &ms)) {
    case ASVC_RESTART_YES:
        r->pending = true;
        r->by_policy = true;
        delay(m, r, ms);
        break;
    case ASVC_RESTART_LIMIT:
        r->last = ASVC_LAST_FAILED; // clean ends can be too many, too
        r->escalate = true;
        if (child_failure(m, r) == ASVC_CHILD_RESTART) {
            fail_with_child(m, r);
        }
        break;
    case ASVC_RESTART_NO:
        break;
    }
}

static asvc_last_t last_of(asvc_how_t how, bool told) {
    switch (how) {
    case ASVC_RAISED:
        return ASVC_LAST_FAILED;
    case ASVC_CANCELLED:
        return ASVC_LAST_STOPPED;
    case ASVC_RETURNED:
    case ASVC_RETURNED_ERROR:
        break;
    }
    return told ? ASVC_LAST_STOPPED : ASVC_LAST_DONE; // that it returned is no clean end of its work then
}

// The run is over; its deadline with it, and due times that have passed meanwhile.
static void clear_run(asvc_manager_t *m, asvc_record_t *r) {
    asvc_facts_set_run(m, r, ASVC_RUN_NONE);
    r->cancel_again = false;
#if ASVC_SCHEDULE
    if (r->scheduled && m->schedule_runs && pass_due(m, r->block)) {
        miss(m, r);
    }
#endif
    renew(m, r);
}

// A service's children go with its last run, unless that returned: it may have been there to start them.
static void note_orphans(asvc_manager_t *m, asvc_record_t *r, bool orphans) {
    if (ASVC_COPIES && r->kind == ASVC_KIND_INSTANCE) {
        r = asvc_record(m, r->below.parent);
        touch(m, r);
    }
    r->orphans = orphans;
}

void asvc_manager_ended(asvc_manager_t *m, asvc_id_t id, asvc_how_t how) {
    asvc_record_t *r = asvc_record(m, id);
    if (r->run == ASVC_RUN_NONE) {
        return;
    }
    bool late = has_verdict(r);
    bool told = !asvc_record_goes_on(r) && !late;
    r->last = last_of(late ? ASVC_RAISED : how, told);
    r->verdict = ASVC_VERDICT_NONE;
    r->ran = true;
    clear_run(m, r);
    // A child, after the others were told to end.
    bool on_stop_adds = ASVC_SUPERVISION && told && !asvc_record_is_below(r) && !r->orphans;
    note_orphans(m, r, r->last != ASVC_LAST_DONE && !on_stop_adds);
    if (r->last == ASVC_LAST_DONE) {
        r->good = how == ASVC_RETURNED;
    } else if (r->last == ASVC_LAST_FAILED && !told) {
        r->good = false;
    }
    if (r->last == ASVC_LAST_STOPPED && !told) {
        stop(m, r, true); // its user's, by way of Task.cancel()
    }
    if (r->last == ASVC_LAST_FAILED && !told && child_failure(m, r) == ASVC_CHILD_FAIL) {
        fail_with_child(m, r);
    }
    if (r->again) {
        r->again = false;
        r->pending = true; // in place of what it asked for
    } else if (ASVC_SUPERVISION && r->wanted && !told && !r->pending && r->block != NULL
        && !asvc_facts_is_due_again(m, r)) {
        ask_policy(m, r, r->last == ASVC_LAST_DONE ? ASVC_END_CLEAN : ASVC_END_FAILURE);
    }
}

void asvc_manager_abandoned(asvc_manager_t *m, asvc_id_t id) {
    asvc_record_t *r = asvc_record(m, id);
    if (r->run != ASVC_RUN_NONE) {
        asvc_facts_unwant(m, r, true);
        r->last = ASVC_LAST_STOPPED;
        r->ran = true;
        clear_run(m, r);
    }
}

void asvc_manager_taken_back(asvc_manager_t *m, asvc_id_t id) {
    clear_run(m, asvc_record(m, id));
}

void asvc_manager_no_memory(asvc_manager_t *m, asvc_id_t id) {
    asvc_record_t *r = asvc_record(m, id);
    clear_run(m, r);
    if (ASVC_SUPERVISION && r->wanted) {
        r->pending = true;
        delay(m, r, ASVC_NO_MEMORY_RETRY_MS);
    }
}

void asvc_manager_cannot_start(asvc_manager_t *m, asvc_id_t id) {
    asvc_record_t *r = asvc_record(m, id);
    if (r->run == ASVC_RUN_STARTING) {
        clear_run(m, r);
    }
    r->pending = r->delayed = false;
    if (r->last == ASVC_LAST_DONE) {
        r->last = ASVC_LAST_NEVER; // a good end of old makes it not up
    }
    renew(m, r);
}

// ---- what is due ----------------------------------------------------------------------------

#if ASVC_DEADLINES

static bool is_over(const asvc_manager_t *m, int64_t since_ms, uint32_t within_ms) {
    return within_ms > 0 && m->now_ms >= since_ms + within_ms;
}

static void judge(asvc_record_t *r, asvc_verdict_t verdict, bool applies) {
    if (applies) {
        r->verdict = verdict;
    }
}

static void expire(asvc_manager_t *m, asvc_record_t *r) {
    const asvc_block_t *block = r->block;
    switch ((asvc_run_t)r->run) {
    case ASVC_RUN_STOPPING:
        asvc_facts_set_run(m, r, ASVC_RUN_STUCK);
        r->tell_stuck = true;
        asvc_facts_queue(m, ASVC_TO_TELL, r);
        break;
    case ASVC_RUN_STARTING:
        judge(
            r, ASVC_VERDICT_NOT_READY, block != NULL && is_over(m, block->started_ms, block->rules.ready_ms));
        break;
    case ASVC_RUN_RUNNING:
        judge(r, ASVC_VERDICT_NOT_FED, block != NULL && is_over(m, block->fed_ms, block->rules.watchdog_ms));
        break;
    case ASVC_RUN_NONE:
        r->delayed = false;
        break;
    case ASVC_RUN_STUCK:
        break;
    }
#if ASVC_SCHEDULE
    fire(m, r);
#endif
    if (!asvc_record_goes_on(r) || !has_verdict(r)) { // else it is told to end, and has a new one then
        asvc_deadlines_renew(m, r);
    }
    touch(m, r);
}

void asvc_manager_look(asvc_manager_t *m, int64_t now_ms) {
    asvc_record_t *r;
    asvc_manager_set_now(m, now_ms);
    while ((r = asvc_deadlines_take(m)) != NULL) {
        expire(m, r);
    }
    asvc_facts_settle(m);
}

int64_t asvc_manager_left_ms(const asvc_manager_t *m) {
    return asvc_deadlines_left_ms(m);
}

#else

void asvc_manager_look(asvc_manager_t *m, int64_t now_ms) {
    m->now_ms = now_ms;
}

int64_t asvc_manager_left_ms(const asvc_manager_t *m) {
    (void)m;
    return ASVC_NEVER_MS;
}

#endif

// ---- what is to be done ---------------------------------------------------------------------

// What belongs to a service ends by what the manager found out about that, and then does not come back by itself.
static bool ends_with_parent(asvc_manager_t *m, asvc_record_t *r) {
    if (!asvc_record_is_below(r) || asvc_record_is_spared(r)) {
        return false;
    }
    const asvc_record_t *parent = asvc_record(m, r->below.parent);
    return r->kind == ASVC_KIND_INSTANCE ? parent->ends_instances : parent->ends_children;
}

static bool must_end(const asvc_manager_t *m, const asvc_record_t *r) {
    if (has_verdict(r) || ASVC_COUNT(r, n_down) > 0) {
        return true; // at once: dependants see that it is gone
    }
    bool leaves = !r->wanted || r->again || ASVC_COUNT(r, n_lost) > 0 || ASVC_COUNT(r, n_leaving) > 0;
    return leaves && asvc_facts_is_its_turn(m, r);
}

static asvc_action_kind_t end(asvc_manager_t *m, asvc_record_t *r) {
    if (r->wanted && !has_verdict(r)) {
        r->pending = true; // it comes back
        r->out = true;
    }
    r->again = false;
    if (!asvc_record_is_below(r)) {
        r->orphans = true;
    }
    r->told = true;
    asvc_facts_set_run(m, r, ASVC_RUN_STOPPING);
    if (ASVC_SUPERVISION && r->owned) {
        uint32_t ms = r->block == NULL ? 0 : r->block->rules.stop_ms;
        asvc_deadlines_set(m, r, m->now_ms + (ms > 0 ? ms : ASVC_STOP_MS));
    } else if (ASVC_DEADLINES) {
        asvc_deadlines_clear(m, r);
    }
    return ASVC_DO_CANCEL;
}

static bool may_start(const asvc_record_t *r) {
    int in_the_way = ASVC_COUNT(r, n_down) | ASVC_COUNT(r, n_lost) | ASVC_COUNT(r, n_coming)
        | ASVC_COUNT(r, n_leaving) | (ASVC_COPIES ? r->n_stopping : 0);
    return r->run == ASVC_RUN_NONE && r->wanted && r->pending && !r->delayed && in_the_way == 0;
}

static asvc_action_kind_t begin(asvc_manager_t *m, asvc_record_t *r) {
    asvc_block_t *block = block_of(r);
    if (block != NULL) {
        block->started_ms = block->fed_ms = m->now_ms;
        block->restarts = (uint16_t)(block->restarts + (r->by_policy && block->restarts < UINT16_MAX));
#if ASVC_SCHEDULE
        block->last_ms = m->now_ms;
#endif
    }
    r->pending = r->by_policy = r->by_schedule = r->out = r->orphans = r->told = false;
    r->refused = false;
    asvc_facts_set_run(m, r, ASVC_RUN_STARTING);
    renew(m, r);
    return ASVC_DO_START;
}

// Whether boot has its answer: it ended well, or will not run before somebody does something about it.
static bool is_over_for_boot(const asvc_record_t *r) {
    bool rests = r->run == ASVC_RUN_NONE;
    return r->run == ASVC_RUN_STUCK || (rests && (!r->pending || r->refused));
}

static bool is_releasable(const asvc_record_t *r) {
    bool named = ASVC_EDGES && asvc_edges_in(r) != 0;
    return r->hidden && r->run == ASVC_RUN_NONE && asvc_record_first_below(r) == ASVC_NO_ID && !named
        && !r->pending;
}

static void refuse(asvc_manager_t *m, asvc_record_t *r) {
    if (!r->refused) {
        r->refused = true;
        if (!r->scheduled || r->last != ASVC_LAST_FAILED) { // a schedule makes up no failure
            r->last = ASVC_LAST_NEVER; // it waited: what was before is of no interest any more
        }
        touch(m, r);
        r->tell_refused = true;
        asvc_facts_queue(m, ASVC_TO_TELL, r);
    }
}

// A service returned, and what it has left running is to end because of what the service requires: then that starts
// again, as one that runs does. A good end of a core service is final, and what is scheduled waits for its time.
static void bring_back(asvc_manager_t *m, asvc_record_t *r) {
    bool rests_well = r->run == ASVC_RUN_NONE && r->last == ASVC_LAST_DONE && r->wanted && !r->pending;
    if (rests_well && !r->core && !r->orphans && !r->out && !asvc_facts_is_due_again(m, r)) {
        r->pending = true;
        touch(m, r);
    }
}

static void end_with_parent(asvc_manager_t *m, asvc_record_t *r) {
    bool goes_on = asvc_record_goes_on(r);
    if (r->wanted && ends_with_parent(m, r) && (goes_on || r->pending)) {
        if (ASVC_EDGES && goes_on) {
            bring_back(m, asvc_record(m, r->below.parent));
        }
        asvc_facts_unwant(m, r, false);
    }
}

// What belongs to the run before ends by facts that a new run takes back. Answers whether an instance is still to end
// before that.
static bool end_run_before(asvc_manager_t *m, const asvc_record_t *r) {
    if (r->ends_instances || r->ends_children) {
        for (asvc_id_t id = r->edges.first_below; id != ASVC_NO_ID;) {
            asvc_record_t *below = asvc_record(m, id);
            end_with_parent(m, below);
            id = below->below.next;
        }
    }
    return ASVC_COPIES && r->ends_instances && r->n_going > 0;
}

// What is loaded next by that name is another service.
static void be_forgotten(asvc_manager_t *m, asvc_record_t *r) {
    r->unloading = r->hurry = false;
    r->hidden = r->out = true;
    r->last = r->run == ASVC_RUN_NONE ? ASVC_LAST_NEVER : r->last;
    if (ASVC_SUPERVISION && r->block != NULL) {
        r->block->restart = (asvc_restart_state_t){ 0 };
        r->block->restarts = 0;
    }
    touch(m, r);
}

// What is to be done about a record now, one thing at a time.
static asvc_action_kind_t decide(asvc_manager_t *m, asvc_record_t *r) {
    bool goes_on = asvc_record_goes_on(r);
    end_with_parent(m, r);
    if (goes_on && must_end(m, r)) {
        return end(m, r);
    }
    if (r->cancel_again) {
        r->cancel_again = false;
        return ASVC_DO_CANCEL;
    }
    if (ASVC_SCHEDULE && r->unschedule) {
        r->unschedule = false;
        return ASVC_DO_UNSCHEDULE;
    }
    if (r->unloading && !goes_on && asvc_facts_is_its_turn(m, r)) {
        be_forgotten(m, r);
        return ASVC_DO_FORGET;
    }
    if (ASVC_SUPERVISION && r->escalate) {
        r->escalate = false;
        return ASVC_DO_ESCALATE;
    }
    if (may_start(r) && !end_run_before(m, r)) {
        return begin(m, r);
    }
    if (ASVC_COUNT(r, n_lost) == 0) {
        r->refused = false; // the next time is to be told again
    } else if (r->run == ASVC_RUN_NONE && r->pending) {
        refuse(m, r);
    }
    if (ASVC_BOOT && r->in_boot && is_over_for_boot(r)) {
        leave_boot(m, r);
        return ASVC_DO_BOOT;
    }
    if (is_releasable(r)) {
        return ASVC_DO_RELEASE;
    }
#if ASVC_EVENTS
    if (r->heard != asvc_manager_view(m, r->id)) {
        asvc_facts_queue(m, ASVC_TO_TELL, r);
    }
#endif
    return ASVC_DO_NOTHING;
}

#if ASVC_FINDINGS

// What is to be told of a record, one thing at a time.
static void tell(asvc_manager_t *m, asvc_record_t *r, asvc_action_t *next) {
#if ASVC_EVENTS
    next->was = (uint16_t)r->heard;
    unsigned view = asvc_manager_hear(m, next->id);
    if (view != next->was) {
        next->kind = ASVC_TELL_VIEW;
    }
#endif
#if ASVC_EDGES
    if (r->tell_refused && r->refused) {
        next->kind = ASVC_TELL_REFUSED;
        next->because = asvc_manager_next_missing(m, next->id, ASVC_NO_ID);
    } else if (r->tell_stuck && r->run == ASVC_RUN_STUCK) {
        next->kind = ASVC_TELL_STUCK;
    }
    r->tell_refused = r->tell_stuck = false;
#endif
    if (next->kind == ASVC_DO_NOTHING && r->tell_missed) {
        r->tell_missed = false;
        next->kind = ASVC_TELL_MISSED;
    } else if (r->tell_missed) {
        asvc_facts_queue(m, ASVC_TO_TELL, r);
    }
}

#endif

asvc_action_t asvc_manager_next(asvc_manager_t *m) {
    asvc_action_t next = { .kind = ASVC_DO_NOTHING };
    asvc_record_t *r;
    do {
        asvc_facts_settle(m);
        r = asvc_facts_take(m, ASVC_TO_DECIDE);
        bool decides = r != NULL;
        if (!decides && (!ASVC_FINDINGS || (r = asvc_facts_take(m, ASVC_TO_TELL)) == NULL)) {
            return next;
        }
        next.id = r->id;
        if (r->dead) {
            free_if_off_lists(m, r);
        } else if (decides) {
            next.by_policy = r->by_policy;
            next.by_schedule = r->by_schedule;
            next.kind = decide(m, r);
        } else {
#if ASVC_FINDINGS
            tell(m, r, &next);
#endif
        }
    } while (next.kind == ASVC_DO_NOTHING);
    if (next.kind != ASVC_DO_RELEASE) {
        asvc_facts_queue(m, ASVC_TO_DECIDE, r); // there may be more to do about it
    }
    return next;
}

#if ASVC_EDGES
bool asvc_manager_refuse(asvc_manager_t *m, asvc_id_t id) {
    asvc_facts_settle(m);
    asvc_record_t *r = asvc_record(m, id);
    r->refused = r->run == ASVC_RUN_NONE && r->n_lost > 0;
    r->tell_refused = false;
#if ASVC_EVENTS
    if (r->refused) {
        asvc_manager_hear(m, id);
    }
#endif
    return r->refused;
}
#endif

// ---- questions ------------------------------------------------------------------------------

static asvc_state_t state_of(const asvc_record_t *r) {
    if (r->run != ASVC_RUN_NONE) {
        return (asvc_state_t)(ASVC_STARTING + (r->run - ASVC_RUN_STARTING));
    }
    return asvc_facts_waits(r) ? ASVC_WAITING : asvc_state_of_last((asvc_last_t)r->last);
}

asvc_state_t asvc_manager_state(const asvc_manager_t *m, asvc_id_t id) {
    return state_of(asvc_record(m, id));
}

static asvc_why_t why_of(const asvc_record_t *r) {
    if (r->delayed) {
        return r->by_policy ? ASVC_WHY_RESTART : ASVC_WHY_MEMORY;
    }
    if (!r->pending) {
        return ASVC_WHY_SCHEDULE;
    }
    if ((ASVC_COUNT(r, n_down) | ASVC_COUNT(r, n_lost) | ASVC_COUNT(r, n_leaving)) != 0) {
        return ASVC_WHY_REQUIRES;
    }
    return ASVC_COUNT(r, n_coming) > 0     ? ASVC_WHY_AFTER
        : (r->n_stopping | r->n_going) > 0 ? ASVC_WHY_CHILDREN
                                           : ASVC_WHY_NOTHING;
}

static unsigned view_of(const asvc_record_t *r) {
    if (r->hidden || r->kind == ASVC_KIND_TASK) {
        return ASVC_VIEW_HIDDEN;
    }
    asvc_state_t state = state_of(r);
    unsigned view = state + (state == ASVC_WAITING ? (unsigned)why_of(r) : 0);
    return view | (r->wanted ? ASVC_VIEW_WANTED : 0) | (asvc_record_limit_hit(r) ? ASVC_VIEW_LIMIT_HIT : 0);
}

unsigned asvc_manager_view(const asvc_manager_t *m, asvc_id_t id) {
    return view_of(asvc_record(m, id));
}

#if ASVC_EVENTS
unsigned asvc_manager_hear(asvc_manager_t *m, asvc_id_t id) {
    asvc_record_t *r = asvc_record(m, id);
    unsigned view = view_of(r);
    r->heard = view & 63;
    return view;
}
#endif

asvc_state_t asvc_state_of_last(asvc_last_t last) {
    return (asvc_state_t)(ASVC_INACTIVE + (last - ASVC_LAST_NEVER));
}

const char *asvc_state_name(asvc_state_t state) {
    static const char *const names[] = {
        [ASVC_INACTIVE] = "inactive",
        [ASVC_STARTING] = "starting",
        [ASVC_RUNNING] = "running",
        [ASVC_STOPPING] = "stopping",
        [ASVC_DONE] = "done",
        [ASVC_STOPPED] = "stopped",
        [ASVC_FAILED] = "failed",
        [ASVC_WAITING] = "waiting",
        [ASVC_STUCK] = "stuck",
    };
    return names[state];
}

bool asvc_state_is_live(asvc_state_t state) {
    return state >= ASVC_STARTING && state <= ASVC_STUCK;
}

bool asvc_state_goes_on(asvc_state_t state) {
    return state == ASVC_STARTING || state == ASVC_RUNNING;
}

void *asvc_manager_user(const asvc_manager_t *m, asvc_id_t id) {
    return asvc_record(m, id)->user;
}

bool asvc_manager_is_wanted(const asvc_manager_t *m, asvc_id_t id) {
    return asvc_record(m, id)->wanted;
}

bool asvc_manager_is_coming(const asvc_manager_t *m, asvc_id_t id) {
    return !asvc_facts_is_lost(m, asvc_record(m, id));
}

asvc_verdict_t asvc_manager_verdict(const asvc_manager_t *m, asvc_id_t id) {
    return (asvc_verdict_t)asvc_record(m, id)->verdict;
}

bool asvc_manager_is_due_again(const asvc_manager_t *m, asvc_id_t id) {
    return asvc_facts_is_due_again(m, asvc_record(m, id));
}

asvc_id_t asvc_manager_next_record(const asvc_manager_t *m, asvc_id_t after) {
    for (uint32_t id = after + 1u; id <= (uint32_t)m->n_pages * ASVC_PAGE; id++) {
        if (asvc_record(m, (asvc_id_t)id)->used) {
            return (asvc_id_t)id;
        }
    }
    return ASVC_NO_ID;
}

bool asvc_manager_was_told(const asvc_manager_t *m, asvc_id_t id) {
    return asvc_record(m, id)->told;
}

asvc_id_t asvc_manager_parent(const asvc_manager_t *m, asvc_id_t id) {
    const asvc_record_t *r = asvc_record(m, id);
    return asvc_record_is_below(r) ? r->below.parent : ASVC_NO_ID;
}

asvc_id_t asvc_manager_next_below(const asvc_manager_t *m, asvc_id_t id, asvc_id_t after) {
    return after == ASVC_NO_ID ? asvc_record(m, id)->edges.first_below : asvc_record(m, after)->below.next;
}

bool asvc_manager_is_pending(const asvc_manager_t *m, asvc_id_t id) {
    return asvc_record(m, id)->pending;
}

bool asvc_manager_is_delayed(const asvc_manager_t *m, asvc_id_t id) {
    return asvc_record(m, id)->delayed;
}

uint32_t asvc_manager_delay_ms(const asvc_manager_t *m, asvc_id_t id) {
#if ASVC_DEADLINES
    const asvc_record_t *r = asvc_record(m, id);
    return r->delayed ? asvc_deadlines_left_of(m, r) : 0;
#else
    (void)m;
    (void)id;
    return 0;
#endif
}

static uint32_t left(const asvc_manager_t *m, int64_t at_ms) {
    int64_t ms = at_ms - m->now_ms;
    return ms < 0 ? 0 : ms < UINT32_MAX ? (uint32_t)ms : UINT32_MAX - 1;
}

uint32_t asvc_manager_next_ms(const asvc_manager_t *m, asvc_id_t id) {
    const asvc_record_t *r = asvc_record(m, id);
    if (r->delayed) {
        return asvc_manager_delay_ms(m, id);
    }
#if ASVC_SCHEDULE
    if (r->scheduled && m->schedule_runs && r->block->due_ms != ASVC_NEVER_MS) {
        return left(m, r->block->due_ms);
    }
#endif
    return UINT32_MAX;
}

uint32_t asvc_manager_unfed_ms(const asvc_manager_t *m, asvc_id_t id) {
    const asvc_record_t *r = asvc_record(m, id);
    bool watched =
        ASVC_SUPERVISION && r->run == ASVC_RUN_RUNNING && r->block != NULL && r->block->rules.watchdog_ms > 0;
    return watched ? left(m, r->block->fed_ms + r->block->rules.watchdog_ms) : UINT32_MAX;
}

bool asvc_manager_is_refused(const asvc_manager_t *m, asvc_id_t id) {
    return asvc_record(m, id)->refused;
}

bool asvc_manager_is_unloading(const asvc_manager_t *m, asvc_id_t id) {
    return asvc_record(m, id)->unloading;
}

bool asvc_manager_is_in_boot(const asvc_manager_t *m, asvc_id_t id) {
    return asvc_record(m, id)->in_boot;
}

#if ASVC_EDGES

static bool stands_in_the_way(const asvc_manager_t *m, const asvc_edge_t *edge) {
    const asvc_record_t *to = asvc_record(m, edge->to);
    bool lost_only = asvc_record(m, edge->from)->n_lost > 0;
    if (edge->kind == ASVC_AFTER) {
        return (to->facts & ASVC_FACT_COMING) != 0;
    }
    return lost_only ? (to->facts & ASVC_FACT_LOST) != 0 : (to->facts & ASVC_FACT_UP) == 0;
}

// The first of the edges from `at` on that stands in the way; 0 where there is none. to: of those to that one.
static uint16_t first_in_the_way(const asvc_manager_t *m, uint16_t at, asvc_id_t to) {
    for (; at != 0; at = asvc_edge(m, at)->next_out) {
        const asvc_edge_t *edge = asvc_edge(m, at);
        if ((to == ASVC_NO_ID || edge->to == to) && stands_in_the_way(m, edge)) {
            break;
        }
    }
    return at;
}

asvc_id_t asvc_manager_next_missing(const asvc_manager_t *m, asvc_id_t id, asvc_id_t after) {
    uint16_t all = asvc_edges_out(asvc_record(m, id)), at = all;
    if (after != ASVC_NO_ID && (at = first_in_the_way(m, all, after)) != 0) {
        at = asvc_edge(m, at)->next_out;
    }
    while ((at = first_in_the_way(m, at, ASVC_NO_ID)) != 0) {
        asvc_id_t to = asvc_edge(m, at)->to;
        if (first_in_the_way(m, all, to) == at) {
            return to; // not one that was answered before: a service may be named twice
        }
        at = asvc_edge(m, at)->next_out;
    }
    return ASVC_NO_ID;
}

#endif
