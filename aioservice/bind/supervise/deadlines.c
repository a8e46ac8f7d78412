// The loop of deadlines: restarts that are due, runs that are overdue, the hardware watchdog.
#include "py/runtime.h"

#include "bind/base/awaitable.h"
#include "bind/base/clock.h"
#include "bind/task/group.h"
#include "bind/supervise/hardware_watchdog.h"
#include "bind/supervise/interrupt.h"
#include "bind/base/keep.h"
#include "bind/base/loop.h"
#include "bind/base/raise.h"
#include "bind/supervise/relations.h"
#include "bind/base/state.h"
#include "bind/supervise/supervise.h"
#include "core/config.h"

#if ASVC_SUPERVISION

typedef struct _asvc_deadlines_t {
    asvc_awaitable_t base;
    mp_obj_t queue; // the run queue that its task was made for
    int64_t next_ms; // when it looks next
} asvc_deadlines_t;

static int64_t earlier(int64_t a, int64_t b) {
    return a < b ? a : b;
}

// Looks at every task, and notes when to look again.
static void look_at_all(void *arg) {
    asvc_deadlines_t *self = arg;
    int64_t now_ms = asvc_now_ms(), next_ms = INT64_MAX;
    size_t len;
    asvc_task_t **tasks = asvc_group_all(&len);
    asvc_relations_settle(); // what could not be started for want of memory
    bool fed = true;
    for (size_t i = 0; i < len; i++) {
        next_ms = earlier(next_ms, asvc_supervise_look(tasks[i], now_ms));
        fed = fed && asvc_supervise_is_fed(tasks[i], now_ms);
    }
    ASVC_KEEP(tasks);
    next_ms = earlier(next_ms, asvc_hardware_watchdog_look(fed, now_ms));
    // What was done may have set deadlines itself.
    self->next_ms = earlier(self->next_ms, next_ms);
}

static mp_obj_t deadlines_step(mp_obj_t self_in) {
    asvc_deadlines_t *self = MP_OBJ_TO_PTR(self_in);
    self->next_ms = INT64_MAX;
    if (asvc_try(look_at_all, self) != MP_OBJ_NULL) {
        self->next_ms = earlier(self->next_ms, asvc_now_ms() + ASVC_NO_MEMORY_RETRY_MS);
    }
    asvc_interrupt_raise();
    if (self->next_ms == INT64_MAX) {
        asvc_awaitable_park(&self->base);
    } else {
        asvc_awaitable_sleep(&self->base, self->next_ms - asvc_now_ms());
    }
    return MP_OBJ_NULL;
}

static void deadlines_leave(mp_obj_t self_in) {
    asvc_deadlines_t *self = MP_OBJ_TO_PTR(self_in);
    self->queue = MP_OBJ_NULL;
}

static const asvc_awaitable_protocol_t deadlines_protocol = { deadlines_step, deadlines_leave };
static ASVC_AWAITABLE_TYPE(type_deadlines, MP_QSTR_deadlines, deadlines_protocol);

void asvc_deadlines_prepare(void) {
    asvc_root_t *root = asvc_root();
    if (root->deadlines != NULL && root->deadlines->queue == asvc_loop_queue()) {
        return;
    }
    asvc_deadlines_t *self = m_new0(asvc_deadlines_t, 1);
    self->base.base.type = &type_deadlines;
    self->queue = asvc_loop_queue();
    self->next_ms = INT64_MAX;
    mp_obj_t task = asvc_loop_new_task(MP_OBJ_FROM_PTR(self));
    root->deadlines = self;
    asvc_loop_push(task);
}

static void prepare(void *arg) {
    (void)arg;
    asvc_deadlines_prepare();
}

void asvc_supervise_new_loop(void) {
    asvc_root()->leaving = MP_OBJ_NULL; // they will make no further step
    if (asvc_root()->deadlines != NULL) {
        asvc_deadlines_in(0);
    }
}

void asvc_deadlines_at(int64_t at_ms) {
    if (asvc_try(prepare, NULL) != MP_OBJ_NULL) {
        return; // no memory: what is overdue is not seen until there is
    }
    asvc_deadlines_t *self = asvc_root()->deadlines;
    if (at_ms < self->next_ms) {
        self->next_ms = at_ms;
        asvc_awaitable_wake_in(&self->base, at_ms - asvc_now_ms());
    }
}

void asvc_deadlines_in(uint32_t ms) {
    asvc_deadlines_at(asvc_now_ms() + ms);
}

#endif
