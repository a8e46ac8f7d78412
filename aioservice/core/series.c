#include "core/series.h"

#include "core/config.h"

#if ASVC_SCHEDULE

int64_t asvc_series_next(int64_t due_ms, int64_t period_ms, int64_t now_ms) {
    uint64_t late = (uint64_t)now_ms - (uint64_t)due_ms;
    int64_t ahead = period_ms - (int64_t)(late % (uint64_t)period_ms); // 1..period_ms
    uint64_t left = (uint64_t)INT64_MAX - (uint64_t)now_ms;
    return (uint64_t)ahead > left ? INT64_MAX : now_ms + ahead;
}

#endif
