#include "bind/supervise/relations.h"

#include "py/cstack.h"
#include "py/runtime.h"

#include "bind/supervise/boot.h"
#include "bind/base/clock.h"
#include "bind/supervise/control.h"
#include "bind/service/discover.h"
#include "bind/service/edges.h"
#include "bind/task/group.h"
#include "bind/base/is.h"
#include "bind/base/keep.h"
#include "bind/service/load.h"
#include "bind/service/options.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"
#include "bind/base/state.h"
#include "bind/supervise/supervise.h"
#include "core/config.h"
#include "core/units.h"

#if ASVC_SUPERVISION

typedef struct _asvc_relations_t {
    asvc_units_t table; // its arrays are units and edges below
    asvc_entry_t **entry; // by node
    asvc_unit_t *units;
    asvc_unit_edge_t *edges;
    bool restarting; // the user has had one restart, and it has not ended yet
    bool stale; // services have come or gone since it was built
    bool settling; // asked again from within: what it does changes states
    bool again;
} asvc_relations_t;

// ---- the table ------------------------------------------------------------------------------

static void build(asvc_relations_t *self) {
    asvc_edges_t edges = { 0 };
    asvc_edges_find(&edges);
    asvc_unit_t *units = m_new0(asvc_unit_t, edges.n + 1);
    self->entry = edges.entry;
    self->units = units;
    self->edges = edges.edges;
    self->table =
        (asvc_units_t){ .units = units, .n = edges.n, .edges = edges.edges, .n_edges = edges.n_edges };
    self->stale = false;
}

// The table as it is now; NULL while no service names another.
static asvc_relations_t *up_to_date(void) {
    asvc_relations_t *self = asvc_root()->relations;
    if (self != NULL && self->stale) {
        build(self);
    }
    return self;
}

// The table, as it is now, of a service that has to do with others; else NULL.
static asvc_relations_t *relations_of(asvc_entry_t *entry) {
    asvc_relations_t *self = up_to_date();
    return self != NULL && entry->related && !asvc_entry_is_core(entry) ? self : NULL;
}

// The first service that names another needs a table.
static void create(void) {
    asvc_root_t *root = asvc_root();
    if (root->relations == NULL) {
        root->relations = m_new0(asvc_relations_t, 1);
        root->relations->stale = true;
    }
}

// What a service is for core/units.
static asvc_unit_is_t is_now(asvc_entry_t *entry, bool *can_end) {
    asvc_task_t *task = asvc_main_task(entry);
    *can_end = false;
    bool live = task != NULL && asvc_task_is_live(task);
    if (!live && entry->error != MP_OBJ_NULL) {
        return entry->refused ? ASVC_UNIT_REFUSED : ASVC_UNIT_GONE;
    }
    if (task == NULL) {
        return ASVC_UNIT_DOWN;
    }
    bool core = asvc_entry_is_core(entry);
    bool held = asvc_task_is_held(task);
    asvc_supervision_t *supervision = asvc_supervision(task);
    switch (task->state) {
    case ASVC_STARTING:
        *can_end = !core;
        return ASVC_UNIT_COMING;
    case ASVC_RUNNING:
        *can_end = !core;
        return core ? ASVC_UNIT_COMING : ASVC_UNIT_UP;
    case ASVC_STOPPING:
        return ASVC_UNIT_GOING;
    case ASVC_STUCK:
        return ASVC_UNIT_STUCK;
    case ASVC_DONE:
        return ASVC_UNIT_UP;
    case ASVC_FAILED:
        return held ? ASVC_UNIT_DOWN : ASVC_UNIT_GONE;
    case ASVC_WAITING:
        if (held) {
            return ASVC_UNIT_DOWN;
        }
        // What waits for its due time has nothing to end: what it requires matters when it is due.
        *can_end = supervision != NULL && supervision->restart_ms != 0;
        return *can_end ? ASVC_UNIT_COMING : ASVC_UNIT_UP;
    default:
        return ASVC_UNIT_DOWN;
    }
}

