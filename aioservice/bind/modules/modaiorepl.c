// The module aiorepl, where none is installed: it hands out the REPL frozen as aioservice_repl.
//
// Registered as extensible, so that an aiorepl found on sys.path (micropython-lib's, or one's own) is
// imported instead.
#include "py/runtime.h"

#include "core/config.h"

#if ASVC_REPL

static const mp_rom_map_elem_t aiorepl_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_aiorepl) },
};
static MP_DEFINE_CONST_DICT(aiorepl_globals, aiorepl_globals_table);

const mp_obj_module_t asvc_module_aiorepl = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&aiorepl_globals,
};
MP_REGISTER_EXTENSIBLE_MODULE(MP_QSTR_aiorepl, asvc_module_aiorepl);

// Called by name from MicroPython's table of modules.
void asvc_aiorepl_attr(mp_obj_t module, qstr attr, mp_obj_t *dest);

void asvc_aiorepl_attr(mp_obj_t module, qstr attr, mp_obj_t *dest) {
    (void)module;
    if (dest[0] == MP_OBJ_NULL && attr == MP_QSTR_task) {
        mp_obj_t repl = mp_import_name(MP_QSTR_aioservice_repl, mp_const_none, MP_OBJ_NEW_SMALL_INT(0));
        dest[0] = mp_load_attr(repl, MP_QSTR_task);
    }
}
MP_REGISTER_MODULE_DELEGATION(asvc_module_aiorepl, asvc_aiorepl_attr);

#endif
