#include "bind/supervise/schedule_loop.h"

#include <string.h>

#include "py/runtime.h"

#include "bind/base/awaitable.h"
#include "bind/task/group.h"
#include "bind/supervise/interrupt.h"
#include "bind/base/is.h"
#include "bind/base/loop.h"
#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "bind/supervise/relations.h"
#include "bind/base/say.h"
#include "bind/base/state.h"
#include "core/config.h"
#include "core/schedule.h"

#if ASVC_SCHEDULE

// When a task is to be started, as people say it.
typedef struct {
    bool is_wall; // start_in was a time tuple or list: start_ms is ms of the port's epoch
    int64_t start_ms; // else from the start of the loop
    int64_t repeat_ms; // 0: once
} plan_t;

typedef struct _asvc_scheduler_t {
    mp_obj_t group; // dict name -> options, what Python sees
    mp_map_t ids; // name -> id, a small int
    mp_obj_t *names; // by id; MP_OBJ_NULL: the id is free
    asvc_schedule_t due; // holds its two arrays
    struct _schedule_loop_t *loop; // the loop that runs, or NULL
    int64_t t0_ms; // when it started
    int64_t wall_offset_ms; // what the wall clock was ahead of the monotonic one when it was last looked at
} asvc_scheduler_t;

typedef struct _schedule_loop_t {
    asvc_awaitable_t base;
    mp_obj_t log;
    mp_obj_t queue; // the run queue it started on
} schedule_loop_t;

static asvc_scheduler_t *scheduler(void) {
    asvc_root_t *root = asvc_root();
    if (root->scheduler == NULL) {
        asvc_scheduler_t *self = m_new0(asvc_scheduler_t, 1);
        mp_map_init(&self->ids, 0);
        self->group = mp_obj_new_dict(0);
        asvc_schedule_init(&self->due, NULL, NULL, 0);
        root->scheduler = self;
    }
    return root->scheduler;
}

static bool loop_runs(asvc_scheduler_t *self) {
    return self->loop != NULL && self->loop->queue == asvc_loop_queue();
}

// ---- options --------------------------------------------------------------------------------

static ASVC_NORETURN void bad_option(mp_obj_t name, const char *key, mp_obj_t value, const char *expected) {
    asvc_raise(&mp_type_ValueError, "schedule of %o: %s=%r: expected %s", name, key, value, expected);
}

// A time tuple, or the list that services.config makes of one, as milliseconds of the port's epoch; -1 where
// time.mktime() does not take it.
static int64_t wall_ms(mp_obj_t time_tuple) {
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        mp_obj_t seconds = asvc_time_call(MP_QSTR_mktime, 1, time_tuple);
        nlr_pop();
        return seconds == MP_OBJ_NULL ? -1 : asvc_seconds_of(seconds) * 1000;
    }
    asvc_raise_unless_exception(MP_OBJ_FROM_PTR(nlr.ret_val));
    return -1;
}

static plan_t parse(mp_obj_t name, mp_obj_t options) {
    static const char like[] = "a dict like {\"start_in\": 20, \"repeat\": 90}";
    if (!asvc_is_dict(options)) {
        bad_option(name, "schedule", options, like);
    }
    mp_obj_t start_in = asvc_dict_get(options, MP_QSTR_start_in);
    mp_obj_t repeat = asvc_dict_get(options, MP_QSTR_repeat);
    size_t known = (start_in != MP_OBJ_NULL) + (repeat != MP_OBJ_NULL);
    if (mp_obj_dict_get_map(options)->used > known) {
        bad_option(name, "schedule", options, like); // a mistyped key would be left out without a word
    }
    start_in = asvc_or_none(start_in);
    repeat = repeat == MP_OBJ_NULL ? mp_const_false : repeat;
    plan_t plan = { 0 };
    bool has_start = start_in != mp_const_none;
    if (asvc_is_sequence(start_in)) {
        plan.is_wall = true;
        plan.start_ms = wall_ms(start_in);
    } else if (has_start) {
        plan.start_ms = asvc_seconds_as_ms(start_in);
    }
    if (plan.start_ms < 0) {
        bad_option(name, "start_in", start_in, "seconds from the loop's start, or a time tuple");
    }
    if (repeat == mp_const_true) {
        if (plan.is_wall || plan.start_ms == 0) {
            bad_option(name, "repeat", repeat, "seconds (True repeats every start_in seconds)");
        }
        plan.repeat_ms = plan.start_ms;
    } else if (repeat != mp_const_false && repeat != mp_const_none) {
        plan.repeat_ms = asvc_seconds_as_ms(repeat);
        if (plan.repeat_ms <= 0) {
            bad_option(name, "repeat", repeat, "seconds above 0, True or False");
        }
    }
    if (!has_start) {
        plan.start_ms = plan.repeat_ms;
        if (plan.repeat_ms == 0) {
            bad_option(name, "start_in", start_in, "start_in or repeat, in seconds");
        }
    }
    return plan;
}

