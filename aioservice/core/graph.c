#include "core/graph.h"

#include "core/config.h"

#if ASVC_BOOT || ASVC_INSIGHT

enum {
    UNSEEN, // before the search for cycles came by
    ON_PATH, // each node on the path requires the next, down to the one being looked at
    WAITING, // for requirements
    READY, // in the queue of ready nodes
    RUNNING, // answered by next_ready
    ENDED, // well
    BARRED, // from the start: by the caller, or because it is in a cycle
    REFUSED, // because of a requirement, or ended badly
};

static void queue_push(asvc_graph_t *graph, asvc_graph_queue_t *queue, uint32_t node) {
    graph->nodes[node].next = ASVC_GRAPH_NONE;
    if (queue->first == ASVC_GRAPH_NONE) {
        queue->first = node;
    } else {
        graph->nodes[queue->last].next = node;
    }
    queue->last = node;
}

static bool queue_pop(asvc_graph_t *graph, asvc_graph_queue_t *queue, uint32_t *node) {
    if (queue->first == ASVC_GRAPH_NONE) {
        return false;
    }
    *node = queue->first;
    queue->first = graph->nodes[*node].next;
    return true;
}

// Backwards, as each edge is put in front: so the lists have the order in which they were said.
static void link_edges(asvc_graph_t *graph) {
    for (uint32_t i = graph->n_edges; i-- > 0;) {
        asvc_graph_edge_t *edge = &graph->edges[i];
        asvc_graph_node_t *node = &graph->nodes[edge->node];
        asvc_graph_node_t *required = &graph->nodes[edge->required];
        edge->next_requirement = node->requirements;
        node->requirements = i;
        edge->next_dependant = required->dependants;
        required->dependants = i;
        node->missing++;
    }
}

// The path's nodes from `first` up to its top are a cycle: takes them off the path and queues them.
// Returns the new top.
static uint32_t cut_cycle(asvc_graph_t *graph, uint32_t first, uint32_t top) {
    uint32_t below = graph->nodes[first].next;
    uint32_t lowest = first;
    uint32_t required = first;
    for (uint32_t node = top; node != below;) {
        asvc_graph_node_t *cut = &graph->nodes[node];
        cut->state = BARRED;
        cut->because = required;
        graph->pending--;
        required = node;
        lowest = node < lowest ? node : lowest;
        node = cut->next;
    }
    queue_push(graph, &graph->cycles, lowest);
    return below;
}

// Looks depth first at everything root requires; the path is a list through `next`, its top first.
// A requirement that is on the path itself closes a cycle. Nodes that leave the path otherwise
// require only nodes that left it before them or were barred; so those that are not barred in the
// end have no cycle among them. Each requirement is looked at once, whatever cycles it is in.
static void search_cycles(asvc_graph_t *graph, uint32_t root) {
    graph->nodes[root].state = ON_PATH;
    graph->nodes[root].next = ASVC_GRAPH_NONE;
    uint32_t top = root;
    while (top != ASVC_GRAPH_NONE) {
        asvc_graph_node_t *node = &graph->nodes[top];
        if (node->requirements == ASVC_GRAPH_NONE) {
            node->state = WAITING;
            top = node->next;
            continue;
        }
        const asvc_graph_edge_t *edge = &graph->edges[node->requirements];
        node->requirements = edge->next_requirement;
        asvc_graph_node_t *required = &graph->nodes[edge->required];
        if (required->state == UNSEEN) {
            required->state = ON_PATH;
            required->next = top;
            top = edge->required;
        } else if (required->state == ON_PATH) {
            top = cut_cycle(graph, edge->required, top);
        }
    }
}

static void refuse_waiting_dependants(asvc_graph_t *graph, uint32_t node) {
    for (uint32_t i = graph->nodes[node].dependants; i != ASVC_GRAPH_NONE;) {
        const asvc_graph_edge_t *edge = &graph->edges[i];
        asvc_graph_node_t *dependant = &graph->nodes[edge->node];
        if (dependant->state == WAITING) {
            dependant->state = REFUSED;
            dependant->because = node;
            graph->pending--;
            queue_push(graph, &graph->refused, edge->node);
        }
        i = edge->next_dependant;
    }
}

// Goes on to what depends on the queued nodes from `node` on. That appends to the same queue, so its
// end is reached when there are no more.
static void refuse_onward(asvc_graph_t *graph, uint32_t node) {
    for (; node != ASVC_GRAPH_NONE; node = graph->nodes[node].next) {
        refuse_waiting_dependants(graph, node);
    }
}

static void make_ready(asvc_graph_t *graph, uint32_t node) {
    graph->nodes[node].state = READY;
    queue_push(graph, &graph->ready, node);
}

