#include "bind/base/event.h"

#include "py/runtime.h"

#include "bind/base/clock.h"
#include "bind/base/exception.h"
#include "bind/base/state.h"
#include "bind/base/upward.h"

#define LEVEL(id, name, level) level,
static const uint8_t levels[] = { ASVC_EVENT_KINDS(LEVEL) };
#undef LEVEL

asvc_level_t asvc_event_level(const asvc_event_t *event) {
    asvc_level_t level = (asvc_level_t)levels[event->kind];
    return level == ASVC_DEBUG && (event->how & ASVC_EVENT_LOG) ? ASVC_INFO : level;
}

static void tell(void *event) {
    asvc_upward()->tell(event);
}

#if ASVC_EVENTS

static void tell_now(const asvc_event_t *event) {
    asvc_event_t copy = *event; // who is told may cause others, which take its place in the ring
    asvc_try(tell, &copy);
}

qstr asvc_event_name(asvc_event_kind_t kind) {
#define NAME(id, name, level) MP_QSTR_##name,
    static const qstr_short_t names[] = { ASVC_EVENT_KINDS(NAME) };
#undef NAME
    return names[kind];
}

static asvc_event_t *place_of(uint32_t n) {
    return &asvc_root()->events[n % ASVC_EVENTS];
}

static bool has_ring(void) {
    asvc_root_t *root = asvc_root();
    if (root->events == NULL) {
        root->events = m_new_maybe(asvc_event_t, ASVC_EVENTS);
    }
    return root->events != NULL;
}

void asvc_event_put(const asvc_event_t *event) {
    asvc_root_t *root = asvc_root();
    bool kept = has_ring();
    asvc_event_t here, *at = kept ? place_of(root->n_events + 1) : &here;
    *at = *event;
    at->at_ms = asvc_last_now_ms();
    root->n_events += 1;
    if (!kept) {
        root->n_told = root->n_events;
        tell_now(at);
    }
}

// Whether anybody wants to know of it now, but those who read the ring: most events of most programs concern nobody.
static bool is_heard(const asvc_root_t *root, const asvc_event_t *event) {
    return levels[event->kind] >= ASVC_WARNING || event->how != 0 || root->logger != mp_const_none
        || root->followers != NULL || root->on_event != MP_OBJ_NULL;
}

static asvc_event_t *next_heard(asvc_root_t *root) {
    while (root->n_told != root->n_events) {
        uint32_t lost = root->n_events - root->n_told;
        root->n_told += lost > ASVC_EVENTS ? lost - ASVC_EVENTS + 1 : 1;
        asvc_event_t *event = place_of(root->n_told);
        if (is_heard(root, event)) {
            return event;
        }
    }
    return NULL;
}

static void tell_all(void *event) {
    // A function that is called with each event may cause one each time: then the rest has to wait.
    for (unsigned left = 2 * ASVC_EVENTS; left > 0 && event != NULL; left--) {
        tell_now(event);
        event = left > 1 ? next_heard(asvc_root()) : NULL;
    }
}

void asvc_events_tell(void) {
    asvc_root_t *root = asvc_root();
    if (root->telling || root->n_told == root->n_events) {
        return;
    }
    asvc_event_t *first = next_heard(root); // mostly there is none, and nothing to catch
    if (first == NULL) {
        return;
    }
    root->telling = true;
    mp_obj_t exc = asvc_catch(&mp_type_BaseException, tell_all, first);
    root->telling = false;
    if (exc != MP_OBJ_NULL) {
        nlr_raise(exc);
    }
}

void asvc_events_tell_some(void) {
    if (asvc_root()->n_events - asvc_root()->n_told > ASVC_EVENTS / 2) {
        asvc_events_tell();
    }
}

uint32_t asvc_events_count(void) {
    return asvc_root()->n_events;
}

const asvc_event_t *asvc_event_of(uint32_t n) {
    uint32_t behind = asvc_root()->n_events - n;
    bool put = behind < asvc_root()->n_events && behind < ASVC_EVENTS;
    return put && asvc_root()->events != NULL ? place_of(n) : NULL;
}

#else

void asvc_event_put(const asvc_event_t *event) {
    asvc_event_t copy = *event;
    copy.at_ms = asvc_last_now_ms();
    asvc_try(tell, &copy);
}

#endif
