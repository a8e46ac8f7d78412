#include "bind/task/run.h"

#include "py/mphal.h"
#include "py/runtime.h"

#include "bind/base/is.h"
#include "bind/base/loop.h"
#include "bind/base/manager.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"
#include "bind/base/upward.h"
#include "bind/task/function.h"
#include "bind/task/hooks.h"
#include "bind/task/task.h"

// How a run ended.
typedef struct {
    asvc_task_t *task;
    mp_obj_t value; // what it returned or raised
    bool cancelled;
    mp_obj_t result; // what that makes the task's result
} outcome_t;

static void run_hooks(void *arg) {
    outcome_t *self = arg;
    self->result = asvc_hooks_call(self->task, self->cancelled ? MP_OBJ_NULL : self->value);
}

// A failure of what belongs to a service is the manager's to tell.
static bool logs_itself(const asvc_task_t *task) {
    return ASVC_LOG
        && (task->id == ASVC_NO_ID || asvc_record(&asvc_root()->manager, task->id)->kind == ASVC_KIND_TASK);
}

static void log_failure(void *arg) {
    const outcome_t *self = arg;
    const asvc_task_t *task = self->task;
    mp_obj_t log = asvc_task_log(task);
    if (log != mp_const_none) {
        asvc_log(log, MP_QSTR_error, asvc_strf("[%o] %t: %o", task->name, self->value, self->value));
    }
}

// What the end of the coroutine makes the task's result: runs the hooks, and then tells. *raised becomes true where a hook
// raises, or a logger what is for the loop.
static mp_obj_t result_of(asvc_task_t *self, mp_obj_t value, bool *raised, bool cancelled) {
    bool failed = (ASVC_SUPERVISION || ASVC_LOG) && *raised
        && (asvc_is_exception(value) || asvc_loop_is_cancelled_error(value));
    outcome_t outcome = { self, value, cancelled, cancelled ? mp_const_none : value };
    mp_obj_t exc = MP_OBJ_NULL;
    if (ASVC_SUPERVISION && (cancelled || failed)) {
        exc = asvc_catch(&mp_type_BaseException, run_hooks, &outcome);
    }
    if (failed && logs_itself(self)) {
        mp_obj_t of_log = asvc_catch(&mp_type_BaseException, log_failure, &outcome);
        exc = of_log == MP_OBJ_NULL || asvc_is_exception(of_log) ? exc : of_log;
    }
    if (exc != MP_OBJ_NULL) {
        *raised = true;
        return asvc_keepable(exc);
    }
    return outcome.result;
}

// ---- the end --------------------------------------------------------------------------------

// What the last of its children that failed has failed with.
static mp_obj_t error_of_child(asvc_id_t id) {
    const asvc_manager_t *m = &asvc_root()->manager;
    for (asvc_id_t at = asvc_manager_next_below(m, id, ASVC_NO_ID); at != ASVC_NO_ID;
         at = asvc_manager_next_below(m, id, at)) {
        const asvc_task_t *child = asvc_task_of(at);
        if (asvc_is_error(asvc_task_result(child))) {
            return asvc_task_result(child);
        }
    }
    return asvc_exceptionf(&mp_type_RuntimeError, "a child of it has failed");
}

// The failure of a run that was too late. Where it ended by a CancelledError, the traceback of that tells where it waited.
static mp_obj_t late(mp_obj_t ended, const char *fmt, uint32_t ms) {
    size_t n;
    const size_t *frames = asvc_exception_frames(ended, &n);
    mp_obj_t where = asvc_strf(n == 0 ? "" : "; it waited at %o", asvc_place_of(ended));
    mp_obj_t exc = asvc_exceptionf(&mp_type_RuntimeError, fmt, (unsigned)ms, where);
    for (; n > 0; n -= 3, frames += 3) {
        mp_obj_exception_add_traceback(exc, (qstr)frames[0], frames[1], (qstr)frames[2]);
    }
    return exc;
}

