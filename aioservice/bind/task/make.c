#include "bind/task/make.h"

#include <string.h>

#include "py/runtime.h"

#include "bind/base/is.h"
#include "bind/base/loop.h"
#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "bind/base/text.h"
#include "bind/task/attr.h"
#include "bind/task/function.h"
#include "bind/task/hooks.h"
#include "bind/task/run.h"
#include "core/task_name.h"

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
    // The widths of the task's counters.
    if (n_args > 255 || n_passed > 63) {
        asvc_raise(&mp_type_ValueError, "too many arguments: at most 255 and 63 named ones");
    }
    asvc_task_t *self = mp_obj_malloc_var(asvc_task_t, arg, mp_obj_t, n, &asvc_type_task);
    memset((char *)self + sizeof(mp_obj_base_t), 0, sizeof(*self) - sizeof(mp_obj_base_t));
    self->fun = fun;
    self->name = name;
    self->seq = asvc_root()->next_seq++;
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

// A task with the named arguments of a map, but for `skip`.
static asvc_task_t *new_with_map(
    mp_obj_t fun, mp_obj_t name, size_t n_args, const mp_obj_t *args, const mp_map_t *kwargs, qstr skip) {
    mp_obj_t *flat = m_new(mp_obj_t, n_args + 2 * kwargs->used + 1);
    memcpy(flat, args, n_args * sizeof(mp_obj_t));
    size_t n_kw = asvc_map_to_args(kwargs, skip, flat + n_args) / 2;
    return asvc_task_new(fun, name, n_args, n_kw, flat);
}

asvc_task_t *asvc_task_of_call(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t fun = args[0];
    mp_obj_t given = asvc_map_get(kwargs, MP_OBJ_NEW_QSTR(MP_QSTR_name));
    mp_obj_t name = given == MP_OBJ_NULL || given == mp_const_none ? asvc_function_name(fun) : given;
    asvc_get_str(name, "add: name", NULL);
    return new_with_map(fun, name, n_args - 1, args + 1, kwargs, MP_QSTR_name);
}

asvc_task_t *asvc_task_again(asvc_task_t *old) {
    asvc_task_t *self;
    if (!asvc_task_has_own_args(old)) {
        if (old->run == MP_OBJ_NULL) {
            return old;
        }
        size_t n_kw = (size_t)old->n_kw + old->n_hooks;
        self = asvc_task_new(old->fun, old->name, old->n_args, n_kw, old->arg);
    } else {
        size_t n_args;
        mp_obj_t *args;
        mp_obj_get_array(asvc_task_args(old), &n_args, &args);
        mp_map_t *kwargs = mp_obj_dict_get_map(asvc_task_kwargs(old));
        self = new_with_map(old->fun, old->name, n_args, args, kwargs, MP_QSTRnull);
    }
    self->extra = old->extra;
    self->seq = old->seq;
    self->flags = old->flags & ASVC_TASK_MAIN;
#if ASVC_TOP
    self->steps = old->steps;
    self->longest_us = old->longest_us;
    self->cpu_ms = old->cpu_ms;
    self->cpu_us = old->cpu_us;
#endif
    return self;
}

void asvc_task_prepare(asvc_task_t *self, bool wait) {
    mp_obj_t task = asvc_loop_new_task(MP_OBJ_FROM_PTR(self));
    if ((ASVC_EDGES || ASVC_SCHEDULE) && wait) {
        asvc_loop_mark_done(task);
        self->flags &= (uint8_t)~ASVC_TASK_FRESH;
        asvc_now_ms(); // else its start is soon, and reads the clock
    } else {
        self->flags |= ASVC_TASK_FRESH;
    }
    self->task = task;
    self->since_ds = asvc_task_last_ds();
}

// ---- the Python type ------------------------------------------------------------------------

static mp_obj_t load_attr(asvc_task_t *self, qstr attr) {
    switch (attr) {
    case MP_QSTR_name:
        return self->name;
    case MP_QSTR_task:
        return self->task;
    case MP_QSTR_state:
        return asvc_word(asvc_state_name(asvc_task_state(self)));
    default:
        return ASVC_RECORD ? asvc_task_load_attr(self, attr) : MP_OBJ_NULL;
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
    } else if (ASVC_RECORD && dest[1] != MP_OBJ_NULL && asvc_task_store_attr(self, attr, dest[1])) {
        dest[0] = MP_OBJ_NULL;
    }
}

MP_DEFINE_CONST_OBJ_TYPE(asvc_type_task, MP_QSTR_Task, MP_TYPE_FLAG_NONE, protocol, &asvc_loop_shielded, attr,
    task_attr ASVC_PRINT(asvc_task_print));
