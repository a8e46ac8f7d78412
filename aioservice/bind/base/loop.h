// What aioservice needs of asyncio, and how it is got from C.
//
// asyncio keeps its run queue and its current task as globals of asyncio.core. new_event_loop()
// replaces the queue, so both are looked up each time; the class Task and CancelledError are cached.
#ifndef ASVC_BASE_LOOP_H
#define ASVC_BASE_LOOP_H

#include "py/obj.h"

// A new asyncio Task for the coroutine coro, on no queue yet. May raise MemoryError; asyncio is
// imported if it was not yet.
mp_obj_t asvc_loop_new_task(mp_obj_t coro);

// Puts task on the run queue, to go on at once. Allocates nothing.
void asvc_loop_push(mp_obj_t task);

// The run queue of now: another object after each new_event_loop().
mp_obj_t asvc_loop_queue(void);

// What the loop waits in for its next task, asyncio's _io_queue: another object after each new_event_loop().
mp_obj_t asvc_loop_io_queue(void);

// Whether new_event_loop() has replaced the run queue since this was last asked: what ran on the old
// one never goes on.
bool asvc_loop_changed(void);

// The task whose step is being made, or None.
mp_obj_t asvc_loop_current(void);

// Marks a task that was never queued as done with result None: what is waiting for its due time
// looks to asyncio like a task that has ended. Raises MemoryError, and then has changed nothing.
void asvc_loop_mark_done(mp_obj_t task);

// Takes a task that was pushed, has not gone on since and is awaited by nobody off the run queue and marks
// it done, and answers true. False where somebody awaits it or has cancelled it. Raises MemoryError, as above.
bool asvc_loop_take_back(mp_obj_t task);

// A type of coroutines that has this as its slot `protocol` says: they end with a plain result whatever is thrown into
// them. So a cancel of who awaits one is not handed on to it.
extern const char asvc_loop_shielded;
bool asvc_loop_is_shielded(mp_obj_t coro);

// Cancels the task. Another supervised task that it awaits is left alone, unlike with Task.cancel();
// a raw one is cancelled with it, as asyncio does. Task.cancel() refuses the current task; as the current task, this may be called only once
// its coroutine has parked itself, just before its step ends.
void asvc_loop_cancel(mp_obj_t task);

// Whether exc is asyncio's CancelledError: the class or an instance.
bool asvc_loop_is_cancelled_error(mp_obj_t exc);
// The class.
mp_obj_t asvc_loop_cancelled_error(void);

// Awaitables. What is thrown by throw(exc) or throw(type, exc, traceback); args[0] is the awaitable.
mp_obj_t asvc_loop_thrown(size_t n_args, const mp_obj_t *args);

// Parks the current task on owner, an object with a method remove(task): the task goes
// on only when asvc_loop_push(task) is called, or is cancelled (then owner.remove is called first).
// Answers the parked task.
mp_obj_t asvc_loop_park(mp_obj_t owner);

// Puts task, which is on no queue, to sleep for at most ms milliseconds (clamped to what the tick counter can
// tell apart). asvc_loop_wake cuts the sleep short.
void asvc_loop_sleep(mp_obj_t task, int64_t ms);

// Wakes a task that asvc_loop_sleep put to sleep and that has not gone on yet.
void asvc_loop_wake(mp_obj_t task);
// The same, to sleep on for ms milliseconds from now.
void asvc_loop_sleep_anew(mp_obj_t task, int64_t ms);

#endif
