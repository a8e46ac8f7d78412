#include "bind/left_out.h"

#include "py/runtime.h"

#include "bind/is.h"
#include "bind/map.h"
#include "bind/raise.h"
#include "core/config.h"

#if ASVC_ANY_LEFT_OUT

static const struct {
    qstr attr;
    const char *value; // NULL: any that is true
    const char *feature;
} left_out[] = {
#if !ASVC_SUPERVISION
    { MP_QSTR_restart, NULL, "SUPERVISION" },
    { MP_QSTR_require, NULL, "SUPERVISION" },
    { MP_QSTR_after, NULL, "SUPERVISION" },
    { MP_QSTR_wants, NULL, "SUPERVISION" },
    { MP_QSTR_ready_ms, NULL, "SUPERVISION" },
    { MP_QSTR_stop_ms, NULL, "SUPERVISION" },
    { MP_QSTR_watchdog_ms, NULL, "SUPERVISION" },
#endif
#if !ASVC_SCHEDULE
    { MP_QSTR_schedule, NULL, "SCHEDULE" },
    { MP_QSTR_type, "schedule.service", "SCHEDULE" },
#endif
#if !ASVC_BOOT
    { MP_QSTR_type, "core.service", "BOOT" },
#endif
};

// Whom a core service requires is boot's to heed. A method of that name is the service's own business.
static bool is_set(asvc_entry_t *entry, qstr attr) {
    bool of_boot = attr == MP_QSTR_require || attr == MP_QSTR_after || attr == MP_QSTR_wants;
    if (ASVC_BOOT && of_boot && asvc_entry_is_type(entry, "core.service")) {
        return false;
    }
    mp_obj_t value = asvc_entry_attr_quiet(entry, attr);
    if (value == MP_OBJ_NULL) { // asyncmd has them in kwargs; True there is a watcher's business
        mp_obj_t kwargs = asvc_entry_attr_quiet(entry, MP_QSTR_kwargs);
        value = asvc_is_dict(kwargs) ? asvc_dict_get(kwargs, attr) : MP_OBJ_NULL;
        value = value == mp_const_true ? MP_OBJ_NULL : value;
    }
    return value != MP_OBJ_NULL && !mp_obj_is_callable(value) && mp_obj_is_true(value);
}

void asvc_left_out_check(asvc_entry_t *entry) {
    for (size_t i = 0; i < MP_ARRAY_SIZE(left_out); i++) {
        const char *value = left_out[i].value;
        if (value == NULL ? is_set(entry, left_out[i].attr) : asvc_entry_is_type(entry, value)) {
            asvc_raise(&mp_type_ServiceException, "%q %s: this firmware was built without ASVC_%s",
                left_out[i].attr, value == NULL ? "is set" : value, left_out[i].feature);
        }
    }
}

bool asvc_left_out_is_key(qstr attr) {
    for (size_t i = 0; i < MP_ARRAY_SIZE(left_out); i++) {
        if (left_out[i].attr == attr) {
            return true;
        }
    }
    return false;
}

#endif