static bool is_up(asvc_entry_t *entry) {
    bool can_end;
    return is_now(entry, &can_end) == ASVC_UNIT_UP;
}

// Whether the service has, or had, further instances NAME.service@1 ...
static bool has_instances(asvc_task_t *task) {
    return task->last_copy > 0;
}

// Does with each further instance that goes on what `what` says, and answers for how many that was so.
static size_t for_instances(asvc_task_t *main, bool (*what)(asvc_task_t *task)) {
    size_t len, n = 0;
    asvc_task_t **tasks = asvc_group_of_main(main, &len);
    for (size_t i = 0; i < len; i++) {
        if (tasks[i] != main && asvc_task_is_main(tasks[i]) && asvc_task_is_live(tasks[i])) {
            n += what(tasks[i]) ? 1 : 0;
        }
    }
    ASVC_KEEP(tasks);
    return n;
}

static bool is_ending(asvc_task_t *task) {
    return asvc_task_is_ending(task);
}

static void refresh(asvc_relations_t *self, uint32_t node) {
    asvc_unit_t *unit = &self->units[node];
    asvc_entry_t *entry = self->entry[node];
    unit->is = (uint8_t)is_now(entry, &unit->can_end);
    asvc_task_t *task = asvc_main_task(entry);
    bool instances_end = task != NULL && !asvc_task_is_live(task) && has_instances(task);
    if (instances_end && entry->related && for_instances(task, is_ending) > 0) {
        unit->is = ASVC_UNIT_GOING;
    }
    entry->restarting = entry->restarting && task != NULL && asvc_task_is_live(task);
    self->restarting = self->restarting || entry->restarting;
    // While it is being loaded nothing is to be started or refused.
    unit->wanted = entry->wanted && !entry->restarting && !entry->loading;
    if (entry->lacks && (unit->is == ASVC_UNIT_DOWN || unit->is == ASVC_UNIT_REFUSED)) {
        unit->wanted = false; // until that is there
    }
    if (asvc_boot_has(entry) && unit->is != ASVC_UNIT_UP) {
        unit->is = ASVC_UNIT_COMING; // in its turn
        unit->can_end = false;
        unit->wanted = true;
    }
}

// ---- doing it -------------------------------------------------------------------------------

static void restart(void *task) {
    asvc_group_restart(task);
}

// A run in the place of the record that waits, or of the last run.
static void start(asvc_entry_t *entry) {
    asvc_registry_clear_refusal(entry);
    asvc_task_t *task = asvc_main_task(entry);
    if (task != NULL && asvc_try(restart, task) != MP_OBJ_NULL) {
        asvc_deadlines_in(ASVC_NO_MEMORY_RETRY_MS); // where this is asked again
    }
}

static bool end_instance(asvc_task_t *task) {
    asvc_supervise_forget(task);
    asvc_task_stop(task);
    return true;
}

static void end_instances(asvc_task_t *task) {
    if (has_instances(task)) {
        for_instances(task, end_instance);
    }
}

static void stop_now(asvc_entry_t *entry) {
    asvc_task_t *task = asvc_main_task(entry);
    if (task != NULL) {
        asvc_task_stop(task);
        asvc_group_stop_children(task);
    }
}

// Ends a run. Where its user wants it up still, it is held until what it requires is up again.
static void end(asvc_entry_t *entry) {
    asvc_task_t *task = asvc_main_task(entry);
    asvc_supervision_t *supervision = asvc_supervision(task);
    if (entry->wanted) {
        task->flags |= ASVC_TASK_HELD;
        end_instances(task); // they come back only when they are loaded
    }
    if (task->state == ASVC_WAITING && entry->wanted) {
        if (supervision != NULL) {
            supervision->restart_ms = 0;
        }
        return;
    }
    stop_now(entry);
}

