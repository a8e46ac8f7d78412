// The times of something periodic.
#ifndef ASVC_CORE_SERIES_H
#define ASVC_CORE_SERIES_H

#include <stdint.h>

// The first due_ms + k * period_ms > now_ms, for due_ms <= now_ms and period_ms > 0; INT64_MAX should that be beyond it.
// So a period keeps its phase, however late it is asked for, and runs that were missed are skipped.
int64_t asvc_series_next(int64_t due_ms, int64_t period_ms, int64_t now_ms);

#endif
