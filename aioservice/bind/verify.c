// aioservice.verify: what is wrong with the services and with services.config, before anything runs.
#include "py/objlist.h"
#include "py/objtype.h"
#include "py/runtime.h"

#include "bind/config_say.h"
#include "bind/config_store.h"
#include "bind/discover.h"
#include "bind/group.h"
#include "bind/insight.h"
#include "bind/is.h"
#include "bind/keep.h"
#include "bind/load.h"
#include "bind/map.h"
#include "bind/options.h"
#include "bind/raise.h"
#include "bind/registry.h"
#include "bind/relations.h"
#include "bind/say.h"
#include "bind/schedule_loop.h"
#include "bind/service_class.h"
#include "bind/signature.h"
#include "core/config.h"
#include "core/graph.h"
#include "core/nearest.h"

#if ASVC_INSIGHT

typedef struct {
    size_t wrong; // lines said
    mp_obj_t config; // services.config
    mp_obj_t
        saved; // list of a service, an attribute and its value (MP_OBJ_NULL: none) by turns: as they were
} verify_t;

// "[ ERROR ] TEXT"
static void wrong(verify_t *self, mp_obj_t text) {
    asvc_sayf("%k%o", false, text);
    self->wrong += 1;
}

// "[ ERROR ] Service: NAME.service: TEXT"
static void wrong_of(verify_t *self, asvc_entry_t *entry, mp_obj_t text) {
    wrong(self, asvc_strf("Service: %o: %o", entry->task_name, text));
}

// ---- names ----------------------------------------------------------------------------------

typedef struct {
    const char *name;
    size_t len, distance;
    mp_obj_t nearest;
} nearest_t;

static void compare(nearest_t *self, mp_obj_t other) {
    size_t len;
    const char *text = mp_obj_str_get_data(other, &len);
    size_t distance = asvc_nearest_distance(self->name, self->len, text, len);
    if (distance < self->distance) {
        self->distance = distance;
        self->nearest = other;
    }
}

static nearest_t nearest_to(mp_obj_t name) {
    nearest_t self = { .distance = ASVC_NEAREST_FAR, .nearest = MP_OBJ_NULL };
    self.name = mp_obj_str_get_data(name, &self.len);
    return self;
}

// text, and behind it ", did you mean NAME?"
static mp_obj_t with_nearest(mp_obj_t text, const nearest_t *nearest) {
    bool any = nearest->nearest != MP_OBJ_NULL;
    return any ? asvc_strf("%o, did you mean \"%o\"?", text, nearest->nearest) : text;
}

static nearest_t nearest_service(mp_obj_t name) {
    nearest_t nearest = nearest_to(name);
    for (asvc_entry_t *entry = asvc_registry_first(); entry != NULL; entry = asvc_registry_next(entry)) {
        compare(&nearest, entry->name);
    }
    return nearest;
}

// ---- services.config ------------------------------------------------------------------------

static const qstr entry_keys[] = { MP_QSTR_enabled, MP_QSTR_args, MP_QSTR_kwargs, MP_QSTR_restart,
    MP_QSTR_require, MP_QSTR_after, MP_QSTR_wants, MP_QSTR_ready_ms, MP_QSTR_stop_ms, MP_QSTR_watchdog_ms,
    MP_QSTR_safe_mode };

static void check_key(verify_t *self, mp_obj_t name, mp_obj_t key) {
    nearest_t nearest = nearest_to(key);
    for (size_t i = 0; i < MP_ARRAY_SIZE(entry_keys); i++) {
        compare(&nearest, MP_OBJ_NEW_QSTR(entry_keys[i]));
    }
    if (nearest.distance > 0) {
        wrong(self, with_nearest(asvc_strf("services.config: %o: unknown key \"%o\"", name, key), &nearest));
    }
}

static void check_config_entry(verify_t *self, mp_obj_t name, mp_obj_t value) {
    bool disabled = asvc_is_dict(value) && asvc_dict_get(value, MP_QSTR_enabled) == mp_const_false;
    if (asvc_registry_find(name) == NULL && !disabled) {
        nearest_t nearest = nearest_service(name);
        wrong(self, with_nearest(asvc_strf("services.config: there is no service \"%o\"", name), &nearest));
    }
    if (asvc_is_dict(value)) {
        mp_map_t *map = mp_obj_dict_get_map(value);
        size_t at = 0;
        mp_map_elem_t *elem;
        while ((elem = asvc_map_next(map, &at)) != NULL) {
            check_key(self, name, elem->key);
        }
        ASVC_KEEP(value);
    }
}

