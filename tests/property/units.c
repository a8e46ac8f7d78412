// What to start and what to end: every acyclic graph of up to four nodes in every state it can be in, every
// sequence of events of up to three, and random larger ones. Two models: one that answers what the header
// says, and one of the services and their users, which asks only what people were promised.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/units.h"
#include "property.h"

enum { MAX_NODES = 8, MAX_EDGES = 2 * MAX_NODES * MAX_NODES };

typedef struct {
    asvc_units_t table;
    asvc_unit_t units[MAX_NODES];
    asvc_unit_edge_t edges[MAX_EDGES];
    uint32_t requires[MAX_NODES], after[MAX_NODES]; // by node: the set it leads to
} graph_t;

static uint32_t bit(uint32_t node) {
    return UINT32_C(1) << node;
}

static bool has(uint32_t set, uint32_t node) {
    return set & bit(node);
}

// Fills in what follows from the two arrays of sets.
static void link_up(graph_t *g, uint32_t n) {
    g->table = (asvc_units_t){ g->units, n, g->edges, 0 };
    for (uint32_t from = 0; from < n; from++) {
        for (uint32_t to = 0; to < n; to++) {
            if (has(g->requires[from], to)) {
                g->edges[g->table.n_edges++] = (asvc_unit_edge_t){ from, to, ASVC_UNIT_REQUIRES };
            }
            if (has(g->after[from], to)) {
                g->edges[g->table.n_edges++] = (asvc_unit_edge_t){ from, to, ASVC_UNIT_AFTER };
            }
        }
    }
}

static bool is_acyclic(const graph_t *g, uint32_t n) {
    uint32_t left = bit(n) - 1;
    for (uint32_t before = 0; before != left;) {
        before = left;
        for (uint32_t node = 0; node < n; node++) {
            if (((g->requires[node] | g->after[node]) & left) == 0) {
                left &= ~bit(node);
            }
        }
    }
    return left == 0;
}

// The n x (n - 1) possible edges, each not there, "requires" or "after", as digits of a number.
static bool graph_of_number(graph_t *g, uint32_t n, uint32_t number) {
    memset(g, 0, sizeof(*g));
    for (uint32_t from = 0; from < n; from++) {
        for (uint32_t to = 0; to < n; to++) {
            if (from != to) {
                uint32_t kind = number % 3;
                number /= 3;
                g->requires[from] |= kind == 1 ? bit(to) : 0;
                g->after[from] |= kind == 2 ? bit(to) : 0;
            }
        }
    }
    link_up(g, n);
    return is_acyclic(g, n);
}

static uint32_t graphs_of(uint32_t n) {
    uint32_t count = 1;
    for (uint32_t i = 0; i < n * (n - 1); i++) {
        count *= 3;
    }
    return count;
}

// What the header says

static bool model_there(const asvc_unit_t *unit) {
    return unit->is == ASVC_UNIT_COMING || unit->is == ASVC_UNIT_UP;
}

static bool model_lost(const graph_t *g, uint32_t node) {
    const asvc_unit_t *unit = &g->units[node];
    if (model_there(unit) && !unit->can_end) {
        return false;
    }
    if (!unit->wanted || unit->is == ASVC_UNIT_GONE || unit->is == ASVC_UNIT_STUCK) {
        return true;
    }
    for (uint32_t to = 0; to < g->table.n; to++) {
        if (has(g->requires[node], to) && model_lost(g, to)) {
            return true;
        }
    }
    return false;
}

// The sets of nodes that something is true of.
typedef struct {
    uint32_t up, lost;
    uint32_t held; // there is one that requires it, and that still has something to end
    uint32_t to_come;
} model_t;

static model_t model_of(const graph_t *g) {
    model_t model = { 0 };
    for (uint32_t node = 0; node < g->table.n; node++) {
        const asvc_unit_t *unit = &g->units[node];
        bool is_lost = model_lost(g, node);
        model.lost |= is_lost ? bit(node) : 0;
        model.up |= unit->is == ASVC_UNIT_UP ? bit(node) : 0;
        model.to_come |= unit->is != ASVC_UNIT_UP && !is_lost ? bit(node) : 0;
        if ((model_there(unit) && unit->can_end) || unit->is == ASVC_UNIT_GOING) {
            model.held |= g->requires[node];
        }
    }
    return model;
}

