// Why a service is not up, in words: the only place where these texts are made.
#ifndef ASVC_SERVICE_WHY_H
#define ASVC_SERVICE_WHY_H

#include "bind/service/registry.h"
#include "core/config.h"

// "Error: ValueError: text", a str: the class of an exception and what it says. Of an ArithmeticError, and of one without a
// text, the class alone, as the document shows it; of a ServiceException, and of what is no exception, the text alone. Behind
// that of a SyntaxError stands where it is: "at FILE:LINE".
mp_obj_t asvc_why_error(mp_obj_t error);

// Why a service that was refused cannot be started: "dependency failed: net", "requirement \"net\" not found" and the like;
// a str. MP_OBJ_NULL where it was not refused.
mp_obj_t asvc_why_refused(const asvc_entry_t *entry);

// Why a core service cannot require another one.
extern const char asvc_why_no_core[];

// Why nothing can have that one, as an error of what requires it.
mp_obj_t asvc_why_lost(asvc_entry_t *other);

// "dependency cycle: a -> b -> a", a str. circle: the records on it; first: the place of the one to begin with.
mp_obj_t asvc_why_circle(const asvc_id_t *circle, size_t len, size_t first);

// What it waits for: "net, disk". Appended to line.
void asvc_why_waits(vstr_t *line, const asvc_entry_t *entry);

#endif