// What a run that the manager ends for a failure has failed with. ended: what it has raised or returned.
static mp_obj_t verdict_of(const asvc_task_t *self, mp_obj_t ended) {
    const asvc_manager_t *m = &asvc_root()->manager;
    if (self->id == ASVC_NO_ID) {
        return MP_OBJ_NULL;
    }
    const asvc_block_t *block = asvc_task_block(self); // there is one where there is a verdict
    switch (asvc_manager_verdict(m, self->id)) {
    case ASVC_VERDICT_NOT_READY:
        return late(ended, "not ready: it did not call ready() within %u ms%o", block->rules.ready_ms);
    case ASVC_VERDICT_NOT_FED:
        return late(ended, "watchdog: it did not call feed() within %u ms%o", block->rules.watchdog_ms);
    case ASVC_VERDICT_CHILD:
        return error_of_child(self->id);
    case ASVC_VERDICT_NONE:
        break;
    }
    return MP_OBJ_NULL;
}

static MP_NOINLINE mp_obj_t verdict_or_no_memory(const asvc_task_t *self, mp_obj_t ended) {
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        mp_obj_t verdict = verdict_of(self, ended);
        nlr_pop();
        return verdict;
    }
    return asvc_keepable(MP_OBJ_FROM_PTR(nlr.ret_val));
}

// Keeps how the task ended, and tells. Answers whether the task has to look alive still.
static bool end(asvc_task_t *self, mp_vm_return_kind_t kind, mp_obj_t value) {
    bool raised = kind == MP_VM_RETURN_EXCEPTION, cancelled = false;
    if (raised) {
        value = asvc_keepable(value);
        // One that nobody sent, such as of a raw task that was awaited and cancelled, is a failure.
        cancelled = (self->flags & ASVC_TASK_CANCEL_SENT) && asvc_loop_is_cancelled_error(value);
        raised = !cancelled;
    }
    // A run that the manager ended for a failure is one, unless it has failed in another way meanwhile.
    mp_obj_t verdict = !ASVC_SUPERVISION || raised ? MP_OBJ_NULL : verdict_or_no_memory(self, value);
    if (verdict != MP_OBJ_NULL) {
        value = verdict;
        raised = true;
        cancelled = false;
    }
    mp_obj_t exc = raised ? value : MP_OBJ_NULL;
    self->flags |= ASVC_TASK_AT_END;
    mp_obj_t result = result_of(self, value, &raised, cancelled);
    // What on_error makes of it, as asyncmd has it. A service has failed all the same: its policy has to know.
    raised = raised && (result == value || asvc_task_service(self) != MP_OBJ_NULL || asvc_is_error(result));
    self->run = result;
    if (ASVC_DATES) {
        asvc_now_ms();
    }
    self->done_ds = asvc_task_last_ds();
    bool keep = self->id != ASVC_NO_ID && asvc_upward()->ended(self, raised, cancelled, exc);
    self->flags &= (uint8_t)~ASVC_TASK_AT_END;
    return keep;
}

// ---- steps ----------------------------------------------------------------------------------

// Calls the function, now and not at add(), so that a wrong argument is the task's own failure.
// Not inlined: a compiler does not know that the nlr_push() of resume() returns twice, and could put something else in place
// of what is needed after that.
static MP_NOINLINE mp_vm_return_kind_t first_step(asvc_task_t *self, mp_obj_t *value) {
    asvc_upward()->stepped(self);
    mp_obj_t coro = asvc_function_of(self->fun);
    if (!mp_obj_is_type(coro, &mp_type_gen_instance)) {
        coro = mp_call_function_n_kw(coro, self->n_args, self->n_kw, self->arg);
    }
    if (!mp_obj_is_type(coro, &mp_type_gen_instance)) {
        mp_obj_t send[2];
        mp_load_method_maybe(coro, MP_QSTR_send, send);
        if (send[0] == MP_OBJ_NULL) { // what asyncio.sleep() answers has this one only
            mp_load_method_maybe(coro, MP_QSTR___next__, send);
        }
        if (send[0] == MP_OBJ_NULL) {
            *value = coro; // a plain function: it has run, this is its result
            return MP_VM_RETURN_NORMAL;
        }
    }
    self->run = coro;
    return mp_resume(coro, mp_const_none, MP_OBJ_NULL, value);
}

// An instance of thrown, which may be a class, or the MemoryError that came instead: either way the
// coroutine hears of it, and runs its finally.
static mp_obj_t instance_of(mp_obj_t thrown) {
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        mp_obj_t exc = mp_make_raise_obj(thrown);
        nlr_pop();
        return exc;
    }
    return MP_OBJ_FROM_PTR(nlr.ret_val);
}