// The action for a node, the others being as they are, and the set of what it may be because of.
static asvc_units_action_t model_action(
    const graph_t *g, const model_t *model, uint32_t node, uint32_t *because) {
    const asvc_unit_t *unit = &g->units[node];
    uint32_t requires_not_up = g->requires[node] & ~model->up;
    uint32_t requires_lost = g->requires[node] & model -> lost;
    bool is_lost = has(model->lost, node);
    bool is_down = unit->is == ASVC_UNIT_DOWN || unit->is == ASVC_UNIT_REFUSED;
    if (model_there(unit) && unit->can_end) {
        if (unit->wanted && requires_not_up) {
            *because = requires_not_up;
            return ASVC_UNITS_END;
        }
        if (is_lost && !has(model->held, node)) {
            *because = unit->wanted ? requires_lost : bit(node);
            return ASVC_UNITS_END;
        }
    } else if (unit->wanted && is_down) {
        *because = is_lost ? requires_lost : bit(node);
        if (!is_lost && !requires_not_up && !(g->after[node] & model->to_come)) {
            return ASVC_UNITS_START;
        }
        if (is_lost && unit->is == ASVC_UNIT_DOWN) {
            return ASVC_UNITS_REFUSE;
        }
    }
    return ASVC_UNITS_SETTLED;
}

static void check_answer(const graph_t *g) {
    static const asvc_units_action_t order[] = { ASVC_UNITS_END, ASVC_UNITS_START, ASVC_UNITS_REFUSE };
    uint32_t node = 77, because = 77;
    asvc_units_action_t action = asvc_units_next(&g->table, &node, &because);
    asvc_units_action_t actions[MAX_NODES];
    uint32_t reasons[MAX_NODES];
    model_t model = model_of(g);
    for (uint32_t i = 0; i < g->table.n; i++) {
        actions[i] = model_action(g, &model, i, &reasons[i]);
    }
    for (size_t kind = 0; kind < sizeof(order) / sizeof(order[0]); kind++) {
        for (uint32_t i = 0; i < g->table.n; i++) {
            if (actions[i] == order[kind]) {
                assert_int_equal(action, order[kind]);
                assert_int_equal(node, i);
                assert_true(has(reasons[i], because));
                return;
            }
        }
    }
    assert_int_equal(action, ASVC_UNITS_SETTLED);
    assert_int_equal(node, 77);
    assert_int_equal(because, 77);
}

// What can be told of one node. That one which comes cannot be ended does not come about.
static const asvc_unit_t tellable[] = {
    { ASVC_UNIT_DOWN, false, false, false },
    { ASVC_UNIT_DOWN, true, false, false },
    { ASVC_UNIT_COMING, false, true, false },
    { ASVC_UNIT_COMING, true, true, false },
    { ASVC_UNIT_UP, false, false, false },
    { ASVC_UNIT_UP, false, true, false },
    { ASVC_UNIT_UP, true, false, false },
    { ASVC_UNIT_UP, true, true, false },
    { ASVC_UNIT_GOING, false, false, false },
    { ASVC_UNIT_GOING, true, false, false },
    { ASVC_UNIT_STUCK, false, false, false },
    { ASVC_UNIT_STUCK, true, false, false },
    { ASVC_UNIT_GONE, false, false, false },
    { ASVC_UNIT_GONE, true, false, false },
    { ASVC_UNIT_REFUSED, false, false, false },
    { ASVC_UNIT_REFUSED, true, false, false },
};

enum { TELLABLE = sizeof(tellable) / sizeof(tellable[0]) };

