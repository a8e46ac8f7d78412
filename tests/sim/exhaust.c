// Everything that can happen to up to four services: every state that can be reached in so many steps, of every graph of
// requirements, with and without restart rules; of two services also where one comes after the other. After each step
// invariants.h must hold, and from each state all must come to rest.
//
// usage: exhaust [-r FILE | -w FILE] [DEPTH...]
//
//     -r FILE   the numbers of graphs, states and transitions must not be below those in FILE
//     -w FILE   writes FILE
//     DEPTH     steps for one service, for two, for three and for four; fewer than by default for a quick look
//
// Exit status 0: all is well, 1: it is not.
//
// Graphs that differ only by the names of services are one graph, and so are states of one graph. Times count from now,
// and a run's age counts only as short or as healthy, so there are finitely many states: of two services all are met.
// Where some of three or four services have restart rules and others have none, the search ends two steps earlier.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "invariants.h"

enum { MOST = 4, MOST_STEPS = 32, HEALTHY_MS = 1000000, PERMUTATIONS = 24 };

// ---- graphs ---------------------------------------------------------------------------------

// What a service names another one for. Of two services, edges of all kinds are tried, of more only requirements.
enum { NOTHING, REQUIRES, AFTER };

static int n_kinds(int n) {
    return n <= 2 ? AFTER + 1 : REQUIRES + 1;
}

// A service names only services of lower numbers: any graph without circles can be numbered so.
typedef struct {
    int n;
    int edge[MOST][MOST]; // [from][to]
    bool rules[MOST];
} graph_t;

// permutation[place]: the service that comes to that place.
typedef struct {
    int at[MOST];
} permutation_t;

static permutation_t permutations[MOST + 1][PERMUTATIONS];
static int n_permutations[MOST + 1];

static void add_permutations(int n, permutation_t *p, int placed) {
    if (placed == n) {
        permutations[n][n_permutations[n]++] = *p;
        return;
    }
    for (int i = 0; i < n; i++) {
        bool taken = false;
        for (int place = 0; place < placed; place++) {
            taken = taken || p->at[place] == i;
        }
        if (!taken) {
            p->at[placed] = i;
            add_permutations(n, p, placed + 1);
        }
    }
}

static graph_t permuted(const graph_t *g, const permutation_t *p) {
    graph_t to = { .n = g->n };
    for (int i = 0; i < g->n; i++) {
        to.rules[i] = g->rules[p->at[i]];
        for (int k = 0; k < g->n; k++) {
            to.edge[i][k] = g->edge[p->at[i]][p->at[k]];
        }
    }
    return to;
}

// The number of a graph: edges that lead downward, and rules, are its digits; -1 where an edge leads upward.
static int number_of(const graph_t *g) {
    int number = 0, unit = 1;
    for (int from = 0; from < g->n; from++) {
        for (int to = 0; to < g->n; to++) {
            if (to < from) {
                number += g->edge[from][to] * unit;
                unit *= n_kinds(g->n);
            } else if (g->edge[from][to] != NOTHING) {
                return -1;
            }
        }
    }
    for (int i = 0; i < g->n; i++, unit *= 2) {
        number += g->rules[i] ? unit : 0;
    }
    return number;
}

static int n_numbers(int n) {
    int numbers = 1 << n;
    for (int edges = n * (n - 1) / 2; edges > 0; edges--) {
        numbers *= n_kinds(n);
    }
    return numbers;
}

static graph_t graph_of(int n, int number) {
    graph_t g = { .n = n };
    for (int from = 0; from < n; from++) {
        for (int to = 0; to < from; to++, number /= n_kinds(n)) {
            g.edge[from][to] = number % n_kinds(n);
        }
    }
    for (int i = 0; i < n; i++, number /= 2) {
        g.rules[i] = number % 2 != 0;
    }
    return g;
}

// Of graphs that differ only by names the one of the lowest number stands for all.
static bool stands_for_others(const graph_t *g) {
    int number = number_of(g);
    for (int k = 0; k < n_permutations[g->n]; k++) {
        graph_t other = permuted(g, &permutations[g->n][k]);
        int other_number = number_of(&other);
        if (other_number >= 0 && other_number < number) {
            return false;
        }
    }
    return true;
}

static void print_graph(const graph_t *g) {
    for (int i = 0; i < g->n; i++) {
        printf(" %c%s", 'a' + i, g->rules[i] ? "(restarts)" : "");
        for (int k = 0; k < g->n; k++) {
            if (g->edge[i][k] != NOTHING) {
                printf(" %s %c", g->edge[i][k] == AFTER ? "comes after" : "requires", 'a' + k);
            }
        }
        printf("%s", i + 1 < g->n ? "," : "\n");
    }
}

