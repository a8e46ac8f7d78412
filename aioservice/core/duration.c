#include "core/duration.h"

#include <string.h>

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

// The functions below write at `at` and return the place after what they wrote.

static char *put_text(char *at, const char *text) {
    size_t len = strlen(text);
    memcpy(at, text, len);
    return at + len;
}

static char *put_number(char *at, uint64_t value) {
    char digits[20]; // those of UINT64_MAX
    size_t n = 0;
    do {
        digits[n++] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    while (n > 0) {
        *at++ = digits[--n];
    }
    return at;
}

// Exactly width digits whatever the value, so that no caller can be made to overrun its buffer.
static char *put_field(char *at, int value, int width) {
    int limit = width == 4 ? 9999 : 99;
    value = value < 0 ? 0 : value > limit ? limit : value;
    for (int i = width - 1; i >= 0; i--) {
        at[i] = (char)('0' + value % 10);
        value /= 10;
    }
    return at + width;
}

static char *put_clock(char *at, int hour, int minute, int second) {
    at = put_field(at, hour, 2);
    *at++ = ':';
    at = put_field(at, minute, 2);
    *at++ = ':';
    return put_field(at, second, 2);
}

size_t asvc_duration_format(char out[ASVC_DURATION_MAX], uint64_t seconds) {
    uint64_t days = seconds / DAY;
    int rest = (int)(seconds % DAY);
    char *at = out;

    if (days == 0 && rest < MINUTE) {
        at = put_number(at, (uint64_t)rest);
        at = put_text(at, " s");
    } else {
        if (days > 0) {
            at = put_number(at, days);
            at = put_text(at, " days, ");
        }
        at = put_clock(at, rest / HOUR, rest % HOUR / MINUTE, rest % MINUTE);
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
