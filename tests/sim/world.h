// A world for the manager: services that follow a script, a clock that only the test moves, and a driver that does
// what the manager says as MicroPython's does it.
//
// All storage is in the world, and nothing in it points outside but `trace` and the hooks: world_copy() makes a copy that
// goes on by itself. world_hash() is the same for two worlds that go on in the same way, whatever time it is.
//
// A thing is a service, a name that services name, an instance, a child or a task; its number is its place in
// w->thing. A name is of at most WORLD_NAME - 1 bytes.
#ifndef ASVC_TESTS_SIM_WORLD_H
#define ASVC_TESTS_SIM_WORLD_H

#include "ghost.h"
#include "manager/edges.h"
#include "manager/manager.h"

#ifndef WORLD_THINGS
#define WORLD_THINGS 24
#endif
#ifndef WORLD_EDGES
#define WORLD_EDGES 96
#endif

enum {
    // Records that were released and are on a list still need a place, too.
    WORLD_PAGES = (WORLD_THINGS + 8 + ASVC_PAGE - 1) / ASVC_PAGE,
    WORLD_EDGE_PAGES = (WORLD_EDGES + ASVC_EDGE_PAGE - 1) / ASVC_EDGE_PAGE,
    WORLD_MOST_NAMED = 6, // names of each kind in a file
    WORLD_NAME = 10,
    WORLD_NEVER = -1, // of a script: it does not come
};

// How a run behaves. Times are milliseconds.
typedef struct {
    int64_t ready_ms; // from its start to ready(); WORLD_NEVER
    int64_t feed_ms; // from one feed() to the next; WORLD_NEVER
    int64_t ends_ms; // from its start to its end; WORLD_NEVER
    asvc_how_t ends_how;
    int64_t obeys_ms; // from a cancel to its end; 0: in the next turn. WORLD_NEVER: it swallows cancels
    asvc_how_t obeys_how;
    bool ends_in_cancel; // within the very cancel
    bool cannot_start; // what START answers
    uint8_t no_memory; // so many STARTs find no memory
} world_script_t;

enum { WORLD_REQUIRES, WORLD_AFTER, WORLD_WANTS, WORLD_NAMES };

typedef struct {
    bool used;
    bool has_file; // it can be loaded; else it is only a name, or no service
    bool loaded; // registered: a service that was not forgotten, a task that is in the table
    bool forgotten; // since it was read
    bool in_circle; // its last load found a circle
    uint8_t kind; // asvc_kind_t
    uint8_t parent; // of instances and children
    char name[WORLD_NAME];
    asvc_id_t id; // its record; ASVC_NO_ID: none
    // Its file. What a load has not read yet has no effect.
    bool core;
    asvc_rules_t rules;
    int64_t start_in_ms; // schedule; WORLD_NEVER: none
    int64_t repeat_ms; // 0: once
    uint8_t n_named[WORLD_NAMES];
    uint8_t named[WORLD_NAMES][WORLD_MOST_NAMED];
    world_script_t script;
    asvc_block_t block;
    // Its run.
    bool runs, stepped, said_ready, told;
    uint8_t cancels; // of this run; stays at its maximum
    int64_t began_ms, told_ms, fed_ms;
    // What a test may look at.
    uint16_t n_starts, n_refused, n_stuck, n_escalated, n_booted;
    ghost_t ghost;
} world_thing_t;

typedef struct {
    char text[2048]; // "start net, start web, web raised": what happened, in its order
    size_t len;
} world_trace_t;

// The manager's events, as the world raises them.
typedef enum {
    WORLD_DEFINED, // what: owned
    WORLD_RELEASED,
    WORLD_HIDDEN, // what: hidden
    WORLD_READ, // its rules; what: 0: it has no block, 1: it has, 2: a new one
    WORLD_CORE, // what: core
    WORLD_NAMED, // what: the other one << 1 | it comes after it
    WORLD_UNNAMED,
    WORLD_WANTED,
    WORLD_STARTED,
    WORLD_STOPPED, // what: it keeps its schedule
    WORLD_SPARED, // it asked for a stop
    WORLD_RESTARTED,
    WORLD_DROPPED,
    WORLD_UNLOADED,
    WORLD_BOOTED,
    WORLD_LEFT_BOOT,
    WORLD_RESET,
    WORLD_INTERRUPTED, // of no thing; what: whether it begins
    WORLD_SCHEDULED, // what: due_ms; period_ms is in its block
    WORLD_UNSCHEDULED,
    WORLD_SCHEDULE_RUNS, // of no thing; what: whether it runs
    WORLD_STEPPED,
    WORLD_SAID_READY,
    WORLD_FED,
    WORLD_ENDED, // what: asvc_how_t
    WORLD_ABANDONED,
    WORLD_TAKEN_BACK,
    WORLD_NO_MEMORY,
    WORLD_CANNOT_START,
    WORLD_REFUSED, // who asks for it tells its refusal himself
    WORLD_LOOKED, // of no thing
} world_event_t;

