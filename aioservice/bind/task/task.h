// A supervised task: one object that is both the record people look at and the coroutine that
// asyncio runs.
//
// asyncio's Task calls send() and throw() on this object, which hands them on to the coroutine it
// wraps and sees each end the moment it happens: it keeps the result and the time, runs on_stop or
// on_error, and answers asyncio with a plain return value. So whoever awaits the task gets the result
// (the exception object where it failed), as asyncmd's users know it, and nobody's gather is torn down by
// somebody else's failure.
//
// An object is one run. What is true of the task beyond that, its state above all, the manager knows
// (manager/manager.h): `id` is its record there. A new run is a new object, which takes the record over.
//
// The arguments lie flat behind the object, so that the function is called straight from there and
// a task costs one allocation besides asyncio's own.
//
// The type and how objects are made: bind/task/make.h. Their steps: bind/task/run.h.
#ifndef ASVC_TASK_TASK_H
#define ASVC_TASK_TASK_H

#include "py/obj.h"

#include "bind/base/clock.h"
#include "bind/base/state.h"
#include "core/config.h"
#include "manager/manager.h"

// What few tasks need, allocated when first asked for. All runs of a task share it.
typedef struct _asvc_task_extra_t {
    mp_obj_t args; // tuple, as `.args` answers it
    mp_obj_t kwargs; // dict, as `.kwargs` answers it; changed by users before a restart
    mp_obj_t schedule; // the options that a stop took out of the schedule, or what `.schedule` was set to
    struct _asvc_task_t *successor; // a prepared run that is to take the record over at its next start
    mp_obj_t then; // of a service with a restart policy: what is done at its start limit
    mp_obj_t along; // list, tuple or set of names that are restarted with it, or MP_OBJ_NULL
    uint32_t last_copy; // of the task of a plain name: no NAME@k with k up to this one is free
} asvc_task_extra_t;

enum {
    ASVC_TASK_CANCEL_SENT = 1 << 0, // CancelledError has reached the coroutine
    ASVC_TASK_SELF_STOP = 1 << 1, // stopped from within its own step
    ASVC_TASK_IN_STEP = 1 << 2, // its coroutine is running right now
    ASVC_TASK_MAIN = 1 << 3, // a service's main task or a further instance of it, not a child
    ASVC_TASK_AT_END = 1 << 4, // its coroutine has ended, its hooks are running
    ASVC_TASK_FRESH = 1 << 5, // its asyncio Task is ready to be queued
};

typedef struct _asvc_task_t {
    mp_obj_base_t base;
    mp_obj_t fun; // what was given to add(): a function, or a coroutine object
    mp_obj_t run; // MP_OBJ_NULL before the first step, the coroutine while it lives, then the result
    mp_obj_t task; // asyncio's Task
    mp_obj_t name; // its key in the group
    asvc_task_extra_t *extra;
    uint32_t since_ds, done_ds; // asvc_task_now_ds() at the start and at the end
    uint32_t seq; // tasks are listed in the order in which they were first added
    asvc_id_t id; // its record; ASVC_NO_ID: it has none yet, or another run has taken it over
    uint8_t flags; // ASVC_TASK_...
    uint8_t n_args; // positional arguments in arg[]
    uint8_t n_kw : 6; // pairs after them that the function gets
    uint8_t n_hooks : 2; // pairs after those: on_stop, on_error
    uint8_t last : 2; // without a record: asvc_last_t, how this run ended
    uint8_t told : 1; // and whether it was told to
#if ASVC_TOP
    uint16_t cpu_us; // below a millisecond
    uint32_t cpu_ms; // of all steps of this and earlier runs
    uint32_t steps, longest_us;
#endif
    mp_obj_t arg[];
} asvc_task_t;

// The user of a record of ASVC_KIND_SERVICE is the service's entry (bind/service/registry.h), and begins with this. That of any
// other record is the task itself.
typedef struct {
    asvc_task_t *task; // its main task, or NULL
} asvc_seat_t;

// Whether any object is a task.
bool asvc_is_task(mp_obj_t obj);

// The task whose step is being made right now, or NULL.
asvc_task_t *asvc_task_in_step(void);

// The present run of a record, or NULL.
asvc_task_t *asvc_task_of(asvc_id_t id);

// Gives a record to another run; the one that had it keeps how it ended.
void asvc_task_seat(asvc_id_t id, asvc_task_t *task);
// The record is gone: the run keeps how it ended.
void asvc_task_unseat(asvc_id_t id);

asvc_state_t asvc_task_state(const asvc_task_t *self);
// It has a run: starting, running, stopping or stuck.
bool asvc_task_is_live(const asvc_task_t *self);
// It has one and was not told to end: starting or running.
bool asvc_task_goes_on(const asvc_task_t *self);
// It was told to end, whether it has or not.
bool asvc_task_was_told(const asvc_task_t *self);
// It was told to end, and has not yet: stopping or stuck.
bool asvc_task_is_ending(const asvc_task_t *self);

// What since_ds and done_ds hold of the moment at which the clock was read last.
static inline uint32_t asvc_task_last_ds(void) {
    return ASVC_DATES ? asvc_ms_as_ds(asvc_last_now_ms()) : 0;
}

// The result, or MP_OBJ_NULL while there is none.
mp_obj_t asvc_task_result(const asvc_task_t *self);

// The Service instance it was started for (its first argument), or MP_OBJ_NULL.
mp_obj_t asvc_task_service(const asvc_task_t *self);
// The logger that it was given as log=, or None.
mp_obj_t asvc_task_log(const asvc_task_t *self);
// Whether it is that service's main task or a further instance of it, not a child.
static inline bool asvc_task_is_main(const asvc_task_t *self) {
    return (self->flags & ASVC_TASK_MAIN) != 0;
}
// Whether it is the main task of a service that the registry knows, and no further instance.
bool asvc_is_main_task(const asvc_task_t *self);

// What it asks of supervision and schedule, or NULL.
const asvc_block_t *asvc_task_block(const asvc_task_t *self);

// What few tasks need, made if there is none. Raises MemoryError.
asvc_task_extra_t *asvc_task_extra(asvc_task_t *self);

// `.args` and `.kwargs`
mp_obj_t asvc_task_args(asvc_task_t *self);
mp_obj_t asvc_task_kwargs(asvc_task_t *self);

// Whether one of them was asked for, and so may have been changed.
static inline bool asvc_task_has_own_args(const asvc_task_t *self) {
    const asvc_task_extra_t *extra = self->extra;
    return ASVC_RECORD && extra != NULL && (extra->args != MP_OBJ_NULL || extra->kwargs != MP_OBJ_NULL);
}

// What it is started with next, drops.
void asvc_task_drop_successor(asvc_task_t *self);

// Throws CancelledError into the task at its next await; where it makes its step right now, when that is over. Nothing
// happens to one that is at its end.
void asvc_task_cancel(asvc_task_t *self);

// Its loop is gone: it makes no further step. It counts as stopped, with result None; on_stop is not run.
void asvc_task_abandon(asvc_task_t *self);

// Whether a key of named arguments, an interned str, is that name.
static inline bool asvc_is_key(mp_obj_t key, qstr name) {
    return key == MP_OBJ_NEW_QSTR(name);
}

// The slot of a type for the function that prints its objects.
#if ASVC_RECORD
#define ASVC_PRINT(fun) , print, fun
#else
#define ASVC_PRINT(fun)
#endif

#endif
