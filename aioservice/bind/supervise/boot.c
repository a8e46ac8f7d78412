#include "bind/supervise/boot.h"

#include <string.h>

#include "py/objlist.h"
#include "py/runtime.h"

#include "bind/base/args.h"
#include "bind/base/awaitable.h"
#include "bind/config/config_store.h"
#include "bind/service/discover.h"
#include "bind/base/is.h"
#include "bind/base/keep.h"
#include "bind/service/load.h"
#include "bind/base/loop.h"
#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "bind/supervise/relations.h"
#include "bind/base/say.h"
#include "bind/service/service_class.h"
#include "bind/base/state.h"
#include "bind/supervise/supervise.h"
#include "core/config.h"
#include "core/graph.h"

#if ASVC_BOOT

// A core service in this boot; its node in the graph has the same number, which its entry knows.
typedef struct {
    asvc_entry_t *entry;
    asvc_task_t *task; // NULL before it is waited for
    bool started; // by this boot
    bool over; // it has ended, or will not run
    bool well; // it has ended well
    bool required; // by another one
    uint32_t next_ended; // list of those that have ended since the last step
} core_t;

typedef enum { NEW, UNDER_WAY, OVER } phase_t;

typedef struct _asvc_boot_t {
    asvc_awaitable_t base;
    asvc_load_opts_t opts;
    bool use_config;
    phase_t phase;
    uint32_t n;
    core_t *core;
    asvc_graph_t graph;
    uint32_t first_ended, last_ended; // ASVC_GRAPH_NONE where the list is empty
    mp_obj_t results; // dict
    mp_obj_t queue; // the run queue it is under way on
} asvc_boot_t;

// ---- lines and results ----------------------------------------------------------------------

static mp_obj_t name_of(asvc_boot_t *self, uint32_t node) {
    return self->core[node].entry->name;
}

// Whether the service is in this boot; its number may be of an earlier one.
static bool has(const asvc_boot_t *self, const asvc_entry_t *entry) {
    return entry->node < self->n && self->core[entry->node].entry == entry;
}

static void set_result(asvc_boot_t *self, uint32_t node, mp_obj_t result) {
    mp_obj_dict_store(self->results, name_of(self, node), result);
}

// A service that will not run: error, a str, says why.
static void refuse(asvc_boot_t *self, uint32_t node, mp_obj_t error) {
    asvc_entry_t *entry = self->core[node].entry;
    self->core[node].over = true;
    entry->error = error;
    asvc_registry_mark_loaded(entry);
    set_result(self, node, mp_obj_new_exception_arg1(&mp_type_RuntimeError, error));
    asvc_outcome(&self->opts, false, asvc_status_text(entry, NULL));
}

// ---- what requires what ---------------------------------------------------------------------

// kwargs["require"] of an object that should be a dict, or MP_OBJ_NULL.
static mp_obj_t require_in(mp_obj_t kwargs) {
    bool is_dict = asvc_is_dict(kwargs);
    return is_dict ? asvc_dict_get(kwargs, MP_QSTR_require) : MP_OBJ_NULL;
}

// The names a service requires: kwargs["require"] as services.config has it, as the service has it, or
// its attribute `require`; a name, a list of names, or nothing.
static mp_obj_t requirements_of(asvc_entry_t *entry, mp_obj_t config) {
    mp_obj_t require = MP_OBJ_NULL;
    mp_obj_t found = config == MP_OBJ_NULL ? MP_OBJ_NULL : asvc_config_entry(config, entry->name);
    if (found != MP_OBJ_NULL) {
        require = require_in(asvc_dict_get(found, MP_QSTR_kwargs));
    }
    if (require == MP_OBJ_NULL) {
        require = require_in(asvc_entry_attr_quiet(entry, MP_QSTR_kwargs));
    }
    if (require == MP_OBJ_NULL) {
        require = asvc_entry_attr_quiet(entry, MP_QSTR_require);
    }
    if (!asvc_is_true(require)) {
        return mp_const_empty_tuple;
    }
    return asvc_is_str(require) ? mp_obj_new_tuple(1, &require) : require;
}

