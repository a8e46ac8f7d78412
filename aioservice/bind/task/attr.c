#include "bind/task/attr.h"

#include "py/objtuple.h"
#include "py/runtime.h"

#include "bind/task/asyncmd_names.h"
#include "bind/base/clock.h"
#include "bind/base/is.h"
#include "bind/base/raise.h"

#if ASVC_RECORD

#if ASVC_DATES
static mp_obj_t wall_time_of(uint32_t at_ds) {
    return mp_obj_new_int_from_ll(asvc_wall_of(asvc_ds_as_ms(at_ds)));
}
#endif

mp_obj_t asvc_task_load_attr(asvc_task_t *self, qstr attr) {
    switch (attr) {
    case MP_QSTR_coro:
        return self->fun;
    case MP_QSTR_args:
        return asvc_task_args(self);
    case MP_QSTR_kwargs:
        return asvc_task_kwargs(self);
#if ASVC_DATES
    case MP_QSTR_since:
        return wall_time_of(self->since_ds);
    case MP_QSTR_done_at:
        return self->run == MP_OBJ_NULL || asvc_task_is_live(self) ? mp_const_none
                                                                   : wall_time_of(self->done_ds);
#endif
    case MP_QSTR_cancelled:
        return mp_obj_new_bool(asvc_task_was_told(self) || asvc_task_state(self) == ASVC_STOPPED);
    case MP_QSTR_schedule:
        return self->extra == NULL ? mp_const_none : asvc_or_none(self->extra->schedule);
    case MP_QSTR_service:
        return asvc_or_none(asvc_task_service(self));
    default:
        return ASVC_ASYNCMD ? asvc_asyncmd_task_attr(self, attr) : MP_OBJ_NULL;
    }
}

static void check_type(asvc_task_t *self, qstr attr, mp_obj_t value) {
    bool dict = attr == MP_QSTR_kwargs;
    if (dict ? !asvc_is_dict(value) : !asvc_is_sequence(value)) {
        const char *expected = dict ? "a dict" : "a list or tuple";
        asvc_raise(&mp_type_TypeError, "%o.%q: expected %s, got %t", self->name, attr, expected, value);
    }
}

// A copy, which nobody changes: of a service's task the first stays its service.
static mp_obj_t args_for(asvc_task_t *self, mp_obj_t value) {
    size_t n;
    mp_obj_t *items;
    mp_obj_get_array(value, &n, &items);
    mp_obj_t service = asvc_task_service(self);
    if (service != MP_OBJ_NULL && (n == 0 || items[0] != service)) {
        asvc_raise(&mp_type_ValueError, "%o.args: expected the service itself as the first", self->name);
    }
    return mp_obj_new_tuple(n, items);
}

bool asvc_task_store_attr(asvc_task_t *self, qstr attr, mp_obj_t value) {
    switch (attr) {
    case MP_QSTR_args:
        check_type(self, attr, value);
        asvc_task_extra(self)->args = args_for(self, value);
        return true;
    case MP_QSTR_kwargs:
        check_type(self, attr, value);
        asvc_task_extra(self)->kwargs = value;
        return true;
    case MP_QSTR_schedule:
        asvc_task_extra(self)->schedule = value;
        return true;
    default:
        return false;
    }
}

void asvc_task_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    (void)kind;
    asvc_task_t *self = MP_OBJ_TO_PTR(self_in);
    mp_printf(print, "<Task %s %s>", mp_obj_str_get_str(self->name), asvc_state_name(asvc_task_state(self)));
}

#endif
