#include "bind/task/schedule.h"

#include <string.h>

#include "py/runtime.h"

#include "bind/base/is.h"
#include "bind/base/loop.h"
#include "bind/base/manager.h"
#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"
#include "bind/base/upward.h"
#include "bind/task/group.h"
#include "core/series.h"

#if ASVC_SCHEDULE

// When a task is to be started, as people say it.
typedef struct {
    bool is_wall; // start_in was a time tuple or list: start_ms is ms of the port's epoch
    int64_t start_ms; // else from the start of the loop
    int64_t repeat_ms; // 0: once
} plan_t;

typedef struct _asvc_scheduler_t {
    mp_obj_t group; // dict name -> options, what Python sees
    mp_obj_t queue; // the run queue of the loop that runs, or MP_OBJ_NULL
    mp_obj_t log; // its logger, or None
    int64_t t0_ms; // when it started
    int64_t wall_offset_ms; // what the wall clock was ahead of the monotonic one when it was last looked at
    void (*wake)(void *arg);
    void *arg;
} asvc_scheduler_t;

static asvc_scheduler_t *scheduler(void) {
    asvc_root_t *root = asvc_root();
    if (root->scheduler == NULL) {
        asvc_scheduler_t *self = m_new0(asvc_scheduler_t, 1);
        self->group = mp_obj_new_dict(0);
        root->scheduler = self;
    }
    return root->scheduler;
}