// Why there is no core service of that name.
static mp_obj_t why_missing(mp_obj_t name, asvc_entry_t *entry) {
    if (entry != NULL && asvc_is_error(entry->error)) {
        return asvc_strf("requirement \"%o\" not loaded (%t)", name, entry->error);
    }
    const char *why = "is no core service: only those have ended when others start";
    if (entry == NULL) {
        why = asvc_discover_why_absent(name);
    } else if (asvc_entry_is_core(entry)) {
        why = "is disabled";
    }
    return asvc_strf("requirement \"%o\" %s", name, why);
}

// Enters one requirement of node; answers false, having refused the node, where it can't be met.
static bool require_one(asvc_boot_t *self, uint32_t node, mp_obj_t required) {
    mp_obj_t why;
    if (!asvc_is_str(required)) {
        why = asvc_strf("require: expected a name or a list of names, got %r", required);
    } else {
        mp_obj_t name = asvc_plain_name(required, "require");
        asvc_entry_t *other = asvc_registry_find(name);
        if (other != NULL && has(self, other)) {
            self->core[other->node].required = true;
            asvc_graph_require(&self->graph, node, other->node);
            return true;
        }
        why = why_missing(name, other);
    }
    asvc_graph_refuse(&self->graph, node);
    refuse(self, node, why);
    return false;
}

// requirements as an array; what is no list is handed on as it is, to be named as wrong.
static void requirements_array(mp_obj_t *requirements, size_t *len, mp_obj_t **item) {
    bool is_list = asvc_is_sequence(*requirements);
    if (is_list) {
        mp_obj_get_array(*requirements, len, item);
    } else {
        *len = 1;
        *item = requirements;
    }
}

static void build_graph(asvc_boot_t *self) {
    mp_obj_t *requirements = m_new(mp_obj_t, self->n + 1);
    size_t n_edges = 0, len;
    mp_obj_t *item;
    for (uint32_t node = 0; node < self->n; node++) {
        requirements[node] = requirements_of(self->core[node].entry, self->opts.config);
        requirements_array(&requirements[node], &len, &item);
        n_edges += len;
    }
    asvc_graph_init(&self->graph, m_new(asvc_graph_node_t, self->n + 1), self->n,
        m_new(asvc_graph_edge_t, n_edges + 1), (uint32_t)n_edges);
    for (uint32_t node = 0; node < self->n; node++) {
        bool possible = true;
        requirements_array(&requirements[node], &len, &item);
        for (size_t i = 0; i < len && possible; i++) {
            possible = require_one(self, node, item[i]);
        }
    }
    ASVC_KEEP(requirements);
    asvc_graph_start(&self->graph);
}

// "dependency cycle: a -> b -> a", for each service on it
static void refuse_cycles(asvc_boot_t *self) {
    uint32_t *cycle = m_new(uint32_t, self->n + 1);
    size_t len;
    while (asvc_graph_next_cycle(&self->graph, cycle, self->n, &len)) {
        vstr_t text;
        vstr_init(&text, 64);
        for (size_t i = 0; i <= len; i++) {
            asvc_addf(&text, i == 0 ? "dependency cycle: %o" : " -> %o", name_of(self, cycle[i % len]));
        }
        mp_obj_t why = mp_obj_new_str_from_vstr(&text);
        for (size_t k = 0; k < len; k++) {
            refuse(self, cycle[k], why);
        }
    }
    ASVC_KEEP(cycle);
}

// ---- under way ------------------------------------------------------------------------------

bool asvc_boot_runs(asvc_entry_t *entry, mp_obj_t config) {
    mp_obj_t own = asvc_service_set_attr(entry->service, MP_QSTR_enabled);
    bool enabled = own == MP_OBJ_NULL || mp_obj_is_true(own);
    return asvc_entry_is_core(entry) && asvc_config_enabled(config, entry->name, enabled);
}