static void refuse(asvc_entry_t *entry, asvc_entry_t *because) {
    entry->error = asvc_strf("dependency failed: %o", because->name);
    entry->refused = true;
    asvc_task_t *task = asvc_main_task(entry);
    if (task != NULL) {
        task->flags &= (uint8_t)~ASVC_TASK_HELD;
        asvc_task_move(task, ASVC_EV_UNSCHEDULED);
    }
    asvc_sayf("%k%o", false, asvc_status_text(entry, NULL));
}

static void act(asvc_relations_t *self, asvc_units_action_t action, uint32_t node, uint32_t because) {
    asvc_unit_t *unit = &self->units[node];
    asvc_entry_t *entry = self->entry[node];
    uint8_t before = unit->is;
    switch (action) {
    case ASVC_UNITS_START:
        start(entry);
        break;
    case ASVC_UNITS_END:
        end(entry);
        break;
    default:
        // What is lost while something restarts may not be so in a moment: it is asked again then.
        if (!self->restarting) {
            refuse(entry, self->entry[because]);
        }
        unit->is = ASVC_UNIT_REFUSED;
        return;
    }
    refresh(self, node);
    if (unit->is == before) {
        // No memory, for one: nothing more of it now.
        unit->is = action == ASVC_UNITS_START ? ASVC_UNIT_COMING : ASVC_UNIT_GOING;
        unit->can_end = false;
    }
}

// Has those unloaded that were to be, once what requires them has ended. Its user may have changed his mind.
static void finish_unloading(asvc_relations_t *self) {
    for (size_t node = 0; node < self->table.n; node++) {
        asvc_entry_t *entry = self->entry[node];
        if (entry->wanted) {
            entry->unloading = false;
        } else if (entry->unloading && !asvc_relations_stop_waits(entry)) {
            asvc_unload(entry);
        }
    }
}

static void settle(void *arg) {
    asvc_relations_t *self = arg;
    do {
        self->again = false;
        if (self->stale) {
            build(self);
        }
        self->restarting = false;
        for (uint32_t node = 0; node < self->table.n; node++) {
            refresh(self, node);
        }
        uint32_t node, because;
        asvc_units_action_t action;
        while (
            !self->stale && (action = asvc_units_next(&self->table, &node, &because)) != ASVC_UNITS_SETTLED) {
            act(self, action, node, because);
        }
        finish_unloading(self);
    } while (self->again);
}

void asvc_relations_settle(void) {
    asvc_relations_t *self = asvc_root()->relations;
    if (self == NULL) {
        return;
    }
    self->again = true;
    if (self->settling || asvc_root()->holding > 0) {
        return;
    }
    self->settling = true;
    mp_obj_t exc = asvc_catch(&mp_type_BaseException, settle, self);
    self->settling = false;
    if (exc != MP_OBJ_NULL) {
        nlr_raise(exc);
    }
}

void asvc_relations_together(void (*fun)(void *arg), void *arg) {
    asvc_root_t *root = asvc_root();
    root->holding += 1;
    mp_obj_t exc = asvc_catch(&mp_type_BaseException, fun, arg);
    root->holding -= 1;
    if (exc != MP_OBJ_NULL) {
        nlr_raise(exc);
    }
    asvc_relations_settle();
}

void asvc_relations_changed(asvc_task_t *task) {
    asvc_entry_t *entry = task->entry;
    // Of a further instance its end matters: the service is gone only with the last of them.
    if (asvc_root()->relations != NULL && entry != NULL && !entry->removed
        && (asvc_is_main_task(task) || !asvc_task_is_live(task))) {
        asvc_relations_settle();
    }
}

// ---- loading --------------------------------------------------------------------------------

// Why a service that is required cannot be had, as an error of the one that requires it.
static ASVC_NORETURN void cannot_have(mp_obj_t name, asvc_entry_t *entry) {
    if (entry == NULL) {
        asvc_raise(&mp_type_ServiceException, "requirement \"%o\" %s", name, asvc_discover_why_absent(name));
    }
    if (asvc_is_error(entry->error) && !asvc_is_a(entry->error, &mp_type_ServiceException)) {
        asvc_raise(&mp_type_ServiceException, "requirement \"%o\" not loaded (%t)", name, entry->error);
    }
    asvc_raise(&mp_type_ServiceException, "dependency failed: %o", name);
}

