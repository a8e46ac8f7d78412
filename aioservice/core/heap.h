// A binary min-heap in the caller's storage: the smallest key first, ties in the order they came.
#ifndef ASVC_CORE_HEAP_H
#define ASVC_CORE_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"

typedef struct {
    int64_t key;
    uint32_t seq; // the heap's: decides between equal keys
    uint32_t id; // the caller's: means nothing here
} asvc_heap_item_t;

// Callers may read len and cap; the rest is the heap's own.
typedef struct {
    asvc_heap_item_t *items; // items[0] is the first; each goes before items[2i+1] and items[2i+2]
    size_t len;
    size_t cap;
    uint32_t next_seq;
} asvc_heap_t;

// Makes an empty heap of at most cap items in storage, which stays the caller's and must live as
// long as the heap. storage may be NULL where cap is 0.
void asvc_heap_init(asvc_heap_t *heap, asvc_heap_item_t *storage, size_t cap);

// Moves the heap to storage of new_cap >= len items; order and ties are kept. The old storage is
// free afterwards. The two may overlap, so a block that grew in place will do.
void asvc_heap_move(asvc_heap_t *heap, asvc_heap_item_t *new_storage, size_t new_cap);

// Adds an item. O(log len). ASVC_FULL: the heap has cap items already and is as before.
// Ties keep their order as long as fewer than 2^31 pushes lie between the two: the count wraps.
asvc_error_t asvc_heap_push(asvc_heap_t *heap, int64_t key, uint32_t id);

// Answers the first item and leaves it in; false where the heap is empty.
bool asvc_heap_peek(const asvc_heap_t *heap, asvc_heap_item_t *item);

// Answers the first item and takes it out; false where the heap is empty. O(log len).
bool asvc_heap_pop(asvc_heap_t *heap, asvc_heap_item_t *item);

// Gives an item of that id a new key, whichever comes first in storage if there are several; false where there
// is none. Among ties it keeps its age, as a pop and a push would not, and it needs no free place. O(len), as
// asvc_heap_remove; O(log len) for the first item.
bool asvc_heap_rekey(asvc_heap_t *heap, uint32_t id, int64_t key);

// Takes out an item of that id, whichever comes first in storage if there are several; false where
// there is none. O(len): it looks at every item. That is what it costs to keep no second table of
// where each id is, which every push and pop would have to keep up to date; removing is rare, and
// there are as many items as a board has schedules.
bool asvc_heap_remove(asvc_heap_t *heap, uint32_t id);

#endif
