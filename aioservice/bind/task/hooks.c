#include "bind/task/hooks.h"

#include <string.h>

#include "py/runtime.h"

#include "bind/base/is.h"
#include "bind/base/say.h"
#include "bind/base/service_attr.h"

#if ASVC_SUPERVISION

// The value given to add() as on_stop or on_error, or MP_OBJ_NULL.
static mp_obj_t given_hook(asvc_task_t *self, qstr name) {
    const mp_obj_t *pair = self->arg + self->n_args + 2 * self->n_kw;
    for (size_t i = 0; i < self->n_hooks; i++, pair += 2) {
        if (asvc_is_key(pair[0], name)) {
            return pair[1];
        }
    }
    return MP_OBJ_NULL;
}

// Looks for the hook among the arguments, then among the methods of the service whose main task
// this is.
static mp_obj_t find_hook(asvc_task_t *self, qstr name) {
    mp_obj_t hook = given_hook(self, name);
    if (hook == MP_OBJ_NULL && asvc_task_is_main(self)) {
        mp_obj_t service = asvc_task_service(self);
        if (asvc_service_set_attr(service, name) != MP_OBJ_NULL) { // a quick look: few services have one
            hook = mp_load_attr(service, name);
        }
    }
    return hook;
}

static mp_obj_t call(asvc_task_t *self, mp_obj_t hook, mp_obj_t exc) {
    if (exc == MP_OBJ_NULL) {
        return mp_call_function_n_kw(hook, self->n_args, self->n_kw, self->arg);
    }
    size_t n = (size_t)self->n_args + 2 * self->n_kw;
    mp_obj_t args[n + 1]; // on the stack, 400 at most: hooks act without memory, too
    args[0] = exc;
    memcpy(args + 1, self->arg, n * sizeof(mp_obj_t));
    return mp_call_function_n_kw(hook, (size_t)self->n_args + 1, self->n_kw, args);
}

mp_obj_t asvc_hooks_call(asvc_task_t *self, mp_obj_t exc) {
    qstr name = exc == MP_OBJ_NULL ? MP_QSTR_on_stop : MP_QSTR_on_error;
    mp_obj_t hook = find_hook(self, name);
    if (hook == MP_OBJ_NULL || hook == mp_const_none) {
        return asvc_or_none(exc);
    }
    if (!mp_obj_is_callable(hook)) {
        return hook;
    }
    mp_obj_t result = call(self, hook, exc);
    if (mp_obj_is_type(result, &mp_type_gen_instance)) { // of an async function, which has run nothing yet
        asvc_sayf("%k%o: %q is async and does not run: hooks are plain functions", false, self->name, name);
        return mp_const_none;
    }
    return result;
}

#endif
