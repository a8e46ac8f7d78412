// Changing services.config, and asking what stands there: config() and its relatives. What is given is checked as a load
// of the service would.
#ifndef ASVC_SERVICE_CONFIGURE_H
#define ASVC_SERVICE_CONFIGURE_H

#include "py/obj.h"

// aioservice.config(name, enabled, *args, **kwargs), enable(name), disable(name), get_config(name=None)
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_config_obj);
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_enable_obj);
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_disable_obj);
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_get_config_obj);

#endif
