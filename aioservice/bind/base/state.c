#include "bind/base/state.h"

#include "py/mphal.h"
#include "py/runtime.h"

extern const mp_obj_module_t asvc_module_aioservice;

asvc_root_t *asvc_root(void) {
    return MP_STATE_VM(asvc_root_ptr);
}

extern const struct _asvc_upward_t asvc_upward_table;

static mp_obj_t state_init(void) {
    mp_map_t *loaded = &MP_STATE_VM(mp_loaded_modules_dict).map;
    mp_map_elem_t *known = mp_map_lookup(loaded, MP_OBJ_NEW_QSTR(MP_QSTR_aioservice), MP_MAP_LOOKUP);
    if (known != NULL) {
        return mp_const_none;
    }
    asvc_root_t *root = m_new0(asvc_root_t, 1);
    root->no_memory = mp_obj_new_exception(&mp_type_MemoryError);
    root->upward = &asvc_upward_table;
    root->log = mp_const_none;
    root->color = -1;
    root->last_ticks = mp_hal_ticks_ms();
    root->now_ms = 1; // so that 0 can stand for "not yet"
    MP_STATE_VM(asvc_root_ptr) = root;
    // Last, because it is what says that the root struct is there.
    mp_obj_dict_store(MP_OBJ_FROM_PTR(&MP_STATE_VM(mp_loaded_modules_dict)),
        MP_OBJ_NEW_QSTR(MP_QSTR_aioservice), MP_OBJ_FROM_PTR(&asvc_module_aioservice));
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_0(asvc_state_init_obj, state_init);

MP_REGISTER_ROOT_POINTER(struct _asvc_root_t *asvc_root_ptr);
