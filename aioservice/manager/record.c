#include "manager/record.h"

asvc_record_t *asvc_record(const asvc_manager_t *m, asvc_id_t id) {
    return &m->pages[(id - 1) / ASVC_PAGE]->record[(id - 1) % ASVC_PAGE];
}
