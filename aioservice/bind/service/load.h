// Starting a service's main task, and forgetting the service.
#ifndef ASVC_SERVICE_LOAD_H
#define ASVC_SERVICE_LOAD_H

#include "py/obj.h"

#include "bind/service/line.h"

// Loads a service: applies services.config, reads what it asks for and names, loads what it requires or wants and is not
// up, then has its main task started, or, where it has a schedule, wait for its due time. Of one that runs already a
// further instance NAME.service@1 is started. Answers the task, or NULL where it could not be loaded (asvc_entry_error then
// says why). Says the outcome as opts tell.
asvc_task_t *asvc_load(asvc_entry_t *entry, const asvc_load_opts_t *opts);

// Makes the main task of a service whose start the manager asks for, and which has none yet: without what it names, which
// the manager knows. The task is prepared. Raises what a load raises.
asvc_task_t *asvc_load_run(asvc_entry_t *entry, const asvc_load_opts_t *opts);

// Loads what the service requires and is not up or coming. Raises MemoryError.
void asvc_load_required(asvc_entry_t *entry, const asvc_load_opts_t *opts);

// Whether what failed failed in its import, which only another import can mend.
bool asvc_load_import_failed(asvc_entry_t *entry);

// What services.config has, as asvc_config_index() answers it; MP_OBJ_NULL where it is not used. check: what is wrong with it
// is told before, and with services (bind/service/check.h). Raises MemoryError.
mp_obj_t asvc_load_read_config(bool use, bool check);

// Puts what services.config (asvc_config_read or _index; MP_OBJ_NULL: nothing) says of the service into its
// attributes, as each load does that heeds it: they can be looked at and changed there. Raises MemoryError,
// and TypeError where the service's own kwargs are no dict.
void asvc_load_config(asvc_entry_t *entry, mp_obj_t config);

// Reads what the service asks of supervision into a record of it, for the next run. Raises what asvc_options_read raises,
// MemoryError.
void asvc_load_options(mp_obj_t service, asvc_task_t *task, asvc_id_t id);
// The same for a service's task, an asvc_task_t, that has been started before. Where an attribute is wrong that is said, and
// the last ones hold.
void asvc_load_options_anew(void *task);

// Stops a service with its instances and children, and forgets it and its module: at once, or, where others that
// require it have to end before, when they have. Asked again meanwhile, it does so at once.
void asvc_unload(asvc_entry_t *entry);

#endif
