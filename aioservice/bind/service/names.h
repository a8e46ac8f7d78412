// Which service names which, in `require` and `after`: read here, and handed to the manager.
//
// What a service names counts from its load on, so that nothing that runs is touched when its attributes change. Of a core
// service only what it requires counts.
#ifndef ASVC_SERVICE_NAMES_H
#define ASVC_SERVICE_NAMES_H

#include "bind/service/registry.h"
#include "core/config.h"

// Reads what the service names now, and tells the manager. configured: as asvc_options_names has it. look_only: the manager
// is not told. What those name that were found and are at rest is told, too, so that a circle is seen. Answers the text of a
// circle that would lead back to the service, a str, and then has not told what it names; else MP_OBJ_NULL. *circle,
// unless NULL: the records on it, the collector's; *len: how many. Raises ServiceException for what are no names;
// MemoryError.
mp_obj_t asvc_names_take(
    asvc_entry_t *entry, mp_obj_t configured, bool look_only, asvc_id_t **circle, size_t *len);

// A load begins, or several that belong together: what services at rest name is read anew, once.
void asvc_names_new_round(void);

// Whether it names any, as of then.
bool asvc_names_any(const asvc_entry_t *entry);

// It names nobody any more.
void asvc_names_clear(const asvc_entry_t *entry);

#endif
