#include "bind/look/snapshot.h"

#include <string.h>

#include "py/gc.h"
#include "py/objlist.h"
#include "py/objstr.h"
#include "py/objtuple.h"
#include "py/runtime.h"

#include "bind/base/args.h"
#include "bind/base/call.h"
#include "bind/base/is.h"
#include "bind/base/keep.h"
#include "bind/base/manager.h"
#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "bind/base/service_attr.h"
#include "bind/base/text.h"
#include "bind/config/config_say.h"
#include "bind/look/events.h"
#include "bind/look/top.h"
#include "bind/look/traceback.h"
#include "bind/service/discover.h"
#include "bind/service/event_text.h"
#include "bind/service/line.h"
#include "bind/service/options.h"
#include "bind/service/why.h"
#include "bind/supervise/boot.h"
#include "core/version.h"

#if ASVC_SNAPSHOT

// Bytes of what stands for an object that JSON cannot hold.
#define TEXT_MAX 200
// How deep what services answer may nest, the outermost included: as much as services.config.
#define DEPTH ASVC_CONFIG_DEPTH

// ---- dicts ----------------------------------------------------------------------------------

// The keys of each dict, in their order.
#define ALL_KEYS(KEY)                                                                                        \
    KEY(version)                                                                                             \
    KEY(micropython)                                                                                         \
    KEY(uptime_ms)                                                                                           \
    KEY(time)                                                                                                \
    KEY(heap_free)                                                                                           \
    KEY(safe_mode)                                                                                           \
    KEY(boot)                                                                                                \
    KEY(last_reset)                                                                                          \
    KEY(config)                                                                                              \
    KEY(services)
#define CONFIG_KEYS(KEY)                                                                                     \
    KEY(file)                                                                                                \
    KEY(broken)                                                                                              \
    KEY(unknown)
#define SERVICE_KEYS(KEY)                                                                                    \
    KEY(name)                                                                                                \
    KEY(type)                                                                                                \
    KEY(path)                                                                                                \
    KEY(info)                                                                                                \
    KEY(state)                                                                                               \
    KEY(why)                                                                                                 \
    KEY(since)                                                                                               \
    KEY(running_ms)                                                                                          \
    KEY(enabled)                                                                                             \
    KEY(wanted)                                                                                              \
    KEY(result)                                                                                              \
    KEY(error)                                                                                               \
    KEY(restarts)                                                                                            \
    KEY(short_runs)                                                                                          \
    KEY(limit_hit)                                                                                           \
    KEY(next_ms)                                                                                             \
    KEY(watchdog_left_ms)                                                                                    \
    KEY(steps)                                                                                               \
    KEY(cpu_ms)                                                                                              \
    KEY(longest_ms)                                                                                          \
    KEY(requires)                                                                                            \
    KEY(after)                                                                                               \
    KEY(wants)                                                                                               \
    KEY(children)                                                                                            \
    KEY(instances)                                                                                           \
    KEY(stats)                                                                                               \
    KEY(traceback)
#define TASK_KEYS(KEY)                                                                                       \
    KEY(name)                                                                                                \
    KEY(state)                                                                                               \
    KEY(error)

#define ID(key) OF_##key,
#define QSTR(key) MP_QSTR_##key,

// What there is not is None.
static mp_obj_t dict_of(const qstr_short_t *keys, size_t n, const mp_obj_t *values) {
    return asvc_dict_of(keys, n, values, mp_const_none);
}

static mp_obj_t ms_or_none(uint32_t ms) {
    return ms == UINT32_MAX ? mp_const_none : mp_obj_new_int_from_uint(ms);
}

static mp_obj_t word_of(asvc_state_t state) {
    return asvc_word(asvc_state_name(state));
}

// ---- what JSON can hold ---------------------------------------------------------------------

static bool is_json(mp_obj_t value, unsigned depth) {
    if (asvc_is_json_scalar(value)) {
        return true;
    }
    if (depth == 0) {
        return false;
    }
    if (asvc_is_sequence(value)) {
        size_t len;
        mp_obj_t *item;
        mp_obj_get_array(value, &len, &item);
        while (len > 0 && is_json(item[len - 1], depth - 1)) {
            len--;
        }
        return len == 0;
    }
    if (!asvc_is_dict(value)) {
        return false;
    }
    size_t at = 0;
    mp_map_elem_t *elem;
    while ((elem = asvc_dict_next(value, &at)) != NULL) {
        if (!asvc_is_str(elem->key) || !is_json(elem->value, depth - 1)) {
            return false;
        }
    }
    return true;
}