static bool is_up_or_coming(asvc_entry_t *entry) {
    asvc_task_t *task = asvc_main_task(entry);
    return task != NULL && task->state != ASVC_STUCK
        && (asvc_task_is_live(task) || task->state == ASVC_WAITING || task->state == ASVC_DONE);
}

static bool has_failed(asvc_entry_t *entry) {
    asvc_task_t *task = asvc_main_task(entry);
    return entry->error != MP_OBJ_NULL || (task != NULL && task->state == ASVC_FAILED);
}

// Loads of the names what is not up; needed: the service requires them.
static void pull_in(
    asvc_entry_t *entry, const mp_obj_tuple_t *names, bool needed, const asvc_load_opts_t *opts) {
    for (size_t i = 0; i < names->len; i++) {
        asvc_entry_t *other = asvc_discover_enabled(names->items[i]);
        if (other != NULL && other->unloading) {
            asvc_unload(other); // now: what is loaded is to be as its file says
            other = asvc_discover_enabled(names->items[i]);
        }
        // A core service that has failed, or that boot has refused, is tried again for who loads a service by hand, but
        // not by init().
        bool given_up =
            other != NULL && asvc_entry_is_core(other) && has_failed(other) && asvc_root()->holding > 0;
        bool coming = other != NULL && (other->loading || asvc_boot_has(other) || is_up_or_coming(other));
        if (other != NULL && !given_up && !coming) {
            given_up = asvc_load(other, opts) == NULL;
        } else if (other != NULL && !given_up && !other->wanted && !asvc_entry_is_core(other)) {
            asvc_relations_wanted(other); // its stop waited for those that require it
        }
        if (needed && (other == NULL || given_up)) {
            entry->refused = true; // so that it is started when that is up, if it was loaded before
            cannot_have(names->items[i], other);
        }
    }
    ASVC_KEEP(names);
}

typedef struct {
    asvc_entry_t *entry;
    const asvc_load_opts_t *opts;
    bool named; // it requires others, or comes after them
} relations_load_t;

// All names are looked at before anything is started: what is wrong with one is raised here.
static void load_named(void *arg) {
    relations_load_t *load = arg;
    asvc_entry_t *entry = load->entry;
    const mp_obj_tuple_t *wants = asvc_options_names(entry->service, MP_QSTR_wants);
    asvc_edges_take_names(entry);
    create();
    asvc_edges_refuse_cycle(entry);
    const mp_obj_tuple_t *require = asvc_edges_names(entry, ASVC_UNIT_REQUIRES);
    pull_in(entry, require, true, load->opts);
    pull_in(entry, wants, false, load->opts);
    load->named = require->len + asvc_edges_names(entry, ASVC_UNIT_AFTER)->len > 0;
}

bool asvc_relations_load(asvc_entry_t *entry, const asvc_load_opts_t *opts) {
    mp_cstack_check(); // it calls itself for what is required
    asvc_registry_clear_refusal(entry);
    asvc_relations_look_again();
    // The order of core services is boot's while it is under way.
    if (!asvc_options_any_names(entry->service) || asvc_boot_has(entry)) {
        entry->names = mp_const_none;
        return false;
    }
    relations_load_t load = { .entry = entry, .opts = opts };
    mp_obj_t before = entry->names;
    mp_obj_t exc = asvc_catch(&mp_type_Exception, load_named, &load);
    asvc_relations_look_again();
    if (exc != MP_OBJ_NULL) {
        entry->names = before; // what runs is not touched
        nlr_raise(exc);
    }
    return load.named;
}

// ---- stopping and starting ------------------------------------------------------------------

static void unwant(asvc_entry_t *entry) {
    entry->wanted = false;
    asvc_registry_clear_refusal(entry);
    asvc_task_t *task = asvc_main_task(entry);
    if (task == NULL) {
        return;
    }
    bool waits = task->state == ASVC_WAITING;
    asvc_supervise_forget(task);
    if (waits) {
        asvc_task_stop(task); // nothing runs that something could have to end before
    }
}

