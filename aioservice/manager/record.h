// The one record of a service, a further instance, a child or any other task: all that is true of it.
//
// Only the files of manager/ write records. Everybody else reads them by the functions of manager/manager.h.
//
// Three things are kept apart:
//
//     what is wanted   `wanted`: its user, boot or its schedule wants it up. `pending`: it waits for a new run.
//     what is          `run`: whether there is a run, and how far that is. `last`: how the last run ended.
//     what follows     the counters: how many of those that it names, or that name it, stand in its way.
//
// What is wanted and what is are set by events. What follows is worked out from them by manager/facts.h. The
// state that people see ("waiting", "failed") is derived: asvc_manager_state().
#ifndef ASVC_MANAGER_RECORD_H
#define ASVC_MANAGER_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/config.h"
#include "core/restart.h"

// A record's number, from 1 on. It stays the same from asvc_manager_define() to asvc_manager_release().
typedef uint16_t asvc_id_t;
#define ASVC_NO_ID 0

// There are edges where services name each other, and deadlines where something can be due.
#define ASVC_EDGES (ASVC_SUPERVISION || ASVC_BOOT)
#define ASVC_DEADLINES (ASVC_SUPERVISION || ASVC_SCHEDULE)
// What the manager finds out by itself, and others are to be told.
#define ASVC_FINDINGS (ASVC_EVENTS || ASVC_EDGES || ASVC_DEADLINES)

typedef enum {
    ASVC_KIND_SERVICE, // a service, or a name that others name: what `user` is of that, is for the caller to say
    ASVC_KIND_TASK, // a task that nobody can name
    ASVC_KIND_INSTANCE, // a further instance NAME@k of a service
    ASVC_KIND_CHILD, // a child task of a service
} asvc_kind_t;

typedef enum {
    ASVC_RUN_NONE,
    ASVC_RUN_STARTING, // told to start; not up yet
    ASVC_RUN_RUNNING, // up: it made its first step, or said that it is ready where it has to
    ASVC_RUN_STOPPING, // told to end
    ASVC_RUN_STUCK, // told to end, and overdue
} asvc_run_t;

typedef enum {
    ASVC_LAST_NEVER, // there was no run, or it is of no interest any more
    ASVC_LAST_DONE, // it returned
    ASVC_LAST_STOPPED, // it was told to end, or ended by a cancel
    ASVC_LAST_FAILED, // it raised, or the manager ended it for a failure
} asvc_last_t;

typedef enum {
    ASVC_VERDICT_NONE,
    ASVC_VERDICT_NOT_READY, // it did not say that it is ready in time
    ASVC_VERDICT_NOT_FED, // its watchdog was not fed in time
    ASVC_VERDICT_CHILD, // a child of it has failed
} asvc_verdict_t;

// What follows when a child of a service fails.
typedef enum {
    ASVC_CHILD_REPORT, // nothing: it is told
    ASVC_CHILD_RESTART, // it is started again by the service's restart rules; at their limit the service fails with it
    ASVC_CHILD_FAIL, // the service has failed, too
} asvc_child_failure_t;

// What a service asks for. All 0: nothing.
typedef struct {
    asvc_restart_rules_t restart;
    uint8_t child_failure; // asvc_child_failure_t
    uint32_t ready_ms; // from the start to ready(); 0: it is up with its first step
    uint32_t stop_ms; // from a cancel to its end; 0: ASVC_STOP_MS
    uint32_t watchdog_ms; // from one feed to the next; 0: none
    uint32_t slow_step_ms; // a step that takes longer is told; 0: ASVC_SLOW_STEP_MS
} asvc_rules_t;

// Stands for a due time that never comes, and for a start that never was.
#define ASVC_NEVER_MS INT64_MAX

