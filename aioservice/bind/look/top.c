// aioservice.top: what time the steps of services take.
#include "py/runtime.h"

#include "bind/service/discover.h"
#include "bind/task/group.h"
#include "bind/look/insight.h"
#include "bind/base/keep.h"
#include "bind/service/registry.h"
#include "bind/base/say.h"
#include "bind/supervise/supervise.h"
#include "core/config.h"

#if ASVC_TOP

// Milliseconds with three places.
static void add_us(vstr_t *line, uint64_t us) {
    asvc_addf(line, "%8u.%03u", (unsigned)(us / 1000), (unsigned)(us % 1000));
}

static void say_top(asvc_entry_t *entry) {
    size_t name_len, len;
    const char *name = mp_obj_str_get_data(entry->name, &name_len);
    asvc_task_t **tasks = asvc_group_of_service(name, name_len, &len);
    uint64_t cpu_us = 0;
    uint32_t longest_us = 0, steps = 0, restarts = 0;
    for (size_t i = 0; i < len; i++) {
        asvc_supervision_t *supervision = asvc_supervision(tasks[i]);
        cpu_us += tasks[i]->cpu_us;
        steps += tasks[i]->steps;
        longest_us = tasks[i]->longest_us > longest_us ? tasks[i]->longest_us : longest_us;
        restarts += supervision == NULL ? 0 : supervision->restarts;
    }
    ASVC_KEEP(tasks);
    if (len > 0) {
        vstr_t line;
        vstr_init(&line, 80);
        add_us(&line, cpu_us);
        add_us(&line, longest_us);
        asvc_addf(&line, "%9u%9u  %o", (unsigned)steps, (unsigned)restarts, entry->task_name);
        asvc_say(&line);
        vstr_clear(&line);
    }
}

static mp_obj_t top(void) {
    asvc_discover();
    asvc_sayf("      cpu ms  longest ms    steps restarts  service");
    for (asvc_entry_t *entry = asvc_registry_first(); entry != NULL; entry = asvc_registry_next(entry)) {
        say_top(entry);
    }
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_0(asvc_top_obj, top);

#endif