bool asvc_schedule_runs(void) {
    const asvc_scheduler_t *self = asvc_root()->scheduler;
    return self != NULL && self->queue != MP_OBJ_NULL && self->queue == asvc_loop_queue();
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

// What people may find in, or put into, a task's options. The others are asyncmd's: after a run by its schedule start_in is -1,
// and _start_in what it was; t0 comes from a tool.
static const qstr_short_t keys[] = { MP_QSTR_start_in, MP_QSTR_repeat,
#if ASVC_ASYNCMD
    MP_QSTR__start_in, MP_QSTR_last, MP_QSTR_last_dt, MP_QSTR_t0
#endif
};

static plan_t parse(mp_obj_t name, mp_obj_t options) {
    static const char like[] = "a dict like {\"start_in\": 20, \"repeat\": 90}";
    if (!asvc_is_dict(options)) {
        bad_option(name, "schedule", options, like);
    }
    bool has_run = ASVC_ASYNCMD && asvc_dict_get(options, MP_QSTR_last) != MP_OBJ_NULL;
    mp_obj_t start_in = asvc_dict_get(options, has_run ? MP_QSTR__start_in : MP_QSTR_start_in);
    mp_obj_t repeat = asvc_dict_get(options, MP_QSTR_repeat);
    size_t known = 0;
    for (size_t i = 0; i < MP_ARRAY_SIZE(keys); i++) {
        known += asvc_dict_get(options, keys[i]) != MP_OBJ_NULL;
    }
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

// ---- when it is due -------------------------------------------------------------------------

// What the wall clock is ahead of ours. Differences below the second that time.time() counts by are no news.
static bool note_wall_clock(asvc_scheduler_t *self, int64_t *back_by) {
    int64_t offset = asvc_wall_s() * 1000 - asvc_now_ms();
    *back_by = self->wall_offset_ms - offset;
    bool was_set = *back_by >= 1500 || *back_by <= -1500;
    if (was_set) {
        self->wall_offset_ms = offset;
    }
    return was_set;
}

// The first time that a plan is due, by asvc_now_ms().
static int64_t first_due(asvc_scheduler_t *self, const plan_t *plan) {
    int64_t back_by;
    if (plan->is_wall) {
        note_wall_clock(self, &back_by);
        return plan->start_ms - self->wall_offset_ms;
    }
    return plan->start_ms + self->t0_ms;
}

static void give_block(asvc_task_t *task) {
    if (task->id != ASVC_NO_ID && asvc_task_block(task) == NULL) {
        asvc_manager_set_block(asvc_manager_now(), task->id, m_new0(asvc_block_t, 1), NULL);
    }
}

typedef enum {
    FIRST, // all times count
    LATE, // of a period, times that have passed are no more due
    BACK, // the same, but if it was out of the schedule when it was due, it is due at once
} put_t;

// Has the manager start the task, which has a record, by its options.
static void put(asvc_task_t *task, mp_obj_t options, put_t how) {
    plan_t plan = parse(task->name, options);
    give_block(task);
    asvc_scheduler_t *self = scheduler();
    asvc_manager_t *m = asvc_manager_now();
    int64_t due = ASVC_NEVER_MS;
    bool by_wall = false;
    if (asvc_schedule_runs()) {
        due = first_due(self, &plan);
        by_wall = plan.is_wall;
        if (how != FIRST && due <= m->now_ms && plan.repeat_ms > 0) {
            int64_t missed = how == BACK ? asvc_task_block(task)->due_ms : 0; // 0: it never had a due time
            due = asvc_series_next(due, plan.repeat_ms, m->now_ms);
            due -= missed != 0 && missed <= m->now_ms ? plan.repeat_ms : 0;
            by_wall = false; // as the periods after the first time are
        }
    }
    asvc_manager_schedule(m, task->id, due, plan.repeat_ms, by_wall);
}

// ---- the table ------------------------------------------------------------------------------

mp_obj_t asvc_schedule_group(void) {
    return scheduler()->group;
}

mp_obj_t asvc_schedule_options(mp_obj_t name) {
    asvc_scheduler_t *self = asvc_root()->scheduler;
    return self == NULL ? MP_OBJ_NULL : asvc_map_get(mp_obj_dict_get_map(self->group), name);
}

// Whether it will be due for the first time, or once more, if it is added now.
static bool is_ahead(mp_obj_t name, mp_obj_t options) {
    plan_t plan = parse(name, options);
    return !asvc_schedule_runs() || plan.repeat_ms > 0 || first_due(scheduler(), &plan) > asvc_now_ms();
}

bool asvc_schedule_has_next(mp_obj_t name) {
    mp_obj_t options = asvc_schedule_options(name);
    if (options == MP_OBJ_NULL) {
        return false;
    }
    asvc_task_t *task = asvc_group_find(name);
    if (task == NULL || task->id == ASVC_NO_ID) {
        return is_ahead(name, options);
    }
    return asvc_manager_is_due_again(&asvc_root()->manager, task->id);
}

int64_t asvc_schedule_t0_s(void) {
    return asvc_schedule_runs() ? asvc_wall_of(scheduler()->t0_ms) : 0;
}

static void take_back(asvc_task_t *task) {
    bool no_step_yet = asvc_task_state(task) == ASVC_STARTING && task->run == MP_OBJ_NULL;
    if (no_step_yet && asvc_loop_take_back(task->task)) {
        task->flags &= (uint8_t)~ASVC_TASK_FRESH;
        asvc_manager_taken_back(asvc_manager_now(), task->id);
    }
}

static void set(mp_obj_t name, mp_obj_t options, put_t how) {
    parse(name, options);
    asvc_scheduler_t *self = scheduler();
    asvc_task_t *task = asvc_group_find(name);
    if (task != NULL) {
        asvc_task_extra(task); // so that taking it out takes no memory
        give_block(task);
        take_back(task);
    }
    mp_obj_dict_store(self->group, name, options);
    if (task != NULL && task->id != ASVC_NO_ID) {
        put(task, options, how);
    }
    if (self->wake != NULL) {
        self->wake(self->arg);
    }
    asvc_drive();
}

void asvc_schedule_set(mp_obj_t name, mp_obj_t options) {
    set(name, options, FIRST);
}

void asvc_schedule_put_back(mp_obj_t name, mp_obj_t options) {
    set(name, options, BACK);
}

void asvc_schedule_prepare(asvc_task_t *task) {
    mp_obj_t options = asvc_schedule_options(task->name);
    if (options != MP_OBJ_NULL) {
        parse(task->name, options);
        asvc_task_extra(task);
        give_block(task);
    }
}

void asvc_schedule_added(asvc_task_t *task) {
    mp_obj_t options = asvc_schedule_options(task->name);
    if (options != MP_OBJ_NULL) {
        put(task, options, LATE);
    }
}

mp_obj_t asvc_schedule_remove_name(mp_obj_t name) {
    asvc_scheduler_t *self = asvc_root()->scheduler;
    if (self == NULL) {
        return MP_OBJ_NULL;
    }
    asvc_task_t *task = asvc_group_find(name);
    if (task != NULL && task->id != ASVC_NO_ID) {
        asvc_manager_unschedule(asvc_manager_now(), task->id);
    }
    return asvc_map_remove(mp_obj_dict_get_map(self->group), name);
}

void asvc_schedule_take_out(asvc_task_t *task) {
    mp_obj_t options = asvc_schedule_options(task->name);
    if (options != MP_OBJ_NULL) {
        asvc_task_extra(task)->schedule = options; // may raise: first
        asvc_schedule_remove_name(task->name);
    }
}

void asvc_schedule_clear(void) {
    asvc_scheduler_t *self = asvc_root()->scheduler;
    size_t at = 0;
    mp_map_elem_t *elem;
    while (self != NULL && (elem = asvc_dict_next(self->group, &at)) != NULL) {
        asvc_schedule_remove_name(elem->key); // its place stays free
    }
}

bool asvc_schedule_info(const asvc_task_t *task, asvc_schedule_info_t *info) {
    if (asvc_schedule_options(task->name) == MP_OBJ_NULL) {
        return false;
    }
    memset(info, 0, sizeof(*info));
    info->loop_runs = asvc_schedule_runs();
    const asvc_block_t *block = asvc_task_block(task);
    if (block != NULL && asvc_record(&asvc_root()->manager, task->id)->scheduled) {
        int64_t now = asvc_now_ms();
        info->has_next = block->due_ms != ASVC_NEVER_MS && info->loop_runs;
        info->has_last = block->last_ms != ASVC_NEVER_MS;
        info->next_in_s = info->has_next && block->due_ms > now
            ? (uint32_t)asvc_divide(block->due_ms - now + 999, 1000)
            : 0;
        info->next_at_ms = block->due_ms;
        info->last_at_ms = block->last_ms;
    }
    return true;
}

#if ASVC_ASYNCMD

static void note_run(void *arg) {
    const asvc_task_t *task = arg;
    mp_obj_t options = asvc_schedule_options(task->name);
    if (asvc_dict_get(options, MP_QSTR_last) == MP_OBJ_NULL) {
        options = mp_obj_dict_copy(options); // the one that was given is the service's, or its user's
        mp_obj_t start_in = asvc_dict_get(options, MP_QSTR_start_in);
        if (start_in != MP_OBJ_NULL) {
            mp_obj_dict_store(options, MP_OBJ_NEW_QSTR(MP_QSTR__start_in), start_in);
        }
        mp_obj_dict_store(options, MP_OBJ_NEW_QSTR(MP_QSTR_start_in), MP_OBJ_NEW_SMALL_INT(-1));
    }
    mp_obj_t now = mp_obj_new_int_from_ll(asvc_wall_of(asvc_last_now_ms()));
    mp_obj_dict_store(
        options, MP_OBJ_NEW_QSTR(MP_QSTR_last_dt), asvc_or_none(asvc_time_call(MP_QSTR_localtime, 1, now)));
    mp_obj_dict_store(options, MP_OBJ_NEW_QSTR(MP_QSTR_last), now);
    mp_obj_dict_store(scheduler()->group, task->name, options);
}

void asvc_schedule_note_run(asvc_task_t *task) {
    asvc_try(note_run, task);
}

#endif

// ---- the loop -------------------------------------------------------------------------------

static void put_elem(void *arg) {
    const mp_map_elem_t *elem = arg;
    parse(elem->key, elem->value); // also without a task
    asvc_task_t *task = asvc_group_find(elem->key);
    if (task != NULL && task->id != ASVC_NO_ID) {
        put(task, elem->value, FIRST);
    }
}

// One with bad options is taken out and named: the others' schedules go on.
static void put_or_say(mp_map_elem_t *elem) {
    mp_obj_t exc = asvc_try(put_elem, elem);
    if (exc != MP_OBJ_NULL) {
        asvc_schedule_remove_name(elem->key);
        asvc_sayf("%k%o", false, exc);
    }
}

mp_obj_t asvc_schedule_log(void) {
    return asvc_schedule_runs() ? scheduler()->log : mp_const_none;
}

void asvc_schedule_begin(mp_obj_t queue, mp_obj_t log) {
    asvc_scheduler_t *self = scheduler();
    self->log = log;
    self->queue = queue;
    self->t0_ms = asvc_now_ms();
    asvc_manager_run_schedule(asvc_manager_now(), true);
    size_t at = 0;
    mp_map_elem_t *elem;
    while ((elem = asvc_dict_next(self->group, &at)) != NULL) {
        put_or_say(elem);
    }
}

void asvc_schedule_end(void) {
    scheduler()->queue = MP_OBJ_NULL;
    asvc_manager_run_schedule(asvc_manager_now(), false);
}

bool asvc_schedule_follow(void) {
    asvc_scheduler_t *self = scheduler();
    asvc_manager_t *m = asvc_manager_now();
    int64_t back_by = 0;
    bool was_set = note_wall_clock(self, &back_by), any = false;
    asvc_id_t id = ASVC_NO_ID;
    while ((id = asvc_manager_next_record(m, id)) != ASVC_NO_ID) {
        const asvc_block_t *block = asvc_record(m, id)->block;
        if (!asvc_record(m, id)->scheduled || !block->by_wall) {
            continue;
        }
        any = true;
        if (was_set) {
            asvc_manager_schedule(m, id, block->due_ms + back_by, block->period_ms, true);
        }
    }
    return any;
}

void asvc_schedule_on_change(void (*wake)(void *arg), void *arg) {
    asvc_scheduler_t *self = scheduler();
    self->wake = wake;
    self->arg = arg;
}

#endif