// What only services with rules or a schedule need. The caller allocates it and keeps it; it writes nothing of
// it that it has given to asvc_manager_set_block().
typedef struct {
    asvc_rules_t rules;
    asvc_restart_state_t restart;
    uint16_t restarts; // by its policy, since it was loaded; stays at its maximum
    bool by_wall; // due_ms stands for a time of the wall clock; cleared when that has passed
    int64_t started_ms, fed_ms; // of the present run
#if ASVC_SCHEDULE
    int64_t due_ms, period_ms; // while scheduled: next; ASVC_NEVER_MS: not due. 0: due once
    int64_t last_ms; // while scheduled: when it was last started; ASVC_NEVER_MS: never since
#endif
} asvc_block_t;

// Facts of a record: manager/facts.h says what each means.
enum {
    ASVC_FACT_UP = 1 << 0,
    ASVC_FACT_LOST = 1 << 1,
    ASVC_FACT_LEAVING = 1 << 2,
    ASVC_FACT_COMING = 1 << 3,
    ASVC_FACT_THERE = 1 << 4,
    ASVC_FACT_UNFED = 1 << 5,
};

// The lists of records that wait for something.
enum {
    ASVC_TO_FACTS, // their facts are to be worked out
    ASVC_TO_DECIDE, // something may have to be done
    ASVC_TO_TELL, // there is something to tell
    ASVC_LISTS,
};

typedef struct {
    void *user; // the caller's object
    asvc_block_t *block; // NULL: no rules and no schedule
    // Flags come first, and what is asked for often is a byte: that makes the code small.
    uint8_t run; // asvc_run_t
#if ASVC_EDGES
    uint8_t facts; // ASVC_FACT_...: as its neighbours' counters know them
#endif
    unsigned last : 2; // asvc_last_t
    unsigned kind : 2; // asvc_kind_t
    unsigned verdict : 2; // asvc_verdict_t: why the manager ends this run
    unsigned core : 1; // runs once; it is up when it has ended well
    unsigned owned : 1; // a service's: it has to end in time, and an interrupt stops it

    unsigned wanted : 1;
    unsigned pending : 1; // a run is asked for and has not begun
    unsigned delayed : 1; // not before its deadline
    unsigned by_policy : 1; // asked for by the restart policy
    unsigned by_schedule : 1; // asked for by its schedule
    unsigned again : 1; // it is to end in its turn and to start again
    unsigned out : 1; // its instances end: they do not outlive an orderly end of the main run
    unsigned orphans : 1; // its children end with its last run
    unsigned ran : 1; // a run has ended since it was wanted
    unsigned good : 1; // core: a run ended well, and none has failed since
    unsigned told : 1; // this run, or the last one, was told to end
    unsigned spared : 1; // a child: its service's end does not end this run, and nothing waits for it
    unsigned scheduled : 1;
    unsigned in_boot : 1; // boot waits for it
    unsigned refused : 1; // what it requires is lost
    unsigned unloading : 1; // it is to be forgotten in its turn
    unsigned hurry : 1; // its turn is now
    unsigned hidden : 1; // forgotten, or a name without a service: the record goes when nothing holds it

    // What is below it ends, as that knows it.
    unsigned ends_instances : 1, ends_children : 1;

    unsigned used : 1;
    unsigned seen : 1; // a search for a circle came here
    unsigned dead : 1; // released: it is free when it is off its lists
    // What is to be done in passing.
    unsigned spread : 1; // its stop is to reach what requires it
    unsigned cancel_again : 1, unschedule : 1, escalate : 1, tell_refused : 1, tell_stuck : 1,
        tell_missed : 1;

    unsigned set_aside : 1; // safe mode stopped it
#if ASVC_EVENTS
    unsigned heard : 6; // asvc_manager_view() as it was told last
#endif

    union {
        struct {
            uint16_t out, in; // first edge from it, first edge to it
            asvc_id_t first_below; // of its instances and children
        } edges; // of a service
        struct {
            asvc_id_t parent, next, prev; // the service it belongs to, and its neighbours below that
        } below; // of an instance or a child
    };
    asvc_id_t id; // its own number
    // On each list of manager/facts.h: the next record, or its own number where it is the last; 0: it is not on it.
    asvc_id_t next[ASVC_LISTS];
#if ASVC_DEADLINES
    uint16_t heap_at; // its place in the heap of deadlines + 1; 0: none
#endif

#if ASVC_EDGES
    // Counters of edges. What it requires: not up, lost, leaving. What it comes after: still coming. What
    // requires it: still there.
    uint16_t n_down, n_lost, n_leaving, n_coming, n_held_by;
#endif
    // Counters of those below: there is a run; instances that go on; instances that were told to end.
    uint16_t n_below, n_going, n_stopping;
} asvc_record_t;

