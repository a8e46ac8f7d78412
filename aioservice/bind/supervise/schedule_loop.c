#include "bind/supervise/schedule_loop.h"

#include "py/runtime.h"

#include "bind/base/awaitable.h"
#include "bind/base/loop.h"
#include "bind/base/upward.h"
#include "bind/task/add.h"
#include "bind/task/group.h"
#include "bind/task/make.h"
#include "bind/task/schedule.h"

#if ASVC_SCHEDULE

typedef struct _schedule_loop_t {
    asvc_awaitable_t base;
    mp_obj_t log;
    bool begun;
} schedule_loop_t;

static void wake(void *loop) {
    asvc_awaitable_wake(&((schedule_loop_t *)loop)->base);
}

static mp_obj_t loop_step(mp_obj_t self_in) {
    schedule_loop_t *self = MP_OBJ_TO_PTR(self_in);
    if (!self->begun) {
        if (asvc_schedule_runs()) {
            return mp_const_none; // init() has started one already: this one has nothing to do
        }
        self->begun = true;
        asvc_schedule_begin(asvc_loop_queue(), self->log);
        asvc_schedule_on_change(wake, self);
    }
    bool by_wall = asvc_schedule_follow();
    asvc_drive();
    if (by_wall) {
        asvc_awaitable_sleep(&self->base, ASVC_SCHEDULE_WALL_MS); // nobody tells when the clock is set
    } else {
        asvc_awaitable_park(&self->base);
    }
    return MP_OBJ_NULL;
}

// So that another one can take over.
static void loop_leave(mp_obj_t self_in) {
    schedule_loop_t *self = MP_OBJ_TO_PTR(self_in);
    if (self->begun) {
        self->begun = false;
        asvc_schedule_on_change(NULL, NULL);
        asvc_schedule_end();
    }
}

static mp_obj_t loop_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_alog, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
    };
    mp_arg_val_t arg[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all_kw_array(n_args, n_kw, args, MP_ARRAY_SIZE(allowed), allowed, arg);
    schedule_loop_t *self = m_new0(schedule_loop_t, 1);
    self->base.base.type = type;
    self->log = arg[0].u_obj;
    return MP_OBJ_FROM_PTR(self);
}

static const asvc_awaitable_protocol_t loop_protocol = { loop_step, loop_leave };
ASVC_AWAITABLE_TYPE(asvc_type_schedule_loop, MP_QSTR_schedule_loop, loop_protocol, make_new, loop_make_new);

void asvc_schedule_start_loop(void) {
    if (mp_obj_dict_get_map(asvc_schedule_group())->used == 0) {
        return;
    }
    mp_obj_t name = MP_OBJ_NEW_QSTR(MP_QSTR_schedule_loop);
    asvc_task_t *loop = asvc_group_find(name);
    if (loop == NULL || !asvc_task_is_live(loop)) {
        asvc_replace(asvc_task_new(MP_OBJ_FROM_PTR(&asvc_type_schedule_loop), name, 0, 0, NULL), ASVC_NO_ID);
    }
}

#endif
