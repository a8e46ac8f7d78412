#include "manager/edges.h"

#if ASVC_EDGES

asvc_edge_t *asvc_edge(const asvc_manager_t *m, uint16_t id) {
    unsigned at = id - 1u;
    return &m->edge_pages[at / ASVC_EDGE_PAGE]->edge[at % ASVC_EDGE_PAGE];
}

void asvc_edges_add(asvc_manager_t *m, asvc_id_t from, asvc_id_t to, asvc_edge_kind_t kind) {
    uint16_t id = m->free_edge;
    asvc_edge_t *edge = asvc_edge(m, id);
    m->free_edge = edge->next_out;
    m->n_free_edges -= 1;
    *edge = (asvc_edge_t){ .from = from, .to = to, .kind = (uint8_t)kind };
    uint16_t *end = &asvc_record(m, from)->edges.out;
    while (*end != 0) {
        end = &asvc_edge(m, *end)->next_out;
    }
    *end = id;
    uint16_t *first = &asvc_record(m, to)->edges.in;
    if (*first == 0) {
        *first = id;
        edge->prev_in = id;
    } else {
        uint16_t *last = &asvc_edge(m, *first)->prev_in;
        asvc_edge(m, *last)->next_in = id;
        edge->prev_in = *last;
        *last = id;
    }
}

uint16_t asvc_edges_swap(asvc_manager_t *m, asvc_id_t from, uint16_t first) {
    asvc_record_t *r = asvc_record(m, from);
    uint16_t had = r->edges.out;
    r->edges.out = first;
    return had;
}

void asvc_edges_remove_first(asvc_manager_t *m, asvc_id_t from) {
    asvc_record_t *source = asvc_record(m, from);
    uint16_t id = source->edges.out;
    asvc_edge_t *edge = asvc_edge(m, id);
    source->edges.out = edge->next_out;
    uint16_t *first = &asvc_record(m, edge->to)->edges.in;
    if (edge->next_in != 0) {
        asvc_edge(m, edge->next_in)->prev_in = edge->prev_in;
    } else {
        asvc_edge(m, *first)->prev_in = edge->prev_in; // the one before is the last now
    }
    if (*first == id) {
        *first = edge->next_in;
    } else {
        asvc_edge(m, edge->prev_in)->next_in = edge->next_in;
    }
    edge->next_out = m->free_edge;
    m->free_edge = id;
    m->n_free_edges += 1;
}

// ---- circles --------------------------------------------------------------------------------

// Goes depth first along the edges from a record, to each that they lead to once. With `look`: marks those as seen, and
// stops where an edge leads back to the start. Without: goes the same ways again, and takes the marks away. Answers the edge
// at which it stopped, or 0.
//
// Each edge on the way remembers by which one the way came to its `from`.
static uint16_t walk(asvc_manager_t *m, asvc_id_t start, bool look) {
    uint16_t by = 0, id = asvc_edges_out(asvc_record(m, start));
    for (;;) {
        while (id != 0) {
            asvc_edge_t *edge = asvc_edge(m, id);
            if (look && edge->to == start) {
                edge->back = by;
                return id;
            }
            asvc_record_t *to = asvc_record(m, edge->to);
            if (to->seen != look) {
                to->seen = look;
                edge->back = by;
                by = id;
                id = asvc_edges_out(to);
            } else {
                id = edge->next_out;
            }
        }
        if (by == 0) {
            return 0;
        }
        const asvc_edge_t *edge = asvc_edge(m, by);
        id = edge->next_out;
        by = edge->back;
    }
}

size_t asvc_edges_find_circle(asvc_manager_t *m, asvc_id_t id, asvc_id_t *out, size_t cap) {
    size_t len = 0;
    if (asvc_edges_in(asvc_record(m, id)) != 0) {
        uint16_t last = walk(m, id, true);
        // The way back is counted first, then written from its end.
        for (uint16_t edge = last; edge != 0; edge = asvc_edge(m, edge)->back) {
            len += 1;
        }
        size_t at = len;
        for (uint16_t edge = last; edge != 0; edge = asvc_edge(m, edge)->back) {
            at -= 1;
            if (at < cap) {
                out[at] = asvc_edge(m, edge)->from;
            }
        }
        walk(m, id, false);
    }
    return len;
}

#endif
