// Events: all that happens to services, told once.
//
// Who has acted puts an event: into a ring of the latest, which allocates nothing. Its text is made when somebody reads
// it. asvc_events_tell() then tells each, in its order: a line on stdout, a line in the log, and what Python waits for
// or has asked to be called with (bind/look/events.h). So acting comes first, and no memory for telling keeps nobody
// from acting.
#ifndef ASVC_BASE_EVENT_H
#define ASVC_BASE_EVENT_H

#include "py/obj.h"

#include "core/config.h"
#include "manager/manager.h"

typedef enum { ASVC_DEBUG, ASVC_INFO, ASVC_WARNING, ASVC_ERROR } asvc_level_t;

// The kinds: KIND(ID, name, level). What each means, and its further keys: docs/reference/events.md. Its text:
// bind/service/event_text.c. `make lint` says where a new one is missing.
#define ASVC_EVENT_KINDS(KIND)                                                                               \
    KIND(LOADED, loaded, ASVC_DEBUG)                                                                         \
    KIND(LOAD_FAILED, load_failed, ASVC_ERROR)                                                               \
    KIND(STARTING, starting, ASVC_DEBUG)                                                                     \
    KIND(RUNNING, running, ASVC_DEBUG)                                                                       \
    KIND(DONE, done, ASVC_DEBUG)                                                                             \
    KIND(STOPPING, stopping, ASVC_DEBUG)                                                                     \
    KIND(STOPPED, stopped, ASVC_DEBUG)                                                                       \
    KIND(FAILED, failed, ASVC_ERROR)                                                                         \
    KIND(CHILD_FAILED, child_failed, ASVC_ERROR)                                                             \
    KIND(RESTARTING, restarting, ASVC_INFO)                                                                  \
    KIND(START_LIMIT, start_limit, ASVC_ERROR)                                                               \
    KIND(LIMIT_RESET, limit_reset, ASVC_INFO)                                                                \
    KIND(ESCALATED, escalated, ASVC_INFO)                                                                    \
    KIND(SAFE_MODE, safe_mode, ASVC_ERROR)                                                                   \
    KIND(SAFE_MODE_LEFT, safe_mode_left, ASVC_INFO)                                                          \
    KIND(NOT_READY, not_ready, ASVC_ERROR)                                                                   \
    KIND(WATCHDOG, watchdog, ASVC_ERROR)                                                                     \
    KIND(STUCK, stuck, ASVC_ERROR)                                                                           \
    KIND(UNSTUCK, unstuck, ASVC_INFO)                                                                        \
    KIND(REFUSED, refused, ASVC_ERROR)                                                                       \
    KIND(HELD, held, ASVC_DEBUG)                                                                             \
    KIND(DUE, due, ASVC_DEBUG)                                                                               \
    KIND(MISSED, missed, ASVC_WARNING)                                                                       \
    KIND(UNLOADED, unloaded, ASVC_INFO)                                                                      \
    KIND(ENABLED, enabled, ASVC_INFO)                                                                        \
    KIND(DISABLED, disabled, ASVC_INFO)                                                                      \
    KIND(CONFIG_STORED, config_stored, ASVC_INFO)                                                            \
    KIND(CONFIG_BROKEN, config_broken, ASVC_ERROR)                                                           \
    KIND(CONFIG_UNKNOWN, config_unknown, ASVC_WARNING)                                                       \
    KIND(SLOW_STEP, slow_step, ASVC_WARNING)                                                                 \
    KIND(LOOP_ERROR, loop_error, ASVC_ERROR)                                                                 \
    KIND(INTERRUPTED, interrupted, ASVC_INFO)

#define ASVC_EVENT_ID(id, name, level) ASVC_EVENT_##id,
typedef enum { ASVC_EVENT_KINDS(ASVC_EVENT_ID) } asvc_event_kind_t;
#undef ASVC_EVENT_ID

// Beside its level, how it is told.
enum {
    ASVC_EVENT_SAY = 1 << 0, // a line on stdout, whatever its level
    ASVC_EVENT_LOG = 1 << 1, // the log has it at level INFO at least
    ASVC_EVENT_UNSAID = 1 << 2, // no line on stdout, whatever its level: there is one already
};

// 32 bytes on 32 bits.
typedef struct _asvc_event_t {
    int64_t at_ms; // asvc_last_now_ms() when it was put
    mp_obj_t service; // the service's name, a str; MP_OBJ_NULL: it is about none
    mp_obj_t part; // of a further instance or a child: its task's name, a str; else MP_OBJ_NULL
    mp_obj_t what; // an exception, a str or another object that its text tells of; or MP_OBJ_NULL
    uint32_t number; // milliseconds, or a count
    uint16_t restarts; // of the service, since it was loaded
    uint16_t view; // asvc_manager_view() after it; 0: it is about no record
    uint8_t kind; // asvc_event_kind_t
    uint8_t how; // ASVC_EVENT_SAY, ASVC_EVENT_LOG
} asvc_event_t;

// Its level.
asvc_level_t asvc_event_level(const asvc_event_t *event);

// Puts an event. Its time is filled in here. Allocates the ring the first time; where there is no memory for that, the
// event is told at once and not kept. Raises nothing that is an Exception.
void asvc_event_put(const asvc_event_t *event);

// Tells what was put and not told yet, as upward's `tell` has it. What is put meanwhile is told next time, unless few are.
// Nothing happens while it is under way already. Raises what is no Exception.
#if ASVC_EVENTS
void asvc_events_tell(void);
// The same where so many wait that the first of them would soon be lost.
void asvc_events_tell_some(void);
// The kind's name, "load_failed".
qstr asvc_event_name(asvc_event_kind_t kind);
// How many were put; the number of the last one.
uint32_t asvc_events_count(void);
// The event of that number, from 1 on; NULL where the ring does not have it any more. It is overwritten by later ones.
const asvc_event_t *asvc_event_of(uint32_t n);
#else
// Without a ring, each is told as it is put.
static inline void asvc_events_tell(void) {
}
static inline void asvc_events_tell_some(void) {
}
#endif

#endif
