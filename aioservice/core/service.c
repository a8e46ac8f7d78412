#include "core/service.h"

// A place left out of the table is all 0, which so has to mean "stays, and nothing to do"; states are
// stored one higher. Both fit a byte: the table is a good part of what this file takes of a small flash.
#define TO(to, what) ((uint8_t)(((to) + 1) << 4 | (what)))

// Common to the four states at rest without a due time: there is no task, so nothing can be stopped (STOP
// keeps how the last run ended: that is what one wants to see), UP, LATE and the three ends are of a task
// that is gone, and there is no due time for UNSCHEDULED to take away.
#define AT_REST                                                                                              \
    [ASVC_EV_START] = TO(ASVC_STARTING, ASVC_DO_SPAWN),                                                      \
    [ASVC_EV_SCHEDULED] = TO(ASVC_WAITING, ASVC_DO_NOTHING)

// What was told to end has ended, however: that it returned is no clean end of its work.
#define AT_ITS_END                                                                                           \
    [ASVC_EV_RETURNED] = TO(ASVC_STOPPED, ASVC_DO_NOTHING),                                                  \
    [ASVC_EV_RAISED] = TO(ASVC_FAILED, ASVC_DO_NOTHING),                                                     \
    [ASVC_EV_CANCELLED] = TO(ASVC_STOPPED, ASVC_DO_NOTHING)

// Common to what goes on. START stays: one run was asked for and one there is. UNSCHEDULED stays: it is about
// the next run, not about this one. LATE stays: it was not told to end.
#define GOES_ON                                                                                              \
    [ASVC_EV_STOP] = TO(ASVC_STOPPING, ASVC_DO_CANCEL), [ASVC_EV_RETURNED] = TO(ASVC_DONE, ASVC_DO_NOTHING), \
    [ASVC_EV_RAISED] = TO(ASVC_FAILED, ASVC_DO_NOTHING),                                                     \
    [ASVC_EV_CANCELLED] = TO(ASVC_STOPPED, ASVC_DO_NOTHING)

static const uint8_t transitions[][ASVC_SERVICE_EVENTS] = {
    [ASVC_INACTIVE] = { AT_REST },

    // The task may end without an UP: wrong arguments raise before its first step, a cancel may come before
    // it too. SCHEDULED takes back a start that has not become a step; who sends it has looked.
    [ASVC_STARTING] = {
        GOES_ON,
        [ASVC_EV_UP] = TO(ASVC_RUNNING, ASVC_DO_NOTHING),
        [ASVC_EV_SCHEDULED] = TO(ASVC_WAITING, ASVC_DO_TAKE_BACK),
    },

    // UP stays: only the first one tells news. SCHEDULED stays: it is about the next run.
    [ASVC_RUNNING] = { GOES_ON },

    // START stays: the old task is still there, and beside it there is no place for a second. UP stays:
    // cleaning up takes steps. STOP is worth another try: the task may have swallowed the first.
    [ASVC_STOPPING] = {
        AT_ITS_END,
        [ASVC_EV_STOP] = TO(ASVC_STOPPING, ASVC_DO_CANCEL),
        [ASVC_EV_LATE] = TO(ASVC_STUCK, ASVC_DO_REPORT),
    },

    // Clean ends can be too many, too.
    [ASVC_DONE] = { AT_REST, [ASVC_EV_GIVE_UP] = TO(ASVC_FAILED, ASVC_DO_NOTHING) },
    [ASVC_STOPPED] = { AT_REST },
    [ASVC_FAILED] = { AT_REST },

    // SCHEDULED stays: it waits already, for another time now. UP, LATE and the ends stay: no task.
    [ASVC_WAITING] = {
        [ASVC_EV_START] = TO(ASVC_STARTING, ASVC_DO_SPAWN),
        [ASVC_EV_STOP] = TO(ASVC_STOPPED, ASVC_DO_NOTHING),
        [ASVC_EV_UNSCHEDULED] = TO(ASVC_INACTIVE, ASVC_DO_NOTHING),
    },

    // It may end after all.
    [ASVC_STUCK] = {
        AT_ITS_END,
        [ASVC_EV_STOP] = TO(ASVC_STUCK, ASVC_DO_CANCEL),
    },
};

static const char *const names[] = {
    [ASVC_INACTIVE] = "inactive",
    [ASVC_STARTING] = "starting",
    [ASVC_RUNNING] = "running",
    [ASVC_STOPPING] = "stopping",
    [ASVC_DONE] = "done",
    [ASVC_STOPPED] = "stopped",
    [ASVC_FAILED] = "failed",
    [ASVC_WAITING] = "waiting",
    [ASVC_STUCK] = "stuck",
};

// A state that is added needs its row and its name.
#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
_Static_assert(LENGTH(transitions) == ASVC_SERVICE_STATES, "a row for each state");
_Static_assert(LENGTH(names) == ASVC_SERVICE_STATES, "a name for each state");

asvc_service_step_t asvc_service_next(asvc_service_state_t state, asvc_service_event_t event) {
    uint8_t step = transitions[state][event];
    return (asvc_service_step_t){
        .state = step == 0 ? (uint8_t)state : (uint8_t)((step >> 4) - 1),
        .action = step & 15,
    };
}

const char *asvc_service_state_name(asvc_service_state_t state) {
    return names[state];
}

bool asvc_service_is_live(asvc_service_state_t state) {
    return asvc_service_goes_on(state) || state == ASVC_STOPPING || state == ASVC_STUCK;
}

bool asvc_service_goes_on(asvc_service_state_t state) {
    return state == ASVC_STARTING || state == ASVC_RUNNING;
}