static void check_all_states_of(graph_t *g) {
    uint32_t count = 1;
    for (uint32_t i = 0; i < g->table.n; i++) {
        count *= TELLABLE;
    }
    for (uint32_t number = 0; number < count; number++) {
        for (uint32_t i = 0, digits = number; i < g->table.n; i++, digits /= TELLABLE) {
            g->units[i] = tellable[digits % TELLABLE];
        }
        check_answer(g);
    }
}

static void the_answer_is_what_the_header_says_in_all_graphs_of_up_to_three(void **state) {
    (void)state;
    graph_t g;
    for (uint32_t n = 0; n <= 3; n++) {
        for (uint32_t number = 0; number < graphs_of(n); number++) {
            if (graph_of_number(&g, n, number)) {
                check_all_states_of(&g);
            }
        }
    }
}

// The graph of four nodes that digits of a number say, whose edges lead to lower numbers.
static void downward_graph(graph_t *g, uint32_t number, uint32_t digits[4][4]) {
    memset(g, 0, sizeof(*g));
    for (uint32_t from = 0; from < 4; from++) {
        for (uint32_t to = 0; to < from; to++, number /= 3) {
            digits[from][to] = number % 3;
            g->requires[from] |= number % 3 == 1 ? bit(to) : 0;
            g->after[from] |= number % 3 == 2 ? bit(to) : 0;
        }
    }
    link_up(g, 4);
}

// Whether renumbering makes a downward graph of a lower number of it, which then stands for both.
static bool is_one_of_a_lower_number(uint32_t number, uint32_t digits[4][4]) {
    for (uint32_t order = 0; order < 256; order++) {
        uint32_t to_old[4] = { order % 4, order / 4 % 4, order / 16 % 4, order / 64 };
        if ((bit(to_old[0]) | bit(to_old[1]) | bit(to_old[2]) | bit(to_old[3])) != bit(4) - 1) {
            continue;
        }
        uint32_t other = 0, unit = 1, n_edges = 0;
        for (uint32_t from = 0; from < 4; from++) {
            for (uint32_t to = 0; to < from; to++, unit *= 3) {
                uint32_t digit = digits[to_old[from]][to_old[to]];
                other += unit * digit;
                n_edges += digit != 0;
                n_edges -= digits[from][to] != 0;
            }
        }
        if (n_edges == 0 && other < number) { // all its edges still lead downward
            return true;
        }
    }
    return false;
}

// By number only the order of answers differs, which graphs of three show in all ways.
static void the_answer_is_what_the_header_says_in_all_graphs_of_four(void **state) {
    (void)state;
    uint32_t n_graphs = 0;
    for (uint32_t number = 0; number < 729; number++) {
        uint32_t digits[4][4] = { 0 };
        graph_t g;
        downward_graph(&g, number, digits);
        if (!is_one_of_a_lower_number(number, digits)) {
            n_graphs++;
            check_all_states_of(&g);
        }
    }
    assert_int_equal(n_graphs, 425);
}

// What people were promised

// The services, their users and their tasks. With random, a task may also answer at once.
typedef struct {
    graph_t g;
    property_random_t *random;
} world_t;

typedef enum {
    USER_STOPS,
    USER_WANTS,
    TASK_COMES_UP,
    TASK_ENDS_WELL,
    TASK_FAILS_AND_IS_RESTARTED,
    TASK_FAILS_FOR_GOOD,
    TASK_ENDS_AS_TOLD,
    TASK_IS_LATE,
    EVENTS,
} event_t;

static bool model_live(const asvc_unit_t *unit) {
    return (model_there(unit) && unit->can_end) || unit->is == ASVC_UNIT_GOING;
}

// As things are now, provided that all tasks do what they should.
static bool can_be_up(const graph_t *g, uint32_t node) {
    const asvc_unit_t *unit = &g->units[node];
    bool itself = unit->wanted && unit->is != ASVC_UNIT_GONE && unit->is != ASVC_UNIT_STUCK;
    for (uint32_t to = 0; to < g->table.n && itself; to++) {
        itself = !has(g->requires[node], to) || can_be_up(g, to);
    }
    return itself || (unit->is == ASVC_UNIT_UP && !unit->can_end);
}