// The object, or its repr where JSON cannot hold it.
static mp_obj_t plain(mp_obj_t value) {
    return value == MP_OBJ_NULL || is_json(value, DEPTH) ? value : asvc_text_within(value, true, TEXT_MAX);
}

// A service's attribute that is to be a str: another object's text, "" where it has none.
static mp_obj_t text_attr(mp_obj_t service, qstr attr) {
    mp_obj_t value = asvc_service_attr_quiet(service, attr);
    return asvc_is_str(value)  ? value
        : value == MP_OBJ_NULL ? MP_OBJ_NEW_QSTR(MP_QSTR_)
                               : asvc_text_within(value, false, TEXT_MAX);
}

// ---- what only a service can answer ---------------------------------------------------------

typedef struct {
    mp_obj_t service;
    mp_obj_t answer;
} ask_t;

// What JSON cannot hold is in it as its repr.
static void ask_stats(void *arg) {
    ask_t *self = arg;
    mp_obj_t method[2];
    mp_load_method_maybe(self->service, MP_QSTR_stats, method);
    mp_obj_t stats = method[0] == MP_OBJ_NULL ? MP_OBJ_NULL : mp_call_method_n_kw(0, 0, method);
    if (!asvc_is_dict(stats)) {
        return;
    }
    if (is_json(stats, DEPTH)) {
        self->answer = stats;
        return;
    }
    mp_obj_t dict = mp_obj_new_dict(mp_obj_dict_get_map(stats)->used);
    size_t at = 0;
    mp_map_elem_t *elem;
    while ((elem = asvc_dict_next(stats, &at)) != NULL) {
        mp_obj_t key = elem->key, value = elem->value; // a repr may change the dict
        mp_obj_dict_store(dict, asvc_is_str(key) ? key : asvc_text_within(key, true, TEXT_MAX), plain(value));
    }
    ASVC_KEEP(stats);
    self->answer = dict;
}

static mp_obj_t ask(mp_obj_t service, void (*question)(void *arg), mp_obj_t otherwise) {
    ask_t self = { service, otherwise };
    asvc_try(question, &self);
    return self.answer;
}

static void ask_enabled(void *arg) {
    ask_t *self = arg;
    self->answer = mp_obj_new_bool(asvc_is_true(asvc_service_attr_quiet(self->service, MP_QSTR_enabled)));
}

// Whether boot or init start it, unless services.config says otherwise.
static mp_obj_t enabled_of(mp_obj_t service, mp_obj_t type) {
    bool core = strcmp(mp_obj_str_get_str(type), "core.service") == 0;
    bool says = asvc_service_set_attr(service, MP_QSTR_enabled) != MP_OBJ_NULL;
    return core && !says ? mp_const_true : ask(service, ask_enabled, mp_const_false);
}

static mp_obj_t names_of(mp_obj_t service, qstr attr) {
#if ASVC_EDGES
    const mp_obj_tuple_t *names = asvc_options_names_quiet(service, attr);
    mp_obj_t list = mp_obj_new_list(names->len, (mp_obj_t *)names->items);
    ASVC_KEEP(names);
    return list;
#else
    (void)service;
    (void)attr;
    return mp_obj_new_list(0, NULL);
#endif
}

// ---- one service ----------------------------------------------------------------------------

// An error as all dicts have it, or None. error may be MP_OBJ_NULL.
static mp_obj_t error_of(mp_obj_t error) {
    return error == MP_OBJ_NULL ? mp_const_none : asvc_error_dict(error);
}

// A list of the tasks below it that are of that kind, the first that was added first.
static mp_obj_t below(const asvc_entry_t *entry, asvc_kind_t kind) {
    const asvc_manager_t *m = asvc_manager();
    mp_obj_t list = mp_obj_new_list(0, NULL);
    asvc_id_t id = ASVC_NO_ID;
    while ((id = asvc_manager_next_below(m, entry->id, id)) != ASVC_NO_ID) {
        const asvc_record_t *r = asvc_record(m, id);
        if (r->kind == kind && !r->hidden) {
            mp_obj_list_append(list, MP_OBJ_FROM_PTR(asvc_task_of(id)));
        }
    }
    asvc_call_0(list, MP_QSTR_reverse);
    return list;
}

