// What higher rooms give to lower ones.
//
// A lower room calls no higher one by name. Where it has news for one, or needs what only a higher one can make, a
// member of this struct stands for that: a function, or an object. The struct is constant and lies in ROM; the
// modules' __init__ hangs it on the root struct once (bind/modules/init.c), so that a member is never missing.
#ifndef ASVC_BASE_UPWARD_H
#define ASVC_BASE_UPWARD_H

#include "py/obj.h"

#include "bind/base/state.h"

struct _asvc_task_t;
struct _asvc_event_t;

typedef struct _asvc_upward_t {
    // The methods and defaults of aioclass.Service.
    const mp_obj_dict_t *service_locals;

    // Does what the manager says, until there is nothing more to do; to be called after each event. Raises what is no
    // Exception only.
    void (*drive)(void);

    // A task is about to make its first step. Raises nothing that is an Exception.
    void (*stepped)(struct _asvc_task_t *task);

    // A task's coroutine has ended: raised tells whether by `exc`; told, whether that is the CancelledError it was sent.
    // Answers whether the task has to look alive still, as the loop ends before. Raises what is for the loop.
    bool (*ended)(struct _asvc_task_t *task, bool raised, bool told, mp_obj_t exc);

    // Tells an event, an asvc_event_t. May raise MemoryError.
    void (*tell)(const struct _asvc_event_t *event);

    // A step of a task took that many milliseconds, at least one. Raises nothing that is an Exception.
    void (*slow)(struct _asvc_task_t *task, uint32_t ms);
} asvc_upward_t;

const asvc_upward_t *asvc_upward(void);
void asvc_drive(void);

#endif
