#include "model.h"

#include "manager/deadlines.h"

#include <string.h>

// ---- asking about records -------------------------------------------------------------------

// The record in use after `id`, the first one after ASVC_NO_ID; ASVC_NO_ID: there is none.
static asvc_id_t next_of(const model_t *m, asvc_id_t id) {
    for (id++; id <= MODEL_MAX; id++) {
        if (m->record[id].used) {
            return id;
        }
    }
    return ASVC_NO_ID;
}

static bool goes_on(const model_record_t *r) {
    return r->run == ASVC_RUN_STARTING || r->run == ASVC_RUN_RUNNING;
}

// A run that may still end by itself or as it was told. Of a stuck one nobody knows.
static bool is_live(const model_record_t *r) {
    return goes_on(r) || r->run == ASVC_RUN_STOPPING;
}

static bool was_told(const model_record_t *r) {
    return r->run == ASVC_RUN_STOPPING || r->run == ASVC_RUN_STUCK;
}

static bool rests(const model_record_t *r) {
    return r->run == ASVC_RUN_NONE;
}

static bool is_delayed(const model_record_t *r) {
    return r->not_before_ms != ASVC_NEVER_MS;
}

static bool waits(const model_record_t *r) {
    bool any = r->asked || (r->scheduled && r->last == ASVC_LAST_NEVER);
    return rests(r) && any && !r->refused;
}

// Its schedule has a further run for it, or may have once it runs.
static bool is_due_again(const model_t *m, const model_record_t *r) {
    return r->scheduled && (r->due_ms != ASVC_NEVER_MS || !m->schedule_runs);
}

// It is up whether it runs or not. A core service: from its first good end until a run of its own fails. What is scheduled:
// unless its last run failed.
static bool stays_up(const model_t *m, const model_record_t *r) {
    return r->core ? r->good : is_due_again(m, r) && r->last != ASVC_LAST_FAILED;
}

// Others are up while they run and are ready, and after a clean end, until they are asked to run again. There is nothing
// of what was unloaded, or is to be.
static bool is_up(const model_t *m, asvc_id_t id) {
    const model_record_t *r = &m->record[id];
    bool is_there = !r->hidden && !r->unloading;
    bool did_its_work = rests(r) && r->last == ASVC_LAST_DONE && !r->asked && is_there;
    bool is_due = r->scheduled && r->run == ASVC_RUN_STARTING && r->last != ASVC_LAST_FAILED;
    return stays_up(m, r) || (!r->core && (r->run == ASVC_RUN_RUNNING || did_its_work || is_due));
}

typedef bool (*question_t)(const model_t *, asvc_id_t);

static bool any_named(const model_t *m, asvc_id_t id, asvc_edge_kind_t kind, question_t question) {
    const model_record_t *r = &m->record[id];
    for (unsigned i = 0; i < r->n_names; i++) {
        if (r->names[i].kind == kind && question(m, r->names[i].to)) {
            return true;
        }
    }
    return false;
}

// It will not be up by itself, or not for long.
static bool is_lost(const model_t *m, asvc_id_t id) {
    const model_record_t *r = &m->record[id];
    if (is_up(m, id) && (rests(r) || stays_up(m, r))) {
        return false;
    }
    return !r->wanted || r->run == ASVC_RUN_STUCK || (rests(r) && !r->asked)
        || any_named(m, id, ASVC_REQUIRES, is_lost);
}

// What comes after it waits for it: it has yet to come up, or to end for the first time.
static bool is_coming(const model_t *m, asvc_id_t id) {
    const model_record_t *r = &m->record[id];
    return r->wanted && !r->ran && !is_up(m, id) && !is_lost(m, id);
}

static bool is_not_up(const model_t *m, asvc_id_t id) {
    return !is_up(m, id);
}

static bool lacks(const model_t *m, asvc_id_t id) {
    return any_named(m, id, ASVC_REQUIRES, is_not_up);
}

static bool is_below(const model_record_t *r) {
    return r->kind == ASVC_KIND_INSTANCE || r->kind == ASVC_KIND_CHILD;
}

// What its service requires waits for it.
static bool is_held_to(const model_record_t *r) {
    return is_live(r) && !r->spared;
}

// Whether one that is below it, and of that kind, is as `is` says.
static bool any_below(const model_t *m, asvc_id_t id, asvc_kind_t kind, bool (*is)(const model_record_t *)) {
    for (asvc_id_t below = next_of(m, ASVC_NO_ID); below != ASVC_NO_ID; below = next_of(m, below)) {
        const model_record_t *r = &m->record[below];
        if (is_below(r) && r->parent == id && r->kind == kind && is(r)) {
            return true;
        }
    }
    return false;
}

static bool anything_below(const model_t *m, asvc_id_t id) {
    return any_below(m, id, ASVC_KIND_INSTANCE, is_live) || any_below(m, id, ASVC_KIND_CHILD, is_held_to);
}

static bool is_there(const model_t *m, asvc_id_t id) {
    return is_live(&m->record[id]) || anything_below(m, id);
}

// It ends in its turn and comes back, or what it has left running does.
static bool is_leaving(const model_t *m, asvc_id_t id) {
    const model_record_t *r = &m->record[id];
    bool goes = goes_on(r) || (rests(r) && is_there(m, id));
    return goes && !stays_up(m, r) && (r->again || any_named(m, id, ASVC_REQUIRES, is_leaving));
}

