#include "bind/base/state.h"

#include "py/mphal.h"
#include "py/runtime.h"

asvc_root_t *asvc_root(void) {
    return MP_STATE_VM(asvc_root_ptr);
}

void asvc_state_make(const struct _asvc_upward_t *upward) {
    asvc_root_t *root = m_new0(asvc_root_t, 1);
    root->upward = upward;
    root->no_memory = mp_obj_new_exception(&mp_type_MemoryError);
    root->log = mp_const_none;
    root->logger = mp_const_none;
    root->color = -1;
    root->last_ticks = mp_hal_ticks_ms();
    root->now_ms = 1; // so that 0 can stand for "not yet"
    MP_STATE_VM(asvc_root_ptr) = root;
}

MP_REGISTER_ROOT_POINTER(struct _asvc_root_t *asvc_root_ptr);
