#include "bind/service/event_text.h"

#include <string.h>

#include "py/runtime.h"

#include "bind/base/is.h"
#include "bind/base/text.h"
#include "bind/service/registry.h"
#include "bind/service/why.h"
#include "core/task_name.h"

// The texts. One that begins with S stands behind "Service: NAME.service from PATH", one that begins with N behind the
// task's name; others stand alone. %u is the event's number, %o its `what`, an exception in words; %u comes first. What a
// build leaves out tells nothing.
static const char *const texts[] = {
    [ASVC_EVENT_LOADED] = "S loaded",
    [ASVC_EVENT_LOAD_FAILED] = "S not loaded: %o",
    [ASVC_EVENT_DONE] = "N done",
    [ASVC_EVENT_FAILED] = "S failed: %o",
    [ASVC_EVENT_CHILD_FAILED] = "S loaded, child ",
#if ASVC_EVENTS
    [ASVC_EVENT_STARTING] = "N starts",
    [ASVC_EVENT_RUNNING] = "N is up",
    [ASVC_EVENT_STOPPED] = "N has stopped",
    [ASVC_EVENT_HELD] = "N waits",
    [ASVC_EVENT_DUE] = "N is due",
    [ASVC_EVENT_UNLOADED] = "N was unloaded",
#endif
#if ASVC_EDGES
    [ASVC_EVENT_STOPPING] = "N is told to stop",
    [ASVC_EVENT_REFUSED] = "S not loaded: %o",
#endif
#if ASVC_SUPERVISION
    [ASVC_EVENT_RESTARTING] = "N will be restarted in %u ms",
    [ASVC_EVENT_START_LIMIT] = "N hit its start limit: %u runs in a row ended within %o ms; "
                               "aioservice.reset_failed() lets it start again",
    [ASVC_EVENT_LIMIT_RESET] = "N may start again: its short runs are forgotten",
    [ASVC_EVENT_ESCALATED] = "N: restart: then: %o",
    [ASVC_EVENT_SAFE_MODE] = "safe mode, because of %o: only services with safe_mode = True go on",
    [ASVC_EVENT_SAFE_MODE_LEFT] = "safe mode is left",
    [ASVC_EVENT_NOT_READY] = "N did not call ready() within %u ms and is ended",
    [ASVC_EVENT_WATCHDOG] = "N did not call feed() within %u ms and is ended",
    [ASVC_EVENT_STUCK] = "N is stuck: it was told to stop %u ms ago and has not ended",
    [ASVC_EVENT_UNSTUCK] = "N was stuck, and has ended now",
    [ASVC_EVENT_LOOP_ERROR] = "a task that nobody awaits failed: %o",
    [ASVC_EVENT_INTERRUPTED] = "interrupted by %o: services are told to stop",
#endif
#if ASVC_SCHEDULE
    [ASVC_EVENT_MISSED] = "N was due and did not start: its run before goes on, or it is held",
#endif
#if ASVC_CONFIG
    [ASVC_EVENT_ENABLED] = "N is enabled in services.config",
    [ASVC_EVENT_DISABLED] = "N is disabled in services.config",
    [ASVC_EVENT_CONFIG_STORED] = "services.config: %o is stored",
    [ASVC_EVENT_CONFIG_BROKEN] = "services.config: %o",
    [ASVC_EVENT_CONFIG_UNKNOWN] = "%o",
#endif
#if ASVC_TOP
    [ASVC_EVENT_SLOW_STEP] = "N held the loop for %u ms",
#endif
};

#if ASVC_EVENTS

// What a waiting one waits for.
static const char *const whys[] = {
    [ASVC_WHY_NOTHING] = "",
    [ASVC_WHY_SCHEDULE] = " for its time",
    [ASVC_WHY_RESTART] = " for its restart",
    [ASVC_WHY_REQUIRES] = " for what it requires",
    [ASVC_WHY_AFTER] = " for what it comes after",
    [ASVC_WHY_CHILDREN] = " for what is left of its last run",
    [ASVC_WHY_MEMORY] = " for memory",
};

#endif

#if ASVC_EVENTS || ASVC_SNAPSHOT

