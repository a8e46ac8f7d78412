// Who waits for whom: by example, then sizes at which recursion or going over the same ground twice
// would show.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdlib.h>

#include "core/graph.h"

enum { MAX_NODES = 16, MAX_EDGES = MAX_NODES * MAX_NODES };

typedef struct {
    asvc_graph_t graph;
    asvc_graph_node_t nodes[MAX_NODES];
    asvc_graph_edge_t edges[MAX_EDGES];
} fixture_t;

// Requirements are written as pairs: {a, b} says that a requires b.
typedef uint32_t pair_t[2];

static asvc_graph_t *graph_of(fixture_t *fixture, uint32_t n_nodes, const pair_t *pairs, size_t n_pairs) {
    memset(fixture, 0xA5, sizeof(*fixture)); // storage may hold anything before init
    asvc_graph_init(&fixture->graph, fixture->nodes, n_nodes, fixture->edges, MAX_EDGES);
    for (size_t i = 0; i < n_pairs; i++) {
        assert_int_equal(asvc_graph_require(&fixture->graph, pairs[i][0], pairs[i][1]), ASVC_OK);
    }
    return &fixture->graph;
}

#define GRAPH(fixture, n_nodes, ...)                                                                         \
    graph_of(fixture, n_nodes, (const pair_t[]){ __VA_ARGS__ },                                              \
        sizeof((const pair_t[]){ __VA_ARGS__ }) / sizeof(pair_t))

static void assert_ready(asvc_graph_t *g, const uint32_t *expected, size_t n) {
    uint32_t node;
    for (size_t i = 0; i < n; i++) {
        assert_true(asvc_graph_next_ready(g, &node));
        assert_int_equal(node, expected[i]);
    }
    assert_false(asvc_graph_next_ready(g, &node));
}

#define ASSERT_READY(g, ...)                                                                                 \
    assert_ready(                                                                                            \
        g, (const uint32_t[]){ __VA_ARGS__ }, sizeof((const uint32_t[]){ __VA_ARGS__ }) / sizeof(uint32_t))
#define ASSERT_NONE_READY(g) assert_ready(g, NULL, 0)

static void assert_refused(asvc_graph_t *g, uint32_t node, uint32_t because) {
    uint32_t refused, reason;
    assert_true(asvc_graph_next_refused(g, &refused, &reason));
    assert_int_equal(refused, node);
    assert_int_equal(reason, because);
}

static void assert_none_refused(asvc_graph_t *g) {
    uint32_t node, because;
    assert_false(asvc_graph_next_refused(g, &node, &because));
}

static void assert_cycle(asvc_graph_t *g, const uint32_t *expected, size_t n) {
    uint32_t cycle[MAX_NODES];
    size_t len;
    assert_true(asvc_graph_next_cycle(g, cycle, MAX_NODES, &len));
    assert_int_equal(len, n);
    assert_memory_equal(cycle, expected, n * sizeof(uint32_t));
}

#define ASSERT_CYCLE(g, ...)                                                                                 \
    assert_cycle(                                                                                            \
        g, (const uint32_t[]){ __VA_ARGS__ }, sizeof((const uint32_t[]){ __VA_ARGS__ }) / sizeof(uint32_t))

static void assert_no_cycle(asvc_graph_t *g) {
    uint32_t cycle[MAX_NODES];
    size_t len;
    assert_false(asvc_graph_next_cycle(g, cycle, MAX_NODES, &len));
}

static void an_empty_graph_is_finished(void **state) {
    (void)state;
    asvc_graph_t g;
    asvc_graph_init(&g, NULL, 0, NULL, 0);
    asvc_graph_start(&g);
    ASSERT_NONE_READY(&g);
    assert_none_refused(&g);
    assert_no_cycle(&g);
    assert_int_equal(asvc_graph_pending(&g), 0);
}