void asvc_schedule_check(mp_obj_t name, mp_obj_t options) {
    parse(name, options);
}

// ---- the table ------------------------------------------------------------------------------

mp_obj_t asvc_schedule_group(void) {
    return scheduler()->group;
}

mp_obj_t asvc_schedule_options(mp_obj_t name) {
    asvc_scheduler_t *self = asvc_root()->scheduler;
    return self == NULL ? MP_OBJ_NULL : asvc_map_get(mp_obj_dict_get_map(self->group), name);
}

static bool find_id(asvc_scheduler_t *self, mp_obj_t name, uint32_t *id) {
    mp_obj_t found = asvc_map_get(&self->ids, name);
    if (found != MP_OBJ_NULL) {
        *id = (uint32_t)MP_OBJ_SMALL_INT_VALUE(found);
    }
    return found != MP_OBJ_NULL;
}

bool asvc_schedule_has_next(mp_obj_t name) {
    asvc_scheduler_t *self = asvc_root()->scheduler;
    uint32_t id;
    if (self == NULL || !find_id(self, name, &id)) {
        return false;
    }
    const asvc_schedule_entry_t *entry = asvc_schedule_get(&self->due, id);
    return entry == NULL || entry->due_ms != ASVC_SCHEDULE_NEVER || !loop_runs(self);
}

void asvc_schedule_started(mp_obj_t name) {
    asvc_scheduler_t *self = asvc_root()->scheduler;
    uint32_t id;
    if (self != NULL && find_id(self, name, &id)) {
        asvc_schedule_note_start(&self->due, id, asvc_now_ms());
    }
}

int64_t asvc_schedule_t0_s(void) {
    asvc_scheduler_t *self = asvc_root()->scheduler;
    return self != NULL && loop_runs(self) ? asvc_wall_of(self->t0_ms) : 0;
}

// Room for twice as many ids.
static void grow(asvc_scheduler_t *self) {
    size_t cap = self->due.due.cap, new_cap = cap == 0 ? 4 : 2 * cap;
    mp_obj_t *names = m_new0(mp_obj_t, new_cap);
    asvc_schedule_entry_t *entries = m_new(asvc_schedule_entry_t, new_cap);
    asvc_heap_item_t *heap = m_new(asvc_heap_item_t, new_cap);
    memcpy(names, self->names, cap * sizeof(mp_obj_t));
    asvc_schedule_move(&self->due, entries, heap, new_cap);
    self->names = names;
}

// The id of name, a new one where it has none.
static uint32_t id_of(asvc_scheduler_t *self, mp_obj_t name) {
    uint32_t id;
    if (find_id(self, name, &id)) {
        return id;
    }
    if (self->ids.used == self->due.due.cap) {
        grow(self);
    }
    for (id = 0; self->names[id] != MP_OBJ_NULL; id++) {
    }
    mp_map_lookup(&self->ids, name, MP_MAP_LOOKUP_ADD_IF_NOT_FOUND)->value = MP_OBJ_NEW_SMALL_INT(id);
    self->names[id] = name;
    return id;
}

// What is due by the wall clock has to follow when that is set. Differences below the second that
// time.time() counts by are no news.
static void follow_wall_clock(asvc_scheduler_t *self) {
    int64_t offset = asvc_wall_s() * 1000 - asvc_now_ms();
    int64_t back_by = self->wall_offset_ms - offset;
    if (back_by >= 1500 || back_by <= -1500) {
        self->wall_offset_ms = offset;
        asvc_schedule_shift_wall(&self->due, back_by);
    }
}