// Records come in pages, each with as many places of the heap of deadlines.
typedef struct {
    asvc_record_t record[ASVC_PAGE];
#if ASVC_DEADLINES
    uint32_t key_ms[ASVC_PAGE]; // low bits of a time near now
    asvc_id_t who[ASVC_PAGE];
#endif
} asvc_page_t;

typedef enum { ASVC_REQUIRES, ASVC_AFTER } asvc_edge_kind_t;

typedef struct {
    asvc_id_t from, to;
    uint16_t next_out, next_in;
    uint16_t prev_in; // of the first one: the last one
    uint16_t back; // while a search for a circle is here: the edge by which it came to `from`
    uint8_t kind; // asvc_edge_kind_t
} asvc_edge_t;

typedef struct {
    asvc_edge_t edge[ASVC_EDGE_PAGE];
} asvc_edge_page_t;

typedef struct {
    asvc_id_t first, last;
} asvc_list_t;

// All 0 at first. The two tables and the pages are the caller's and live as long as the manager.
typedef struct {
    asvc_page_t **pages;
    uint16_t n_pages;
    asvc_id_t free; // list by next[ASVC_TO_FACTS]
    uint16_t n_records; // in use
    asvc_list_t list[ASVC_LISTS];
    int64_t now_ms;
    uint16_t n_live; // owned records with a run that may still end
    uint16_t n_boot; // that boot waits for
    uint16_t n_unfed; // that keep the hardware watchdog from being fed
#if ASVC_EDGES
    asvc_edge_page_t **edge_pages;
    uint16_t n_edge_pages;
    uint16_t free_edge; // list by next_out
    uint16_t n_free_edges;
#endif
#if ASVC_DEADLINES
    uint16_t n_deadlines;
#endif
    bool schedule_runs; // what is scheduled is started when it is due
    bool interrupted; // nothing is started by its schedule
} asvc_manager_t;

// The record of that number, which must be in use. It stays where it is, so that the compiler may keep the answer.
__attribute__((const)) asvc_record_t *asvc_record(const asvc_manager_t *m, asvc_id_t id);

// One of the counters of edges: 0 where there are none.
#if ASVC_EDGES
#define ASVC_COUNT(record, counter) ((record)->counter)
#else
#define ASVC_COUNT(record, counter) 0
#endif

static inline bool asvc_record_goes_on(const asvc_record_t *r) {
    return r->run == ASVC_RUN_STARTING || r->run == ASVC_RUN_RUNNING;
}

// It is an instance or a child, and has a parent.
static inline bool asvc_record_is_below(const asvc_record_t *r) {
    return r->kind == ASVC_KIND_INSTANCE || r->kind == ASVC_KIND_CHILD;
}

// The first of its instances and children.
static inline asvc_id_t asvc_record_first_below(const asvc_record_t *r) {
    return asvc_record_is_below(r) ? ASVC_NO_ID : r->edges.first_below;
}

static inline bool asvc_record_is_spared(const asvc_record_t *r) {
    return ASVC_ASYNCMD && r->spared;
}

static inline bool asvc_record_limit_hit(const asvc_record_t *r) {
    return ASVC_SUPERVISION && r->block != NULL && r->block->restart.limit_hit;
}

#endif
