// What each service has to wait for, and in which order they can run.
//
// Nodes are numbers, 0..n_nodes-1; "a requires b" means that a may run only when b has ended well.
// Use is in two parts. First say what is required: asvc_graph_require(), asvc_graph_refuse(). Then
// asvc_graph_start(), and from there on take from three queues what there is to do:
//
//     next_cycle     circles of requirements, to be reported: none of their nodes can ever run
//     next_refused   nodes that will not run because a requirement of theirs failed or was refused
//     next_ready     nodes to run now, side by side if one likes
//
// telling asvc_graph_ended() how each ready node ended. That may fill the last two queues again; when
// asvc_graph_pending() is 0 and they are empty, all is done. Each node comes out exactly once: as
// ready, in a cycle, as refused, or as one the caller itself refused before the start.
//
// All calls together take O(nodes + requirements) time and nothing recurses, so a thousand services
// in a row need no more stack than two.
#ifndef ASVC_CORE_GRAPH_H
#define ASVC_CORE_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"

// No node, no edge: the end of every list.
#define ASVC_GRAPH_NONE UINT32_MAX

// Nodes and edges are the graph's own; callers only give the room for them.
typedef struct {
    uint32_t requirements; // first edge to what this node requires; used up by the search for cycles
    uint32_t dependants; // first edge from what requires this node
    uint32_t missing; // requirements that have not ended well yet
    uint32_t next; // next node of the one list this node is in, or the node below on the path
    uint32_t because; // of a refused node: the requirement that stopped it
    uint8_t state;
} asvc_graph_node_t;

typedef struct {
    uint32_t node; // requires
    uint32_t required;
    uint32_t next_requirement; // of the same node
    uint32_t next_dependant; // of the same required
} asvc_graph_edge_t;

typedef struct {
    uint32_t first;
    uint32_t last;
} asvc_graph_queue_t;

typedef struct {
    asvc_graph_node_t *nodes;
    uint32_t n_nodes;
    asvc_graph_edge_t *edges;
    uint32_t max_edges;
    uint32_t n_edges;
    uint32_t pending;
    asvc_graph_queue_t ready;
    asvc_graph_queue_t refused;
    asvc_graph_queue_t cycles; // one node of each, whose circle is closed by `because`
} asvc_graph_t;

// Makes a graph of n_nodes nodes (below ASVC_GRAPH_NONE) that require nothing, with room for
// max_edges requirements. Both arrays stay the caller's and must live as long as the graph.
void asvc_graph_init(asvc_graph_t *graph, asvc_graph_node_t *nodes, uint32_t n_nodes,
    asvc_graph_edge_t *edges, uint32_t max_edges);

// Says that node requires `required`. Saying so twice is the same as once, but takes two places; a
// node that requires itself is a cycle of one. O(1). Before the start only.
// ASVC_FULL: max_edges were said already. ASVC_BAD_VALUE: no such node.
asvc_error_t asvc_graph_require(asvc_graph_t *graph, uint32_t node, uint32_t required);

// Says that node will never run, for a reason the caller knows (what it requires does not exist).
// It comes out of no queue; those that require it come out as refused. Before the start only.
void asvc_graph_refuse(asvc_graph_t *graph, uint32_t node);

// Ends the first part: finds the cycles, refuses all that depends on one or on a node refused
// before, and makes ready what requires nothing. Once for each graph.
void asvc_graph_start(asvc_graph_t *graph);

// Answers the next cycle: out[0] requires out[1] and so on, the last requires out[0], which is the
// lowest-numbered; *len nodes in all, of which the first cap are written (n_nodes is always enough).
// False where there is none left.
// No two of them share a node: where circles are knotted together, the one found first is named, and
// a node that is stopped by it, though itself on a further circle through it, comes out as refused.
// What remains without the named ones has no circle.
bool asvc_graph_next_cycle(asvc_graph_t *graph, uint32_t *out, size_t cap, size_t *len);

// Answers the next node whose requirements have all ended well; false where there is none for now.
// In the order they became ready: at the start by number, then by whichever requirement ended first
// and, for one requirement, in the order its dependants were said to require it.
bool asvc_graph_next_ready(asvc_graph_t *graph, uint32_t *node);

// Says that a node answered by asvc_graph_next_ready() has ended. With ok false, all that requires
// it, directly or not, is refused at once. Any other node, and one that has ended already, is left
// as it is.
void asvc_graph_ended(asvc_graph_t *graph, uint32_t node, bool ok);

// Answers the next node that will not run, and the requirement of it that failed or was refused
// (where several did, the one known first). A requirement comes out before what it stopped. False
// where there is none for now.
bool asvc_graph_next_refused(asvc_graph_t *graph, uint32_t *node, uint32_t *because);

// How many nodes have neither ended nor been refused. 0: nothing will come out of next_ready any
// more.
size_t asvc_graph_pending(const asvc_graph_t *graph);

#endif
