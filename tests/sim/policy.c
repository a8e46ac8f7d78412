// The manager against a model of it, model.h: random events, also several before the manager is asked what to do, with
// everything that a service can ask for. There is no world here: who drives the manager keeps to its contract, and does
// what he likes.
//
//     ASVC_SEED   other random numbers
//     ASVC_RUNS   how many events
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model.h"
#include "manager/edges.h"
#include "property.h"

#if defined(__SANITIZE_ADDRESS__)
enum { EVENTS = 300000 };
#else
enum { EVENTS = 3000000 };
#endif

enum { SLOTS = 6, PAGES = 1 + 40 / ASVC_PAGE, EDGE_PAGES = 1 + 40 / ASVC_EDGE_PAGE, MOST_BELOW = 3 };

// What the driver knows of a record.
typedef struct {
    bool used, runs, stepped, told;
    int slot; // of a service; those that it requires, or comes after, have lower ones
    asvc_block_t block;
} task_t;

static asvc_manager_t manager;
static asvc_page_t pages[PAGES];
static asvc_page_t *page_table[PAGES];
static asvc_edge_page_t edge_pages[EDGE_PAGES];
static asvc_edge_page_t *edge_table[EDGE_PAGES];
static model_t model;
static task_t tasks[MODEL_MAX + 1];
static asvc_id_t id_of[SLOTS]; // ASVC_NO_ID: there is none
static int64_t now_ms;
static property_random_t source;
static bool by_chance; // starts fail, and runs end in their cancel
static bool looked; // since the manager was asked what to do
static char story[1 << 16];
static size_t story_len;

static uint32_t below(uint32_t limit) {
    return property_below(&source, limit);
}

static bool one_in(uint32_t n) {
    return below(n) == 0;
}

// ---- what has happened so far ---------------------------------------------------------------

static void note(const char *format, ...) {
    va_list args;
    va_start(args, format);
    size_t room = sizeof(story) - story_len;
    int n = vsnprintf(story + story_len, room, format, args);
    story_len += n > 0 && (size_t)n < room ? (size_t)n : 0;
    va_end(args);
}

static void check(const char *problem, asvc_id_t about) {
    if (problem != NULL) {
        fprintf(stderr, "%s\n", story);
        fail_msg("%d: %s", about, problem);
    }
}

// ---- both are told --------------------------------------------------------------------------

// Each argument is worked out twice.
#define TELL(name, ...)                                                                                      \
    do {                                                                                                     \
        asvc_manager_##name(&manager, __VA_ARGS__);                                                          \
        model_##name(&model, __VA_ARGS__);                                                                   \
    } while (0)

static asvc_id_t define(asvc_kind_t kind, asvc_id_t parent) {
    asvc_id_t id = asvc_manager_define(&manager, kind, parent, NULL, kind != ASVC_KIND_TASK);
    check(model_define(&model, id, kind, parent, kind != ASVC_KIND_TASK), id);
    tasks[id] = (task_t){ .used = true, .slot = -1 };
    return id;
}

static asvc_rules_t any_rules(void) {
    return (asvc_rules_t){
        .restart = { .policy = (uint8_t)below(ASVC_RESTART_COUNT),
            .delay_ms = below(3) * 100,
            .delay_max_ms = below(1000),
            .factor_percent = (uint16_t)below(400),
            .healthy_ms = below(2) * 400,
            .burst = (uint8_t)below(4) },
        .ready_ms = one_in(3) ? 300 : 0,
        .stop_ms = one_in(2) ? 500 : 0,
        .watchdog_ms = one_in(3) ? 400 : 0,
    };
}

// Gives it rules, or none.
static void give_rules(asvc_id_t id, bool needs) {
    tasks[id].block = (asvc_block_t){ .started_ms = now_ms, .fed_ms = now_ms };
    TELL(set_block, id, NULL, NULL);
    if (needs || !one_in(3)) {
        asvc_rules_t rules = any_rules();
        TELL(set_block, id, &tasks[id].block, &rules);
    }
}

static asvc_id_t service(int slot) {
    if (id_of[slot] == ASVC_NO_ID) {
        id_of[slot] = define(ASVC_KIND_SERVICE, ASVC_NO_ID);
        tasks[id_of[slot]].slot = slot;
        TELL(hide, id_of[slot], true);
    }
    return id_of[slot];
}

