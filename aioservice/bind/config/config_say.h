// What is wrong with services.config, told once in a run of the program; all of it again by each verify().
#ifndef ASVC_BIND_CONFIG_SAY_H
#define ASVC_BIND_CONFIG_SAY_H

#include "py/obj.h"

#include "bind/base/event.h"
#include "core/config.h"

// Puts a text as an event of that kind, unless this run has done so already: services.config is read often, and what is
// wrong with it stays. The caller has it told, asvc_events_tell(). service: whose entry it is about, a str, or MP_OBJ_NULL. While verify() is under way the text is a
// line "[ ERROR ] TEXT" of its own, once, and is counted. Raises MemoryError.
void asvc_config_tell(asvc_event_kind_t kind, mp_obj_t service, mp_obj_t text);

// Forgets that a text was told, a str or MP_OBJ_NULL: it will be told again.
void asvc_config_forget(mp_obj_t text);

// Tells "services.config: ..." with a text made like asvc_addf has it, a config_broken event. Raises MemoryError.
void asvc_config_complain(const char *fmt, ...);

// Says "[ ERROR ] services.config: ..." to who has just asked for something, and answers false, as whatever is refused is
// answered. Raises MemoryError.
bool asvc_config_refuse(const char *fmt, ...);

// The type of obj with its article, a str: "a list", "an object". Raises MemoryError.
mp_obj_t asvc_config_type(mp_obj_t obj);

// A new list of the texts of the kind config_unknown that the latest look (bind/service/check.h) has found, whether they were
// told then or before. Raises MemoryError.
mp_obj_t asvc_config_unknown(void);

#endif
