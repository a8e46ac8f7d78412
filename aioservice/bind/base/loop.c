#include "bind/base/loop.h"

#include "py/mphal.h"
#include "py/objmodule.h"
#include "py/runtime.h"
#include "py/smallint.h"

#include "bind/base/call.h"
#include "bind/base/raise.h"
#include "bind/base/state.h"

static mp_obj_t core_get(qstr name) {
    return mp_obj_dict_get(MP_OBJ_FROM_PTR(asvc_root()->asyncio_core), MP_OBJ_NEW_QSTR(name));
}

static void core_set(qstr name, mp_obj_t value) {
    mp_obj_dict_store(MP_OBJ_FROM_PTR(asvc_root()->asyncio_core), MP_OBJ_NEW_QSTR(name), value);
}

static asvc_root_t *root_with_asyncio(void) {
    asvc_root_t *root = asvc_root();
    if (root->asyncio_core == NULL) {
        mp_obj_t asyncio = asvc_import(MP_QSTR_asyncio);
        mp_obj_t core = mp_load_attr(asyncio, MP_QSTR_core);
        root->asyncio_task = mp_load_attr(core, MP_QSTR_Task);
        root->cancelled_error = mp_load_attr(core, MP_QSTR_CancelledError);
        root->asyncio_core = mp_obj_module_get_globals(core);
        root->queue = core_get(MP_QSTR__task_queue); // another one from now on is news
    }
    return root;
}

mp_obj_t asvc_loop_new_task(mp_obj_t coro) {
    asvc_root_t *root = root_with_asyncio();
    mp_obj_t args[2] = { coro, MP_OBJ_FROM_PTR(root->asyncio_core) };
    return mp_call_function_n_kw(root->asyncio_task, 2, 0, args);
}

mp_obj_t asvc_loop_queue(void) {
    root_with_asyncio();
    return core_get(MP_QSTR__task_queue);
}

#if ASVC_SUPERVISION
mp_obj_t asvc_loop_io_queue(void) {
    root_with_asyncio();
    return core_get(MP_QSTR__io_queue);
}
#endif

bool asvc_loop_changed(void) {
    asvc_root_t *root = asvc_root();
    if (root->asyncio_core == NULL) {
        return false;
    }
    mp_obj_t before = root->queue;
    root->queue = core_get(MP_QSTR__task_queue);
    return before != MP_OBJ_NULL && before != root->queue;
}

static mp_obj_t queue_call(qstr method, mp_obj_t task) {
    return asvc_call_1(core_get(MP_QSTR__task_queue), method, task);
}

void asvc_loop_push(mp_obj_t task) {
    queue_call(MP_QSTR_push, task);
}

mp_obj_t asvc_loop_current(void) {
    root_with_asyncio();
    return core_get(MP_QSTR_cur_task);
}

void asvc_loop_mark_done(mp_obj_t task) {
    // asyncio's own encoding: state None is "done, nobody waited"; data is what an await raises.
    mp_obj_t stop = mp_obj_new_exception(&mp_type_StopIteration);
    if (asvc_keepable(stop) != stop) {
        nlr_raise(asvc_keepable(stop));
    }
    mp_store_attr(task, MP_QSTR_data, stop);
    mp_store_attr(task, MP_QSTR_state, mp_const_none);
}

bool asvc_loop_take_back(mp_obj_t task) {
    // asyncio's own encoding: state True is "not done, nobody waits"; data is what will be thrown into it.
    bool untouched = mp_load_attr(task, MP_QSTR_state) == mp_const_true
        && mp_load_attr(task, MP_QSTR_data) == mp_const_none;
    if (untouched) {
        asvc_loop_mark_done(task);
        queue_call(MP_QSTR_remove, task);
    }
    return untouched;
}

const char asvc_loop_shielded = 0;

bool asvc_loop_is_shielded(mp_obj_t coro) {
    const mp_obj_type_t *type = mp_obj_get_type(coro);
    return MP_OBJ_TYPE_HAS_SLOT(type, protocol)
        && MP_OBJ_TYPE_GET_SLOT(type, protocol) == &asvc_loop_shielded;
}