static void make_world(world_t *w, const graph_t *g) {
    world_init(w, 10 * HEALTHY_MS);
    invariants_watch(w);
    w->manual = true;
    for (int i = 0; i < g->n; i++) {
        char name[2] = { (char)('a' + i), '\0' };
        world_file(w, name);
        if (g->rules[i]) {
            w->thing[i].rules.restart = (asvc_restart_rules_t){ .policy = ASVC_RESTART_ALWAYS,
                .delay_ms = 100,
                .delay_max_ms = 200,
                .factor_percent = 200,
                .healthy_ms = HEALTHY_MS,
                .burst = 2 };
        }
    }
    for (int i = 0; i < g->n; i++) {
        for (int k = 0; k < g->n; k++) {
            if (g->edge[i][k] != NOTHING) {
                world_name(w, i, k, g->edge[i][k] == AFTER ? WORLD_AFTER : WORLD_REQUIRES);
            }
        }
    }
}

// ---- steps ----------------------------------------------------------------------------------

typedef enum {
    START, // or load, where it is not loaded
    STOP,
    RESTART,
    UNLOAD,
    RESET,
    STEP, // its first one: it is up
    FAIL,
    RETURN,
    CANCEL, // it ends by a cancel, its user's or the manager's
    TIME, // to what is due next
    AGE, // so long that each run is a healthy one
    KINDS,
} kind_t;

// Of a service; TIME and AGE of none. starved: all starts within it find no memory.
typedef struct {
    uint8_t kind, service;
    bool starved;
} step_t;

static asvc_record_t *record(world_t *w, int i) {
    return w->thing[i].id == ASVC_NO_ID ? NULL : asvc_record(&w->m, w->thing[i].id);
}

static bool start_or_load(world_t *w, int i) {
    if (!w->thing[i].loaded) {
        return world_load(w, i);
    }
    return !asvc_record_goes_on(record(w, i)) && world_start(w, i);
}

static bool reset(world_t *w, int i) {
    return record(w, i) != NULL && record(w, i)->block != NULL && world_reset_failed(w, i);
}

static bool pass_time(world_t *w) {
    int64_t left_ms = asvc_manager_left_ms(&w->m);
    if (left_ms == ASVC_NEVER_MS) {
        return false;
    }
    world_jump(w, left_ms);
    return true;
}

static bool is_young(world_t *w, int i) {
    const asvc_record_t *r = record(w, i);
    return r != NULL && r->block != NULL && w->thing[i].runs && w->now_ms - r->block->started_ms < HEALTHY_MS;
}

static bool age(world_t *w) {
    bool any = false;
    for (int i = 0; i < WORLD_THINGS; i++) {
        any = any || is_young(w, i);
    }
    if (any) {
        world_jump(w, HEALTHY_MS);
    }
    return any;
}

// False: it has no meaning in this state.
static bool take(world_t *w, step_t step) {
    int i = step.service;
    switch ((kind_t)step.kind) {
    case START:
        return start_or_load(w, i);
    case STOP:
        return world_stop(w, i, false);
    case RESTART:
        return world_restart(w, i);
    case UNLOAD:
        return world_unload(w, i);
    case RESET:
        return reset(w, i);
    case STEP:
        return !w->thing[i].told && world_step(w, i);
    case FAIL:
        return world_end(w, i, ASVC_RAISED);
    case RETURN:
        return world_end(w, i, ASVC_RETURNED);
    case CANCEL:
        return world_end(w, i, ASVC_CANCELLED);
    case TIME:
        return pass_time(w);
    case AGE:
        return age(w);
    case KINDS:
        break;
    }
    return false;
}

// Whether it is worth a copy of the world.
static bool may_matter(const world_t *w, step_t step) {
    const world_thing_t *t = &w->thing[step.service];
    switch ((kind_t)step.kind) {
    case STOP:
    case RESTART:
    case UNLOAD:
        return t->loaded;
    case STEP:
        return t->runs && !t->stepped && !t->told;
    case FAIL:
    case RETURN:
    case CANCEL:
        return t->runs;
    case RESET:
        return t->id != ASVC_NO_ID;
    case TIME:
        return asvc_manager_left_ms(&w->m) != ASVC_NEVER_MS;
    case START:
    case AGE:
    case KINDS:
        break;
    }
    return true;
}

