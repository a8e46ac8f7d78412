#include "bind/look/events.h"

#include "py/objlist.h"
#include "py/runtime.h"

#include "bind/base/args.h"
#include "bind/base/awaitable.h"
#include "bind/base/clock.h"
#include "bind/base/is.h"
#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"
#include "bind/base/state.h"
#include "bind/log/logger.h"
#include "bind/look/failures.h"
#include "bind/service/event_text.h"
#include "bind/service/registry.h"
#include "bind/service/tell.h"
#include "bind/task/group.h"

// ---- lines ----------------------------------------------------------------------------------

static void say(const asvc_event_t *event) {
    bool outcome = asvc_event_is_outcome(event);
    vstr_t line;
    vstr_init(&line, 100);
    asvc_addf(&line, outcome ? "%k" : "[aioservice] ", asvc_event_level(event) < ASVC_WARNING);
    asvc_event_add_text(&line, event);
    asvc_say(&line);
    vstr_clear(&line);
    if (outcome) {
        asvc_set_said();
    }
}

#if ASVC_LOG || ASVC_EVENTS
static mp_obj_t text_of(const asvc_event_t *event) {
    vstr_t text;
    vstr_init(&text, 80);
    asvc_event_add_text(&text, event);
    return asvc_str_of(&text);
}
#endif

#if ASVC_LOG || ASVC_SUPERVISION

// Whether a run has raised what the event keeps.
static bool has_raised(const asvc_event_t *event) {
    bool failed = event->kind == ASVC_EVENT_FAILED || event->kind == ASVC_EVENT_CHILD_FAILED;
    return failed && !asvc_is_str(event->what);
}

// The name of the task that the event is about.
static mp_obj_t task_name(const asvc_event_t *event) {
    return event->part != MP_OBJ_NULL ? event->part : asvc_strf("%n.service", event->service);
}

#endif

#if ASVC_LOG

// "[NAME.service] ValueError: text" of what has failed by itself, whose task is called `name`; else, with name
// MP_OBJ_NULL, "[aioservice] [ OK ] TEXT" of an outcome.
static mp_obj_t log_line(const asvc_event_t *event, mp_obj_t name) {
    if (name != MP_OBJ_NULL) {
        return asvc_strf("[%o] %t: %o", name, event->what, event->what);
    }
    const char *before = !asvc_event_is_outcome(event) ? ""
        : asvc_event_level(event) < ASVC_WARNING       ? "[ OK ] "
                                                       : "[ ERROR ] ";
    return asvc_strf("[aioservice] %s%o", before, text_of(event));
}

static void log_event(const asvc_event_t *event) {
    static const qstr_short_t methods[] = { MP_QSTR_debug, MP_QSTR_info, MP_QSTR_warning, MP_QSTR_error };
    asvc_level_t level = asvc_event_level(event);
    mp_obj_t log = asvc_root()->logger, name = MP_OBJ_NULL;
    if (has_raised(event)) {
        name = task_name(event);
        const asvc_task_t *task = asvc_group_find(name);
        mp_obj_t own = task == NULL ? mp_const_none : asvc_task_log(task);
        log = own == mp_const_none ? log : own;
    }
    if (log != mp_const_none && asvc_logger_lets_through(log, (level + 1) * 10)) {
        asvc_log(log, methods[level], log_line(event, name));
    }
}

#endif

// ---- dicts ----------------------------------------------------------------------------------

#if ASVC_EVENTS || ASVC_SNAPSHOT

int64_t asvc_unix_s(int64_t at_ms) {
    int64_t wall = asvc_wall_of(at_ms);
    mp_obj_t zero = MP_OBJ_NEW_SMALL_INT(0), *part;
    mp_obj_t epoch = wall < 0 ? MP_OBJ_NULL : asvc_time_call(MP_QSTR_gmtime, 1, zero);
    if (epoch == MP_OBJ_NULL) {
        return -1;
    }
    size_t len;
    mp_obj_get_array(epoch, &len, &part);
    wall += part[0] == MP_OBJ_NEW_SMALL_INT(2000) ? 946684800 : 0;
    // Before 2020 nobody has set it: it counts from where the chip began.
    return wall < 1577836800 ? -1 : wall;
}

mp_obj_t asvc_unix_time(int64_t at_ms) {
    int64_t unix_s = asvc_unix_s(at_ms);
    return unix_s < 0 ? mp_const_none : mp_obj_new_int_from_ll(unix_s);
}

mp_obj_t asvc_error_dict(mp_obj_t error) {
    static const qstr_short_t keys[] = { MP_QSTR_type, MP_QSTR_text, MP_QSTR_where };
    bool is_exception = mp_obj_is_exception_instance(error);
    mp_obj_t value[] = {
        is_exception ? MP_OBJ_NEW_QSTR(asvc_type_name(error)) : MP_OBJ_NULL,
        asvc_strf("%o", error),
        asvc_place_of(error),
    };
    return asvc_dict_of(keys, MP_ARRAY_SIZE(keys), value, mp_const_none);
}

