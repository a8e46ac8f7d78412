// What must be true of the manager after every event, whatever it was.
//
// The ghost of a thing is a second idea of its record, made from events and from the actions that were answered. It has no
// counters and no lists: what follows from it is worked out from scratch. Checked against it are
//
//     each action     whether it may come now, and names the right cause
//     at rest         whether all that had to come has come: every run that has to end was told to, all that is wanted
//                     and possible was started, every refusal was told; that each fact, counter, deadline and
//                     place on a list is as it has to be
//
// What is wrong is told by world_break().
#ifndef ASVC_TESTS_SIM_INVARIANTS_H
#define ASVC_TESTS_SIM_INVARIANTS_H

#include "world.h"

// To be called before anything happens in the world.
void invariants_watch(world_t *w);

// Lets all runs go on as they are to: they step, get ready, and end where they were told to. Then looks whether all that
// is wanted and possible is up. Ends what the tape did; hooks that meddle are off.
void invariants_come_to_rest(world_t *w);

#endif
