// Complaints about services.config: lines "[ ERROR ] services.config: ...".
#ifndef ASVC_BIND_CONFIG_SAY_H
#define ASVC_BIND_CONFIG_SAY_H

#include "py/obj.h"

#include "core/config.h"

// Says "[ ERROR ] services.config: ..." with a text made like asvc_addf has it, unless that was said in this run
// already: services.config is read often, and what is wrong with it stays. Raises MemoryError.
void asvc_config_complain(const char *fmt, ...);

// Says it in any case, and answers false, as whatever is refused is answered. Raises MemoryError.
bool asvc_config_refuse(const char *fmt, ...);

// The type of obj with its article, a str: "a list", "an object". Raises MemoryError.
mp_obj_t asvc_config_type(mp_obj_t obj);

// A new list of the texts of what nobody knows in services.config. Raises MemoryError.
mp_obj_t asvc_config_unknown(void);

// How many such lines there were, and forgetting them: they are said again then.
#if ASVC_CONFIG
size_t asvc_config_said(void);
void asvc_config_forget_said(void);
#else
static inline size_t asvc_config_said(void) {
    return 0;
}

static inline void asvc_config_forget_said(void) {
}
#endif

#endif
