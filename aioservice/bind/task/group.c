#include "bind/task/group.h"

#include <string.h>

#include "py/objlist.h"
#include "py/objstr.h"
#include "py/runtime.h"

#include "bind/base/keep.h"
#include "bind/base/loop.h"
#include "bind/base/manager.h"
#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"
#include "bind/base/upward.h"
#include "bind/task/asyncmd_names.h"
#include "core/config.h"
#include "core/glob.h"
#include "core/task_name.h"

typedef struct _group_t {
    mp_obj_base_t base;
    mp_obj_t tasks; // dict
} group_t;

mp_obj_t asvc_group(void) {
    asvc_root_t *root = asvc_root();
    if (root->group == MP_OBJ_NULL) {
        group_t *self = mp_obj_malloc(group_t, &asvc_type_group);
        self->tasks = mp_obj_new_dict(0);
        root->group = MP_OBJ_FROM_PTR(self);
    }
    return root->group;
}

void asvc_group_set(mp_obj_t group) {
    if (group != mp_const_none && !mp_obj_is_type(group, &asvc_type_group)) {
        asvc_raise(&mp_type_TypeError, "set_group: expected what group() answers, or None, got %t", group);
    }
    asvc_root()->group = group == mp_const_none ? MP_OBJ_NULL : group;
}

static mp_obj_t tasks_dict(void) {
    group_t *self = MP_OBJ_TO_PTR(asvc_group());
    return self->tasks;
}

static mp_map_t *tasks_map(void) {
    return mp_obj_dict_get_map(tasks_dict());
}

// ---- looking for names ----------------------------------------------------------------------

void asvc_group_check_loop(void) {
    if (!ASVC_SUPERVISION || !asvc_loop_changed()) {
        return;
    }
    const asvc_manager_t *m = asvc_manager();
    for (asvc_id_t id = asvc_manager_next_record(m, ASVC_NO_ID); id != ASVC_NO_ID;
         id = asvc_manager_next_record(m, id)) {
        if (asvc_manager_is_in_boot(m, id)) { // that boot will not go on
            asvc_manager_leave_boot(asvc_manager(), id);
            asvc_manager_stop(asvc_manager(), id, true);
        }
        asvc_task_t *task = asvc_task_of(id);
        if (task != NULL && asvc_task_is_live(task)) {
            asvc_task_abandon(task);
        }
    }
    asvc_drive();
}

static asvc_task_t *task_in(const mp_map_elem_t *elem) {
    // Users may have put anything into the dict.
    return elem != NULL && asvc_is_task(elem->value) ? MP_OBJ_TO_PTR(elem->value) : NULL;
}

asvc_task_t *asvc_group_find(mp_obj_t name) {
    asvc_group_check_loop();
    return task_in(mp_map_lookup(tasks_map(), name, MP_MAP_LOOKUP));
}

asvc_task_t *asvc_group_find_text(const char *text, size_t len) {
    const byte *data = (const byte *)text;
    mp_obj_str_t name = { { &mp_type_str }, qstr_compute_hash(data, len), len, data };
    return task_in(mp_map_lookup(tasks_map(), MP_OBJ_FROM_PTR(&name), MP_MAP_LOOKUP));
}

bool asvc_group_has(const asvc_task_t *task) {
    return asvc_map_get(tasks_map(), task->name) == MP_OBJ_FROM_PTR(task);
}

void asvc_group_put(asvc_task_t *task) {
    if (ASVC_ASYNCMD) {
        asvc_asyncmd_add_child(task);
    }
    mp_obj_dict_store(tasks_dict(), task->name, MP_OBJ_FROM_PTR(task));
}

void asvc_group_swap(const asvc_task_t *old, asvc_task_t *task) {
    mp_map_elem_t *elem = mp_map_lookup(tasks_map(), old->name, MP_MAP_LOOKUP);
    if (elem != NULL && elem->value == MP_OBJ_FROM_PTR(old)) {
        elem->value = MP_OBJ_FROM_PTR(task);
    }
}