static void nodes_that_require_nothing_are_ready_side_by_side(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_graph_t *g = graph_of(&fixture, 3, NULL, 0);
    asvc_graph_start(g);
    ASSERT_READY(g, 0, 1, 2);
    assert_int_equal(asvc_graph_pending(g), 3);
    asvc_graph_ended(g, 1, true);
    asvc_graph_ended(g, 0, false);
    asvc_graph_ended(g, 2, true);
    assert_int_equal(asvc_graph_pending(g), 0);
    assert_none_refused(g);
}

static void a_node_waits_until_all_it_requires_has_ended_well(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_graph_t *g = GRAPH(&fixture, 3, { 0, 1 }, { 0, 2 });
    asvc_graph_start(g);
    ASSERT_READY(g, 1, 2);
    asvc_graph_ended(g, 2, true);
    ASSERT_NONE_READY(g);
    asvc_graph_ended(g, 1, true);
    ASSERT_READY(g, 0);
}

static void nodes_are_answered_in_the_order_they_became_ready(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_graph_t *g = GRAPH(&fixture, 6, { 5, 0 }, { 3, 0 }, { 2, 1 }, { 4, 0 });
    asvc_graph_start(g);
    ASSERT_READY(g, 0, 1);
    asvc_graph_ended(g, 1, true);
    asvc_graph_ended(g, 0, true);
    ASSERT_READY(g, 2, 5, 3, 4);
}

static void a_requirement_said_twice_counts_as_one(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_graph_t *g = GRAPH(&fixture, 2, { 0, 1 }, { 0, 1 });
    asvc_graph_start(g);
    ASSERT_READY(g, 1);
    asvc_graph_ended(g, 1, true);
    ASSERT_READY(g, 0);
    ASSERT_NONE_READY(g);

    g = GRAPH(&fixture, 2, { 0, 1 }, { 0, 1 });
    asvc_graph_start(g);
    ASSERT_READY(g, 1);
    asvc_graph_ended(g, 1, false);
    assert_refused(g, 0, 1);
    assert_none_refused(g);
    assert_int_equal(asvc_graph_pending(g), 0);
}

static void what_depends_on_a_failed_node_is_refused_the_rest_runs(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_graph_t *g = GRAPH(&fixture, 5, { 1, 0 }, { 2, 1 }, { 3, 2 }, { 4, 3 }, { 4, 0 });
    asvc_graph_start(g);
    ASSERT_READY(g, 0);
    asvc_graph_ended(g, 0, true);
    ASSERT_READY(g, 1);
    asvc_graph_ended(g, 1, false);
    assert_refused(g, 2, 1);
    assert_refused(g, 3, 2);
    assert_refused(g, 4, 3);
    assert_none_refused(g);
    ASSERT_NONE_READY(g);
    assert_int_equal(asvc_graph_pending(g), 0);
}

static void a_node_is_refused_while_another_requirement_of_it_still_runs(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_graph_t *g = GRAPH(&fixture, 3, { 2, 0 }, { 2, 1 });
    asvc_graph_start(g);
    ASSERT_READY(g, 0, 1);
    asvc_graph_ended(g, 0, false);
    assert_refused(g, 2, 0);
    assert_int_equal(asvc_graph_pending(g), 1);
    asvc_graph_ended(g, 1, true);
    ASSERT_NONE_READY(g);
    assert_none_refused(g);
    assert_int_equal(asvc_graph_pending(g), 0);
}

static void two_failures_before_the_queue_is_read_refuse_all_dependants(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_graph_t *g = GRAPH(&fixture, 6, { 2, 0 }, { 3, 2 }, { 4, 1 }, { 5, 4 });
    asvc_graph_start(g);
    ASSERT_READY(g, 0, 1);
    asvc_graph_ended(g, 0, false);
    asvc_graph_ended(g, 1, false);
    assert_int_equal(asvc_graph_pending(g), 0);
    assert_refused(g, 2, 0);
    assert_refused(g, 3, 2);
    assert_refused(g, 4, 1);
    assert_refused(g, 5, 4);
    assert_none_refused(g);
}

