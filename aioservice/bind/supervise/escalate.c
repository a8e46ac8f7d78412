#include "bind/supervise/escalate.h"

#include "py/runtime.h"

#include "bind/base/call.h"
#include "bind/base/is.h"
#include "bind/base/manager.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"
#include "bind/service/registry.h"
#include "bind/supervise/interrupt.h"
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

static bool may_go_on(asvc_id_t id) {
    const asvc_manager_t *m = &asvc_root()->manager;
    asvc_id_t parent = asvc_manager_parent(m, id);
    asvc_entry_t *entry = asvc_registry_of_record(parent == ASVC_NO_ID ? id : parent);
    return entry == NULL || entry->service == MP_OBJ_NULL || is_safe(entry);
}

// A service that goes on keeps its children.
static void enter_safe_mode(asvc_task_t *task) {
    asvc_sayf("[aioservice] safe mode, because of %o: only services with safe_mode = True go on", task->name);
    asvc_manager_t *m = asvc_manager();
    for (asvc_id_t id = asvc_manager_next_record(m, ASVC_NO_ID); id != ASVC_NO_ID;
         id = asvc_manager_next_record(m, id)) {
        if (!may_go_on(id)) {
            asvc_manager_stop(m, id, false);
        }
    }
}

static void act(void *arg) {
    asvc_task_t *task = arg;
    mp_obj_t then = task->extra->then;
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

static void say_limit(void *arg) {
    asvc_task_t *task = arg;
    const asvc_block_t *block = asvc_task_block(task);
    asvc_sayf("[aioservice] %o hit its start limit: %u runs in a row ended within %u ms; "
              "aioservice.reset_failed() lets it start again",
        task->name, (unsigned)block->restart.short_runs, (unsigned)block->rules.restart.healthy_ms);
}

void asvc_escalate(asvc_task_t *task) {
    asvc_try(say_limit, task); // no memory for the line keeps nothing from happening
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
