// Which service names which, in `require` and `after`, and whether that leads in a circle.
//
// What a service names counts from its load on, so that nothing that runs is touched when its attributes change; of one
// at rest it is what it names now. Of a core service only what it requires counts.
#ifndef ASVC_SERVICE_EDGES_H
#define ASVC_SERVICE_EDGES_H

#include "py/objtuple.h"

#include "bind/service/registry.h"
#include "core/config.h"
#include "core/units.h"

#if ASVC_SUPERVISION

// Who requires whom and who comes after whom. Nodes are the services in the registry's order.
typedef struct {
    asvc_entry_t **entry; // by node
    asvc_unit_edge_t *edges;
    size_t n, n_edges, room;
    asvc_entry_t *from; // whose edges are being added
    asvc_unit_edge_kind_t kind; // of which kind
    // All services' as they name others now, what is wrong with one attribute's names spoils no more than those, and
    // nothing but their numbers is noted in the services.
    bool all;
} asvc_edges_t;

// Looks it up, numbers the services (`unit`), and notes which have to do with others (`related`) and which lack one
// that they require (`lacks`). All but `all` is 0 before. Raises MemoryError; unless `all`, what a service's
// attributes raise but ServiceException.
void asvc_edges_find(asvc_edges_t *edges);

// Whether the service names any.
bool asvc_edges_any_names(asvc_entry_t *entry);

// What the service named at its last load; what it names now where it was not loaded. A loop over the names has to keep
// the tuple. Raises ServiceException for what are no names, MemoryError.
const mp_obj_tuple_t *asvc_edges_names(asvc_entry_t *entry, asvc_unit_edge_kind_t kind);

// At its load: notes what it names now in entry->names. Raises as above, and then has noted nothing.
void asvc_edges_take_names(asvc_entry_t *entry);

// Raises ServiceException "dependency cycle: a -> b -> a" where the service's edges lead back to it. O(services x
// edges). The services are numbered anew.
void asvc_edges_refuse_cycle(asvc_entry_t *entry);

#endif

#endif
