#include "core/heap.h"

#include <string.h>

static bool goes_before(const asvc_heap_item_t *a, const asvc_heap_item_t *b) {
    if (a->key != b->key) {
        return a->key < b->key;
    }
    // The difference, not the values: it stays right when the count has wrapped between the two.
    return a->seq - b->seq >= UINT32_MAX / 2 + 1;
}

static void swap(asvc_heap_item_t *a, asvc_heap_item_t *b) {
    asvc_heap_item_t kept = *a;
    *a = *b;
    *b = kept;
}

static void sift_up(asvc_heap_t *heap, size_t i) {
    while (i > 0) {
        size_t parent = (i - 1) / 2;
        if (!goes_before(&heap->items[i], &heap->items[parent])) {
            return;
        }
        swap(&heap->items[i], &heap->items[parent]);
        i = parent;
    }
}

static void sift_down(asvc_heap_t *heap, size_t i) {
    for (;;) {
        size_t first = i;
        for (size_t child = 2 * i + 1; child <= 2 * i + 2 && child < heap->len; child++) {
            if (goes_before(&heap->items[child], &heap->items[first])) {
                first = child;
            }
        }
        if (first == i) {
            return;
        }
        swap(&heap->items[i], &heap->items[first]);
        i = first;
    }
}

// Moves the item at i to where its key belongs: only one of the two finds anything to do.
static void settle(asvc_heap_t *heap, size_t i) {
    sift_up(heap, i);
    sift_down(heap, i);
}

static void remove_at(asvc_heap_t *heap, size_t i) {
    heap->len--;
    if (i < heap->len) {
        heap->items[i] = heap->items[heap->len];
        settle(heap, i); // it comes from another branch, so it may belong above i as well as below
    }
}

void asvc_heap_init(asvc_heap_t *heap, asvc_heap_item_t *storage, size_t cap) {
    *heap = (asvc_heap_t){ .items = storage, .cap = cap };
}

void asvc_heap_move(asvc_heap_t *heap, asvc_heap_item_t *new_storage, size_t new_cap) {
    if (heap->len > 0) { // a heap of cap 0 may have had no storage at all
        memmove(new_storage, heap->items, heap->len * sizeof(*new_storage));
    }
    heap->items = new_storage;
    heap->cap = new_cap;
}

asvc_error_t asvc_heap_push(asvc_heap_t *heap, int64_t key, uint32_t id) {
    if (heap->len == heap->cap) {
        return ASVC_FULL;
    }
    heap->items[heap->len] = (asvc_heap_item_t){ .key = key, .seq = heap->next_seq++, .id = id };
    heap->len++;
    sift_up(heap, heap->len - 1);
    return ASVC_OK;
}

bool asvc_heap_peek(const asvc_heap_t *heap, asvc_heap_item_t *item) {
    if (heap->len == 0) {
        return false;
    }
    *item = heap->items[0];
    return true;
}

bool asvc_heap_pop(asvc_heap_t *heap, asvc_heap_item_t *item) {
    if (!asvc_heap_peek(heap, item)) {
        return false;
    }
    remove_at(heap, 0);
    return true;
}

// Where id is; heap->len where it is not.
static size_t place_of(const asvc_heap_t *heap, uint32_t id) {
    size_t i = 0;
    while (i < heap->len && heap->items[i].id != id) {
        i++;
    }
    return i;
}

bool asvc_heap_rekey(asvc_heap_t *heap, uint32_t id, int64_t key) {
    size_t i = place_of(heap, id);
    if (i == heap->len) {
        return false;
    }
    heap->items[i].key = key;
    settle(heap, i);
    return true;
}

bool asvc_heap_remove(asvc_heap_t *heap, uint32_t id) {
    size_t i = place_of(heap, id);
    if (i == heap->len) {
        return false;
    }
    remove_at(heap, i);
    return true;
}