static bool names(const model_record_t *r, asvc_id_t to, bool requires_only) {
    for (unsigned i = 0; i < r->n_names; i++) {
        if (r->names[i].to == to && (r->names[i].kind == ASVC_REQUIRES || !requires_only)) {
            return true;
        }
    }
    return false;
}

// Something that requires it is still there.
static bool is_held(const model_t *m, asvc_id_t id) {
    for (asvc_id_t from = next_of(m, ASVC_NO_ID); from != ASVC_NO_ID; from = next_of(m, from)) {
        if (names(&m->record[from], id, true) && is_there(m, from)) {
            return true;
        }
    }
    return false;
}

static bool is_its_turn(const model_t *m, asvc_id_t id) {
    return m->record[id].at_once || !is_held(m, id) || stays_up(m, &m->record[id]);
}

// ---- what is to be done ---------------------------------------------------------------------

static bool must_end(const model_t *m, asvc_id_t id) {
    const model_record_t *r = &m->record[id];
    if (!goes_on(r)) {
        return false;
    }
    if (r->verdict != ASVC_VERDICT_NONE || lacks(m, id)) {
        return true; // at once
    }
    bool in_its_turn = !r->wanted || r->again || any_named(m, id, ASVC_REQUIRES, is_lost)
        || any_named(m, id, ASVC_REQUIRES, is_leaving);
    return in_its_turn && is_its_turn(m, id);
}

static bool is_stopping(const model_record_t *r) {
    return r->run == ASVC_RUN_STOPPING;
}

static bool may_start(const model_t *m, asvc_id_t id) {
    const model_record_t *r = &m->record[id];
    return rests(r) && r->wanted && r->asked && !is_delayed(r) && !lacks(m, id)
        && !any_named(m, id, ASVC_REQUIRES, is_lost) && !any_named(m, id, ASVC_REQUIRES, is_leaving)
        && !any_named(m, id, ASVC_AFTER, is_coming) && !any_below(m, id, ASVC_KIND_INSTANCE, is_stopping);
}

static bool may_forget(const model_t *m, asvc_id_t id) {
    const model_record_t *r = &m->record[id];
    return r->unloading && !goes_on(r) && is_its_turn(m, id);
}

// It waits for its start in vain.
static bool must_be_refused(const model_t *m, asvc_id_t id) {
    const model_record_t *r = &m->record[id];
    return rests(r) && r->asked && any_named(m, id, ASVC_REQUIRES, is_lost);
}

// Boot has its answer: it has ended, or will not run before somebody does something about it.
static bool boot_is_over(const model_t *m, asvc_id_t id) {
    const model_record_t *r = &m->record[id];
    return r->in_boot && (r->run == ASVC_RUN_STUCK || (rests(r) && (!r->asked || must_be_refused(m, id))));
}

static bool may_release(const model_t *m, asvc_id_t id) {
    const model_record_t *r = &m->record[id];
    if (!r->hidden || !rests(r) || r->asked) {
        return false;
    }
    for (asvc_id_t other = next_of(m, ASVC_NO_ID); other != ASVC_NO_ID; other = next_of(m, other)) {
        const model_record_t *o = &m->record[other];
        if (names(o, id, false) || (is_below(o) && o->parent == id)) {
            return false;
        }
    }
    return true;
}

// What is still to be done about a record, but for its release; NULL: nothing.
static const char *due_for(const model_t *m, asvc_id_t id) {
    const model_record_t *r = &m->record[id];
    return must_end(m, id)    ? "a run that must end is not told to"
        : r->owes_cancel      ? "a run that was stopped again is not told again"
        : r->owes_unschedule  ? "one that was stopped is still in the schedule"
        : may_forget(m, id)   ? "one that is unloaded is not forgotten"
        : r->owes_escalation  ? "a start limit has no consequence"
        : may_start(m, id)    ? "one that may start does not"
        : boot_is_over(m, id) ? "boot waits for what is over"
                              : NULL;
}

static const char *anything_due(const model_t *m, asvc_id_t *about) {
    for (asvc_id_t id = next_of(m, ASVC_NO_ID); id != ASVC_NO_ID; id = next_of(m, id)) {
        const char *due = due_for(m, id);
        *about = id;
        if (due != NULL) {
            return due;
        }
        if (may_release(m, id)) {
            return "a record that nothing holds is not released";
        }
    }
    return NULL;
}

// ---- records --------------------------------------------------------------------------------

const char *model_define(model_t *m, asvc_id_t id, asvc_kind_t kind, asvc_id_t parent, bool owned) {
    if (id == ASVC_NO_ID || id > MODEL_MAX || m->record[id].used) {
        return "a number that is none, or in use";
    }
    m->record[id] = (model_record_t){
        .used = true,
        .kind = kind,
        .parent = parent,
        .owned = owned,
        .not_before_ms = ASVC_NEVER_MS,
        .end_by_ms = ASVC_NEVER_MS,
        .due_ms = ASVC_NEVER_MS,
        .last_ms = ASVC_NEVER_MS,
    };
    return NULL;
}

void model_hide(model_t *m, asvc_id_t id, bool hidden) {
    m->record[id].hidden = hidden;
}

void model_release(model_t *m, asvc_id_t id) {
    m->record[id] = (model_record_t){ 0 };
}

void model_set_block(model_t *m, asvc_id_t id, const asvc_block_t *block, const asvc_rules_t *rules) {
    model_record_t *r = &m->record[id];
    if (block == NULL || !r->has_block) {
        r->restarts = 0;
        r->short_runs = 0;
        r->delay_ms = 0;
        r->limit_hit = false;
    }
    if (block != NULL && !r->has_block) {
        r->started_ms = block->started_ms;
        r->fed_ms = block->fed_ms;
    }
    r->has_block = block != NULL;
    r->rules = block == NULL ? (asvc_rules_t){ 0 } : rules != NULL ? *rules : r->rules;
}