#endif

#if ASVC_EVENTS

// The keys in their order. Those from `instance` on only some kinds have.
#define KEYS(KEY)                                                                                            \
    KEY(n)                                                                                                   \
    KEY(time)                                                                                                \
    KEY(uptime_ms)                                                                                           \
    KEY(service)                                                                                             \
    KEY(kind)                                                                                                \
    KEY(text)                                                                                                \
    KEY(instance)                                                                                            \
    KEY(child)                                                                                               \
    KEY(error)                                                                                               \
    KEY(runs)                                                                                                \
    KEY(ms)                                                                                                  \
    KEY(state)                                                                                               \
    KEY(why)                                                                                                 \
    KEY(wanted)                                                                                              \
    KEY(limit_hit)                                                                                           \
    KEY(restarts)

#define ID(key) OF_##key,
#define QSTR(key) MP_QSTR_##key,

static mp_obj_t dict_of(uint32_t n, const asvc_event_t *event) {
    enum { KEYS(ID) N };
    static const qstr_short_t keys[] = { KEYS(QSTR) };
    mp_obj_t value[N] = {
        [OF_n] = mp_obj_new_int_from_uint(n),
        [OF_time] = asvc_unix_time(event->at_ms),
        [OF_uptime_ms] = mp_obj_new_int_from_ll(event->at_ms),
        [OF_service] = asvc_or_none(event->service),
        [OF_kind] = MP_OBJ_NEW_QSTR(asvc_event_name((asvc_event_kind_t)event->kind)),
        [OF_text] = text_of(event),
        [OF_child] = asvc_event_child(event),
    };
    if (value[OF_child] == MP_OBJ_NULL) {
        value[OF_instance] = event->part;
    }
    // Safe mode is no error, but what follows one.
    bool tells =
        event->kind != ASVC_EVENT_SAFE_MODE && (asvc_is_error(event->what) || asvc_is_str(event->what));
    if (asvc_event_level(event) == ASVC_ERROR && tells) {
        value[OF_error] = asvc_error_dict(event->what);
    }
    if (event->number > 0) {
        value[event->kind == ASVC_EVENT_START_LIMIT ? OF_runs : OF_ms] =
            mp_obj_new_int_from_uint(event->number);
    }
    unsigned view = event->view;
    if (view & ASVC_EVENT_OF_RECORD) {
        value[OF_state] =
            asvc_word(asvc_view_is_hidden(view) ? "unloaded" : asvc_state_name(asvc_view_state(view)));
        value[OF_why] = asvc_or_none(asvc_why_name(asvc_view_why(view)));
        value[OF_wanted] = mp_obj_new_bool(view & ASVC_VIEW_WANTED);
        value[OF_limit_hit] = mp_obj_new_bool(view & ASVC_VIEW_LIMIT_HIT);
        value[OF_restarts] = MP_OBJ_NEW_SMALL_INT(event->restarts);
    }
    return asvc_dict_of(keys, N, value, MP_OBJ_NULL);
}

// The event of that number, MP_OBJ_NULL where the ring does not have it any more.
static mp_obj_t dict_of_kept(uint32_t n) {
    const asvc_event_t *event = asvc_event_of(n);
    if (event == NULL) {
        return MP_OBJ_NULL;
    }
    asvc_event_t copy = *event; // a text may run Python, and that cause others
    return dict_of(n, &copy);
}

// events(n=None): a list of the latest, the oldest first.
static mp_obj_t events(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t most = asvc_one_arg(n_args, args, kwargs, MP_QSTR_n, mp_const_none);
    mp_int_t left = ASVC_EVENTS;
    if (most != mp_const_none) {
        left = mp_obj_get_int(most);
        if (left < 0) {
            asvc_raise(&mp_type_ValueError, "events: n: expected how many, an int from 0 on, or None");
        }
    }
    mp_obj_t list = mp_obj_new_list(0, NULL);
    uint32_t last = asvc_events_count();
    for (uint32_t n = last - ASVC_EVENTS + 1; n != last + 1; n++) {
        mp_obj_t dict = last - n < (uint32_t)left ? dict_of_kept(n) : MP_OBJ_NULL;
        if (dict != MP_OBJ_NULL) {
            mp_obj_list_append(list, dict);
        }
    }
    return list;
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_events_obj, 0, events);

// ---- follow ---------------------------------------------------------------------------------

typedef struct _asvc_event_follower_t {
    asvc_awaitable_t base;
    uint32_t told; // the last event that it has answered
    struct _asvc_event_follower_t *next; // while it rests
} follower_t;

static void follower_leave(mp_obj_t self_in) {
    follower_t **at = &asvc_root()->followers;
    while (*at != NULL && *at != MP_OBJ_TO_PTR(self_in)) {
        at = &(*at)->next;
    }
    if (*at != NULL) {
        *at = (*at)->next;
    }
}