static unsigned starts_of(const world_t *w) {
    unsigned n = 0;
    for (int i = 0; i < WORLD_THINGS; i++) {
        n += w->thing[i].n_starts;
    }
    return n;
}

// Only what matters of times is kept, so that the same states look the same.
static void forget_times(world_t *w) {
    for (int i = 0; i < WORLD_THINGS; i++) {
        world_thing_t *t = &w->thing[i];
        if (record(w, i) != NULL && record(w, i)->block != NULL) {
            int64_t started_ms = w->now_ms - (is_young(w, i) ? 0 : HEALTHY_MS);
            t->block.started_ms = t->ghost.started_ms = started_ms;
            t->block.fed_ms = t->ghost.fed_ms = started_ms;
        }
        t->n_starts = 0;
        t->script.no_memory = 0;
    }
}

static bool make_step(world_t *w, step_t step) {
    for (int i = 0; i < WORLD_THINGS && step.starved; i++) {
        w->thing[i].script.no_memory = 1;
    }
    bool done = take(w, step);
    done = done && (!step.starved || starts_of(w) > 0);
    forget_times(w);
    return done;
}

// ---- states ---------------------------------------------------------------------------------

static uint64_t mixed(uint64_t a, uint64_t b) {
    uint64_t z = (a ^ b) * UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 29)) * UINT64_C(0xBF58476D1CE4E5B9);
    return z ^ (z >> 32);
}

// Whether another one comes after it.
static bool matters_for_order(const graph_t *g, int i) {
    bool any = false;
    for (int from = 0; from < g->n; from++) {
        any = any || g->edge[from][i] == AFTER;
    }
    return any;
}

// All that decides how a service goes on, but for its name and those it names. Facts and counters follow from that;
// what is true of instances, children, schedules and core services alone has no meaning here.
static uint64_t hash_of(world_t *w, const graph_t *g, int i) {
    const world_thing_t *t = &w->thing[i];
    const asvc_record_t *r = record(w, i);
    if (r == NULL) {
        return t->loaded;
    }
    const unsigned flags[] = { t->loaded, t->runs, t->runs && t->stepped, r->wanted,
        r->ran && matters_for_order(g, i), r->pending, r->delayed, r->by_policy, r->again, r->refused,
        r->unloading, r->hurry, r->hidden, asvc_edges_out(r) != 0 };
    uint64_t bits = 1u << 7 | (unsigned)r->run << 4 | (unsigned)r->last << 2 | r->verdict;
    for (size_t k = 0; k < sizeof(flags) / sizeof(flags[0]); k++) {
        bits = bits << 1 | flags[k];
    }
    uint64_t left_ms = 0;
    if (r->heap_at != 0) {
        uint32_t at = r->heap_at - 1u;
        left_ms = w->m.pages[at / ASVC_PAGE]->key_ms[at % ASVC_PAGE] - (uint32_t)w->now_ms + 1u;
    }
    uint64_t hash = mixed(bits, left_ms);
    if (r->block != NULL) {
        const asvc_restart_state_t *state = &r->block->restart;
        hash = mixed(hash,
            (uint64_t)state->delay_ms << 16 | (uint64_t)state->short_runs << 8 | (uint64_t)t->forgotten << 2
                | (uint64_t)state->limit_hit << 1 | is_young(w, i));
    }
    return hash;
}

// The same for states that differ only by names: services that can change places in the graph may have done so.
static uint64_t state_of(world_t *w, const graph_t *g, const permutation_t *same, int n_same) {
    uint64_t at[MOST], least = UINT64_MAX;
    for (int i = 0; i < g->n; i++) {
        at[i] = hash_of(w, g, i);
    }
    for (int k = 0; k < n_same; k++) {
        uint64_t hash = 1;
        for (int i = 0; i < g->n; i++) {
            hash = mixed(hash, at[same[k].at[i]]);
        }
        least = hash < least ? hash : least;
    }
    return least != 0 ? least : 1;
}

// States that were met: a table of hashes with places for twice as many.
typedef struct {
    uint64_t *place; // 0: free
    size_t n, size;
} set_t;

static void *checked(void *memory) {
    if (memory == NULL) {
        fprintf(stderr, "exhaust: no memory\n");
        exit(1);
    }
    return memory;
}

static bool add(set_t *set, uint64_t state);

static void enlarge(set_t *set) {
    set_t larger = { .size = set->size * 2 };
    larger.place = checked(calloc(larger.size, sizeof(*larger.place)));
    for (size_t at = 0; at < set->size; at++) {
        if (set->place[at] != 0) {
            add(&larger, set->place[at]);
        }
    }
    free(set->place);
    *set = larger;
}

