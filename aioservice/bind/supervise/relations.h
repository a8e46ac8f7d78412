// What services name each other for: require, after, wants. Of core services what they require, except while a boot has
// them, which orders them itself.
//
// core/units says what to start and what to end, so that what runs fits what is wanted; this does it. It is asked
// whenever something has changed, and only while any service names another at all.
#ifndef ASVC_SUPERVISE_RELATIONS_H
#define ASVC_SUPERVISE_RELATIONS_H

#include "bind/service/load.h"
#include "bind/service/registry.h"
#include "bind/task/task.h"
#include "core/config.h"

#if ASVC_SUPERVISION

// Before a service is loaded: takes up what it names. What it requires or wants and is not up is loaded, too.
// Answers whether it has to wait (asvc_relations_settle starts it). Raises ServiceException, with a text that says
// which and why, where something that it requires cannot be had or a circle would arise; MemoryError.
bool asvc_relations_load(asvc_entry_t *entry, const asvc_load_opts_t *opts);

// Starts and ends what is to be started and ended now. Raises MemoryError.
void asvc_relations_settle(void);

// Calls fun(arg), and then settles; not before, however many services that loads: what comes after others is
// started after them although it is loaded first. May be nested. Raises what fun raises.
void asvc_relations_together(void (*fun)(void *arg), void *arg);

// A main task's state has changed: the same, where that can matter.
void asvc_relations_changed(asvc_task_t *task);

// The user stops a service: with it goes what requires it, and before it. Nothing happens where it does not
// run.
void asvc_relations_stop(asvc_entry_t *entry);
// The same for all services that run.
void asvc_relations_stop_all(void);

// The user has a service end and start again: what requires it ends before, and is started again after it.
// Answers false, having done nothing, where it has nothing to do with others.
bool asvc_relations_restart(asvc_entry_t *entry);

// A scheduled task is due: answers whether it may run; else it is held until what it requires is up.
bool asvc_relations_may_run(asvc_task_t *task);

// A service is to run again as its last run has ended: answers whether it is held instead, as what it requires is not
// up. Never raises.
bool asvc_relations_hold(asvc_task_t *task);

// Whether the user has stopped the service, and it goes on until what requires it has ended.
bool asvc_relations_stop_waits(asvc_entry_t *entry);

// The user starts a service that has ended or was stopped: what it requires is loaded where it is not up, and
// it is held until that is. Raises ServiceException where it cannot be had.
void asvc_relations_wanted(asvc_entry_t *entry);
// The same for one that its schedule starts: it is not held, but asked for when it is due (asvc_relations_may_run).
void asvc_relations_scheduled(asvc_entry_t *entry);

// Appends the names that a service requires or comes after and that hold it up now: "net, disk".
void asvc_relations_add_missing(vstr_t *line, asvc_entry_t *entry);

// Names or numbers of services may have changed: what was known of them is looked up anew.
void asvc_relations_look_again(void);

// A service is to be unloaded: with it goes what requires it, and before it. Answers whether the unload has to wait
// for their ends: asvc_unload is called then. Asked once more meanwhile, it need not.
bool asvc_relations_unload_waits(asvc_entry_t *entry);

// Starts again what a service names in its kwargs' restart, as asyncmd has it.
void asvc_restart_along(asvc_task_t *task);

#else

static inline bool asvc_relations_load(asvc_entry_t *entry, const asvc_load_opts_t *opts) {
    (void)entry;
    (void)opts;
    return false;
}

static inline void asvc_relations_settle(void) {
}

static inline void asvc_relations_together(void (*fun)(void *arg), void *arg) {
    fun(arg);
}

static inline void asvc_relations_stop(asvc_entry_t *entry) {
    (void)entry; // bind/supervise/control.c knows of no service then
}

static inline bool asvc_relations_restart(asvc_entry_t *entry) {
    (void)entry;
    return false;
}

static inline bool asvc_relations_may_run(asvc_task_t *task) {
    (void)task;
    return true;
}

static inline bool asvc_relations_stop_waits(asvc_entry_t *entry) {
    (void)entry;
    return false;
}

static inline void asvc_relations_wanted(asvc_entry_t *entry) {
    (void)entry;
}

static inline bool asvc_relations_hold(asvc_task_t *task) {
    (void)task;
    return false;
}

static inline void asvc_relations_look_again(void) {
}

static inline void asvc_relations_scheduled(asvc_entry_t *entry) {
    (void)entry;
}

static inline void asvc_relations_add_missing(vstr_t *line, asvc_entry_t *entry) {
    (void)line;
    (void)entry;
}

static inline bool asvc_relations_unload_waits(asvc_entry_t *entry) {
    (void)entry;
    return false;
}

#endif

#endif
