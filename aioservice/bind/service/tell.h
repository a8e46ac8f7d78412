// Telling what happens to services: puts an event about a record (bind/base/event.h).
#ifndef ASVC_SERVICE_TELL_H
#define ASVC_SERVICE_TELL_H

#include "bind/base/event.h"

// Its view is about a record: it says something.
#define ASVC_EVENT_OF_RECORD (1 << 15)

// Puts an event about a service, a further instance or a child of it; nothing of other tasks. Its state and all that goes
// with it are those of now. what, number: what the kind's text tells of; MP_OBJ_NULL and 0: nothing. how: ASVC_EVENT_...
// Allocates nothing but the ring.
void asvc_tell_as(asvc_event_kind_t kind, asvc_id_t id, mp_obj_t what, uint32_t number, unsigned how);
void asvc_tell(asvc_event_kind_t kind, asvc_id_t id, mp_obj_t what, uint32_t number);
// One about no record: of the service of that name, or of none. how: ASVC_EVENT_...
void asvc_tell_name(asvc_event_kind_t kind, mp_obj_t service, mp_obj_t what, uint32_t number);

// The same for what only listeners want to know: nothing where there can be none.
static inline void asvc_note(asvc_event_kind_t kind, asvc_id_t id, mp_obj_t what, uint32_t number) {
    if (ASVC_EVENTS) {
        asvc_tell(kind, id, what, number);
    }
}

// A task's result, as an event may keep it: what holds no more than itself. MP_OBJ_NULL in place of others and of None.
mp_obj_t asvc_tell_result(mp_obj_t result);

#endif
