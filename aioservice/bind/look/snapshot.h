// aioservice.snapshot: all that is known of each service, as plain data.
//
// What stands in it, with types and units: docs/reference/snapshot.md. Its keys are kept from release to release.
#ifndef ASVC_LOOK_SNAPSHOT_H
#define ASVC_LOOK_SNAPSHOT_H

#include "py/obj.h"

#include "core/config.h"

#if ASVC_SNAPSHOT

// aioservice.snapshot(name=None): a dict that json.dumps() takes, whatever services hold and do: of all, or of the service of
// that name, with its traceback; None where there is none. Raises MemoryError; TypeError where name is neither a str nor
// None.
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_snapshot_obj);

#endif

#endif
