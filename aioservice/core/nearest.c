#include "core/nearest.h"

#include <stdint.h>
#include <string.h>

#include "core/config.h"

#if ASVC_INSIGHT

static uint8_t least(uint8_t a, uint8_t b) {
    return a < b ? a : b;
}

size_t asvc_nearest_distance(const char *a, size_t a_len, const char *b, size_t b_len) {
    if (a_len > ASVC_NEAREST_MAX || b_len > ASVC_NEAREST_MAX) {
        return ASVC_NEAREST_FAR;
    }
    // Three rows of the table of distances between the beginnings of a and b.
    uint8_t rows[3][ASVC_NEAREST_MAX + 1];
    uint8_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b_len; j++) {
        last[j] = (uint8_t)j;
    }
    for (size_t i = 1; i <= a_len; i++) {
        row[0] = (uint8_t)i;
        for (size_t j = 1; j <= b_len; j++) {
            uint8_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = least((uint8_t)(last[j - 1] + cost), (uint8_t)(least(last[j], row[j - 1]) + 1));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = least(row[j], (uint8_t)(before[j - 2] + 1));
            }
        }
        uint8_t *free_row = before;
        before = last;
        last = row;
        row = free_row;
    }
    return last[b_len] < ASVC_NEAREST_FAR ? last[b_len] : ASVC_NEAREST_FAR;
}

#endif