static void a_node_refused_by_the_caller_takes_its_dependants_along(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_graph_t *g = GRAPH(&fixture, 4, { 0, 1 }, { 1, 2 });
    asvc_graph_refuse(g, 2);
    asvc_graph_refuse(g, 2); // said twice: no difference
    asvc_graph_start(g);
    assert_refused(g, 1, 2);
    assert_refused(g, 0, 1);
    assert_none_refused(g);
    ASSERT_READY(g, 3);
    assert_int_equal(asvc_graph_pending(g), 1);
}

static void a_node_that_requires_itself_is_a_cycle_of_one(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_graph_t *g = GRAPH(&fixture, 3, { 1, 1 }, { 2, 1 });
    asvc_graph_start(g);
    ASSERT_CYCLE(g, 1);
    assert_no_cycle(g);
    assert_refused(g, 2, 1);
    ASSERT_READY(g, 0);
}

static void a_cycle_is_named_from_its_lowest_in_the_order_of_requiring(void **state) {
    (void)state;
    fixture_t fixture;
    // 0 leads into it: 0 -> 3 -> 1 -> 2 -> 3, and 4 depends on it.
    asvc_graph_t *g = GRAPH(&fixture, 6, { 0, 3 }, { 3, 1 }, { 1, 2 }, { 2, 3 }, { 4, 2 });
    asvc_graph_start(g);
    ASSERT_CYCLE(g, 1, 2, 3);
    assert_no_cycle(g);
    // In the order of the cycle's numbers: 2 stopped 4, 3 stopped 0.
    assert_refused(g, 4, 2);
    assert_refused(g, 0, 3);
    assert_none_refused(g);
    ASSERT_READY(g, 5);
    assert_int_equal(asvc_graph_pending(g), 1);
}

static void separate_cycles_are_each_named(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_graph_t *g = GRAPH(&fixture, 5, { 0, 4 }, { 4, 0 }, { 1, 3 }, { 3, 1 }, { 2, 2 });
    asvc_graph_start(g);
    ASSERT_CYCLE(g, 0, 4);
    ASSERT_CYCLE(g, 1, 3);
    ASSERT_CYCLE(g, 2);
    assert_no_cycle(g);
    assert_none_refused(g);
    ASSERT_NONE_READY(g);
    assert_int_equal(asvc_graph_pending(g), 0);
}

static void of_knotted_cycles_one_is_named_and_the_rest_refused(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_graph_t *g = GRAPH(&fixture, 3, { 0, 1 }, { 1, 0 }, { 1, 2 }, { 2, 1 });
    asvc_graph_start(g);
    ASSERT_CYCLE(g, 0, 1);
    assert_no_cycle(g);
    assert_refused(g, 2, 1);
    assert_none_refused(g);
    assert_int_equal(asvc_graph_pending(g), 0);
}

static void a_refused_node_in_a_circle_breaks_it(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_graph_t *g = GRAPH(&fixture, 2, { 0, 1 }, { 1, 0 });
    asvc_graph_refuse(g, 0);
    asvc_graph_start(g);
    assert_no_cycle(g);
    assert_refused(g, 1, 0);
    assert_none_refused(g);
    assert_int_equal(asvc_graph_pending(g), 0);
}

static void a_cycle_longer_than_the_room_tells_its_length(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_graph_t *g = GRAPH(&fixture, 3, { 0, 1 }, { 1, 2 }, { 2, 0 });
    asvc_graph_start(g);
    uint32_t cycle[3] = { 77, 77, 77 };
    size_t len;
    assert_true(asvc_graph_next_cycle(g, cycle, 2, &len));
    assert_int_equal(len, 3);
    assert_int_equal(cycle[0], 0);
    assert_int_equal(cycle[1], 1);
    assert_int_equal(cycle[2], 77);
}

