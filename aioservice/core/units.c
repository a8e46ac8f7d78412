#include "core/units.h"

#include "core/config.h"

#if ASVC_SUPERVISION

static bool runs(const asvc_unit_t *unit) {
    return unit->is == ASVC_UNIT_COMING || unit->is == ASVC_UNIT_UP;
}

static bool can_be_ended(const asvc_unit_t *unit) {
    return runs(unit) && unit->can_end;
}

// Nothing takes it away.
static bool is_safe(const asvc_unit_t *unit) {
    return runs(unit) && !unit->can_end;
}

static bool is_startable(const asvc_unit_t *unit) {
    return unit->wanted && (unit->is == ASVC_UNIT_DOWN || unit->is == ASVC_UNIT_REFUSED);
}

// Each round reaches what is one edge further away, so there are as many as the longest chain has edges.
static void find_lost(const asvc_units_t *self) {
    for (size_t i = 0; i < self->n; i++) {
        asvc_unit_t *unit = &self->units[i];
        bool is_out = !unit->wanted || unit->is == ASVC_UNIT_GONE || unit->is == ASVC_UNIT_STUCK;
        unit->lost = is_out && !is_safe(unit);
    }
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < self->n_edges; i++) {
            const asvc_unit_edge_t *edge = &self->edges[i];
            asvc_unit_t *from = &self->units[edge->from];
            if (edge->kind == ASVC_UNIT_REQUIRES && self->units[edge->to].lost && !from->lost
                && !is_safe(from)) {
                from->lost = more = true;
            }
        }
    }
}

static bool is_not_up(const asvc_unit_t *unit) {
    return unit->is != ASVC_UNIT_UP;
}

static bool is_lost(const asvc_unit_t *unit) {
    return unit->lost;
}

static bool is_to_come(const asvc_unit_t *unit) {
    return unit->is != ASVC_UNIT_UP && !unit->lost;
}

// Whether an edge of that kind leads from the node to one that passes the test, and to which.
static bool leads_to(const asvc_units_t *self, uint32_t node, asvc_unit_edge_kind_t kind,
    bool (*test)(const asvc_unit_t *), uint32_t *to) {
    for (size_t i = 0; i < self->n_edges; i++) {
        const asvc_unit_edge_t *edge = &self->edges[i];
        if (edge->from == node && edge->kind == kind && test(&self->units[edge->to])) {
            *to = edge->to;
            return true;
        }
    }
    return false;
}

static bool is_held(const asvc_units_t *self, uint32_t node) {
    for (size_t i = 0; i < self->n_edges; i++) {
        const asvc_unit_edge_t *edge = &self->edges[i];
        const asvc_unit_t *from = &self->units[edge->from];
        if (edge->to == node && edge->kind == ASVC_UNIT_REQUIRES
            && (can_be_ended(from) || from->is == ASVC_UNIT_GOING)) {
            return true;
        }
    }
    return false;
}

static bool must_end(const asvc_units_t *self, uint32_t node, uint32_t *because) {
    const asvc_unit_t *unit = &self->units[node];
    if (!can_be_ended(unit)) {
        return false;
    }
    if (!unit->wanted) {
        *because = node;
        return !is_held(self, node);
    }
    return leads_to(self, node, ASVC_UNIT_REQUIRES, is_not_up, because)
        || (leads_to(self, node, ASVC_UNIT_REQUIRES, is_lost, because) && !is_held(self, node));
}

static bool may_start(const asvc_units_t *self, uint32_t node, uint32_t *because) {
    const asvc_unit_t *unit = &self->units[node];
    return is_startable(unit) && !unit->lost && !leads_to(self, node, ASVC_UNIT_REQUIRES, is_not_up, because)
        && !leads_to(self, node, ASVC_UNIT_AFTER, is_to_come, because);
}

static bool is_to_be_refused(const asvc_units_t *self, uint32_t node, uint32_t *because) {
    const asvc_unit_t *unit = &self->units[node];
    return unit->wanted && unit->is == ASVC_UNIT_DOWN
        && leads_to(self, node, ASVC_UNIT_REQUIRES, is_lost, because);
}

asvc_units_action_t asvc_units_next(const asvc_units_t *self, uint32_t *node, uint32_t *because) {
    static const struct {
        bool (*applies)(const asvc_units_t *self, uint32_t node, uint32_t *because);
        asvc_units_action_t action;
    } rules[] = {
        { must_end, ASVC_UNITS_END },
        { may_start, ASVC_UNITS_START },
        { is_to_be_refused, ASVC_UNITS_REFUSE },
    };
    find_lost(self);
    for (size_t rule = 0; rule < sizeof(rules) / sizeof(rules[0]); rule++) {
        for (uint32_t i = 0; i < self->n; i++) {
            uint32_t reason = i;
            if (rules[rule].applies(self, i, &reason)) {
                *node = i;
                if (because != NULL) {
                    *because = reason;
                }
                return rules[rule].action;
            }
        }
    }
    return ASVC_UNITS_SETTLED;
}

#endif
