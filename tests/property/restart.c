// Whether and when to restart: every short life of a service, and random long ones, against a model that
// looks at the whole history each time.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/restart.h"
#include "property.h"

enum { MAX_RUNS = 700 };

typedef struct {
    asvc_restart_end_t end;
    int64_t run_ms;
} run_t;

// What has happened since the state was reset.
typedef struct {
    run_t runs[MAX_RUNS];
    size_t n;
} history_t;

static bool model_wants_another(const asvc_restart_rules_t *rules, const run_t *run) {
    // No default: the compiler says where a new policy is missing.
    switch ((asvc_restart_policy_t)rules->policy) {
    case ASVC_RESTART_NEVER:
        return false;
    case ASVC_RESTART_ON_FAILURE:
        return run->end == ASVC_END_FAILURE;
    case ASVC_RESTART_ON_SUCCESS:
        return run->end == ASVC_END_CLEAN;
    case ASVC_RESTART_ALWAYS:
        return run->end != ASVC_END_STOPPED;
    }
    return false;
}

// Short runs in a row, the last run included, and whether there ever were too many. Stops are no part of the
// row, nor are failures that were left alone; a healthy run and a clean end that was left at that begin it
// anew.
static size_t model_row(const asvc_restart_rules_t *rules, const history_t *history, bool *hit_limit) {
    size_t row = 0;
    *hit_limit = false;
    for (size_t i = 0; i < history->n; i++) {
        const run_t *run = &history->runs[i];
        if (model_wants_another(rules, run)) {
            row = run->run_ms < (int64_t)rules->healthy_ms ? row + 1 : 0;
        } else if (run->end == ASVC_END_CLEAN) {
            row = 0;
        }
        *hit_limit |= rules->burst != 0 && row >= rules->burst;
    }
    return row;
}

static uint64_t model_delay(const asvc_restart_rules_t *rules, size_t row) {
    uint64_t most = rules->delay_max_ms > rules->delay_ms ? rules->delay_max_ms : rules->delay_ms;
    uint64_t percent = rules->factor_percent > 100 ? rules->factor_percent : 100;
    uint64_t delay = rules->delay_ms;
    for (size_t i = 1; i < row; i++) {
        delay = delay * percent / 100 + (delay * percent % 100 != 0);
        delay = delay > most ? most : delay;
    }
    return delay;
}

// The history has the run already, the state has not.
static void check_end(
    const asvc_restart_rules_t *rules, const history_t *history, asvc_restart_state_t *state) {
    const run_t *run = &history->runs[history->n - 1];
    uint32_t delay_ms = 77;
    asvc_restart_verdict_t verdict = asvc_restart_ended(rules, state, run->end, run->run_ms, &delay_ms);
    bool hit;
    size_t row = model_row(rules, history, &hit);
    assert_int_equal(state->limit_hit, hit);
    if (!model_wants_another(rules, run)) {
        assert_int_equal(verdict, ASVC_RESTART_NO);
        assert_int_equal(delay_ms, 77);
    } else if (hit) {
        assert_int_equal(verdict, ASVC_RESTART_LIMIT);
        assert_int_equal(delay_ms, 77);
    } else {
        assert_int_equal(verdict, ASVC_RESTART_YES);
        assert_int_equal(delay_ms, model_delay(rules, row));
    }
}

static void check_all_lives(const asvc_restart_rules_t *rules, history_t *history,
    const asvc_restart_state_t *state, size_t longest) {
    if (history->n == longest) {
        return;
    }
    const int64_t lengths[] = { 0, (int64_t)rules->healthy_ms - 1, rules->healthy_ms };
    history->n++;
    for (int end = ASVC_END_CLEAN; end <= ASVC_END_STOPPED; end++) {
        for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
            if (lengths[i] < 0) {
                continue;
            }
            history->runs[history->n - 1] = (run_t){ end, lengths[i] };
            asvc_restart_state_t next = *state;
            check_end(rules, history, &next);
            check_all_lives(rules, history, &next, longest);
        }
    }
    history->n--;
}

static void every_short_life_agrees_with_a_model(void **state) {
    (void)state;
    const struct {
        uint32_t delay_ms, delay_max_ms;
        uint16_t factor_percent;
    } delays[] = { { 200, 30000, 200 }, { 200, 500, 200 }, { 0, 30000, 200 }, { 7, 1000, 130 },
        { 200, 100, 300 }, { 50, 1000, 0 }, { UINT32_MAX, UINT32_MAX, UINT16_MAX } };
    static history_t history;
    for (int policy = ASVC_RESTART_NEVER; policy < ASVC_RESTART_COUNT; policy++) {
        for (uint8_t burst = 0; burst <= 4; burst++) {
            for (size_t i = 0; i < sizeof(delays) / sizeof(delays[0]); i++) {
                for (uint32_t healthy_ms = 0; healthy_ms <= 10; healthy_ms += 10) {
                    asvc_restart_rules_t rules = {
                        .delay_ms = delays[i].delay_ms,
                        .delay_max_ms = delays[i].delay_max_ms,
                        .healthy_ms = healthy_ms,
                        .factor_percent = delays[i].factor_percent,
                        .burst = burst,
                        .policy = (uint8_t)policy,
                    };
                    history.n = 0;
                    check_all_lives(&rules, &history, &(asvc_restart_state_t){ 0 }, 5);
                }
            }
        }
    }
}

// Any 32 bits, small numbers more often.
static uint32_t any_ms(property_random_t *random) {
    return (uint32_t)(property_next(random) >> 32) >> property_below(random, 32);
}

static asvc_restart_rules_t any_rules(property_random_t *random) {
    asvc_restart_rules_t rules = {
        .delay_ms = any_ms(random),
        .delay_max_ms = any_ms(random),
        .healthy_ms = any_ms(random),
        .factor_percent =
            (uint16_t)(property_below(random, 2) ? property_below(random, 400) : any_ms(random)),
        .burst =
            (uint8_t)(property_below(random, 2) ? property_below(random, 6) : property_below(random, 256)),
        .policy = (uint8_t)property_below(random, ASVC_RESTART_COUNT),
    };
    return rules;
}

// Lives in which short runs prevail, or the limit would hardly be hit.
static run_t any_run(property_random_t *random, const asvc_restart_rules_t *rules) {
    bool is_short = property_below(random, 8) != 0;
    uint32_t end = property_below(random, 8);
    return (run_t){
        .end =
            end < 2 ? (asvc_restart_end_t)(end == 0 ? ASVC_END_STOPPED : ASVC_END_CLEAN) : ASVC_END_FAILURE,
        .run_ms = is_short && rules->healthy_ms > 0 ? property_below(random, rules->healthy_ms)
                                                    : (int64_t)rules->healthy_ms + any_ms(random),
    };
}

static void random_lives_agree_with_a_model(void **state) {
    (void)state;
    static history_t history;
    property_random_t random = { property_seed() };
    uint32_t n_limits = 0;
    while (property_begun < property_runs()) {
        asvc_restart_rules_t rules = any_rules(&random);
        asvc_restart_state_t life = { 0 };
        size_t longest = property_below(&random, 10) == 0 ? MAX_RUNS : 12;
        history.n = 0;
        while (history.n < longest && property_goes_on()) {
            history.runs[history.n++] = any_run(&random, &rules);
            check_end(&rules, &history, &life);
        }
        n_limits += life.limit_hit;
    }
    property_assert_often(n_limits, 400);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_short_life_agrees_with_a_model),
        cmocka_unit_test(random_lives_agree_with_a_model),
    };
    return PROPERTY_RUN(tests);
}
