#include "core/nearest.h"

#include <stdint.h>
#include <string.h>

#include "core/config.h"

#if ASVC_INSIGHT

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

size_t asvc_nearest_distance(const char *a, size_t a_len, const char *b, size_t b_len) {
    if (a_len > ASVC_NEAREST_MAX || b_len > ASVC_NEAREST_MAX) {
        return ASVC_NEAREST_FAR;
    }
    // Three rows of the table of distances between the beginnings of a and b.
    uint8_t rows[3][ASVC_NEAREST_MAX + 1];
    uint8_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t i = 0; i <= a_len; i++) {
        uint8_t *free_row = before;
        before = last;
        last = row;
        row = free_row;
        for (size_t j = 0; j <= b_len; j++) {
            size_t best = i + j;
            if (i > 0 && j > 0) {
                size_t replaced = last[j - 1] + (size_t)(a[i - 1] != b[j - 1]);
                best = least(replaced, least(last[j], row[j - 1]) + 1);
            }
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                best = least(best, before[j - 2] + (size_t)1);
            }
            row[j] = (uint8_t)best;
        }
    }
    return least(row[b_len], ASVC_NEAREST_FAR);
}

#endif
