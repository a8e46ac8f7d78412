#include "bind/modules/init.h"

#include "py/objmodule.h"
#include "py/runtime.h"

#include "bind/base/map.h"
#include "bind/base/state.h"
#include "bind/base/upward.h"
#include "bind/look/events.h"
#include "bind/modules/service_methods.h"
#include "bind/supervise/actions.h"
#include "bind/supervise/report.h"

static const asvc_upward_t upward = {
    .service_locals = &asvc_service_locals,
    .drive = asvc_actions_drive,
    .stepped = asvc_report_stepped,
    .ended = asvc_report_ended,
    .tell = asvc_events_tell_one,
#if ASVC_TOP
    .slow = asvc_report_slow,
#endif
};

// A soft reset leaves root pointers as they were, but makes the table of loaded modules anew: where that knows
// `aioservice`, the root struct is there.
static mp_obj_t state_init(void) {
    mp_obj_t name = MP_OBJ_NEW_QSTR(MP_QSTR_aioservice);
    mp_obj_t loaded = MP_OBJ_FROM_PTR(&MP_STATE_VM(mp_loaded_modules_dict));
    if (asvc_map_get(mp_obj_dict_get_map(loaded), name) == MP_OBJ_NULL) {
        asvc_state_make(&upward);
        // Last, because it is what says so. Looked up by its name: its own table has this function, and two files
        // would need each other.
        mp_obj_dict_store(loaded, name, asvc_map_get((mp_map_t *)&mp_builtin_module_map, name));
    }
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_0(asvc_state_init_obj, state_init);