static void begin(asvc_boot_t *self) {
    asvc_root_t *root = asvc_root();
    // One left behind on a queue that new_event_loop() has replaced will never go on.
    if (root->boot != NULL && root->boot->queue == asvc_loop_queue()) {
        asvc_raise(&mp_type_RuntimeError,
            "a boot is under way already: await that one (after Ctrl-C, asyncio.new_event_loop() drops it)");
    }
    asvc_discover();
    self->opts.config = self->use_config ? asvc_config_index(asvc_config_read()) : MP_OBJ_NULL;
    self->results = mp_obj_new_dict(0);
    self->core = m_new0(core_t, asvc_registry_len() + 1);
    for (asvc_entry_t *entry = asvc_registry_first(); entry != NULL; entry = asvc_registry_next(entry)) {
        if (asvc_boot_runs(entry, self->opts.config)) {
            entry->node = self->n;
            self->core[self->n++].entry = entry;
        }
    }
    self->first_ended = ASVC_GRAPH_NONE;
    build_graph(self);
    refuse_cycles(self);
    self->queue = asvc_loop_queue();
    root->boot = self;
    self->phase = UNDER_WAY;
}

bool asvc_boot_has(const asvc_entry_t *entry) {
    const asvc_boot_t *self = asvc_root()->boot;
    bool has_it = self != NULL && has(self, entry) && !self->core[entry->node].over;
    return has_it && self->queue == asvc_loop_queue();
}

// The node that waits for a task of that name, or ASVC_GRAPH_NONE: it may be another run than the one that was started,
// and the service may have been loaded anew meanwhile.
static uint32_t node_of(const asvc_boot_t *self, const asvc_task_t *task) {
    for (uint32_t node = has(self, task->entry) ? task->entry->node : 0; node < self->n; node++) {
        const core_t *core = &self->core[node];
        if (core->entry->task_name == task->name && core->task != NULL && !core->over) {
            return node;
        }
    }
    return ASVC_GRAPH_NONE;
}

void asvc_boot_task_ended(asvc_task_t *task, bool well) {
    asvc_boot_t *self = asvc_root()->boot;
    uint32_t node = self == NULL ? ASVC_GRAPH_NONE : node_of(self, task);
    if (node == ASVC_GRAPH_NONE) {
        return; // that boot was cancelled
    }
    self->core[node].task = task;
    self->core[node].over = true;
    self->core[node].well = well;
    self->core[node].next_ended = ASVC_GRAPH_NONE;
    *(self->first_ended == ASVC_GRAPH_NONE ? &self->first_ended : &self->core[self->last_ended].next_ended) =
        node;
    self->last_ended = node;
    asvc_awaitable_wake(&self->base);
}

// Says how a core service ended. Good ends are printed only of those that others wait for, as in
// the document's session; the log has them all.
static void say_end(asvc_boot_t *self, uint32_t node, bool ok, mp_obj_t result) {
    asvc_load_opts_t opts = self->opts;
    mp_obj_t text;
    if (ok) {
        opts.say = opts.say && self->core[node].required;
        text = asvc_strf(result == mp_const_none ? "%o.service done" : "%o.service done --> result: %o",
            name_of(self, node), result);
    } else if (self->core[node].task->state == ASVC_STOPPED) {
        text = asvc_strf("%o stopped before its end", asvc_entry_text(self->core[node].entry));
    } else if (self->core[node].task->state == ASVC_DONE) {
        text = asvc_strf("%o returned %x", asvc_entry_text(self->core[node].entry), result);
    } else {
        text = asvc_status_text(self->core[node].entry, NULL);
    }
    asvc_outcome(&opts, ok, text);
}

// As an exception.
static mp_obj_t why_barred(const asvc_task_t *task) {
    return asvc_exceptionf(&mp_type_RuntimeError, "%s", asvc_supervise_bars(task));
}

static void take_ended(asvc_boot_t *self) {
    while (self->first_ended != ASVC_GRAPH_NONE) {
        uint32_t node = self->first_ended;
        self->first_ended = self->core[node].next_ended;
        asvc_task_t *task = self->core[node].task;
        bool ok = self->core[node].well;
        mp_obj_t result = task->state == ASVC_STUCK ? why_barred(task) : asvc_task_result(task);
        set_result(self, node, result);
        say_end(self, node, ok, result);
        asvc_graph_ended(&self->graph, node, ok);
    }
}

