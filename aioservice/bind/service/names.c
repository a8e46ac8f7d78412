#include "bind/service/names.h"

#include "py/cstack.h"
#include "py/objtuple.h"
#include "py/runtime.h"

#include "bind/base/keep.h"
#include "bind/base/manager.h"
#include "bind/base/raise.h"
#include "bind/service/options.h"
#include "bind/service/why.h"
#include "bind/task/add.h"
#include "manager/edges.h"

#if ASVC_EDGES

static const asvc_record_t *record_of(const asvc_entry_t *entry) {
    return asvc_record(&asvc_root()->manager, entry->id);
}

void asvc_names_new_round(void) {
    asvc_root()->round += 1;
}

bool asvc_names_any(const asvc_entry_t *entry) {
    return asvc_edges_out(record_of(entry)) != 0;
}

void asvc_names_clear(const asvc_entry_t *entry) {
    asvc_manager_clear_names(asvc_manager(), entry->id);
}

// What a service names, with a record for each.
typedef struct {
    asvc_entry_t *entry;
    mp_obj_t configured;
    const mp_obj_tuple_t *names[2]; // by asvc_edge_kind_t
} named_t;

// Raises ServiceException, MemoryError.
static void look_up(named_t *self) {
    asvc_entry_t *entry = self->entry;
    size_t n = 0;
    int last = asvc_entry_is_core(entry) ? ASVC_REQUIRES : ASVC_AFTER;
    for (int kind = ASVC_REQUIRES; kind <= ASVC_AFTER; kind++) {
        const mp_obj_tuple_t *names = MP_OBJ_TO_PTR(mp_const_empty_tuple);
        if (kind <= last) {
            qstr attr = kind == ASVC_REQUIRES ? MP_QSTR_require : MP_QSTR_after;
            names = asvc_options_names(entry->service, attr, self->configured);
        }
        for (size_t i = 0; i < names->len; i++) {
            asvc_registry_name(names->items[i]);
        }
        self->names[kind] = names;
        n += names->len;
    }
    asvc_reserve_edges(n);
}

// Calls fun for each. Nothing of it can fail.
static void for_each(
    const named_t *self, void (*fun)(asvc_manager_t *, asvc_id_t, asvc_id_t, asvc_edge_kind_t)) {
    for (int kind = ASVC_REQUIRES; kind <= ASVC_AFTER; kind++) {
        for (size_t i = 0; i < self->names[kind]->len; i++) {
            asvc_id_t to = asvc_registry_name(self->names[kind]->items[i])->id;
            fun(asvc_manager(), self->entry->id, to, (asvc_edge_kind_t)kind);
        }
    }
}

static void commit(const named_t *self) {
    asvc_names_clear(self->entry);
    for_each(self, asvc_manager_name);
}

static void take_quietly(void *arg) {
    named_t *self = arg;
    look_up(self);
    commit(self);
}

// Tells what those at rest name that this one names, and so on: they may lead back to it.
static void take_of_named(const named_t *self);

static void take_at_rest(asvc_entry_t *entry) {
    const asvc_record_t *r = record_of(entry);
    if (entry->service == MP_OBJ_NULL || entry->round == asvc_root()->round || r->run != ASVC_RUN_NONE
        || r->in_boot) {
        return;
    }
    entry->round = asvc_root()->round;
    if ((asvc_options_glance(entry->service) & ASVC_ASKS_NAMES) || asvc_names_any(entry)) {
        // A service's names are its user's to change: one that spoils them is treated as if it gave none.
        named_t named = { entry, MP_OBJ_NULL,
            { MP_OBJ_TO_PTR(mp_const_empty_tuple), MP_OBJ_TO_PTR(mp_const_empty_tuple) } };
        asvc_catch(&mp_type_ServiceException, take_quietly, &named);
        take_of_named(&named);
    }
}

static void take_of_named(const named_t *self) {
    mp_cstack_check();
    for (int kind = ASVC_REQUIRES; kind <= ASVC_AFTER; kind++) {
        for (size_t i = 0; i < self->names[kind]->len; i++) {
            take_at_rest(asvc_registry_name(self->names[kind]->items[i]));
        }
    }
    ASVC_KEEP(self->names[0]);
    ASVC_KEEP(self->names[1]);
}

// The length of a circle that leads back to the service once these names count in place of those that do now.
static size_t find_circle(const named_t *self, asvc_id_t *out, size_t cap) {
    asvc_manager_t *m = asvc_manager();
    asvc_id_t id = self->entry->id;
    uint16_t now = asvc_edges_swap(m, id, 0);
    for_each(self, asvc_edges_add);
    size_t len = asvc_edges_find_circle(m, id, out, cap);
    while (asvc_names_any(self->entry)) {
        asvc_edges_remove_first(m, id);
    }
    asvc_edges_swap(m, id, now);
    return len;
}

mp_obj_t asvc_names_take(
    asvc_entry_t *entry, mp_obj_t configured, bool look_only, asvc_id_t **circle, size_t *len) {
    entry->round = asvc_root()->round;
    if (configured == MP_OBJ_NULL && !(asvc_options_glance(entry->service) & ASVC_ASKS_NAMES)) {
        if (!look_only) {
            asvc_names_clear(entry);
        }
        return MP_OBJ_NULL;
    }
    named_t named = { .entry = entry, .configured = configured };
    look_up(&named);
    take_of_named(&named);
    asvc_reserve_edges(named.names[0]->len + named.names[1]->len); // those of others took some
    size_t n = find_circle(&named, NULL, 0);
    if (n > 0) {
        asvc_id_t *ids = m_new(asvc_id_t, n);
        find_circle(&named, ids, n);
        if (circle != NULL) {
            *circle = ids;
            *len = n;
        }
        return asvc_why_circle(ids, n, 0);
    }
    if (!look_only) {
        commit(&named);
    }
    ASVC_KEEP(named.names[0]);
    ASVC_KEEP(named.names[1]);
    return MP_OBJ_NULL;
}

#endif
