// Awaitables written in C: aioservice.boot, the schedule's loop and others that wait.
//
// asyncio drives one by send() and throw() like any coroutine. Each kind is a type of its own, made by
// ASVC_AWAITABLE_TYPE, whose objects start with an asvc_awaitable_t. Its step is made each time the
// waiting task's turn comes; it either is over, or has put that task to rest by asvc_awaitable_park or
// asvc_awaitable_sleep. One task at a time can wait in it.
#ifndef ASVC_BASE_AWAITABLE_H
#define ASVC_BASE_AWAITABLE_H

#include "py/obj.h"

typedef struct _asvc_awaitable_t {
    mp_obj_base_t base;
    mp_obj_t waiter; // asyncio's Task that rests in it, MP_OBJ_NULL where none does
    mp_obj_t queue; // the run queue which that task's loop has
    bool parked; // the waiter rests until it is woken, on no queue
} asvc_awaitable_t;

typedef struct {
    // Answers what awaiting it answers when it is over (also when it is asked again), or MP_OBJ_NULL
    // after asvc_awaitable_park or _sleep. May raise.
    mp_obj_t (*step)(mp_obj_t self);
    // It is not waited for any longer: cancelled, closed, or its step raised. Must not raise. Called
    // any number of times, also after it was over.
    void (*leave)(mp_obj_t self);
} asvc_awaitable_protocol_t;

// Defines a type. PROTOCOL: an asvc_awaitable_protocol_t; then further slots, such as make_new, FUNCTION.
#define ASVC_AWAITABLE_TYPE(type, qstr, PROTOCOL, ...)                                                       \
    MP_DEFINE_CONST_OBJ_TYPE(type, qstr, MP_TYPE_FLAG_ITER_IS_ITERNEXT, iter, asvc_awaitable_iternext,       \
        protocol, &PROTOCOL, locals_dict, &asvc_awaitable_locals, ##__VA_ARGS__)

// In its step: the current task rests until asvc_awaitable_wake.
void asvc_awaitable_park(asvc_awaitable_t *self);
// The same for ms milliseconds at most, which are clamped to what the tick counter can tell apart.
void asvc_awaitable_sleep(asvc_awaitable_t *self, int64_t ms);

// The waiter's turn comes as soon as possible. Nothing happens where none rests. Allocates nothing.
void asvc_awaitable_wake(asvc_awaitable_t *self);

// The same in ms milliseconds, and not before.
void asvc_awaitable_wake_in(asvc_awaitable_t *self, int64_t ms);

// Whether a task rests in it whose loop is still the current one.
bool asvc_awaitable_is_waited(asvc_awaitable_t *self);

// For ASVC_AWAITABLE_TYPE.
mp_obj_t asvc_awaitable_iternext(mp_obj_t self);
extern const mp_obj_dict_t asvc_awaitable_locals;

#endif
