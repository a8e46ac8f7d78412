// The table of services: what was found, what was loaded, and in which order.
//
// Services print in load order: first those that were loaded, in the order in which they were, then
// the rest in the order in which they were found.
#ifndef ASVC_SERVICE_REGISTRY_H
#define ASVC_SERVICE_REGISTRY_H

#include "py/obj.h"

typedef struct _asvc_entry_t {
    mp_obj_t name; // str: the service's name, without ".service"
    mp_obj_t task_name; // str: its main task's, "NAME.service", interned as it is looked up often
    mp_obj_t service; // the Service instance; of a failed one, one that stands for it
    mp_obj_t error; // why it is not loaded: an exception, or a str; MP_OBJ_NULL where all is well
    mp_obj_t module; // str: the module's name in its package, e.g. "hello_service"
    struct _asvc_entry_t *prev, *next;
    // what it requires and comes after since its load, a tuple of two tuples, or None: bind/service/edges.c
    mp_obj_t names;
    bool removed; // unloaded: in no list any more; somebody may still hold it
    bool loaded; // a load was tried: it is in the first of the two lists
    bool wanted; // its user wants it up: it was loaded or started, and not stopped since
    bool loading; // a load of it is under way
    bool restarting; // it is to end and to start again: until it has ended it counts as not wanted
    bool unloading; // it is unloaded when what requires it has ended: bind/service/load.c
    bool refused; // error tells what it requires and what failed; it is started when that is up
    bool
        related; // it requires or comes after others, or others require it or come after it: bind/service/edges.c
    bool lacks; // it requires one that is not there, as it was unloaded: bind/service/edges.c
    uint32_t unit; // its number there
    uint32_t node; // in the boot that has it: bind/supervise/boot.c
    // When it was told to start and when it was up (a core service: had ended) the first time, since the
    // modules were first imported; 0: not yet
    uint32_t started_ms, up_ms;
} asvc_entry_t;

// Adds an entry, at the end of those not loaded. The name must be free. May raise MemoryError, and
// then has changed nothing.
asvc_entry_t *asvc_registry_add(mp_obj_t name, mp_obj_t service, mp_obj_t module, mp_obj_t error);
// The entry of that name (with or without ".service"), or NULL. Raises TypeError where name is no str.
asvc_entry_t *asvc_registry_find(mp_obj_t name);
// The one whose main task, or a further instance of it, the task is, or NULL.
struct _asvc_task_t;
asvc_entry_t *asvc_registry_of_task(struct _asvc_task_t *task);
// Nothing is known against the entry any more that was so only because of what it requires.
void asvc_registry_clear_refusal(asvc_entry_t *entry);
// Moves the entry to the end of the loaded ones, unless it is among them already.
void asvc_registry_mark_loaded(asvc_entry_t *entry);
void asvc_registry_remove(asvc_entry_t *entry);

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
// Where the service was found, "?" where its `path` is no str. Belongs to the service.
const char *asvc_entry_path(asvc_entry_t *entry);
// Whether the service's type is that str, e.g. "core.service".
bool asvc_entry_is_type(asvc_entry_t *entry, const char *type);
bool asvc_entry_is_core(asvc_entry_t *entry);

#endif
