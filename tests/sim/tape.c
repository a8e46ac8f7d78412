#include "tape.h"

#include <string.h>

#include "invariants.h"

// ---- kinds of ops ---------------------------------------------------------------------------

#define KINDS(KIND)                                                                                          \
    KIND(NEST, play_nest, 4)                                                                                 \
    KIND(LOAD, play_load, 8)                                                                                 \
    KIND(START, play_start, 5)                                                                               \
    KIND(STOP, play_stop, 6)                                                                                 \
    KIND(RESTART, play_restart, 5)                                                                           \
    KIND(UNLOAD, play_unload, 5)                                                                             \
    KIND(RESET_FAILED, play_reset_failed, 1)                                                                 \
    KIND(BOOT, play_boot, 2)                                                                                 \
    KIND(LEAVE_BOOT, play_leave_boot, 1)                                                                     \
    KIND(CHILD, play_child, 4)                                                                               \
    KIND(DELETE, play_delete, 3)                                                                             \
    KIND(TASK, play_task, 1)                                                                                 \
    KIND(SCHEDULE, play_schedule, 3)                                                                         \
    KIND(UNSCHEDULE, play_unschedule, 1)                                                                     \
    KIND(RUN_SCHEDULE, play_run_schedule, 3)                                                                 \
    KIND(INTERRUPT, play_interrupt, 1)                                                                       \
    KIND(NEW_LOOP, play_new_loop, 1)                                                                         \
    KIND(STEP, play_step, 24)                                                                                \
    KIND(READY, play_ready, 6)                                                                               \
    KIND(FEED, play_feed, 2)                                                                                 \
    KIND(END, play_end, 14)                                                                                  \
    KIND(OBEY, play_obey, 16)                                                                                \
    KIND(TAKE_BACK, play_take_back, 1)                                                                       \
    KIND(PASS, play_pass, 14)                                                                                \
    KIND(JUMP, play_jump, 3)                                                                                 \
    KIND(WAIT, play_wait, 3)                                                                                 \
    KIND(NAME, play_name, 10)                                                                                \
    KIND(UNNAME, play_unname, 1)                                                                             \
    KIND(RULES, play_rules, 4)                                                                               \
    KIND(CORE, play_core, 2)                                                                                 \
    KIND(FILE_SCHEDULE, play_file_schedule, 2)                                                               \
    KIND(NO_MEMORY, play_no_memory, 1)                                                                       \
    KIND(CANNOT_START, play_cannot_start, 1)                                                                 \
    KIND(ENDS_IN_CANCEL, play_ends_in_cancel, 1)                                                             \
    KIND(STOP_BY, play_stop_by, 3)

#define KIND_ENUM(name, play, weight) OP_##name,
#define KIND_WEIGHT(name, play, weight) weight,
#define KIND_PLAY(name, play, weight) play,

typedef enum { KINDS(KIND_ENUM) OP_KINDS } op_kind_t;

void tape_make(tape_t *tape, unsigned n, tape_random_t random, void *context) {
    static const uint8_t weights[] = { KINDS(KIND_WEIGHT) };
    unsigned all = 0;
    for (int kind = 0; kind < OP_KINDS; kind++) {
        all += weights[kind];
    }
    tape->services = (uint8_t)random(context);
    tape->n = (uint16_t)n;
    for (unsigned i = 0; i < n; i++) {
        uint64_t bits = random(context);
        unsigned left = (unsigned)(bits >> 32) % all;
        uint8_t kind = 0;
        while (left >= weights[kind]) {
            left -= weights[kind++];
        }
        tape->op[i] = (tape_op_t){ kind, (uint8_t)bits, (uint8_t)(bits >> 8), (uint8_t)(bits >> 16) };
    }
}

void tape_read(tape_t *tape, const uint8_t *bytes, size_t len) {
    tape->services = len > 0 ? bytes[0] : 0;
    tape->n = 0;
    for (size_t at = 1; at + 4 <= len && tape->n < TAPE_MOST; at += 4) {
        tape->op[tape->n++] = (tape_op_t){ bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3] };
    }
}

// ---- playing --------------------------------------------------------------------------------