// The next event that the ring still has; a gap in their numbers tells of others.
static mp_obj_t follower_step(mp_obj_t self_in) {
    follower_t *self = MP_OBJ_TO_PTR(self_in);
    follower_leave(self_in);
    uint32_t last = asvc_events_count();
    if (last - self->told > ASVC_EVENTS) {
        self->told = last - ASVC_EVENTS;
    }
    while (self->told != last) {
        mp_obj_t dict = dict_of_kept(++self->told);
        if (dict != MP_OBJ_NULL) {
            return dict;
        }
    }
    asvc_awaitable_park(&self->base);
    self->next = asvc_root()->followers;
    asvc_root()->followers = self;
    return MP_OBJ_NULL;
}

static mp_obj_t itself(mp_obj_t self) {
    return self;
}
static MP_DEFINE_CONST_FUN_OBJ_1(itself_obj, itself);

static void follower_attr(mp_obj_t self, qstr attr, mp_obj_t *dest) {
    if (attr == MP_QSTR___aiter__ || attr == MP_QSTR___anext__) {
        dest[0] = MP_OBJ_FROM_PTR(&itself_obj);
        dest[1] = self;
    } else {
        dest[1] = MP_OBJ_SENTINEL; // go on in the table of methods
    }
}

static const asvc_awaitable_protocol_t follower_protocol = { follower_step, follower_leave };
static ASVC_AWAITABLE_TYPE(type_follower, MP_QSTR_follow, follower_protocol, attr, follower_attr);

static mp_obj_t follow(void) {
    follower_t *self = m_new0(follower_t, 1);
    self->base.base.type = &type_follower;
    self->told = asvc_events_count();
    return MP_OBJ_FROM_PTR(self);
}
MP_DEFINE_CONST_FUN_OBJ_0(asvc_events_follow_obj, follow);

static void wake_followers(void) {
    follower_t *next;
    for (follower_t *at = asvc_root()->followers; at != NULL; at = next) {
        next = at->next;
        asvc_awaitable_wake(&at->base);
    }
    asvc_root()->followers = NULL;
}

// ---- on_event -------------------------------------------------------------------------------

static mp_obj_t on_event(mp_obj_t fun) {
    if (fun != mp_const_none && !mp_obj_is_callable(fun)) {
        asvc_raise(&mp_type_TypeError, "on_event: expected a function or None, got %t", fun);
    }
    asvc_root()->on_event = fun == mp_const_none ? MP_OBJ_NULL : fun;
    asvc_root()->on_event_failed = false;
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_1(asvc_on_event_obj, on_event);

static void call_on_event(void *event) {
    mp_call_function_1(asvc_root()->on_event, dict_of(asvc_root()->n_told, event));
}

static void hand_out(const asvc_event_t *event) {
    asvc_root_t *root = asvc_root();
    mp_obj_t exc = root->on_event == MP_OBJ_NULL ? MP_OBJ_NULL : asvc_try(call_on_event, (void *)event);
    // No memory for the event's dict is not the function's fault.
    if (exc != MP_OBJ_NULL && !root->on_event_failed && !asvc_is_a(exc, &mp_type_MemoryError)) {
        root->on_event_failed = true;
        asvc_sayf("[aioservice] the function of on_event raised %x", exc);
    }
}

#else

static void wake_followers(void) {
}

static void hand_out(const asvc_event_t *event) {
    (void)event;
}

#endif

// ---- all ------------------------------------------------------------------------------------

static void say_it(void *event) {
    say(event);
}

#if ASVC_LOG
static void log_it(void *event) {
    log_event(event);
}
#endif

#if ASVC_SUPERVISION
static void keep_failure(void *event_in) {
    const asvc_event_t *event = event_in;
    asvc_failures_add(task_name(event), event->at_ms, event->what);
}
#endif

void asvc_events_tell_one(const asvc_event_t *event) {
    bool says = asvc_event_level(event) >= ASVC_WARNING || (event->how & ASVC_EVENT_SAY);
    says = says && !(event->how & ASVC_EVENT_UNSAID);
    // Each for itself: what one of them has no memory for, another may have.
#if ASVC_SUPERVISION
    if (has_raised(event)) {
        asvc_try(keep_failure, (void *)event);
    }
#endif
    if (says && !asvc_root()->quiet) {
        asvc_try(say_it, (void *)event);
    }
#if ASVC_LOG
    asvc_try(log_it, (void *)event);
#endif
    wake_followers();
    hand_out(event);
}

static mp_obj_t quiet(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    asvc_root()->quiet = mp_obj_is_true(asvc_one_arg(n_args, args, kwargs, MP_QSTR_on, mp_const_true));
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_quiet_obj, 0, quiet);

#if ASVC_LOG
static mp_obj_t set_logger(mp_obj_t logger) {
    asvc_root()->logger = logger;
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_1(asvc_set_logger_obj, set_logger);
#endif
