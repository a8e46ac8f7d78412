#include "bind/supervise/boot.h"

#include "py/objlist.h"
#include "py/runtime.h"

#include "bind/base/args.h"
#include "bind/base/awaitable.h"
#include "bind/base/is.h"
#include "bind/base/keep.h"
#include "bind/base/loop.h"
#include "bind/base/manager.h"
#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"
#include "bind/base/upward.h"
#include "bind/config/config_say.h"
#include "bind/config/config_store.h"
#include "bind/service/boots.h"
#include "bind/service/discover.h"
#include "bind/service/load.h"
#include "bind/service/names.h"
#include "bind/service/tell.h"
#include "bind/service/why.h"
#include "bind/task/group.h"
#include "manager/edges.h"

#if ASVC_BOOT

typedef enum { NEW, UNDER_WAY, OVER } phase_t;

typedef struct _asvc_boot_t {
    asvc_awaitable_t base;
    asvc_load_opts_t opts;
    bool use_config;
    phase_t phase;
    mp_obj_t results; // dict
    mp_obj_t queue; // the run queue it is under way on
} asvc_boot_t;

// The boot that is under way on this loop, or NULL. One left behind on a queue that new_event_loop() has replaced will
// never go on.
static asvc_boot_t *under_way(void) {
    asvc_boot_t *self = asvc_root()->boot;
    return self != NULL && self->queue == asvc_loop_queue() ? self : NULL;
}

mp_obj_t asvc_boot_state(void) {
    asvc_root_t *root = asvc_root();
    if (root->boot_state == MP_QSTR_running && under_way() == NULL) {
        root->boot_state = MP_QSTR_stopped;
    }
    return root->boot_state == MP_QSTRnull ? mp_const_none : MP_OBJ_NEW_QSTR(root->boot_state);
}

void asvc_boot_opts(const asvc_entry_t *entry, asvc_load_opts_t *opts) {
    asvc_boot_t *self = under_way();
    if (self != NULL && asvc_entry_is_core((asvc_entry_t *)entry)) {
        *opts = self->opts;
    }
}

// ---- lines and results ----------------------------------------------------------------------

static void set_result(asvc_boot_t *self, asvc_entry_t *entry, mp_obj_t result) {
    mp_obj_dict_store(self->results, entry->name, result);
}

// A service that cannot run: what is wrong with it is told.
static void refuse(asvc_entry_t *entry, mp_obj_t error) {
    asvc_manager_cannot_start(asvc_manager(), entry->id);
    entry->error = error;
    asvc_tell_failed(entry);
}

static bool is_required(const asvc_entry_t *entry) {
    return asvc_edges_in(asvc_record(&asvc_root()->manager, entry->id)) != 0;
}

// Tells how a core service ended; a failure was told already. Good ends are printed only of those that others wait for, as
// in the document's session; the log has them all.
static void tell_end(asvc_boot_t *self, asvc_entry_t *entry, bool well, mp_obj_t result) {
    asvc_load_opts_t opts = self->opts;
    asvc_state_t state = asvc_manager_state(asvc_manager(), entry->id);
    if (well) {
        opts.say = opts.say && is_required(entry);
        mp_obj_t what = result == mp_const_none ? MP_OBJ_NULL : asvc_strf("%o", result);
        asvc_tell_as(ASVC_EVENT_DONE, entry->id, what, 0, asvc_how(&opts));
    } else if (state == ASVC_STOPPED) {
        asvc_tell(ASVC_EVENT_LOAD_FAILED, entry->id, asvc_strf("stopped before its end"), 0);
    } else if (state == ASVC_DONE) {
        asvc_tell(ASVC_EVENT_FAILED, entry->id, asvc_strf("returned %t: %o", result, result), 0);
    } else if (state != ASVC_FAILED) {
        asvc_tell_failed(entry);
    }
}

// What our own errors say, as boot answers it.
static mp_obj_t as_exception(mp_obj_t error) {
    bool other = mp_obj_is_exception_instance(error) && !asvc_is_a(error, &mp_type_ServiceException);
    return other ? error : asvc_exceptionf(&mp_type_RuntimeError, "%o", error);
}

static mp_obj_t why_barred(const asvc_task_t *task) {
    return asvc_exceptionf(&mp_type_RuntimeError, "%s", asvc_bars(task));
}

