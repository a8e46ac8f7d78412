#include "core/service.h"

#include <stdint.h>

// A place left out of the table is 0, which so has to mean "stays"; states are stored one higher.
#define TO(state) ((state) + 1)

// Common to the four states at rest without a due time: there is no task, so nothing can be stopped
// (STOP keeps how the last run ended: that is what one wants to see), STEP and the three ends are of
// a task that is gone, and there is no due time for UNSCHEDULED to take away.
#define AT_REST [ASVC_EV_START] = TO(ASVC_STARTING), [ASVC_EV_SCHEDULED] = TO(ASVC_WAITING)

static const uint8_t transitions[ASVC_SERVICE_STATES][ASVC_SERVICE_EVENTS] = {
    [ASVC_INACTIVE] = { AT_REST },

    // START stays: one run was asked for and one will come. UNSCHEDULED stays, and in the other live
    // states SCHEDULED too: they are about the next run, not about this one. The task may end
    // without a STEP: wrong arguments raise before its first step, a cancel may come before it too.
    [ASVC_STARTING] = {
        [ASVC_EV_STEP] = TO(ASVC_RUNNING),
        [ASVC_EV_SCHEDULED] = TO(ASVC_WAITING),
        [ASVC_EV_STOP] = TO(ASVC_STOPPING),
        [ASVC_EV_RETURNED] = TO(ASVC_DONE),
        [ASVC_EV_RAISED] = TO(ASVC_FAILED),
        [ASVC_EV_CANCELLED] = TO(ASVC_STOPPED),
    },

    // START stays: a run that goes on is never doubled. STEP stays: only the first one tells news.
    [ASVC_RUNNING] = {
        [ASVC_EV_STOP] = TO(ASVC_STOPPING),
        [ASVC_EV_RETURNED] = TO(ASVC_DONE),
        [ASVC_EV_RAISED] = TO(ASVC_FAILED),
        [ASVC_EV_CANCELLED] = TO(ASVC_STOPPED),
    },

    // START stays: the old task is still there, and beside it there is no place for a second. STEP
    // stays: cleaning up takes steps. STOP stays: it was told already.
    [ASVC_STOPPING] = {
        [ASVC_EV_RETURNED] = TO(ASVC_STOPPED),
        [ASVC_EV_RAISED] = TO(ASVC_FAILED),
        [ASVC_EV_CANCELLED] = TO(ASVC_STOPPED),
    },

    [ASVC_DONE] = { AT_REST },
    [ASVC_STOPPED] = { AT_REST },
    [ASVC_FAILED] = { AT_REST },

    // SCHEDULED stays: it waits already, for another time now. STEP and the ends stay: no task.
    [ASVC_WAITING] = {
        [ASVC_EV_START] = TO(ASVC_STARTING),
        [ASVC_EV_STOP] = TO(ASVC_STOPPED),
        [ASVC_EV_UNSCHEDULED] = TO(ASVC_INACTIVE),
    },
};

asvc_service_state_t asvc_service_next(asvc_service_state_t state, asvc_service_event_t event) {
    uint8_t to = transitions[state][event];
    return to == 0 ? state : (asvc_service_state_t)(to - 1);
}

const char *asvc_service_state_name(asvc_service_state_t state) {
    static const char *const names[ASVC_SERVICE_STATES] = {
        [ASVC_INACTIVE] = "inactive",
        [ASVC_STARTING] = "starting",
        [ASVC_RUNNING] = "running",
        [ASVC_STOPPING] = "stopping",
        [ASVC_DONE] = "done",
        [ASVC_STOPPED] = "stopped",
        [ASVC_FAILED] = "failed",
        [ASVC_WAITING] = "waiting",
    };
    return names[state];
}

bool asvc_service_is_live(asvc_service_state_t state) {
    return state == ASVC_STARTING || state == ASVC_RUNNING || state == ASVC_STOPPING;
}