static bool lacks_something(const graph_t *g, uint32_t node) {
    for (uint32_t to = 0; to < g->table.n; to++) {
        if (has(g->requires[node], to) && (g->units[to].is != ASVC_UNIT_UP || !can_be_up(g, to))) {
            return true;
        }
    }
    return false;
}

static bool lost_its_footing(const graph_t *g, uint32_t node) {
    for (uint32_t to = 0; to < g->table.n; to++) {
        if (has(g->requires[node], to) && g->units[to].is != ASVC_UNIT_UP) {
            return true;
        }
    }
    return false;
}

static bool is_needed(const graph_t *g, uint32_t node) {
    for (uint32_t from = 0; from < g->table.n; from++) {
        if (has(g->requires[from], node) && model_live(&g->units[from])) {
            return true;
        }
    }
    return false;
}

static void check_start(const graph_t *g, uint32_t node) {
    const asvc_unit_t *unit = &g->units[node];
    assert_true(unit->wanted); // a stop wins
    assert_true(unit->is == ASVC_UNIT_DOWN || unit->is == ASVC_UNIT_REFUSED); // and there is no second one
    assert_false(lacks_something(g, node));
    for (uint32_t to = 0; to < g->table.n; to++) {
        if (has(g->after[node], to) && can_be_up(g, to)) {
            assert_int_equal(g->units[to].is, ASVC_UNIT_UP);
        }
    }
}

static void check_end(const graph_t *g, uint32_t node) {
    const asvc_unit_t *unit = &g->units[node];
    assert_true(model_there(unit) && unit->can_end);
    assert_true(!unit->wanted || lacks_something(g, node));
    // What requires it has ended before, but where what it requires itself has failed.
    assert_true(!is_needed(g, node) || (unit->wanted && lost_its_footing(g, node)));
}

static bool by_chance(world_t *world) {
    return world->random != NULL && property_below(world->random, 4) == 0;
}

static void apply(world_t *world, asvc_units_action_t action, uint32_t node) {
    asvc_unit_t *unit = &world->g.units[node];
    switch (action) {
    case ASVC_UNITS_START:
        check_start(&world->g, node);
        unit->is = by_chance(world) ? ASVC_UNIT_GONE : by_chance(world) ? ASVC_UNIT_UP : ASVC_UNIT_COMING;
        unit->can_end = true;
        break;
    case ASVC_UNITS_END:
        check_end(&world->g, node);
        unit->is = by_chance(world) ? ASVC_UNIT_DOWN : ASVC_UNIT_GOING;
        break;
    default:
        assert_int_equal(action, ASVC_UNITS_REFUSE);
        assert_true(unit->wanted && !can_be_up(&world->g, node));
        unit->is = ASVC_UNIT_REFUSED;
    }
}

// Does what there is to do. Each node is ended, started and refused once at most.
static void settle(world_t *world) {
    graph_t *g = &world->g;
    uint32_t node, because;
    asvc_units_action_t action;
    for (uint32_t n = 0; (action = asvc_units_next(&g->table, &node, &because)) != ASVC_UNITS_SETTLED; n++) {
        assert_true(n < 3 * g->table.n);
        apply(world, action, node);
    }
    for (node = 0; node < g->table.n; node++) {
        const asvc_unit_t *unit = &g->units[node];
        if (model_there(unit) && unit->can_end) {
            // Told to end already, but for what waits until what requires it has ended.
            assert_true(is_needed(g, node) || (unit->wanted && !lacks_something(g, node)));
            assert_false(unit->wanted && lost_its_footing(g, node));
        }
    }
}

// What a task answers that does as it should: it comes up, and ends when told to.
static void answer(world_t *world, uint32_t node) {
    asvc_unit_t *unit = &world->g.units[node];
    if (unit->is == ASVC_UNIT_COMING) {
        unit->is = ASVC_UNIT_UP;
    } else if (unit->is == ASVC_UNIT_GOING) {
        unit->is = ASVC_UNIT_DOWN;
    }
    settle(world);
}

