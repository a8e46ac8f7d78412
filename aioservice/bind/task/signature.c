#include "bind/task/signature.h"

#include "py/bc.h"
#include "py/objfun.h"

#include "bind/task/function.h"
#include "core/config.h"

#if ASVC_LOG || ASVC_BOOT || ASVC_SUPERVISION

// The start of the function's prelude, or NULL where fun is no Python function.
static const byte *prelude_of(mp_obj_t fun) {
    const mp_obj_type_t *type = mp_obj_get_type(fun);
    const mp_obj_fun_bc_t *self = MP_OBJ_TO_PTR(fun);
    if (type == &mp_type_fun_bc || type == &mp_type_gen_wrap) {
        return self->bytecode;
    }
#if MICROPY_EMIT_NATIVE
    if (type == &mp_type_fun_native || type == &mp_type_native_gen_wrap) {
        return mp_obj_fun_native_get_prelude_ptr(self);
    }
#endif
    return NULL;
}

// The argument of that name or, where name is MP_QSTRnull, the positional one at *at. Its name, MP_QSTRnull where there is
// none, goes to *found.
static asvc_arg_t look_up(mp_obj_t fun, qstr name, size_t at, qstr *found) {
    fun = asvc_function_of(fun);
    const byte *ip = prelude_of(fun);
    *found = MP_QSTRnull;
    if (ip == NULL) {
        return ASVC_ARG_OPTIONAL;
    }
#if MICROPY_EMIT_BYTECODE_USES_QSTR_TABLE
    const mp_obj_fun_bc_t *self = MP_OBJ_TO_PTR(fun);
#endif
    // The format is py/bc.h's: signature, sizes, the function's own name, the arguments' names.
    MP_BC_PRELUDE_SIG_DECODE(ip);
    MP_BC_PRELUDE_SIZE_DECODE(ip);
    (void)n_state;
    (void)n_exc_stack;
    (void)n_info;
    (void)n_cell;
    ip = mp_decode_uint_skip(ip);
    for (size_t i = 0; i < n_pos_args + n_kwonly_args; i++) {
        qstr arg = mp_decode_uint(&ip);
#if MICROPY_EMIT_BYTECODE_USES_QSTR_TABLE
        arg = self->context->constants.qstr_table[arg];
#endif
        if (name == MP_QSTRnull ? i == at : arg == name) {
            *found = arg;
            // Defaults of keyword-only arguments are made at run time: take them for granted.
            bool has_default = i >= n_pos_args || i >= n_pos_args - n_def_pos_args;
            return has_default ? ASVC_ARG_OPTIONAL : ASVC_ARG_REQUIRED;
        }
    }
    return (scope_flags & MP_SCOPE_FLAG_VARKEYWORDS) ? ASVC_ARG_OPTIONAL : ASVC_ARG_REFUSED;
}

asvc_arg_t asvc_signature_arg(mp_obj_t fun, qstr name) {
    qstr found;
    return look_up(fun, name, 0, &found);
}

qstr asvc_signature_required(mp_obj_t fun, size_t at) {
    qstr found;
    return look_up(fun, MP_QSTRnull, at, &found) == ASVC_ARG_REQUIRED ? found : MP_QSTRnull;
}

#endif
