#include "bind/supervise/interrupt.h"

#include "py/runtime.h"

#include "bind/base/loop.h"
#include "bind/base/manager.h"
#include "bind/base/raise.h"
#include "bind/base/upward.h"
#include "bind/service/tell.h"
#include "bind/supervise/loop_error.h"

#if ASVC_SUPERVISION

static void forget(void) {
    asvc_root()->interrupt = MP_OBJ_NULL;
    asvc_manager_interrupt_over(asvc_manager());
}

// One that belongs to a loop that new_event_loop() has replaced is over with it.
static void forget_old(void) {
    asvc_root_t *root = asvc_root();
    if (root->interrupt != MP_OBJ_NULL && root->interrupt_queue != asvc_loop_queue()) {
        forget();
    }
}

static void stop_all(void *exc) {
    asvc_manager_interrupt(asvc_manager());
    asvc_tell_name(
        ASVC_EVENT_INTERRUPTED, MP_OBJ_NULL, MP_OBJ_NEW_QSTR(asvc_type_name(MP_OBJ_FROM_PTR(exc))), 0);
    asvc_drive();
}

bool asvc_interrupt_keep(mp_obj_t exc) {
    asvc_root_t *root = asvc_root();
    forget_old();
    // A second one means it: no more waiting.
    if (root->interrupt == MP_OBJ_NULL && asvc_manager_any_live(asvc_manager())) {
        root->interrupt = exc;
        root->interrupt_queue = asvc_loop_queue();
        if (asvc_try(stop_all, MP_OBJ_TO_PTR(exc)) == MP_OBJ_NULL) {
            return false;
        }
    }
    forget();
    return true;
}

static bool waits(void) {
    forget_old();
    return asvc_root()->interrupt != MP_OBJ_NULL && asvc_manager_any_live(asvc_manager());
}

void asvc_interrupt_raise(void) {
    forget_old();
    mp_obj_t exc = asvc_root()->interrupt;
    if (exc != MP_OBJ_NULL && !asvc_manager_any_live(asvc_manager())) {
        forget();
        nlr_raise(exc);
    }
}

// ---- while the loop waits -------------------------------------------------------------------

// Stands in the place of asyncio's _io_queue.wait_io_event, where the loop spends its time between two steps.
typedef struct {
    mp_obj_base_t base;
    mp_obj_t method[2]; // the function itself, and the queue
} guard_t;

static mp_obj_t guard_call(mp_obj_t self_in, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    mp_arg_check_num(n_args, n_kw, 1, 1, false);
    guard_t *self = MP_OBJ_TO_PTR(self_in);
    if (asvc_root()->interrupt != MP_OBJ_NULL && asvc_loop_current() == mp_const_none) {
        forget(); // the program has ended that run itself, and begins another one
    }
    mp_obj_t call[3] = { self->method[0], self->method[1], args[0] };
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        mp_call_method_n_kw(1, 0, call);
        nlr_pop();
    } else {
        mp_obj_t exc = MP_OBJ_FROM_PTR(nlr.ret_val);
        if (asvc_is_exception(exc) || asvc_interrupt_keep(exc)) {
            nlr_raise(exc);
        }
    }
    return mp_const_none;
}

static MP_DEFINE_CONST_OBJ_TYPE(type_guard, MP_QSTR_wait_io_event, MP_TYPE_FLAG_NONE, call, guard_call);

static void guard(void *arg) {
    (void)arg;
    mp_obj_t queue = asvc_loop_io_queue();
    guard_t *self = mp_obj_malloc(guard_t, &type_guard);
    mp_load_method(queue, MP_QSTR_wait_io_event, self->method);
    mp_store_attr(queue, MP_QSTR_wait_io_event, MP_OBJ_FROM_PTR(self));
    asvc_root()->guarded = queue;
}

void asvc_interrupt_guard(void) {
    if (asvc_loop_io_queue() != asvc_root()->guarded) {
        asvc_try(guard, NULL);
        asvc_loop_error_watch();
    }
}

#else

bool asvc_interrupt_keep(mp_obj_t exc) {
    (void)exc;
    return true;
}

void asvc_interrupt_raise(void) {
}

static bool waits(void) {
    return false;
}

#endif

bool asvc_interrupt_task_ended(const asvc_task_t *task, bool raised) {
    bool ends_loop = raised && mp_obj_is_exception_instance(task->run) && !asvc_is_exception(task->run)
        && !asvc_loop_is_cancelled_error(task->run);
    if (ends_loop && asvc_interrupt_keep(task->run)) {
        nlr_raise(task->run);
    }
    asvc_interrupt_raise();
    return ends_loop || (asvc_task_is_main(task) && waits());
}