mp_obj_t asvc_why_name(asvc_why_t why) {
    static const qstr_short_t names[] = { MP_QSTRnull, MP_QSTR_schedule, MP_QSTR_restart, MP_QSTR_requires,
        MP_QSTR_after, MP_QSTR_children, MP_QSTR_memory };
    return why == ASVC_WHY_NOTHING ? MP_OBJ_NULL : MP_OBJ_NEW_QSTR(names[why]);
}

#endif

bool asvc_event_is_outcome(const asvc_event_t *event) {
    bool done = event->kind == ASVC_EVENT_DONE;
    return texts[event->kind][0] == 'S' || done || event->kind == ASVC_EVENT_CONFIG_BROKEN;
}

mp_obj_t asvc_child_name(mp_obj_t service, mp_obj_t task_name) {
    size_t len, name_len;
    const char *part = mp_obj_str_get_data(task_name, &len);
    mp_obj_str_get_data(service, &name_len);
    size_t at = name_len + strlen(ASVC_SERVICE_SUFFIX); // then comes "." or "@"
    return len > at && part[at] == '.' ? mp_obj_new_str(part + at + 1, len - at - 1) : MP_OBJ_NULL;
}

mp_obj_t asvc_event_child(const asvc_event_t *event) {
    return event->part == MP_OBJ_NULL ? MP_OBJ_NULL : asvc_child_name(event->service, event->part);
}

static void add_name(vstr_t *line, const asvc_event_t *event, bool part) {
    bool own = part && event->part != MP_OBJ_NULL;
    asvc_addf(line, own ? "%n" : "%o.service", own ? event->part : event->service);
}

// "Service: NAME.service from PATH"; of an instance that has failed, its own name.
static void add_service(vstr_t *line, const asvc_event_t *event) {
    asvc_entry_t *entry = asvc_registry_find(event->service);
    vstr_add_str(line, "Service: ");
    add_name(line, event, event->kind == ASVC_EVENT_FAILED);
    if (entry != NULL) {
        asvc_addf(line, " from %s", asvc_entry_path(entry));
    }
}

// What follows a failure; of a start limit another event tells.
static void add_then(vstr_t *line, unsigned view) {
    if (ASVC_SUPERVISION && asvc_view_why(view) == ASVC_WHY_RESTART) {
        vstr_add_str(line, ", will be restarted");
    }
}

void asvc_event_add_text(vstr_t *line, const asvc_event_t *event) {
    const char *text = texts[event->kind];
    mp_obj_t what = asvc_or_none(event->what);
    bool error = mp_obj_is_exception_instance(what);
    bool refused = ASVC_EDGES && event->kind == ASVC_EVENT_REFUSED;
    if (*text == 'S') {
        add_service(line, event);
        // In other words than an exception's: a sentence.
        text = !error && !refused && asvc_is_str(what) ? " %o" : text + 1;
    } else if (*text == 'N') {
        add_name(line, event, true);
        text++;
    }
    if ((error && event->kind != ASVC_EVENT_ESCALATED) || refused) {
        what = asvc_why_error(what);
    }
    if ((ASVC_SUPERVISION || ASVC_TOP) && strncmp(text + strcspn(text, "%"), "%u", 2) == 0) {
        asvc_addf(line, text, (unsigned)event->number, what);
    } else {
        asvc_addf(line, text, what);
    }
    const char *more = NULL; // what stands behind, where there is something for its %o
    switch ((asvc_event_kind_t)event->kind) {
    case ASVC_EVENT_CHILD_FAILED:
        asvc_addf(line, "%o failed: %o", asvc_or_none(asvc_event_child(event)), what);
        add_then(line, event->view);
        break;
    case ASVC_EVENT_FAILED:
        add_then(line, event->view);
        break;
    case ASVC_EVENT_LOADED:
        more = " as %o, beside the one that runs";
        what = asvc_or_none(event->part);
        break;
    case ASVC_EVENT_DONE:
        more = " --> result: %o";
        break;
    case ASVC_EVENT_LOOP_ERROR: // of a task without a name nothing else tells which it is
        more = ", at %o";
        what = asvc_or_none(asvc_place_of(event->what));
        break;
    case ASVC_EVENT_STOPPING:
        more = ": it requires %o, which is unloaded";
        break;
#if ASVC_EVENTS
    case ASVC_EVENT_HELD:
        vstr_add_str(line, whys[asvc_view_why(event->view)]);
        break;
#endif
    default:
        break;
    }
    if (more != NULL && what != mp_const_none) {
        asvc_addf(line, more, what);
    }
}
