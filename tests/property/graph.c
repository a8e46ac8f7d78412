// Who waits for whom: every graph of up to four nodes, and random larger ones, against bit masks.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/graph.h"
#include "property.h"

enum { MAX_NODES = 16, MAX_EDGES = MAX_NODES * MAX_NODES };

typedef struct {
    uint32_t n;
    uint32_t required[MAX_NODES]; // by node: the set it requires
    uint32_t failing; // nodes that end badly when they run
    uint32_t barred; // nodes the caller refuses
} case_t;

typedef struct {
    const case_t *c;
    asvc_graph_t *g;
    uint32_t well; // ended well
    uint32_t out; // will not end well: failed, barred, in a cycle, refused
    uint32_t running; // answered as ready, not ended
    uint32_t expected[MAX_NODES]; // what must be answered as ready, in this order
    uint32_t n_expected;
    uint32_t n_answered;
} run_t;

static uint32_t bit(uint32_t node) {
    return UINT32_C(1) << node;
}

static uint32_t count(uint32_t set) {
    return (uint32_t)__builtin_popcount(set);
}

// Takes nodes that require nothing in the set out of it until there are none: a circle remains.
static bool has_circle(const case_t *c, uint32_t set) {
    for (uint32_t before = 0; before != set;) {
        before = set;
        for (uint32_t node = 0; node < c->n; node++) {
            if ((set & bit(node)) && (c->required[node] & set) == 0) {
                set &= ~bit(node);
            }
        }
    }
    return set != 0;
}

static void take_cycles(run_t *run) {
    const case_t *c = run->c;
    uint32_t cycle[MAX_NODES];
    size_t len;
    while (asvc_graph_next_cycle(run->g, cycle, MAX_NODES, &len)) {
        assert_in_range(len, 1, c->n);
        for (size_t i = 0; i < len; i++) {
            assert_true(cycle[i] >= cycle[0]);
            assert_true(c->required[cycle[i]] & bit(cycle[(i + 1) % len]));
            assert_false(run->out & bit(cycle[i])); // in no cycle before, not barred, not twice in this
            run->out |= bit(cycle[i]);
        }
    }
    assert_false(has_circle(c, (bit(c->n) - 1) & ~run->out));
}

static void take_refused(run_t *run) {
    const case_t *c = run->c;
    uint32_t node, because;
    while (asvc_graph_next_refused(run->g, &node, &because)) {
        assert_false((run->out | run->well | run->running) & bit(node));
        assert_true(c->required[node] & bit(because) & run->out); // known already, and truly required
        run->out |= bit(node);
    }
    for (node = 0; node < c->n; node++) {
        assert_true((run->out & bit(node)) || (c->required[node] & run->out) == 0);
    }
}

static void take_ready(run_t *run) {
    uint32_t node;
    while (asvc_graph_next_ready(run->g, &node)) {
        assert_true(run->n_answered < run->n_expected);
        assert_int_equal(node, run->expected[run->n_answered]);
        run->n_answered++;
        run->running |= bit(node);
    }
    assert_int_equal(run->n_answered, run->n_expected);
    uint32_t seen = run->well | run->out;
    assert_int_equal(asvc_graph_pending(run->g), run->c->n - count(seen));
}

// Expects those to get ready whose last missing requirement has just ended well (or, at the start,
// which have none).
static void expect_ready(run_t *run, uint32_t just_ended, bool at_start) {
    const case_t *c = run->c;
    for (uint32_t node = 0; node < c->n; node++) {
        bool concerned = at_start || (c->required[node] & just_ended);
        if (concerned && (c->required[node] & ~run->well) == 0 && !(run->out & bit(node))) {
            run->expected[run->n_expected++] = node;
        }
    }
}

static uint32_t choose_running(const run_t *run, property_random_t *random) {
    uint32_t nth = random == NULL ? 0 : property_below(random, count(run->running));
    for (uint32_t node = 0;; node++) {
        if ((run->running & bit(node)) && nth-- == 0) {
            return node;
        }
    }
}

// Runs a case to its end. Without random the lowest running node ends first.
static void check_case(const case_t *c, property_random_t *random) {
    static asvc_graph_node_t nodes[MAX_NODES];
    static asvc_graph_edge_t edges[MAX_EDGES];
    asvc_graph_t graph, *g = &graph;
    asvc_graph_init(g, nodes, c->n, edges, MAX_EDGES);
    for (uint32_t node = 0; node < c->n; node++) {
        for (uint32_t required = 0; required < c->n; required++) {
            if (c->required[node] & bit(required)) {
                assert_int_equal(asvc_graph_require(g, node, required), ASVC_OK);
            }
        }
        if (c->barred & bit(node)) {
            asvc_graph_refuse(g, node);
        }
    }
    asvc_graph_start(g);

    run_t run = { .c = c, .g = g, .out = c->barred };
    take_cycles(&run);
    take_refused(&run);
    expect_ready(&run, 0, true);
    take_ready(&run);
    while (run.running != 0) {
        uint32_t node = choose_running(&run, random);
        run.running &= ~bit(node);
        bool ok = !(c->failing & bit(node));
        asvc_graph_ended(g, node, ok);
        *(ok ? &run.well : &run.out) |= bit(node);
        take_refused(&run);
        if (ok) {
            expect_ready(&run, bit(node), false);
        }
        take_ready(&run);
    }
    assert_int_equal(asvc_graph_pending(g), 0);
    assert_int_equal(run.well | run.out, bit(c->n) - 1);
}

static void check_all_graphs_of(uint32_t n, bool with_barred) {
    uint32_t all = bit(n) - 1;
    for (uint32_t graph = 0; graph < bit(n * n); graph++) {
        case_t c = { .n = n };
        for (uint32_t node = 0; node < n; node++) {
            c.required[node] = (graph >> (n * node)) & all;
        }
        for (c.failing = 0; c.failing <= all; c.failing++) {
            for (c.barred = 0; c.barred <= (with_barred ? all : 0); c.barred++) {
                check_case(&c, NULL);
            }
        }
    }
}

static void all_graphs_of_up_to_three_nodes_agree_with_a_model(void **state) {
    (void)state;
    check_all_graphs_of(1, true);
    check_all_graphs_of(2, true);
    check_all_graphs_of(3, true);
}

static void all_graphs_of_four_nodes_agree_with_a_model(void **state) {
    (void)state;
    check_all_graphs_of(4, false);
}

static void random_graphs_ended_in_random_order_agree_with_a_model(void **state) {
    (void)state;
    property_random_t random = { property_seed() };
    while (property_goes_on()) {
        case_t c = { .n = 1 + property_below(&random, MAX_NODES) };
        uint32_t all = bit(c.n) - 1;
        uint32_t density = property_below(&random, 4); // the more, the fewer requirements
        bool only_lower = property_below(&random, 2) == 0; // no circles
        for (uint32_t node = 0; node < c.n; node++) {
            c.required[node] = only_lower ? bit(node) - 1 : all;
            for (uint32_t k = 0; k <= density; k++) {
                c.required[node] &= (uint32_t)(property_next(&random) >> 20);
            }
        }
        c.failing = all & (uint32_t)(property_next(&random) & property_next(&random) >> 32);
        c.barred = property_below(&random, 2) == 0 ? 0 : bit(property_below(&random, c.n));
        check_case(&c, &random);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_graphs_of_up_to_three_nodes_agree_with_a_model),
        cmocka_unit_test(all_graphs_of_four_nodes_agree_with_a_model),
        cmocka_unit_test(random_graphs_ended_in_random_order_agree_with_a_model),
    };
    return PROPERTY_RUN(tests);
}
