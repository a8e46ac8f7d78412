// A supervised task: one object that is both the record people look at and the coroutine that
// asyncio runs.
//
// asyncio's Task calls send() and throw() on this object, which hands them on to the coroutine it
// wraps and sees each end the moment it happens: it keeps the result, the time and how it ended,
// runs on_stop or on_error, and answers asyncio with a plain return value. So whoever awaits the
// task gets the result (the exception object where it failed), as asyncmd's users know it, and
// nobody's gather is torn down by somebody else's failure.
//
// The arguments lie flat behind the record, so that the function is called straight from there and
// a task costs one allocation besides asyncio's own.
#ifndef ASVC_TASK_TASK_H
#define ASVC_TASK_TASK_H

#include "py/obj.h"

#include "bind/base/clock.h"
#include "core/config.h"
#include "core/service.h"

// What few tasks need, allocated when first asked for.
typedef struct _asvc_task_extra_t {
    mp_obj_t args; // tuple, as `.args` answers it
    mp_obj_t kwargs; // dict, as `.kwargs` answers it; changed by users before a restart
    mp_obj_t schedule; // what `.schedule` was set to
    struct _asvc_supervision_t *supervision; // bind/supervise/supervise.h; NULL where nothing is supervised
    struct _asvc_task_t *successor; // started in its place when it has ended
} asvc_task_extra_t;

enum {
    ASVC_TASK_CANCEL_SENT = 1 << 0, // CancelledError has reached the coroutine
    ASVC_TASK_SELF_STOP = 1 << 1, // stopped from within its own step
    ASVC_TASK_WATCHED = 1 << 2, // a boot waits for its end
    ASVC_TASK_IN_STEP = 1 << 3, // its coroutine is running right now
    ASVC_TASK_MAIN = 1 << 4, // a service's main task or a further instance of it, not a child
    ASVC_TASK_HELD = 1 << 5, // it does not run, or is told to end, because of what it requires
    ASVC_TASK_AT_END = 1 << 6, // its coroutine has ended, its hooks are running
    ASVC_TASK_TOLD = 1 << 7, // told to end, however it ended then
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
    uint8_t state; // asvc_service_state_t
    uint8_t flags; // ASVC_TASK_...
    uint8_t n_args; // positional arguments in arg[]
    uint8_t n_kw : 6; // pairs after them that the function gets
    uint8_t n_hooks : 2; // pairs after those: on_stop, on_error
    uint32_t last_copy; // of the task of a plain name: no NAME@k with k up to this one is free
    uint32_t until_ms; // told to end: until then, as the low 32 bits of asvc_now_ms()
#if ASVC_TOP
    uint32_t steps, longest_us; // steps of this and earlier runs; microseconds of the longest
    uint64_t cpu_us; // of all of them
#endif
    struct _asvc_entry_t *entry; // the service whose main task it is, or NULL
    mp_obj_t arg[];
} asvc_task_t;

extern const mp_obj_type_t asvc_type_task; // the record
extern const mp_obj_type_t asvc_type_function; // what aioctl.aiotask makes of a function

// A record with its arguments, not started. args: n_args positional ones, then n_kw pairs whose
// keys are interned str. on_stop and on_error among the pairs are the hooks. fun: a coroutine function, plain or
// decorated by aiotask, or a coroutine object. Raises TypeError for another fun, ValueError for too many arguments, MemoryError.
asvc_task_t *asvc_task_new(mp_obj_t fun, mp_obj_t name, size_t n_args, size_t n_kw, const mp_obj_t *args);

// The record, not started, that a call names: coro, *args, name=None, **kwargs. Without a name it has its
// function's. Raises what asvc_task_new raises.
asvc_task_t *asvc_task_of_call(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs);

// A new, unstarted record like old: its function, name, place in lists, and its arguments as they
// are now (`.kwargs` may have been changed).
asvc_task_t *asvc_task_again(asvc_task_t *old);

// Allocates all that starting or waiting needs (asyncio's Task) without queueing it. wait: it waits for
// its due time, which looks to asyncio like a task that is done.
void asvc_task_prepare(asvc_task_t *self, bool wait);
// Commits a prepared task: from now on the loop runs it, or it waits. Allocates nothing, cannot fail.
void asvc_task_start(asvc_task_t *self);
void asvc_task_wait(asvc_task_t *self);

// Takes back the start of a task that has made no step yet and that nobody awaits: it waits for its due
// time. Any other one is left alone. Raises MemoryError, and then has changed nothing.
void asvc_task_defer(asvc_task_t *self);

