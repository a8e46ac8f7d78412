// The manager: the one truth about every service, instance, child and task.
//
// Events go in, actions come out:
//
//     1. An event tells what somebody wants or what has happened: asvc_manager_start(), asvc_manager_ended() ...
//        It changes records. It does nothing outside and cannot fail.
//     2. asvc_manager_next() answers one action at a time, what is to be done now, until there is none. Whoever
//        drives the manager does it, and reports what became of it as a further event.
//
// The manager never calls back, never allocates, knows no clock and no names. Records hold an opaque `user`. A driver may
// raise events, and ask for actions, from within an action: each action is taken off before it is answered.
//
// Its driver sets the time by asvc_manager_set_now() before each event: milliseconds of a monotonic clock.
// asvc_manager_left_ms() tells when asvc_manager_look() is to be called next.
//
// What stands where: records and their meaning in record.h, what follows from what in facts.h, who names whom in
// edges.h, what is due when in deadlines.h. Here is what each event wants (asvc_manager_start and its like), and what
// is done next (`decide` in manager.c).
#ifndef ASVC_MANAGER_MANAGER_H
#define ASVC_MANAGER_MANAGER_H

#include "manager/record.h"

// ---- storage --------------------------------------------------------------------------------

// Records that are free. asvc_manager_define() takes one.
size_t asvc_manager_room(const asvc_manager_t *m);

// Adds a page of records, all 0. table: the pages as they are, with a place for one more at its end; it replaces
// m->pages, and is the caller's. False, and nothing has changed, where there would be more than UINT16_MAX records.
bool asvc_manager_add_page(asvc_manager_t *m, asvc_page_t *page, asvc_page_t **table);

#if ASVC_EDGES
// The same for edges. asvc_manager_require() takes one.
size_t asvc_manager_edge_room(const asvc_manager_t *m);
bool asvc_manager_add_edge_page(asvc_manager_t *m, asvc_edge_page_t *page, asvc_edge_page_t **table);
#endif

// ---- records --------------------------------------------------------------------------------

// Makes a record of what nobody has started yet. There must be room. parent: the service that an instance or a child
// belongs to; else ASVC_NO_ID. owned: it belongs to a service in some way: it has to end in time.
asvc_id_t asvc_manager_define(asvc_manager_t *m, asvc_kind_t kind, asvc_id_t parent, void *user, bool owned);

// Its last run ended before it had this record: how. Nobody has started it since.
void asvc_manager_set_last(asvc_manager_t *m, asvc_id_t id, asvc_last_t last);

// There is no service behind the name: it was forgotten, or others name it only; or there is one again. A task that
// its user took out of the table is hidden, too. A hidden record that nothing holds is released: ASVC_DO_RELEASE.
void asvc_manager_hide(asvc_manager_t *m, asvc_id_t id, bool hidden);

// Makes the record free: answers to ASVC_DO_RELEASE. It must be at rest, and nothing may hang on it.
void asvc_manager_release(asvc_manager_t *m, asvc_id_t id);

// Gives the record rules or a schedule. block: the one that it has, or another one, all 0 but where started_ms and fed_ms of a
// present run are known. It is the caller's and lives as long as the record; NULL takes it away. rules: NULL leaves those that
// it has.
void asvc_manager_set_block(asvc_manager_t *m, asvc_id_t id, asvc_block_t *block, const asvc_rules_t *rules);

// core: it runs once and is up when it has ended well.
void asvc_manager_set_core(asvc_manager_t *m, asvc_id_t id, bool core);

#if ASVC_EDGES
// `from` requires `to`, or comes after it. Both are services. There must be room for an edge.
void asvc_manager_name(asvc_manager_t *m, asvc_id_t from, asvc_id_t to, asvc_edge_kind_t kind);
// It names nobody any more.
void asvc_manager_clear_names(asvc_manager_t *m, asvc_id_t from);
#endif

// ---- events: what is wanted -----------------------------------------------------------------

// Its user wants it up. It is started when nothing stands in its way any more; one that is ending is started when it has
// ended. Clears the count of short runs, not the start limit. Does not start what it requires: the caller does, and asks
// asvc_manager_is_coming() first.
void asvc_manager_start(asvc_manager_t *m, asvc_id_t id);

