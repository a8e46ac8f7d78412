// The module aioschedule: what runs when.
//
// The contract of each function stands in docs/reference/aioschedule.md and aioschedule.pyi.
#include "py/runtime.h"

#include "bind/raise.h"
#include "bind/schedule_loop.h"
#include "bind/state.h"

// schedule(name, start_in=, repeat=)
static mp_obj_t aioschedule_schedule(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    enum { ARG_name, ARG_start_in, ARG_repeat };
    static const mp_arg_t allowed[] = {
        { MP_QSTR_name, MP_ARG_REQUIRED | MP_ARG_OBJ, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_start_in, MP_ARG_KW_ONLY | MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
        { MP_QSTR_repeat, MP_ARG_KW_ONLY | MP_ARG_OBJ, { .u_rom_obj = MP_ROM_FALSE } },
    };
    mp_arg_val_t arg[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all(n_args, args, kwargs, MP_ARRAY_SIZE(allowed), allowed, arg);
    asvc_get_str(arg[ARG_name].u_obj, "schedule: name", NULL);
    mp_obj_t options = mp_obj_new_dict(2);
    if (arg[ARG_start_in].u_obj != mp_const_none) {
        mp_obj_dict_store(options, MP_OBJ_NEW_QSTR(MP_QSTR_start_in), arg[ARG_start_in].u_obj);
    }
    mp_obj_dict_store(options, MP_OBJ_NEW_QSTR(MP_QSTR_repeat), arg[ARG_repeat].u_obj);
    asvc_schedule_set(arg[ARG_name].u_obj, options);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioschedule_schedule_obj, 0, aioschedule_schedule);

static mp_obj_t aioschedule_unschedule(mp_obj_t name) {
    asvc_get_str(name, "unschedule: name", NULL);
    return mp_obj_new_bool(asvc_schedule_remove_name(name) != MP_OBJ_NULL);
}
static MP_DEFINE_CONST_FUN_OBJ_1(aioschedule_unschedule_obj, aioschedule_unschedule);

static mp_obj_t aioschedule_group(void) {
    return asvc_schedule_group();
}
static MP_DEFINE_CONST_FUN_OBJ_0(aioschedule_group_obj, aioschedule_group);

static const mp_rom_map_elem_t aioschedule_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_aioschedule) },
    { MP_ROM_QSTR(MP_QSTR___init__), MP_ROM_PTR(&asvc_state_init_obj) },
    { MP_ROM_QSTR(MP_QSTR_schedule), MP_ROM_PTR(&aioschedule_schedule_obj) },
    { MP_ROM_QSTR(MP_QSTR_unschedule), MP_ROM_PTR(&aioschedule_unschedule_obj) },
    { MP_ROM_QSTR(MP_QSTR_group), MP_ROM_PTR(&aioschedule_group_obj) },
    { MP_ROM_QSTR(MP_QSTR_schedule_loop), MP_ROM_PTR(&asvc_type_schedule_loop) },
};
static MP_DEFINE_CONST_DICT(aioschedule_globals, aioschedule_globals_table);

const mp_obj_module_t asvc_module_aioschedule = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&aioschedule_globals,
};
MP_REGISTER_MODULE(MP_QSTR_aioschedule, asvc_module_aioschedule);
