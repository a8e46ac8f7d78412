#include "bind/task/function.h"

#include "py/objmodule.h"
#include "py/runtime.h"

#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "bind/task/task.h"

typedef struct _asvc_function_t {
    mp_obj_base_t base;
    mp_obj_t fun;
} asvc_function_t;

mp_obj_t asvc_function_of(mp_obj_t fun) {
    if (mp_obj_is_type(fun, &asvc_type_function)) {
        asvc_function_t *self = MP_OBJ_TO_PTR(fun);
        return self->fun;
    }
    return fun;
}

#if ASVC_BOOT || ASVC_LOG || ASVC_SCHEDULE

// Functions in C do not know their names, but the modules that have them do: aioservice.boot, aioctl.follow ...
static mp_obj_t name_in_modules(mp_obj_t fun) {
    size_t at = 0;
    mp_map_elem_t *module;
    while ((module = asvc_map_next(&mp_builtin_module_map, &at)) != NULL) {
        const mp_map_t *globals = &((mp_obj_module_t *)MP_OBJ_TO_PTR(module->value))->globals->map;
        size_t i = 0;
        mp_map_elem_t *elem;
        while ((elem = asvc_map_next(globals, &i)) != NULL) {
            if (elem->value == fun) {
                return elem->key;
            }
        }
    }
    return MP_OBJ_NEW_QSTR(asvc_type_name(fun));
}

#else

static mp_obj_t name_in_modules(mp_obj_t fun) {
    return MP_OBJ_NEW_QSTR(asvc_type_name(fun));
}

#endif

mp_obj_t asvc_function_name(mp_obj_t fun) {
    fun = asvc_function_of(fun);
    mp_obj_t name[2];
    mp_load_method_maybe(fun, MP_QSTR___name__, name);
    return name[0] != MP_OBJ_NULL ? name[0] : name_in_modules(fun);
}

static mp_obj_t aiotask(mp_obj_t fun) {
    if (mp_obj_is_type(fun, &asvc_type_function)) {
        return fun;
    }
    if (!mp_obj_is_callable(fun)) {
        asvc_raise(&mp_type_TypeError, "aiotask: expected an async function, got %t", fun);
    }
    asvc_function_t *self = mp_obj_malloc(asvc_function_t, &asvc_type_function);
    self->fun = fun;
    return MP_OBJ_FROM_PTR(self);
}
MP_DEFINE_CONST_FUN_OBJ_1(asvc_aiotask_obj, aiotask);

// `await self.step(...)`: called by hand, a decorated function is what it decorates.
static mp_obj_t function_call(mp_obj_t self_in, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    return mp_call_function_n_kw(asvc_function_of(self_in), n_args, n_kw, args);
}

static void function_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    if (dest[0] == MP_OBJ_NULL) {
        mp_load_method_maybe(asvc_function_of(self_in), attr, dest);
    }
}

#if ASVC_RECORD
static void function_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    (void)kind;
    mp_print_str(print, "<aiotask ");
    mp_obj_print_helper(print, asvc_function_of(self_in), PRINT_REPR);
    mp_print_str(print, ">");
}
#endif

#if ASVC_ASYNCMD

// asyncmd's is a pair of function and name, which its programs take apart.
static mp_obj_t as_pair(mp_obj_t self_in) {
    mp_obj_t item[2] = { asvc_function_of(self_in), asvc_function_name(self_in) };
    return mp_obj_new_tuple(2, item);
}

static mp_obj_t function_subscr(mp_obj_t self_in, mp_obj_t index, mp_obj_t value) {
    return value == MP_OBJ_SENTINEL ? mp_obj_subscr(as_pair(self_in), index, value) : MP_OBJ_NULL;
}

static mp_obj_t function_unary_op(mp_unary_op_t op, mp_obj_t self_in) {
    if (op == MP_UNARY_OP_LEN) {
        return MP_OBJ_NEW_SMALL_INT(2);
    }
    return op == MP_UNARY_OP_HASH ? MP_OBJ_NEW_SMALL_INT((mp_uint_t)self_in)
                                  : MP_OBJ_NULL; // as of what has no such slot
}

static mp_obj_t function_iter(mp_obj_t self_in, mp_obj_iter_buf_t *buf) {
    return mp_getiter(as_pair(self_in), buf);
}

#define AS_PAIR , subscr, function_subscr, unary_op, function_unary_op, iter, function_iter
#else
#define AS_PAIR
#endif

// No MP_TYPE_FLAG_BINDS_SELF: a decorated method is handed out unbound, whoever adds it passes the
// service.
MP_DEFINE_CONST_OBJ_TYPE(asvc_type_function, MP_QSTR_aiotask, MP_TYPE_FLAG_NONE, call, function_call, attr,
    function_attr AS_PAIR ASVC_PRINT(function_print));