// Puts in place of each task in the list what there is to say of it.
static void tell_tasks(mp_obj_t list, mp_obj_t service_name) {
    enum { TASK_KEYS(ID) N };
    static const qstr_short_t keys[] = { TASK_KEYS(QSTR) };
    mp_obj_list_t *self = MP_OBJ_TO_PTR(list);
    for (size_t i = 0; i < self->len; i++) {
        const asvc_task_t *task = MP_OBJ_TO_PTR(self->items[i]);
        mp_obj_t child = asvc_child_name(service_name, task->name);
        mp_obj_t value[N] = {
            [OF_name] = child == MP_OBJ_NULL ? task->name : child,
            [OF_state] = word_of(asvc_task_state(task)),
            [OF_error] = error_of(asvc_task_error(task)),
        };
        self->items[i] = dict_of(keys, N, value);
    }
}

// "schedule", "requires net, disk" ... or MP_OBJ_NULL.
static mp_obj_t why_of(const asvc_entry_t *entry, asvc_why_t why) {
    mp_obj_t word = asvc_why_name(why);
#if ASVC_EDGES
    if (why == ASVC_WHY_REQUIRES || why == ASVC_WHY_AFTER) {
        vstr_t text;
        vstr_init(&text, 32);
        asvc_addf(&text, "%o ", word);
        asvc_why_waits(&text, entry);
        word = asvc_str_of(&text);
    }
#else
    (void)entry;
#endif
    return word;
}

// Unix seconds less those of the wall clock as it was asked last; -1 where they are not known.
static int32_t unix_offset(void) {
    int64_t now_ms = asvc_manager_now()->now_ms, unix_s = asvc_unix_s(now_ms);
    return unix_s < 0 ? -1 : (int32_t)(unix_s - asvc_last_wall_of(now_ms));
}

static mp_obj_t unix_time(int32_t offset, int64_t at_ms) {
    return offset < 0 ? mp_const_none : mp_obj_new_int_from_ll(asvc_last_wall_of(at_ms) + offset);
}

static mp_obj_t of_service(int32_t offset, asvc_entry_t *entry, bool alone) {
    enum { SERVICE_KEYS(ID) N };
    static const qstr_short_t keys[] = { SERVICE_KEYS(QSTR) };
    mp_obj_t value[N] = { MP_OBJ_NULL };
    // First all that is asked of no service: what those do when they are asked may change it, or unload the service.
    const asvc_manager_t *m = asvc_manager();
    mp_obj_t service = entry->service, error = asvc_entry_error(entry), result = MP_OBJ_NULL;
    const asvc_task_t *task = asvc_main_task(entry);
    task = task == NULL ? entry->seat.task : task; // it may be out of the table, and go on
    const asvc_block_t *block = asvc_record(m, entry->id)->block;
    unsigned view = asvc_manager_view(m, entry->id);
    value[OF_name] = entry->name;
    value[OF_state] = word_of(asvc_view_state(view));
    value[OF_why] = why_of(entry, asvc_view_why(view));
    value[OF_wanted] = mp_obj_new_bool(view & ASVC_VIEW_WANTED);
    value[OF_limit_hit] = mp_obj_new_bool(view & ASVC_VIEW_LIMIT_HIT);
    value[OF_restarts] = MP_OBJ_NEW_SMALL_INT(block == NULL ? 0 : block->restarts);
    value[OF_short_runs] = MP_OBJ_NEW_SMALL_INT(block == NULL ? 0 : block->restart.short_runs);
    value[OF_next_ms] = ms_or_none(asvc_manager_next_ms(m, entry->id));
    value[OF_watchdog_left_ms] = ms_or_none(asvc_manager_unfed_ms(m, entry->id));
    value[OF_children] = below(entry, ASVC_KIND_CHILD);
    value[OF_instances] = below(entry, ASVC_KIND_INSTANCE);
#if ASVC_TOP
    asvc_top_t sum;
    asvc_top_of(entry, &sum);
    value[OF_steps] = mp_obj_new_int_from_uint(sum.steps);
    value[OF_cpu_ms] = mp_obj_new_int_from_uint(sum.cpu_ms);
    value[OF_longest_ms] = mp_obj_new_int_from_uint(sum.longest_us / 1000);
#endif
    if (task != NULL) {
        if (ASVC_DATES && asvc_task_is_live(task)) {
            int64_t since_ms = asvc_ds_as_ms(task->since_ds);
            value[OF_since] = unix_time(offset, since_ms);
            value[OF_running_ms] = mp_obj_new_int_from_ll(asvc_now_ms() - since_ms);
        }
        error = error == MP_OBJ_NULL ? asvc_task_error(task) : error;
        result = asvc_task_result(task);
    }
    bool configured = entry->configured != ASVC_CONFIGURED_NOT;
    value[OF_enabled] = mp_obj_new_bool(entry->configured == ASVC_CONFIGURED_ENABLED);
    if (alone) {
        vstr_t text;
        vstr_init(&text, 160);
        asvc_traceback_add(&text, entry);
        value[OF_traceback] = text.len == 0 ? mp_const_none : asvc_str_of(&text);
    }
    // Then the rest.
    tell_tasks(value[OF_children], value[OF_name]);
    tell_tasks(value[OF_instances], value[OF_name]);
    value[OF_error] = error_of(error);
    value[OF_result] = result == error && asvc_is_error(result) ? mp_const_none : plain(result);
    for (size_t i = OF_type; i <= OF_info; i++) { // keys that are called as the attributes are
        value[i] = text_attr(service, keys[i]);
    }
    value[OF_requires] = names_of(service, MP_QSTR_require);
    value[OF_after] = names_of(service, MP_QSTR_after);
    value[OF_wants] = names_of(service, MP_QSTR_wants);
    if (!configured) {
        value[OF_enabled] = enabled_of(service, value[OF_type]);
    }
    value[OF_stats] = ask(service, ask_stats, MP_OBJ_NULL);
    return dict_of(keys, alone ? N : N - 1, value);
}