// Unwants all that requires what is unwanted, however far.
static void unwant_dependants(asvc_relations_t *self) {
    bool more = true;
    while (more) {
        more = false;
        for (size_t k = 0; k < self->table.n_edges; k++) {
            asvc_entry_t *from = self->entry[self->edges[k].from], *to = self->entry[self->edges[k].to];
            if (self->edges[k].kind == ASVC_UNIT_REQUIRES && from->wanted && !to->wanted
                && !asvc_entry_is_core(to)) {
                asvc_task_t *task = asvc_main_task(from);
                if (task != NULL) {
                    asvc_control_unschedule(task);
                }
                unwant(from);
                if (task != NULL) {
                    end_instances(task);
                }
                more = true;
            }
        }
    }
}

void asvc_relations_stop(asvc_entry_t *entry) {
    unwant(entry);
    asvc_relations_t *self = relations_of(entry);
    if (self == NULL) {
        stop_now(entry);
        return;
    }
    unwant_dependants(self);
    asvc_task_t *task = asvc_main_task(entry);
    if (task != NULL && asvc_task_is_ending(task)) {
        stop_now(entry); // told again: it may have swallowed the first
    }
    asvc_relations_settle();
}

void asvc_relations_stop_all(void) {
    for (asvc_entry_t *entry = asvc_registry_first(); entry != NULL; entry = asvc_registry_next(entry)) {
        asvc_relations_stop(entry);
    }
    // Further instances, children, and what a program added itself for a service.
    size_t len;
    asvc_task_t **tasks = asvc_group_all(&len);
    for (size_t i = 0; i < len; i++) {
        asvc_task_t *task = tasks[i];
        bool in_order = asvc_is_main_task(task) && task->entry->related;
        if (asvc_task_service(task) != MP_OBJ_NULL && !in_order) {
            asvc_supervise_forget(task);
            asvc_task_stop(task);
        }
    }
    ASVC_KEEP(tasks);
}

bool asvc_relations_restart(asvc_entry_t *entry) {
    if (relations_of(entry) == NULL) {
        return false;
    }
    entry->wanted = true;
    entry->restarting = true;
    asvc_main_task(entry)->flags |=
        ASVC_TASK_HELD; // also where it ends by itself before its turn to end comes
    asvc_relations_settle();
    return true;
}

// Whether all that the service requires is up, as the table knows it.
static bool has_required(asvc_entry_t *entry) {
    asvc_relations_t *self = asvc_root()->relations;
    if (entry->lacks) {
        return false;
    }
    for (size_t k = 0; self != NULL && k < self->table.n_edges && entry->related; k++) {
        const asvc_unit_edge_t *edge = &self->edges[k];
        bool requires = edge->from == entry->unit && edge->kind == ASVC_UNIT_REQUIRES;
        if (requires && !is_up(self->entry[edge->to])) {
            return false;
        }
    }
    return true;
}

// Whether the service has to do with others. One that it names may have been unloaded, and with it the edge to it.
static bool has_others(asvc_entry_t *entry) {
    return asvc_root()->relations != NULL && (entry->related || asvc_edges_any_names(entry));
}

static void hold(asvc_task_t *task) {
    asvc_task_move(task, ASVC_EV_SCHEDULED);
    task->flags |= ASVC_TASK_HELD;
}

bool asvc_relations_may_run(asvc_task_t *task) {
    asvc_entry_t *entry = task->entry;
    if (entry == NULL) {
        return true;
    }
    entry->wanted = true; // its schedule says so, though its last run may have been stopped
    if (!entry->removed) {
        up_to_date();
    }
    bool may = entry->removed || has_required(entry);
    if (!may && !entry->refused) {
        hold(task);
    }
    return may;
}

