#include "bind/look/top.h"

#include "py/runtime.h"

#include "bind/service/discover.h"
#include "bind/task/group.h"
#include "bind/base/keep.h"
#include "bind/service/registry.h"
#include "bind/base/say.h"
#include "core/config.h"

#if ASVC_TOP

// Milliseconds with three places.
static void add_ms(vstr_t *line, uint32_t ms, uint32_t us) {
    asvc_addf(line, "%8u.%03u", (unsigned)ms, (unsigned)us);
}

static void add_task(asvc_top_t *sum, const asvc_task_t *task) {
    sum->cpu_us += task->cpu_us;
    sum->cpu_ms += task->cpu_ms + sum->cpu_us / 1000;
    sum->cpu_us %= 1000;
    sum->steps += task->steps;
    sum->longest_us = task->longest_us > sum->longest_us ? task->longest_us : sum->longest_us;
}

bool asvc_top_of(const asvc_entry_t *entry, asvc_top_t *sum) {
    const asvc_manager_t *m = &asvc_root()->manager;
    *sum = (asvc_top_t){ 0 };
    const asvc_task_t *task = entry->seat.task;
    bool any = task != NULL;
    if (any) {
        add_task(sum, task);
    }
    asvc_id_t below = ASVC_NO_ID;
    while ((below = asvc_manager_next_below(m, entry->id, below)) != ASVC_NO_ID) {
        add_task(sum, asvc_task_of(below));
        any = true;
    }
    const asvc_block_t *block = asvc_record(m, entry->id)->block;
    sum->restarts = block == NULL ? 0 : block->restarts;
    return any;
}

static void say_top(vstr_t *line, asvc_entry_t *entry) {
    asvc_top_t sum;
    if (!asvc_top_of(entry, &sum)) {
        return;
    }
    line->len = 0;
    add_ms(line, sum.cpu_ms, sum.cpu_us);
    add_ms(line, sum.longest_us / 1000, sum.longest_us % 1000);
    asvc_addf(line, "%9u%9u  %o", (unsigned)sum.steps, (unsigned)sum.restarts, entry->task_name);
    asvc_say(line);
}

static mp_obj_t top(void) {
    asvc_discover();
    asvc_sayf("      cpu ms  longest ms    steps restarts  service");
    vstr_t line; // one buffer for all
    vstr_init(&line, 80);
    for (asvc_entry_t *entry = asvc_registry_first(); entry != NULL; entry = asvc_registry_next(entry)) {
        say_top(&line, entry);
    }
    vstr_clear(&line);
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_0(asvc_top_obj, top);

#endif
