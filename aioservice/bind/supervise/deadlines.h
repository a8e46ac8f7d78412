// The loop of deadlines: it looks when the manager says that something is due, and feeds the hardware watchdog.
#ifndef ASVC_SUPERVISE_DEADLINES_H
#define ASVC_SUPERVISE_DEADLINES_H

#include "core/config.h"
#include "manager/record.h"

#if ASVC_DEADLINES

// Has it look when the manager's next deadline comes, or the hardware watchdog is to be fed. Makes the loop task where
// there is none. Never raises: without memory for that nothing happens before the next call.
void asvc_deadlines_arm(void);

#endif

#endif
