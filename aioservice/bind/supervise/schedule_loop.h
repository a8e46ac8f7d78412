// The loop task of the schedule: while it runs, what is scheduled is started when it is due.
//
// The manager keeps the times, and its loop of deadlines starts what is due. This one says from when on they count, and
// follows the wall clock.
#ifndef ASVC_SUPERVISE_SCHEDULE_LOOP_H
#define ASVC_SUPERVISE_SCHEDULE_LOOP_H

#include "py/obj.h"

// aioschedule.schedule_loop: calling it makes the awaitable that runs the schedule.
extern const mp_obj_type_t asvc_type_schedule_loop;

// Adds the loop task where anything is scheduled, unless it is there. Raises MemoryError.
void asvc_schedule_start_loop(void);

#endif
