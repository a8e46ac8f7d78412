// What a service asks for and this firmware was built without: it is not loaded, rather than run otherwise.
#ifndef ASVC_SERVICE_LEFT_OUT_H
#define ASVC_SERVICE_LEFT_OUT_H

#include "bind/service/registry.h"
#include "core/config.h"

#define ASVC_ANY_LEFT_OUT (!ASVC_SUPERVISION || !ASVC_SCHEDULE || !ASVC_BOOT)

#if ASVC_ANY_LEFT_OUT

// Raises ServiceException, with a text that says what and which feature it is of, where the service's type or an
// attribute of it needs one that was left out.
void asvc_left_out_check(asvc_entry_t *entry);

// Whether an attribute is of a feature that was left out: services.config sets it, so that the check sees it.
bool asvc_left_out_is_key(qstr attr);

#else

static inline void asvc_left_out_check(asvc_entry_t *entry) {
    (void)entry;
}

#endif

#endif
