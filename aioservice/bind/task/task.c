#include "bind/task/task.h"

#include <string.h>

#include "py/objtuple.h"
#include "py/runtime.h"

#include "bind/supervise/boot.h"
#include "bind/base/clock.h"
#include "bind/task/hooks.h"
#include "bind/base/loop.h"
#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "bind/service/registry.h"
#include "bind/base/is.h"
#include "bind/base/state.h"
#include "bind/supervise/supervise.h"
#include "core/task_name.h"

// ---- making records -------------------------------------------------------------------------

static void check_fun(mp_obj_t fun) {
    if (!mp_obj_is_callable(fun) && !mp_obj_is_type(fun, &mp_type_gen_instance)) {
        asvc_raise(&mp_type_TypeError, "expected an async function or a coroutine, got %t", fun);
    }
}

// Told once, when the task is made: a service's name is its user's to change.
static bool has_main_name(asvc_task_t *self) {
    mp_obj_t service = asvc_task_service(self);
    if (service == MP_OBJ_NULL) {
        return false;
    }
    size_t len, name_len;
    const char *text = asvc_get_str(self->name, "task name", &len);
    const char *name = asvc_service_name(service, &name_len);
    return asvc_task_name_kind(text, len, name, name_len) == ASVC_NAME_MAIN;
}

asvc_task_t *asvc_task_new(mp_obj_t fun, mp_obj_t name, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    check_fun(fun);
    const mp_obj_t *pair = args + n_args;
    size_t n = n_args + 2 * n_kw, n_hooks = 0;
    for (size_t i = 0; i < n_kw; i++) {
        n_hooks += asvc_is_hook(pair[2 * i]);
    }
    size_t n_passed = n_kw - n_hooks;
    // The widths of the record's counters.
    if (n_args > 255 || n_passed > 63) {
        asvc_raise(&mp_type_ValueError, "too many arguments: at most 255 and 63 named ones");
    }
    asvc_task_t *self = mp_obj_malloc_var(asvc_task_t, arg, mp_obj_t, n, &asvc_type_task);
    memset((char *)self + sizeof(mp_obj_base_t), 0, sizeof(*self) - sizeof(mp_obj_base_t));
    self->fun = fun;
    self->name = name;
    self->seq = asvc_root()->next_seq++;
    self->state = ASVC_INACTIVE;
    memcpy(self->arg, args, n_args * sizeof(mp_obj_t));
    mp_obj_t *passed = self->arg + n_args, *hooks = passed + 2 * n_passed;
    for (size_t i = 0; i < n_kw; i++, pair += 2) {
        mp_obj_t **to = asvc_is_hook(pair[0]) ? &hooks : &passed;
        *(*to)++ = pair[0];
        *(*to)++ = pair[1];
    }
    self->n_args = (uint8_t)n_args;
    self->n_kw = (uint8_t)(n_passed & 63);
    self->n_hooks = (uint8_t)(n_hooks & 3);
    self->flags = has_main_name(self) ? ASVC_TASK_MAIN : 0;
    return self;
}

asvc_task_t *asvc_task_of_call(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t fun = args[0];
    mp_obj_t given = asvc_map_get(kwargs, MP_OBJ_NEW_QSTR(MP_QSTR_name));
    mp_obj_t name = given == MP_OBJ_NULL || given == mp_const_none ? asvc_function_name(fun) : given;
    asvc_get_str(name, "add: name", NULL);
    mp_obj_t *flat = m_new(mp_obj_t, n_args + 2 * kwargs->used);
    memcpy(flat, args + 1, (n_args - 1) * sizeof(mp_obj_t));
    size_t n = asvc_map_to_args(kwargs, MP_QSTR_name, flat + n_args - 1);
    return asvc_task_new(fun, name, n_args - 1, n / 2, flat);
}

asvc_task_t *asvc_task_again(asvc_task_t *old) {
    asvc_task_t *self;
    if (!asvc_task_has_own_args(old)) {
        size_t n_kw = (size_t)old->n_kw + old->n_hooks;
        self = asvc_task_new(old->fun, old->name, old->n_args, n_kw, old->arg);
    } else {
        size_t n_args;
        mp_obj_t *args;
        mp_obj_get_array(asvc_task_args(old), &n_args, &args);
        mp_map_t *kwargs = mp_obj_dict_get_map(asvc_task_kwargs(old));
        mp_obj_t *flat = m_new(mp_obj_t, n_args + 2 * kwargs->used + 1);
        memcpy(flat, args, n_args * sizeof(mp_obj_t));
        size_t n_kw = asvc_map_to_args(kwargs, MP_QSTRnull, flat + n_args) / 2;
        self = asvc_task_new(old->fun, old->name, n_args, n_kw, flat);
    }
    self->extra = old->extra;
    self->seq = old->seq;
    self->last_copy = old->last_copy;
    self->flags = old->flags & (ASVC_TASK_MAIN | ASVC_TASK_WATCHED);
    self->entry = old->entry;
    if (self->entry != NULL) {
        asvc_supervise_again(self);
    }
#if ASVC_TOP
    self->steps = old->steps;
    self->longest_us = old->longest_us;
    self->cpu_us = old->cpu_us;
#endif
    return self;
}

void asvc_task_prepare(asvc_task_t *self, bool wait) {
    self->task = asvc_loop_new_task(MP_OBJ_FROM_PTR(self));
    if (wait) {
        asvc_loop_mark_done(self->task);
    }
    self->since_ds = asvc_task_now_ds();
}

