#include "bind/service/tell.h"

#include "py/runtime.h"

#include "bind/base/is.h"
#include "bind/base/manager.h"
#include "bind/service/registry.h"

void asvc_tell_as(asvc_event_kind_t kind, asvc_id_t id, mp_obj_t what, uint32_t number, unsigned how) {
    asvc_manager_t *m = asvc_manager();
    const asvc_record_t *r = asvc_record(m, id);
    bool below = asvc_record_is_below(r);
    if (!below && r->kind != ASVC_KIND_SERVICE) {
        return;
    }
    const asvc_entry_t *entry = below ? asvc_registry_of_record(r->below.parent) : r->user;
    if (entry == NULL || r->user == NULL) {
        return; // a program added the main task itself; or its task was forgotten
    }
    asvc_event_t event = { .service = entry->name,
        .part = below ? ((const asvc_task_t *)r->user)->name : MP_OBJ_NULL,
        .what = what,
        .number = number,
        .restarts = r->block == NULL ? 0 : r->block->restarts,
        .kind = (uint8_t)kind,
        .how = (uint8_t)how };
#if ASVC_EVENTS
    event.view = (uint16_t)(asvc_manager_hear(m, id) | ASVC_EVENT_OF_RECORD);
#elif ASVC_SUPERVISION
    event.view = (uint16_t)asvc_manager_view(m, id); // for what is told of restarts
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