static void release_dependants(asvc_graph_t *graph, uint32_t node) {
    for (uint32_t i = graph->nodes[node].dependants; i != ASVC_GRAPH_NONE;) {
        const asvc_graph_edge_t *edge = &graph->edges[i];
        asvc_graph_node_t *dependant = &graph->nodes[edge->node];
        dependant->missing--;
        if (dependant->missing == 0 && dependant->state == WAITING) {
            make_ready(graph, edge->node);
        }
        i = edge->next_dependant;
    }
}

void asvc_graph_init(asvc_graph_t *graph, asvc_graph_node_t *nodes, uint32_t n_nodes,
    asvc_graph_edge_t *edges, uint32_t max_edges) {
    const asvc_graph_queue_t empty = { ASVC_GRAPH_NONE, ASVC_GRAPH_NONE };
    *graph = (asvc_graph_t){
        .nodes = nodes,
        .n_nodes = n_nodes,
        .edges = edges,
        .max_edges = max_edges,
        .pending = n_nodes,
        .ready = empty,
        .refused = empty,
        .cycles = empty,
    };
    for (uint32_t i = 0; i < n_nodes; i++) {
        nodes[i] = (asvc_graph_node_t){
            .requirements = ASVC_GRAPH_NONE,
            .dependants = ASVC_GRAPH_NONE,
            .next = ASVC_GRAPH_NONE,
            .because = ASVC_GRAPH_NONE,
            .state = UNSEEN,
        };
    }
}

asvc_error_t asvc_graph_require(asvc_graph_t *graph, uint32_t node, uint32_t required) {
    if (node >= graph->n_nodes || required >= graph->n_nodes) {
        return ASVC_BAD_VALUE;
    }
    if (graph->n_edges == graph->max_edges) {
        return ASVC_FULL;
    }
    graph->edges[graph->n_edges++] = (asvc_graph_edge_t){ .node = node, .required = required };
    return ASVC_OK;
}

void asvc_graph_refuse(asvc_graph_t *graph, uint32_t node) {
    if (node < graph->n_nodes && graph->nodes[node].state == UNSEEN) {
        graph->nodes[node].state = BARRED;
        graph->pending--;
    }
}

void asvc_graph_start(asvc_graph_t *graph) {
    link_edges(graph);
    for (uint32_t i = 0; i < graph->n_nodes; i++) {
        if (graph->nodes[i].state == UNSEEN) {
            search_cycles(graph, i);
        }
    }
    for (uint32_t i = 0; i < graph->n_nodes; i++) {
        if (graph->nodes[i].state == BARRED) {
            refuse_waiting_dependants(graph, i);
        } else if (graph->nodes[i].state == WAITING && graph->nodes[i].missing == 0) {
            make_ready(graph, i);
        }
    }
    refuse_onward(graph, graph->refused.first);
}

bool asvc_graph_next_cycle(asvc_graph_t *graph, uint32_t *out, size_t cap, size_t *len) {
    uint32_t first;
    if (!queue_pop(graph, &graph->cycles, &first)) {
        return false;
    }
    size_t n = 0;
    uint32_t node = first;
    do {
        if (n < cap) {
            out[n] = node;
        }
        n++;
        node = graph->nodes[node].because;
    } while (node != first);
    *len = n;
    return true;
}

bool asvc_graph_next_ready(asvc_graph_t *graph, uint32_t *node) {
    if (!queue_pop(graph, &graph->ready, node)) {
        return false;
    }
    graph->nodes[*node].state = RUNNING;
    return true;
}

void asvc_graph_ended(asvc_graph_t *graph, uint32_t node, bool ok) {
    if (node >= graph->n_nodes || graph->nodes[node].state != RUNNING) {
        return;
    }
    graph->pending--;
    if (ok) {
        graph->nodes[node].state = ENDED;
        release_dependants(graph, node);
    } else {
        graph->nodes[node].state = REFUSED;
        uint32_t last_before =
            graph->refused.first == ASVC_GRAPH_NONE ? ASVC_GRAPH_NONE : graph->refused.last;
        refuse_waiting_dependants(graph, node);
        refuse_onward(
            graph, last_before == ASVC_GRAPH_NONE ? graph->refused.first : graph->nodes[last_before].next);
    }
}

bool asvc_graph_next_refused(asvc_graph_t *graph, uint32_t *node, uint32_t *because) {
    if (!queue_pop(graph, &graph->refused, node)) {
        return false;
    }
    *because = graph->nodes[*node].because;
    return true;
}

size_t asvc_graph_pending(const asvc_graph_t *graph) {
    return graph->pending;
}

#endif