// Makes one step of the coroutine; never raises.
static mp_vm_return_kind_t resume(asvc_task_t *self, mp_obj_t thrown, mp_obj_t *value) {
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        mp_vm_return_kind_t kind;
        mp_obj_t exc = thrown == MP_OBJ_NULL ? MP_OBJ_NULL : instance_of(thrown);
        if (self->run != MP_OBJ_NULL) {
            mp_obj_t sent = exc == MP_OBJ_NULL ? mp_const_none : MP_OBJ_NULL;
            kind = mp_resume(self->run, sent, exc, value);
        } else if (exc == MP_OBJ_NULL) {
            kind = first_step(self, value);
        } else {
            *value = exc; // stopped before its first step
            kind = MP_VM_RETURN_EXCEPTION;
        }
        nlr_pop();
        return kind;
    }
    *value = asvc_keepable(MP_OBJ_FROM_PTR(nlr.ret_val));
    // A coroutine that is not a generator returns by raising StopIteration.
    if (asvc_is_a(*value, &mp_type_StopIteration)) {
        *value = mp_obj_exception_get_value(*value);
        return MP_VM_RETURN_NORMAL;
    }
    return MP_VM_RETURN_EXCEPTION;
}

static mp_vm_return_kind_t timed_resume(asvc_task_t *self, mp_obj_t thrown, mp_obj_t *value) {
#if ASVC_TOP
    mp_uint_t before_us = mp_hal_ticks_us();
    mp_vm_return_kind_t kind = resume(self, thrown, value);
    // Counters of a word: right across their wrap, too.
    uint32_t us = (uint32_t)(mp_hal_ticks_us() - before_us);
    self->steps += 1;
    self->cpu_ms += (self->cpu_us + us) / 1000;
    self->cpu_us = (uint16_t)((self->cpu_us + us) % 1000);
    if (us > self->longest_us) {
        self->longest_us = us;
    }
    if (us >= 1000) {
        asvc_upward()->slow(self, us / 1000);
    }
    return kind;
#else
    return resume(self, thrown, value);
#endif
}

static mp_obj_t step(asvc_task_t *self, mp_obj_t thrown) {
    if (asvc_task_is_live(self)) {
        // Task.cancel() hands a cancel on to the task being awaited. If that one catches it and ends
        // with a plain result, the cancel would be lost on the way: send it now.
        if (thrown == MP_OBJ_NULL && asvc_task_is_ending(self) && !(self->flags & ASVC_TASK_CANCEL_SENT)) {
            thrown = asvc_loop_cancelled_error();
        }
        if (thrown != MP_OBJ_NULL && asvc_loop_is_cancelled_error(thrown)) {
            self->flags |= ASVC_TASK_CANCEL_SENT;
        }
        mp_obj_t value;
        // Not told from asyncio's current task: that is left as it was when Ctrl-C ends the loop.
        self->flags |= ASVC_TASK_IN_STEP;
        mp_vm_return_kind_t kind = timed_resume(self, thrown, &value);
        if (kind == MP_VM_RETURN_YIELD) {
            self->flags &= (uint8_t)~ASVC_TASK_IN_STEP;
            if (self->flags & ASVC_TASK_SELF_STOP) {
                self->flags &= (uint8_t)~ASVC_TASK_SELF_STOP;
                asvc_loop_cancel(self->task);
            }
            return value;
        }
        bool keep = end(self, kind, value);
        self->flags &= (uint8_t)~ASVC_TASK_IN_STEP;
        if (keep) {
            asvc_loop_park(MP_OBJ_FROM_PTR(self)); // for good: the loop ends before
            return mp_const_none;
        }
    }
    bool no_result = self->run == MP_OBJ_NULL || self->run == mp_const_none;
    mp_raise_StopIteration(no_result ? MP_OBJ_NULL : self->run);
}

static mp_obj_t task_send(mp_obj_t self_in, mp_obj_t value) {
    (void)value;
    return step(MP_OBJ_TO_PTR(self_in), MP_OBJ_NULL);
}
MP_DEFINE_CONST_FUN_OBJ_2(asvc_task_send_obj, task_send);

static mp_obj_t task_throw(size_t n_args, const mp_obj_t *args) {
    return step(MP_OBJ_TO_PTR(args[0]), asvc_loop_thrown(n_args, args));
}
MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(asvc_task_throw_obj, 2, 4, task_throw);