typedef struct world_t world_t;
struct world_t {
    asvc_manager_t m;
    asvc_page_t page[WORLD_PAGES];
    asvc_page_t *page_table[WORLD_PAGES];
    asvc_edge_page_t edge_page[WORLD_EDGE_PAGES];
    asvc_edge_page_t *edge_table[WORLD_EDGE_PAGES];
    world_thing_t thing[WORLD_THINGS];
    int64_t began_ms, now_ms;
    bool tells_refusals; // of what is loaded, at once and itself: the manager is to be silent about them
    bool manual; // runs do nothing by themselves: world_step() and the like move them
    bool interrupted; // until nothing that belongs to services runs
    uint8_t depth; // actions within which something is going on
    uint64_t n_actions;
    uint64_t digest; // of all actions so far, with their times from the beginning
    char broken[160]; // what the manager did against its contract; empty: nothing
    world_trace_t *trace; // NULL: none
    void (*event)(
        world_t *w, world_event_t event, int i, int64_t what); // told of each event before it is raised
    void (*seen)(world_t *w, const asvc_action_t *action); // of each action before it is carried out
    void (*quiet)(world_t *w); // when the manager has nothing to say
    // When an action about thing i was carried out: may do anything. What was released is no more.
    void (*meddle)(world_t *w, const asvc_action_t *action, int i);
    void *context; // of the hooks
};

// At that time of the monotonic clock.
void world_init(world_t *w, int64_t now_ms);
void world_copy(world_t *to, const world_t *from);
// Of all that decides how things go on; times are relative to now. Not of `digest`, `trace`, the hooks, and what tests count.
uint64_t world_hash(const world_t *w);

// Notes the first thing that went wrong.
__attribute__((format(printf, 2, 3))) void world_break(world_t *w, const char *format, ...);

// ---- things ---------------------------------------------------------------------------------

// The thing of that name; -1 where there is none.
int world_find(const world_t *w, const char *name);
int world_of(const world_t *w, asvc_id_t id);
// A service that can be loaded; one that only was a name becomes one. It runs on, and ends in the next turn when it is told to.
int world_file(world_t *w, const char *name);
// A service file names another. Nothing happens where it has WORLD_MOST_NAMED of that kind, or has it.
void world_name(world_t *w, int from, int to, int kind);

// ---- what users do --------------------------------------------------------------------------
//
// Each does all that follows at once. False: it could not be done, or what it asks for has no meaning here.

// Loads a service that is not loaded or does not run, and what it requires and wants; of one that runs a further
// instance is started. boot: boot waits for it.
bool world_load(world_t *w, int i);
// Loads and boots all core services that are not up. Answers how many boot waits for.
int world_boot(world_t *w);
void world_leave_boot(world_t *w);
bool world_start(world_t *w, int i);
bool world_stop(world_t *w, int i, bool keep_schedule);
// The same, by a task in its step.
bool world_stop_by(world_t *w, int by, int i, bool keep_schedule);
bool world_restart(world_t *w, int i);
bool world_unload(world_t *w, int i);
bool world_reset_failed(world_t *w, int i);
// Takes the task out of the table; a service stays loaded.
bool world_delete(world_t *w, int i);
// Starts a child of that name, in the place of one that has it. Answers its number, or -1.
int world_child(world_t *w, int parent, const char *name);
// The same with a name of its own: NAME@k.
int world_instance(world_t *w, int parent);
// A task that belongs to no service. starts: it is started, else it waits for its schedule.
int world_task(world_t *w, const char *name, bool starts);
// One that is in no table: it is released when it has ended.
int world_unlisted_task(world_t *w);
// repeat_ms 0: once. in_ms WORLD_NEVER: it is scheduled, but not before the schedule runs.
// A later start by hand may put it in only: it is wanted when it is due.
bool world_schedule(world_t *w, int i, int64_t in_ms, int64_t repeat_ms);
bool world_put_in_schedule(world_t *w, int i, int64_t in_ms, int64_t repeat_ms);
bool world_unschedule(world_t *w, int i);
void world_run_schedule(world_t *w, bool runs);
// Ctrl-C. It is over when all runs that belong to services have ended.
void world_interrupt(world_t *w);
// asyncio.new_event_loop(): runs of the old loop are gone.
void world_new_loop(world_t *w);

// ---- what runs do ---------------------------------------------------------------------------

bool world_step(world_t *w, int i);
// What follows may come within the first step, and so before that is told.
bool world_ready(world_t *w, int i);
bool world_feed(world_t *w, int i);
bool world_end(world_t *w, int i, asvc_how_t how);
// The run that made no step is taken back: it is to run by that schedule.
bool world_take_back(world_t *w, int i, int64_t in_ms, int64_t repeat_ms);

// ---- time -----------------------------------------------------------------------------------

// Does all that is to be done now, until all is quiet.
void world_turn(world_t *w);
// Lets time pass. What is due on the way happens at its time.
void world_pass(world_t *w, int64_t ms);
// The clock jumps: nobody looks before now + ms.
void world_jump(world_t *w, int64_t ms);
// Milliseconds until something happens by itself; ASVC_NEVER_MS: nothing does.
int64_t world_left_ms(const world_t *w);
// Carries out what the manager says until it has nothing to say.
void world_drain(world_t *w);

// ---- questions ------------------------------------------------------------------------------

asvc_state_t world_state(const world_t *w, int i);
const char *world_action_name(asvc_action_kind_t kind);

#endif