// Reads a file, as a load does.
static void read_file(int slot) {
    asvc_id_t id = service(slot);
    TELL(hide, id, false);
    TELL(clear_names, id);
    for (int kind = ASVC_REQUIRES; kind <= ASVC_AFTER; kind++) { // what it requires first
        for (int other = 0; other < slot; other++) {
            if (one_in(kind == ASVC_REQUIRES ? 4 : 6)) {
                asvc_id_t to = service(other);
                TELL(name, id, to, (asvc_edge_kind_t)kind);
            }
        }
    }
    if (!tasks[id].runs) {
        bool core = one_in(4);
        TELL(set_core, id, core);
        TELL(unschedule, id);
        give_rules(id, false);
    }
    note(" file");
}

static void schedule(asvc_id_t id) {
    if (model.record[id].has_block && !looked) { // what is late is told so before it looks again
        int64_t due_ms = one_in(5) ? ASVC_NEVER_MS : now_ms + below(3) * 150;
        int64_t period_ms = one_in(2) ? 0 : 1 + below(500);
        TELL(schedule, id, due_ms, period_ms, false);
        TELL(want, id);
    }
}

static void run_schedule(bool runs) {
    TELL(run_schedule, runs);
    for (asvc_id_t id = 1; id <= MODEL_MAX; id++) {
        if (model.record[id].used && model.record[id].scheduled) {
            TELL(schedule, id, model.record[id].due_ms, model.record[id].period_ms, false);
        }
    }
}

static void end_run(asvc_id_t id, asvc_how_t how) {
    tasks[id].runs = false;
    note(" end%d.%d", id, how);
    TELL(ended, id, how);
}

// ---- what the manager asks for --------------------------------------------------------------

static void begin_run(asvc_id_t id) {
    if (by_chance && one_in(12)) {
        note(" starved");
        TELL(no_memory, id);
    } else if (by_chance && one_in(12)) {
        note(" unable");
        TELL(cannot_start, id);
    } else {
        tasks[id].runs = true;
        tasks[id].stepped = tasks[id].told = false;
    }
}

static void release(asvc_id_t id) {
    if (tasks[id].slot >= 0) {
        id_of[tasks[id].slot] = ASVC_NO_ID;
        TELL(clear_names, id);
    }
    TELL(release, id);
    tasks[id].used = false;
}

static void carry_out(const asvc_action_t *action) {
    asvc_id_t id = action->id;
    switch (action->kind) {
    case ASVC_DO_START:
        assert_false(tasks[id].runs);
        begin_run(id);
        break;
    case ASVC_DO_CANCEL:
        assert_true(tasks[id].runs);
        tasks[id].told = true;
        if (by_chance && one_in(6)) {
            end_run(id, ASVC_CANCELLED);
        }
        break;
    case ASVC_DO_FORGET:
        for (asvc_id_t other = 1; other <= MODEL_MAX; other++) {
            if (tasks[other].used && model.record[other].parent == id) {
                TELL(hide, other, true);
            }
        }
        break;
    case ASVC_DO_RELEASE:
        release(id);
        break;
    case ASVC_DO_NOTHING:
    case ASVC_DO_UNSCHEDULE:
    case ASVC_DO_ESCALATE:
    case ASVC_DO_BOOT:
    case ASVC_TELL_REFUSED:
    case ASVC_TELL_STUCK:
    case ASVC_TELL_MISSED:
    case ASVC_TELL_VIEW:
        break;
    }
}

static void drain(void) {
    static const char *const names[] = { [ASVC_DO_START] = "start",
        [ASVC_DO_CANCEL] = "cancel",
        [ASVC_DO_UNSCHEDULE] = "unschedule",
        [ASVC_DO_FORGET] = "forget",
        [ASVC_DO_RELEASE] = "release",
        [ASVC_DO_ESCALATE] = "escalate",
        [ASVC_DO_BOOT] = "booted",
        [ASVC_TELL_REFUSED] = "refused",
        [ASVC_TELL_STUCK] = "stuck" };
    asvc_id_t about = ASVC_NO_ID;
    note(" ->");
    for (int n = 0; n < 1000; n++) {
        asvc_action_t action = asvc_manager_next(&manager);
        model_settle(&model);
        if (action.kind == ASVC_DO_NOTHING) {
            looked = false;
            const char *problem = model_rests(&model, &manager, &about);
            check(problem, about);
            problem = model_agrees(&model, &manager, &about);
            check(problem, about);
            return;
        }
        if (action.kind == ASVC_TELL_MISSED || action.kind == ASVC_TELL_VIEW) {
            continue; // the model knows nothing of how things look
        }
        note(" %s %d,", names[action.kind], action.id);
        check(model_take(&model, &action), action.id);
        carry_out(&action);
    }
    check("there is no end to what is to be done", ASVC_NO_ID);
}