void model_set_core(model_t *m, asvc_id_t id, bool core) {
    m->record[id].core = core;
}

void model_name(model_t *m, asvc_id_t from, asvc_id_t to, asvc_edge_kind_t kind) {
    model_record_t *r = &m->record[from];
    r->names[r->n_names++] = (model_name_t){ (uint8_t)to, (uint8_t)kind };
}

void model_clear_names(model_t *m, asvc_id_t from) {
    m->record[from].n_names = 0;
}

// ---- what is wanted -------------------------------------------------------------------------

static void want(model_record_t *r) {
    if (!r->wanted || (rests(r) && !r->asked)) {
        r->ran = false;
    }
    r->wanted = true;
    r->unloading = r->at_once = false;
}

void model_want(model_t *m, asvc_id_t id) {
    want(&m->record[id]);
    m->record[id].refused = false; // the next time is to be told
}

static void ask(model_record_t *r) {
    r->not_before_ms = ASVC_NEVER_MS;
    r->by_policy = r->by_schedule = false;
    r->asked = r->asked || !goes_on(r);
}

static void forget_short_runs(model_record_t *r) {
    r->short_runs = 0;
    r->delay_ms = 0;
    r->limit_hit = false;
}

void model_start(model_t *m, asvc_id_t id) {
    model_record_t *r = &m->record[id];
    model_want(m, id);
    if (!goes_on(r)) {
        r->verdict = ASVC_VERDICT_NONE;
    }
    if (!goes_on(r) && !r->limit_hit) {
        forget_short_runs(r);
    }
    if (r->kind == ASVC_KIND_CHILD) {
        m->record[r->parent].ends_children = false;
    }
    ask(r);
}

// Nothing starts it any more.
static void unwant(model_record_t *r, bool keep_schedule) {
    if (waits(r)) {
        r->last = ASVC_LAST_STOPPED;
    }
    r->wanted = r->asked = r->by_policy = r->again = r->refused = false;
    r->verdict = ASVC_VERDICT_NONE;
    r->not_before_ms = ASVC_NEVER_MS;
    if (r->scheduled && !keep_schedule) {
        r->scheduled = false;
        r->owes_unschedule = true;
    }
}

// What requires it is stopped with it, and what requires that. A core service's dependants need only its good end.
static void stop_dependants(model_t *m, asvc_id_t id) {
    if (m->record[id].core) {
        return;
    }
    for (asvc_id_t from = next_of(m, ASVC_NO_ID); from != ASVC_NO_ID; from = next_of(m, from)) {
        model_record_t *r = &m->record[from];
        if ((r->wanted || anything_below(m, from)) && names(r, id, true)) {
            unwant(r, false);
            r->ends_instances = r->ends_children = true;
            stop_dependants(m, from);
        }
    }
}

void model_stop(model_t *m, asvc_id_t id, bool keep_schedule) {
    model_record_t *r = &m->record[id];
    r->owes_cancel = r->owes_cancel || was_told(r);
    r->ends_children = true;
    unwant(r, keep_schedule);
    stop_dependants(m, id);
}

void model_spare(model_t *m, asvc_id_t id) {
    model_record_t *r = &m->record[id];
    if (r->kind == ASVC_KIND_CHILD && r->wanted && goes_on(r) && !m->record[r->parent].wanted) {
        r->spared = true;
    }
}

void model_restart(model_t *m, asvc_id_t id) {
    model_record_t *r = &m->record[id];
    if (!goes_on(r)) {
        r->owes_cancel = was_told(r);
        model_start(m, id);
        return;
    }
    want(r);
    r->verdict = ASVC_VERDICT_NONE;
    r->again = true;
    r->ends_instances = true;
}

void model_unload(model_t *m, asvc_id_t id) {
    model_record_t *r = &m->record[id];
    r->at_once = r->unloading;
    if (!r->unloading) {
        model_stop(m, id, false);
    }
    r->unloading = true;
}

void model_drop(model_t *m, asvc_id_t id) {
    model_record_t *r = &m->record[id];
    model_stop(m, id, false);
    r->at_once = true;
    r->good = false;
    r->owes_unschedule = false;
    r->last = rests(r) ? ASVC_LAST_NEVER : r->last;
    forget_short_runs(r);
}

void model_boot(model_t *m, asvc_id_t id) {
    m->record[id].in_boot = true;
}

void model_leave_boot(model_t *m, asvc_id_t id) {
    m->record[id].in_boot = false;
}

bool model_reset_failed(model_t *m, asvc_id_t id) {
    model_record_t *r = &m->record[id];
    bool any = r->short_runs > 0 || r->limit_hit;
    if (any) {
        forget_short_runs(r);
    }
    return any;
}

void model_interrupt(model_t *m) {
    m->interrupted = true;
    for (asvc_id_t id = next_of(m, ASVC_NO_ID); id != ASVC_NO_ID; id = next_of(m, id)) {
        model_record_t *r = &m->record[id];
        if (r->owned) {
            r->ends_children = r->ends_instances = true;
            unwant(r, true);
        }
    }
}

void model_interrupt_over(model_t *m) {
    m->interrupted = false;
}

// ---- schedule -------------------------------------------------------------------------------