bool asvc_relations_hold(asvc_task_t *task) {
    asvc_entry_t *entry = task->entry;
    bool is_main = asvc_is_main_task(task) && !entry->removed;
    asvc_relations_t *self = asvc_root()->relations;
    // Where the table is not up to date, what settles next starts it at once, if it may run.
    bool unsure = self != NULL && self->stale && has_others(entry);
    bool holds = is_main && entry->wanted && (unsure || !has_required(entry));
    if (holds) {
        hold(task);
    }
    return holds;
}

bool asvc_relations_stop_waits(asvc_entry_t *entry) {
    asvc_task_t *task = asvc_main_task(entry);
    return asvc_root()->relations != NULL && entry->related && !entry->wanted && task != NULL
        && asvc_task_goes_on(task);
}

static void pull_in_required(void *entry) {
    asvc_load_opts_t quietly = { .log = mp_const_none };
    pull_in(entry, asvc_edges_names(entry, ASVC_UNIT_REQUIRES), true, &quietly);
}

void asvc_relations_scheduled(asvc_entry_t *entry) {
    mp_cstack_check(); // as asvc_relations_load
    asvc_registry_clear_refusal(entry);
    mp_obj_t exc = MP_OBJ_NULL;
    if (has_others(entry)) {
        // One that goes on is kept from now on, one at rest is to be started when all that it requires was asked for.
        entry->wanted = asvc_main_is_live(entry);
        exc = asvc_catch(&mp_type_ServiceException, pull_in_required, entry);
    }
    entry->wanted = true;
    asvc_relations_look_again(); // what it names is what it named at its load from now on
    if (exc != MP_OBJ_NULL) {
        entry->refused = entry->refused && !asvc_main_is_live(entry);
        entry->error = entry->refused ? exc : entry->error;
        nlr_raise(exc);
    }
}

void asvc_relations_wanted(asvc_entry_t *entry) {
    asvc_task_t *task = asvc_main_task(entry); // before: what it requires may be up with that, and start it
    asvc_relations_scheduled(entry);
    if (task == NULL || !has_others(entry)) {
        return;
    }
    if (!asvc_task_is_live(task)) {
        hold(task);
    }
    asvc_relations_settle();
}

void asvc_relations_add_missing(vstr_t *line, asvc_entry_t *entry) {
    asvc_relations_t *self = asvc_root()->relations;
    bool any = false;
    for (size_t k = 0; self != NULL && !self->stale && k < self->table.n_edges; k++) {
        asvc_entry_t *to = self->entry[self->edges[k].to];
        if (self->edges[k].from == entry->unit && !is_up(to)) {
            asvc_addf(line, any ? ", %o" : "%o", to->name);
            any = true;
        }
    }
}

void asvc_relations_look_again(void) {
    asvc_relations_t *self = asvc_root()->relations;
    if (self != NULL) {
        self->stale = true;
    }
}

bool asvc_relations_unload_waits(asvc_entry_t *entry) {
    if (asvc_root()->relations == NULL) {
        return false;
    }
    bool again = entry->unloading;
    if (!again) {
        asvc_relations_stop(entry);
        entry->unloading = asvc_relations_stop_waits(entry);
    }
    return entry->unloading && !again;
}

void asvc_restart_along(asvc_task_t *task) {
    asvc_supervision_t *supervision = asvc_supervision(task);
    if (supervision == NULL || supervision->options.along == MP_OBJ_NULL) {
        return;
    }
    // A list, a tuple or, as asyncmd's services have it, a set, which grows while they run.
    mp_obj_t name;
    mp_obj_t names = mp_getiter(supervision->options.along, NULL);
    while ((name = mp_iternext(names)) != MP_OBJ_STOP_ITERATION) {
        asvc_entry_t *entry = asvc_is_str(name) ? asvc_registry_find(name) : NULL;
        asvc_task_t *other = entry == NULL ? NULL : asvc_main_task(entry);
        if (other != NULL && entry != task->entry && entry->wanted) {
            asvc_control_restart(other);
        }
    }
}

#endif
