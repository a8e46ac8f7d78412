// Finding services and importing them.
//
// They are looked for in ./aioservices/services, then in a frozen package of that name: files
// NAME_service.py and NAME_service.mpy. What services.config disables is not imported.
// Each becomes a submodule of aioservices.services, a package that is made here and not
// read from disk, so that an __init__.py lying there (asyncmd's imports all services by itself) is
// never run, and no name of a service can hide another module.
#ifndef ASVC_SERVICE_DISCOVER_H
#define ASVC_SERVICE_DISCOVER_H

#include "bind/service/registry.h"

// Goes through the folders, the first time it is called, and fills the registry: in the order in
// which services.config names the services, then by name. A service whose import fails is entered
// with its error. KeyboardInterrupt and SystemExit are raised on, and the next call tries again.
void asvc_discover(void);

// The entry of that name or, whatever name its service gave itself, of the file NAME_service; NULL where none is known.
// Goes through the folders as asvc_discover does.
asvc_entry_t *asvc_discover_known(mp_obj_t name);

// The entry of that name: known already, or found in the folders and imported now (whatever
// services.config says of it). NULL where there is no such file.
asvc_entry_t *asvc_discover_one(mp_obj_t name);

// The same, but NULL where services.config disables the service and it is not known.
asvc_entry_t *asvc_discover_enabled(mp_obj_t name);

// Forgets the entry and its module, so that the next load reads the file anew.
void asvc_discover_forget(asvc_entry_t *entry);

// Whether there is a file of that (plain) name. Looks through the folders.
bool asvc_discover_has_file(mp_obj_t name);

// What stops a (plain) name from being found: a text for people, "is disabled in services.config", "was unloaded", or
// one that begins with ASVC_NOT_FOUND. The collector must be able to see the pointer while it is used. Raises
// MemoryError.
#define ASVC_NOT_FOUND "not found"
const char *asvc_discover_why_absent(mp_obj_t name);

#endif
