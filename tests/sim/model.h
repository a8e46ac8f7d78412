// What the manager has to do, said once more in the slowest and plainest way: a model to compare it with.
//
// The model is told the same events as the manager, and each action that the manager answers. It keeps no counters, no
// lists and no heap: whatever it wants to know it works out from all records, each time. So it does not say
// which action comes next, but which may come, and when there is none left to do:
//
//     model_take()    an action that may not come now, or not like this, is a mistake of the manager
//     model_rests()   so is one that is still due when the manager says that all is done
//     model_agrees()  what the manager answers about its records is what the model says
//
// Each answers NULL where all is well, or what is wrong. A model is plain data without pointers: it is copied by `=`.
#ifndef ASVC_TESTS_SIM_MODEL_H
#define ASVC_TESTS_SIM_MODEL_H

#include "manager/manager.h"

// Records, numbered from 1, and names that one of them names.
#ifndef MODEL_MAX
#define MODEL_MAX 63
#endif
#ifndef MODEL_NAMES
#define MODEL_NAMES 16
#endif

typedef struct {
    uint8_t to;
    uint8_t kind; // asvc_edge_kind_t
} model_name_t;

typedef struct {
    // What it is.
    bool used, owned, core, hidden, has_block;
    asvc_kind_t kind;
    asvc_id_t parent;
    asvc_rules_t rules;
    model_name_t names[MODEL_NAMES]; // in the order in which they were given
    unsigned n_names;

    // What is wanted of it.
    bool wanted; // it is to be up
    bool asked; // a new run is asked for
    bool by_policy, by_schedule; // by its restart policy; by its schedule
    bool again; // it is to end in its turn, and to start again
    bool unloading, at_once; // it is to be forgotten; without waiting for its turn
    int64_t not_before_ms; // of the run that is asked for; ASVC_NEVER_MS: no delay
    bool in_boot;

    // What it does.
    asvc_run_t run;
    asvc_last_t last;
    asvc_verdict_t verdict;
    int64_t started_ms, fed_ms;
    int64_t end_by_ms; // of a run that was told to end; ASVC_NEVER_MS: it may take its time

    // What was.
    bool good; // core: it has ended well, and has not failed since
    bool ran; // a run has ended since it was wanted
    unsigned short_runs, restarts;
    uint32_t delay_ms; // the latest one after a short run
    bool limit_hit;

    bool scheduled;
    int64_t due_ms, period_ms, last_ms;

    // Its instances end with it; its children end when nothing of it goes on.
    bool ends_instances, ends_children;

    // Refusals are told once. What else is to be said or done once.
    bool refused;
    bool told_refusal; // since all was at rest
    bool may_repeat; // its cause was away for a moment: it may be told once more, or not
    bool last_unsure; // it was perhaps refused for a moment
    bool may_end; // for a moment it was to end with its service
    bool spared; // it goes on though its service ends
    bool owes_cancel, owes_unschedule, owes_escalation, owes_stuck;
} model_record_t;

typedef struct {
    model_record_t record[MODEL_MAX + 1];
    int64_t now_ms;
    bool schedule_runs, interrupted;
} model_t;

// ---- events: as those of manager/manager.h ---------------------------------------------------

// Answers what is wrong with the number.
const char *model_define(model_t *m, asvc_id_t id, asvc_kind_t kind, asvc_id_t parent, bool owned);
void model_hide(model_t *m, asvc_id_t id, bool hidden);
void model_release(model_t *m, asvc_id_t id);
// block: as it is given to the manager. Only its rules are read.
void model_set_block(model_t *m, asvc_id_t id, const asvc_block_t *block, const asvc_rules_t *rules);
void model_set_core(model_t *m, asvc_id_t id, bool core);
void model_name(model_t *m, asvc_id_t from, asvc_id_t to, asvc_edge_kind_t kind);
void model_clear_names(model_t *m, asvc_id_t from);

void model_start(model_t *m, asvc_id_t id);
void model_want(model_t *m, asvc_id_t id);
void model_stop(model_t *m, asvc_id_t id, bool keep_schedule);
void model_spare(model_t *m, asvc_id_t id);
void model_restart(model_t *m, asvc_id_t id);
void model_unload(model_t *m, asvc_id_t id);
void model_drop(model_t *m, asvc_id_t id);
void model_boot(model_t *m, asvc_id_t id);
void model_leave_boot(model_t *m, asvc_id_t id);
bool model_reset_failed(model_t *m, asvc_id_t id);
void model_interrupt(model_t *m);
void model_interrupt_over(model_t *m);
void model_schedule(model_t *m, asvc_id_t id, int64_t due_ms, int64_t period_ms, bool by_wall);
void model_unschedule(model_t *m, asvc_id_t id);
void model_run_schedule(model_t *m, bool runs);

void model_set_now(model_t *m, int64_t now_ms);
void model_stepped(model_t *m, asvc_id_t id);
void model_ready(model_t *m, asvc_id_t id);
void model_feed(model_t *m, asvc_id_t id);
void model_ended(model_t *m, asvc_id_t id, asvc_how_t how);
void model_abandoned(model_t *m, asvc_id_t id);
void model_taken_back(model_t *m, asvc_id_t id);
void model_no_memory(model_t *m, asvc_id_t id);
void model_cannot_start(model_t *m, asvc_id_t id);
void model_look(model_t *m, int64_t now_ms);

// ---- comparing ------------------------------------------------------------------------------

// The manager is about to be asked for an action. What follows from all events so far is worked out.
void model_settle(model_t *m);

// Whether it cannot be started because of what it requires; it counts as told then.
bool model_refuse(model_t *m, asvc_id_t id);

// The manager has answered an action, after model_settle() and with no event since. Nothing is left to be asked of
// ASVC_DO_NOTHING.
const char *model_take(model_t *m, const asvc_action_t *action);

// The manager has answered ASVC_DO_NOTHING. *about: the record that is wrong, where it is one.
const char *model_rests(model_t *m, const asvc_manager_t *manager, asvc_id_t *about);

// After model_rests().
const char *model_agrees(const model_t *m, const asvc_manager_t *manager, asvc_id_t *about);

// Whether a way leads from `id` back to it.
bool model_is_in_circle(const model_t *m, asvc_id_t id);
// What is wrong with a circle that asvc_edges_find_circle() answered, or NULL.
const char *model_circle(const model_t *m, asvc_id_t id, const asvc_id_t *circle, size_t len);

#endif
