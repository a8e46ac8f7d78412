// The one heap of deadlines: when something of a record is due next.
//
// A record has one deadline at a time, the earliest of those that its state gives it:
//
//     starting   ready_ms after its start, where it declares when it is ready
//     running    watchdog_ms after its last feed
//     stopping   the time it was given to end in
//     at rest    the end of its delay
//     any        its next due time, while the schedule runs
//
// A record knows its place in the heap, so a change costs O(log n). Ties are in the order of the numbers.
// There are as many places as records: setting a deadline cannot fail. Keys are the low 32 bits of a time: what
// lies further ahead than ASVC_DEADLINE_HORIZON_MS is looked at before, and put back.
#ifndef ASVC_MANAGER_DEADLINES_H
#define ASVC_MANAGER_DEADLINES_H

#include "manager/record.h"

// Half of what 31 bits hold: 12 days.
#define ASVC_DEADLINE_HORIZON_MS 0x3F000000

// Sets the record's deadline by its state; that of a run that is to end, and of a delay, is kept as it is.
void asvc_deadlines_renew(asvc_manager_t *m, asvc_record_t *r);

// Sets it to at_ms: of a run that was told to end now, or of a delay that begins.
void asvc_deadlines_set(asvc_manager_t *m, asvc_record_t *r, int64_t at_ms);

// Takes the record out of the heap; nothing happens where it is not in.
void asvc_deadlines_clear(asvc_manager_t *m, asvc_record_t *r);

// Takes out the first record whose deadline is at or before m->now_ms, and answers it; NULL where there is none.
asvc_record_t *asvc_deadlines_take(asvc_manager_t *m);

// Sets m->now_ms. After a gap longer than the horizon all that were in the heap before it have passed, or are looked at.
void asvc_deadlines_move_now(asvc_manager_t *m, int64_t now_ms);

// Milliseconds from m->now_ms to that of a record, 0 where it has passed or there is none.
uint32_t asvc_deadlines_left_of(const asvc_manager_t *m, const asvc_record_t *r);

// Milliseconds from m->now_ms to the earliest deadline, 0 where that has passed; ASVC_NEVER_MS where there is none.
int64_t asvc_deadlines_left_ms(const asvc_manager_t *m);

#endif