// ---- what happens ---------------------------------------------------------------------------

static asvc_id_t any_task(void) {
    asvc_id_t from[MODEL_MAX];
    uint32_t n = 0;
    for (asvc_id_t id = 1; id <= MODEL_MAX; id++) {
        if (tasks[id].used) {
            from[n++] = id;
        }
    }
    return n == 0 ? ASVC_NO_ID : from[below(n)];
}

static uint32_t count_below(asvc_id_t parent) {
    uint32_t n = 0;
    for (asvc_id_t id = 1; id <= MODEL_MAX; id++) {
        n += tasks[id].used && model.record[id].parent == parent;
    }
    return n;
}

// A service's child or further instance. What was unloaded gets none.
static void add_below(asvc_id_t id) {
    const model_record_t *r = &model.record[id];
    if (r->kind == ASVC_KIND_SERVICE && !r->hidden && count_below(id) < MOST_BELOW) {
        asvc_id_t it = define(one_in(2) ? ASVC_KIND_CHILD : ASVC_KIND_INSTANCE, id);
        note(" add%d", it);
        if (one_in(3)) {
            give_rules(it, false);
        }
        TELL(start, it);
    }
}

// Its user takes a task away.
static void drop(asvc_id_t id) {
    TELL(drop, id);
    if (model.record[id].kind != ASVC_KIND_SERVICE) {
        TELL(hide, id, true);
    }
}

static void users_event(asvc_id_t id) {
    const model_record_t *r = &model.record[id];
    uint32_t kind = below(17);
    bool keeps;
    note(" u%d.%d", id, kind);
    if (r->hidden) {
        if (tasks[id].slot >= 0) {
            read_file(tasks[id].slot);
            TELL(start, id);
        }
        return;
    }
    switch (kind) {
    case 0:
    case 1:
    case 2:
        TELL(start, id);
        break;
    case 3:
        TELL(want, id);
        break;
    case 4:
    case 5:
        keeps = one_in(2);
        TELL(stop, id, keeps);
        break;
    case 6:
        TELL(restart, id);
        break;
    case 7:
        if (r->kind == ASVC_KIND_SERVICE) {
            TELL(unload, id);
        }
        break;
    case 8:
        if (one_in(3)) {
            drop(id);
        }
        break;
    case 9:
        TELL(boot, id);
        break;
    case 10:
        TELL(leave_boot, id);
        break;
    case 11:
        assert_int_equal(asvc_manager_reset_failed(&manager, id), model_reset_failed(&model, id));
        break;
    case 12:
        schedule(id);
        break;
    case 13:
        TELL(unschedule, id);
        break;
    case 14:
        add_below(id);
        break;
    case 15:
        if (r->kind == ASVC_KIND_CHILD && r->spared == one_in(8)) {
            keeps = one_in(2);
            TELL(stop, r->parent, keeps);
        }
        TELL(spare, id);
        break;
    case 16:
        if (r->asked && r->run == ASVC_RUN_NONE) {
            assert_int_equal(asvc_manager_refuse(&manager, id), model_refuse(&model, id));
        }
        break;
    }
}

static void runs_event(asvc_id_t id) {
    task_t *task = &tasks[id];
    uint32_t kind = below(9);
    if (!task->runs) {
        return;
    }
    note(" r%d.%d", id, kind);
    switch (kind) {
    case 0:
    case 1:
    case 2:
        task->stepped = true;
        TELL(stepped, id);
        break;
    case 3:
        TELL(ready, id);
        break;
    case 4:
    case 5:
        TELL(feed, id);
        break;
    case 6:
    case 7:
        end_run(id, (asvc_how_t)below(4));
        break;
    case 8:
        if (!task->stepped && !task->told && model.record[id].scheduled) {
            task->runs = false;
            TELL(taken_back, id);
        } else if (one_in(8)) {
            task->runs = false;
            TELL(abandoned, id);
        }
        break;
    }
}

