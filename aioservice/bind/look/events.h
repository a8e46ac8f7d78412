// Events as Python and people get them: lines on stdout, lines in the log, dicts.
#ifndef ASVC_LOOK_EVENTS_H
#define ASVC_LOOK_EVENTS_H

#include "bind/base/event.h"

// Tells one event, in this order: a line on stdout, where its level or its `how` asks for it and quiet() does not forbid it;
// a line in the log; who waits in follow(); the function of on_event(). What the function raises is said once for each
// function. May raise MemoryError.
void asvc_events_tell_one(const asvc_event_t *event);

// An exception as events and the snapshot show it: {"type": "OSError", "text": "5", "where": "web_service.py:12"}, where None
// for one that did not come from Python code. Of anything else its text, with type and where None. Raises MemoryError.
mp_obj_t asvc_error_dict(mp_obj_t error);

// Unix seconds of a moment by asvc_now_ms(); -1 where the clock is not set.
int64_t asvc_unix_s(int64_t at_ms);
// The same, an int or None.
mp_obj_t asvc_unix_time(int64_t at_ms);

// aioservice.quiet(on=True), set_logger(logger)
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_quiet_obj);
MP_DECLARE_CONST_FUN_OBJ_1(asvc_set_logger_obj);
#if ASVC_EVENTS
// aioservice.events(n=None), follow(), on_event(fun)
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_events_obj);
MP_DECLARE_CONST_FUN_OBJ_0(asvc_events_follow_obj);
MP_DECLARE_CONST_FUN_OBJ_1(asvc_on_event_obj);
#endif

#endif
