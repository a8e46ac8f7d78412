// aioservice.hardware_watchdog(ms): the chip's watchdog, fed only while every service that has a watchdog of
// its own is fed.
#ifndef ASVC_SUPERVISE_HARDWARE_WATCHDOG_H
#define ASVC_SUPERVISE_HARDWARE_WATCHDOG_H

#include "py/obj.h"

// Called by the loop of deadlines: feeds it where that is due and all services are fed. What feeding raises is said on
// stdout.
void asvc_hardware_watchdog_look(bool fed, int64_t now_ms);

// When it is to be called next; INT64_MAX where there is none.
int64_t asvc_hardware_watchdog_next_ms(void);

// aioservice.hardware_watchdog(ms, feed=None)
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_hardware_watchdog_obj);

#endif