void model_schedule(model_t *m, asvc_id_t id, int64_t due_ms, int64_t period_ms, bool by_wall) {
    (void)by_wall; // its caller's affair
    model_record_t *r = &m->record[id];
    r->scheduled = true;
    r->owes_unschedule = false;
    r->due_ms = due_ms;
    r->period_ms = period_ms;
}

void model_unschedule(model_t *m, asvc_id_t id) {
    m->record[id].scheduled = false;
    m->record[id].owes_unschedule = false;
}

void model_run_schedule(model_t *m, bool runs) {
    m->schedule_runs = runs;
}

// Takes away the due times up to now. Answers whether there was one.
static bool pass_due(const model_t *m, model_record_t *r) {
    if (!r->scheduled || !m->schedule_runs || r->due_ms == ASVC_NEVER_MS || r->due_ms > m->now_ms) {
        return false;
    }
    if (r->period_ms == 0) {
        r->due_ms = ASVC_NEVER_MS;
        return true;
    }
    // Period by period; of many at once the most, so that a gap of a year is not a matter of minutes.
    int64_t periods = (m->now_ms - r->due_ms) / r->period_ms;
    r->due_ms += periods * r->period_ms;
    while (r->due_ms <= m->now_ms) {
        r->due_ms += r->period_ms;
    }
    return true;
}

// ---- what has happened ----------------------------------------------------------------------

void model_set_now(model_t *m, int64_t now_ms) {
    m->now_ms = now_ms;
}

static void come_up(const model_t *m, model_record_t *r) {
    r->run = ASVC_RUN_RUNNING;
    r->fed_ms = m->now_ms;
}

void model_stepped(model_t *m, asvc_id_t id) {
    model_record_t *r = &m->record[id];
    if (r->run == ASVC_RUN_STARTING && r->rules.ready_ms == 0) {
        come_up(m, r);
    }
}

void model_ready(model_t *m, asvc_id_t id) {
    if (m->record[id].run == ASVC_RUN_STARTING) {
        come_up(m, &m->record[id]);
    }
}

void model_feed(model_t *m, asvc_id_t id) {
    m->record[id].fed_ms = m->now_ms;
}

static void run_is_over(const model_t *m, model_record_t *r) {
    r->run = ASVC_RUN_NONE;
    r->spared = false;
    r->end_by_ms = ASVC_NEVER_MS;
    r->owes_cancel = false;
    pass_due(m, r);
}

// Whether an end calls for a new run. A good end of a core service is final.
static bool calls_for_another(const model_record_t *r, bool failed) {
    switch ((asvc_restart_policy_t)r->rules.restart.policy) {
    case ASVC_RESTART_ON_FAILURE:
        return failed;
    case ASVC_RESTART_ON_SUCCESS:
        return !failed && !r->core;
    case ASVC_RESTART_ALWAYS:
        return failed || !r->core;
    case ASVC_RESTART_NEVER:
        break;
    }
    return false;
}

// The delay after one more short run: at first delay_ms, then each time `factor` times as long, in whole milliseconds,
// up to delay_max_ms.
static uint32_t next_delay(const asvc_restart_rules_t *rules, uint32_t delay_ms) {
    uint64_t percent = rules->factor_percent > 100 ? rules->factor_percent : 100;
    uint64_t most = rules->delay_max_ms > rules->delay_ms ? rules->delay_max_ms : rules->delay_ms;
    uint64_t longer = (delay_ms * percent + 99) / 100;
    longer = longer > most ? most : longer;
    return longer > rules->delay_ms ? (uint32_t)longer : rules->delay_ms;
}

// It has ended by itself, and nothing else has asked for what comes now.
static void follow_policy(const model_t *m, model_record_t *r, bool failed) {
    const asvc_restart_rules_t *rules = &r->rules.restart;
    bool another = calls_for_another(r, failed);
    bool was_short = m->now_ms - r->started_ms < (int64_t)rules->healthy_ms;
    if (another && was_short) {
        r->short_runs += r->short_runs < UINT8_MAX;
        r->delay_ms = next_delay(rules, r->delay_ms);
        r->limit_hit = r->limit_hit || (rules->burst > 0 && r->short_runs >= rules->burst);
    } else if (another || !failed) {
        r->short_runs = 0;
        r->delay_ms = 0;
    }
    if (another && r->limit_hit) {
        r->last = ASVC_LAST_FAILED;
        r->owes_escalation = true;
    } else if (another) {
        uint32_t delay_ms = was_short ? r->delay_ms : rules->delay_ms;
        r->asked = r->by_policy = true;
        r->not_before_ms = delay_ms > 0 ? m->now_ms + delay_ms : ASVC_NEVER_MS;
    }
}

static asvc_last_t last_of(asvc_how_t how, bool told) {
    return how == ASVC_RAISED           ? ASVC_LAST_FAILED
        : how == ASVC_CANCELLED || told ? ASVC_LAST_STOPPED
                                        : ASVC_LAST_DONE;
}

