#include "bind/task/group.h"

#include <string.h>

#include "py/objlist.h"
#include "py/objstr.h"
#include "py/runtime.h"

#include "bind/task/asyncmd_names.h"
#include "bind/base/keep.h"
#include "bind/base/loop.h"
#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "bind/service/registry.h"
#include "bind/supervise/relations.h"
#include "bind/base/say.h"
#include "bind/supervise/schedule_loop.h"
#include "bind/base/state.h"
#include "bind/supervise/supervise.h"
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

typedef enum { BY_PATTERN, BY_SERVICE, ALL } by_t;

static bool wanted(asvc_task_t *task, by_t by, const char *text, size_t len) {
    size_t name_len;
    const char *name = mp_obj_str_get_data(task->name, &name_len);
    switch (by) {
    case BY_PATTERN:
        return ASVC_COPIES && asvc_glob_match(text, len, name, name_len);
    case BY_SERVICE:
        return asvc_task_name_kind(name, name_len, text, len) != ASVC_NAME_FOREIGN;
    default:
        return true;
    }
}

// The next task wanted from place *at of the table on, or NULL; then *at is the place behind it.
static asvc_task_t *next_wanted(size_t *at, by_t by, const char *text, size_t len) {
    mp_map_elem_t *elem;
    while ((elem = asvc_map_next(tasks_map(), at)) != NULL) {
        asvc_task_t *task = MP_OBJ_TO_PTR(elem->value);
        // Users may have put anything into the dict.
        if (mp_obj_is_type(elem->value, &asvc_type_task) && wanted(task, by, text, len)) {
            return task;
        }
    }
    return NULL;
}

// Each way into the table comes by here first: once new_event_loop() was called, what was live before
// will never end by itself. Without supervision nobody cares.
static void settle_loop(void) {
    if (!ASVC_SUPERVISION || !asvc_loop_changed()) {
        return;
    }
    size_t at = 0;
    asvc_task_t *task;
    while ((task = next_wanted(&at, ALL, NULL, 0)) != NULL) {
        if (asvc_task_is_live(task)) {
            asvc_task_abandon(task);
        }
    }
    asvc_supervise_new_loop();
}

asvc_task_t *asvc_group_find(mp_obj_t name) {
    settle_loop();
    mp_obj_t task = asvc_map_get(tasks_map(), name);
    return task != MP_OBJ_NULL && mp_obj_is_type(task, &asvc_type_task) ? MP_OBJ_TO_PTR(task) : NULL;
}

#if ASVC_COPIES

static bool has_ended(asvc_task_t *task) {
    bool at_rest = task->state == ASVC_DONE || task->state == ASVC_STOPPED || task->state == ASVC_FAILED;
    return at_rest && !asvc_schedule_has_next(task->name);
}

// Takes the copies of a name out of the table that have ended and are numbered up to `last`.
static void forget_copies(mp_obj_t of, uint32_t last) {
    size_t of_len, len, stem, at = 0;
    const char *of_text = mp_obj_str_get_data(of, &of_len);
    asvc_task_t *task;
    while ((task = next_wanted(&at, ALL, NULL, 0)) != NULL) {
        const char *text = mp_obj_str_get_data(task->name, &len);
        uint32_t k = asvc_task_name_copy(text, len, &stem);
        bool is_copy = k > 0 && stem == of_len && memcmp(text, of_text, stem) == 0;
        if (is_copy && k <= last && has_ended(task)) {
            asvc_map_remove(tasks_map(), task->name);
            if (ASVC_ASYNCMD) {
                asvc_asyncmd_remove_child(task);
            }
        }
    }
}

// Gives the task its name, or name@1, @2 ... : the first that is free. The one that has the plain name
// remembers below which number none is, so that many tasks of one name do not search for it each time.
static void give_free_name(asvc_task_t *self) {
    asvc_task_t *first = asvc_group_find(self->name);
    mp_obj_t name = self->name;
    mp_map_t *map = tasks_map();
    uint32_t k = first == NULL ? 0 : first->last_copy;
    while (asvc_map_get(map, name) != MP_OBJ_NULL) {
        vstr_t text;
        vstr_init(&text, 32);
        asvc_addf(&text, "%o@%u", self->name, (unsigned)++k);
        // Not interned: there may be any number of them.
        name = mp_obj_new_str_copy(&mp_type_str, (const byte *)text.buf, text.len);
        vstr_clear(&text);
    }
    if (first != NULL) {
        first->last_copy = k;
    }
    if (k >= ASVC_ENDED_COPIES && k % ASVC_ENDED_COPIES == 0) {
        forget_copies(self->name, k - ASVC_ENDED_COPIES);
    }
    self->name = name;
}

