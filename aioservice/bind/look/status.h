// What people see of tasks: status lines, results and tracebacks.
#ifndef ASVC_LOOK_STATUS_H
#define ASVC_LOOK_STATUS_H

#include "py/runtime.h"

#include "bind/task/task.h"
#include "core/config.h"

// Prints the task's status line, and the line of its schedule where it has one.
void asvc_status_print(asvc_task_t *task);

// The greps (bind/log/log_stream.h) of the log's lines about the task: those with "[NAME]" in them, with "[NAME." for its
// children, and the manager's own that name it. A list.
mp_obj_t asvc_status_greps(asvc_task_t *task);
// Prints the latest of these lines, where a log is set.
#if ASVC_LOG
void asvc_status_print_log(asvc_task_t *task);
#else
static inline void asvc_status_print_log(asvc_task_t *task) {
    (void)task;
}
#endif

#if ASVC_STATUS_DEBUG

// Prints all there is to know of the task: of a service's main task what the service says of itself and
// its children, of every task its arguments and its traceback, each line but the first behind indent.
// with_log: then, where a log is set
// (aioctl.set_log), its lines about the task and its children. A show() that raises is reported in its
// place.
void asvc_status_print_debug(asvc_task_t *task, bool with_log, const char *indent);

// aioctl.debug()
MP_DECLARE_CONST_FUN_OBJ_0(asvc_debug_obj);

#else

static inline void asvc_status_print_debug(asvc_task_t *task, bool with_log, const char *indent) {
    (void)with_log;
    (void)indent;
    asvc_status_print(task);
}

#endif

// Prints "NAME --> RESULT".
void asvc_result_print(asvc_task_t *task);

// Appends "NAME: Traceback" and the exception's traceback, each line of that behind indent.
void asvc_add_traceback(vstr_t *text, const char *indent, mp_obj_t name, mp_obj_t exc);
// Appends the traceback, each line of it but the first behind indent.
void asvc_add_exception_lines(vstr_t *text, const char *indent, mp_obj_t exc);

// ---- parts of a status line, for status.c and status_debug.c ----------------------------------

// "●", in the colour of the task's state
void asvc_add_dot(vstr_t *line, asvc_task_t *task);
// "running", "stopped" ... in its colour
void asvc_add_state(vstr_t *line, asvc_task_t *task);
// " since DATE; AGE ago", or " @ DATE; AGE ago --> result: RESULT" of one that has ended
void asvc_add_times(vstr_t *line, asvc_task_t *task);
// "● NAME: status: " and the three above
void asvc_add_status_line(vstr_t *line, asvc_task_t *task);
// Prints the line of the task's schedule, where it has one.
void asvc_schedule_print(asvc_task_t *task);
// Prints what the task waits for, behind indent: the line of its schedule, and that of its restart or of what it
// requires, each where there is one.
void asvc_status_print_waits(asvc_task_t *task, const char *indent);

// "BEFORE DATE", to the tenth of a second, as records have it: so all dates of one start are the same second.
void asvc_add_date(vstr_t *line, const char *before, int64_t at_ms);

// A function NAME(name=None, rtn=False): prints what add appends to text, or answers it where rtn is true. Where that is
// nothing and there is no service `name`, it says so: what was unloaded may have a text still.
mp_obj_t asvc_answer_text(
    size_t n_args, const mp_obj_t *args, mp_map_t *kwargs, void (*add)(vstr_t *text, mp_obj_t name));

// The keywords of aioctl.traceback, with their defaults: name, rtn, indent, file. asvc_answer_text takes the first two.
enum { ASVC_N_TRACEBACK_ARGS = 4 };
extern const mp_arg_t asvc_traceback_args[ASVC_N_TRACEBACK_ARGS];

#endif
