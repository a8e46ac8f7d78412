// Who requires whom, and who comes after whom.
//
// An edge hangs in two lists, that of its `from` and that of its `to`, each in the order in which edges were added.
// Walking the edges of a record costs as much as it has; adding one to it costs as much as its `from` has.
#ifndef ASVC_MANAGER_EDGES_H
#define ASVC_MANAGER_EDGES_H

#include "manager/record.h"

// The edge of that number. It stays where it is.
__attribute__((const)) asvc_edge_t *asvc_edge(const asvc_manager_t *m, uint16_t id);

// The first edge from, or to, a record; 0 where there is none. What is below a service has no edges. Go on by
// next_out, or next_in.
static inline uint16_t asvc_edges_out(const asvc_record_t *r) {
    return asvc_record_is_below(r) ? 0 : r->edges.out;
}
static inline uint16_t asvc_edges_in(const asvc_record_t *r) {
    return asvc_record_is_below(r) ? 0 : r->edges.in;
}

// Hangs a free edge in. There must be one: m->n_free_edges. Facts are not touched.
void asvc_edges_add(asvc_manager_t *m, asvc_id_t from, asvc_id_t to, asvc_edge_kind_t kind);

// Puts other edges from a record in the place of those that it has, which stay in the lists of their `to`. first: the first
// one, or 0. Answers the first of those it had. For a look at what it would name: facts are not touched, and whoever does so
// puts them back before anything else happens.
uint16_t asvc_edges_swap(asvc_manager_t *m, asvc_id_t from, uint16_t first);

// Takes the first edge from a record out and makes it free.
void asvc_edges_remove_first(asvc_manager_t *m, asvc_id_t from);

// Looks for a circle through the edges from `id` back to it. Answers its length and writes its members in their order,
// id first, each naming the next, to out: at most cap of them. 0: there is none. O(edges that are reached), and nothing
// where nothing names it. No recursion, and no storage: edges remember the way back, and records whether it was there.
size_t asvc_edges_find_circle(asvc_manager_t *m, asvc_id_t id, asvc_id_t *out, size_t cap);

#endif
