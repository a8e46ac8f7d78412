// Does what the manager says.
#ifndef ASVC_SUPERVISE_ACTIONS_H
#define ASVC_SUPERVISE_ACTIONS_H

#include "core/config.h"

// Does one action after the other until there is nothing more to do, and has the loop of deadlines wake in time. An
// action that raises an Exception does not keep the next from being done. May be called from within an action. Raises what
// is no Exception.
void asvc_actions_drive(void);

// Calls fun(arg), and then drives; not before, however many services that loads: what comes after others is
// started after them although it is loaded first. May be nested. Raises what fun raises.
void asvc_actions_together(void (*fun)(void *arg), void *arg);

#endif
