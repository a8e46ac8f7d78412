/* The table alone: all events keep coming, each again and again, in any order. */

#include "transitions.pml"

byte state = INACTIVE;
byte action;

/* One process an event, so that fairness lets none be left out. */
proctype Source(byte event) {
    do
    :: atomic { move(event) }
    od
}

init {
    byte event = 0;
    atomic {
        do
        :: event <= EV_LATE -> run Source(event); event++
        :: else -> break
        od
    }
}

/* No state is for ever. */
ltl exit_of_every_state {
    []<>(state != INACTIVE) && []<>(state != STARTING) && []<>(state != RUNNING)
    && []<>(state != STOPPING) && []<>(state != DONE) && []<>(state != STOPPED)
    && []<>(state != FAILED) && []<>(state != WAITING) && []<>(state != STUCK)
}
