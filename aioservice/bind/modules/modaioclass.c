// The module aioclass: the class Service, and the exception of services.
#include "py/runtime.h"

#include "bind/base/raise.h"
#include "bind/service/service_class.h"
#include "bind/modules/init.h"

static const mp_rom_map_elem_t aioclass_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_aioclass) },
    { MP_ROM_QSTR(MP_QSTR___init__), MP_ROM_PTR(&asvc_state_init_obj) },
    { MP_ROM_QSTR(MP_QSTR_ServiceException), MP_ROM_PTR(&mp_type_ServiceException) },
};
static MP_DEFINE_CONST_DICT(aioclass_globals, aioclass_globals_table);

const mp_obj_module_t asvc_module_aioclass = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&aioclass_globals,
};
MP_REGISTER_MODULE(MP_QSTR_aioclass, asvc_module_aioclass);

// Called by name from MicroPython's table of modules.
void asvc_aioclass_attr(mp_obj_t module, qstr attr, mp_obj_t *dest);

// The class is made at the first access: until then importing the module costs nothing.
void asvc_aioclass_attr(mp_obj_t module, qstr attr, mp_obj_t *dest) {
    (void)module;
    if (dest[0] == MP_OBJ_NULL && attr == MP_QSTR_Service) {
        dest[0] = asvc_service_class();
    }
}
MP_REGISTER_MODULE_DELEGATION(asvc_module_aioclass, asvc_aioclass_attr);
