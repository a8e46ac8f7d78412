#include "bind/base/awaitable.h"

#include "py/runtime.h"

#include "bind/base/loop.h"
#include "bind/base/raise.h"

static const asvc_awaitable_protocol_t *protocol_of(asvc_awaitable_t *self) {
    return MP_OBJ_TYPE_GET_SLOT(self->base.type, protocol);
}

bool asvc_awaitable_is_waited(asvc_awaitable_t *self) {
    return self->waiter != MP_OBJ_NULL && self->queue == asvc_loop_queue();
}

void asvc_awaitable_park(asvc_awaitable_t *self) {
    self->waiter = asvc_loop_park(MP_OBJ_FROM_PTR(self));
    self->queue = asvc_loop_queue();
    self->parked = true;
}

void asvc_awaitable_sleep(asvc_awaitable_t *self, int64_t ms) {
    self->waiter = asvc_loop_current();
    asvc_loop_sleep(self->waiter, ms);
    self->queue = asvc_loop_queue();
    self->parked = false;
}

void asvc_awaitable_wake(asvc_awaitable_t *self) {
    if (!asvc_awaitable_is_waited(self)) {
        return;
    }
    mp_obj_t waiter = self->waiter;
    self->waiter = MP_OBJ_NULL;
    if (self->parked) {
        asvc_loop_push(waiter);
    } else {
        asvc_loop_wake(waiter);
    }
}

void asvc_awaitable_wake_in(asvc_awaitable_t *self, int64_t ms) {
    if (!asvc_awaitable_is_waited(self)) {
        return;
    }
    if (self->parked) {
        asvc_loop_sleep(self->waiter, ms);
        self->parked = false;
    } else {
        asvc_loop_sleep_anew(self->waiter, ms);
    }
}

static void leave(asvc_awaitable_t *self) {
    self->waiter = MP_OBJ_NULL;
    protocol_of(self)->leave(MP_OBJ_FROM_PTR(self));
}

mp_obj_t asvc_awaitable_iternext(mp_obj_t self_in) {
    asvc_awaitable_t *self = MP_OBJ_TO_PTR(self_in);
    if (asvc_awaitable_is_waited(self) && self->waiter != asvc_loop_current()) {
        asvc_raise(&mp_type_RuntimeError, "this %t is being awaited by another task already", self_in);
    }
    self->waiter = MP_OBJ_NULL;
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        mp_obj_t result = protocol_of(self)->step(self_in);
        nlr_pop();
        return result == MP_OBJ_NULL ? mp_const_none : mp_make_stop_iteration(result);
    }
    leave(self);
    nlr_jump(nlr.ret_val);
}

static mp_obj_t awaitable_send(mp_obj_t self_in, mp_obj_t value) {
    (void)value;
    mp_obj_t yielded = asvc_awaitable_iternext(self_in);
    if (yielded == MP_OBJ_STOP_ITERATION) {
        mp_raise_StopIteration(MP_STATE_THREAD(stop_iteration_arg));
    }
    return yielded;
}
static MP_DEFINE_CONST_FUN_OBJ_2(awaitable_send_obj, awaitable_send);

static mp_obj_t awaitable_throw(size_t n_args, const mp_obj_t *args) {
    leave(MP_OBJ_TO_PTR(args[0]));
    nlr_raise(mp_make_raise_obj(asvc_loop_thrown(n_args, args)));
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(awaitable_throw_obj, 2, 4, awaitable_throw);

static mp_obj_t awaitable_close(mp_obj_t self_in) {
    leave(MP_OBJ_TO_PTR(self_in));
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(awaitable_close_obj, awaitable_close);

// Called by Task.cancel() on what the task is parked on.
static mp_obj_t awaitable_remove(mp_obj_t self_in, mp_obj_t task) {
    (void)task;
    asvc_awaitable_t *self = MP_OBJ_TO_PTR(self_in);
    self->waiter = MP_OBJ_NULL;
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(awaitable_remove_obj, awaitable_remove);

static const mp_rom_map_elem_t awaitable_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR_send), MP_ROM_PTR(&awaitable_send_obj) },
    { MP_ROM_QSTR(MP_QSTR_throw), MP_ROM_PTR(&awaitable_throw_obj) },
    { MP_ROM_QSTR(MP_QSTR_close), MP_ROM_PTR(&awaitable_close_obj) },
    { MP_ROM_QSTR(MP_QSTR_remove), MP_ROM_PTR(&awaitable_remove_obj) },
};
MP_DEFINE_CONST_DICT(asvc_awaitable_locals, awaitable_locals_table);
