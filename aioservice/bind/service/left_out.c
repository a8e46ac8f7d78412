#include "bind/service/left_out.h"

#include "py/runtime.h"

#include "bind/base/is.h"
#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "core/config.h"

#if ASVC_ANY_LEFT_OUT

// What a service asks for by these it would not get. safe_mode is not among them: without supervision nothing enters safe mode.
static const qstr_short_t left_out[] = {
#if !ASVC_SUPERVISION
    MP_QSTR_restart,
    MP_QSTR_require,
    MP_QSTR_after,
    MP_QSTR_wants,
    MP_QSTR_ready_ms,
    MP_QSTR_stop_ms,
    MP_QSTR_watchdog_ms,
    MP_QSTR_slow_step_ms,
    MP_QSTR_child_failure,
    MP_QSTR_on_stop,
    MP_QSTR_on_error,
#endif
#if !ASVC_SCHEDULE
    MP_QSTR_schedule,
#endif
    MP_QSTRnull,
};

static bool is_hook(qstr attr) {
    return attr == MP_QSTR_on_stop || attr == MP_QSTR_on_error;
}

// Whom a core service requires is boot's to heed. A method of that name is the service's own business, but for hooks.
static bool is_set(asvc_entry_t *entry, qstr attr) {
    bool of_boot = attr == MP_QSTR_require || attr == MP_QSTR_after || attr == MP_QSTR_wants;
    if (ASVC_BOOT && of_boot && asvc_entry_is_core(entry)) {
        return false;
    }
    mp_obj_t value = asvc_entry_attr_quiet(entry, attr);
    if (value == MP_OBJ_NULL) { // asyncmd has them in kwargs; True there is a watcher's business
        mp_obj_t kwargs = asvc_entry_attr_quiet(entry, MP_QSTR_kwargs);
        value = asvc_is_dict(kwargs) ? asvc_dict_get(kwargs, attr) : MP_OBJ_NULL;
        value = value == mp_const_true ? MP_OBJ_NULL : value;
    }
    return value != MP_OBJ_NULL && (is_hook(attr) || !mp_obj_is_callable(value)) && mp_obj_is_true(value);
}

static void refuse(qstr attr, const char *how, const char *feature) {
    asvc_raise(
        &mp_type_ServiceException, "%q %s: this firmware was built without ASVC_%s", attr, how, feature);
}

void asvc_left_out_check(asvc_entry_t *entry) {
    for (const qstr_short_t *attr = left_out; *attr != MP_QSTRnull; attr++) {
        if (is_set(entry, *attr)) {
            refuse(*attr, "is set", *attr == MP_QSTR_schedule ? "SCHEDULE" : "SUPERVISION");
        }
    }
    if (!ASVC_SCHEDULE && asvc_entry_is_type(entry, "schedule.service")) {
        refuse(MP_QSTR_type, "schedule.service", "SCHEDULE");
    }
    if (!ASVC_BOOT && asvc_entry_is_core(entry)) {
        refuse(MP_QSTR_type, "core.service", "BOOT");
    }
}

bool asvc_left_out_is_key(qstr attr) {
    const qstr_short_t *other = left_out;
    while (*other != MP_QSTRnull && *other != attr) {
        other++;
    }
    return *other != MP_QSTRnull && !is_hook(attr);
}

#endif