static void only_the_end_of_a_running_node_counts(void **state) {
    (void)state;
    fixture_t fixture;
    asvc_graph_t *g = GRAPH(&fixture, 3, { 0, 1 });
    asvc_graph_start(g);
    asvc_graph_ended(g, 0, true); // waits
    asvc_graph_ended(g, 1, true); // ready, but not answered yet
    asvc_graph_ended(g, 99, true); // is not there
    assert_int_equal(asvc_graph_pending(g), 3);
    ASSERT_READY(g, 1, 2);
    asvc_graph_ended(g, 1, true);
    asvc_graph_ended(g, 1, false); // has ended
    assert_int_equal(asvc_graph_pending(g), 2);
    asvc_graph_ended(g, 2, false);
    asvc_graph_ended(g, 2, false); // has failed
    assert_int_equal(asvc_graph_pending(g), 1);
    ASSERT_READY(g, 0);
    assert_none_refused(g);
}

static void a_requirement_of_no_node_or_without_room_is_refused(void **state) {
    (void)state;
    asvc_graph_t g;
    asvc_graph_node_t nodes[2];
    asvc_graph_edge_t edges[1];
    asvc_graph_init(&g, nodes, 2, edges, 1);
    assert_int_equal(asvc_graph_require(&g, 0, 2), ASVC_BAD_VALUE);
    assert_int_equal(asvc_graph_require(&g, 2, 0), ASVC_BAD_VALUE);
    assert_int_equal(asvc_graph_require(&g, 0, ASVC_GRAPH_NONE), ASVC_BAD_VALUE);
    assert_int_equal(asvc_graph_require(&g, 0, 1), ASVC_OK);
    assert_int_equal(asvc_graph_require(&g, 1, 0), ASVC_FULL);
    asvc_graph_refuse(&g, 2);
    asvc_graph_start(&g);
    assert_no_cycle(&g);
    ASSERT_READY(&g, 1);
    asvc_graph_ended(&g, 2, true); // the sanitizer sees a look beyond nodes
    assert_int_equal(asvc_graph_pending(&g), 2);
}

// A graph too large for the stack.
static asvc_graph_t *large_graph(uint32_t n_nodes, uint32_t n_edges) {
    asvc_graph_t *g = malloc(sizeof(*g));
    asvc_graph_init(g, malloc(n_nodes * sizeof(asvc_graph_node_t)), n_nodes,
        malloc(n_edges * sizeof(asvc_graph_edge_t)), n_edges);
    return g;
}

static void free_graph(asvc_graph_t *g) {
    free(g->nodes);
    free(g->edges);
    free(g);
}

// Ends every node well as it gets ready. Returns how many there were.
static uint32_t run_all(asvc_graph_t *g) {
    uint32_t n = 0;
    uint32_t node;
    while (asvc_graph_next_ready(g, &node)) {
        asvc_graph_ended(g, node, true);
        n++;
    }
    return n;
}

// 100 layers of 10 nodes, each of which requires the whole layer below: 10^99 ways from top to
// bottom, so whoever goes a way twice is not back today.
static asvc_graph_t *layered_graph(void) {
    asvc_graph_t *g = large_graph(1000, 10000);
    for (uint32_t node = 10; node < 1000; node++) {
        for (uint32_t i = 0; i < 10; i++) {
            // The top layer has the lowest numbers, so that the search for cycles starts there.
            assert_int_equal(asvc_graph_require(g, 999 - node, 999 - (node / 10 * 10 - 10 + i)), ASVC_OK);
        }
    }
    return g;
}

static void a_thousand_nodes_in_layers_run_at_once(void **state) {
    (void)state;
    asvc_graph_t *g = layered_graph();
    asvc_graph_start(g);
    assert_no_cycle(g);
    assert_int_equal(run_all(g), 1000);
    assert_int_equal(asvc_graph_pending(g), 0);
    free_graph(g);
}

