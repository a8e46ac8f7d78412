#include "manager/edges.h"

#if ASVC_EDGES

asvc_edge_t *asvc_edge(const asvc_manager_t *m, uint16_t id) {
    return &m->edge_pages[(id - 1) / ASVC_EDGE_PAGE]->edge[(id - 1) % ASVC_EDGE_PAGE];
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

// Goes depth first along the edges that `enter` lets it go, and calls `leave` for each record when all edges from it
// were looked at. `id` itself is neither entered nor left. Answers the edge at which `enter` asked to stop, or 0.
typedef enum { PASS, ENTER, STOP } step_t;

static step_t come(asvc_manager_t *m, uint16_t edge, asvc_id_t start) {
    asvc_id_t to = asvc_edge(m, edge)->to;
    asvc_record_t *r = asvc_record(m, to);
    if (to == start) {
        return STOP;
    }
    if (r->edges.came_by != 0) {
        return PASS;
    }
    r->edges.came_by = edge;
    return ENTER;
}

// Goes the ways of `come` once more.
static step_t come_again(asvc_manager_t *m, uint16_t edge, asvc_id_t start) {
    (void)start;
    return asvc_record(m, asvc_edge(m, edge)->to)->edges.came_by == edge ? ENTER : PASS;
}

static uint16_t walk(
    asvc_manager_t *m, asvc_id_t start, step_t (*step)(asvc_manager_t *, uint16_t, asvc_id_t), bool forget) {
    asvc_id_t at = start;
    uint16_t edge = asvc_record(m, start)->edges.out;
    for (;;) {
        while (edge != 0) {
            step_t what = step(m, edge, start);
            if (what == STOP) {
                return edge;
            }
            if (what == ENTER) {
                at = asvc_edge(m, edge)->to;
                edge = asvc_record(m, at)->edges.out;
            } else {
                edge = asvc_edge(m, edge)->next_out;
            }
        }
        if (at == start) {
            return 0;
        }
        uint16_t by = asvc_record(m, at)->edges.came_by;
        if (forget) {
            asvc_record(m, at)->edges.came_by = 0;
        }
        at = asvc_edge(m, by)->from;
        edge = asvc_edge(m, by)->next_out;
    }
}

size_t asvc_edges_find_circle(asvc_manager_t *m, asvc_id_t id, asvc_id_t *out, size_t cap) {
    size_t len = 0;
    if (asvc_edges_in(asvc_record(m, id)) != 0) {
        uint16_t last = walk(m, id, come, false);
        // The way back is counted first, then written from its end.
        for (uint16_t edge = last; edge != 0;
             edge = asvc_record(m, asvc_edge(m, edge)->from)->edges.came_by) {
            len += 1;
        }
        size_t at = len;
        for (uint16_t edge = last; edge != 0;
             edge = asvc_record(m, asvc_edge(m, edge)->from)->edges.came_by) {
            at -= 1;
            if (at < cap) {
                out[at] = asvc_edge(m, edge)->from;
            }
        }
        walk(m, id, come_again, true);
    }
    return len;
}

#endif
