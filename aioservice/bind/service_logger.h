// A service's own logger: what add_logger(..., service_logger=True) puts into `self.log`.
//
// It puts [NAME.service], or [NAME.service.CHILD] where a call names cname=, before each line, has a
// level of its own, and hands the lines on to the logger it was made with.
#ifndef ASVC_BIND_SERVICE_LOGGER_H
#define ASVC_BIND_SERVICE_LOGGER_H

#include "py/obj.h"

// logger: anything with logging's methods. name: the service's name. level: a name as in logging
// ("INFO") or its number; raises ValueError for another.
mp_obj_t asvc_service_logger_new(mp_obj_t logger, mp_obj_t name, mp_obj_t level);

#endif
