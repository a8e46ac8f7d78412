// What runs when: an entry for each scheduled id, and which of them is due.
//
// The schedule has no clock. It is told `now_ms`, milliseconds of a monotonic clock whose zero means
// nothing here (negative times are as good as others), and answers what is due at that moment.
// Whoever drives it sleeps until asvc_schedule_next_due().
//
// An entry is due once, or again and again at first_due + k * period. Runs that were missed, because
// the caller slept through them, are skipped and not made up for: after any gap an entry is answered
// once and its next due time is the first of its series that still lies ahead. So a period keeps its
// phase however late it is asked for.
//
// An entry may be due by the wall clock the first time. Its caller turns that time into one of the
// monotonic clock, and moves it by asvc_schedule_shift_wall whenever the wall clock was set.
//
// Ids are the caller's: small integers, indices of a table of its own.
#ifndef ASVC_CORE_SCHEDULE_H
#define ASVC_CORE_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/heap.h"

// Stands where there is no time: an entry that is not due again, one that was not started yet.
#define ASVC_SCHEDULE_NEVER INT64_MIN

typedef struct {
    int64_t due_ms; // ASVC_SCHEDULE_NEVER when not due again
    int64_t period_ms; // 0: due once
    int64_t last_ms; // when it was last started, by asvc_schedule_note_start, or ASVC_SCHEDULE_NEVER
    bool known;
    bool by_wall; // due_ms stands for a time of the wall clock
} asvc_schedule_entry_t;

// The fields are the schedule's own; callers may read due.cap, the number of ids there is room for, and
// n_by_wall.
typedef struct {
    asvc_schedule_entry_t *entries; // by id
    asvc_heap_t due; // the ids that are due some time, the earliest first
    size_t n_by_wall; // how many are due by the wall clock next
} asvc_schedule_t;

// The first due_ms + k * period_ms > now_ms, for due_ms <= now_ms; ASVC_SCHEDULE_NEVER should that be beyond INT64_MAX.
int64_t asvc_schedule_next_in_series(int64_t due_ms, int64_t period_ms, int64_t now_ms);

// Makes an empty schedule for the ids 0..cap-1. Both arrays have cap elements, stay the caller's and
// must live as long as the schedule; with cap 0 they may be NULL.
void asvc_schedule_init(
    asvc_schedule_t *schedule, asvc_schedule_entry_t *entries, asvc_heap_item_t *heap_storage, size_t cap);

// Moves the schedule to arrays of new_cap >= cap elements, which may overlap the old ones. All
// entries and their order are kept; the old arrays are free afterwards.
void asvc_schedule_move(asvc_schedule_t *schedule, asvc_schedule_entry_t *new_entries,
    asvc_heap_item_t *new_heap_storage, size_t new_cap);

// Schedules id for first_due_ms (which may have passed: then it is due at once) and, with a period
// > 0, every period_ms after it. Replaces an entry of that id, as if it were put for the first time,
// but when it last ran stays known. O(ids scheduled) when it replaces, else O(log of it).
// ASVC_FULL: id is beyond cap. ASVC_BAD_VALUE: a negative period, or first_due_ms is
// ASVC_SCHEDULE_NEVER. In both cases nothing has changed.
// by_wall: first_due_ms moves with asvc_schedule_shift_wall; the periods after it do not.
asvc_error_t asvc_schedule_put(
    asvc_schedule_t *schedule, uint32_t id, int64_t first_due_ms, int64_t period_ms, bool by_wall);

// The wall clock was set back by by_ms (negative: ahead) against the monotonic one: what is due by it is
// due so much later, within the range of 64 bits; ties stay in their order. O(ids due by the wall clock x ids scheduled).
void asvc_schedule_shift_wall(asvc_schedule_t *schedule, int64_t by_ms);

// Forgets id, and when it last ran. Do so before the id is given to something else. False where it
// was not known. O(ids scheduled).
bool asvc_schedule_remove(asvc_schedule_t *schedule, uint32_t id);

// Answers the earliest due time, which may have passed; false where nothing is due any more.
bool asvc_schedule_next_due(const asvc_schedule_t *schedule, int64_t *due_ms);

// Answers an id due at or before now_ms, the earliest first, ties in the order they were put; false
// where there is none. Call it until it says so: an id is answered once at most for one now_ms. A
// periodic entry is due again at the first time of its series that is > now_ms (never again, should
// that be beyond INT64_MAX); any other one is not due again but stays known. O(log ids scheduled),
// however many periods have gone by.
bool asvc_schedule_pop_due(asvc_schedule_t *schedule, int64_t now_ms, uint32_t *id);

// What id stands for was started: at its due time, later, as its caller could not start it then, or for another reason.
// Nothing happens where id is not known.
void asvc_schedule_note_start(asvc_schedule_t *schedule, uint32_t id, int64_t now_ms);

// Answers what is known of id, for as long as the schedule is not changed; NULL where id is not known.
const asvc_schedule_entry_t *asvc_schedule_get(const asvc_schedule_t *schedule, uint32_t id);

#endif