typedef struct {
    const tape_t *tape;
    unsigned at; // the next op
    unsigned services;
    unsigned armed; // so many actions until the next op is played within one; 0: it is not
    world_trace_t *trace;
    FILE *out;
} player_t;

// The nth of those that pass, counted round; -1: none does.
static int nth(world_t *w, unsigned n, bool (*passes)(const world_thing_t *t)) {
    int found[WORLD_THINGS];
    unsigned n_found = 0;
    for (int i = 0; i < WORLD_THINGS; i++) {
        if (w->thing[i].used && passes(&w->thing[i])) {
            found[n_found++] = i;
        }
    }
    return n_found == 0 ? -1 : found[n % n_found];
}

static bool may_end(const world_thing_t *t) {
    return t->runs && (t->stepped || !t->told); // a cancel comes before the first step
}

static bool runs_on(const world_thing_t *t) {
    return t->runs && !t->told;
}

static bool is_child_that_runs(const world_thing_t *t) {
    return t->kind == ASVC_KIND_CHILD && t->runs && t->stepped;
}

static bool has_not_stepped(const world_thing_t *t) {
    return t->runs && !t->stepped;
}

static bool is_told(const world_thing_t *t) {
    return t->runs && t->told;
}

static bool is_loaded(const world_thing_t *t) {
    return t->loaded;
}

static bool is_loaded_service(const world_thing_t *t) {
    return t->loaded && t->kind == ASVC_KIND_SERVICE;
}

static bool can_be_deleted(const world_thing_t *t) {
    return t->loaded && t->kind != ASVC_KIND_SERVICE;
}

static asvc_rules_t some_rules(uint8_t b, uint8_t c) {
#define POLICY_ID(id, name, ends) ASVC_RESTART_##id,
    static const uint8_t policies[] = { ASVC_RESTART_POLICIES(POLICY_ID) };
#undef POLICY_ID
    asvc_rules_t rules = {
        .ready_ms = b & 4 ? 300 : 0,
        .watchdog_ms = b & 8 ? 400 : 0,
        .stop_ms = b & 16 ? 100 : 0,
    };
    rules.restart = (asvc_restart_rules_t){
        .delay_ms = c & 1 ? 200 : 0,
        .delay_max_ms = c & 2 ? 1000 : 300,
        .healthy_ms = c & 4 ? 1000 : 50,
        .factor_percent = c & 8 ? 200 : 150,
        .burst = (uint8_t)((c >> 4) % 4),
        .policy = policies[((b & 3) + (b >> 5)) % sizeof(policies)],
    };
    return rules;
}

static int64_t some_ms(uint8_t n) {
    static const int16_t ms[] = { 0, 1, 50, 99, 100, 101, 200, 300, 399, 400, 700, 1000, 1300, 5000, 6000,
        150 };
    return ms[n % 16];
}

static int64_t a_long_time_ms(uint8_t n) {
    static const int64_t days[] = { 1, 11, 13, 24, 26, 49, 51, 1000 };
    return n < 128 ? some_ms(n) * 3 : days[n % 8] * 86400000 + n;
}

static const char *name_of(world_t *w, int i) {
    return i < 0 ? "nothing" : w->thing[i].name[0] == '\0' ? "(gone)" : w->thing[i].name;
}

// Says what is about to be done, and all that has followed from what was done before.
static void flush(player_t *p) {
    if (p->out != NULL && p->trace->len > 0) {
        fprintf(p->out, "        %s\n", p->trace->text);
    }
    p->trace->len = 0;
    p->trace->text[0] = '\0';
}

#define SAY(...)                                                                                             \
    do {                                                                                                     \
        if (p->out != NULL) {                                                                                \
            flush(p);                                                                                        \
            fprintf(p->out, "%8d ms%*s ", (int)(w->now_ms - w->began_ms), 2 * w->depth, "");                 \
            fprintf(p->out, __VA_ARGS__);                                                                    \
            fprintf(p->out, "\n");                                                                           \
        }                                                                                                    \
    } while (0)

typedef void (*play_t)(world_t *w, player_t *p, const tape_op_t *op);

