// The manager of this program.
#ifndef ASVC_BASE_MANAGER_H
#define ASVC_BASE_MANAGER_H

#include "bind/base/clock.h"
#include "bind/base/state.h"
#include "manager/manager.h"

static inline asvc_manager_t *asvc_manager(void) {
    return &asvc_root()->manager;
}

// The same, with its clock set: for an event that has a time, and for a question about one. To read the clock costs more
// than most questions do. Where nothing is ever due, no time is needed.
asvc_manager_t *asvc_manager_now(void);

#endif