// Tells the task to stop: its coroutine gets CancelledError at its next await, also where it stops
// itself. Nothing happens to one that is not live.
void asvc_task_stop(asvc_task_t *self);

// Has the task, which was told to end, or is at its end, started again after that: by `successor`, a prepared
// record, or as it is where that is NULL. Raises MemoryError.
void asvc_task_start_after(asvc_task_t *self, asvc_task_t *successor);

// Ends a live task whose loop is gone: it will make no further step. It counts as stopped, with result
// None; on_stop is not run.
void asvc_task_abandon(asvc_task_t *self);

// It has a task: starting, running, stopping or stuck.
static inline bool asvc_task_is_live(const asvc_task_t *self) {
    return asvc_service_is_live((asvc_service_state_t)self->state);
}
// It has one and was not told to end: starting or running.
static inline bool asvc_task_goes_on(const asvc_task_t *self) {
    return asvc_service_goes_on((asvc_service_state_t)self->state);
}
// It was told to end, and has not yet: stopping or stuck.
static inline bool asvc_task_is_ending(const asvc_task_t *self) {
    return asvc_task_is_live(self) && !asvc_task_goes_on(self);
}

// What since_ds and done_ds hold.
static inline uint32_t asvc_task_now_ds(void) {
    return ASVC_DATES ? asvc_now_ds() : 0;
}

// It does not run, or is told to end, because of what it requires.
static inline bool asvc_task_is_held(const asvc_task_t *self) {
    return ASVC_SUPERVISION && (self->flags & ASVC_TASK_HELD) != 0;
}

// The result, or MP_OBJ_NULL while there is none.
mp_obj_t asvc_task_result(const asvc_task_t *self);

// The Service instance it was started for (its first argument), or MP_OBJ_NULL.
mp_obj_t asvc_task_service(const asvc_task_t *self);
// Whether it is that service's main task or a further instance of it, not a child.
static inline bool asvc_task_is_main(const asvc_task_t *self) {
    return (self->flags & ASVC_TASK_MAIN) != 0;
}

// What few tasks need, made if there is none. Raises MemoryError.
asvc_task_extra_t *asvc_task_extra(asvc_task_t *self);

// Sets `.schedule`: the options that start() puts back into the schedule.
void asvc_task_set_schedule(asvc_task_t *self, mp_obj_t options);

// `.args` and `.kwargs`
mp_obj_t asvc_task_args(asvc_task_t *self);
mp_obj_t asvc_task_kwargs(asvc_task_t *self);

// Whether one of them was asked for, and so may have been changed.
static inline bool asvc_task_has_own_args(const asvc_task_t *self) {
    const asvc_task_extra_t *extra = self->extra;
    return ASVC_RECORD && extra != NULL && (extra->args != MP_OBJ_NULL || extra->kwargs != MP_OBJ_NULL);
}

// The record's attributes. Loading answers MP_OBJ_NULL and storing false where there is none of that name; storing
// raises TypeError or ValueError for a value that does not fit.
#if ASVC_RECORD
// The slot of a type for the function that prints its objects.
#define ASVC_PRINT(fun) , print, fun
void asvc_task_print(const mp_print_t *print, mp_obj_t self, mp_print_kind_t kind);

mp_obj_t asvc_task_load_attr(asvc_task_t *self, qstr attr);
bool asvc_task_store_attr(asvc_task_t *self, qstr attr, mp_obj_t value);
#else
#define ASVC_PRINT(fun)
static inline mp_obj_t asvc_task_load_attr(asvc_task_t *self, qstr attr) {
    (void)self;
    (void)attr;
    return MP_OBJ_NULL;
}

static inline bool asvc_task_store_attr(asvc_task_t *self, qstr attr, mp_obj_t value) {
    (void)self;
    (void)attr;
    (void)value;
    return false;
}
#endif

// Moves the state on, as core/service.h tells.
void asvc_task_move(asvc_task_t *self, asvc_service_event_t event);

// Whether a key of named arguments, an interned str, is that name.
static inline bool asvc_is_key(mp_obj_t key, qstr name) {
    return key == MP_OBJ_NEW_QSTR(name);
}

// asyncio's way in: the record's methods send() and throw().
MP_DECLARE_CONST_FUN_OBJ_2(asvc_task_send_obj);
MP_DECLARE_CONST_FUN_OBJ_VAR_BETWEEN(asvc_task_throw_obj);

// The function under aiotask's decoration, or fun itself.
mp_obj_t asvc_function_of(mp_obj_t fun);
// Its name, or that of its type where it has none.
mp_obj_t asvc_function_name(mp_obj_t fun);

MP_DECLARE_CONST_FUN_OBJ_1(asvc_aiotask_obj);

#endif