static void play_one(world_t *w, player_t *p);

// The next op is played within an action of the one after it.
static void play_nest(world_t *w, player_t *p, const tape_op_t *op) {
    if (p->at < p->tape->n) {
        p->armed = 1 + op->a % 4;
        play_one(w, p);
    }
}

// ---- what files say -------------------------------------------------------------------------

static int file_of(const player_t *p, uint8_t n) {
    return (int)(n % p->services);
}

static void play_name(world_t *w, player_t *p, const tape_op_t *op) {
    static const uint8_t kinds[] = { WORLD_REQUIRES, WORLD_REQUIRES, WORLD_REQUIRES, WORLD_AFTER,
        WORLD_WANTS };
    static const char *const words[] = { "requires", "comes after", "wants" };
    int from = file_of(p, op->a), to = file_of(p, op->b), kind = kinds[op->c % 5];
    if (to != from) {
        SAY("%s %s %s", name_of(w, from), words[kind], name_of(w, to));
        world_name(w, from, to, kind);
    }
}

static void play_unname(world_t *w, player_t *p, const tape_op_t *op) {
    world_thing_t *t = &w->thing[file_of(p, op->a)];
    SAY("%s names nobody", t->name);
    memset(t->n_named, 0, sizeof(t->n_named));
}

static void play_rules(world_t *w, player_t *p, const tape_op_t *op) {
    world_thing_t *t = &w->thing[file_of(p, op->a)];
    t->rules = some_rules(op->b, op->c);
    const asvc_restart_rules_t *r = &t->rules.restart;
    SAY("%s: restart {%d, delay %d, max %d, factor %d, burst %d, healthy %d}, ready %d, watchdog %d, stop %d",
        t->name, r->policy, (int)r->delay_ms, (int)r->delay_max_ms, r->factor_percent, r->burst,
        (int)r->healthy_ms, (int)t->rules.ready_ms, (int)t->rules.watchdog_ms, (int)t->rules.stop_ms);
}

static void play_core(world_t *w, player_t *p, const tape_op_t *op) {
    world_thing_t *t = &w->thing[file_of(p, op->a)];
    t->core = op->b % 2 == 0;
    t->start_in_ms = WORLD_NEVER;
    SAY("%s is a %s service", t->name, t->core ? "core" : "runtime");
}

static void play_file_schedule(world_t *w, player_t *p, const tape_op_t *op) {
    world_thing_t *t = &w->thing[file_of(p, op->a)];
    t->core = false;
    t->start_in_ms = op->b % 4 == 0 ? WORLD_NEVER : some_ms(op->b);
    t->repeat_ms = op->c % 2 == 0 ? 0 : 100 + some_ms(op->c);
    SAY("%s: schedule in %d, repeat %d", t->name, (int)t->start_in_ms, (int)t->repeat_ms);
}

static void play_no_memory(world_t *w, player_t *p, const tape_op_t *op) {
    world_thing_t *t = &w->thing[file_of(p, op->a)];
    t->script.no_memory = op->b % 3;
    SAY("%s finds no memory %d times", t->name, t->script.no_memory);
}

static void play_cannot_start(world_t *w, player_t *p, const tape_op_t *op) {
    world_thing_t *t = &w->thing[file_of(p, op->a)];
    t->script.cannot_start = op->b % 2 == 0;
    SAY("%s %s be started", t->name, t->script.cannot_start ? "cannot" : "can");
}

static void play_ends_in_cancel(world_t *w, player_t *p, const tape_op_t *op) {
    world_thing_t *t = &w->thing[file_of(p, op->a)];
    t->script.ends_in_cancel = op->b % 2 == 0;
    SAY("%s ends %s cancel", t->name, t->script.ends_in_cancel ? "in its" : "some time after its");
}

// ---- what users do --------------------------------------------------------------------------

static void play_load(world_t *w, player_t *p, const tape_op_t *op) {
    w->tells_refusals = op->b % 4 == 0;
    SAY("load %s", name_of(w, file_of(p, op->a)));
    world_load(w, file_of(p, op->a));
}