static void check_config(verify_t *self, mp_obj_t config) {
    mp_map_t *map = mp_obj_dict_get_map(config);
    size_t at = 0;
    mp_map_elem_t *elem;
    while ((elem = asvc_map_next(map, &at)) != NULL) {
        check_config_entry(self, elem->key, elem->value);
    }
    ASVC_KEEP(config);
}

// ---- a service ------------------------------------------------------------------------------

// A way of failing again and again that the start limit never sees, as each run counts as healthy.
static void check_limit(
    verify_t *self, asvc_entry_t *entry, const asvc_options_t *options, const char *way, uint32_t run_ms) {
    if (!asvc_restart_limit_reachable(&options->rules, run_ms)) {
        wrong_of(self, entry,
            asvc_strf("restart: its start limit cannot be hit: a run that %s lasts %u ms, and from "
                      "healthy_ms=%u on "
                      "a run counts as healthy",
                way, (unsigned)run_ms, (unsigned)options->rules.healthy_ms));
    }
}

static void check_options(verify_t *self, asvc_entry_t *entry) {
    asvc_options_t options;
    if (!asvc_options_read(entry->service, &options) || options.rules.policy == ASVC_RESTART_NEVER) {
        return;
    }
    if (!asvc_restart_limit_reachable(&options.rules, 0)) {
        wrong_of(self, entry,
            asvc_strf(
                "restart: its start limit cannot be hit: with healthy_ms=0 every run counts as healthy"));
        return;
    }
    if (options.ready_ms > 0) {
        check_limit(self, entry, &options, "never gets ready", options.ready_ms);
    }
    if (options.watchdog_ms > 0) {
        check_limit(self, entry, &options, "is not fed", options.watchdog_ms);
    }
}

static void check_names(verify_t *self, asvc_entry_t *entry, qstr attr) {
    const mp_obj_tuple_t *names = asvc_options_names(entry->service, attr);
    bool core = asvc_entry_is_core(entry);
    for (size_t i = 0; i < names->len; i++) {
        asvc_entry_t *other = asvc_discover_enabled(names->items[i]);
        if (other == NULL) {
            nearest_t nearest = nearest_service(names->items[i]);
            mp_obj_t text =
                asvc_strf("%q \"%o\" %s", attr, names->items[i], asvc_discover_why_absent(names->items[i]));
            wrong_of(self, entry, with_nearest(text, &nearest));
        } else if (core && attr == MP_QSTR_require && !asvc_entry_is_core(other)) {
            wrong_of(self, entry,
                asvc_strf("%q \"%o\" is no core service: only those have ended when others start", attr,
                    names->items[i]));
        }
    }
    ASVC_KEEP(names);
}

// One slip away from an attribute of supervision. A hint and no more: a service may well have a counter
// `restarts` of its own.
static bool is_misspelt(qstr attr, void *arg) {
    asvc_entry_t *entry = arg;
    nearest_t nearest = nearest_to(MP_OBJ_NEW_QSTR(attr));
    for (size_t i = 0; i < MP_ARRAY_SIZE(entry_keys); i++) {
        compare(&nearest, MP_OBJ_NEW_QSTR(entry_keys[i]));
    }
    if (nearest.distance == 1) {
        asvc_sayf("[ -- ] Service: %o: it has an attribute \"%q\", did you mean \"%o\"?", entry->task_name,
            attr, nearest.nearest);
    }
    return false; // go on
}

static void check_spelling(verify_t *self, asvc_entry_t *entry) {
    (void)self;
    asvc_service_sets_any(entry->service, is_misspelt, entry);
}

// Positional arguments may come from `args` or be left out; of named ones it can be told.
static void check_kwargs(verify_t *self, asvc_entry_t *entry) {
    mp_obj_t fun = asvc_service_task_function(entry->service);
    mp_obj_t kwargs = asvc_entry_attr(entry, MP_QSTR_kwargs);
    if (fun == MP_OBJ_NULL || !asvc_is_dict(kwargs)) {
        return; // told when it is loaded
    }
    size_t at = 0;
    mp_map_elem_t *elem;
    while ((elem = asvc_map_next(mp_obj_dict_get_map(kwargs), &at)) != NULL) {
        qstr key = mp_obj_str_get_qstr(elem->key);
        // Left out where the task takes none, or hooks.
        bool ours = key == MP_QSTR_require || key == MP_QSTR_restart || key == MP_QSTR_log
            || key == MP_QSTR_on_stop || key == MP_QSTR_on_error || key == MP_QSTR__id;
        if (!ours && asvc_signature_arg(fun, key) == ASVC_ARG_REFUSED) {
            wrong_of(self, entry,
                asvc_strf("kwargs: \"%q\": its task() takes no argument of that name%s", key,
                    asvc_options_is_key(key) ? "; it stands beside kwargs" : ""));
        }
    }
    ASVC_KEEP(kwargs);
}

