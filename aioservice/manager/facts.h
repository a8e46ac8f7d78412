// What follows for a record from what it is and from what its neighbours are.
//
// Facts of a record, each known to its neighbours by a counter:
//
//     up        what requires it may run
//     lost      it will not be up by itself, or not for long: it is not wanted, has failed for good, is stuck, or
//               requires a lost one
//     leaving   it ends in its turn and comes back: a restart by its user, or of what it requires
//     coming    what comes after it waits for it
//     there     it has a run, or something below it has one: what it requires is not ended before
//     unfed     it keeps the hardware watchdog from being fed
//
// What neither names anybody nor is named has none of them but `unfed`: nobody counts them.
//
// A change is worked out in two steps. A record whose state has changed is put on the list of facts; asvc_facts_settle() works
// facts out until none changes. Only a fact that changed walks the record's edges, once, and adjusts the counters of
// its neighbours; those are then on the lists, too. So the work is proportional to what changed. Decisions are
// taken only from settled facts.
//
// Requirements form no circle, so `lost` and `leaving` spread along a way that ends.
#ifndef ASVC_MANAGER_FACTS_H
#define ASVC_MANAGER_FACTS_H

#include "manager/record.h"

// Puts a record on a list, ASVC_TO_FACTS and the like, at its end; nothing happens where it is on it.
void asvc_facts_queue(asvc_manager_t *m, int list, asvc_record_t *r);

// Takes the first one off a list; NULL where that is empty.
asvc_record_t *asvc_facts_take(asvc_manager_t *m, int list);

// Works out all facts. Every record whose facts or counters changed is then on the list of decisions.
void asvc_facts_settle(asvc_manager_t *m);

// Moves the run on and keeps the counts that go with it.
void asvc_facts_set_run(asvc_manager_t *m, asvc_record_t *r, asvc_run_t run);

// Forgets all that would start the record: its user has stopped it, or stops what it requires. keep_schedule: it stays
// in its schedule.
void asvc_facts_unwant(asvc_manager_t *m, asvc_record_t *r, bool keep_schedule);

// An edge was added, or is about to be removed: counts it in, or out, by what its two ends are known to be.
void asvc_facts_count_edge(asvc_manager_t *m, const asvc_edge_t *edge, bool in);

bool asvc_facts_is_up(const asvc_manager_t *m, const asvc_record_t *r);

// Whether it will not be up by itself, or not for long.
bool asvc_facts_is_lost(const asvc_manager_t *m, const asvc_record_t *r);

// Whether its schedule starts it again, once that runs.
bool asvc_facts_is_due_again(const asvc_manager_t *m, const asvc_record_t *r);

// Whether it may end in its turn now: nothing that requires it is there, or nothing of that has to end before it.
bool asvc_facts_is_its_turn(const asvc_manager_t *m, const asvc_record_t *r);

// Whether it waits: for its turn, for a delay, or for its first due time.
bool asvc_facts_waits(const asvc_record_t *r);

#endif