// Task.cancel() hands a cancel on to the task being awaited. One that is supervised is its own
// service's and ends with a plain result, so the cancel would hit the wrong one and be lost on the way
// back: instead, `task` is taken off that one's list of waiters and cancelled itself. False where it
// awaits no such task.
static bool cancel_waiter(mp_obj_t task) {
    mp_obj_t awaited = mp_load_attr(task, MP_QSTR_data);
    if (mp_obj_get_type(awaited) != MP_OBJ_TO_PTR(asvc_root()->asyncio_task)
        || !asvc_loop_is_shielded(mp_load_attr(awaited, MP_QSTR_coro))) {
        return false;
    }
    asvc_call_1(mp_load_attr(awaited, MP_QSTR_state), MP_QSTR_remove, task);
    asvc_loop_push(task);
    mp_store_attr(task, MP_QSTR_data, asvc_root()->cancelled_error);
    return true;
}

static void cancel(void *task) {
    asvc_call_0(MP_OBJ_FROM_PTR(task), MP_QSTR_cancel);
}

void asvc_loop_cancel(mp_obj_t task) {
    mp_obj_t current = asvc_loop_current();
    if (cancel_waiter(task)) {
        return;
    }
    if (task != current) {
        cancel(MP_OBJ_TO_PTR(task));
        return;
    }
    // Nothing runs between here and the end of the step, so nobody sees that there is no current task.
    core_set(MP_QSTR_cur_task, mp_const_none);
    mp_obj_t exc = asvc_catch(&mp_type_BaseException, cancel, MP_OBJ_TO_PTR(task));
    core_set(MP_QSTR_cur_task, current);
    if (exc != MP_OBJ_NULL) {
        nlr_raise(exc);
    }
}

mp_obj_t asvc_loop_cancelled_error(void) {
    return root_with_asyncio()->cancelled_error;
}

bool asvc_loop_is_cancelled_error(mp_obj_t exc) {
    mp_obj_t cls = asvc_loop_cancelled_error();
    return exc == cls || asvc_is_a(exc, MP_OBJ_TO_PTR(cls));
}

mp_obj_t asvc_loop_thrown(size_t n_args, const mp_obj_t *args) {
    return n_args > 2 && args[2] != mp_const_none ? args[2] : args[1];
}

mp_obj_t asvc_loop_park(mp_obj_t owner) {
    mp_obj_t task = asvc_loop_current();
    mp_store_attr(task, MP_QSTR_data, owner);
    return task;
}

void asvc_loop_sleep(mp_obj_t task, int64_t ms) {
    const int64_t longest = MICROPY_PY_TIME_TICKS_PERIOD / 2 - 1;
    if (ms < 0) {
        ms = 0;
    } else if (ms > longest) {
        ms = longest;
    }
    mp_obj_t call[4];
    mp_load_method(core_get(MP_QSTR__task_queue), MP_QSTR_push, call);
    call[2] = task;
    mp_uint_t due = (mp_hal_ticks_ms() + (mp_uint_t)ms) & (MICROPY_PY_TIME_TICKS_PERIOD - 1);
    call[3] = MP_OBJ_NEW_SMALL_INT(due);
    mp_call_method_n_kw(2, 0, call);
}

// A task whose data is set is being cancelled: it is on its way already.
static bool take_off(mp_obj_t task) {
    bool sleeps = mp_load_attr(task, MP_QSTR_data) == mp_const_none;
    if (sleeps) {
        queue_call(MP_QSTR_remove, task);
    }
    return sleeps;
}

void asvc_loop_wake(mp_obj_t task) {
    if (take_off(task)) {
        asvc_loop_push(task);
    }
}

void asvc_loop_sleep_anew(mp_obj_t task, int64_t ms) {
    if (take_off(task)) {
        asvc_loop_sleep(task, ms);
    }
}
