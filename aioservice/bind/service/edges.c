#include "bind/service/edges.h"

#include <string.h>

#include "py/runtime.h"

#include "bind/base/keep.h"
#include "bind/service/load.h"
#include "bind/service/options.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"

#if ASVC_SUPERVISION

// ---- names ----------------------------------------------------------------------------------

static const mp_obj_tuple_t *names_now(asvc_entry_t *entry, asvc_unit_edge_kind_t kind) {
    return asvc_options_names(entry->service, kind == ASVC_UNIT_REQUIRES ? MP_QSTR_require : MP_QSTR_after);
}

// Whether what the service named at its load counts; of one at rest it is what it names now.
static bool has_names_of_load(asvc_entry_t *entry) {
    if (entry->names == MP_OBJ_NULL) {
        return false;
    }
    return entry->wanted || asvc_main_is_live(entry);
}

bool asvc_edges_any_names(asvc_entry_t *entry) {
    bool of_load = has_names_of_load(entry);
    return of_load ? entry->names != mp_const_none : asvc_options_any_names(entry->service);
}

const mp_obj_tuple_t *asvc_edges_names(asvc_entry_t *entry, asvc_unit_edge_kind_t kind) {
    if (entry->names == MP_OBJ_NULL) {
        return names_now(entry, kind);
    }
    const mp_obj_tuple_t *names = MP_OBJ_TO_PTR(entry->names);
    return entry->names == mp_const_none ? MP_OBJ_TO_PTR(mp_const_empty_tuple)
                                         : MP_OBJ_TO_PTR(names->items[kind]);
}

void asvc_edges_take_names(asvc_entry_t *entry) {
    mp_obj_t names[2];
    for (int kind = ASVC_UNIT_REQUIRES; kind <= ASVC_UNIT_AFTER; kind++) {
        names[kind] = MP_OBJ_FROM_PTR(names_now(entry, (asvc_unit_edge_kind_t)kind));
    }
    entry->names = mp_obj_new_tuple(2, names);
}

// ---- edges ----------------------------------------------------------------------------------

// Appends the edges from a service to what it names in one attribute.
static void add_edges(void *arg) {
    asvc_edges_t *edges = arg;
    asvc_entry_t *from = edges->from;
    bool now = edges->all || !has_names_of_load(from);
    const mp_obj_tuple_t *names = now ? names_now(from, edges->kind) : asvc_edges_names(from, edges->kind);
    for (size_t i = 0; i < names->len; i++) {
        asvc_entry_t *to = asvc_registry_find(names->items[i]);
        if (to == NULL) {
            from->lacks |= !edges->all && edges->kind == ASVC_UNIT_REQUIRES;
            continue;
        }
        if (edges->n_edges == edges->room) {
            size_t room = 2 * edges->room + 4;
            edges->edges = m_renew(asvc_unit_edge_t, edges->edges, edges->room, room);
            edges->room = room;
        }
        asvc_unit_edge_t *edge = &edges->edges[edges->n_edges++];
        edge->from = from->unit;
        edge->to = to->unit;
        edge->kind = (uint8_t)edges->kind;
        from->related |= !edges->all;
        to->related |= !edges->all;
    }
    ASVC_KEEP(names);
}

// A service's names are its user's to change; one that spoils them is treated as if it gave none. Of a core service
// only what it requires counts.
static void add_edges_quietly(asvc_edges_t *edges) {
    size_t before = edges->n_edges;
    int last = asvc_entry_is_core(edges->from) ? ASVC_UNIT_REQUIRES : ASVC_UNIT_AFTER;
    for (int kind = ASVC_UNIT_REQUIRES; kind <= last; kind++) {
        edges->kind = (asvc_unit_edge_kind_t)kind;
        if (edges->all) {
            asvc_try(add_edges, edges);
        } else if (asvc_catch(&mp_type_ServiceException, add_edges, edges) != MP_OBJ_NULL) {
            edges->n_edges = before;
            return;
        }
    }
}

void asvc_edges_find(asvc_edges_t *edges) {
    edges->entry = m_new(asvc_entry_t *, asvc_registry_len() + 1);
    for (asvc_entry_t *at = asvc_registry_first(); at != NULL; at = asvc_registry_next(at)) {
        at->unit = (uint32_t)edges->n;
        at->related = at->related && edges->all;
        at->lacks = at->lacks && edges->all;
        edges->entry[edges->n++] = at;
    }
    for (size_t node = 0; node < edges->n; node++) {
        edges->from = edges->entry[node];
        if (edges->all || asvc_edges_any_names(edges->from)) {
            add_edges_quietly(edges);
        }
    }
}

// ---- circles --------------------------------------------------------------------------------

// "dependency cycle: a -> b -> a": the way back from node to itself by the steps in came_from.
static ASVC_NORETURN void raise_cycle(
    const asvc_edges_t *self, uint32_t node, uint32_t last, const uint32_t *came_from) {
    mp_obj_t name = self->entry[node]->name, way = name;
    for (uint32_t at = last; at != node; at = came_from[at]) {
        way = asvc_strf("%o -> %o", self->entry[at]->name, way);
    }
    asvc_raise(&mp_type_ServiceException, "dependency cycle: %o -> %o", name, way);
}

// Goes from node along all edges, and raises where that leads back to it. O(services x edges).
static void refuse_cycle(const asvc_edges_t *self, uint32_t node) {
    size_t n = self->n;
    uint32_t *came_from = m_new(uint32_t, n);
    uint32_t *reached = m_new(uint32_t, n);
    memset(came_from, 0xFF, n * sizeof(uint32_t)); // UINT32_MAX: not reached
    size_t n_reached = 1;
    reached[0] = node;
    for (size_t i = 0; i < n_reached; i++) {
        for (size_t k = 0; k < self->n_edges; k++) {
            const asvc_unit_edge_t *edge = &self->edges[k];
            if (edge->from != reached[i]) {
                continue;
            }
            if (edge->to == node) {
                raise_cycle(self, node, reached[i], came_from);
            }
            if (came_from[edge->to] == UINT32_MAX) {
                came_from[edge->to] = reached[i];
                reached[n_reached++] = edge->to;
            }
        }
    }
    m_del(uint32_t, came_from, n);
    m_del(uint32_t, reached, n);
}

void asvc_edges_refuse_cycle(asvc_entry_t *entry) {
    asvc_edges_t edges = { 0 };
    asvc_edges_find(&edges);
    refuse_cycle(&edges, entry->unit);
}

#endif