// Answers whether it is new.
static bool add(set_t *set, uint64_t state) {
    if (2 * set->n >= set->size) {
        enlarge(set);
    }
    size_t at = state & (set->size - 1);
    while (set->place[at] != 0) {
        if (set->place[at] == state) {
            return false;
        }
        at = (at + 1) & (set->size - 1);
    }
    set->place[at] = state;
    set->n += 1;
    return true;
}

static void clear(set_t *set) {
    memset(set->place, 0, set->size * sizeof(*set->place));
    set->n = 0;
}

// States that are to be gone on from, each with the way to it.
typedef struct {
    world_t w;
    step_t way[MOST_STEPS];
} snapshot_t;

// They stay where they are: a world points into itself.
enum { CHUNK = 256, CHUNKS = 1 << 16 };

typedef struct {
    snapshot_t *chunk[CHUNKS];
    size_t n;
} frontier_t;

static snapshot_t *at(const frontier_t *f, size_t i) {
    return &f->chunk[i / CHUNK][i % CHUNK];
}

static snapshot_t *push(frontier_t *f) {
    size_t chunk = f->n / CHUNK;
    if (f->chunk[chunk] == NULL) {
        f->chunk[chunk] = checked(malloc(CHUNK * sizeof(snapshot_t)));
    }
    return at(f, f->n++);
}

// ---- searching ------------------------------------------------------------------------------

typedef struct {
    uint64_t graphs, states, transitions;
} count_t;

// What is searched now.
static struct {
    graph_t g;
    permutation_t same[PERMUTATIONS]; // of services that can change places in it
    int n_same;
    int depth, most;
    count_t *count;
    set_t met;
    frontier_t frontiers[2];
} the;

static void print_step(step_t step) {
    static const char *const names[KINDS] = { "start", "stop", "restart", "unload", "reset", "step", "fail",
        "return", "end by cancel", "what is due next", "a long time" };
    bool of_one = step.kind != TIME && step.kind != AGE;
    printf("    %s", names[step.kind]);
    if (of_one) {
        printf(" %c", 'a' + step.service);
    }
    printf("%s: ", step.starved ? ", without memory" : "");
}

// Goes the way once more, and says what happens.
static void explain(const step_t *way, int steps, const char *problem) {
    static world_t w;
    static world_trace_t trace;
    print_graph(&the.g);
    make_world(&w, &the.g);
    w.trace = &trace;
    for (int i = 0; i < steps; i++) {
        trace.len = 0;
        trace.text[0] = '\0';
        make_step(&w, way[i]);
        print_step(way[i]);
        printf("%s\n", trace.text);
    }
    printf("FAIL %s\n", problem);
}

static bool comes_to_rest(const world_t *w) {
    static world_t copy;
    world_copy(&copy, w);
    invariants_come_to_rest(&copy);
    return copy.broken[0] == '\0';
}

// Takes a step, and notes where it leads to. Answers whether all is well.
static bool search_step(const snapshot_t *from, step_t step) {
    static snapshot_t to;
    world_copy(&to.w, &from->w);
    if (!make_step(&to.w, step)) {
        return true;
    }
    memcpy(to.way, from->way, sizeof(to.way));
    to.way[the.depth] = step;
    the.count->transitions += 1;
    if (to.w.broken[0] != '\0') {
        explain(to.way, the.depth + 1, to.w.broken);
        return false;
    }
    if (!add(&the.met, state_of(&to.w, &the.g, the.same, the.n_same))) {
        return true;
    }
    if (!comes_to_rest(&to.w)) {
        explain(to.way, the.depth + 1, "it does not come to rest from here");
        return false;
    }
    if (the.depth + 1 < the.most) {
        snapshot_t *next = push(&the.frontiers[(the.depth + 1) % 2]);
        memcpy(next->way, to.way, sizeof(next->way));
        world_copy(&next->w, &to.w);
    }
    return true;
}

static bool search_from(const snapshot_t *from) {
    for (int kind = 0; kind < KINDS; kind++) {
        for (int i = 0; i < (kind == TIME || kind == AGE ? 1 : the.g.n); i++) {
            for (int starved = 0; starved < 2; starved++) {
                step_t step = { (uint8_t)kind, (uint8_t)i, starved };
                if (may_matter(&from->w, step) && !search_step(from, step)) {
                    return false;
                }
            }
        }
    }
    return true;
}