// NAME@k will be free again.
static void release_name(mp_obj_t name) {
    size_t len, stem;
    const char *text = mp_obj_str_get_data(name, &len);
    uint32_t k = asvc_task_name_copy(text, len, &stem);
    if (k == 0) {
        return;
    }
    asvc_task_t *first = asvc_group_find(mp_obj_new_str_copy(&mp_type_str, (const byte *)text, stem));
    if (first != NULL && first->last_copy >= k) {
        first->last_copy = k - 1;
    }
}

#else

static void release_name(mp_obj_t name) {
    (void)name;
}

#endif

static void start(asvc_task_t *self) {
    asvc_task_start(self);
    asvc_schedule_started(self->name);
}

// Everything that can raise comes first: the slot in the table is the last of it.
static void enter(asvc_task_t *self, bool wait) {
    asvc_task_prepare(self, wait);
    if (ASVC_ASYNCMD) {
        asvc_asyncmd_add_child(self);
    }
    settle_loop();
    mp_obj_dict_store(tasks_dict(), self->name, MP_OBJ_FROM_PTR(self));
    if (wait) {
        asvc_task_wait(self);
    } else {
        start(self);
    }
}

#if ASVC_COPIES
void asvc_group_add(asvc_task_t *self, bool wait) {
    give_free_name(self);
    enter(self, wait);
}
#endif

void asvc_group_replace(asvc_task_t *self, bool wait) {
    asvc_task_t *old = asvc_group_find(self->name);
    bool waits = old != NULL && asvc_task_is_live(old) && asvc_task_service(old) != MP_OBJ_NULL;
    if (waits) {
        asvc_task_start_after(old, self);
    } else {
        enter(self, wait);
    }
    if (old != NULL && !asvc_task_is_ending(old)) { // a second cancel would hit it in its clean-up
        asvc_task_stop(old);
    }
}

asvc_task_t *asvc_group_restart(asvc_task_t *old) {
    asvc_task_t *self = asvc_task_again(old);
    enter(self, false);
    return self;
}

bool asvc_group_succeed(asvc_task_t *old) {
    asvc_task_t *successor = old->extra == NULL ? NULL : old->extra->successor;
    if (successor == NULL) {
        return false;
    }
    old->extra->successor = NULL;
    mp_map_elem_t *elem = mp_map_lookup(tasks_map(), old->name, MP_MAP_LOOKUP);
    if (elem != NULL && elem->value == MP_OBJ_FROM_PTR(old)) {
        elem->value = MP_OBJ_FROM_PTR(successor);
        if (!asvc_relations_hold(successor)) {
            start(successor);
        }
    }
    return true;
}

// ---- tasks out of the table that may go on --------------------------------------------------

#if ASVC_SUPERVISION

// Goes through them, dropping those that have ended, and the one of that name (MP_OBJ_NULL: none) where
// `take`. Answers the one of that name, or NULL.
static asvc_task_t *look_at_leaving(mp_obj_t name, bool take) {
    asvc_task_t *found = NULL;
    size_t len, kept = 0;
    mp_obj_t *item;
    if (asvc_root()->leaving == MP_OBJ_NULL) {
        return NULL;
    }
    mp_obj_get_array(asvc_root()->leaving, &len, &item);
    for (size_t i = 0; i < len; i++) {
        asvc_task_t *task = MP_OBJ_TO_PTR(item[i]);
        bool live = asvc_task_is_live(task);
        if (live && task->name == name) {
            found = task;
        }
        if (live && !(take && found == task)) {
            item[kept++] = item[i];
        }
    }
    for (size_t i = kept; i < len; i++) {
        item[i] = MP_OBJ_NULL; // the free places would keep them from being collected
    }
    mp_obj_list_set_len(asvc_root()->leaving, kept);
    return found;
}

void asvc_group_ended(void) {
    look_at_leaving(MP_OBJ_NULL, false);
}

// Before it is taken out of the table: raises MemoryError.
static void note_leaving(asvc_task_t *self) {
    asvc_root_t *root = asvc_root();
    if (self->entry == NULL || !asvc_task_is_live(self)) {
        return;
    }
    if (root->leaving == MP_OBJ_NULL) {
        root->leaving = mp_obj_new_list(0, NULL);
    }
    look_at_leaving(MP_OBJ_NULL, false);
    mp_obj_list_append(root->leaving, MP_OBJ_FROM_PTR(self));
}

bool asvc_group_any_leaving(void) {
    size_t len = 0;
    mp_obj_t *item;
    bool any = false;
    if (asvc_root()->leaving != MP_OBJ_NULL) {
        mp_obj_get_array(asvc_root()->leaving, &len, &item);
    }
    for (size_t i = 0; i < len; i++) {
        asvc_task_t *task = MP_OBJ_TO_PTR(item[i]);
        bool has_time = (int32_t)(task->until_ms - (uint32_t)asvc_now_ms()) > 0;
        any = any || (asvc_task_is_live(task) && has_time);
    }
    return any;
}