void model_ended(model_t *m, asvc_id_t id, asvc_how_t how) {
    model_record_t *r = &m->record[id];
    if (rests(r)) {
        return;
    }
    bool judged = r->verdict != ASVC_VERDICT_NONE; // the manager ended it for a failure
    bool told = was_told(r) && !judged;
    r->last = judged ? ASVC_LAST_FAILED : last_of(how, told);
    r->verdict = ASVC_VERDICT_NONE;
    r->ran = true;
    run_is_over(m, r);
    // Its children stay after a clean end: it may have been there to start them.
    // One that was started since it was told to end stays, too: the others have ended, or will.
    bool started_since = told && !is_below(r) && !r->ends_children;
    m->record[r->kind == ASVC_KIND_INSTANCE ? r->parent : id].ends_children =
        r->last != ASVC_LAST_DONE && !started_since;
    if (!told && r->last != ASVC_LAST_STOPPED) {
        r->good = r->last == ASVC_LAST_DONE && how != ASVC_RETURNED_ERROR;
    }
    if (!told && r->last == ASVC_LAST_STOPPED) {
        model_stop(m, id, true);
    } else if (r->again) {
        r->again = false;
        r->asked = true;
    } else if (!told && r->wanted && !r->asked && r->has_block && !is_due_again(m, r)) {
        follow_policy(m, r, r->last == ASVC_LAST_FAILED);
    }
}

void model_abandoned(model_t *m, asvc_id_t id) {
    model_record_t *r = &m->record[id];
    if (!rests(r)) {
        unwant(r, true);
        r->last = ASVC_LAST_STOPPED;
        r->ran = true;
        run_is_over(m, r);
    }
}

void model_taken_back(model_t *m, asvc_id_t id) {
    run_is_over(m, &m->record[id]);
}

void model_no_memory(model_t *m, asvc_id_t id) {
    model_record_t *r = &m->record[id];
    run_is_over(m, r);
    if (r->wanted) {
        r->asked = true;
        r->not_before_ms = m->now_ms + ASVC_NO_MEMORY_RETRY_MS;
    }
}

void model_cannot_start(model_t *m, asvc_id_t id) {
    model_record_t *r = &m->record[id];
    if (r->run == ASVC_RUN_STARTING) {
        run_is_over(m, r);
    }
    r->asked = false;
    r->not_before_ms = ASVC_NEVER_MS;
    r->last = r->last == ASVC_LAST_DONE ? ASVC_LAST_NEVER : r->last; // it is not up by what it did before
}

// ---- what is due ----------------------------------------------------------------------------

static int64_t earlier(int64_t a, int64_t b) {
    return a < b ? a : b;
}

// The time from which on the run, or the delay, is late. One that was judged is told to end, which is another time.
static int64_t deadline_of(const model_record_t *r) {
    switch (r->run) {
    case ASVC_RUN_NONE:
        return r->not_before_ms;
    case ASVC_RUN_STARTING:
        return r->rules.ready_ms > 0 ? r->started_ms + r->rules.ready_ms : ASVC_NEVER_MS;
    case ASVC_RUN_RUNNING:
        return r->rules.watchdog_ms > 0 ? r->fed_ms + r->rules.watchdog_ms : ASVC_NEVER_MS;
    case ASVC_RUN_STOPPING:
        return r->end_by_ms;
    case ASVC_RUN_STUCK:
        break;
    }
    return ASVC_NEVER_MS;
}

// A due time is looked at when it comes; that of a run that was told to end, or of a delay, when that is over.
static int64_t due_of(const model_t *m, const model_record_t *r) {
    bool later = r->run == ASVC_RUN_STOPPING || (rests(r) && is_delayed(r));
    return r->scheduled && m->schedule_runs && !later ? r->due_ms : ASVC_NEVER_MS;
}

static void pass_deadline(model_record_t *r) {
    switch (r->run) {
    case ASVC_RUN_NONE:
        r->not_before_ms = ASVC_NEVER_MS;
        break;
    case ASVC_RUN_STARTING:
        r->verdict = ASVC_VERDICT_NOT_READY;
        break;
    case ASVC_RUN_RUNNING:
        r->verdict = ASVC_VERDICT_NOT_FED;
        break;
    case ASVC_RUN_STOPPING:
        r->run = ASVC_RUN_STUCK;
        r->owes_stuck = true;
        break;
    case ASVC_RUN_STUCK:
        break;
    }
}

void model_look(model_t *m, int64_t now_ms) {
    m->now_ms = now_ms;
    for (asvc_id_t id = next_of(m, ASVC_NO_ID); id != ASVC_NO_ID; id = next_of(m, id)) {
        model_record_t *r = &m->record[id];
        if (goes_on(r) && r->verdict != ASVC_VERDICT_NONE) {
            continue; // it is to be told to end already
        }
        if (deadline_of(r) <= now_ms) {
            pass_deadline(r);
        }
        if (due_of(m, r) <= now_ms && pass_due(m, r) && rests(r) && !m->interrupted && !r->limit_hit) {
            want(r);
            ask(r);
            r->by_schedule = true;
        }
    }
}

static int64_t left_ms(const model_t *m) {
    int64_t first = ASVC_NEVER_MS;
    for (asvc_id_t id = next_of(m, ASVC_NO_ID); id != ASVC_NO_ID; id = next_of(m, id)) {
        first = earlier(first, earlier(deadline_of(&m->record[id]), due_of(m, &m->record[id])));
    }
    return first == ASVC_NEVER_MS ? first : first > m->now_ms ? first - m->now_ms : 0;
}

// ---- comparing ------------------------------------------------------------------------------

// What a service requires goes, and it is its turn.
static bool loses_ground(const model_t *m, asvc_id_t id) {
    bool in_its_turn =
        any_named(m, id, ASVC_REQUIRES, is_lost) || any_named(m, id, ASVC_REQUIRES, is_leaving);
    return lacks(m, id) || (in_its_turn && is_its_turn(m, id));
}