static void check_schedule(verify_t *self, asvc_entry_t *entry) {
    (void)self;
    mp_obj_t schedule = asvc_entry_attr(entry, MP_QSTR_schedule);
    if (asvc_is_true(schedule)) {
        asvc_schedule_check(entry->task_name, schedule);
    }
}

static void check_require(verify_t *self, asvc_entry_t *entry) {
    check_names(self, entry, MP_QSTR_require);
}

static void check_after(verify_t *self, asvc_entry_t *entry) {
    check_names(self, entry, MP_QSTR_after);
}

static void check_wants(verify_t *self, asvc_entry_t *entry) {
    check_names(self, entry, MP_QSTR_wants);
}

// What a check raises is a thing that is wrong.
static void check(verify_t *self, asvc_entry_t *entry, void (*look)(verify_t *self, asvc_entry_t *entry)) {
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        look(self, entry);
        nlr_pop();
        return;
    }
    mp_obj_t exc = MP_OBJ_FROM_PTR(nlr.ret_val);
    asvc_raise_unless_exception(exc);
    wrong_of(self, entry, exc);
}

static void note_attr(verify_t *self, mp_obj_t service, qstr attr) {
    mp_obj_list_append(self->saved, service);
    mp_obj_list_append(self->saved, MP_OBJ_NEW_QSTR(attr));
    mp_obj_list_append(self->saved, asvc_service_own_attr(service, attr));
}

// The last noted first: a service may have been looked at twice.
static void restore_attrs(mp_obj_t saved) {
    size_t len;
    mp_obj_t *item;
    mp_obj_get_array(saved, &len, &item);
    for (size_t i = len / 3; i-- > 0;) {
        mp_obj_instance_t *service = MP_OBJ_TO_PTR(item[3 * i]);
        mp_obj_t key = item[3 * i + 1], value = item[3 * i + 2];
        if (value == MP_OBJ_NULL) {
            asvc_map_remove(&service->members, key);
        } else {
            mp_map_lookup(&service->members, key, MP_MAP_LOOKUP_ADD_IF_NOT_FOUND)->value = value;
        }
    }
    ASVC_KEEP(saved);
}

// Puts what services.config says of the service into its attributes, as a load does: there all is found that
// counts. What they were is noted before.
static void look_at_config(verify_t *self, asvc_entry_t *entry) {
    for (size_t i = 0; i < MP_ARRAY_SIZE(entry_keys); i++) {
        note_attr(self, entry->service, entry_keys[i]);
    }
    note_attr(self, entry->service, MP_QSTR_schedule);
    mp_obj_t kwargs = asvc_service_own_attr(entry->service, MP_QSTR_kwargs);
    if (asvc_is_dict(kwargs)) {
        mp_store_attr(entry->service, MP_QSTR_kwargs, mp_obj_dict_copy(kwargs));
    }
    asvc_load_config(entry, self->config);
}

static void check_service(verify_t *self, asvc_entry_t *entry) {
    if (asvc_load_import_failed(entry)) {
        wrong(self, asvc_status_text(entry, NULL));
        return;
    }
    static void (*const looks[])(verify_t *, asvc_entry_t *) = { look_at_config, check_spelling,
        check_options, check_kwargs, check_schedule, check_require, check_after, check_wants };
    for (size_t i = 0; i < MP_ARRAY_SIZE(looks); i++) {
        check(self, entry, looks[i]);
    }
}

// ---- circles --------------------------------------------------------------------------------

static size_t add_edges_unprotected(asvc_graph_t *graph, asvc_entry_t *entry, qstr attr) {
    size_t n = 0;
    const mp_obj_tuple_t *names = asvc_options_names(entry->service, attr);
    for (size_t i = 0; i < names->len; i++) {
        asvc_entry_t *to = asvc_registry_find(names->items[i]);
        if (to != NULL && graph != NULL) {
            asvc_graph_require(graph, entry->unit, to->unit);
        }
        n += to != NULL;
    }
    ASVC_KEEP(names);
    return n;
}