static void play_boot(world_t *w, player_t *p, const tape_op_t *op) {
    (void)op;
    SAY("boot");
    world_boot(w);
}

static void play_leave_boot(world_t *w, player_t *p, const tape_op_t *op) {
    (void)op;
    SAY("leave boot");
    world_leave_boot(w);
}

static void play_task(world_t *w, player_t *p, const tape_op_t *op) {
    char name[WORLD_NAME] = { 't', (char)('0' + op->b % 3) };
    if (op->c % 8 == 7) {
        SAY("a task that is in no table");
        world_unlisted_task(w);
        return;
    }
    SAY("task %s%s", name, op->c % 2 == 0 ? "" : ", not started");
    world_task(w, name, op->c % 2 == 0);
}

static void play_run_schedule(world_t *w, player_t *p, const tape_op_t *op) {
    SAY("the schedule %s", op->b % 4 != 0 ? "runs" : "stops");
    world_run_schedule(w, op->b % 4 != 0);
}

static void play_interrupt(world_t *w, player_t *p, const tape_op_t *op) {
    (void)op;
    SAY("interrupt");
    world_interrupt(w);
}

static void play_new_loop(world_t *w, player_t *p, const tape_op_t *op) {
    (void)op;
    SAY("new loop");
    world_new_loop(w);
}

// What a user may name: more often a service.
static int some_loaded(world_t *w, const tape_op_t *op) {
    return nth(w, op->a, op->b % 4 == 0 ? is_loaded : is_loaded_service);
}

static void play_start(world_t *w, player_t *p, const tape_op_t *op) {
    int i = some_loaded(w, op);
    if (i >= 0) {
        SAY("start %s", name_of(w, i));
        world_start(w, i);
    }
}

static void play_stop(world_t *w, player_t *p, const tape_op_t *op) {
    int i = some_loaded(w, op);
    if (i >= 0) {
        SAY("stop %s%s", name_of(w, i), op->c % 4 == 0 ? ", but not its schedule" : "");
        world_stop(w, i, op->c % 4 == 0);
    }
}

static void play_restart(world_t *w, player_t *p, const tape_op_t *op) {
    int i = some_loaded(w, op);
    if (i >= 0) {
        SAY("restart %s", name_of(w, i));
        world_restart(w, i);
    }
}

static void play_unload(world_t *w, player_t *p, const tape_op_t *op) {
    int i = nth(w, op->a, is_loaded_service);
    if (i >= 0) {
        SAY("unload %s", name_of(w, i));
        world_unload(w, i);
    }
}

static void play_reset_failed(world_t *w, player_t *p, const tape_op_t *op) {
    int i = some_loaded(w, op);
    if (i >= 0) {
        SAY("reset_failed %s", name_of(w, i));
        world_reset_failed(w, i);
    }
}

// A child stops something, often its own service.
static void play_stop_by(world_t *w, player_t *p, const tape_op_t *op) {
    int by = nth(w, op->a, is_child_that_runs), i = nth(w, op->b, is_loaded);
    if (by >= 0 && i >= 0) {
        i = op->c % 4 < 2 && w->thing[w->thing[by].parent].loaded ? w->thing[by].parent : i;
        SAY("stop %s by %s", name_of(w, i), name_of(w, by));
        world_stop_by(w, by, i, op->c & 1);
    }
}

static void play_child(world_t *w, player_t *p, const tape_op_t *op) {
    char name[WORLD_NAME] = { 'k', (char)('0' + op->c % 2) };
    int parent = nth(w, op->a, is_loaded_service);
    if (parent >= 0) {
        SAY("child %s of %s", name, name_of(w, parent));
        world_child(w, parent, name);
    }
}

static void play_delete(world_t *w, player_t *p, const tape_op_t *op) {
    int i = nth(w, op->a, op->b % 4 == 0 ? is_loaded : can_be_deleted);
    if (i >= 0) {
        SAY("delete %s", name_of(w, i));
        world_delete(w, i);
    }
}

