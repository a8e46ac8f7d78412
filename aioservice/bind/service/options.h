// What a service says of its supervision: its attributes restart, ready_ms, stop_ms and watchdog_ms.
//
//     restart       "never" (as without it), "on_failure", "on_success", "always", or a dict with some of
//                   {"policy": "on_failure", "delay_ms": 200, "delay_max_ms": 30000, "factor": 2, "burst": 5,
//                   "healthy_ms": 10000, "then": None}; True is "on_failure", False "never", a list of names
//                   "on_failure", and those are restarted along. In kwargs, as asyncmd has it, a list does the
//                   same, False forbids, and True, which is a watcher's business, says nothing.
//     ready_ms      it calls ready() within this time, or it has failed
//     stop_ms       it ends within this time after it was told to, or it is stuck; ASVC_STOP_MS without it
//     watchdog_ms   it calls feed() at least so often, or it has failed
//     slow_step_ms  a step of it that takes longer is told; ASVC_SLOW_STEP_MS without it
//     child_failure "report" (as without it), "restart" or "fail": what follows when a child of it fails
#ifndef ASVC_SERVICE_OPTIONS_H
#define ASVC_SERVICE_OPTIONS_H

#include "py/objtuple.h"

#include "bind/service/left_out.h"
#include "core/config.h"
#include "manager/record.h"

typedef struct {
    asvc_rules_t rules;
    mp_obj_t then; // None, a str or a callable
    mp_obj_t along; // list, tuple or set of names, or MP_OBJ_NULL
} asvc_options_t;

// Reads them. Raises ServiceException that names the attribute, its value and what was expected.
void asvc_options_read(mp_obj_t service, asvc_options_t *options);

// Names that a service gives in an attribute, "require", "after" or "wants": a str, a list or tuple of them,
// or nothing. Answers them without ".service" (a loop over them has to keep the tuple: bind/base/keep.h). require also
// counts in kwargs, as asyncmd has it. configured: what services.config says of the service and has not been put into
// its attributes yet, a dict; or MP_OBJ_NULL. Raises ServiceException for anything else.
const mp_obj_tuple_t *asvc_options_names(mp_obj_t service, qstr attr, mp_obj_t configured);
// The same of what is in its attributes; nothing where that is spoilt.
const mp_obj_tuple_t *asvc_options_names_quiet(mp_obj_t service, qstr attr);

// What a service asks for, at a glance: which kinds of attributes it sets, in itself or in its class, or in kwargs. Others are
// `schedule` and `loaded`.
enum { ASVC_ASKS_RULES = 1, ASVC_ASKS_NAMES = 2, ASVC_ASKS_OTHER = 4 };
unsigned asvc_options_glance(mp_obj_t service);

// The attributes that there are, one after the other; MP_QSTRnull behind the last.
qstr asvc_options_key(size_t i);

// Whether services.config knows this key of an entry, beside enabled, args and kwargs.
#if ASVC_SUPERVISION
bool asvc_options_is_key(qstr key);
// Whether a key with that value can only be meant to stand there, and not in kwargs: asyncmd has `require` there,
// and `restart` as a bool or a list.
bool asvc_options_is_own(qstr key, mp_obj_t value);
// Reads all of them. Raises ServiceException as above.
void asvc_options_check(mp_obj_t service);
#else
static inline bool asvc_options_is_key(qstr key) {
    return asvc_left_out_is_key(key); // which is refused, rather than not heeded
}
static inline bool asvc_options_is_own(qstr key, mp_obj_t value) {
    (void)key;
    (void)value;
    return false;
}
static inline void asvc_options_check(mp_obj_t service) {
    (void)service;
}
#endif

#endif