// ---- names of copies ------------------------------------------------------------------------

#if ASVC_COPIES

asvc_task_t *asvc_group_next_copy(size_t *at, mp_obj_t of, uint32_t last) {
    size_t of_len, len, stem;
    const char *of_text = mp_obj_str_get_data(of, &of_len);
    mp_map_elem_t *elem;
    while ((elem = asvc_map_next(tasks_map(), at)) != NULL) {
        asvc_task_t *task = task_in(elem);
        if (task == NULL) {
            continue;
        }
        const char *text = mp_obj_str_get_data(task->name, &len);
        uint32_t k = asvc_task_name_copy(text, len, &stem);
        if (k > 0 && k <= last && stem == of_len && memcmp(text, of_text, stem) == 0) {
            return task;
        }
    }
    return NULL;
}

// The task of the plain name remembers below which number no copy is free, so that many tasks of one name do not search
// for it each time.
void asvc_group_give_name(asvc_task_t *self) {
    asvc_task_t *first = asvc_group_find(self->name);
    mp_obj_t name = self->name;
    mp_map_t *map = tasks_map();
    uint32_t k = first == NULL || first->extra == NULL ? 0 : first->extra->last_copy;
    while (asvc_map_get(map, name) != MP_OBJ_NULL) {
        name = asvc_strf("%n@%u", self->name, (unsigned)++k);
    }
    if (first != NULL) {
        asvc_task_extra(first)->last_copy = k;
    }
    self->name = name;
}

// NAME@k is free again.
static void release_name(mp_obj_t name) {
    size_t len, stem;
    const char *text = mp_obj_str_get_data(name, &len);
    uint32_t k = asvc_task_name_copy(text, len, &stem);
    asvc_task_t *first = k == 0 ? NULL : asvc_group_find_text(text, stem);
    if (first != NULL && first->extra != NULL && first->extra->last_copy >= k) {
        first->extra->last_copy = k - 1;
    }
}

#else

static void release_name(mp_obj_t name) {
    (void)name;
}

#endif

void asvc_group_forget(asvc_task_t *task) {
    asvc_map_remove(tasks_map(), task->name);
    if (ASVC_ASYNCMD) {
        asvc_asyncmd_remove_child(task);
    }
}

void asvc_group_remove(asvc_task_t *task) {
    // Only its own place: another task may have taken the name meanwhile.
    if (asvc_group_has(task)) {
        asvc_group_forget(task);
        release_name(task->name);
    }
}

// ---- lists ----------------------------------------------------------------------------------

// Puts tasks into the order in which they were added: a dict has none. Shell's way: in place and short, and a
// thousand tasks take some ten thousand steps.
static void sort(asvc_task_t **list, size_t n) {
    for (size_t gap = n / 2; gap > 0; gap /= 2) {
        for (size_t i = gap; i < n; i++) {
            asvc_task_t *task = list[i];
            size_t at = i;
            for (; at >= gap && list[at - gap]->seq > task->seq; at -= gap) {
                list[at] = list[at - gap];
            }
            list[at] = task;
        }
    }
}

// Whether the task is one of those that a pattern means; NULL means all.
static bool is_wanted(const asvc_task_t *task, const char *pattern, size_t pattern_len) {
    size_t len;
    const char *name = mp_obj_str_get_data(task->name, &len);
    return pattern == NULL || (ASVC_COPIES && asvc_glob_match(pattern, pattern_len, name, len));
}

static asvc_task_t *next_wanted(size_t *at, const char *pattern, size_t len) {
    mp_map_elem_t *elem;
    while ((elem = asvc_map_next(tasks_map(), at)) != NULL) {
        asvc_task_t *task = task_in(elem);
        if (task != NULL && is_wanted(task, pattern, len)) {
            return task;
        }
    }
    return NULL;
}

