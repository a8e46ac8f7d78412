#include "manager/record.h"

asvc_record_t *asvc_record(const asvc_manager_t *m, asvc_id_t id) {
    unsigned at = id - 1u; // unsigned, so that a shift and a mask do
    return &m->pages[at / ASVC_PAGE]->record[at % ASVC_PAGE];
}