// What belongs to a service ends with it: instances where it ends, or has to; children where nothing of it goes on.
static bool ends_with_parent(const model_t *m, const model_record_t *r) {
    if (!is_below(r) || r->spared) {
        return false;
    }
    const model_record_t *p = &m->record[r->parent];
    if (r->kind == ASVC_KIND_CHILD) {
        return (p->ends_children || loses_ground(m, r->parent)) && !goes_on(p)
            && !any_below(m, r->parent, ASVC_KIND_INSTANCE, goes_on);
    }
    return p->ends_instances || p->unloading || loses_ground(m, r->parent);
}

// A service returned, and what it has left running ends because of what it requires: it starts again with that.
static void bring_back(const model_t *m, model_record_t *r) {
    bool left_well =
        rests(r) && r->last == ASVC_LAST_DONE && r->wanted && !r->ends_children && !r->ends_instances;
    if (left_well && !r->core && !is_due_again(m, r)) {
        r->asked = true;
    }
}

// It is to end because of its service, and does not come back by itself.
static void end_with_parent(model_t *m, model_record_t *r) {
    if (r->wanted && (goes_on(r) || r->asked)) {
        if (goes_on(r)) {
            bring_back(m, &m->record[r->parent]);
        }
        unwant(r, false);
    }
}

// All that is below a service, or below any, and has to end with it.
static void end_below(model_t *m, asvc_id_t parent) {
    for (asvc_id_t id = next_of(m, ASVC_NO_ID); id != ASVC_NO_ID; id = next_of(m, id)) {
        model_record_t *r = &m->record[id];
        if ((parent == ASVC_NO_ID || r->parent == parent) && ends_with_parent(m, r)) {
            end_with_parent(m, r);
        }
    }
}

// What was true for a moment may have had an effect, or not: it depends on what was looked at first.
void model_settle(model_t *m) {
    for (asvc_id_t id = next_of(m, ASVC_NO_ID); id != ASVC_NO_ID; id = next_of(m, id)) {
        model_record_t *r = &m->record[id];
        r->may_end = r->may_end || ends_with_parent(m, r);
        if (must_be_refused(m, id)) {
            r->last_unsure = r->last_unsure || !r->refused;
        } else {
            r->may_repeat = r->may_repeat || r->refused;
        }
    }
}

// It waited: what was before is of no interest any more, but for the failure of what is scheduled.
static void forget_last(model_record_t *r) {
    r->last = r->scheduled && r->last == ASVC_LAST_FAILED ? r->last : ASVC_LAST_NEVER;
}

bool model_refuse(model_t *m, asvc_id_t id) {
    model_record_t *r = &m->record[id];
    r->refused = must_be_refused(m, id); // its caller tells why: what it did before is there to be seen
    return r->refused;
}

static const char *take_start(model_t *m, asvc_id_t id, const asvc_action_t *action) {
    model_record_t *r = &m->record[id];
    if (!may_start(m, id) || ends_with_parent(m, r)) {
        return "a start that may not be";
    }
    end_below(m, id);
    if (action->by_policy != r->by_policy) {
        return "a start is taken for one by policy, or is not";
    }
    if (action->by_schedule != r->by_schedule) {
        return "a start is taken for one by schedule, or is not";
    }
    r->restarts += r->has_block && r->by_policy && r->restarts < UINT16_MAX;
    r->asked = r->by_policy = r->by_schedule = r->refused = false;
    r->ends_instances = r->ends_children = false;
    r->started_ms = r->fed_ms = m->now_ms;
    r->last_ms = r->scheduled ? m->now_ms : r->last_ms;
    r->run = ASVC_RUN_STARTING;
    return NULL;
}

static const char *take_cancel(model_t *m, asvc_id_t id) {
    model_record_t *r = &m->record[id];
    if (!must_end(m, id)) {
        bool again = r->owes_cancel;
        r->owes_cancel = false;
        return again ? NULL : "a run is told to end that need not";
    }
    if (r->wanted && r->verdict == ASVC_VERDICT_NONE) {
        r->asked = true;
        r->ends_instances = true;
    }
    r->again = false;
    if (!is_below(r)) {
        r->ends_children = true;
    }
    r->run = ASVC_RUN_STOPPING;
    uint32_t stop_ms = r->rules.stop_ms > 0 ? r->rules.stop_ms : ASVC_STOP_MS;
    r->end_by_ms = r->owned ? m->now_ms + stop_ms : ASVC_NEVER_MS;
    return NULL;
}

static const char *take_forget(model_t *m, asvc_id_t id) {
    model_record_t *r = &m->record[id];
    if (!may_forget(m, id)) {
        return "one is forgotten before its turn";
    }
    r->unloading = r->at_once = false;
    r->hidden = r->ends_instances = true;
    r->last = rests(r) ? ASVC_LAST_NEVER : r->last;
    forget_short_runs(r);
    r->restarts = 0;
    return NULL;
}

static const char *take_boot(model_t *m, asvc_id_t id) {
    bool over = boot_is_over(m, id);
    m->record[id].in_boot = false;
    return over ? NULL : "boot does not wait for what is not over";
}

static const char *take_refused(model_t *m, asvc_id_t id, const asvc_action_t *action) {
    model_record_t *r = &m->record[id];
    bool once = !r->told_refusal && (!r->refused || r->may_repeat);
    r->told_refusal = true;
    if (!must_be_refused(m, id) || !once) {
        return "a refusal is told that is none, or was told";
    }
    bool is_named = names(r, action->because, true);
    return is_named && is_lost(m, action->because) ? NULL : "a refusal names what is not its cause";
}

static const char *take_owed(bool *owed, const char *otherwise) {
    bool was = *owed;
    *owed = false;
    return was ? NULL : otherwise;
}

