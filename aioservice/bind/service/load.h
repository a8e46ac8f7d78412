// Starting a service's main task, and the lines that say how that went.
#ifndef ASVC_SERVICE_LOAD_H
#define ASVC_SERVICE_LOAD_H

#include "py/obj.h"

#include "bind/service/registry.h"
#include "bind/task/task.h"

// How to load: the keywords of aioservice.load, init and boot.
typedef struct {
    bool say; // print the outcome
    bool debug_log; // write it to log
    mp_obj_t log; // a logger, or None: for the outcome, and for the service's task
    mp_obj_t config; // asvc_config_index, or MP_OBJ_NULL: services.config is left out
} asvc_load_opts_t;

// Loads a service: applies services.config, then starts its main task, or, where it has a schedule,
// has it wait for its due time. Of one that runs already a further instance NAME.service@1 is
// started. Answers the task's record, or NULL where it could not be loaded (entry->error then says
// why). Says the outcome as opts tell.
asvc_task_t *asvc_load(asvc_entry_t *entry, const asvc_load_opts_t *opts);

// Whether what failed failed in its import, which only another import can mend.
bool asvc_load_import_failed(asvc_entry_t *entry);

// Puts what services.config (asvc_config_read or _index; MP_OBJ_NULL: nothing) says of the service into its
// attributes, as each load does that heeds it: they can be looked at and changed there. Raises MemoryError,
// and TypeError where the service's own kwargs are no dict.
void asvc_load_config(asvc_entry_t *entry, mp_obj_t config);

// Stops a service with its instances and children, and forgets it and its module: at once, or, where others that
// require it have to end before, when they have (entry->unloading). Asked again meanwhile, it does so at once.
void asvc_unload(asvc_entry_t *entry);

// The main task of a service (the first instance), or NULL.
asvc_task_t *asvc_main_task(asvc_entry_t *entry);
// Whether the task is that, and no further instance, child or task of another's.
bool asvc_is_main_task(const asvc_task_t *task);
// Whether it runs, or was told to end and has not yet.
bool asvc_main_is_live(asvc_entry_t *entry);

// Says and logs one line "[ OK ] TEXT" or "[ ERROR ] TEXT" as opts tell; text is a str.
void asvc_outcome(const asvc_load_opts_t *opts, bool ok, mp_obj_t text);

// How a service is: loaded, and nothing is known against it; not loaded, as nobody asked; not loaded or
// failed with an error.
typedef enum { ASVC_ENTRY_OK, ASVC_ENTRY_IDLE, ASVC_ENTRY_ERROR } asvc_entry_state_t;

// What `status` says of the entry, without the "[ OK ] " before it, a str: "Service: NAME.service from PATH loaded",
// "... not loaded: Error: ZeroDivisionError". state may be NULL.
mp_obj_t asvc_status_text(asvc_entry_t *entry, asvc_entry_state_t *state);
// "Service: NAME.service from PATH", a str
mp_obj_t asvc_entry_text(asvc_entry_t *entry);

// Opts of who only prints.
extern const asvc_load_opts_t asvc_on_stdout;
// Prints asvc_status_text() with how it is before it.
void asvc_say_status(asvc_entry_t *entry);
// Says and logs "[ ERROR ] Service: NAME.service not found" and more. name with or without ".service"; raises
// TypeError where it is no str.
void asvc_say_not_found(mp_obj_t name, const asvc_load_opts_t *opts, const char *more);
// The service of that name; NULL, having said so, where there is none.
asvc_entry_t *asvc_find_or_say(mp_obj_t name);

#endif
