// The life of a service: its states, what moves it from one to the next, and what is to be done then.
//
// Two things are kept apart: what is wanted, and what is. Whether a service is wanted up is its user's to
// say, by load, start and stop, and is kept by who tells this table (bind/supervise/supervise). The table knows what
// is: a service is always in exactly one state.
//
//     INACTIVE   Loaded, and nothing more: it was never told to run, or its last due time was taken
//                away before it came.
//     STARTING   Told to run. It has a task, and is not up yet: the task has not made its first step, or
//                it has and the service, which declares when it is ready, has not said so.
//     RUNNING    It is up, and its task has not ended.
//     STOPPING   Told to end. Its task was cancelled and has not ended: it may catch that, clean up,
//                wait for something, even go on.
//     STUCK      It was told to end and did not, for longer than it was given. It still has a task.
//     DONE       Its task returned.
//     STOPPED    Its task ended because it was cancelled, or returned after it was told to end.
//     FAILED     Its task raised an exception, whether it was told to end or not.
//     WAITING    Nothing runs; it will be started later: at its next due time, after a restart delay, or
//                when what it requires is up.
//
// STARTING, RUNNING, STOPPING and STUCK are live: there is a task, and no second one is made beside it.
// The others are at rest. Every run goes from rest through STARTING back to rest:
//
//     at rest           --START--> STARTING --UP--> RUNNING
//     STARTING, RUNNING --STOP--> STOPPING --LATE--> STUCK
//     STARTING, RUNNING --RETURNED--> DONE      --RAISED--> FAILED   --CANCELLED--> STOPPED
//     STOPPING, STUCK   --RETURNED--> STOPPED   --RAISED--> FAILED   --CANCELLED--> STOPPED
//     at rest, STARTING --SCHEDULED--> WAITING
//     DONE              --GIVE_UP--> FAILED
//     WAITING           --UNSCHEDULED--> INACTIVE   --STOP--> STOPPED
//
// Three parties move it. The manager says what was asked for, or decided: START, STOP, SCHEDULED, UNSCHEDULED, GIVE_UP. The
// supervised task says what happened: UP once, then exactly one of RETURNED, RAISED and CANCELLED. The
// clock says LATE. None needs to look at the state first: an event that means nothing in a state leaves it
// as it is, and then there is nothing to be done.
//
// What interrupts what: STOP interrupts all that is under way (a start, a run, the wait for a restart) and
// nothing interrupts it: a START that comes while the old task still ends is not made by this table but,
// where it is still wanted, by the manager when the end has come. A run that the manager itself ends, as it
// is overdue or what it requires went away, is a STOP like any other; that it counts as a failure is the
// manager's knowledge, who then says RAISED.
#ifndef ASVC_CORE_SERVICE_H
#define ASVC_CORE_SERVICE_H

#include <stdbool.h>
#include <stdint.h>

typedef enum {
    ASVC_INACTIVE,
    ASVC_STARTING,
    ASVC_RUNNING,
    ASVC_STOPPING,
    ASVC_DONE,
    ASVC_STOPPED,
    ASVC_FAILED,
    ASVC_WAITING,
    ASVC_STUCK,
} asvc_service_state_t;

#define ASVC_SERVICE_STATES (ASVC_STUCK + 1)

typedef enum {
    ASVC_EV_START, // asked to run now
    ASVC_EV_UP, // the task made its first step, or said that it is ready where it declares that
    ASVC_EV_STOP, // asked to end
    ASVC_EV_RETURNED, // the task ended: it returned
    ASVC_EV_RAISED, // the task ended: it raised something that is no cancellation
    ASVC_EV_CANCELLED, // the task ended: it was cancelled, by a stop or by somebody else
    ASVC_EV_SCHEDULED, // there is a time at which it is due next
    ASVC_EV_UNSCHEDULED, // there is none any more
    ASVC_EV_GIVE_UP, // however its last run ended, it has failed for good
    ASVC_EV_LATE, // the time it was given to end in is over
} asvc_service_event_t;

#define ASVC_SERVICE_EVENTS (ASVC_EV_LATE + 1)

// What is to be done because of an event.
typedef enum {
    ASVC_DO_NOTHING,
    ASVC_DO_SPAWN, // put the task, which is ready, on the run queue
    ASVC_DO_CANCEL, // throw CancelledError into the task at its next await
    ASVC_DO_TAKE_BACK, // take the task, which has made no step, off the run queue
    ASVC_DO_REPORT, // tell people that it is stuck
} asvc_service_action_t;

typedef struct {
    uint8_t state; // asvc_service_state_t
    uint8_t action; // asvc_service_action_t
} asvc_service_step_t;

// The state a service is in after event, and what to do. Both arguments must be values of their enum.
// SCHEDULED takes back a run that has not made its first step, and leaves one that goes on alone;
// whoever schedules it says so again when that has ended.
asvc_service_step_t asvc_service_next(asvc_service_state_t state, asvc_service_event_t event);

// The state in lower case, as people read it: "inactive", "starting" ... A constant, never freed.
const char *asvc_service_state_name(asvc_service_state_t state);

// Whether there is a task: starting, running, stopping or stuck.
bool asvc_service_is_live(asvc_service_state_t state);
// Whether there is one that was not told to end: starting or running.
bool asvc_service_goes_on(asvc_service_state_t state);

#endif
