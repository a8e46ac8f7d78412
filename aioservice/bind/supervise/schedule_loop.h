// What runs when: aioschedule's table, and the one loop task that starts what is due.
//
// People see the table as aioschedule.group(), a dict of task name -> {"start_in":, "repeat":}; the
// times are kept by core/schedule. The loop sleeps until the next due time, however far, and is woken
// by a change.
#ifndef ASVC_SUPERVISE_SCHEDULE_LOOP_H
#define ASVC_SUPERVISE_SCHEDULE_LOOP_H

#include "py/obj.h"

#include "bind/base/clock.h"
#include "core/config.h"

// What people want to know of a scheduled task.
typedef struct {
    bool loop_runs; // the loop that starts it
    bool
        has_next; // it is due again, in next_in_s seconds; false: its loop does not run, or its only time has passed
    bool has_last; // it was last started, by whom ever, at last_at_ms
    uint32_t next_in_s; // from now, no less than that
    int64_t next_at_ms, last_at_ms; // by asvc_now_ms()
} asvc_schedule_info_t;

#if ASVC_SCHEDULE

// aioschedule.group()
mp_obj_t asvc_schedule_group(void);

// Schedules the task of that name. options: a dict with start_in and repeat, seconds (int or float,
// repeat also True, which is start_in, or False). start_in counts from the start of the loop task, 0
// is at once; a time tuple, or a list like one, is a time of the wall clock. A task that was added and has made no step yet
// waits then. Raises TypeError or ValueError that names the task, the key and the value; then nothing
// has changed.
void asvc_schedule_set(mp_obj_t name, mp_obj_t options);
// The same for a task that was taken out and is put back: of a period, times that have passed meanwhile are no
// more due.
void asvc_schedule_put_back(mp_obj_t name, mp_obj_t options);
// Raises what asvc_schedule_set would raise for these options, and does nothing else.
void asvc_schedule_check(mp_obj_t name, mp_obj_t options);

// The options a task was scheduled with, or MP_OBJ_NULL where it is not scheduled.
mp_obj_t asvc_schedule_options(mp_obj_t name);

// Whether the task is in the schedule and will be due again, once the loop runs.
bool asvc_schedule_has_next(mp_obj_t name);

// The task of that name in the table was started. Allocates nothing, cannot fail.
void asvc_schedule_started(mp_obj_t name);

// Takes the task out of the schedule and answers its options, or MP_OBJ_NULL where it was not in it.
mp_obj_t asvc_schedule_remove_name(mp_obj_t name);

// The same, and a task that waits for its due time does so no more: it is inactive. Answers whether it
// was in the schedule.
bool asvc_schedule_cancel(mp_obj_t name);

// The same for all tasks in the schedule.
void asvc_schedule_clear(void);

// When the loop started, in seconds of the port's epoch; 0 where none runs.
int64_t asvc_schedule_t0_s(void);

// False where the task is not scheduled.
bool asvc_schedule_info(mp_obj_t name, asvc_schedule_info_t *info);

// Adds the loop task of the schedule where anything is scheduled, unless it is there. Raises MemoryError.
void asvc_schedule_start_loop(void);

#else

static inline void asvc_schedule_set(mp_obj_t name, mp_obj_t options) {
    (void)name;
    (void)options;
}

static inline void asvc_schedule_put_back(mp_obj_t name, mp_obj_t options) {
    (void)name;
    (void)options;
}

static inline void asvc_schedule_check(mp_obj_t name, mp_obj_t options) {
    (void)name;
    (void)options;
}

static inline mp_obj_t asvc_schedule_options(mp_obj_t name) {
    (void)name;
    return MP_OBJ_NULL;
}

static inline bool asvc_schedule_has_next(mp_obj_t name) {
    (void)name;
    return false;
}

static inline void asvc_schedule_started(mp_obj_t name) {
    (void)name;
}

static inline mp_obj_t asvc_schedule_remove_name(mp_obj_t name) {
    (void)name;
    return MP_OBJ_NULL;
}

static inline bool asvc_schedule_info(mp_obj_t name, asvc_schedule_info_t *info) {
    (void)name;
    *info = (asvc_schedule_info_t){ 0 };
    return false;
}

static inline void asvc_schedule_start_loop(void) {
}

#endif

// aioschedule.schedule_loop: calling it makes the awaitable that runs the schedule.
extern const mp_obj_type_t asvc_type_schedule_loop;

#endif