static void pass_time(void) {
    int64_t left_ms = asvc_manager_left_ms(&manager);
    now_ms += left_ms != ASVC_NEVER_MS && one_in(3) ? left_ms : below(6) * 100;
    note(" %dms", (int)now_ms);
    looked = true;
    if (one_in(8)) {
        TELL(set_now, now_ms); // nobody has looked yet
    } else {
        asvc_manager_look(&manager, now_ms);
        model_look(&model, now_ms);
    }
}

static void event(void) {
    asvc_id_t id = any_task();
    switch (below(10)) {
    case 0:
    case 1:
        if (!looked) {
            pass_time();
        }
        break;
    case 2: {
        int slot = (int)below(SLOTS);
        note(" load%d", slot);
        if (id_of[slot] == ASVC_NO_ID || !tasks[id_of[slot]].runs) {
            read_file(slot);
            TELL(start, id_of[slot]);
        }
        break;
    }
    case 3:
        if (one_in(10)) {
            note(" interrupt");
            asvc_manager_interrupt(&manager);
            model_interrupt(&model);
        } else if (one_in(2)) {
            note(" over");
            asvc_manager_interrupt_over(&manager);
            model_interrupt_over(&model);
        } else {
            note(" schedule");
            run_schedule(!one_in(3));
        }
        break;
    case 4:
    case 5:
    case 6:
        if (id != ASVC_NO_ID) {
            users_event(id);
        }
        break;
    default:
        if (id != ASVC_NO_ID) {
            runs_event(id);
        }
    }
}

static void begin(int64_t at_ms) {
    manager = (asvc_manager_t){ 0 };
    model = (model_t){ 0 };
    memset(pages, 0, sizeof(pages));
    memset(edge_pages, 0, sizeof(edge_pages));
    memset(tasks, 0, sizeof(tasks));
    memset(id_of, 0, sizeof(id_of));
    by_chance = looked = false;
    story_len = 0;
    story[0] = '\0';
    for (int i = 0; i < PAGES; i++) {
        asvc_manager_add_page(&manager, &pages[i], page_table);
    }
    for (int i = 0; i < EDGE_PAGES; i++) {
        asvc_manager_add_edge_page(&manager, &edge_pages[i], edge_table);
    }
    now_ms = at_ms;
    TELL(set_now, now_ms);
}

static void the_manager_does_what_the_model_says(void **state) {
    (void)state;
    source = (property_random_t){ property_seed() };
    uint32_t runs = (uint32_t)property_setting("ASVC_RUNS", EVENTS);
    for (uint32_t events = 0; events < runs;) {
        begin(one_in(2) ? 0xFFFFFFFF - below(5000) : below(1000));
        by_chance = true;
        run_schedule(!one_in(3));
        if (one_in(2)) {
            give_rules(define(ASVC_KIND_TASK, ASVC_NO_ID), false);
        }
        for (uint32_t n = 20 + below(200); n > 0 && story_len < sizeof(story) - 500; n--) {
            for (uint32_t batch = one_in(3) ? 1 + below(3) : 1; batch > 0; batch--) {
                event();
                events += 1;
            }
            drain();
            note("\n");
        }
    }
}

static void every_circle_is_found(void **state) {
    (void)state;
    source = (property_random_t){ property_seed() };
    uint32_t n_circles = 0;
    for (uint32_t times = 0; times < 20000; times++) {
        begin(0);
        asvc_id_t ids[SLOTS], circle[SLOTS];
        for (int i = 0; i < SLOTS; i++) {
            ids[i] = define(ASVC_KIND_SERVICE, ASVC_NO_ID);
        }
        for (uint32_t edges = below(12); edges > 0; edges--) {
            asvc_id_t from = ids[below(SLOTS)], to = ids[below(SLOTS)];
            asvc_edge_kind_t kind = one_in(2) ? ASVC_AFTER : ASVC_REQUIRES;
            TELL(name, from, to, kind);
        }
        for (int i = 0; i < 2 * SLOTS; i++) { // a search leaves nothing behind
            asvc_id_t id = ids[i % SLOTS];
            size_t len = asvc_edges_find_circle(&manager, id, circle, SLOTS);
            check(model_circle(&model, id, circle, len), id);
            n_circles += len > 0;
        }
    }
    assert_true(n_circles > 20000);
}

