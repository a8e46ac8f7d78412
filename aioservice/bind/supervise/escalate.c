#include "bind/supervise/escalate.h"

#include "py/runtime.h"

#include "bind/base/call.h"
#include "bind/supervise/control.h"
#include "bind/task/group.h"
#include "bind/supervise/interrupt.h"
#include "bind/base/is.h"
#include "bind/base/keep.h"
#include "bind/service/load.h"
#include "bind/base/raise.h"
#include "bind/service/registry.h"
#include "bind/supervise/relations.h"
#include "bind/base/say.h"
#include "bind/supervise/supervise.h"
#include "core/config.h"

#if ASVC_SUPERVISION

static void reset_device(void) {
    mp_obj_t machine = asvc_import(MP_QSTR_machine);
    mp_call_function_0(mp_load_attr(machine, MP_QSTR_reset));
}

static bool is_safe(asvc_entry_t *entry) {
    mp_obj_t safe = asvc_entry_attr_quiet(entry, MP_QSTR_safe_mode);
    return asvc_is_true(safe);
}

static void enter_safe_mode(asvc_task_t *task) {
    asvc_sayf("[aioservice] safe mode, because of %o: only services with safe_mode = True go on", task->name);
    for (asvc_entry_t *entry = asvc_registry_first(); entry != NULL; entry = asvc_registry_next(entry)) {
        asvc_task_t *main = asvc_main_task(entry);
        if (main != NULL && !is_safe(entry)) {
            asvc_control_unschedule(main);
            asvc_relations_stop(entry);
        }
    }
    size_t len;
    asvc_task_t **tasks = asvc_group_all(&len);
    for (size_t i = 0; i < len; i++) {
        asvc_entry_t *entry = tasks[i]->entry;
        if (entry != NULL && !asvc_is_main_task(tasks[i]) && !is_safe(entry)) {
            asvc_supervise_forget(tasks[i]); // a further instance; its children end with it
            asvc_task_stop(tasks[i]);
        }
    }
    ASVC_KEEP(tasks);
}

static void act(void *arg) {
    asvc_task_t *task = arg;
    mp_obj_t then = asvc_supervision(task)->options.then;
    if (then == mp_const_none) {
        return;
    }
    if (!asvc_is_str(then)) {
        mp_call_function_1(then, asvc_task_service(task));
    } else if (mp_obj_equal(then, MP_OBJ_NEW_QSTR(MP_QSTR_reset))) {
        reset_device();
    } else {
        enter_safe_mode(task);
    }
}

void asvc_escalate(asvc_task_t *task) {
    asvc_supervision_t *self = asvc_supervision(task);
    asvc_sayf("[aioservice] %o hit its start limit: %u runs in a row ended within %u ms; "
              "aioservice.reset_failed() lets it start again",
        task->name, (unsigned)self->state.short_runs, (unsigned)self->options.rules.healthy_ms);
    mp_obj_t exc = asvc_catch(&mp_type_BaseException, act, task);
    if (exc == MP_OBJ_NULL) {
        return;
    }
    if (asvc_is_exception(exc)) {
        asvc_sayf("[aioservice] %o: restart: then: %x", task->name, exc);
    } else if (asvc_interrupt_keep(exc)) { // sys.exit(), for one
        nlr_raise(exc);
    }
}

#endif
