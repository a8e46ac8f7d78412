#include "bind/task/task.h"

#include "py/objtuple.h"
#include "py/runtime.h"

#include "bind/base/is.h"
#include "bind/base/loop.h"
#include "bind/base/manager.h"
#include "bind/base/raise.h"

// ---- records --------------------------------------------------------------------------------

static const asvc_manager_t *records(void) {
    return &asvc_root()->manager;
}

bool asvc_is_task(mp_obj_t obj) {
    return mp_obj_is_obj(obj) && asvc_loop_is_shielded(obj);
}

asvc_task_t *asvc_task_in_step(void) {
    mp_obj_t current = asvc_loop_current();
    mp_obj_t coro = current == mp_const_none ? current : mp_load_attr(current, MP_QSTR_coro);
    asvc_task_t *self = asvc_is_task(coro) ? MP_OBJ_TO_PTR(coro) : NULL;
    return self != NULL && (self->flags & ASVC_TASK_IN_STEP) ? self : NULL;
}

static asvc_task_t **seat_of(asvc_id_t id) {
    asvc_record_t *r = asvc_record(records(), id);
    return r->kind == ASVC_KIND_SERVICE ? &((asvc_seat_t *)r->user)->task : (asvc_task_t **)&r->user;
}

asvc_task_t *asvc_task_of(asvc_id_t id) {
    return *seat_of(id);
}

void asvc_task_unseat(asvc_id_t id) {
    asvc_task_t **seat = seat_of(id);
    if (*seat != NULL) {
        const asvc_record_t *r = asvc_record(records(), id);
        (*seat)->last = r->last & 3;
        (*seat)->told = r->told & 1;
        (*seat)->id = ASVC_NO_ID;
        *seat = NULL;
    }
}

void asvc_task_seat(asvc_id_t id, asvc_task_t *task) {
    if (*seat_of(id) != task) {
        asvc_task_unseat(id);
        *seat_of(id) = task;
    }
    task->id = id;
}

asvc_state_t asvc_task_state(const asvc_task_t *self) {
    return self->id == ASVC_NO_ID ? asvc_state_of_last((asvc_last_t)self->last)
                                  : asvc_manager_state(records(), self->id);
}

bool asvc_task_is_live(const asvc_task_t *self) {
    return asvc_state_is_live(asvc_task_state(self));
}

bool asvc_task_goes_on(const asvc_task_t *self) {
    return asvc_state_goes_on(asvc_task_state(self));
}

bool asvc_task_was_told(const asvc_task_t *self) {
    return self->id == ASVC_NO_ID ? self->told : asvc_manager_was_told(records(), self->id);
}

bool asvc_task_is_ending(const asvc_task_t *self) {
    asvc_state_t state = asvc_task_state(self);
    return state == ASVC_STOPPING || state == ASVC_STUCK;
}

bool asvc_is_main_task(const asvc_task_t *self) {
    return self->id != ASVC_NO_ID && asvc_record(records(), self->id)->kind == ASVC_KIND_SERVICE;
}

const asvc_block_t *asvc_task_block(const asvc_task_t *self) {
    return self->id == ASVC_NO_ID ? NULL : asvc_record(records(), self->id)->block;
}

// ---- reading --------------------------------------------------------------------------------

mp_obj_t asvc_task_result(const asvc_task_t *self) {
    return asvc_task_is_live(self) ? MP_OBJ_NULL : self->run;
}

mp_obj_t asvc_task_service(const asvc_task_t *self) {
    return self->n_args > 0 && asvc_is_service(self->arg[0]) ? self->arg[0] : MP_OBJ_NULL;
}

mp_obj_t asvc_task_log(const asvc_task_t *self) {
    const mp_obj_t *pair = self->arg + self->n_args;
    for (size_t i = 0; i < self->n_kw; i++, pair += 2) {
        if (asvc_is_key(pair[0], MP_QSTR_log)) {
            return pair[1];
        }
    }
    return mp_const_none;
}

asvc_task_extra_t *asvc_task_extra(asvc_task_t *self) {
    if (self->extra == NULL) {
        self->extra = m_new0(asvc_task_extra_t, 1);
    }
    return self->extra;
}

mp_obj_t asvc_task_args(asvc_task_t *self) {
    asvc_task_extra_t *extra = asvc_task_extra(self);
    if (extra->args == MP_OBJ_NULL) {
        extra->args = mp_obj_new_tuple(self->n_args, self->arg);
    }
    return extra->args;
}

mp_obj_t asvc_task_kwargs(asvc_task_t *self) {
    asvc_task_extra_t *extra = asvc_task_extra(self);
    if (extra->kwargs == MP_OBJ_NULL) {
        size_t n = (size_t)self->n_kw + self->n_hooks;
        mp_obj_t kwargs = mp_obj_new_dict(n);
        const mp_obj_t *pair = self->arg + self->n_args;
        for (size_t i = 0; i < n; i++, pair += 2) {
            mp_obj_dict_store(kwargs, pair[0], pair[1]);
        }
        extra->kwargs = kwargs;
    }
    return extra->kwargs;
}

void asvc_task_drop_successor(asvc_task_t *self) {
    if (self->extra != NULL) {
        self->extra->successor = NULL;
    }
}

// ---- ending ---------------------------------------------------------------------------------

void asvc_task_cancel(asvc_task_t *self) {
    self->flags &= (uint8_t)~ASVC_TASK_CANCEL_SENT;
    if (self->flags & ASVC_TASK_IN_STEP) {
        // Task.cancel() refuses a task that makes its step right now.
        self->flags |= self->flags & ASVC_TASK_AT_END ? 0 : ASVC_TASK_SELF_STOP;
    } else {
        asvc_loop_cancel(self->task);
    }
}

static void mark_done(void *self) {
    asvc_loop_mark_done(((asvc_task_t *)self)->task);
}

void asvc_task_abandon(asvc_task_t *self) {
    self->run = mp_const_none;
    asvc_task_drop_successor(self);
    asvc_manager_abandoned(asvc_manager_now(), self->id);
    self->done_ds = asvc_task_last_ds();
    asvc_try(
        mark_done, self); // without memory, whoever asks asyncio instead of us sees a task that never ends
}