static void start_node(asvc_boot_t *self, uint32_t node) {
    core_t *core = &self->core[node];
    if (core->entry->removed) {
        refuse(self, node, asvc_strf("unloaded before its turn"));
        asvc_graph_ended(&self->graph, node, false);
        return;
    }
    // One that still runs, started by hand or by a boot that was cancelled, is waited for.
    asvc_task_t *running = asvc_main_task(core->entry);
    if (running != NULL && asvc_task_is_live(running) && running->state != ASVC_STUCK) {
        core->task = running;
    } else {
        core->task = asvc_load(core->entry, &self->opts);
        core->started = core->task != NULL;
    }
    if (core->task != NULL) {
        core->task->flags |= ASVC_TASK_WATCHED;
    } else {
        mp_obj_t error = core->entry->error;
        if (error == MP_OBJ_NULL) { // stuck, or at its start limit
            error = why_barred(asvc_main_task(core->entry));
        }
        core->over = true;
        set_result(self, node, error);
        asvc_graph_ended(&self->graph, node, false);
    }
}

// Does all there is to do now; answers whether the boot is over.
static bool advance(asvc_boot_t *self) {
    take_ended(self);
    uint32_t node, because;
    bool more = true;
    while (more) {
        more = false;
        while (asvc_graph_next_refused(&self->graph, &node, &because)) {
            refuse(self, node, asvc_strf("dependency failed: %o", name_of(self, because)));
        }
        if (asvc_graph_next_ready(&self->graph, &node)) {
            start_node(self, node);
            more = true;
        }
    }
    return asvc_graph_pending(&self->graph) == 0;
}

// ---- the awaitable --------------------------------------------------------------------------

static void settle(void *arg) {
    (void)arg;
    asvc_relations_settle();
}

static void leave(asvc_boot_t *self) {
    bool under_way = self->phase == UNDER_WAY;
    self->phase = OVER;
    if (asvc_root()->boot == self) {
        asvc_root()->boot = NULL;
    }
    if (under_way) {
        asvc_try(settle, NULL); // what was loaded meanwhile may require one that it has refused
    }
}

static mp_obj_t boot_step(mp_obj_t self_in) {
    asvc_boot_t *self = MP_OBJ_TO_PTR(self_in);
    if (self->phase == NEW) {
        begin(self);
    }
    if (self->phase == UNDER_WAY && !advance(self)) {
        asvc_awaitable_park(&self->base);
        return MP_OBJ_NULL;
    }
    leave(self);
    return self->results;
}

static void end_core(asvc_entry_t *entry) {
    asvc_task_t *task = asvc_main_task(entry);
    entry->wanted = false;
    if (task != NULL) {
        asvc_supervise_forget(task);
        asvc_task_stop(task);
    }
}

// Ends a boot that is not over: what it started and still runs is stopped.
static void boot_leave(mp_obj_t self_in) {
    asvc_boot_t *self = MP_OBJ_TO_PTR(self_in);
    bool under_way = self->phase == UNDER_WAY;
    leave(self);
    for (uint32_t node = 0; under_way && node < self->n; node++) {
        core_t *core = &self->core[node];
        if (core->started && !core->over) {
            end_core(core->entry);
        }
    }
}

static mp_obj_t boot_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    enum { ARG_debug, ARG_log, ARG_debug_log, ARG_config };
    static const mp_arg_t allowed[] = {
        { MP_QSTR_debug, MP_ARG_BOOL, { .u_bool = true } },
        { MP_QSTR_log, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
        { MP_QSTR_debug_log, MP_ARG_BOOL, { .u_bool = false } },
        { MP_QSTR_config, MP_ARG_BOOL, { .u_bool = true } },
    };
    mp_arg_val_t arg[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all_kw_array(n_args, n_kw, args, MP_ARRAY_SIZE(allowed), allowed, arg);
    asvc_boot_t *self = m_new0(asvc_boot_t, 1);
    self->base.base.type = type;
    self->opts.say = arg[ARG_debug].u_bool;
    self->opts.log = arg[ARG_log].u_obj;
    self->opts.debug_log = arg[ARG_debug_log].u_bool;
    self->use_config = arg[ARG_config].u_bool;
    self->results = mp_const_none;
    return MP_OBJ_FROM_PTR(self);
}

static const asvc_awaitable_protocol_t boot_protocol = { boot_step, boot_leave };
ASVC_AWAITABLE_TYPE(asvc_type_boot, MP_QSTR_boot, boot_protocol, make_new, boot_make_new);

#endif
