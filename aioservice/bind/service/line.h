// The lines that say how a service is, and how a load of it went.
#ifndef ASVC_SERVICE_LINE_H
#define ASVC_SERVICE_LINE_H

#include "py/obj.h"
#include "py/runtime.h"

#include "bind/service/registry.h"

// How to load: the keywords of aioservice.load, init and boot.
typedef struct {
    bool say; // print a good outcome, too
    bool debug_log; // log that, too
    mp_obj_t config; // asvc_config_index, or MP_OBJ_NULL: services.config is left out
} asvc_load_opts_t;

// The keywords of init, with their defaults: debug, log, debug_log, config, init_schedule. boot takes those before the last.
enum { ASVC_N_INIT_ARGS = 5 };
extern const mp_arg_t asvc_init_args[ASVC_N_INIT_ARGS];

// Tells what goes wrong only.
extern const asvc_load_opts_t asvc_quietly;

// How an event about it is told, ASVC_EVENT_...: an error always is.
unsigned asvc_how(const asvc_load_opts_t *opts);

// What boot, init or load was given as log: unless it is None, it is the manager's logger from now on.
void asvc_take_logger(mp_obj_t log);

// How a service is: loaded, and nothing is known against it; not loaded, as nobody asked; not loaded or
// failed with an error.
typedef enum { ASVC_ENTRY_OK, ASVC_ENTRY_IDLE, ASVC_ENTRY_ERROR } asvc_entry_state_t;

// What `status` says of the entry, without the "[ OK ] " before it, a str: "Service: NAME.service from PATH loaded",
// "... not loaded: Error: ZeroDivisionError". state may be NULL.
mp_obj_t asvc_status_text(asvc_entry_t *entry, asvc_entry_state_t *state);
// "Service: NAME.service from PATH", a str
mp_obj_t asvc_entry_text(asvc_entry_t *entry);

// Why the service is not loaded: an exception, or a str; MP_OBJ_NULL where nothing is known against it.
mp_obj_t asvc_entry_error(asvc_entry_t *entry);

// What a run that has failed has raised, also while it waits for its restart: an exception, or what on_error answered;
// MP_OBJ_NULL where the task runs or has not failed.
mp_obj_t asvc_task_error(const asvc_task_t *task);

// Why a task may not be started: it has hit its start limit, or is stuck. NULL where it may.
#if ASVC_DEADLINES
const char *asvc_bars(const asvc_task_t *task);
// Whether it waits for the end of its restart delay.
bool asvc_is_delayed(const asvc_task_t *task);
#else
static inline const char *asvc_bars(const asvc_task_t *task) {
    (void)task;
    return NULL;
}
static inline bool asvc_is_delayed(const asvc_task_t *task) {
    (void)task;
    return false;
}
#endif

// The main task of a service (the first instance), or NULL.
asvc_task_t *asvc_main_task(asvc_entry_t *entry);
// Whether it runs, or was told to end and has not yet.
bool asvc_main_is_live(asvc_entry_t *entry);

// The service cannot run: counts it among the loaded ones, and tells why. Raises MemoryError.
void asvc_tell_failed(asvc_entry_t *entry);

// Prints asvc_status_text() with how it is before it.
void asvc_say_status(asvc_entry_t *entry);
// Says "[ ERROR ] Service: NAME.service not found" and more. name with or without ".service"; raises TypeError where it is
// no str.
void asvc_say_not_found(mp_obj_t name, const char *more);
// The service of that name; NULL, having said so, where there is none.
asvc_entry_t *asvc_find_or_say(mp_obj_t name);

#endif
