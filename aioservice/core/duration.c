#include "core/duration.h"

#include <string.h>

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

// The functions below write at `at` and return the place after what they wrote.

static char *put_text(char *at, const char *text) {
    size_t len = strlen(text);
    memcpy(at, text, len);
    return at + len;
}

// In at least width digits.
static char *put_number(char *at, size_t value, size_t width) {
    char digits[20]; // those of UINT64_MAX
    size_t n = 0;
    while (n < width || value > 0) {
        digits[n++] = (char)('0' + value % 10);
        value /= 10;
    }
    while (n > 0) {
        *at++ = digits[--n];
    }
    return at;
}

// Exactly width digits whatever the value, so that no caller can be made to overrun its buffer.
static char *put_field(char *at, int value, size_t width) {
    int limit = width == 4 ? 9999 : 99;
    return put_number(at, (size_t)(value < 0 ? 0 : value > limit ? limit : value), width);
}

size_t asvc_duration_format(char out[ASVC_DURATION_MAX], size_t seconds) {
    char *at = out;
    if (seconds < MINUTE) {
        at = put_number(at, seconds, 1);
        at = put_text(at, " s");
    } else {
        if (seconds >= DAY) {
            at = put_number(at, seconds / DAY, 1);
            at = put_text(at, " days, ");
        }
        at = put_number(at, seconds % DAY / HOUR, 2);
        *at++ = ':';
        at = put_number(at, seconds % HOUR / MINUTE, 2);
        *at++ = ':';
        at = put_number(at, seconds % MINUTE, 2);
    }
    *at = '\0';
    return (size_t)(at - out);
}

size_t asvc_datetime_format(char out[ASVC_DATETIME_MAX], const int parts[6]) {
    static const char before[] = "\0-- ::";
    char *at = put_field(out, parts[0], 4);
    for (int i = 1; i < 6; i++) {
        *at++ = before[i];
        at = put_field(at, parts[i], 2);
    }
    *at = '\0';
    return (size_t)(at - out);
}