static void play_schedule(world_t *w, player_t *p, const tape_op_t *op) {
    int i = some_loaded(w, op);
    int64_t in_ms = op->b % 8 == 0 ? WORLD_NEVER : some_ms(op->b >> 3);
    int64_t repeat_ms = op->c % 2 == 0 ? 0 : 100 + some_ms(op->c >> 1);
    if (op->c >= 240) {
        in_ms = INT64_C(20) * 86400000; // further than the horizon
    }
    if (i >= 0) {
        bool wanted = op->b % 4 != 1;
        SAY("%s %s in %d, repeat %d", wanted ? "schedule" : "put in the schedule", name_of(w, i), (int)in_ms,
            (int)repeat_ms);
        (wanted ? world_schedule : world_put_in_schedule)(w, i, in_ms, repeat_ms);
    }
}

static void play_unschedule(world_t *w, player_t *p, const tape_op_t *op) {
    int i = some_loaded(w, op);
    if (i >= 0) {
        SAY("unschedule %s", name_of(w, i));
        world_unschedule(w, i);
    }
}

// ---- what runs do ---------------------------------------------------------------------------

static void play_step(world_t *w, player_t *p, const tape_op_t *op) {
    int i = nth(w, op->a, has_not_stepped);
    if (i >= 0) {
        SAY("%s steps", name_of(w, i));
        world_step(w, i);
    }
}

static void play_take_back(world_t *w, player_t *p, const tape_op_t *op) {
    int i = nth(w, op->a, has_not_stepped);
    if (i >= 0) {
        int64_t in_ms = some_ms(op->b), repeat_ms = op->c % 2 == 0 ? 0 : 100 + some_ms(op->c);
        SAY("%s is taken back, and scheduled in %d, repeat %d", name_of(w, i), (int)in_ms, (int)repeat_ms);
        world_take_back(w, i, in_ms, repeat_ms);
    }
}

static void play_ready(world_t *w, player_t *p, const tape_op_t *op) {
    int i = nth(w, op->a, runs_on);
    if (i >= 0) {
        SAY("%s is ready", name_of(w, i));
        world_ready(w, i);
    }
}

static void play_feed(world_t *w, player_t *p, const tape_op_t *op) {
    int i = nth(w, op->a, runs_on);
    if (i >= 0) {
        SAY("%s is fed", name_of(w, i));
        world_feed(w, i);
    }
}

static void play_end(world_t *w, player_t *p, const tape_op_t *op) {
    static const uint8_t hows[] = { ASVC_RETURNED, ASVC_RAISED, ASVC_RAISED, ASVC_CANCELLED };
    static const char *const words[] = { "returns", "raises", "raises", "is cancelled by its user" };
    int i = nth(w, op->a, may_end);
    if (i >= 0) {
        SAY("%s %s", name_of(w, i), words[op->b % 4]);
        world_end(w, i, (asvc_how_t)hows[op->b % 4]);
    }
}

static void play_obey(world_t *w, player_t *p, const tape_op_t *op) {
    int i = nth(w, op->a, is_told);
    if (i >= 0) {
        SAY("%s ends as it was told", name_of(w, i));
        world_end(w, i, ASVC_CANCELLED);
    }
}

static void play_pass(world_t *w, player_t *p, const tape_op_t *op) {
    SAY("%d ms pass", (int)some_ms(op->a));
    world_pass(w, some_ms(op->a));
}

// Nobody looks, and events are raised at that time: a deadline may have passed before it is looked at.
static void play_wait(world_t *w, player_t *p, const tape_op_t *op) {
    SAY("%lld ms go by", (long long)a_long_time_ms(op->a));
    w->now_ms += a_long_time_ms(op->a);
}

static void play_jump(world_t *w, player_t *p, const tape_op_t *op) {
    SAY("nobody looks for %lld ms", (long long)a_long_time_ms(op->a));
    world_jump(w, a_long_time_ms(op->a));
}

// ---- a whole tape ---------------------------------------------------------------------------

static void play_one(world_t *w, player_t *p) {
    static const play_t play[] = { KINDS(KIND_PLAY) };
    const tape_op_t *op = &p->tape->op[p->at++];
    play[op->kind % OP_KINDS](w, p, op);
}

