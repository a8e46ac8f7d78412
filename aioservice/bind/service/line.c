#include "bind/service/line.h"

#include "py/runtime.h"

#include "bind/base/args.h"
#include "bind/base/is.h"
#include "bind/base/manager.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"
#include "bind/service/discover.h"
#include "bind/service/event_text.h"
#include "bind/service/tell.h"
#include "bind/service/why.h"
#include "bind/task/group.h"

unsigned asvc_how(const asvc_load_opts_t *opts) {
    return (opts->say ? ASVC_EVENT_SAY : 0u) | (opts->debug_log ? ASVC_EVENT_LOG : 0u);
}

void asvc_take_logger(mp_obj_t log) {
    if (ASVC_LOG && log != mp_const_none) {
        asvc_root()->logger = log;
    }
}

mp_obj_t asvc_entry_text(asvc_entry_t *entry) {
    return asvc_strf("Service: %o.service from %s", entry->name, asvc_entry_path(entry));
}

asvc_task_t *asvc_main_task(asvc_entry_t *entry) {
    return asvc_group_find(entry->task_name);
}

bool asvc_main_is_live(asvc_entry_t *entry) {
    asvc_task_t *task = asvc_main_task(entry);
    return task != NULL && asvc_task_is_live(task);
}

#if ASVC_DEADLINES

const char *asvc_bars(const asvc_task_t *task) {
    if (asvc_task_state(task) == ASVC_STUCK) {
        return "stuck: it was told to stop and has not ended";
    }
    const asvc_block_t *block = ASVC_SUPERVISION ? asvc_task_block(task) : NULL;
    bool limit_hit = block != NULL && block->restart.limit_hit && !asvc_task_is_live(task);
    return limit_hit ? "start limit hit: aioservice.reset_failed() lets it start again" : NULL;
}

bool asvc_is_delayed(const asvc_task_t *task) {
    return task->id != ASVC_NO_ID && asvc_manager_is_delayed(&asvc_root()->manager, task->id);
}

#endif

mp_obj_t asvc_task_error(const asvc_task_t *task) {
    mp_obj_t result = asvc_task_result(task);
    bool failed = asvc_task_state(task) == ASVC_FAILED || (asvc_is_delayed(task) && asvc_is_error(result));
    // One without a record is to be loaded anew. Clean ends can be too many, too: they leave no exception.
    bool clean = result == mp_const_none && asvc_bars(task) != NULL;
    return failed && !clean && task->id != ASVC_NO_ID ? result : MP_OBJ_NULL;
}

// What is wrong with a task; MP_OBJ_NULL where nothing is.
static mp_obj_t trouble_text(const asvc_task_t *task) {
    const char *bars = asvc_bars(task);
    mp_obj_t error = asvc_task_error(task);
    if (error == MP_OBJ_NULL) {
        return bars == NULL ? MP_OBJ_NULL : asvc_strf("%s", bars);
    }
    const char *then = asvc_is_delayed(task) ? "will be restarted" : bars;
    return asvc_strf(then == NULL ? "failed: %o" : "failed: %o, %s", asvc_why_error(error), then);
}

// What is wrong with a child of it, of several with the one that was added first; MP_OBJ_NULL where nothing is.
static mp_obj_t child_trouble(const asvc_entry_t *entry) {
    const asvc_manager_t *m = &asvc_root()->manager;
    const asvc_task_t *child = NULL;
    asvc_id_t id = ASVC_NO_ID;
    while ((id = asvc_manager_next_below(m, entry->id, id)) != ASVC_NO_ID) {
        const asvc_task_t *task = asvc_task_of(id);
        bool wrong = asvc_bars(task) != NULL || asvc_task_error(task) != MP_OBJ_NULL;
        child = wrong && asvc_record(m, id)->kind == ASVC_KIND_CHILD ? task : child;
    }
    return child == NULL
        ? MP_OBJ_NULL
        : asvc_strf("loaded, child %o %o", asvc_child_name(entry->name, child->name), trouble_text(child));
}

mp_obj_t asvc_entry_error(asvc_entry_t *entry) {
    mp_obj_t why = ASVC_EDGES ? asvc_why_refused(entry) : MP_OBJ_NULL;
    return why != MP_OBJ_NULL ? why : entry->error;
}

mp_obj_t asvc_status_text(asvc_entry_t *entry, asvc_entry_state_t *state) {
    mp_obj_t which = asvc_entry_text(entry);
    asvc_task_t *task = asvc_main_task(entry);
    mp_obj_t trouble = asvc_entry_error(entry);
    if (trouble != MP_OBJ_NULL) {
        trouble = asvc_strf("not loaded: %o", asvc_why_error(trouble));
    } else if (task != NULL) {
        trouble = trouble_text(task);
    }
    bool loaded = entry->loaded && task != NULL; // else its start was called off, or its task deleted
    if (ASVC_SUPERVISION && loaded && trouble == MP_OBJ_NULL) {
        trouble = child_trouble(entry);
    }
    if (state != NULL) {
        *state = trouble != MP_OBJ_NULL ? ASVC_ENTRY_ERROR : loaded ? ASVC_ENTRY_OK : ASVC_ENTRY_IDLE;
    }
    return asvc_strf(trouble != MP_OBJ_NULL ? "%o %o"
            : loaded                        ? "%o loaded"
                                            : "%o not loaded",
        which, trouble);
}

const mp_arg_t asvc_init_args[ASVC_N_INIT_ARGS] = {
    { MP_QSTR_debug, MP_ARG_BOOL, { .u_bool = true } },
    { MP_QSTR_log, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
    { MP_QSTR_debug_log, MP_ARG_BOOL, { .u_bool = false } },
    { MP_QSTR_config, MP_ARG_BOOL, { .u_bool = true } },
    { MP_QSTR_init_schedule, MP_ARG_BOOL, { .u_bool = true } },
};

const asvc_load_opts_t asvc_quietly = { .say = false };

void asvc_say_not_found(mp_obj_t name, const char *more) {
    mp_obj_t plain = asvc_plain_name(name, "service name");
    asvc_sayf("%kService: %o.service not found%s", false, plain, more);
    asvc_set_said();
}

asvc_entry_t *asvc_find_or_say(mp_obj_t name) {
    asvc_entry_t *entry = asvc_discover_known(name); // as load takes it
    if (entry == NULL) {
        asvc_say_not_found(name, "");
    }
    return entry;
}

void asvc_tell_failed(asvc_entry_t *entry) {
    asvc_registry_mark_loaded(entry);
    bool refused = ASVC_EDGES && asvc_manager_is_refused(asvc_manager(), entry->id);
    mp_obj_t what = asvc_entry_error(entry);
    if (what == MP_OBJ_NULL && asvc_main_task(entry) != NULL) {
        what = trouble_text(asvc_main_task(entry));
    }
    asvc_tell(refused ? ASVC_EVENT_REFUSED : ASVC_EVENT_LOAD_FAILED, entry->id, what, 0);
}

void asvc_say_status(asvc_entry_t *entry) {
    asvc_entry_state_t state;
    mp_obj_t text = asvc_status_text(entry, &state);
    if (state == ASVC_ENTRY_IDLE) {
        asvc_sayf("[ -- ] %o", text); // neither well nor wrong
    } else {
        asvc_sayf("%k%o", state == ASVC_ENTRY_OK, text);
        asvc_set_said();
    }
}