static size_t add_edges(asvc_graph_t *graph, asvc_entry_t *entry, qstr attr) {
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        size_t n = add_edges_unprotected(graph, entry, attr);
        nlr_pop();
        return n;
    }
    asvc_raise_unless_exception(MP_OBJ_FROM_PTR(nlr.ret_val));
    return 0; // what is wrong with the names was said
}

static void check_circles(verify_t *self) {
    size_t n = asvc_registry_len(), n_edges = 0;
    asvc_entry_t **entry = m_new(asvc_entry_t *, n + 1);
    uint32_t node = 0;
    for (asvc_entry_t *at = asvc_registry_first(); at != NULL; at = asvc_registry_next(at)) {
        entry[node] = at;
        at->unit = node++;
        n_edges += add_edges(NULL, at, MP_QSTR_require) + add_edges(NULL, at, MP_QSTR_after);
    }
    asvc_graph_t graph;
    asvc_graph_node_t *nodes = m_new(asvc_graph_node_t, n + 1);
    asvc_graph_edge_t *edges = m_new(asvc_graph_edge_t, n_edges + 1);
    uint32_t *cycle = m_new(uint32_t, n + 1);
    asvc_graph_init(&graph, nodes, (uint32_t)n, edges, (uint32_t)n_edges);
    for (node = 0; node < n; node++) {
        add_edges(&graph, entry[node], MP_QSTR_require);
        add_edges(&graph, entry[node], MP_QSTR_after);
    }
    asvc_graph_start(&graph);
    size_t len;
    while (asvc_graph_next_cycle(&graph, cycle, n, &len)) {
        vstr_t line;
        vstr_init(&line, 80);
        for (size_t i = 0; i <= len; i++) {
            asvc_addf(&line, i == 0 ? "dependency cycle: %o" : " -> %o", entry[cycle[i % len]]->name);
        }
        wrong(self, mp_obj_new_str_from_vstr(&line));
    }
    ASVC_KEEP(entry);
    ASVC_KEEP(nodes);
    ASVC_KEEP(edges);
    ASVC_KEEP(cycle);
}

// A name in the schedule may come to be added later, or be mistyped.
static void check_schedule_names(verify_t *self) {
#if ASVC_SCHEDULE
    size_t at = 0;
    mp_map_elem_t *elem;
    mp_obj_t group = asvc_schedule_group();
    while ((elem = asvc_map_next(mp_obj_dict_get_map(group), &at)) != NULL) {
        if (asvc_group_find(elem->key) == NULL) {
            nearest_t nearest = nearest_service(elem->key);
            wrong(
                self, with_nearest(asvc_strf("schedule: there is no task \"%o\" yet", elem->key), &nearest));
        }
    }
    ASVC_KEEP(group);
#else
    (void)self;
#endif
}

// ---- all ------------------------------------------------------------------------------------

static void look_at_all(verify_t *self) {
    if (self->config != MP_OBJ_NULL) {
        check_config(self, self->config);
    }
    for (asvc_entry_t *entry = asvc_registry_first(); entry != NULL; entry = asvc_registry_next(entry)) {
        check_service(self, entry);
    }
    check_schedule_names(self);
    asvc_relations_look_again(); // their numbers are about to change
    check_circles(self);
}

// Answers what it raised, or NULL.
static void *look_protected(verify_t *self) {
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        look_at_all(self);
        nlr_pop();
        return NULL;
    }
    return nlr.ret_val;
}

// To verify is to look: the services' attributes are afterwards what they were, also where something is raised.
static void look_and_restore(verify_t *self) {
    self->saved = mp_obj_new_list(0, NULL);
    void *exc = look_protected(self);
    restore_attrs(self->saved);
    if (exc != NULL) {
        nlr_jump(exc);
    }
}

static mp_obj_t verify(void) {
    verify_t self = { 0 };
    asvc_discover();
    asvc_config_forget_said(); // what is wrong in the file is said again
    mp_obj_t config = asvc_config_read();
    self.wrong += asvc_config_forget_said();
    self.config = config;
    look_and_restore(&self);
    if (self.wrong == 0) {
        asvc_sayf("%k%u services: nothing wrong", true, (unsigned)asvc_registry_len());
    }
    return mp_obj_new_bool(self.wrong == 0);
}
MP_DEFINE_CONST_FUN_OBJ_0(asvc_verify_obj, verify);

#endif
