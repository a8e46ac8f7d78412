// Whether a service that has ended is started again, and when.
//
// A run ends in one of three ways: it returned (clean), it failed, or its user stopped it. The policy says
// which of the first two call for a new run; after a stop there is never one. Where a clean end is final, as that of
// what runs once, it calls for none.
//
// Runs that end soon, in a way that calls for a new one, count: one that lasted shorter than healthy_ms is a
// short run, and `burst` short runs in a row are enough: the service has hit its start limit and stays down
// until its state is reset. A longer run clears the count, and so does a clean end that the policy leaves at
// that: it did what it was there for, however quickly. Counting short runs in a row, and not starts per
// interval, keeps the limit reachable however long the delays between runs grow.
//
// Each new run waits a while: delay_ms after the first short run or after a healthy one, and `factor` times
// as long as before (in whole milliseconds, rounded up) after each further short run, up to delay_max_ms.
#ifndef ASVC_CORE_RESTART_H
#define ASVC_CORE_RESTART_H

#include <stdbool.h>
#include <stdint.h>

// The policies: POLICY(ID, name, the ends that call for a new run). A new one is a row here; `make lint` says where it is
// missing in docs, typings and tests.
#define ASVC_RESTART_POLICIES(POLICY)                                                                        \
    POLICY(NEVER, never, 0)                                                                                  \
    POLICY(ON_FAILURE, on_failure, 1 << ASVC_END_FAILURE)                                                    \
    POLICY(ON_SUCCESS, on_success, 1 << ASVC_END_CLEAN)                                                      \
    POLICY(ALWAYS, always, 1 << ASVC_END_CLEAN | 1 << ASVC_END_FAILURE)

typedef enum { ASVC_END_CLEAN, ASVC_END_FAILURE, ASVC_END_STOPPED } asvc_restart_end_t;

#define ASVC_RESTART_ID(id, name, ends) ASVC_RESTART_##id,
typedef enum { ASVC_RESTART_POLICIES(ASVC_RESTART_ID) } asvc_restart_policy_t;
#undef ASVC_RESTART_ID

// How many there are.
#define ASVC_RESTART_ONE(id, name, ends) +1
enum { ASVC_RESTART_COUNT = ASVC_RESTART_POLICIES(ASVC_RESTART_ONE) };
#undef ASVC_RESTART_ONE

// Set once, never changed here.
typedef struct {
    uint32_t delay_ms;
    uint32_t delay_max_ms; // at least delay_ms, or delay_ms counts
    uint32_t healthy_ms; // 0: no run is short
    uint16_t factor_percent; // 200 is twice as long; below 100 counts as 100
    uint8_t burst; // short runs in a row that are too many; 0: never too many
    uint8_t policy; // asvc_restart_policy_t
    bool clean_is_final; // a clean end calls for no new run, whatever the policy says
} asvc_restart_rules_t;

// What a service has been through. All 0 at first, and again when it is reset.
typedef struct {
    uint32_t delay_ms; // before the last restart after a short run; 0: there was none
    uint8_t short_runs; // in a row
    bool limit_hit;
} asvc_restart_state_t;

typedef enum {
    ASVC_RESTART_NO, // it stays as it ended
    ASVC_RESTART_YES, // after *delay_ms
    ASVC_RESTART_LIMIT, // it would be, but has hit its start limit: it has failed for good
} asvc_restart_verdict_t;

// Notes that a run of run_ms (>= 0) has ended, and decides. *delay_ms is set with ASVC_RESTART_YES only.
// Once the limit was hit every end that calls for a restart answers ASVC_RESTART_LIMIT, after a healthy run,
// too. A stop changes nothing, and neither does a failure that is not to be followed by a restart: who stops
// a service and starts it again by hand resets the state, if that is meant, by setting it to 0.
asvc_restart_verdict_t asvc_restart_ended(const asvc_restart_rules_t *rules, asvc_restart_state_t *state,
    asvc_restart_end_t end, int64_t run_ms, uint32_t *delay_ms);

// Whether an end of that kind calls for a new run.
bool asvc_restart_calls_for(const asvc_restart_rules_t *rules, asvc_restart_end_t end);

// Whether the start limit can ever be hit by runs that each end after run_ms and are followed by another one:
// they are short, and too many of them are too many. The policy is not looked at. For checking what users
// wrote: run_ms of a service that never becomes ready is its ready_ms, of one that is never fed its
// watchdog_ms.
bool asvc_restart_limit_reachable(const asvc_restart_rules_t *rules, int64_t run_ms);

#endif
