// Complaints about services.config: lines "[ ERROR ] services.config: ...".
#ifndef ASVC_BIND_CONFIG_SAY_H
#define ASVC_BIND_CONFIG_SAY_H

#include "py/obj.h"

#include "core/config.h"

// Starts the line. Raises MemoryError, as all that adds to a line does.
void asvc_config_error(vstr_t *line);

// Adds the type of obj with its article: "a list", "an object".
void asvc_config_add_type(vstr_t *line, mp_obj_t obj);

// Says line, unless it was said in this run already: services.config is read often, and what is wrong
// with it stays. Raises MemoryError.
void asvc_config_say_once(vstr_t *line);

// Says line and answers false, as whatever is refused is answered.
bool asvc_config_refuse(vstr_t *line);

// Forgets what was said. Answers how many lines that were.
#if ASVC_CONFIG
size_t asvc_config_forget_said(void);
#else
static inline size_t asvc_config_forget_said(void) {
    return 0;
}
#endif

#endif