// back: of a period, times that have passed are no more due.
static void put(asvc_scheduler_t *self, uint32_t id, const plan_t *plan, bool back) {
    int64_t first = plan->start_ms, now = asvc_now_ms();
    bool by_wall = plan->is_wall;
    if (by_wall) {
        follow_wall_clock(self);
        first -= self->wall_offset_ms;
    } else {
        first += self->t0_ms;
    }
    if (back && plan->repeat_ms > 0 && first <= now) {
        first = asvc_schedule_next_in_series(first, plan->repeat_ms, now);
        by_wall = false; // as the periods after the first time are
    }
    asvc_schedule_put(&self->due, id, first, plan->repeat_ms, by_wall);
}

static void set(mp_obj_t name, mp_obj_t options, bool back) {
    plan_t plan = parse(name, options);
    asvc_scheduler_t *self = scheduler();
    uint32_t id = id_of(self, name);
    asvc_task_t *task = asvc_group_find(name);
    if (task != NULL) {
        asvc_task_defer(task);
    }
    mp_obj_dict_store(self->group, name, options);
    if (loop_runs(self)) {
        put(self, id, &plan, back);
        asvc_awaitable_wake(&self->loop->base);
    }
}

void asvc_schedule_set(mp_obj_t name, mp_obj_t options) {
    set(name, options, false);
}

void asvc_schedule_put_back(mp_obj_t name, mp_obj_t options) {
    set(name, options, true);
}

static void drop_id(asvc_scheduler_t *self, mp_obj_t name, uint32_t id) {
    asvc_schedule_remove(&self->due, id);
    self->names[id] = MP_OBJ_NULL;
    asvc_map_remove(&self->ids, name);
}

mp_obj_t asvc_schedule_remove_name(mp_obj_t name) {
    asvc_scheduler_t *self = asvc_root()->scheduler;
    uint32_t id;
    if (self == NULL || !find_id(self, name, &id)) {
        return MP_OBJ_NULL;
    }
    drop_id(self, name, id);
    return asvc_map_remove(mp_obj_dict_get_map(self->group), name);
}

bool asvc_schedule_cancel(mp_obj_t name) {
    asvc_task_t *task = asvc_group_find(name);
    if (task != NULL) {
        asvc_task_move(task, ASVC_EV_UNSCHEDULED);
    }
    return asvc_schedule_remove_name(name) != MP_OBJ_NULL;
}

void asvc_schedule_clear(void) {
    asvc_scheduler_t *self = asvc_root()->scheduler;
    for (uint32_t id = 0; self != NULL && id < self->due.due.cap; id++) {
        if (self->names[id] != MP_OBJ_NULL) {
            asvc_schedule_cancel(self->names[id]);
        }
    }
}

bool asvc_schedule_info(mp_obj_t name, asvc_schedule_info_t *info) {
    asvc_scheduler_t *self = asvc_root()->scheduler;
    uint32_t id;
    if (self == NULL || !find_id(self, name, &id)) {
        return false;
    }
    memset(info, 0, sizeof(*info));
    info->loop_runs = loop_runs(self);
    const asvc_schedule_entry_t *entry = asvc_schedule_get(&self->due, id);
    if (entry != NULL) {
        int64_t now = asvc_now_ms();
        info->has_next = entry->due_ms != ASVC_SCHEDULE_NEVER && info->loop_runs;
        info->has_last = entry->last_ms != ASVC_SCHEDULE_NEVER;
        info->next_in_s = entry->due_ms > now ? (uint32_t)asvc_divide(entry->due_ms - now + 999, 1000) : 0;
        info->next_at_ms = entry->due_ms;
        info->last_at_ms = entry->last_ms;
    }
    return true;
}

// ---- the loop task --------------------------------------------------------------------------

typedef struct {
    mp_obj_t name, exc, log;
} not_started_t;

static void say_not_started(void *arg) {
    not_started_t *self = arg;
    mp_obj_t line = asvc_strf("[aioschedule] %o could not be started: %t", self->name, self->exc);
    asvc_sayf("%o", line);
    asvc_log(self->log, MP_QSTR_error, line);
}

