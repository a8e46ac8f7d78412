// The table of all tasks: aioctl.group(), whose `tasks` is a plain dict of name -> record.
//
// The dict is the only truth: users look into it, and what they take out of it is gone.
#ifndef ASVC_TASK_GROUP_H
#define ASVC_TASK_GROUP_H

#include "py/obj.h"

#include "bind/task/task.h"

// The group object that Python sees.
mp_obj_t asvc_group(void);

// Puts another table in its place: one that asvc_group answered before, or None for a new, empty one. The
// tasks of the old one go on. Raises TypeError for anything else.
void asvc_group_set(mp_obj_t group);

// The task of that name, or NULL.
asvc_task_t *asvc_group_find(mp_obj_t name);

// Starts a new record under its name, or under name@1, @2 ... where that is taken (self->name then
// says so). Allocates and reserves first; when it raises (MemoryError), nothing has changed.
// wait: it is not started yet, but waits for its due time.
#if ASVC_COPIES
void asvc_group_add(asvc_task_t *self, bool wait);
#else
#define asvc_group_add asvc_group_replace
#endif
// Same, but it takes the place of a task of that name, which is stopped.
void asvc_group_replace(asvc_task_t *self, bool wait);
// Starts a task again: a new record like old in old's place. Answers it.
asvc_task_t *asvc_group_restart(asvc_task_t *old);

// Starts what asvc_task_start_after has made ready in old's place, where that is still in the table. Answers false
// where nothing was made ready. Allocates nothing, cannot fail.
bool asvc_group_succeed(asvc_task_t *old);

// Stops the task and takes it out of the table. Raises MemoryError, and then has changed nothing.
void asvc_group_delete(asvc_task_t *self);

// Puts back into the table the main task of that service which was taken out of it and has not ended since:
// beside it no second one is to be started. Raises MemoryError, and then has changed nothing.
struct _asvc_entry_t;
#if ASVC_SUPERVISION
void asvc_group_take_back(struct _asvc_entry_t *entry);
// A service's task has ended: what is out of the table and over is forgotten. Allocates nothing.
void asvc_group_ended(void);
#else
static inline void asvc_group_take_back(struct _asvc_entry_t *entry) {
    (void)entry;
}
#endif

// Stops the children of the service whose main task this is, unless another instance of it goes on.
void asvc_group_stop_children(asvc_task_t *main);

// A list of tasks in the order in which they were added. pattern: a name or a pattern with `*`. *len: how many;
// the array is the collector's.
asvc_task_t **asvc_group_match(mp_obj_t pattern, size_t *len);
// All of them.
asvc_task_t **asvc_group_all(size_t *len);

// aioctl.tasks(): a list of asyncio's Tasks of those that go on, in the order added.
mp_obj_t asvc_group_running(void);

// Whether name, a str, is a pattern: it has a `*`.
#if ASVC_COPIES
bool asvc_is_pattern(mp_obj_t name);
#else
static inline bool asvc_is_pattern(mp_obj_t name) {
    (void)name;
    return false;
}
#endif

// Whether a service's main task that is out of the table has been told to end and still has time for that.
bool asvc_group_any_leaving(void);

// Of a service: its main task, further instances and children, in the order added.
asvc_task_t **asvc_group_of_service(const char *name, size_t name_len, size_t *len);
// The same for the service whose main task `main` is, whatever that calls itself now.
asvc_task_t **asvc_group_of_main(asvc_task_t *main, size_t *len);

// Whether the task name is that of the service or of one of its children or further instances. service: its
// name, with or without ".service".
bool asvc_is_of_service(mp_obj_t task_name, mp_obj_t service);

extern const mp_obj_type_t asvc_type_group;

#endif
