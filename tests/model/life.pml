/*
 * The life of one service: its user, its task, the clock, and the manager between them, who tells the table
 * what happens and does what it answers. What the manager decides by rules that are of no matter here (has
 * the start limit been hit, has a requirement gone) is left to chance.
 *
 * MicroPython runs one thing at a time: an event, the move and what is done are one atomic step.
 */

#include "transitions.pml"

#define POLICY_NEVER 0
#define POLICY_ON_FAILURE 1
#define POLICY_ALWAYS 2

byte state = INACTIVE;
byte action;

/* The manager's. */
byte policy;
bool wanted;     /* the user's last word: up */
bool scheduled;  /* there is a due time */
bool restarting; /* WAITING is for a restart */
bool overdue;    /* the manager ended this run as it failed in its duties, so that is a failure */

/* The task's. */
byte tasks;      /* live ones */
bool queued;     /* on the run queue, without a step */
bool cancelled;  /* CancelledError is thrown at its next await */
bool answers;    /* it comes up when started and ends when told to, and its start limit is out of reach */

bool user_is_gone;
bool spawned_unwanted; /* never to be */

#define at_rest \
    (state == INACTIVE || state == DONE || state == STOPPED || state == FAILED)
#define goes_on (state == STARTING || state == RUNNING)
#define is_live (goes_on || state == STOPPING || state == STUCK)
#define was_told_to_end (state == STOPPING || state == STUCK)
#define inside (tasks > 0 && !queued)

inline act() {
    if
    :: action == DO_SPAWN ->
        spawned_unwanted = spawned_unwanted || !wanted;
        tasks++;
        queued = true;
        cancelled = false
    :: action == DO_CANCEL -> cancelled = true
    :: action == DO_TAKE_BACK -> tasks--; queued = false
    :: else
    fi
}

inline tell(event) {
    move(event);
    act()
}

/* The manager: a run has ended. */
inline ended(event) {
    how = event;
    was_told = was_told_to_end;
    tasks--;
    queued = false;
    cancelled = false;
    if
    :: overdue && how == EV_CANCELLED -> how = EV_RAISED
    :: else
    fi;
    tell(how);
    if
    :: !wanted -> skip /* a stop is final */
    :: wanted && was_told && !overdue ->
        /* Started again while it ended, or what it requires went away and is back. */
        if
        :: scheduled -> tell(EV_SCHEDULED)
        :: else -> tell(EV_START)
        fi
    :: wanted && (!was_told || overdue) ->
        if
        :: policy == POLICY_ALWAYS && how != EV_CANCELLED -> restart_unless_limit()
        :: policy == POLICY_ON_FAILURE && how == EV_RAISED -> restart_unless_limit()
        :: else -> wait_for_schedule()
        fi
    fi;
    overdue = false
}

inline restart_unless_limit() {
    if
    :: restarting = true; tell(EV_SCHEDULED)
    :: !answers -> tell(EV_GIVE_UP) /* the limit is hit */
    fi
}

inline wait_for_schedule() {
    if
    :: scheduled -> tell(EV_SCHEDULED)
    :: else
    fi
}

proctype User() {
    do
    :: atomic { wanted = true; restarting = false; overdue = false; tell(EV_START) }
    :: atomic { wanted = false; scheduled = false; restarting = false; tell(EV_STOP) }
    :: atomic { /* schedule: looks first whether the run has made a step */
        !(state == STARTING && inside) -> wanted = true; scheduled = true; tell(EV_SCHEDULED) }
    :: atomic { /* unschedule: a restart goes on */
        if
        :: state == WAITING && !restarting -> wanted = false; tell(EV_UNSCHEDULED)
        :: else
        fi;
        scheduled = false }
    :: break
    od;
    user_is_gone = true
}

proctype Task() {
    byte how;
    bool was_told;
end:
    do
    :: atomic { queued && cancelled -> ended(EV_CANCELLED) }
    :: atomic { queued && !cancelled -> queued = false;
        if
        :: tell(EV_UP)
        :: skip /* it is to say when it is ready */
        fi }
    :: atomic { inside && state == STARTING && !cancelled -> tell(EV_UP) }
    :: atomic { inside && (state == RUNNING || cancelled || !answers) -> ended(EV_RETURNED) }
    :: atomic { inside && (state == RUNNING || cancelled || !answers) -> ended(EV_RAISED) }
    :: atomic { inside && (cancelled || !answers) -> ended(EV_CANCELLED) }
    :: atomic { inside && cancelled && !answers -> cancelled = false } /* swallows it */
    :: inside && !answers -> skip /* goes on, for ever if it likes */
    od
}

proctype Due() {
end:
    do
    :: atomic { state == WAITING && (restarting || scheduled) -> restarting = false; tell(EV_START) }
    od
}

proctype StopTimeout() {
end:
    do
    :: atomic { state == STOPPING -> tell(EV_LATE) }
    od
}

/* The manager ends a run: what it requires has gone, or it was not ready or not fed in time. */
proctype Needs() {
end:
    do
    :: atomic { wanted && (state == RUNNING || (state == STARTING && !answers)) ->
        if
        :: overdue = true
        :: skip
        fi;
        tell(EV_STOP) }
    od
}

/* Time passes also where nothing else happens, so what stands still is seen to. */
proctype Time() {
    bool ticks = false;
    do
    :: ticks = !ticks
    od
}

init {
    atomic {
        if
        :: policy = POLICY_NEVER
        :: policy = POLICY_ON_FAILURE
        :: policy = POLICY_ALWAYS
        fi;
        if
        :: answers = true
        :: answers = false
        fi;
        run User(); run Task(); run Due(); run StopTimeout(); run Needs(); run Time()
    }
}

ltl one_task { [](tasks <= 1) }

ltl live_is_having_a_task { [](is_live == (tasks == 1)) }

ltl no_spawn_after_a_stop { [](!spawned_unwanted) }

ltl rest_after_a_stop { (<>[](user_is_gone && !wanted)) -> <>[](at_rest || state == STUCK) }

ltl up_again { (<>[](user_is_gone && wanted && answers && policy == POLICY_ALWAYS)) -> []<>(state == RUNNING) }

/* These have to be found wrong, or the model does not get about. */
ltl never_inactive { [](state != INACTIVE || !user_is_gone) } /* it begins there, so: once more */
ltl never_starting { [](state != STARTING) }
ltl never_running { [](state != RUNNING) }
ltl never_stopping { [](state != STOPPING) }
ltl never_done { [](state != DONE) }
ltl never_stopped { [](state != STOPPED) }
ltl never_failed { [](state != FAILED) }
ltl never_waiting { [](state != WAITING) }
ltl never_stuck { [](state != STUCK) }
ltl never_left_stopped { !(<>[](user_is_gone && !wanted)) }
ltl never_left_wanted { !(<>[](user_is_gone && wanted && answers && policy == POLICY_ALWAYS)) }
