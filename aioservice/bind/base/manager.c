#include "bind/base/manager.h"

asvc_manager_t *asvc_manager_now(void) {
    asvc_manager_t *m = asvc_manager();
    if (ASVC_DEADLINES) {
        asvc_manager_set_now(m, asvc_now_ms());
    }
    return m;
}
