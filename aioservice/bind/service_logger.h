// A service's own logger: what add_logger(..., service_logger=True) puts into `self.log`.
//
// It puts [NAME.service], or [NAME.service.CHILD] where a call names cname=, before each line, has a
// level of its own, and hands the lines on to the logger it was made with.
#ifndef ASVC_BIND_SERVICE_LOGGER_H
#define ASVC_BIND_SERVICE_LOGGER_H

#include "bind/logger.h"

// The Python class ServiceLogger. Service.add_logger makes its instances.
extern const mp_obj_type_t asvc_type_service_logger;

// Does what its method of that name does with the message and its arguments. kwargs: `cname`, the name of a child;
// `exc_info`. Raises what the logger it hands the line to raises.
void asvc_service_logger_log(
    asvc_logger_t *self, mp_int_t level, qstr method, size_t n_args, const mp_obj_t *args, mp_map_t *kwargs);

// Service.add_logger(log, level="INFO", service_logger=None)
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_service_add_logger_obj);

#endif