// ---- what the random run has found ----------------------------------------------------------

static void look(void) {
    asvc_manager_look(&manager, now_ms);
    model_look(&model, now_ms);
}

static asvc_id_t runs_on(void) {
    asvc_id_t id = define(ASVC_KIND_SERVICE, ASVC_NO_ID);
    TELL(start, id);
    drain();
    TELL(stepped, id);
    drain();
    return id;
}

static asvc_id_t requires(asvc_id_t to) {
    asvc_id_t id = define(ASVC_KIND_SERVICE, ASVC_NO_ID);
    TELL(name, id, to, ASVC_REQUIRES);
    TELL(start, id);
    drain();
    TELL(stepped, id);
    drain();
    return id;
}

static void what_is_started_after_a_stop_of_what_it_requires_stays_wanted(void **state) {
    (void)state;
    begin(0);
    asvc_id_t net = runs_on(), web = requires(net);
    TELL(stop, net, false);
    TELL(start, web);
    drain();
    assert_true(asvc_manager_is_wanted(&manager, web));
    assert_int_equal(asvc_manager_state(&manager, web), ASVC_STOPPING); // it ends before, and comes back
}

static void a_deadline_that_is_set_after_a_long_gap_is_not_over(void **state) {
    (void)state;
    begin(1000);
    asvc_id_t web = runs_on();
    now_ms += INT64_C(13) * 24 * 60 * 60 * 1000;
    TELL(set_now, now_ms);
    TELL(stop, web, false);
    drain();
    look();
    drain();
    assert_int_equal(asvc_manager_state(&manager, web), ASVC_STOPPING);
}

static void a_run_that_is_to_restart_in_its_turn_is_watched_until_then(void **state) {
    (void)state;
    begin(0);
    asvc_id_t net = runs_on();
    asvc_rules_t rules = { .watchdog_ms = 400 };
    TELL(set_block, net, &tasks[net].block, &rules);
    asvc_id_t web = requires(net);
    now_ms = 400;
    look();
    TELL(restart, net); // beats the verdict
    drain();
    assert_int_equal(asvc_manager_state(&manager, net), ASVC_RUNNING);
    assert_int_equal(asvc_manager_state(&manager, web), ASVC_STOPPING);
    assert_int_equal(asvc_manager_left_ms(&manager), 0);
}

static void the_cancel_of_a_run_that_has_ended_is_not_for_the_next(void **state) {
    (void)state;
    begin(0);
    asvc_id_t web = runs_on();
    TELL(stop, web, false);
    drain();
    TELL(stop, web, false);
    end_run(web, ASVC_CANCELLED);
    TELL(start, web);
    drain();
    assert_int_equal(asvc_manager_state(&manager, web), ASVC_STARTING);
    assert_false(tasks[web].told);
}

static void no_memory_for_what_was_stopped_meanwhile_is_not_waited_for(void **state) {
    (void)state;
    begin(0);
    asvc_id_t web = define(ASVC_KIND_SERVICE, ASVC_NO_ID);
    TELL(start, web);
    model_settle(&model);
    asvc_action_t action = asvc_manager_next(&manager);
    check(model_take(&model, &action), web);
    TELL(stop, web, false); // while it is being started
    TELL(no_memory, web);
    drain();
    assert_int_equal(asvc_manager_state(&manager, web), ASVC_INACTIVE);
    assert_true(asvc_manager_left_ms(&manager) == ASVC_NEVER_MS);
}

static void a_refusal_that_its_caller_tells_is_not_told_again(void **state) {
    (void)state;
    begin(0);
    asvc_id_t gone = define(ASVC_KIND_SERVICE, ASVC_NO_ID), web = define(ASVC_KIND_SERVICE, ASVC_NO_ID);
    asvc_manager_hide(&manager, gone, true);
    asvc_manager_name(&manager, web, gone, ASVC_REQUIRES);
    asvc_manager_start(&manager, web);
    asvc_id_t other = define(ASVC_KIND_SERVICE, ASVC_NO_ID);
    asvc_manager_start(&manager, other);
    asvc_action_t action = asvc_manager_next(&manager);
    assert_int_equal(action.kind, ASVC_DO_START);
    assert_int_equal(action.id, other);
    asvc_manager_hear(&manager, other);
    assert_true(asvc_manager_refuse(&manager, web)); // it was decided on before, and is to be told
    assert_int_equal(asvc_manager_next(&manager).kind, ASVC_DO_NOTHING);
}

