// The manager, with its clock set: for each event and each question that depends on the time.
#ifndef ASVC_BASE_MANAGER_H
#define ASVC_BASE_MANAGER_H

#include "bind/base/clock.h"
#include "bind/base/state.h"
#include "manager/manager.h"

static inline asvc_manager_t *asvc_manager(void) {
    asvc_manager_t *m = &asvc_root()->manager;
    asvc_manager_set_now(m, asvc_now_ms());
    return m;
}

#endif
