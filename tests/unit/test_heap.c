// The heap: the smallest key first, ties by age, whatever is pushed, popped, removed and moved between.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdbool.h>

#include "core/heap.h"

static void assert_pops(asvc_heap_t *heap, const uint32_t *ids, size_t n) {
    asvc_heap_item_t item;
    for (size_t i = 0; i < n; i++) {
        assert_true(asvc_heap_pop(heap, &item));
        assert_int_equal(item.id, ids[i]);
    }
    assert_false(asvc_heap_pop(heap, &item));
}

static void an_empty_heap_answers_nothing(void **state) {
    (void)state;
    asvc_heap_t heap;
    asvc_heap_item_t item;
    asvc_heap_init(&heap, NULL, 0);
    assert_false(asvc_heap_peek(&heap, &item));
    assert_false(asvc_heap_pop(&heap, &item));
    assert_false(asvc_heap_remove(&heap, 0));
    assert_int_equal(asvc_heap_push(&heap, 1, 1), ASVC_FULL);
}

static void the_smallest_key_leaves_first(void **state) {
    (void)state;
    asvc_heap_item_t storage[5];
    asvc_heap_t heap;
    asvc_heap_init(&heap, storage, 5);
    const int64_t keys[] = { 0, INT64_MAX, -1, INT64_MIN, 1 };
    for (uint32_t id = 0; id < 5; id++) {
        assert_int_equal(asvc_heap_push(&heap, keys[id], id), ASVC_OK);
    }
    asvc_heap_item_t first;
    assert_true(asvc_heap_peek(&heap, &first));
    assert_int_equal(first.id, 3);
    assert_true(first.key == INT64_MIN);
    assert_pops(&heap, (const uint32_t[]){ 3, 2, 0, 4, 1 }, 5);
}

static void a_full_heap_refuses_and_stays_as_it_is(void **state) {
    (void)state;
    asvc_heap_item_t storage[2];
    asvc_heap_t heap;
    asvc_heap_init(&heap, storage, 2);
    asvc_heap_push(&heap, 2, 20);
    asvc_heap_push(&heap, 1, 10);
    assert_int_equal(asvc_heap_push(&heap, 0, 0), ASVC_FULL);
    assert_pops(&heap, (const uint32_t[]){ 10, 20 }, 2);
}

static void ties_leave_in_the_order_they_entered(void **state) {
    (void)state;
    asvc_heap_item_t storage[64];
    asvc_heap_t heap;
    asvc_heap_init(&heap, storage, 64);
    uint32_t ids[64];
    for (uint32_t id = 0; id < 64; id++) {
        ids[id] = id;
        asvc_heap_push(&heap, 7, id);
    }
    assert_pops(&heap, ids, 64);
}

static void ties_keep_their_order_when_the_count_wraps(void **state) {
    (void)state;
    asvc_heap_item_t storage[8];
    asvc_heap_t heap;
    asvc_heap_init(&heap, storage, 8);
    heap.next_seq = UINT32_MAX - 3;
    uint32_t ids[8];
    for (uint32_t id = 0; id < 8; id++) {
        ids[id] = id;
        asvc_heap_push(&heap, 7, id);
    }
    assert_pops(&heap, ids, 8);
}

static void a_rekeyed_first_keeps_its_age_among_ties(void **state) {
    (void)state;
    asvc_heap_item_t storage[3];
    asvc_heap_t heap;
    asvc_heap_init(&heap, storage, 3);
    asvc_heap_push(&heap, 1, 10);
    asvc_heap_push(&heap, 5, 20);
    asvc_heap_push(&heap, 3, 30);
    assert_true(asvc_heap_rekey(&heap, 10, 5));
    assert_pops(&heap, (const uint32_t[]){ 30, 10, 20 }, 3);
}

static void a_rekeyed_first_may_become_smaller(void **state) {
    (void)state;
    asvc_heap_item_t storage[2];
    asvc_heap_t heap;
    asvc_heap_init(&heap, storage, 2);
    asvc_heap_push(&heap, 1, 10);
    asvc_heap_push(&heap, 5, 20);
    assert_true(asvc_heap_rekey(&heap, 10, INT64_MIN));
    assert_pops(&heap, (const uint32_t[]){ 10, 20 }, 2);
}

static void moving_to_larger_storage_keeps_everything(void **state) {
    (void)state;
    asvc_heap_item_t small[2];
    asvc_heap_item_t large[4];
    asvc_heap_t heap;
    asvc_heap_init(&heap, small, 2);
    asvc_heap_push(&heap, 5, 1);
    asvc_heap_push(&heap, 5, 2);
    asvc_heap_move(&heap, large, 4);
    memset(small, 0xFF, sizeof(small));
    assert_int_equal(asvc_heap_push(&heap, 5, 3), ASVC_OK);
    assert_int_equal(asvc_heap_push(&heap, 4, 4), ASVC_OK);
    assert_int_equal(asvc_heap_push(&heap, 4, 5), ASVC_FULL);
    assert_pops(&heap, (const uint32_t[]){ 4, 1, 2, 3 }, 4);
}

static void storage_that_grew_in_place_can_be_moved_to(void **state) {
    (void)state;
    asvc_heap_item_t storage[2];
    asvc_heap_t heap;
    asvc_heap_init(&heap, storage, 1);
    asvc_heap_push(&heap, 2, 2);
    asvc_heap_move(&heap, storage, 2);
    assert_int_equal(asvc_heap_push(&heap, 1, 1), ASVC_OK);
    assert_pops(&heap, (const uint32_t[]){ 1, 2 }, 2);
}

// All sequences of N keys out of N (ties included), each with every single item removed.
static void every_small_heap_with_any_item_removed_leaves_sorted(void **state) {
    (void)state;
    enum { N = 6, SEQUENCES = N * N * N * N * N * N };
    for (int sequence = 0; sequence < SEQUENCES; sequence++) {
        int keys[N];
        for (int i = 0, rest = sequence; i < N; i++, rest /= N) {
            keys[i] = rest % N;
        }
        for (uint32_t removed = 0; removed <= N; removed++) { // N: none
            asvc_heap_item_t storage[N];
            asvc_heap_t heap;
            asvc_heap_init(&heap, storage, N);
            for (uint32_t i = 0; i < N; i++) {
                asvc_heap_push(&heap, keys[i], i);
            }
            assert_int_equal(asvc_heap_remove(&heap, removed), removed < N);
            for (int key = 0; key < N; key++) {
                for (uint32_t i = 0; i < N; i++) {
                    asvc_heap_item_t item;
                    if (keys[i] == key && i != removed) {
                        assert_true(asvc_heap_pop(&heap, &item));
                        assert_int_equal(item.id, i);
                    }
                }
            }
            assert_int_equal(heap.len, 0);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_heap_answers_nothing),
        cmocka_unit_test(the_smallest_key_leaves_first),
        cmocka_unit_test(a_full_heap_refuses_and_stays_as_it_is),
        cmocka_unit_test(ties_leave_in_the_order_they_entered),
        cmocka_unit_test(ties_keep_their_order_when_the_count_wraps),
        cmocka_unit_test(a_rekeyed_first_keeps_its_age_among_ties),
        cmocka_unit_test(a_rekeyed_first_may_become_smaller),
        cmocka_unit_test(moving_to_larger_storage_keeps_everything),
        cmocka_unit_test(storage_that_grew_in_place_can_be_moved_to),
        cmocka_unit_test(every_small_heap_with_any_item_removed_leaves_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