static void a_child_that_an_interrupt_has_ended_does_not_run_by_its_schedule_alone(void **state) {
    (void)state;
    begin(0);
    TELL(run_schedule, true);
    asvc_id_t web = runs_on(), child = define(ASVC_KIND_CHILD, web);
    TELL(set_block, child, &tasks[child].block, NULL);
    TELL(schedule, child, 100, 100, false);
    TELL(want, child);
    end_run(web, ASVC_RETURNED);
    drain();
    asvc_manager_interrupt(&manager);
    model_interrupt(&model);
    drain();
    asvc_manager_interrupt_over(&manager);
    model_interrupt_over(&model);
    now_ms = 100;
    look();
    drain();
    assert_false(tasks[child].runs);
}

// ---- children that fail, without the model, which knows nothing of them ---------------------

// Does what is to be done: runs that start are up at once, those that are told to end do.
static void settle(void) {
    asvc_action_t action;
    while ((action = asvc_manager_next(&manager)).kind != ASVC_DO_NOTHING) {
        if (action.kind == ASVC_DO_START) {
            asvc_manager_stepped(&manager, action.id);
        } else if (action.kind == ASVC_DO_CANCEL) {
            asvc_manager_ended(&manager, action.id, ASVC_CANCELLED);
        }
    }
}

static asvc_block_t child_blocks[2];

static const asvc_restart_rules_t restart_twice = {
    .policy = ASVC_RESTART_ON_FAILURE, .delay_ms = 100, .delay_max_ms = 100, .healthy_ms = 1000, .burst = 2
};

// A service that says what follows when a child fails, and one that runs; its id is 2.
static asvc_id_t service_with_child(asvc_child_failure_t failure) {
    begin(0);
    memset(child_blocks, 0, sizeof(child_blocks));
    asvc_rules_t rules = { .restart = restart_twice, .child_failure = (uint8_t)failure };
    asvc_id_t id = asvc_manager_define(&manager, ASVC_KIND_SERVICE, ASVC_NO_ID, &manager, true);
    asvc_manager_set_block(&manager, id, &child_blocks[0], &rules);
    asvc_manager_start(&manager, id);
    settle();
    asvc_id_t child = asvc_manager_define(&manager, ASVC_KIND_CHILD, id, &manager, true);
    if (failure == ASVC_CHILD_RESTART) {
        rules.child_failure = ASVC_CHILD_REPORT;
        asvc_manager_set_block(&manager, child, &child_blocks[1], &rules);
    }
    asvc_manager_start(&manager, child);
    settle();
    return id;
}

static void raises_now(asvc_id_t id) {
    asvc_manager_ended(&manager, id, ASVC_RAISED);
    settle();
}

static void a_child_that_fails_leaves_its_service_as_it_is(void **state) {
    (void)state;
    asvc_id_t web = service_with_child(ASVC_CHILD_REPORT);
    raises_now(web + 1);
    assert_int_equal(asvc_manager_state(&manager, web + 1), ASVC_FAILED);
    assert_int_equal(asvc_manager_state(&manager, web), ASVC_RUNNING);
}

static void a_service_fails_with_its_child_where_it_says_so(void **state) {
    (void)state;
    asvc_id_t web = service_with_child(ASVC_CHILD_FAIL);
    raises_now(web + 1);
    assert_int_equal(asvc_view_why(asvc_manager_view(&manager, web)), ASVC_WHY_RESTART);
}

static void a_service_that_had_returned_fails_with_its_child(void **state) {
    (void)state;
    asvc_id_t web = service_with_child(ASVC_CHILD_FAIL);
    for (int run = 1; run <= 2; run++) {
        asvc_manager_ended(&manager, web, ASVC_RETURNED);
        settle();
        assert_int_equal(asvc_manager_state(&manager, web), ASVC_DONE);
        raises_now(web + 1);
        assert_int_equal(asvc_manager_state(&manager, web), run == 1 ? ASVC_WAITING : ASVC_FAILED);
        now_ms += 100;
        asvc_manager_look(&manager, now_ms);
        settle();
        asvc_manager_start(&manager, web + 1); // its new run adds it again
        settle();
    }
    assert_true(asvc_manager_view(&manager, web) & ASVC_VIEW_LIMIT_HIT); // its returns were no clean ends
}