void asvc_group_take_back(asvc_entry_t *entry) {
    if (asvc_group_find(entry->task_name) != NULL) {
        return;
    }
    asvc_task_t *task = look_at_leaving(entry->task_name, false);
    if (task != NULL) {
        mp_obj_dict_store(tasks_dict(), entry->task_name, MP_OBJ_FROM_PTR(task)); // may raise: first
        look_at_leaving(entry->task_name, true);
        task->entry = entry;
        asvc_deadlines_at(asvc_now_ms()); // it may be stuck, which nobody has looked for
    }
}

#else

static void note_leaving(asvc_task_t *self) {
    (void)self;
}

#endif

// ---- deleting -------------------------------------------------------------------------------

void asvc_group_delete(asvc_task_t *self) {
    // Only its own entry: another task may have taken the name meanwhile.
    bool in_table = asvc_map_get(tasks_map(), self->name) == MP_OBJ_FROM_PTR(self);
    note_leaving(self); // may raise: first
    if (in_table) {
        release_name(self->name); // may raise: first
    }
    asvc_task_stop(self);
    if (in_table) {
        asvc_map_remove(tasks_map(), self->name);
        if (ASVC_ASYNCMD) {
            asvc_asyncmd_remove_child(self);
        }
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

// The tasks wanted, in the order added. Counted first, as most lists are short and most tables are not.
static asvc_task_t **list_tasks(by_t by, const char *text, size_t len, size_t *n) {
    settle_loop();
    size_t count = 0, at = 0;
    while (next_wanted(&at, by, text, len) != NULL) {
        count += 1;
    }
    asvc_task_t **list = m_new(asvc_task_t *, count);
    asvc_task_t *task;
    at = *n = 0;
    while ((task = next_wanted(&at, by, text, len)) != NULL) {
        list[(*n)++] = task;
    }
    sort(list, *n);
    return list;
}

#if ASVC_COPIES
bool asvc_is_pattern(mp_obj_t name) {
    size_t len;
    const char *text = mp_obj_str_get_data(name, &len);
    return asvc_glob_has_star(text, len);
}
#endif

asvc_task_t **asvc_group_all(size_t *len) {
    return list_tasks(ALL, NULL, 0, len);
}

asvc_task_t **asvc_group_match(mp_obj_t pattern, size_t *len) {
    size_t pattern_len;
    const char *text = asvc_get_str(pattern, "task name", &pattern_len);
    if (asvc_is_pattern(pattern)) {
        return list_tasks(BY_PATTERN, text, pattern_len, len);
    }
    asvc_task_t **list = m_new(asvc_task_t *, 1);
    list[0] = asvc_group_find(pattern);
    *len = list[0] == NULL ? 0 : 1;
    return list;
}

mp_obj_t asvc_group_running(void) {
    size_t len;
    asvc_task_t **tasks = asvc_group_all(&len);
    mp_obj_t list = mp_obj_new_list(0, NULL);
    for (size_t i = 0; i < len; i++) {
        if (asvc_task_goes_on(tasks[i])) {
            mp_obj_list_append(list, tasks[i]->task);
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

asvc_task_t **asvc_group_of_service(const char *name, size_t name_len, size_t *len) {
    return list_tasks(BY_SERVICE, name, name_len, len);
}

asvc_task_t **asvc_group_of_main(asvc_task_t *main, size_t *len) {
    size_t name_len;
    const char *name = mp_obj_str_get_data(main->name, &name_len);
    return asvc_group_of_service(name, asvc_task_name_stem(name, name_len), len);
}

void asvc_group_stop_children(asvc_task_t *main) {
    size_t len;
    asvc_task_t **tasks = asvc_group_of_main(main, &len);
    for (size_t i = 0; i < len; i++) {
        bool other_runs = asvc_task_is_main(tasks[i]) && asvc_task_goes_on(tasks[i]);
        if (other_runs) {
            return;
        }
    }
    for (size_t i = 0; i < len; i++) {
        if (!asvc_task_is_main(tasks[i])) {
            asvc_supervise_forget(tasks[i]);
            asvc_task_stop(tasks[i]);
        }
    }
    ASVC_KEEP(tasks);
}

// ---- the Python type ------------------------------------------------------------------------

static void group_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    group_t *self = MP_OBJ_TO_PTR(self_in);
    if (dest[0] == MP_OBJ_NULL && attr == MP_QSTR_tasks) {
        dest[0] = self->tasks;
    }
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
