#include "bind/look/traceback.h"

#include "py/runtime.h"

#include "bind/base/is.h"
#include "bind/look/failures.h"
#include "bind/look/status.h"
#include "bind/service/discover.h"
#include "bind/service/line.h"

// Why a service is not loaded, or why its main task failed: an exception, or MP_OBJ_NULL.
static mp_obj_t error_of(asvc_entry_t *entry) {
    mp_obj_t error = asvc_entry_error(entry);
    asvc_task_t *task = asvc_main_task(entry);
    if (error == MP_OBJ_NULL && task != NULL) {
        error = asvc_task_result(task);
    }
    return asvc_is_error(error) ? error : MP_OBJ_NULL;
}

void asvc_traceback_add(vstr_t *text, asvc_entry_t *entry) {
    mp_obj_t error = error_of(entry);
    if (error != MP_OBJ_NULL) {
        asvc_add_traceback(text, "", entry->name, error);
    } else {
        asvc_failures_add_latest(text, entry); // on_error made something else of the exception
    }
}

static void add_all(vstr_t *text, mp_obj_t name) {
    asvc_discover();
    bool all = name == mp_const_none;
    asvc_entry_t *entry = all ? asvc_registry_first() : asvc_registry_find(name);
    for (; entry != NULL; entry = all ? asvc_registry_next(entry) : NULL) {
        asvc_traceback_add(text, entry);
    }
}

static mp_obj_t traceback(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    return asvc_answer_text(n_args, args, kwargs, add_all);
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_service_traceback_obj, 0, traceback);
