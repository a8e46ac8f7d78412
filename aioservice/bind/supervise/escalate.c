#include "bind/supervise/escalate.h"

#include "py/runtime.h"

#include "bind/base/args.h"
#include "bind/base/call.h"
#include "bind/base/is.h"
#include "bind/base/manager.h"
#include "bind/base/raise.h"
#include "bind/base/text.h"
#include "bind/base/upward.h"
#include "bind/service/registry.h"
#include "bind/service/tell.h"
#include "bind/supervise/control.h"
#include "bind/supervise/interrupt.h"
#include "bind/task/function.h"
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
static void enter_safe_mode(mp_obj_t why) {
    asvc_root()->safe_mode = why;
    asvc_manager_t *m = asvc_manager();
    for (asvc_id_t id = asvc_manager_next_record(m, ASVC_NO_ID); id != ASVC_NO_ID;
         id = asvc_manager_next_record(m, id)) {
        if (!may_go_on(id)) {
            asvc_manager_set_aside(m, id);
        }
    }
    asvc_tell_name(ASVC_EVENT_SAFE_MODE, MP_OBJ_NULL, why, 0);
}

// What it had stopped starts again, unless its user has said otherwise since.
static void leave_safe_mode(void) {
    asvc_root()->safe_mode = MP_OBJ_NULL;
    asvc_tell_name(ASVC_EVENT_SAFE_MODE_LEFT, MP_OBJ_NULL, MP_OBJ_NULL, 0);
    const asvc_manager_t *m = asvc_manager();
    for (asvc_id_t id = asvc_manager_next_record(m, ASVC_NO_ID); id != ASVC_NO_ID;
         id = asvc_manager_next_record(m, id)) {
        asvc_task_t *task = asvc_manager_is_set_aside(m, id) ? asvc_task_of(id) : NULL;
        if (task != NULL) {
            asvc_control_start(task, true);
        }
    }
}

static mp_obj_t safe_mode(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t on = asvc_one_arg(n_args, args, kwargs, MP_QSTR_on, mp_const_none);
    bool is_on = asvc_root()->safe_mode != MP_OBJ_NULL;
    if (on != mp_const_none && mp_obj_is_true(on) != is_on) {
        if (is_on) {
            leave_safe_mode();
        } else {
            enter_safe_mode(asvc_strf("safe_mode(True)"));
        }
        asvc_drive();
    }
    return asvc_or_none(asvc_root()->safe_mode);
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_safe_mode_obj, 0, safe_mode);

static void tell_all(void *arg) {
    (void)arg;
    asvc_events_tell();
}

static void act(void *arg) {
    asvc_task_t *task = arg;
    mp_obj_t then = task->extra == NULL ? mp_const_none : asvc_or_none(task->extra->then);
    if (then == mp_const_none) {
        return;
    }
    bool is_name = asvc_is_str(then), resets = is_name && mp_obj_equal(then, MP_OBJ_NEW_QSTR(MP_QSTR_reset));
    mp_obj_t what = is_name ? then : asvc_function_name(then);
    asvc_tell_as(ASVC_EVENT_ESCALATED, task->id, what, 0, resets ? ASVC_EVENT_SAY : 0);
    if (!is_name) {
        mp_call_function_1(then, asvc_task_service(task));
    } else if (resets) {
        asvc_catch(&mp_type_BaseException, tell_all, NULL); // nobody tells afterwards
        reset_device();
    } else {
        enter_safe_mode(task->name);
    }
}

// The limit in milliseconds is a number that needs no memory.
static void tell_limit(const asvc_task_t *task) {
    const asvc_block_t *block = asvc_task_block(task);
    asvc_tell(ASVC_EVENT_START_LIMIT, task->id,
        MP_OBJ_NEW_SMALL_INT((mp_int_t)block->rules.restart.healthy_ms), block->restart.short_runs);
}

void asvc_escalate(asvc_task_t *task) {
    tell_limit(task);
    mp_obj_t exc = asvc_catch(&mp_type_BaseException, act, task);
    if (exc == MP_OBJ_NULL) {
        return;
    }
    if (asvc_is_exception(exc)) {
        asvc_tell_as(ASVC_EVENT_ESCALATED, task->id, asvc_strf("%t: %o", exc, exc), 0, ASVC_EVENT_SAY);
    } else if (asvc_interrupt_keep(exc)) { // sys.exit(), for one
        nlr_raise(exc);
    }
}

#endif