// Starts a task that is due, where it can be.
static void run(asvc_scheduler_t *self, uint32_t id, mp_obj_t log) {
    mp_obj_t name = self->names[id];
    if (asvc_schedule_options(name) == MP_OBJ_NULL) {
        asvc_schedule_remove_name(name); // taken out of aioschedule.group() by hand
        return;
    }
    asvc_task_t *task = asvc_group_find(name);
    if (task == NULL || asvc_task_is_live(task)) {
        return; // not added yet, or its last run still goes on
    }
    if (asvc_interrupt_waits()) {
        return;
    }
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        if (asvc_relations_may_run(task)) {
            asvc_group_restart(task);
        } else {
            asvc_relations_settle(); // what it requires may be lost for good, which is to be said
        }
        nlr_pop();
        return;
    }
    // No memory for it now: the schedule goes on, the next time is the next try. Nor may there be for telling so.
    not_started_t not_started = { name, MP_OBJ_FROM_PTR(nlr.ret_val), log };
    asvc_raise_unless_exception(not_started.exc);
    asvc_try(say_not_started, &not_started);
}

// Puts a scheduled task into the schedule of the loop that starts. One with bad options (they are a
// dict in the user's hands) is taken out and named: the others' schedules go on.
static void put_protected(asvc_scheduler_t *self, uint32_t id, mp_obj_t name) {
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        plan_t plan = parse(name, asvc_schedule_options(name));
        put(self, id, &plan, false);
        nlr_pop();
        return;
    }
    mp_obj_t exc = MP_OBJ_FROM_PTR(nlr.ret_val);
    asvc_raise_unless_exception(exc);
    asvc_schedule_remove_name(name);
    asvc_sayf("%k%o", false, exc);
}

static void begin(asvc_scheduler_t *self, schedule_loop_t *loop) {
    loop->queue = asvc_loop_queue();
    self->loop = loop;
    self->t0_ms = asvc_now_ms();
    for (uint32_t id = 0; id < self->due.due.cap; id++) {
        mp_obj_t name = self->names[id];
        if (name != MP_OBJ_NULL && asvc_schedule_options(name) != MP_OBJ_NULL) {
            put_protected(self, id, name);
        }
    }
}

// Starts what is due and goes to sleep until the next is.
static mp_obj_t loop_step(mp_obj_t self_in) {
    schedule_loop_t *loop = MP_OBJ_TO_PTR(self_in);
    asvc_scheduler_t *self = scheduler();
    if (self->loop != loop) {
        if (loop_runs(self)) {
            return mp_const_none; // init() has started one already: this one has nothing to do
        }
        begin(self, loop);
    }
    if (self->due.n_by_wall > 0) {
        follow_wall_clock(self);
    }
    uint32_t id;
    int64_t due;
    while (asvc_schedule_pop_due(&self->due, asvc_now_ms(), &id)) {
        run(self, id, loop->log);
    }
    if (!asvc_schedule_next_due(&self->due, &due)) {
        asvc_awaitable_park(&loop->base);
        return MP_OBJ_NULL;
    }
    int64_t ms = due - asvc_now_ms();
    if (self->due.n_by_wall > 0 && ms > ASVC_SCHEDULE_WALL_MS) {
        ms = ASVC_SCHEDULE_WALL_MS; // nobody tells when the clock is set
    }
    asvc_awaitable_sleep(&loop->base, ms);
    return MP_OBJ_NULL;
}

// So that another one can take over.
static void loop_leave(mp_obj_t self_in) {
    asvc_scheduler_t *self = scheduler();
    if (self->loop == MP_OBJ_TO_PTR(self_in)) {
        self->loop = NULL;
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
    asvc_scheduler_t *self = asvc_root()->scheduler;
    if (self == NULL || self->ids.used == 0) {
        return;
    }
    mp_obj_t name = MP_OBJ_NEW_QSTR(MP_QSTR_schedule_loop);
    asvc_task_t *loop = asvc_group_find(name);
    if (loop == NULL || !asvc_task_is_live(loop)) {
        asvc_group_replace(asvc_task_new(MP_OBJ_FROM_PTR(&asvc_type_schedule_loop), name, 0, 0, NULL), false);
    }
}

#endif