void asvc_boot_over(asvc_entry_t *entry) {
    asvc_boot_t *self = under_way();
    if (self == NULL) {
        return;
    }
    asvc_awaitable_wake(&self->base);
    if (asvc_map_get(mp_obj_dict_get_map(self->results), entry->name) != MP_OBJ_NULL) {
        return; // it was not tried
    }
    asvc_task_t *task = entry->seat.task;
    mp_obj_t error = asvc_entry_error(entry);
    bool unloaded = entry->service == MP_OBJ_NULL;
    if (unloaded || (task == NULL && error == MP_OBJ_NULL)) {
        error = asvc_strf(unloaded ? "unloaded before its end" : "stopped before its start");
        asvc_registry_mark_loaded(entry);
        asvc_tell(ASVC_EVENT_LOAD_FAILED, entry->id, error, 0);
    }
    if (error != MP_OBJ_NULL) { // which was said
        set_result(self, entry, as_exception(error));
        return;
    }
    if (task != NULL) {
        bool stuck = asvc_task_state(task) == ASVC_STUCK;
        mp_obj_t result = stuck ? why_barred(task) : asvc_or_none(asvc_task_result(task));
        set_result(self, entry, result);
        tell_end(self, entry, asvc_record(&asvc_root()->manager, entry->id)->good, result);
    }
}

// ---- the beginning --------------------------------------------------------------------------

static mp_obj_t configured(const asvc_boot_t *self, const asvc_entry_t *entry) {
    mp_obj_t config = self->opts.config;
    return ASVC_CONFIG && config != MP_OBJ_NULL ? asvc_config_entry(config, entry->name) : MP_OBJ_NULL;
}

// A core service whose names are taken.
typedef struct {
    asvc_boot_t *boot;
    asvc_entry_t *entry;
    mp_obj_t why; // text of a circle
    asvc_id_t *circle;
    size_t len;
} look_t;

static void take_names(void *arg) {
    look_t *look = arg;
    look->why =
        asvc_names_take(look->entry, configured(look->boot, look->entry), false, &look->circle, &look->len);
}

// One that still runs, started by hand or by a boot that was cancelled, is waited for.
static bool is_new(const asvc_entry_t *entry) {
    bool live = entry->seat.task != NULL && asvc_task_is_live(entry->seat.task);
    return asvc_manager_is_in_boot(asvc_manager(), entry->id) && !live;
}

// What is wrong with it is kept in entry->error, and said later. Each core service on a circle is refused; of those that
// were looked at before, the names go.
static void look_at_names(asvc_boot_t *self, asvc_entry_t *entry) {
    look_t look = { self, entry, MP_OBJ_NULL, NULL, 0 };
    mp_obj_t exc = asvc_try(take_names, &look);
    if (look.why == MP_OBJ_NULL) {
        entry->error = exc == MP_OBJ_NULL ? entry->error : exc;
        return;
    }
    // It is told from the one on that is found first.
    size_t first = 0;
    for (size_t i = 1; i < look.len; i++) {
        first = look.circle[i] < look.circle[first] ? i : first;
    }
    exc = asvc_exceptionf(&mp_type_ServiceException, "%o", asvc_why_circle(look.circle, look.len, first));
    for (size_t i = 0; i < look.len; i++) {
        asvc_entry_t *other = asvc_registry_of_record(look.circle[i]);
        if (is_new(other)) { // others are loaded, and refused, by themselves
            asvc_names_clear(other);
            other->error = exc;
        }
    }
    ASVC_KEEP(look.circle);
}

static void want(asvc_boot_t *self, asvc_entry_t *entry) {
    if (entry->error != MP_OBJ_NULL) {
        return;
    }
    if (entry->seat.task != NULL && asvc_bars(entry->seat.task) != NULL) {
        set_result(self, entry, why_barred(entry->seat.task));
        return;
    }
    asvc_task_unseat(entry->id); // it is loaded anew
    asvc_manager_start(asvc_manager(), entry->id);
}

// Tells what keeps a service from being started, where something does: with itself, or with what it requires.
static void tell_refused(asvc_entry_t *entry) {
    if (entry->error != MP_OBJ_NULL) {
        refuse(entry, entry->error);
    } else if (asvc_manager_refuse(asvc_manager(), entry->id)) {
        asvc_tell_failed(entry);
    }
}