static void a_child_that_is_restarted_fails_its_service_at_its_limit(void **state) {
    (void)state;
    asvc_id_t web = service_with_child(ASVC_CHILD_RESTART);
    raises_now(web + 1);
    assert_int_equal(asvc_manager_state(&manager, web + 1), ASVC_WAITING);
    assert_int_equal(asvc_manager_state(&manager, web), ASVC_RUNNING);
    now_ms += 100;
    asvc_manager_look(&manager, now_ms);
    settle();
    raises_now(web + 1);
    assert_int_equal(asvc_view_why(asvc_manager_view(&manager, web)), ASVC_WHY_RESTART);
}

static void a_start_leaves_the_start_limit(void **state) {
    (void)state;
    begin(0);
    asvc_id_t web = runs_on();
    asvc_rules_t rules = { .restart = { .policy = ASVC_RESTART_ON_FAILURE, .burst = 1, .healthy_ms = 1000 } };
    TELL(set_block, web, &tasks[web].block, &rules);
    end_run(web, ASVC_RAISED);
    drain();
    TELL(start, web);
    drain();
    assert_true(tasks[web].block.restart.limit_hit);
    now_ms = 1000;
    TELL(set_now, now_ms);
    end_run(web, ASVC_RAISED); // after a healthy run
    drain();
    assert_int_equal(asvc_manager_state(&manager, web), ASVC_FAILED);
}

static void what_is_stopped_and_waits_for_its_turn_is_nothing_to_start_with(void **state) {
    (void)state;
    begin(0);
    asvc_id_t net = runs_on(), api = requires(net), web = requires(net);
    TELL(stop, net, false);
    drain();
    end_run(web, ASVC_CANCELLED);
    TELL(start, web);
    drain();
    assert_int_equal(asvc_manager_state(&manager, api), ASVC_STOPPING);
    assert_int_equal(asvc_manager_state(&manager, net), ASVC_RUNNING);
    assert_false(tasks[web].runs);
}

static void what_is_forgotten_while_it_is_started_is_not_up(void **state) {
    (void)state;
    begin(0);
    asvc_id_t net = runs_on();
    end_run(net, ASVC_RETURNED);
    drain();
    TELL(start, net);
    model_settle(&model);
    asvc_action_t action = asvc_manager_next(&manager);
    check(model_take(&model, &action), net);
    TELL(unload, net); // while it is being started
    tasks[net].runs = true;
    drain();
    tasks[net].runs = false;
    TELL(no_memory, net);
    assert_false(asvc_manager_is_coming(&manager, net));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_manager_does_what_the_model_says),
        cmocka_unit_test(every_circle_is_found),
        cmocka_unit_test(what_is_started_after_a_stop_of_what_it_requires_stays_wanted),
        cmocka_unit_test(a_deadline_that_is_set_after_a_long_gap_is_not_over),
        cmocka_unit_test(a_run_that_is_to_restart_in_its_turn_is_watched_until_then),
        cmocka_unit_test(the_cancel_of_a_run_that_has_ended_is_not_for_the_next),
        cmocka_unit_test(no_memory_for_what_was_stopped_meanwhile_is_not_waited_for),
        cmocka_unit_test(a_refusal_that_its_caller_tells_is_not_told_again),
        cmocka_unit_test(a_child_that_an_interrupt_has_ended_does_not_run_by_its_schedule_alone),
        cmocka_unit_test(a_child_that_fails_leaves_its_service_as_it_is),
        cmocka_unit_test(a_service_fails_with_its_child_where_it_says_so),
        cmocka_unit_test(a_service_that_had_returned_fails_with_its_child),
        cmocka_unit_test(a_child_that_is_restarted_fails_its_service_at_its_limit),
        cmocka_unit_test(a_start_leaves_the_start_limit),
        cmocka_unit_test(what_is_stopped_and_waits_for_its_turn_is_nothing_to_start_with),
        cmocka_unit_test(what_is_forgotten_while_it_is_started_is_not_up),
    };
    fprintf(stderr, "# ASVC_SEED=%" PRIu64 "\n", property_seed());
    return cmocka_run_group_tests(tests, NULL, NULL);
}
