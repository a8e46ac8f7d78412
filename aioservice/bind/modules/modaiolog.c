// The module aiolog: a log kept in RAM, and a logger for programs that have no `logging`.

#include "py/runtime.h"

#include "bind/log/log_stream.h"
#include "bind/log/logger.h"
#include "bind/modules/init.h"
#include "core/config.h"

#if ASVC_LOG

// streamlog is made when it is first asked for, so that importing aiolog takes no RAM. It can be
// assigned to, which is how a program gets a larger one: aiolog.streamlog = AioStream(8000).
void asvc_aiolog_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    (void)self_in;
    if (attr != MP_QSTR_streamlog) {
        return;
    }
    if (dest[0] == MP_OBJ_NULL) {
        dest[0] = asvc_streamlog();
    } else if (dest[1] != MP_OBJ_NULL) {
        asvc_stream_check(dest[1], "streamlog");
        asvc_streamlog_set(dest[1]);
        dest[0] = MP_OBJ_NULL; // stored
    }
}

static const mp_rom_map_elem_t aiolog_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_aiolog) },
    { MP_ROM_QSTR(MP_QSTR___init__), MP_ROM_PTR(&asvc_state_init_obj) },
    { MP_ROM_QSTR(MP_QSTR_AioStream), MP_ROM_PTR(&asvc_type_log_stream) },
    { MP_ROM_QSTR(MP_QSTR_Logger), MP_ROM_PTR(&asvc_type_logger) },
    { MP_ROM_QSTR(MP_QSTR_getLogger), MP_ROM_PTR(&asvc_get_logger_obj) },
    { MP_ROM_QSTR(MP_QSTR_NOTSET), MP_ROM_INT(ASVC_LEVEL_NOTSET) },
    { MP_ROM_QSTR(MP_QSTR_DEBUG), MP_ROM_INT(ASVC_LEVEL_DEBUG) },
    { MP_ROM_QSTR(MP_QSTR_INFO), MP_ROM_INT(ASVC_LEVEL_INFO) },
    { MP_ROM_QSTR(MP_QSTR_WARNING), MP_ROM_INT(ASVC_LEVEL_WARNING) },
    { MP_ROM_QSTR(MP_QSTR_ERROR), MP_ROM_INT(ASVC_LEVEL_ERROR) },
    { MP_ROM_QSTR(MP_QSTR_CRITICAL), MP_ROM_INT(ASVC_LEVEL_CRITICAL) },
};
static MP_DEFINE_CONST_DICT(aiolog_globals, aiolog_globals_table);

const mp_obj_module_t asvc_module_aiolog = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&aiolog_globals,
};

MP_REGISTER_MODULE(MP_QSTR_aiolog, asvc_module_aiolog);
MP_REGISTER_MODULE_DELEGATION(asvc_module_aiolog, asvc_aiolog_attr);

#endif