// All is looked at before anything is started.
static void begin(asvc_boot_t *self) {
    asvc_manager_t *m = asvc_manager();
    asvc_names_new_round();
    for (asvc_entry_t *at = asvc_registry_first(); at != NULL; at = asvc_registry_next(at)) {
        if (asvc_boots(at, self->opts.config)) {
            asvc_manager_set_core(m, at->id, true);
            asvc_manager_boot(m, at->id);
            at->error = asvc_load_import_failed(at) ? at->error : MP_OBJ_NULL;
        }
    }
    for (asvc_entry_t *at = asvc_registry_first(); at != NULL; at = asvc_registry_next(at)) {
        if (is_new(at) && at->error == MP_OBJ_NULL) {
            look_at_names(self, at);
        }
    }
    for (asvc_entry_t *at = asvc_registry_first(); at != NULL; at = asvc_registry_next(at)) {
        if (is_new(at)) {
            want(self, at);
        }
    }
    asvc_entry_t *next;
    for (asvc_entry_t *at = asvc_registry_first(); at != NULL; at = next) {
        next = asvc_registry_next(at); // before it moves to the loaded ones
        if (is_new(at)) {
            tell_refused(at);
        }
    }
}

static void start(asvc_boot_t *self) {
    asvc_root_t *root = asvc_root();
    asvc_group_check_loop();
    if (under_way() != NULL) {
        asvc_raise(&mp_type_RuntimeError,
            "a boot is under way already: await that one (after Ctrl-C, asyncio.new_event_loop() drops it)");
    }
    if (ASVC_CONFIG) {
        asvc_config_forget(asvc_config_broken()); // a broken one is told by each boot
    }
    asvc_discover();
    self->opts.config = asvc_load_read_config(self->use_config, true);
    self->results = mp_obj_new_dict(0);
    self->queue = asvc_loop_queue();
    root->boot = self;
    root->boot_state = MP_QSTR_running;
    self->phase = UNDER_WAY;
    begin(self);
    asvc_drive();
}

// ---- the awaitable --------------------------------------------------------------------------

static void leave(asvc_boot_t *self) {
    self->phase = OVER;
    if (asvc_root()->boot == self) {
        asvc_root()->boot = NULL;
    }
}

static bool all_well(const asvc_boot_t *self) {
    size_t at = 0;
    mp_map_elem_t *elem;
    while ((elem = asvc_dict_next(self->results, &at)) != NULL) {
        if (asvc_is_error(elem->value)) {
            return false;
        }
    }
    return true;
}

static mp_obj_t boot_step(mp_obj_t self_in) {
    asvc_boot_t *self = MP_OBJ_TO_PTR(self_in);
    if (self->phase == NEW) {
        start(self);
    }
    if (self->phase == UNDER_WAY && asvc_root()->manager.n_boot > 0) {
        asvc_awaitable_park(&self->base);
        return MP_OBJ_NULL;
    }
    if (self->phase == UNDER_WAY) {
        asvc_root()->boot_state = all_well(self) ? MP_QSTR_done : MP_QSTR_failed;
    }
    leave(self);
    return self->results;
}

// Ends a boot that is not over: what it started and still runs is stopped.
static void boot_leave(mp_obj_t self_in) {
    asvc_boot_t *self = MP_OBJ_TO_PTR(self_in);
    bool is_under_way = self->phase == UNDER_WAY;
    leave(self);
    if (!is_under_way) {
        return;
    }
    asvc_root()->boot_state = MP_QSTR_stopped;
    asvc_manager_t *m = asvc_manager();
    for (asvc_entry_t *at = asvc_registry_first(); at != NULL; at = asvc_registry_next(at)) {
        if (asvc_manager_is_in_boot(m, at->id)) {
            asvc_manager_leave_boot(m, at->id);
            asvc_manager_stop(m, at->id, true);
        }
    }
    asvc_drive();
}

static mp_obj_t boot_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    enum { ARG_debug, ARG_log, ARG_debug_log, ARG_config, N_ARGS };
    mp_arg_val_t arg[N_ARGS];
    mp_arg_parse_all_kw_array(n_args, n_kw, args, N_ARGS, asvc_init_args, arg);
    asvc_boot_t *self = m_new0(asvc_boot_t, 1);
    self->base.base.type = type;
    self->opts.say = arg[ARG_debug].u_bool;
    asvc_take_logger(arg[ARG_log].u_obj);
    self->opts.debug_log = arg[ARG_debug_log].u_bool;
    self->use_config = arg[ARG_config].u_bool;
    self->results = mp_const_none;
    return MP_OBJ_FROM_PTR(self);
}

static const asvc_awaitable_protocol_t boot_protocol = { boot_step, boot_leave };
ASVC_AWAITABLE_TYPE(asvc_type_boot, MP_QSTR_boot, boot_protocol, make_new, boot_make_new);

#endif