static bool is_under_way(const graph_t *g) {
    for (uint32_t node = 0; node < g->table.n; node++) {
        if (g->units[node].is == ASVC_UNIT_COMING || g->units[node].is == ASVC_UNIT_GOING) {
            return true;
        }
    }
    return false;
}

// When all tasks answer, it comes to rest, and there is what is wanted and nothing else.
static void check_that_it_comes_to_rest(const world_t *from) {
    world_t world = *from;
    graph_t *g = &world.g;
    world.random = NULL;
    g->table.units = g->units;
    g->table.edges = g->edges;
    for (uint32_t round = 0; is_under_way(g); round++) {
        assert_true(round < 4 * g->table.n); // up and down again, once along the longest chain each
        for (uint32_t node = 0; node < g->table.n; node++) {
            answer(&world, node);
        }
    }
    for (uint32_t node = 0; node < g->table.n; node++) {
        const asvc_unit_t *unit = &g->units[node];
        if (can_be_up(g, node)) {
            assert_int_equal(unit->is, ASVC_UNIT_UP);
        } else {
            assert_false(model_live(unit));
            assert_true(!unit->wanted || unit->is != ASVC_UNIT_DOWN); // it was said why
        }
    }
}

// False where there is no such event for a node as it is.
static bool happen(asvc_unit_t *unit, event_t event) {
    bool runs = model_there(unit) && unit->can_end;
    switch (event) {
    case USER_STOPS:
    case USER_WANTS:
        unit->wanted = event == USER_WANTS;
        if (unit->is == ASVC_UNIT_GONE || unit->is == ASVC_UNIT_REFUSED) {
            unit->is = ASVC_UNIT_DOWN;
        }
        return true;
    case TASK_COMES_UP:
        unit->is = unit->is == ASVC_UNIT_COMING ? ASVC_UNIT_UP : unit->is;
        return runs;
    case TASK_ENDS_WELL:
        unit->is = runs ? ASVC_UNIT_UP : unit->is;
        unit->can_end &= !runs;
        return runs;
    case TASK_FAILS_AND_IS_RESTARTED:
        unit->is = runs && unit->wanted ? ASVC_UNIT_COMING : unit->is;
        return runs && unit->wanted;
    case TASK_FAILS_FOR_GOOD:
        unit->is = runs ? ASVC_UNIT_GONE : unit->is;
        return runs;
    case TASK_ENDS_AS_TOLD:
        if (unit->is != ASVC_UNIT_GOING && unit->is != ASVC_UNIT_STUCK) {
            return false;
        }
        unit->is = ASVC_UNIT_DOWN;
        return true;
    default:
        if (unit->is != ASVC_UNIT_GOING) {
            return false;
        }
        unit->is = ASVC_UNIT_STUCK;
        return true;
    }
}

enum { UNIT_NUMBERS = 4 * (ASVC_UNIT_REFUSED + 1), MAX_WORLDS = UNIT_NUMBERS * UNIT_NUMBERS * UNIT_NUMBERS };

static uint32_t number_of_world(const graph_t *g) {
    uint32_t number = 0;
    for (uint32_t i = 0; i < g->table.n; i++) {
        const asvc_unit_t *unit = &g->units[i];
        number = number * UNIT_NUMBERS + unit->is * 4u + unit->wanted * 2u + unit->can_end;
    }
    return number;
}

static void world_of_number(graph_t *g, uint32_t number) {
    for (uint32_t i = g->table.n; i-- > 0; number /= UNIT_NUMBERS) {
        uint32_t digit = number % UNIT_NUMBERS;
        g->units[i] = (asvc_unit_t){ .is = (uint8_t)(digit / 4), .wanted = digit & 2, .can_end = digit & 1 };
    }
}

