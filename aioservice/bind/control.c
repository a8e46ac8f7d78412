#include "bind/control.h"

#include "py/runtime.h"

#include "bind/group.h"
#include "bind/map.h"
#include "bind/say.h"
#include "bind/schedule_loop.h"

bool asvc_control_start(asvc_task_t *task) {
    mp_obj_t schedule = task->extra == NULL ? MP_OBJ_NULL : task->extra->schedule;
    if (schedule != MP_OBJ_NULL && schedule != mp_const_none) {
        // It was taken out of the schedule by a stop: starting it puts it back.
        asvc_schedule_put_back(task->name, schedule);
        task->extra->schedule = MP_OBJ_NULL;
        return true;
    }
    if (asvc_task_goes_on(task)) {
        return true;
    }
    if (mp_obj_is_type(task->fun, &mp_type_gen_instance)) {
        asvc_sayf("Task %s was added as a coroutine object, which runs once: add its function instead",
            mp_obj_str_get_str(task->name));
        return false;
    }
    asvc_group_restart(task);
    return true;
}

void asvc_control_stop(asvc_task_t *task, bool stop_schedule) {
    if (stop_schedule) {
        mp_obj_t options = asvc_schedule_options(task->name);
        if (options != MP_OBJ_NULL) {
            asvc_task_set_schedule(task, options); // may raise: first
            asvc_schedule_remove_name(task->name);
        }
    }
    asvc_task_stop(task);
    if (asvc_task_is_main(task)) {
        asvc_group_stop_children(task);
    }
}

void asvc_control_delete(asvc_task_t *task) {
    asvc_schedule_remove_name(task->name);
    asvc_group_delete(task);
}

mp_obj_t asvc_control_kwarg(asvc_task_t *task, qstr name) {
    return asvc_map_get(mp_obj_dict_get_map(asvc_task_kwargs(task)), MP_OBJ_NEW_QSTR(name));
}
