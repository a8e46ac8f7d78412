// The table of all tasks: aioctl.group(), whose `tasks` is a plain dict of name -> record.
//
// The dict is the only truth about which names there are: users look into it, and what they take out of it is gone.
#ifndef ASVC_TASK_GROUP_H
#define ASVC_TASK_GROUP_H

#include "py/obj.h"

#include "bind/task/task.h"

// The group object that Python sees.
mp_obj_t asvc_group(void);

// Puts another table in its place: one that asvc_group answered before, or None for a new, empty one. The
// tasks of the old one go on. Raises TypeError for anything else.
void asvc_group_set(mp_obj_t group);

// Notices that new_event_loop() was called: what ran before never goes on, and counts as stopped. Each way into the table
// comes by here first.
void asvc_group_check_loop(void);

// The task of that name, or NULL.
asvc_task_t *asvc_group_find(mp_obj_t name);
// The same for the first len bytes of a text. Allocates nothing.
asvc_task_t *asvc_group_find_text(const char *text, size_t len);
bool asvc_group_has(const asvc_task_t *task);

// Puts the task in under its name, in the place of what has it. Raises MemoryError, and then has changed nothing.
void asvc_group_put(asvc_task_t *task);

// Puts a task in the place of another one of its name, where that is in the table. Allocates nothing.
void asvc_group_swap(const asvc_task_t *old, asvc_task_t *task);

// Takes the task out, where it is in. Allocates nothing.
void asvc_group_remove(asvc_task_t *task);
// The same for one that is in; of a copy, the number is not given again.
void asvc_group_forget(asvc_task_t *task);

#if ASVC_COPIES
// Gives the task its name, or name@1, @2 ... : the first that is free. Raises MemoryError.
void asvc_group_give_name(asvc_task_t *task);

// The next copy of the name `of` that is numbered up to `last`, from place *at of the table on; NULL where there is none.
asvc_task_t *asvc_group_next_copy(size_t *at, mp_obj_t of, uint32_t last);
#endif

// A list of tasks in the order in which they were added, with NULL behind the last. pattern: a name or a pattern with
// `*`. The array is the collector's: ASVC_KEEP it.
asvc_task_t **asvc_group_match(mp_obj_t pattern);
// All of them.
asvc_task_t **asvc_group_all(void);

// aioctl.tasks(): a list of asyncio's Tasks of those that go on, in the order added.
mp_obj_t asvc_group_running(void);

// Whether name, a str, is a pattern: it has a `*`.
bool asvc_is_pattern(mp_obj_t name);

// Whether the task name is that of the service or of one of its children or further instances. service: its
// name, with or without ".service".
bool asvc_is_of_service(mp_obj_t task_name, mp_obj_t service);

extern const mp_obj_type_t asvc_type_group;

#endif
