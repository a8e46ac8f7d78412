#include "bind/look/failures.h"

#include "py/objlist.h"
#include "py/objstr.h"
#include "py/objtuple.h"
#include "py/runtime.h"

#include "bind/base/clock.h"
#include "bind/task/group.h"
#include "bind/service/load.h"
#include "bind/base/raise.h"
#include "bind/look/status.h"
#include "bind/service/registry.h"
#include "bind/base/say.h"
#include "bind/base/state.h"
#include "core/config.h"

#if ASVC_SUPERVISION

// A failure is a tuple of these.
enum { NAME, WHEN_DS, TEXT, N_PARTS };

static mp_obj_list_t *all_failures(void) {
    asvc_root_t *root = asvc_root();
    if (root->failures == MP_OBJ_NULL) {
        root->failures = mp_obj_new_list(0, NULL);
    }
    return MP_OBJ_TO_PTR(root->failures);
}

static const mp_obj_t *parts_of(mp_obj_t failure) {
    const mp_obj_tuple_t *tuple = MP_OBJ_TO_PTR(failure);
    return tuple->items;
}

static mp_obj_t text_of(mp_obj_t exc) {
    vstr_t text;
    vstr_init(&text, 120);
    if (mp_obj_is_exception_instance(exc)) {
        asvc_add_exception_text(&text, exc);
    } else {
        asvc_addf(&text, "%o\n", exc); // what on_error answered
    }
    static const char cut[] = "...[cut]\n";
    if (text.len > ASVC_FAILURE_TEXT_MAX) {
        asvc_cut(&text, ASVC_FAILURE_TEXT_MAX - (sizeof(cut) - 1));
        vstr_add_str(&text, cut);
    }
    return asvc_str_of(&text);
}

void asvc_failures_add(mp_obj_t name, int64_t at_ms, mp_obj_t exc) {
    mp_obj_t failure[N_PARTS] = {
        [NAME] = name,
        [WHEN_DS] = mp_obj_new_int_from_uint(asvc_ms_as_ds(at_ms)),
        [TEXT] = text_of(exc),
    };
    mp_obj_list_t *list = all_failures();
    mp_obj_list_append(MP_OBJ_FROM_PTR(list), mp_obj_new_tuple(N_PARTS, failure));
    if (list->len > ASVC_FAILURES) {
        mp_obj_list_remove(MP_OBJ_FROM_PTR(list), list->items[0]);
    }
}

void asvc_failures_add_latest(vstr_t *text, asvc_entry_t *entry) {
    asvc_task_t *task = asvc_main_task(entry);
    bool failed = entry->error == MP_OBJ_NULL && task != NULL && asvc_task_state(task) == ASVC_FAILED;
    const mp_obj_list_t *list = all_failures();
    for (size_t i = list->len; failed && i > 0; i--) {
        const mp_obj_t *part = parts_of(list->items[i - 1]);
        if (mp_obj_equal(part[NAME], task->name)) {
            asvc_addf(text, "%o: Traceback\n%n", entry->name, part[TEXT]);
            return;
        }
    }
}

static void add_all(vstr_t *text, mp_obj_t name) {
    const mp_obj_list_t *list = all_failures();
    for (size_t i = 0; i < list->len; i++) {
        const mp_obj_t *part = parts_of(list->items[i]);
        if (name == mp_const_none || asvc_is_of_service(part[NAME], name)) {
            asvc_add_date(text, "", asvc_ds_as_ms((uint32_t)mp_obj_get_int_truncated(part[WHEN_DS])));
            asvc_addf(text, " %o\n%n", part[NAME], part[TEXT]);
        }
    }
}

static mp_obj_t failures(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    return asvc_answer_text(n_args, args, kwargs, add_all);
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_failures_obj, 0, failures);

#endif
