// The two clocks: a monotonic one to count with, the wall clock to show people.
#ifndef ASVC_BASE_CLOCK_H
#define ASVC_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "py/obj.h"

#include "core/duration.h"

// Milliseconds since the modules were first imported. Never goes back, never wraps: MicroPython's
// tick counter, which does wrap (after 49 days where a word has 32 bits), is extended here and
// nowhere else. It must be asked at least once per wrap; every task that starts or ends asks it.
int64_t asvc_now_ms(void);

// The same when it was asked last: for who follows on somebody that asked, as to read the clock takes long on some ports.
int64_t asvc_last_now_ms(void);

// A moment in tenths of a second, as task records keep it, and back: of one that lies 13 years back at most.
uint32_t asvc_ms_as_ds(int64_t at_ms);
int64_t asvc_ds_as_ms(uint32_t at_ds);

// number / by, in unsigned numbers: firmware has a library for these anyway, but none for signed ones of 64 bits.
int64_t asvc_divide(int64_t number, uint32_t by);

// The wall time, in seconds of the port's epoch, of a moment by asvc_now_ms(): the same each time it is asked,
// until somebody sets the clock. -1 where there is no wall clock.
int64_t asvc_wall_of(int64_t at_ms);

// The same by the wall clock as it was asked last, which was not long ago. Allocates nothing.
int64_t asvc_last_wall_of(int64_t at_ms);

// For asvc_wall_datetime: the time that the wall clock shows, for lines of a log.
#define ASVC_NOW INT64_MIN

// Writes the wall time of a moment by asvc_now_ms(), e.g. "2023-03-16 00:00:19"; where the port has no wall clock,
// the time since start in the same form, counted from 2000-01-01.
void asvc_wall_datetime(int64_t at_ms, char out[ASVC_DATETIME_MAX]);

// time.FUNCTION(arg), n_args 0 or 1, or MP_OBJ_NULL where the port's `time` lacks it. Raises what that does.
mp_obj_t asvc_time_call(qstr function, size_t n_args, mp_obj_t arg);

// Seconds of the port's epoch, as time.time() answers them, or -1 where there is no wall clock.
int64_t asvc_wall_s(void);

// What time.time() and time.mktime() answer, an int or, on unix, a float, in whole seconds.
int64_t asvc_seconds_of(mp_obj_t seconds);

// Seconds that a user gave, an int or float from 0 to below ASVC_SCHEDULE_LONGEST_S, as milliseconds; -1
// for anything else.
int64_t asvc_seconds_as_ms(mp_obj_t seconds);

#endif
