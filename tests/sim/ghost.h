// What invariants.c knows about a thing: its own idea of the record, from events and actions alone.
#ifndef ASVC_TESTS_SIM_GHOST_H
#define ASVC_TESTS_SIM_GHOST_H

#include "manager/manager.h"

typedef struct {
    uint32_t requires, after; // sets of things
    unsigned run : 3; // asvc_run_t
    unsigned last : 2; // asvc_last_t
    unsigned last_before : 2, may_keep_last : 1; // it was stopped when it was perhaps refused
    unsigned exists : 1;
    unsigned core : 1, owned : 1, hidden : 1, has_block : 1;
    unsigned wanted : 1, asked : 1, by_policy : 1, by_schedule : 1, again : 1, delayed : 1;
    unsigned ran : 1, good : 1, scheduled : 1, in_boot : 1, unloading : 1, hurry : 1;
    unsigned late : 1; // the manager ends it for a failure
    unsigned out : 1, orphans : 1; // its instances, its children, end
    unsigned spared : 1; // a child that goes on though its service ends
    unsigned doomed : 1; // since it was told to end by what it belongs to
    unsigned limit_hit : 1;
    unsigned refusal_told : 1, may_tell_refusal : 1, stuck_told : 1;
    unsigned cancel_due : 1, unschedule_due : 1, escalate_due : 1; // actions that are to come
    uint8_t short_runs;
    uint16_t restarts;
    uint32_t delay_ms;
    int64_t started_ms, fed_ms, end_by_ms, delayed_ms, due_ms, period_ms, last_ms;
} ghost_t;

#endif
