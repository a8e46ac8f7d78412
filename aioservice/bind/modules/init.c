#include "bind/base/upward.h"
#include "bind/look/failures.h"
#include "bind/supervise/actions.h"
#include "bind/supervise/report.h"

extern const asvc_upward_t asvc_upward_table;
const asvc_upward_t asvc_upward_table = {
    .drive = asvc_actions_drive,
    .stepped = asvc_report_stepped,
    .ended = asvc_report_ended,
#if ASVC_SUPERVISION
    .failed = asvc_failures_add,
#endif
};