// ---- all ------------------------------------------------------------------------------------

// A list, in the order of list().
static mp_obj_t services(int32_t offset) {
    mp_obj_t list = mp_obj_new_list(asvc_registry_len(), NULL);
    mp_obj_list_t *self = MP_OBJ_TO_PTR(list);
    size_t len = 0, n = 0;
    for (asvc_entry_t *at = asvc_registry_first(); at != NULL; at = asvc_registry_next(at)) {
        self->items[len++] = at->name;
    }
    for (size_t i = 0; i < len; i++) {
        // What one is asked may unload others.
        asvc_entry_t *entry = asvc_registry_find(self->items[i]);
        if (entry != NULL) {
            self->items[n++] = of_service(offset, entry, false);
        }
    }
    mp_obj_list_set_len(list, n);
    return list;
}

#if ASVC_CONFIG
static mp_obj_t config(void) {
    enum { CONFIG_KEYS(ID) N };
    static const qstr_short_t keys[] = { CONFIG_KEYS(QSTR) };
    mp_obj_t value[N] = {
        [OF_file] = asvc_strf("services.config"),
        [OF_broken] = asvc_root()->config_broken,
        [OF_unknown] = asvc_config_unknown(),
    };
    return dict_of(keys, N, value);
}
#endif

static mp_obj_t heap_free(void) {
#if MICROPY_ENABLE_GC
    gc_info_t info;
    gc_info(&info);
    return mp_obj_new_int_from_uint(info.free);
#else
    return mp_const_none;
#endif
}

static mp_obj_t all(int32_t offset) {
    enum { ALL_KEYS(ID) N };
    static const qstr_short_t keys[] = { ALL_KEYS(QSTR) };
    mp_obj_t value[N] = {
        [OF_version] = asvc_strf(ASVC_VERSION),
        [OF_micropython] = asvc_strf(MICROPY_VERSION_STRING),
        [OF_uptime_ms] = mp_obj_new_int_from_ll(asvc_now_ms()),
        [OF_time] = unix_time(offset, asvc_now_ms()),
        [OF_heap_free] = heap_free(),
        [OF_safe_mode] = asvc_root()->safe_mode,
#if ASVC_BOOT
        [OF_boot] = asvc_boot_state(),
#endif
#if ASVC_CONFIG
        [OF_config] = config(),
#endif
        [OF_services] = services(offset),
    };
    return dict_of(keys, N, value);
}

static mp_obj_t snapshot(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t name = asvc_name_or_none_arg(n_args, args, kwargs);
    asvc_discover();
    int32_t offset = unix_offset();
    if (name == mp_const_none) {
        return all(offset);
    }
    asvc_entry_t *entry = asvc_registry_find(name);
    return entry == NULL ? mp_const_none : of_service(offset, entry, true);
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_snapshot_obj, 0, snapshot);

#endif