// Throws CancelledError into the task at its next await. Task.cancel() refuses a task that makes its step
// right now: that one is cancelled when the step is over.
static void cancel(asvc_task_t *self) {
    self->flags = (uint8_t)((self->flags & ~ASVC_TASK_CANCEL_SENT) | ASVC_TASK_TOLD);
    if (self->flags & ASVC_TASK_IN_STEP) {
        self->flags |= ASVC_TASK_SELF_STOP;
    } else {
        asvc_loop_cancel(self->task);
    }
}

void asvc_task_move(asvc_task_t *self, asvc_service_event_t event) {
    asvc_service_step_t step = asvc_service_next((asvc_service_state_t)self->state, event);
    bool waited = self->state == ASVC_WAITING && step.state != ASVC_WAITING;
    self->state = step.state;
    if (ASVC_BOOT && waited && (self->flags & ASVC_TASK_WATCHED) && !asvc_task_is_live(self)) {
        asvc_boot_task_ended(self, false); // it waited for a new run, and there will be none
    }
    switch (step.action) {
    case ASVC_DO_SPAWN:
        asvc_loop_push(self->task);
        break;
    case ASVC_DO_CANCEL:
        cancel(self);
        break;
    default:
        break; // whoever sends the event does the rest
    }
}

void asvc_task_start(asvc_task_t *self) {
    asvc_task_move(self, ASVC_EV_START);
    asvc_supervise_started(self);
}

void asvc_task_wait(asvc_task_t *self) {
    asvc_task_move(self, ASVC_EV_SCHEDULED);
}

void asvc_task_defer(asvc_task_t *self) {
    bool no_step_yet = self->state == ASVC_STARTING && self->run == MP_OBJ_NULL;
    if (no_step_yet && asvc_loop_take_back(self->task)) {
        asvc_task_move(self, ASVC_EV_SCHEDULED);
    }
}

void asvc_task_stop(asvc_task_t *self) {
    if (self->state == ASVC_WAITING) {
        self->done_ds = asvc_task_now_ds();
    }
    bool goes_on = asvc_task_goes_on(self);
    asvc_task_move(self, ASVC_EV_STOP);
    if (goes_on) {
        asvc_supervise_stopping(self);
    }
}

void asvc_task_start_after(asvc_task_t *self, asvc_task_t *successor) {
    if (successor == NULL) {
        if (asvc_task_extra(self)->successor != NULL) {
            return; // it will be started, and by what was asked for before
        }
        successor = asvc_task_again(self);
    }
    asvc_task_prepare(successor, false);
    asvc_task_extra(self)->successor = successor;
}

void asvc_task_abandon(asvc_task_t *self) {
    self->run = mp_const_none;
    self->done_ds = asvc_task_now_ds();
    asvc_task_move(self, ASVC_EV_CANCELLED);
    asvc_supervise_forget(self); // nor what was to be started after it
    if (self->entry != NULL) {
        self->entry->wanted = false;
    }
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        asvc_loop_mark_done(self->task);
        nlr_pop();
    } else {
        // No memory: whoever asks asyncio instead of us sees a task that never ends.
        asvc_raise_unless_exception(MP_OBJ_FROM_PTR(nlr.ret_val));
    }
}

// ---- reading records ------------------------------------------------------------------------

mp_obj_t asvc_task_result(const asvc_task_t *self) {
    return asvc_task_is_live(self) ? MP_OBJ_NULL : self->run;
}

mp_obj_t asvc_task_service(const asvc_task_t *self) {
    return self->n_args > 0 && asvc_is_service(self->arg[0]) ? self->arg[0] : MP_OBJ_NULL;
}

asvc_task_extra_t *asvc_task_extra(asvc_task_t *self) {
    if (self->extra == NULL) {
        self->extra = m_new0(asvc_task_extra_t, 1);
    }
    return self->extra;
}

void asvc_task_set_schedule(asvc_task_t *self, mp_obj_t options) {
    asvc_task_extra(self)->schedule = options;
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

// ---- the Python type ------------------------------------------------------------------------

static mp_obj_t load_attr(asvc_task_t *self, qstr attr) {
    switch (attr) {
    case MP_QSTR_name:
        return self->name;
    case MP_QSTR_task:
        return self->task;
    case MP_QSTR_state: {
        const char *state = asvc_service_state_name((asvc_service_state_t)self->state);
        return mp_obj_new_str_via_qstr(state, strlen(state));
    }
    default:
        return asvc_task_load_attr(self, attr);
    }
}

static void task_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    asvc_task_t *self = MP_OBJ_TO_PTR(self_in);
    if (dest[0] == MP_OBJ_NULL) {
        // asyncio's way in, first because it comes with every step.
        if (attr == MP_QSTR_send) {
            dest[0] = MP_OBJ_FROM_PTR(&asvc_task_send_obj);
            dest[1] = self_in;
        } else if (attr == MP_QSTR_throw) {
            dest[0] = MP_OBJ_FROM_PTR(&asvc_task_throw_obj);
            dest[1] = self_in;
        } else {
            dest[0] = load_attr(self, attr);
        }
    } else if (dest[1] != MP_OBJ_NULL && asvc_task_store_attr(self, attr, dest[1])) {
        dest[0] = MP_OBJ_NULL;
    }
}

MP_DEFINE_CONST_OBJ_TYPE(
    asvc_type_task, MP_QSTR_Task, MP_TYPE_FLAG_NONE, attr, task_attr ASVC_PRINT(asvc_task_print));
