// The table of services: what was found, what was loaded, and in which order.
//
// Services print in load order: first those that were loaded, in the order in which they were, then
// the rest in the order in which they were found.
#ifndef ASVC_SERVICE_REGISTRY_H
#define ASVC_SERVICE_REGISTRY_H

#include "py/obj.h"

#include "bind/task/task.h"

typedef enum { ASVC_CONFIGURED_NOT, ASVC_CONFIGURED_DISABLED, ASVC_CONFIGURED_ENABLED } asvc_configured_t;

// What is true of a service beside how it was found, the manager knows: `id` is its record there, for as long as there is
// the entry. A name that others name only, or whose service was unloaded while something still hangs on it, has an
// entry that is absent: it is in no list.
typedef struct _asvc_entry_t {
    asvc_seat_t seat; // its main task; first, as the manager's record of the service points here
    mp_obj_t name; // str: the service's name, without ".service"
    mp_obj_t task_name; // str: its main task's, "NAME.service", interned as it is looked up often
    mp_obj_t
        service; // the Service instance; of a failed one, one that stands for it; MP_OBJ_NULL: it is absent
    mp_obj_t error; // why its import or its last load failed, an exception; MP_OBJ_NULL where neither did
    // When it was told to start and when it was up (a core service: had ended) the first time, since the
    // modules were first imported; 0: not yet
    uint32_t started_ms, up_ms;
    qstr_short_t module; // the module's full name, e.g. "aioservices.services.hello_service"
    asvc_id_t id, prev, next;
    bool loaded; // a load was tried: it is in the first of the two lists
    bool loading : 1; // a load of it is under way
    uint8_t configured : 2; // asvc_configured_t: what services.config said of it when it was read last
    uint16_t round; // in which what it names was read last: bind/service/names.h
} asvc_entry_t;

// Adds a service, at the end of those not loaded. The name must be free, or be that of an absent entry. May raise
// MemoryError, and then has changed nothing.
asvc_entry_t *asvc_registry_add(mp_obj_t name, mp_obj_t service, qstr module, mp_obj_t error);
// The entry of that name (with or without ".service"), or NULL. Raises TypeError where name is no str.
asvc_entry_t *asvc_registry_find(mp_obj_t name);
// The same, absent ones included; an absent one is made where there is none. name: without ".service". Raises
// MemoryError.
asvc_entry_t *asvc_registry_name(mp_obj_t name);
// The service whose main task, or a further instance of it, the task is, or NULL.
asvc_entry_t *asvc_registry_of_task(const asvc_task_t *task);
// That of a record of a service; NULL where a program added the main task itself.
asvc_entry_t *asvc_registry_of_record(asvc_id_t id);
// The record that a task to be added belongs to as an instance or a child, or ASVC_NO_ID.
// service: the Service that it is added for, or MP_OBJ_NULL.
asvc_id_t asvc_registry_parent(const asvc_task_t *task, mp_obj_t service);
// Moves the entry to the end of the loaded ones, unless it is among them already.
void asvc_registry_mark_loaded(asvc_entry_t *entry);
// The service is gone, the entry absent from now on. Allocates nothing.
void asvc_registry_remove(asvc_entry_t *entry);
// Forgets an absent entry, which nobody names any more. Allocates nothing.
void asvc_registry_drop(asvc_entry_t *entry);

// Iteration in print order: asvc_registry_first(), then ->next by asvc_registry_next(). An entry may
// be removed or marked once its successor was taken.
asvc_entry_t *asvc_registry_first(void);
asvc_entry_t *asvc_registry_next(asvc_entry_t *entry);
size_t asvc_registry_len(void);

// How far the services folder was gone through; kept here for bind/service/discover.c.
typedef enum { ASVC_UNDISCOVERED, ASVC_DISCOVERING, ASVC_DISCOVERED } asvc_discovery_t;
asvc_discovery_t *asvc_registry_discovery(void);

// asvc_service_attr() and asvc_service_attr_quiet() of the entry's service.
mp_obj_t asvc_entry_attr(asvc_entry_t *entry, qstr attr);
mp_obj_t asvc_entry_attr_quiet(asvc_entry_t *entry, qstr attr);
// The same as the first, but MP_OBJ_NULL where there is only the default of the class Service.
mp_obj_t asvc_entry_set_attr(asvc_entry_t *entry, qstr attr);
// Whether boot and init start it: as config has it, from asvc_config_index; what that says is remembered. MP_OBJ_NULL: it is
// left out. Where it says nothing, as `otherwise` has it.
bool asvc_entry_enabled(asvc_entry_t *entry, mp_obj_t config, bool otherwise);

// Where the service was found, "?" where its `path` is no str. Belongs to the service.
const char *asvc_entry_path(asvc_entry_t *entry);
// Whether the service's type is that str, e.g. "core.service".
bool asvc_entry_is_type(asvc_entry_t *entry, const char *type);
bool asvc_entry_is_core(asvc_entry_t *entry);

#endif
