// What raw tasks raise: those of asyncio.create_task(), which nobody supervises.
#ifndef ASVC_SUPERVISE_LOOP_ERROR_H
#define ASVC_SUPERVISE_LOOP_ERROR_H

#include "core/config.h"

#if ASVC_SUPERVISION

// Has asyncio tell what a task raises that nobody awaits, by way of its exception handler: that prints what it prints without
// us, and then an event is put. A handler that the program has set stays, and one that it sets later takes this one's place.
// Raises nothing that is an Exception; without memory nothing happens.
void asvc_loop_error_watch(void);

#endif

#endif