static const char *take_stuck(model_record_t *r) {
    const char *problem = take_owed(&r->owes_stuck, "a stuck run is told twice");
    return r->run == ASVC_RUN_STUCK ? problem : "a run is told to be stuck that is not";
}

static const char *take_release(const model_t *m, asvc_id_t id) {
    return may_release(m, id) ? due_for(m, id) : "a record is released that something holds";
}

const char *model_take(model_t *m, const asvc_action_t *action) {
    asvc_id_t id = action->id;
    model_record_t *r = &m->record[id];
    if (action->kind == ASVC_DO_NOTHING) {
        return NULL;
    }
    if (id == ASVC_NO_ID || id > MODEL_MAX || !r->used) {
        return "an action for a record that there is not";
    }
    bool tells = action->kind == ASVC_TELL_REFUSED || action->kind == ASVC_TELL_STUCK;
    if (tells) {
        end_below(m, ASVC_NO_ID);
    } else if (action->kind != ASVC_DO_START && (ends_with_parent(m, r) || (rests(r) && r->may_end))) {
        end_with_parent(m, r); // a run is told so at once, of one that waits nothing is seen
    }
    asvc_id_t about;
    const char *due = tells ? anything_due(m, &about) : NULL;
    if (due != NULL) {
        return due; // acting comes first
    }
    switch (action->kind) {
    case ASVC_DO_START:
        return take_start(m, id, action);
    case ASVC_DO_CANCEL:
        return take_cancel(m, id);
    case ASVC_DO_UNSCHEDULE:
        return take_owed(&r->owes_unschedule, "one leaves the schedule that may stay");
    case ASVC_DO_FORGET:
        return take_forget(m, id);
    case ASVC_DO_RELEASE:
        return take_release(m, id);
    case ASVC_DO_ESCALATE:
        return take_owed(&r->owes_escalation, "a start limit is escalated twice");
    case ASVC_DO_BOOT:
        return take_boot(m, id);
    case ASVC_TELL_REFUSED:
        return take_refused(m, id, action);
    case ASVC_TELL_STUCK:
        return take_stuck(r);
    case ASVC_DO_NOTHING:
    case ASVC_TELL_MISSED:
    case ASVC_TELL_VIEW:
        break;
    }
    return "an action that there is not";
}

// Whether what was true for a moment only had an effect is for the manager to say.
static void follow(model_t *m, model_record_t *r, const asvc_record_t *is) {
    if (r->may_end && !is->wanted) {
        end_with_parent(m, r);
    }
    r->may_end = false;
    if (r->last_unsure && is->last == ASVC_LAST_NEVER) {
        forget_last(r);
    }
    r->last_unsure = false;
}

const char *model_rests(model_t *m, const asvc_manager_t *manager, asvc_id_t *about) {
    end_below(m, ASVC_NO_ID);
    for (asvc_id_t id = next_of(m, ASVC_NO_ID); id != ASVC_NO_ID; id = next_of(m, id)) {
        model_record_t *r = &m->record[id];
        *about = id;
        follow(m, r, asvc_record(manager, id));
        bool refused = must_be_refused(m, id);
        if (refused && !r->refused && !r->told_refusal) {
            return "a refusal is not told";
        }
        if (refused && !r->refused) {
            forget_last(r);
        }
        r->refused = refused;
        r->may_repeat = r->told_refusal = false;
        if (r->owes_stuck && r->run == ASVC_RUN_STUCK) {
            return "a stuck run is not told";
        }
    }
    return anything_due(m, about);
}

static asvc_state_t state_of(const model_record_t *r) {
    switch (r->run) {
    case ASVC_RUN_STARTING:
        return ASVC_STARTING;
    case ASVC_RUN_RUNNING:
        return ASVC_RUNNING;
    case ASVC_RUN_STOPPING:
        return ASVC_STOPPING;
    case ASVC_RUN_STUCK:
        return ASVC_STUCK;
    case ASVC_RUN_NONE:
        break;
    }
    if (waits(r)) {
        return ASVC_WAITING;
    }
    switch (r->last) {
    case ASVC_LAST_DONE:
        return ASVC_DONE;
    case ASVC_LAST_STOPPED:
        return ASVC_STOPPED;
    case ASVC_LAST_FAILED:
        return ASVC_FAILED;
    case ASVC_LAST_NEVER:
        break;
    }
    return ASVC_INACTIVE;
}

// It has a watchdog and is stuck, was ended for a failure and has not ended, or has failed for good.
static bool is_unfed(const model_record_t *r) {
    if (r->rules.watchdog_ms == 0 || r->hidden) {
        return false;
    }
    bool failed = rests(r) && r->last == ASVC_LAST_FAILED && r->wanted && !r->asked && !r->scheduled;
    return r->run == ASVC_RUN_STUCK || failed
        || (r->run == ASVC_RUN_STOPPING && r->verdict != ASVC_VERDICT_NONE);
}

// Whether one of the first `n` names of a record is `to`, which stands in its way.
static bool stands_in_way(const model_t *m, asvc_id_t id, asvc_id_t to, unsigned n) {
    const model_record_t *r = &m->record[id];
    bool in_vain = any_named(m, id, ASVC_REQUIRES, is_lost);
    for (unsigned i = 0; i < n; i++) {
        bool requires = r->names[i].kind == ASVC_REQUIRES;
        bool stands = !requires ? is_coming(m, to) : in_vain ? is_lost(m, to) : !is_up(m, to);
        if (r->names[i].to == to && stands) {
            return true;
        }
    }
    return false;
}

