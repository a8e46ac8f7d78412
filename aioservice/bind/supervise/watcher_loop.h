// aioschedule.watcher_loop: looks now and then for tasks that have failed, and starts them again.
//
// It is there for programs written for asyncmd. A service's own `restart` acts the moment it fails.
#ifndef ASVC_SUPERVISE_WATCHER_LOOP_H
#define ASVC_SUPERVISE_WATCHER_LOOP_H

#include "py/obj.h"

// Calling it with alog (a logger or None) and sleep (seconds between two looks) makes the awaitable, which
// goes on until it is cancelled.
extern const mp_obj_type_t asvc_type_watcher_loop;

#endif