static void meddle(world_t *w, const asvc_action_t *action, int i) {
    player_t *p = w->context;
    (void)action;
    (void)i;
    if (p->armed > 0 && --p->armed == 0 && w->depth <= TAPE_DEPTH && p->at < p->tape->n
        && w->broken[0] == '\0') {
        play_one(w, p);
    }
}

void tape_play(world_t *w, const tape_t *tape, int64_t now_ms, bool copies, FILE *out) {
    static world_t other;
    world_trace_t trace = { .len = 0 };
    player_t player = {
        .tape = tape, .services = tape->services % TAPE_SERVICES + 1u, .trace = &trace, .out = out
    };
    player_t *p = &player;
    world_init(w, now_ms);
    invariants_watch(w);
    w->manual = true;
    w->meddle = meddle;
    w->context = p;
    w->trace = out == NULL ? NULL : &trace;
    for (unsigned i = 0; i < p->services; i++) {
        world_file(w, (const char[]){ (char)('a' + i), '\0' });
    }
    while (p->at < tape->n && w->broken[0] == '\0') {
        if (copies && p->at >= tape->n / 2) {
            copies = false;
            world_copy(&other, w);
            memset(w, 0xA5, sizeof(*w));
            world_copy(w, &other);
        }
        play_one(w, p);
        p->armed = 0;
    }
    if (w->broken[0] == '\0') {
        SAY("all comes to rest");
        invariants_come_to_rest(w);
    }
    flush(p);
    if (out != NULL) {
        fprintf(out, "%s\n", w->broken[0] == '\0' ? "all is well" : w->broken);
    }
}

// ---- shrinking ------------------------------------------------------------------------------

static bool fails(const tape_t *tape, int64_t now_ms) {
    static world_t w;
    tape_play(&w, tape, now_ms, false, NULL);
    return w.broken[0] != '\0';
}

static bool take(tape_t *tape, const tape_t *shorter, int64_t now_ms) {
    bool takes = fails(shorter, now_ms);
    if (takes) {
        *tape = *shorter;
    }
    return takes;
}

// Leaves out so many ops at a time, wherever that can be.
static bool shorten(tape_t *tape, unsigned by, int64_t now_ms) {
    bool any = false;
    for (unsigned at = tape->n; at-- > 0;) {
        tape_t shorter = *tape;
        unsigned end = at + by < tape->n ? at + by : tape->n;
        memmove(shorter.op + at, shorter.op + end, (tape->n - end) * sizeof(tape->op[0]));
        shorter.n = (uint16_t)(tape->n - (end - at));
        any = take(tape, &shorter, now_ms) || any;
    }
    return any;
}

// Makes numbers smaller: lower ones mean less.
static bool simplify(tape_t *tape, int64_t now_ms) {
    bool any = false;
    for (unsigned at = 0; at < tape->n; at++) {
        for (int field = 0; field < 3; field++) {
            tape_t simpler = *tape;
            uint8_t *number = field == 0 ? &simpler.op[at].a
                : field == 1             ? &simpler.op[at].b
                                         : &simpler.op[at].c;
            static const uint8_t modulo[] = { 1, 2, 4, 8, 16, 32 };
            uint8_t before = *number;
            for (size_t m = 0; m < sizeof(modulo) && *number == before; m++) {
                *number = before % modulo[m];
                if (*number == before || !take(tape, &simpler, now_ms)) {
                    *number = before;
                }
            }
            any = any || *number != before;
        }
    }
    return any;
}

static bool use_fewer_services(tape_t *tape, int64_t now_ms) {
    for (uint8_t services = 0; services < tape->services % TAPE_SERVICES; services++) {
        tape_t fewer = *tape;
        fewer.services = services;
        if (take(tape, &fewer, now_ms)) {
            return true;
        }
    }
    return false;
}

void tape_shrink(tape_t *tape, int64_t now_ms) {
    for (bool more = true; more;) {
        more = use_fewer_services(tape, now_ms);
        for (unsigned by = tape->n / 2; by > 0; by /= 2) {
            more = shorten(tape, by, now_ms) || more;
        }
        more = simplify(tape, now_ms) || more;
    }
}
