#include "bind/service/boots.h"

#include "py/runtime.h"

#include "bind/service/service_class.h"

#if ASVC_BOOT

bool asvc_boots(asvc_entry_t *entry, mp_obj_t config) {
    mp_obj_t own = asvc_service_set_attr(entry->service, MP_QSTR_enabled);
    bool enabled = own == MP_OBJ_NULL || mp_obj_is_true(own);
    return asvc_entry_enabled(entry, config, enabled) && asvc_entry_is_core(entry);
}

#endif
