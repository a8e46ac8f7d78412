// What is wrong with services.config and with attributes, as far as a look tells that costs nothing: nothing is imported,
// started or changed. boot and init tell it, and verify() does, with more that it finds.
#ifndef ASVC_SERVICE_CHECK_H
#define ASVC_SERVICE_CHECK_H

#include "py/obj.h"

#include "core/config.h"

// Tells, as asvc_config_tell() has it, of services.config: services that there are not and keys of entries that are unknown,
// each with the nearest one; a ${NAME} that is not defined. Of it and of services: what stands in kwargs and belongs beside
// them, or the other way round. Of services: attributes that are one slip away from one of supervision. config: of
// asvc_config_read(), or MP_OBJ_NULL: services alone are looked at. The services are known (asvc_discover). Takes time in
// proportion to what there is. Raises MemoryError.
void asvc_check(void *config);

// Which service may have been meant by that name, a str: ", did you mean \"NAME\"?", or "".
mp_obj_t asvc_check_hint(mp_obj_t name);

#endif