// Its user wants it up, and its schedule says when it runs.
void asvc_manager_want(asvc_manager_t *m, asvc_id_t id);

// Its user stops it, and with it all that requires it; that ends first. A run that swallowed its cancel gets another one
// when it is stopped again. keep_schedule: it runs again when it is due.
void asvc_manager_stop(asvc_manager_t *m, asvc_id_t id, bool keep_schedule);

// Safe mode stops it: as a stop does. What runs, or would, is set aside until its user says otherwise: it is what is started
// again when safe mode is left.
void asvc_manager_set_aside(asvc_manager_t *m, asvc_id_t id);
bool asvc_manager_is_set_aside(const asvc_manager_t *m, asvc_id_t id);

// A child has asked for stops. If one of them was of its own service, the child's run goes on until it ends by itself or is
// stopped itself: it may have more to do than that. Comes between the stop and the next action.
void asvc_manager_spare(asvc_manager_t *m, asvc_id_t id);

// Ends it and starts it again, and with it all that requires it. Starts what is at rest.
void asvc_manager_restart(asvc_manager_t *m, asvc_id_t id);

// Stops it, and forgets it once it was told to end. Called again, it does not wait for what requires the service.
void asvc_manager_unload(asvc_manager_t *m, asvc_id_t id);

// Forgets it as asvc_manager_unload() does, but it stays wanted where it is: what requires it ends and waits for the
// service that is loaded in its place.
void asvc_manager_reload(asvc_manager_t *m, asvc_id_t id);

// Its user takes its task away: stops it at once, and forgets how earlier runs ended.
void asvc_manager_drop(asvc_manager_t *m, asvc_id_t id);

// Boot waits for the core service, until asvc_manager_next() has answered ASVC_DO_BOOT for it.
void asvc_manager_boot(asvc_manager_t *m, asvc_id_t id);
// Boot waits for it no longer: that boot is given up.
void asvc_manager_leave_boot(asvc_manager_t *m, asvc_id_t id);

// Clears the count of short runs and the start limit. Answers whether there was anything.
bool asvc_manager_reset_failed(asvc_manager_t *m, asvc_id_t id);

// Ends all that belongs to services, and starts nothing by its schedule until asvc_manager_interrupt_over().
void asvc_manager_interrupt(asvc_manager_t *m);
void asvc_manager_interrupt_over(asvc_manager_t *m);

#if ASVC_SCHEDULE
// Schedules it: it is due at due_ms and, with a period > 0, every period_ms after that. ASVC_NEVER_MS: the time is not known
// before the schedule runs. by_wall: due_ms stands for a time of the wall clock, which the caller follows; the record keeps
// that until the time has passed. It must have a block.
void asvc_manager_schedule(asvc_manager_t *m, asvc_id_t id, int64_t due_ms, int64_t period_ms, bool by_wall);
void asvc_manager_unschedule(asvc_manager_t *m, asvc_id_t id);
// Nothing that is scheduled is started while the schedule does not run.
void asvc_manager_run_schedule(asvc_manager_t *m, bool runs);
#endif

// ---- events: what has happened --------------------------------------------------------------

// What a run's end is.
typedef enum {
    ASVC_RETURNED,
    ASVC_RETURNED_ERROR, // it returned an exception: no good end of a core service
    ASVC_RAISED,
    ASVC_CANCELLED, // by CancelledError; where the manager did not ask for that, its user has stopped it
} asvc_how_t;

void asvc_manager_set_now(asvc_manager_t *m, int64_t now_ms);

// Its run made a step: it is up, unless it declares when it is ready.
void asvc_manager_stepped(asvc_manager_t *m, asvc_id_t id);
// It says that it is ready; nothing happens where it is up, or is to end.
void asvc_manager_ready(asvc_manager_t *m, asvc_id_t id);
// Its watchdog is fed.
void asvc_manager_feed(asvc_manager_t *m, asvc_id_t id);
// Its run has ended.
void asvc_manager_ended(asvc_manager_t *m, asvc_id_t id, asvc_how_t how);
// Its loop is gone, so the run will never end. It counts as stopped, and is not started again.
void asvc_manager_abandoned(asvc_manager_t *m, asvc_id_t id);
// Its run, which made no step, was taken back: it waits for its due time.
void asvc_manager_taken_back(asvc_manager_t *m, asvc_id_t id);

