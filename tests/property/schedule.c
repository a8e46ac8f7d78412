// The schedule against a model that looks at every entry each time and goes through missed periods one by one.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/schedule.h"
#include "property.h"

enum { CAP = 8 };

typedef struct {
    bool known, armed, by_wall;
    int64_t due_ms, period_ms, last_ms;
    uint32_t age; // the operation that put it
} model_entry_t;

// The id due first, by now_ms at the latest; CAP where there is none.
static uint32_t model_first(const model_entry_t *model, int64_t now_ms) {
    uint32_t first = CAP;
    for (uint32_t id = 0; id < CAP; id++) {
        const model_entry_t *entry = &model[id], *best = &model[first];
        if (!entry->known || !entry->armed || entry->due_ms > now_ms) {
            continue;
        }
        if (first == CAP || entry->due_ms < best->due_ms
            || (entry->due_ms == best->due_ms && entry->age < best->age)) {
            first = id;
        }
    }
    return first;
}

static void model_run(model_entry_t *entry, int64_t now_ms) {
    entry->by_wall = false;
    entry->armed = entry->period_ms != 0;
    while (entry->armed && entry->due_ms <= now_ms) {
        entry->due_ms += entry->period_ms;
    }
}

static void put_both(
    asvc_schedule_t *s, model_entry_t *model, uint32_t id, int64_t now_ms, property_random_t *random) {
    int64_t first = now_ms + (int64_t)property_below(random, 40) - 10;
    int64_t period = property_below(random, 12);
    bool by_wall = property_below(random, 3) == 0;
    asvc_error_t error = asvc_schedule_put(s, id, first, period, by_wall);
    assert_int_equal(error, ASVC_OK);
    int64_t last_ms = model[id].known ? model[id].last_ms : ASVC_SCHEDULE_NEVER;
    model[id] = (model_entry_t){ true, true, by_wall, first, period, last_ms, property_begun };
}

static void remove_both(asvc_schedule_t *s, model_entry_t *model, uint32_t id) {
    assert_int_equal(asvc_schedule_remove(s, id), model[id].known);
    model[id].known = false;
}

static void set_wall_clock_of_both(asvc_schedule_t *s, model_entry_t *model, property_random_t *random) {
    int64_t by_ms = (int64_t)property_below(random, 60) - 30;
    asvc_schedule_shift_wall(s, by_ms);
    for (uint32_t id = 0; id < CAP; id++) {
        if (model[id].known && model[id].by_wall) {
            model[id].due_ms += by_ms;
        }
    }
}

static void run_both(asvc_schedule_t *s, model_entry_t *model, int64_t now_ms) {
    uint32_t id;
    for (;;) {
        uint32_t expected = model_first(model, now_ms);
        assert_int_equal(asvc_schedule_pop_due(s, now_ms, &id), expected != CAP);
        if (expected == CAP) {
            return;
        }
        assert_int_equal(id, expected);
        model_run(&model[id], now_ms);
    }
}

static void start_both(asvc_schedule_t *s, model_entry_t *model, uint32_t id, int64_t now_ms) {
    asvc_schedule_note_start(s, id, now_ms);
    model[id].last_ms = now_ms;
}

static void assert_same(const asvc_schedule_t *s, const model_entry_t *model) {
    size_t by_wall = 0;
    for (uint32_t id = 0; id < CAP; id++) {
        const asvc_schedule_entry_t *entry = asvc_schedule_get(s, id);
        assert_int_equal(entry != NULL, model[id].known);
        if (model[id].known) {
            assert_true(entry->due_ms == (model[id].armed ? model[id].due_ms : ASVC_SCHEDULE_NEVER));
            assert_true(entry->period_ms == model[id].period_ms && entry->last_ms == model[id].last_ms);
            by_wall += model[id].by_wall;
        }
    }
    assert_int_equal(s->n_by_wall, by_wall);
    int64_t next;
    uint32_t first = model_first(model, INT64_MAX);
    assert_int_equal(asvc_schedule_next_due(s, &next), first != CAP);
    assert_true(first == CAP || next == model[first].due_ms);
}

static void random_use_agrees_with_a_model_that_counts_every_period(void **state) {
    (void)state;
    property_random_t random = { property_seed() };
    asvc_schedule_t s;
    asvc_schedule_entry_t entries[CAP];
    asvc_heap_item_t heap[CAP];
    memset(entries, 0xA5, sizeof(entries)); // storage may hold anything before init
    memset(heap, 0xA5, sizeof(heap));
    asvc_schedule_init(&s, entries, heap, CAP);
    model_entry_t model[CAP + 1] = { { 0 } }; // one more, to be looked at as "the first" where there is none
    int64_t now_ms = -2 * (int64_t)property_runs(); // passes zero on the way
    while (property_goes_on()) {
        uint32_t what = property_below(&random, 20);
        uint32_t id = property_below(&random, CAP);
        if (what < 6) {
            put_both(&s, model, id, now_ms, &random);
        } else if (what < 8) {
            remove_both(&s, model, id);
        } else if (what < 10) {
            start_both(&s, model, id, now_ms);
        } else if (what == 10) {
            set_wall_clock_of_both(&s, model, &random);
        } else {
            now_ms += property_below(&random, what == 11 ? 300 : 8);
            run_both(&s, model, now_ms);
        }
        assert_same(&s, model);
    }
    property_assert_often(now_ms > 0 ? property_runs() : 0, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_use_agrees_with_a_model_that_counts_every_period),
    };
    return PROPERTY_RUN(tests);
}
