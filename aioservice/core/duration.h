// Ages and dates as people read them in status lines.
#ifndef ASVC_CORE_DURATION_H
#define ASVC_CORE_DURATION_H

#include <stddef.h>

// Room for the longest text, of 64 bits of seconds: 15 digits, " days, ", "HH:MM:SS" and the NUL.
#define ASVC_DURATION_MAX 31

// Room for "YYYY-MM-DD HH:MM:SS" and the NUL.
#define ASVC_DATETIME_MAX 20

// Writes a length of time: "4 s" below a minute, "00:02:31" from a minute, "1 days, 00:02:31" from
// a day (always "days": users' scripts look for that word). NUL-terminated; returns the length
// without the NUL.
size_t asvc_duration_format(char out[ASVC_DURATION_MAX], size_t seconds);

// Writes a date and time as "2023-03-16 11:27:11". The parts are the first six of time.localtime(): year
// 0..9999, month and day from 1, hour 0..23; what is negative is written as 0, what has more digits
// than its field as all nines. NUL-terminated; returns the length without the NUL, always 19.
size_t asvc_datetime_format(char out[ASVC_DATETIME_MAX], const int parts[6]);

#endif