// Answers to ASVC_DO_START that could not be done. No memory: it is tried again after a while.
void asvc_manager_no_memory(asvc_manager_t *m, asvc_id_t id);
// It cannot be started as it is: it is not tried again before somebody starts it. Also where a load failed.
void asvc_manager_cannot_start(asvc_manager_t *m, asvc_id_t id);

// The time has moved on to now_ms: deals with all that is due.
void asvc_manager_look(asvc_manager_t *m, int64_t now_ms);

// ---- actions --------------------------------------------------------------------------------

typedef enum {
    ASVC_DO_NOTHING, // all is done until the next event
    ASVC_DO_START, // start a run. Events: stepped, ended; no_memory, cannot_start, taken_back
    ASVC_DO_CANCEL, // tell the run to end. Event: ended
    ASVC_DO_UNSCHEDULE, // take it out of the table of schedules: its user has stopped it
    ASVC_DO_FORGET, // forget the service; its last run may go on for a while
    ASVC_DO_RELEASE, // forget the record: asvc_manager_release(); that it is hidden may not have been told
    ASVC_DO_ESCALATE, // it has hit its start limit: do what it asks for then
    ASVC_DO_BOOT, // boot waits for it no longer: it is up, or will not be
    ASVC_TELL_REFUSED, // it cannot be started because of `because`, which it requires
    ASVC_TELL_STUCK, // it was told to end and has not
    ASVC_TELL_MISSED, // it was due and could not start
    ASVC_TELL_VIEW, // asvc_manager_view() of it has changed from `was`, and nobody has told that
} asvc_action_kind_t;

typedef struct {
    asvc_action_kind_t kind;
    asvc_id_t id;
    asvc_id_t because; // of TELL_REFUSED
    uint16_t was; // of TELL_VIEW
    bool by_policy; // of START: the restart policy asked for it
    bool by_schedule; // of START: it is due by its schedule
} asvc_action_t;

// The next action. Acting comes before telling.
asvc_action_t asvc_manager_next(asvc_manager_t *m);

// ---- questions ------------------------------------------------------------------------------

// As people know it: at rest in the order of asvc_last_t, then with a run in that of asvc_run_t.
typedef enum {
    ASVC_INACTIVE,
    ASVC_DONE,
    ASVC_STOPPED,
    ASVC_FAILED,
    ASVC_STARTING,
    ASVC_RUNNING,
    ASVC_STOPPING,
    ASVC_STUCK,
    ASVC_WAITING,
} asvc_state_t;

asvc_state_t asvc_manager_state(const asvc_manager_t *m, asvc_id_t id);

// Why a waiting one waits.
typedef enum {
    ASVC_WHY_NOTHING, // it does not wait, or starts next
    ASVC_WHY_SCHEDULE, // it is not due yet
    ASVC_WHY_RESTART, // its restart delay is not over
    ASVC_WHY_REQUIRES, // what it requires is not up
    ASVC_WHY_AFTER, // what it comes after is still coming
    ASVC_WHY_CHILDREN, // what belongs to its last run has not ended
    ASVC_WHY_MEMORY, // its start failed for want of memory, and is tried again
} asvc_why_t;

// What people see of a service, an instance or a child, packed in a number of six bits, as each record keeps one: four for
// its state, where each reason for waiting counts as one of its own, and those below. Of what is hidden, and of a task that
// belongs to no service, it is ASVC_VIEW_HIDDEN.
enum { ASVC_VIEW_HIDDEN = 15, ASVC_VIEW_WANTED = 1 << 4, ASVC_VIEW_LIMIT_HIT = 1 << 5 };
unsigned asvc_manager_view(const asvc_manager_t *m, asvc_id_t id);
static inline bool asvc_view_is_hidden(unsigned view) {
    return (view & 15) == ASVC_VIEW_HIDDEN;
}
// Of what is not hidden.
static inline asvc_state_t asvc_view_state(unsigned view) {
    return (view & 15) < ASVC_WAITING ? (asvc_state_t)(view & 15) : ASVC_WAITING;
}
static inline asvc_why_t asvc_view_why(unsigned view) {
    bool waits = (view & 15) >= ASVC_WAITING && !asvc_view_is_hidden(view);
    return waits ? (asvc_why_t)((view & 15) - ASVC_WAITING) : ASVC_WHY_NOTHING;
}
#if ASVC_EVENTS
// The same; and it counts as told.
unsigned asvc_manager_hear(asvc_manager_t *m, asvc_id_t id);
#endif

