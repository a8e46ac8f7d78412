// The states of a service, and what moves it from one to the next.
//
// A service is always in exactly one state:
//
//     INACTIVE   Loaded, and nothing more: it was never told to run, or its last due time was taken
//                away before it came.
//     STARTING   Told to run. Its task is in the loop's queue and has not made its first step.
//     RUNNING    Its task has made its first step and has not ended.
//     STOPPING   Told to stop. Its task was cancelled and has not ended: it may catch that, clean up,
//                wait for something, even go on. How long is too long ("stuck") is a matter of a
//                deadline, so of whoever has the clock; the state stays STOPPING.
//     DONE       Its task returned.
//     STOPPED    Its task ended because it was cancelled, or returned after it was told to stop.
//     FAILED     Its task raised an exception, stopping or not.
//     WAITING    Nothing runs; it will be started at a known time (its schedule, a restart delay).
//
// STARTING, RUNNING and STOPPING are live: there is a task, and no second one may be made beside it.
// The others are at rest. Every run goes from rest through STARTING back to rest:
//
//     INACTIVE, DONE, STOPPED, FAILED, WAITING --START--> STARTING --STEP--> RUNNING
//     STARTING, RUNNING --STOP--> STOPPING
//     STARTING, RUNNING --RETURNED--> DONE      --RAISED--> FAILED   --CANCELLED--> STOPPED
//     STOPPING          --RETURNED--> STOPPED   --RAISED--> FAILED   --CANCELLED--> STOPPED
//     at rest, STARTING --SCHEDULED--> WAITING  WAITING --UNSCHEDULED--> INACTIVE, --STOP--> STOPPED
//
// Two parties move it. The manager says what was asked for: START, STOP, SCHEDULED, UNSCHEDULED. The
// supervised task says what happened: STEP at its first step, then exactly one of RETURNED, RAISED
// and CANCELLED. Neither needs to look at the state first: an event that means nothing in a state
// leaves it as it is.
#ifndef ASVC_CORE_SERVICE_H
#define ASVC_CORE_SERVICE_H

#include <stdbool.h>

typedef enum {
    ASVC_INACTIVE,
    ASVC_STARTING,
    ASVC_RUNNING,
    ASVC_STOPPING,
    ASVC_DONE,
    ASVC_STOPPED,
    ASVC_FAILED,
    ASVC_WAITING,
} asvc_service_state_t;

#define ASVC_SERVICE_STATES (ASVC_WAITING + 1)

typedef enum {
    ASVC_EV_START, // asked to run now
    ASVC_EV_STEP, // the task made a step
    ASVC_EV_STOP, // asked to stop
    ASVC_EV_RETURNED, // the task ended: it returned
    ASVC_EV_RAISED, // the task ended: it raised something that is no cancellation
    ASVC_EV_CANCELLED, // the task ended: it was cancelled, by a stop or by somebody else
    ASVC_EV_SCHEDULED, // there is a time at which it is due next
    ASVC_EV_UNSCHEDULED, // there is none any more
} asvc_service_event_t;

#define ASVC_SERVICE_EVENTS (ASVC_EV_UNSCHEDULED + 1)

// The state a service is in after event. Both arguments must be values of their enum.
// SCHEDULED takes back a run that has not made its first step, and leaves one that goes on alone;
// whoever schedules it says so again when that has ended.
asvc_service_state_t asvc_service_next(asvc_service_state_t state, asvc_service_event_t event);

// The state in lower case, as people read it: "inactive", "starting" ... A constant, never freed.
const char *asvc_service_state_name(asvc_service_state_t state);

// Whether there is a task: starting, running or stopping.
bool asvc_service_is_live(asvc_service_state_t state);

#endif
