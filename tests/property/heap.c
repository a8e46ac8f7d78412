// The heap against a list that is searched from end to end each time.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/heap.h"
#include "property.h"

enum { LARGEST = 100 };

typedef struct {
    asvc_heap_item_t items[LARGEST]; // in the order they entered
    size_t len;
} model_t;

static size_t model_first(const model_t *model) {
    size_t first = 0;
    for (size_t i = 1; i < model->len; i++) {
        if (model->items[i].key < model->items[first].key) {
            first = i;
        }
    }
    return first;
}

static void model_take(model_t *model, size_t i) {
    memmove(&model->items[i], &model->items[i + 1], (model->len - i - 1) * sizeof(model->items[0]));
    model->len--;
}

static void push_both(asvc_heap_t *heap, model_t *model, int64_t key, uint32_t id) {
    bool full = model->len == heap->cap;
    assert_int_equal(asvc_heap_push(heap, key, id), full ? ASVC_FULL : ASVC_OK);
    if (!full) {
        model->items[model->len++] = (asvc_heap_item_t){ .key = key, .id = id };
    }
}

static void pop_both(asvc_heap_t *heap, model_t *model) {
    asvc_heap_item_t item;
    assert_int_equal(asvc_heap_pop(heap, &item), model->len > 0);
    if (model->len > 0) {
        assert_int_equal(item.id, model->items[model_first(model)].id);
        model_take(model, model_first(model));
    }
}

// To a block of exactly the size, so that the sanitizer sees an item too far.
static void move_heap(asvc_heap_t *heap, property_random_t *random) {
    size_t cap = heap->len + property_below(random, (uint32_t)(LARGEST + 1 - heap->len));
    asvc_heap_item_t *before = heap->items;
    asvc_heap_move(heap, malloc(cap * sizeof(*before)), cap);
    free(before);
}

static void assert_same(const asvc_heap_t *heap, const model_t *model) {
    asvc_heap_item_t item;
    assert_int_equal(heap->len, model->len);
    assert_int_equal(asvc_heap_peek(heap, &item), model->len > 0);
    if (model->len > 0) {
        assert_int_equal(item.id, model->items[model_first(model)].id);
        assert_true(item.key == model->items[model_first(model)].key);
    }
}

static void random_use_agrees_with_a_list_searched_each_time(void **state) {
    (void)state;
    property_random_t random = { property_seed() };
    asvc_heap_t heap;
    asvc_heap_init(&heap, NULL, 0);
    const uint32_t first_seq = UINT32_MAX - property_runs() / 5; // so that the count of ties wraps on the way
    heap.next_seq = first_seq;
    static model_t model;
    while (property_goes_on()) {
        uint32_t what = property_below(&random, 100);
        int64_t key = (int64_t)property_below(&random, 20) - 10;
        if (what < 50) {
            push_both(&heap, &model, key, property_begun);
        } else if (what < 80) {
            pop_both(&heap, &model);
        } else if (what < 90 && model.len > 0) {
            size_t i = property_below(&random, (uint32_t)model.len);
            assert_true(asvc_heap_remove(&heap, model.items[i].id));
            model_take(&model, i);
        } else if (what < 98 && model.len > 0) {
            size_t first = model_first(&model);
            assert_true(asvc_heap_rekey(&heap, model.items[first].id, key));
            model.items[first].key = key;
        } else if (what == 98) {
            assert_false(asvc_heap_remove(&heap, 0)); // no id of a push
        } else if (what == 99) {
            move_heap(&heap, &random);
        }
        assert_same(&heap, &model);
    }
    free(heap.items);
    property_assert_often(heap.next_seq - first_seq, 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_use_agrees_with_a_list_searched_each_time),
    };
    return PROPERTY_RUN(tests);
}
