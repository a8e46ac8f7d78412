#include "bind/supervise/along.h"

#include "py/runtime.h"

#include "bind/base/is.h"
#include "bind/base/manager.h"
#include "bind/service/line.h"
#include "bind/service/registry.h"
#include "core/config.h"

#if ASVC_SUPERVISION

void asvc_restart_along(asvc_task_t *task) {
    mp_obj_t along = task->extra == NULL ? MP_OBJ_NULL : task->extra->along;
    if (along == MP_OBJ_NULL) {
        return;
    }
    // A set, as asyncmd's services have it, grows while they run.
    mp_obj_t name;
    mp_obj_t names = mp_getiter(along, NULL);
    while ((name = mp_iternext(names)) != MP_OBJ_STOP_ITERATION) {
        asvc_entry_t *entry = asvc_is_str(name) ? asvc_registry_find(name) : NULL;
        asvc_manager_t *m = asvc_manager();
        if (entry != NULL && entry != asvc_registry_of_task(task) && asvc_manager_is_wanted(m, entry->id)
            && (entry->seat.task == NULL || asvc_bars(entry->seat.task) == NULL)) {
            asvc_manager_restart(m, entry->id);
        }
    }
}

#endif