// Those that it names and that stand in its way are told in their order, each once.
static bool same_missing(const model_t *m, const asvc_manager_t *manager, asvc_id_t id) {
    const model_record_t *r = &m->record[id];
    asvc_id_t told = ASVC_NO_ID;
    for (unsigned i = 0; i < r->n_names; i++) {
        asvc_id_t to = r->names[i].to;
        if (stands_in_way(m, id, to, i + 1) && !stands_in_way(m, id, to, i)) {
            told = asvc_manager_next_missing(manager, id, told);
            if (told != to) {
                return false;
            }
        }
    }
    return asvc_manager_next_missing(manager, id, told) == ASVC_NO_ID;
}

static bool same_names(const model_t *m, const asvc_manager_t *manager, asvc_id_t id) {
    return is_below(&m->record[id]) || same_missing(m, manager, id);
}

static bool same_block(const model_record_t *r, const asvc_record_t *is) {
    const asvc_block_t *block = is->block;
    if (!r->has_block || block == NULL) {
        return r->has_block == (block != NULL);
    }
    return block->restart.short_runs == r->short_runs && block->restart.limit_hit == r->limit_hit
        && block->restarts == r->restarts
        && (!r->scheduled || (block->due_ms == r->due_ms && block->period_ms == r->period_ms));
}

static const char *record_agrees(const model_t *m, const asvc_manager_t *manager, asvc_id_t id) {
    const model_record_t *r = &m->record[id];
    const asvc_record_t *is = asvc_record(manager, id);
    return asvc_manager_state(manager, id) != state_of(r)        ? "the state"
        : is->last != r->last                                    ? "how it ended"
        : is->verdict != r->verdict                              ? "the verdict"
        : asvc_manager_is_wanted(manager, id) != r->wanted       ? "what is wanted"
        : asvc_manager_is_pending(manager, id) != r->asked       ? "what is asked for"
        : asvc_manager_is_delayed(manager, id) != is_delayed(r)  ? "the delay"
        : asvc_manager_is_refused(manager, id) != r->refused     ? "the refusal"
        : asvc_manager_is_unloading(manager, id) != r->unloading ? "what is unloaded"
        : asvc_manager_is_in_boot(manager, id) != r->in_boot     ? "what boot waits for"
        : asvc_manager_is_coming(manager, id) == is_lost(m, id)  ? "what comes"
        : is->scheduled != r->scheduled                          ? "what is scheduled"
        : !same_block(r, is)                                     ? "limits, restarts or due times"
        : !same_names(m, manager, id)                            ? "what is missing"
                                                                 : NULL;
}

// Feeding moves a deadline only when that comes, so the manager may look earlier than need be.
static bool same_left(const model_t *m, const asvc_manager_t *manager) {
    int64_t is = asvc_manager_left_ms(manager), left = left_ms(m);
    bool fed = false;
    for (asvc_id_t id = next_of(m, ASVC_NO_ID); id != ASVC_NO_ID; id = next_of(m, id)) {
        fed = fed || m->record[id].rules.watchdog_ms > 0;
    }
    bool early = (fed || left > ASVC_DEADLINE_HORIZON_MS) && is <= left;
    return is == left || early;
}

const char *model_agrees(const model_t *m, const asvc_manager_t *manager, asvc_id_t *about) {
    bool any_live = false, all_fed = true;
    for (asvc_id_t id = next_of(m, ASVC_NO_ID); id != ASVC_NO_ID; id = next_of(m, id)) {
        const char *problem = record_agrees(m, manager, id);
        *about = id;
        if (problem != NULL) {
            return problem;
        }
        any_live = any_live || (m->record[id].owned && is_live(&m->record[id]));
        all_fed = all_fed && !is_unfed(&m->record[id]);
    }
    *about = ASVC_NO_ID;
    return asvc_manager_any_live(manager) != any_live ? "whether anything is live"
        : asvc_manager_all_fed(manager) != all_fed    ? "whether all are fed"
        : !same_left(m, manager)                      ? "when to look again"
                                                      : NULL;
}

// ---- circles --------------------------------------------------------------------------------

bool model_is_in_circle(const model_t *m, asvc_id_t id) {
    bool reached[MODEL_MAX + 1] = { false };
    bool more = true;
    for (unsigned i = 0; i < m->record[id].n_names; i++) {
        reached[m->record[id].names[i].to] = true;
    }
    while (more) {
        more = false;
        for (asvc_id_t from = next_of(m, ASVC_NO_ID); from != ASVC_NO_ID; from = next_of(m, from)) {
            for (unsigned i = 0; reached[from] && i < m->record[from].n_names; i++) {
                more = more || !reached[m->record[from].names[i].to];
                reached[m->record[from].names[i].to] = true;
            }
        }
    }
    return reached[id];
}

const char *model_circle(const model_t *m, asvc_id_t id, const asvc_id_t *circle, size_t len) {
    if (!model_is_in_circle(m, id)) {
        return len == 0 ? NULL : "a circle that there is not";
    }
    if (len == 0 || circle[0] != id) {
        return "a circle is not found";
    }
    for (size_t i = 0; i < len; i++) {
        if (!names(&m->record[circle[i]], circle[(i + 1) % len], false)) {
            return "a circle has a gap";
        }
        for (size_t j = 0; j < i; j++) {
            if (circle[i] == circle[j]) {
                return "a circle goes through one twice";
            }
        }
    }
    return NULL;
}
