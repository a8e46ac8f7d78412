#include "bind/service/tell.h"

#include "py/runtime.h"

#include "bind/base/is.h"
#include "bind/base/manager.h"
#include "bind/service/registry.h"

void asvc_tell_as(asvc_event_kind_t kind, asvc_id_t id, mp_obj_t what, uint32_t number, unsigned how) {
    asvc_manager_t *m = asvc_manager();
    asvc_id_t parent = asvc_manager_parent(m, id);
    const asvc_entry_t *entry = asvc_registry_of_record(parent == ASVC_NO_ID ? id : parent);
    if (entry == NULL) {
        return;
    }
    asvc_event_t event = { .service = entry->name,
        .what = what,
        .number = number,
        .kind = (uint8_t)kind,
        .how = (uint8_t)how };
    const asvc_task_t *task = parent == ASVC_NO_ID ? NULL : asvc_task_of(id);
    event.part = task == NULL ? MP_OBJ_NULL : task->name;
    const asvc_block_t *block = asvc_record(m, id)->block;
    event.restarts = block == NULL ? 0 : block->restarts;
#if ASVC_EVENTS
    event.view = (uint16_t)(asvc_manager_hear(m, id) | ASVC_EVENT_OF_RECORD);
#else
    event.view = (uint16_t)(asvc_manager_view(m, id) | ASVC_EVENT_OF_RECORD);
#endif
    asvc_event_put(&event);
}

void asvc_tell(asvc_event_kind_t kind, asvc_id_t id, mp_obj_t what, uint32_t number) {
    asvc_tell_as(kind, id, what, number, 0);
}

void asvc_tell_name(asvc_event_kind_t kind, mp_obj_t service, mp_obj_t what, uint32_t number) {
    asvc_event_t event = { .service = service, .what = what, .number = number, .kind = (uint8_t)kind };
    asvc_event_put(&event);
}

mp_obj_t asvc_tell_result(mp_obj_t result) {
    bool is_short = asvc_is_str(result) && mp_obj_get_int(mp_obj_len(result)) <= 80;
    bool keeps = mp_obj_is_small_int(result) || mp_obj_is_bool(result) || mp_obj_is_float(result) || is_short;
    return keeps ? result : MP_OBJ_NULL;
}
