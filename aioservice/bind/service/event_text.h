// The texts of events: made when somebody reads them.
#ifndef ASVC_SERVICE_EVENT_TEXT_H
#define ASVC_SERVICE_EVENT_TEXT_H

#include "bind/base/event.h"

// Whether it is told as how something went, as "[ OK ] TEXT" or "[ ERROR ] TEXT"; else as "[aioservice] TEXT".
bool asvc_event_is_outcome(const asvc_event_t *event);

// Appends what has happened, a sentence with the service's name and, where it is about its file, that: "Service: web.service
// from ./aioservices/services/web_service.py failed: Error: OSError: 5, will be restarted". Raises MemoryError.
void asvc_event_add_text(vstr_t *line, const asvc_event_t *event);

// Why a waiting service waits, in a word: "schedule", "requires" ...; MP_OBJ_NULL where it does not wait.
mp_obj_t asvc_why_name(asvc_why_t why);

// The name of a child, without that of its service, of its task's; MP_OBJ_NULL where the task is no child of that service.
mp_obj_t asvc_child_name(mp_obj_t service, mp_obj_t task_name);

// The name of the child, without its service's; MP_OBJ_NULL where it is about none.
mp_obj_t asvc_event_child(const asvc_event_t *event);

#endif