// The tasks wanted, in the order added. Counted first, as most lists are short and most tables are not.
static asvc_task_t **list_tasks(const char *pattern, size_t len) {
    asvc_group_check_loop();
    size_t count = 0, at = 0;
    while (next_wanted(&at, pattern, len) != NULL) {
        count += 1;
    }
    asvc_task_t **list = m_new0(asvc_task_t *, count + 1);
    at = 0;
    for (size_t i = 0; i < count; i++) {
        list[i] = next_wanted(&at, pattern, len);
    }
    sort(list, count);
    return list;
}

bool asvc_is_pattern(mp_obj_t name) {
    size_t len;
    const char *text = mp_obj_str_get_data(name, &len);
    return ASVC_COPIES && asvc_glob_has_star(text, len);
}

asvc_task_t **asvc_group_all(void) {
    return list_tasks(NULL, 0);
}

asvc_task_t **asvc_group_match(mp_obj_t pattern) {
    size_t len;
    const char *text = asvc_get_str(pattern, "task name", &len);
    if (asvc_is_pattern(pattern)) {
        return list_tasks(text, len);
    }
    asvc_task_t **list = m_new0(asvc_task_t *, 2);
    list[0] = asvc_group_find(pattern);
    return list;
}

mp_obj_t asvc_group_running(void) {
    asvc_task_t **tasks = asvc_group_all();
    mp_obj_t list = mp_obj_new_list(0, NULL);
    for (asvc_task_t **at = tasks; *at != NULL; at++) {
        if (asvc_task_goes_on(*at)) {
            mp_obj_list_append(list, (*at)->task);
        }
    }
    ASVC_KEEP(tasks);
    return list;
}

bool asvc_is_of_service(mp_obj_t task_name, mp_obj_t service) {
    size_t len, service_len;
    const char *name = mp_obj_str_get_data(task_name, &len);
    const char *text = asvc_get_str(service, "service name", &service_len);
    service_len = asvc_service_name_plain(text, service_len);
    return asvc_task_name_kind(name, len, text, service_len) != ASVC_NAME_FOREIGN;
}

// ---- the Python type ------------------------------------------------------------------------

#if ASVC_ASYNCMD
// add_task(task): puts a task of create_task() into the table.
static mp_obj_t group_add_task(mp_obj_t self_in, mp_obj_t obj) {
    (void)self_in;
    if (!asvc_is_task(obj)) {
        asvc_raise(&mp_type_TypeError, "add_task: expected a task, as create_task() answers it, got %t", obj);
    }
    asvc_task_t *task = MP_OBJ_TO_PTR(obj);
    if (asvc_group_has(task)) {
        return mp_const_none;
    }
#if ASVC_COPIES
    asvc_group_give_name(task);
#endif
    asvc_group_put(task);
    if (task->id != ASVC_NO_ID) {
        asvc_manager_hide(asvc_manager(), task->id, false);
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(group_add_task_obj, group_add_task);
#endif

static void group_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    group_t *self = MP_OBJ_TO_PTR(self_in);
    if (dest[0] == MP_OBJ_NULL && attr == MP_QSTR_tasks) {
        dest[0] = self->tasks;
    }
#if ASVC_ASYNCMD
    if (dest[0] == MP_OBJ_NULL && attr == MP_QSTR_add_task) {
        dest[0] = MP_OBJ_FROM_PTR(&group_add_task_obj);
        dest[1] = self_in;
    }
#endif
}

#if ASVC_RECORD
static void group_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    (void)kind;
    group_t *self = MP_OBJ_TO_PTR(self_in);
    mp_printf(print, "<TaskGroup of %u tasks>", (unsigned)mp_obj_dict_get_map(self->tasks)->used);
}
#endif

MP_DEFINE_CONST_OBJ_TYPE(
    asvc_type_group, MP_QSTR_TaskGroup, MP_TYPE_FLAG_NONE, attr, group_attr ASVC_PRINT(group_print));
