// A service's own logger: what add_logger(..., service_logger=True) puts into `self.log`.
//
// It puts [NAME.service], or [NAME.service.CHILD] where a call names cname=, before each line, has a
// level of its own, and hands the lines on to the logger it was made with.
#ifndef ASVC_BIND_SERVICE_LOGGER_H
#define ASVC_BIND_SERVICE_LOGGER_H

#include "py/obj.h"

// Service.add_logger(log, level="INFO", service_logger=None)
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_service_add_logger_obj);

#endif