static void begin(const graph_t *g) {
    the.g = *g;
    the.n_same = 0;
    for (int k = 0; k < n_permutations[g->n]; k++) {
        graph_t other = permuted(g, &permutations[g->n][k]);
        if (memcmp(&other, g, sizeof(other)) == 0) {
            the.same[the.n_same++] = permutations[g->n][k];
        }
    }
    clear(&the.met);
    the.frontiers[0].n = 0;
    snapshot_t *first = push(&the.frontiers[0]);
    make_world(&first->w, g);
    forget_times(&first->w);
    add(&the.met, state_of(&first->w, g, the.same, the.n_same));
}

// Step by step, from all states that were new at the last step.
static bool search(const graph_t *g, int most) {
    begin(g);
    the.most = most;
    for (the.depth = 0; the.depth < most; the.depth++) {
        const frontier_t *now = &the.frontiers[the.depth % 2];
        the.frontiers[(the.depth + 1) % 2].n = 0;
        for (size_t i = 0; i < now->n; i++) {
            if (!search_from(at(now, i))) {
                return false;
            }
        }
    }
    the.count->graphs += 1;
    the.count->states += the.met.n;
    return true;
}

static bool search_all(int n, int depth, count_t *count) {
    the.count = count;
    for (int number = 0; number < n_numbers(n); number++) {
        graph_t g = graph_of(n, number);
        bool mixed = false;
        for (int i = 1; i < n; i++) {
            mixed = mixed || g.rules[i] != g.rules[0];
        }
        int most = n > 2 && mixed ? depth - 2 : depth;
        if (stands_for_others(&g) && !search(&g, most)) {
            return false;
        }
    }
    return true;
}

// ---- the numbers ----------------------------------------------------------------------------

#define LINE "services=%d depth=%d graphs=%" PRIu64 " states=%" PRIu64 " transitions=%" PRIu64
#define LINE_READ "services=%d depth=%d graphs=%" SCNu64 " states=%" SCNu64 " transitions=%" SCNu64

// What was recorded for so many services; all 0 where nothing was.
static count_t recorded(const char *file, int n, int depth) {
    count_t count = { 0 };
    char line[200];
    FILE *in = fopen(file, "r");
    while (in != NULL && fgets(line, sizeof(line), in) != NULL) {
        int services, steps;
        count_t read;
        if (sscanf(line, LINE_READ, &services, &steps, &read.graphs, &read.states, &read.transitions) == 5
            && services == n && steps == depth) {
            count = read;
        }
    }
    if (in != NULL) {
        fclose(in);
    }
    return count;
}

static bool is_enough(const count_t *count, const char *file, int n, int depth) {
    count_t least = recorded(file, n, depth);
    bool enough = least.graphs > 0 && count->graphs >= least.graphs && count->states >= least.states
        && count->transitions >= least.transitions;
    if (!enough) {
        printf("FAIL %s has more for %d services and %d steps, or nothing\n", file, n, depth);
    }
    return enough;
}

static FILE *create(const char *file) {
    FILE *out = fopen(file, "w");
    if (out == NULL) {
        perror(file);
        exit(1);
    }
    fprintf(out, "# What tests/sim/exhaust.c has to look at at least. Written by `make record-exhaust`.\n");
    return out;
}

int main(int argc, char **argv) {
    int depths[MOST + 1] = { 0, 24, 24, 8, 6 };
    bool reads = argc > 2 && strcmp(argv[1], "-r") == 0;
    FILE *out = argc > 2 && strcmp(argv[1], "-w") == 0 ? create(argv[2]) : NULL;
    int first = reads || out != NULL ? 3 : 1;
    for (int i = 0; i < MOST && first + i < argc; i++) {
        depths[1 + i] = atoi(argv[first + i]) < MOST_STEPS ? atoi(argv[first + i]) : MOST_STEPS;
    }
    the.met.size = 1 << 16;
    the.met.place = checked(calloc(the.met.size, sizeof(*the.met.place)));
    bool well = true;
    for (int n = 1; n <= MOST && well; n++) {
        permutation_t p;
        count_t count = { 0 };
        clock_t began = clock();
        add_permutations(n, &p, 0);
        well = search_all(n, depths[n], &count);
        well = well && (!reads || is_enough(&count, argv[2], n, depths[n]));
        printf(LINE, n, depths[n], count.graphs, count.states, count.transitions);
        printf(" seconds=%.1f %s\n", (double)(clock() - began) / CLOCKS_PER_SEC, well ? "ok" : "FAIL");
        if (out != NULL) {
            fprintf(out, LINE "\n", n, depths[n], count.graphs, count.states, count.transitions);
        }
        fflush(stdout);
    }
    return well ? 0 : 1;
}