// The state of what is at rest, by how its last run ended.
asvc_state_t asvc_state_of_last(asvc_last_t last);
// In lower case: "inactive", "starting" ... A constant.
const char *asvc_state_name(asvc_state_t state);
bool asvc_state_is_live(asvc_state_t state); // there is a run
bool asvc_state_goes_on(asvc_state_t state); // there is one that was not told to end

void *asvc_manager_user(const asvc_manager_t *m, asvc_id_t id);
bool asvc_manager_is_wanted(const asvc_manager_t *m, asvc_id_t id);

// Whether it is up, or will be without a further start.
bool asvc_manager_is_coming(const asvc_manager_t *m, asvc_id_t id);
// Whether a new run is asked for and has not begun.
bool asvc_manager_is_pending(const asvc_manager_t *m, asvc_id_t id);
// Whether it waits for the end of its restart delay.
bool asvc_manager_is_delayed(const asvc_manager_t *m, asvc_id_t id);
// Milliseconds until then.
uint32_t asvc_manager_delay_ms(const asvc_manager_t *m, asvc_id_t id);
// Milliseconds until it is started next: by the end of that delay, or as its schedule has it, 49 days at most; UINT32_MAX: it
// is not due.
uint32_t asvc_manager_next_ms(const asvc_manager_t *m, asvc_id_t id);
// Milliseconds until its watchdog ends its run; UINT32_MAX: it has none, or is not up.
uint32_t asvc_manager_unfed_ms(const asvc_manager_t *m, asvc_id_t id);
// Whether its refusal was told: it cannot be started, as what it requires is lost.
bool asvc_manager_is_refused(const asvc_manager_t *m, asvc_id_t id);
bool asvc_manager_is_unloading(const asvc_manager_t *m, asvc_id_t id);
bool asvc_manager_is_in_boot(const asvc_manager_t *m, asvc_id_t id);

#if ASVC_EDGES
// Of those that it names, the next one after `after` that stands in its way; with ASVC_NO_ID the first. Answers ASVC_NO_ID
// where there is none.
asvc_id_t asvc_manager_next_missing(const asvc_manager_t *m, asvc_id_t id, asvc_id_t after);
#endif

// Why the manager ends its run, or has ended it, until asvc_manager_ended().
asvc_verdict_t asvc_manager_verdict(const asvc_manager_t *m, asvc_id_t id);
// Whether its run, or the last one, was told to end.
bool asvc_manager_was_told(const asvc_manager_t *m, asvc_id_t id);
// Whether its schedule starts it again, once that runs.
bool asvc_manager_is_due_again(const asvc_manager_t *m, asvc_id_t id);
// The record in use after `after`; the first one where that is ASVC_NO_ID. ASVC_NO_ID: there is none.
asvc_id_t asvc_manager_next_record(const asvc_manager_t *m, asvc_id_t after);

// The service that an instance or a child belongs to; ASVC_NO_ID of others.
asvc_id_t asvc_manager_parent(const asvc_manager_t *m, asvc_id_t id);
// Of the instances and children of a service, the one after `after`; with ASVC_NO_ID the first. The latest come first.
// Answers ASVC_NO_ID where there is none.
asvc_id_t asvc_manager_next_below(const asvc_manager_t *m, asvc_id_t id, asvc_id_t after);

// Whether the record, which waits for its start, cannot be started because of what it requires. If so, it counts as
// refused and as told: the caller tells it. Works facts out.
bool asvc_manager_refuse(asvc_manager_t *m, asvc_id_t id);

// Milliseconds until asvc_manager_look() is to be called; ASVC_NEVER_MS: not before the next event.
int64_t asvc_manager_left_ms(const asvc_manager_t *m);

// Whether anything that belongs to services has a run that may still end.
static inline bool asvc_manager_any_live(const asvc_manager_t *m) {
    return m->n_live > 0;
}
// Whether the hardware watchdog may be fed: every service that has a watchdog is fed. As of the last look.
static inline bool asvc_manager_all_fed(const asvc_manager_t *m) {
    return m->n_unfed == 0;
}

#endif
