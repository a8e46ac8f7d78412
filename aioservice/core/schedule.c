#include "core/schedule.h"

#include <string.h>

#include "core/config.h"

#if ASVC_SCHEDULE

// Marks the ids from..cap-1 as not known.
static void forget_from(asvc_schedule_t *schedule, size_t from) {
    for (size_t id = from; id < schedule->due.cap; id++) {
        schedule->entries[id].known = false;
    }
}

static asvc_schedule_entry_t *find(const asvc_schedule_t *schedule, uint32_t id) {
    return id < schedule->due.cap && schedule->entries[id].known ? &schedule->entries[id] : NULL;
}

// The distances are unsigned: from one end of the 64-bit range to the other they do not fit a signed number.
int64_t asvc_schedule_next_in_series(int64_t due_ms, int64_t period_ms, int64_t now_ms) {
    uint64_t late = (uint64_t)now_ms - (uint64_t)due_ms;
    int64_t ahead = period_ms - (int64_t)(late % (uint64_t)period_ms); // 1..period_ms
    uint64_t left = (uint64_t)INT64_MAX - (uint64_t)now_ms;
    return (uint64_t)ahead > left ? ASVC_SCHEDULE_NEVER : now_ms + ahead;
}

void asvc_schedule_init(
    asvc_schedule_t *schedule, asvc_schedule_entry_t *entries, asvc_heap_item_t *heap_storage, size_t cap) {
    schedule->entries = entries;
    schedule->n_by_wall = 0;
    asvc_heap_init(&schedule->due, heap_storage, cap);
    forget_from(schedule, 0);
}

void asvc_schedule_move(asvc_schedule_t *schedule, asvc_schedule_entry_t *new_entries,
    asvc_heap_item_t *new_heap_storage, size_t new_cap) {
    size_t old_cap = schedule->due.cap;
    if (old_cap > 0) { // with cap 0 there may have been no array at all
        memmove(new_entries, schedule->entries, old_cap * sizeof(*new_entries));
    }
    schedule->entries = new_entries;
    asvc_heap_move(&schedule->due, new_heap_storage, new_cap);
    forget_from(schedule, old_cap);
}

static void set_by_wall(asvc_schedule_t *schedule, asvc_schedule_entry_t *entry, bool by_wall) {
    schedule->n_by_wall += (size_t)by_wall - (size_t)entry->by_wall;
    entry->by_wall = by_wall;
}

asvc_error_t asvc_schedule_put(
    asvc_schedule_t *schedule, uint32_t id, int64_t first_due_ms, int64_t period_ms, bool by_wall) {
    if (id >= schedule->due.cap) {
        return ASVC_FULL;
    }
    if (period_ms < 0 || first_due_ms == ASVC_SCHEDULE_NEVER) {
        return ASVC_BAD_VALUE;
    }
    asvc_schedule_entry_t *entry = &schedule->entries[id];
    if (!entry->known) {
        entry->known = true;
        entry->by_wall = false;
        entry->last_ms = ASVC_SCHEDULE_NEVER;
    } else {
        asvc_heap_remove(&schedule->due, id); // false where it was not due again
    }
    set_by_wall(schedule, entry, by_wall);
    entry->due_ms = first_due_ms;
    entry->period_ms = period_ms;
    // Cannot be full: there are as many places as ids, and this one's is free.
    return asvc_heap_push(&schedule->due, first_due_ms, id);
}

static int64_t add_clamped(int64_t a, int64_t b) {
    if (b > 0 && a > INT64_MAX - b) {
        return INT64_MAX;
    }
    if (b < 0 && a <= ASVC_SCHEDULE_NEVER - b) {
        return ASVC_SCHEDULE_NEVER + 1;
    }
    return a + b;
}

void asvc_schedule_shift_wall(asvc_schedule_t *schedule, int64_t by_ms) {
    size_t left = schedule->n_by_wall;
    for (uint32_t id = 0; left > 0; id++) {
        asvc_schedule_entry_t *entry = &schedule->entries[id];
        if (entry->known && entry->by_wall) {
            entry->due_ms = add_clamped(entry->due_ms, by_ms);
            asvc_heap_rekey(&schedule->due, id, entry->due_ms);
            left--;
        }
    }
}

bool asvc_schedule_remove(asvc_schedule_t *schedule, uint32_t id) {
    asvc_schedule_entry_t *entry = find(schedule, id);
    if (entry == NULL) {
        return false;
    }
    asvc_heap_remove(&schedule->due, id); // false where it is not due again
    set_by_wall(schedule, entry, false);
    entry->known = false;
    return true;
}

bool asvc_schedule_next_due(const asvc_schedule_t *schedule, int64_t *due_ms) {
    asvc_heap_item_t first;
    if (!asvc_heap_peek(&schedule->due, &first)) {
        return false;
    }
    *due_ms = first.key;
    return true;
}

bool asvc_schedule_pop_due(asvc_schedule_t *schedule, int64_t now_ms, uint32_t *id) {
    asvc_heap_item_t first;
    if (!asvc_heap_peek(&schedule->due, &first) || first.key > now_ms) {
        return false;
    }
    asvc_schedule_entry_t *entry = &schedule->entries[first.id];
    set_by_wall(schedule, entry, false);
    entry->due_ms = entry->period_ms == 0 ? ASVC_SCHEDULE_NEVER
                                          : asvc_schedule_next_in_series(first.key, entry->period_ms, now_ms);
    if (entry->due_ms == ASVC_SCHEDULE_NEVER) {
        asvc_heap_pop(&schedule->due, &first);
    } else {
        asvc_heap_rekey(&schedule->due, first.id, entry->due_ms);
    }
    *id = first.id;
    return true;
}

void asvc_schedule_note_start(asvc_schedule_t *schedule, uint32_t id, int64_t now_ms) {
    asvc_schedule_entry_t *entry = find(schedule, id);
    if (entry != NULL) {
        entry->last_ms = now_ms;
    }
}

const asvc_schedule_entry_t *asvc_schedule_get(const asvc_schedule_t *schedule, uint32_t id) {
    return find(schedule, id);
}

#endif