// Goes on from each state that can be reached with each event, until no state is new.
static uint32_t check_all_worlds_of(world_t *world) {
    static uint32_t reached[MAX_WORLDS];
    static bool is_known[MAX_WORLDS];
    memset(is_known, 0, sizeof(is_known));
    graph_t *g = &world->g;
    uint32_t n_reached = 1;
    reached[0] = number_of_world(g);
    is_known[reached[0]] = true;
    for (uint32_t i = 0; i < n_reached; i++) {
        for (uint32_t step = 0; step < g->table.n * EVENTS; step++) {
            world_of_number(g, reached[i]);
            if (!happen(&g->units[step / EVENTS], step % EVENTS)) {
                continue;
            }
            settle(world);
            uint32_t number = number_of_world(g);
            if (!is_known[number]) {
                is_known[number] = true;
                reached[n_reached++] = number;
                check_that_it_comes_to_rest(world);
            }
        }
    }
    return n_reached;
}

static void promises_are_kept_through_all_that_can_happen_to_up_to_three(void **state) {
    (void)state;
    static const uint32_t few_worlds[] = { 0, 10, 100, 1000 }; // by number of nodes; less is a broken test
    world_t world = { .random = NULL };
    for (uint32_t n = 1; n <= 3; n++) {
        for (uint32_t number = 0; number < graphs_of(n); number++) {
            if (graph_of_number(&world.g, n, number)) {
                assert_true(check_all_worlds_of(&world) >= few_worlds[n]);
            }
        }
    }
}

static void random_graph(graph_t *g, property_random_t *random) {
    uint32_t n = 1 + property_below(random, MAX_NODES);
    uint32_t place[MAX_NODES]; // edges lead to a lower place
    memset(g, 0, sizeof(*g));
    for (uint32_t i = 0; i < n; i++) {
        uint32_t j = property_below(random, i + 1);
        place[i] = place[j];
        place[j] = i;
    }
    uint32_t one_in = 2 + property_below(random, 6);
    for (uint32_t from = 0; from < n; from++) {
        for (uint32_t to = 0; to < n; to++) {
            if (place[to] < place[from]) {
                g->requires[from] |= property_below(random, one_in) == 0 ? bit(to) : 0;
                g->after[from] |= property_below(random, 2 * one_in) == 0 ? bit(to) : 0;
            }
        }
    }
    link_up(g, n);
}

// Tasks mostly do what they should.
static event_t any_event(property_random_t *random, const asvc_unit_t *unit) {
    if (property_below(random, 3) == 0) {
        return property_below(random, EVENTS);
    }
    return unit->is == ASVC_UNIT_GOING ? TASK_ENDS_AS_TOLD : TASK_COMES_UP;
}

static uint32_t count_up(const graph_t *g) {
    uint32_t n_up = 0;
    for (uint32_t node = 0; node < g->table.n; node++) {
        n_up += g->units[node].is == ASVC_UNIT_UP;
    }
    return n_up;
}

static void promises_are_kept_through_random_events_in_larger_graphs(void **state) {
    (void)state;
    property_random_t random = { property_seed() };
    world_t world = { .random = &random };
    uint32_t n_well = 0;
    while (property_begun < property_runs()) {
        random_graph(&world.g, &random);
        for (uint32_t node = 0; node < world.g.table.n; node++) {
            world.g.units[node].wanted = property_below(&random, 4) != 0;
        }
        settle(&world);
        for (uint32_t events = 0; events < 50 && property_goes_on(); events++) {
            uint32_t node = property_below(&random, world.g.table.n);
            if (happen(&world.g.units[node], any_event(&random, &world.g.units[node]))) {
                check_answer(&world.g);
                settle(&world);
                check_that_it_comes_to_rest(&world);
            }
            n_well += world.g.table.n >= 4 && count_up(&world.g) >= world.g.table.n / 2;
        }
    }
    property_assert_often(n_well, 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_answer_is_what_the_header_says_in_all_graphs_of_up_to_three),
        cmocka_unit_test(the_answer_is_what_the_header_says_in_all_graphs_of_four),
        cmocka_unit_test(promises_are_kept_through_all_that_can_happen_to_up_to_three),
        cmocka_unit_test(promises_are_kept_through_random_events_in_larger_graphs),
    };
    return PROPERTY_RUN(tests);
}
