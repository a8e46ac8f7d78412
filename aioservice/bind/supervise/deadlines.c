#include "bind/supervise/deadlines.h"

#include "py/runtime.h"

#include "bind/base/awaitable.h"
#include "bind/base/loop.h"
#include "bind/base/manager.h"
#include "bind/base/raise.h"
#include "bind/base/upward.h"
#include "bind/supervise/hardware_watchdog.h"
#include "bind/supervise/interrupt.h"

#if ASVC_DEADLINES

typedef struct _asvc_deadlines_t {
    asvc_awaitable_t base;
    mp_obj_t queue; // the run queue that its task was made for
    int64_t next_ms; // when it looks next
} asvc_deadlines_t;

// When there is something to do; ASVC_NEVER_MS: never.
static int64_t due_ms(void) {
    int64_t due = ASVC_NEVER_MS;
    const asvc_manager_t *m = asvc_manager(); // its clock was set not long ago; the sum is the same
    int64_t left = asvc_manager_left_ms(m);
    if (left != ASVC_NEVER_MS) {
        due = m->now_ms + left;
    }
#if ASVC_SUPERVISION
    int64_t feed_ms = asvc_hardware_watchdog_next_ms();
    due = feed_ms < due ? feed_ms : due;
#endif
    return due;
}

static int64_t left_ms(int64_t due_ms) {
    int64_t left = due_ms - asvc_now_ms();
    return left > 0 ? left : 0;
}

static void look(void *arg) {
    (void)arg;
    asvc_manager_look(asvc_manager(), asvc_now_ms());
    asvc_drive();
}

static mp_obj_t deadlines_step(mp_obj_t self_in) {
    asvc_deadlines_t *self = MP_OBJ_TO_PTR(self_in);
    self->next_ms = 0; // what is done now wakes nobody
    asvc_try(look, self);
#if ASVC_SUPERVISION
    asvc_hardware_watchdog_look(asvc_manager_all_fed(asvc_manager()), asvc_now_ms());
    asvc_interrupt_raise();
#endif
    self->next_ms = due_ms();
    if (self->next_ms == ASVC_NEVER_MS) {
        asvc_awaitable_park(&self->base);
    } else {
        asvc_awaitable_sleep(&self->base, left_ms(self->next_ms));
    }
    return MP_OBJ_NULL;
}

static void deadlines_leave(mp_obj_t self_in) {
    asvc_deadlines_t *self = MP_OBJ_TO_PTR(self_in);
    self->queue = MP_OBJ_NULL;
}

static const asvc_awaitable_protocol_t deadlines_protocol = { deadlines_step, deadlines_leave };
static ASVC_AWAITABLE_TYPE(type_deadlines, MP_QSTR_deadlines, deadlines_protocol);

static void prepare(void *arg) {
    (void)arg;
    asvc_root_t *root = asvc_root();
    if (root->deadlines != NULL && root->deadlines->queue == asvc_loop_queue()) {
        return;
    }
    asvc_deadlines_t *self = m_new0(asvc_deadlines_t, 1);
    self->base.base.type = &type_deadlines;
    self->queue = asvc_loop_queue();
    mp_obj_t task = asvc_loop_new_task(MP_OBJ_FROM_PTR(self));
    root->deadlines = self; // next_ms is 0: its first step comes at once
    asvc_loop_push(task);
}

void asvc_deadlines_arm(void) {
    int64_t at_ms = due_ms();
    if (at_ms == ASVC_NEVER_MS || asvc_try(prepare, NULL) != MP_OBJ_NULL) {
        return;
    }
    asvc_deadlines_t *self = asvc_root()->deadlines;
    // What is due much later than it was wakes the loop for nothing at the old time.
    bool later = self->next_ms > 0 && self->next_ms != ASVC_NEVER_MS && at_ms > self->next_ms + 1000;
    if (at_ms < self->next_ms || later) {
        self->next_ms = at_ms;
        asvc_awaitable_wake_in(&self->base, left_ms(at_ms));
    }
}

#endif
