// Supervision of services: what happens when one ends, is not ready in time, is not fed, does not end.
//
// A service's end is seen in the step in which it comes. What is to be done then is core's to say
// (core/restart, core/units); it is done here. What is to be done later is done by one loop task of our own,
// which sleeps until the earliest deadline of all, and looks at each task then: deadlines lie in the records
// they belong to, so there is none to be forgotten when a task goes. Feeding costs no more than a note.
//
// A stop by the user is final: it takes back a restart that waits, and one that a service asked for.
#ifndef ASVC_SUPERVISE_SUPERVISE_H
#define ASVC_SUPERVISE_SUPERVISE_H

#include "py/obj.h"

#include "bind/task/group.h"
#include "bind/service/options.h"
#include "bind/task/task.h"
#include "core/config.h"

// Of a service that sets any of the options. Its runs share it.
typedef struct _asvc_supervision_t {
    asvc_options_t options;
    asvc_restart_state_t state;
    uint32_t restarts;
    int64_t started_ms, fed_ms; // of this run
    int64_t restart_ms; // while it waits for its restart: when that is due; 0: it does not
    mp_obj_t verdict; // why the manager ends this run: an exception; MP_OBJ_NULL where it does not
} asvc_supervision_t;

// NULL where the task is not supervised.
static inline asvc_supervision_t *asvc_supervision(const asvc_task_t *task) {
    return !ASVC_SUPERVISION || task->extra == NULL ? NULL : task->extra->supervision;
}

// Whether a new run of it is to come after a delay.
static inline bool asvc_restart_is_due(const asvc_task_t *task) {
    asvc_supervision_t *self = asvc_supervision(task);
    return self != NULL && task->state == ASVC_WAITING && self->restart_ms != 0;
}

#if ASVC_SUPERVISION

// Reads the service's options into a task that is to be started for it, and makes ready what supervising it
// takes. Raises what asvc_options_read raises, and MemoryError.
void asvc_supervise(asvc_task_t *task);
// The same for a run of a service that had one before: they may have been changed at a prompt. What is wrong
// with them is said on stdout, and what held before holds on. Raises MemoryError.
void asvc_supervise_again(asvc_task_t *task);

// ---- told by the task ------------------------------------------------------------------------

// It was started.
void asvc_supervise_started(asvc_task_t *task);
// It made its first step. Moves it to RUNNING, unless it has to declare that it is ready.
void asvc_supervise_stepped(asvc_task_t *task);
// It was told to end: from now on it has so long. Never raises.
void asvc_supervise_stopping(asvc_task_t *task);
// Its coroutine has ended, its state has moved. told: its user told it to end. Raises nothing that is an
// Exception.
// exc: what it has failed with, before on_error made something of it; MP_OBJ_NULL where it has not.
void asvc_supervise_ended(asvc_task_t *task, bool told, mp_obj_t exc);

// What its coroutine's end counts as where the manager ended it for a failure: an exception; else MP_OBJ_NULL.
mp_obj_t asvc_supervise_verdict(asvc_task_t *task);

// ---- told by the service ---------------------------------------------------------------------

// Service.ready() and Service.feed(): of the run that calls, or of the service's main task. Nothing happens
// where it does not run.
MP_DECLARE_CONST_FUN_OBJ_1(asvc_service_ready_obj);
MP_DECLARE_CONST_FUN_OBJ_1(asvc_service_feed_obj);

// ---- told by the user ------------------------------------------------------------------------

// Forgets what would start the task again: it is to be stopped.
void asvc_supervise_forget(asvc_task_t *task);

// aioservice.restart(name), reset_failed(name=None)
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_restart_obj);
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_reset_failed_obj);

// Why the task may not be started: its service has hit its start limit, or it is stuck. NULL where it may.
const char *asvc_supervise_bars(const asvc_task_t *task);

// new_event_loop() was called: restarts that wait, and the hardware watchdog, go on in the new loop.
void asvc_supervise_new_loop(void);

// ---- the loop of deadlines -------------------------------------------------------------------

// Makes the loop task where it does not run yet. Raises MemoryError.
void asvc_deadlines_prepare(void);
// Has all deadlines looked at when the clock shows at_ms. Never raises: without a loop task nothing happens.
void asvc_deadlines_at(int64_t at_ms);
// The same, in that many milliseconds from now.
void asvc_deadlines_in(uint32_t ms);

// What bind/supervise/deadlines.c asks of each task: acts on what is overdue at now_ms, and answers the task's next
// deadline, INT64_MAX where it has none. May raise MemoryError.
int64_t asvc_supervise_look(asvc_task_t *task, int64_t now_ms);

// Whether the hardware watchdog may be fed as far as this task goes.
bool asvc_supervise_is_fed(const asvc_task_t *task, int64_t now_ms);

#else

static inline void asvc_supervise(asvc_task_t *task) {
    (void)task;
}

static inline void asvc_supervise_again(asvc_task_t *task) {
    (void)task;
}

static inline void asvc_supervise_started(asvc_task_t *task) {
    (void)task;
}

static inline void asvc_supervise_stepped(asvc_task_t *task) {
    asvc_task_move(task, ASVC_EV_UP);
}

static inline void asvc_supervise_stopping(asvc_task_t *task) {
    (void)task;
}

static inline void asvc_supervise_ended(asvc_task_t *task, bool told, mp_obj_t exc) {
    (void)told;
    (void)exc;
    asvc_group_succeed(task);
}

static inline mp_obj_t asvc_supervise_verdict(asvc_task_t *task) {
    (void)task;
    return MP_OBJ_NULL;
}

static inline void asvc_supervise_forget(asvc_task_t *task) {
    if (task->extra != NULL) {
        task->extra->successor = NULL;
    }
}

static inline const char *asvc_supervise_bars(const asvc_task_t *task) {
    (void)task;
    return NULL;
}

static inline void asvc_supervise_new_loop(void) {
}

#endif

#endif
