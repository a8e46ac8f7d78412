// Prints the table of core/service.c, asked entry by entry, for those that cannot be linked with it.
//
// usage: service_table promela | dot
//
//     promela   the table as an inline of Promela, for tests/model
//     dot       a picture for Graphviz, for docs
//
// Only what changes the state or has an action is printed.
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "core/service.h"

static const char *const events[] = {
    [ASVC_EV_START] = "START",
    [ASVC_EV_UP] = "UP",
    [ASVC_EV_STOP] = "STOP",
    [ASVC_EV_RETURNED] = "RETURNED",
    [ASVC_EV_RAISED] = "RAISED",
    [ASVC_EV_CANCELLED] = "CANCELLED",
    [ASVC_EV_SCHEDULED] = "SCHEDULED",
    [ASVC_EV_UNSCHEDULED] = "UNSCHEDULED",
    [ASVC_EV_GIVE_UP] = "GIVE_UP",
    [ASVC_EV_LATE] = "LATE",
};

static const char *const actions[] = {
    [ASVC_DO_NOTHING] = "nothing",
    [ASVC_DO_SPAWN] = "spawn",
    [ASVC_DO_CANCEL] = "cancel",
    [ASVC_DO_TAKE_BACK] = "take back",
    [ASVC_DO_REPORT] = "report",
};

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
_Static_assert(LENGTH(events) == ASVC_SERVICE_EVENTS, "a name for each event");
_Static_assert(LENGTH(actions) == ASVC_DO_REPORT + 1, "a name for each action");

static bool means_something(int state, asvc_service_step_t step) {
    return step.state != state || step.action != ASVC_DO_NOTHING;
}

// As a name in Promela: upper case, one word.
static void print_constant(const char *name) {
    for (; *name != '\0'; name++) {
        putchar(*name == ' ' ? '_' : toupper((unsigned char)*name));
    }
}

static void print_define(const char *prefix, const char *name, size_t value) {
    printf("#define %s", prefix);
    print_constant(name);
    printf(" %zu\n", value);
}

static void print_option(const char *state, const char *event, asvc_service_step_t step) {
    printf("    :: state == ");
    print_constant(state);
    printf(" && event == EV_%s -> state = ", event);
    print_constant(asvc_service_state_name(step.state));
    printf("; action = DO_");
    print_constant(actions[step.action]);
    printf("\n");
}

static void print_promela(void) {
    printf("/* Made by tools/service_table.c of aioservice/core/service.c. */\n\n");
    for (int state = 0; state < ASVC_SERVICE_STATES; state++) {
        print_define("", asvc_service_state_name(state), (size_t)state);
    }
    for (size_t event = 0; event < LENGTH(events); event++) {
        print_define("EV_", events[event], event);
    }
    for (size_t action = 0; action < LENGTH(actions); action++) {
        print_define("DO_", actions[action], action);
    }
    printf("\ninline move(event) {\n    if\n");
    for (int state = 0; state < ASVC_SERVICE_STATES; state++) {
        for (int event = 0; event < ASVC_SERVICE_EVENTS; event++) {
            asvc_service_step_t step = asvc_service_next(state, event);
            if (means_something(state, step)) {
                print_option(asvc_service_state_name(state), events[event], step);
            }
        }
    }
    printf("    :: else -> action = DO_NOTHING\n    fi\n}\n");
}

// One arrow for all events that lead from one state to another.
static void print_arrow(int from, int to) {
    const char *separator = "";
    for (int event = 0; event < ASVC_SERVICE_EVENTS; event++) {
        asvc_service_step_t step = asvc_service_next(from, event);
        if (step.state != to || !means_something(from, step)) {
            continue;
        }
        if (*separator == '\0') {
            printf("    %s -> %s [label=\"", asvc_service_state_name(from), asvc_service_state_name(to));
        }
        printf("%s%s", separator, events[event]);
        if (step.action != ASVC_DO_NOTHING) {
            printf(" / %s", actions[step.action]);
        }
        separator = "\\n";
    }
    if (*separator != '\0') {
        printf("\"];\n");
    }
}

static void print_dot(void) {
    printf("// The life of a service: EVENT / what is done. Green: it goes on; grey: it has a task and was "
           "told to\n"
           "// end; white: at rest. Made by `make docs` of aioservice/core/service.c.\n"
           "digraph service {\n"
           "    node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"sans-serif\"];\n"
           "    edge [fontname=\"sans-serif\", fontsize=10];\n");
    for (int state = 0; state < ASVC_SERVICE_STATES; state++) {
        const char *color = asvc_service_goes_on(state) ? "palegreen"
            : asvc_service_is_live(state)               ? "lightgrey"
                                                        : "white";
        printf("    %s [fillcolor=%s];\n", asvc_service_state_name(state), color);
    }
    for (int from = 0; from < ASVC_SERVICE_STATES; from++) {
        for (int to = 0; to < ASVC_SERVICE_STATES; to++) {
            print_arrow(from, to);
        }
    }
    printf("}\n");
}

int main(int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], "promela") == 0) {
        print_promela();
    } else if (argc == 2 && strcmp(argv[1], "dot") == 0) {
        print_dot();
    } else {
        fprintf(stderr, "usage: service_table promela | dot\n");
        return 2;
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
