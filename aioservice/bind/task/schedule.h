// What runs when: aioschedule's table.
//
// People see the table as aioschedule.group(), a dict of task name -> {"start_in":, "repeat":}: what is asked for. When a
// task is due next, the manager knows. Times count from the start of the schedule's loop (bind/supervise/schedule_loop.h),
// so they are worked out when that starts.
#ifndef ASVC_TASK_SCHEDULE_H
#define ASVC_TASK_SCHEDULE_H

#include "py/obj.h"

#include "bind/task/task.h"
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

// aioschedule.group()
mp_obj_t asvc_schedule_group(void);

// Schedules the task of that name. options: a dict with start_in and repeat, seconds (int or float,
// repeat also True, which is start_in, or False). start_in counts from the start of the loop task, 0
// is at once; a time tuple, or a list like one, is a time of the wall clock. A task that was added and has made no step
// yet waits then. Raises TypeError or ValueError that names the task, the key and the value; then nothing
// has changed.
void asvc_schedule_set(mp_obj_t name, mp_obj_t options);
// The same for a task that was taken out and is put back: of a period, times that have passed meanwhile are made up for by one
// run at once.
void asvc_schedule_put_back(mp_obj_t name, mp_obj_t options);
// Raises what asvc_schedule_set would raise for these options, and does nothing else.
void asvc_schedule_check(mp_obj_t name, mp_obj_t options);

// The options a task was scheduled with, or MP_OBJ_NULL where it is not scheduled.
mp_obj_t asvc_schedule_options(mp_obj_t name);

// Whether the task is in the schedule and will be due again, once the loop runs.
bool asvc_schedule_has_next(mp_obj_t name);

// A task is about to be added: allocates what its schedule takes, where it has one. Raises MemoryError.
void asvc_schedule_prepare(asvc_task_t *task);
// It has its record now. Allocates nothing.
void asvc_schedule_added(asvc_task_t *task);

// Takes the task out of the schedule and answers its options, or MP_OBJ_NULL where it was not in it. Allocates nothing.
mp_obj_t asvc_schedule_remove_name(mp_obj_t name);

// The same, and keeps the options for asvc_control_start. Raises MemoryError, and then has changed nothing.
void asvc_schedule_take_out(asvc_task_t *task);

// The same for all tasks in the schedule.
void asvc_schedule_clear(void);

// When the loop started, in seconds of the port's epoch; 0 where none runs.
int64_t asvc_schedule_t0_s(void);

// False where the task is not scheduled.
bool asvc_schedule_info(const asvc_task_t *task, asvc_schedule_info_t *info);

// Notes in the task's options, as asyncmd's tools look for it, that its schedule has just started it. Without memory it does not.
void asvc_schedule_note_run(asvc_task_t *task);

// ---- for the loop ---------------------------------------------------------------------------

// The loop starts, on this run queue, and writes to this logger, or None: works out when everything is due. One with bad options (they are a dict in the
// user's hands) is taken out and named.
void asvc_schedule_begin(mp_obj_t queue, mp_obj_t log);
// It has ended: nothing is due.
void asvc_schedule_end(void);
// Whether it runs.
bool asvc_schedule_runs(void);
// Its logger, or None.
mp_obj_t asvc_schedule_log(void);

// Follows the wall clock where that was set, and drops what was taken out of the dict by hand. Answers whether anything
// is due by the wall clock.
bool asvc_schedule_follow(void);

// Has `wake(arg)` called when something was scheduled; NULL: nobody has.
void asvc_schedule_on_change(void (*wake)(void *arg), void *arg);

#endif
