#include "core/restart.h"

#include "core/config.h"

#if ASVC_SUPERVISION

static bool is_short(const asvc_restart_rules_t *rules, int64_t run_ms) {
    return run_ms < (int64_t)rules->healthy_ms;
}

#define ENDS(id, name, ends) [ASVC_RESTART_##id] = (ends),
static const uint8_t ends_of[] = { ASVC_RESTART_POLICIES(ENDS) };

bool asvc_restart_calls_for(const asvc_restart_rules_t *rules, asvc_restart_end_t end) {
    return (ends_of[rules->policy] >> end & 1) && !(end == ASVC_END_CLEAN && rules->clean_is_final);
}

static uint32_t grown(const asvc_restart_rules_t *rules, uint32_t delay_ms) {
    // +99: rounded up, or a short delay would not grow by a small factor.
    uint64_t longer = (uint64_t)(delay_ms / 100) * rules->factor_percent
        + (delay_ms % 100 * rules->factor_percent + 99) / 100;
    return longer < rules->delay_max_ms ? (uint32_t)longer : rules->delay_max_ms;
}

// The first delay also where there was none before, and where the factor makes delays shorter.
static uint32_t at_least_first(const asvc_restart_rules_t *rules, uint32_t delay_ms) {
    return delay_ms > rules->delay_ms ? delay_ms : rules->delay_ms;
}

static void note(const asvc_restart_rules_t *rules, asvc_restart_state_t *state, bool counts) {
    if (!counts) {
        state->short_runs = 0;
        state->delay_ms = 0;
        return;
    }
    state->short_runs += state->short_runs < UINT8_MAX;
    state->limit_hit |= rules->burst != 0 && state->short_runs >= rules->burst;
    state->delay_ms = at_least_first(rules, grown(rules, state->delay_ms));
}

asvc_restart_verdict_t asvc_restart_ended(const asvc_restart_rules_t *rules, asvc_restart_state_t *state,
    asvc_restart_end_t end, int64_t run_ms, uint32_t *delay_ms) {
    bool again = asvc_restart_calls_for(rules, end);
    if (again || end == ASVC_END_CLEAN) {
        note(rules, state, again && is_short(rules, run_ms));
    }
    if (!again) {
        return ASVC_RESTART_NO;
    }
    if (state->limit_hit) {
        return ASVC_RESTART_LIMIT;
    }
    *delay_ms = at_least_first(rules, state->delay_ms);
    return ASVC_RESTART_YES;
}

bool asvc_restart_limit_reachable(const asvc_restart_rules_t *rules, int64_t run_ms) {
    return rules->burst != 0 && is_short(rules, run_ms);
}

#endif
