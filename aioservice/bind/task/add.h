// Giving tasks their records, and their places in the table.
#ifndef ASVC_TASK_ADD_H
#define ASVC_TASK_ADD_H

#include "bind/task/task.h"

// Makes sure that there are so many records free. Raises MemoryError; RuntimeError where there are too many tasks.
void asvc_reserve_records(size_t n);
// The same for edges.
void asvc_reserve_edges(size_t n);

// Adds a task and has it started. Its name becomes name@1, @2 ... where that is taken. parent: the record of the service
// that it belongs to as an instance or a child; ASVC_NO_ID: none. wait: it is due by its schedule, and not
// started now. Allocates and reserves first; when it raises, nothing has changed.
void asvc_add(asvc_task_t *self, asvc_id_t parent, bool wait);

// The same, but it takes the place of a task of that name: one of a service is stopped, and it runs when that has ended;
// any other goes on to its end, stopped, without a name.
void asvc_replace(asvc_task_t *self, asvc_id_t parent);

// Has a task that is in no table started.
void asvc_add_unlisted(asvc_task_t *self);

// Makes the task the run of a record, at once, or when the present run has ended. What is at rest is replaced in the table.
// wait: it is not started right now. Raises MemoryError, and then has changed nothing. The caller tells the manager.
void asvc_put_run(asvc_id_t id, asvc_task_t *self, bool wait);

// The run that is to take a record over next, prepared, and in the table: one that waits for that already, or a new one in
// the place of the last. Raises MemoryError, and what making a task raises; then nothing has changed.
asvc_task_t *asvc_next_run(asvc_id_t id);

// The task's record, a new one where it has none, or its own is gone. Raises MemoryError.
asvc_id_t asvc_record_for(asvc_task_t *self);

// Takes a task out of the table and stops it. Allocates nothing. The caller drives.
void asvc_remove(asvc_task_t *self);

#endif
