// Service.add_logger: what a service writes its log with.
#ifndef ASVC_LOG_SERVICE_LOGGER_H
#define ASVC_LOG_SERVICE_LOGGER_H

#include "py/obj.h"

// Service.add_logger(log, level="INFO", service_logger=None)
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_service_add_logger_obj);

#endif