static void a_thousand_nodes_in_layers_are_refused_at_once(void **state) {
    (void)state;
    asvc_graph_t *g = layered_graph();
    asvc_graph_start(g);
    uint32_t node, because;
    assert_true(asvc_graph_next_ready(g, &node));
    asvc_graph_ended(g, node, false);
    assert_int_equal(run_all(g), 9);
    assert_int_equal(asvc_graph_pending(g), 0);
    uint32_t n = 0;
    while (asvc_graph_next_refused(g, &node, &because)) {
        n++;
    }
    assert_int_equal(n, 990);
    free_graph(g);
}

enum { LONG = 200000 };

static void a_long_chain_needs_no_stack(void **state) {
    (void)state;
    for (int fails = 0; fails <= 1; fails++) {
        asvc_graph_t *g = large_graph(LONG, LONG);
        for (uint32_t node = 0; node + 1 < LONG; node++) {
            asvc_graph_require(g, node, node + 1);
        }
        asvc_graph_start(g);
        if (fails) {
            ASSERT_READY(g, LONG - 1);
            asvc_graph_ended(g, LONG - 1, false);
            for (uint32_t node = LONG - 1; node-- > 0;) {
                assert_refused(g, node, node + 1);
            }
        } else {
            assert_int_equal(run_all(g), LONG);
        }
        assert_int_equal(asvc_graph_pending(g), 0);
        free_graph(g);
    }
}

static void a_long_cycle_is_named_whole(void **state) {
    (void)state;
    asvc_graph_t *g = large_graph(LONG, LONG);
    for (uint32_t node = 0; node < LONG; node++) {
        asvc_graph_require(g, node, (node + 1) % LONG);
    }
    asvc_graph_start(g);
    uint32_t *cycle = malloc(LONG * sizeof(*cycle));
    size_t len;
    assert_true(asvc_graph_next_cycle(g, cycle, LONG, &len));
    assert_int_equal(len, LONG);
    for (uint32_t node = 0; node < LONG; node++) {
        assert_int_equal(cycle[node], node);
    }
    assert_int_equal(asvc_graph_pending(g), 0);
    free(cycle);
    free_graph(g);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_graph_is_finished),
        cmocka_unit_test(nodes_that_require_nothing_are_ready_side_by_side),
        cmocka_unit_test(a_node_waits_until_all_it_requires_has_ended_well),
        cmocka_unit_test(nodes_are_answered_in_the_order_they_became_ready),
        cmocka_unit_test(a_requirement_said_twice_counts_as_one),
        cmocka_unit_test(what_depends_on_a_failed_node_is_refused_the_rest_runs),
        cmocka_unit_test(a_node_is_refused_while_another_requirement_of_it_still_runs),
        cmocka_unit_test(two_failures_before_the_queue_is_read_refuse_all_dependants),
        cmocka_unit_test(a_node_refused_by_the_caller_takes_its_dependants_along),
        cmocka_unit_test(a_node_that_requires_itself_is_a_cycle_of_one),
        cmocka_unit_test(a_cycle_is_named_from_its_lowest_in_the_order_of_requiring),
        cmocka_unit_test(separate_cycles_are_each_named),
        cmocka_unit_test(of_knotted_cycles_one_is_named_and_the_rest_refused),
        cmocka_unit_test(a_refused_node_in_a_circle_breaks_it),
        cmocka_unit_test(a_cycle_longer_than_the_room_tells_its_length),
        cmocka_unit_test(only_the_end_of_a_running_node_counts),
        cmocka_unit_test(a_requirement_of_no_node_or_without_room_is_refused),
        cmocka_unit_test(a_thousand_nodes_in_layers_run_at_once),
        cmocka_unit_test(a_thousand_nodes_in_layers_are_refused_at_once),
        cmocka_unit_test(a_long_chain_needs_no_stack),
        cmocka_unit_test(a_long_cycle_is_named_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
