#include "bind/status.h"

#include "py/runtime.h"

#include "bind/clock.h"
#include "bind/is.h"
#include "bind/raise.h"
#include "bind/registry.h"
#include "bind/relations.h"
#include "bind/say.h"
#include "bind/schedule_loop.h"
#include "bind/supervise.h"
#include "core/config.h"

// "BEFORE DATE", to the tenth of a second, as records have it: so all dates of one start are the same second.
static void add_date(vstr_t *line, const char *before, int64_t at_ms) {
    char date[ASVC_DATETIME_MAX];
    asvc_wall_datetime(at_ms / 100 * 100, date);
    asvc_addf(line, "%s%s", before, date);
}

// "BEFORE AGE AFTER"
static void add_age(vstr_t *line, const char *before, uint32_t seconds, const char *after) {
    char age[ASVC_DURATION_MAX];
    asvc_duration_format(age, seconds);
    asvc_addf(line, "%s%s%s", before, age, after);
}

// "BEFORE DATE; AGE ago"
static void add_moment(vstr_t *line, const char *before, uint32_t at_ds) {
    if (ASVC_DATES) {
        int64_t at_ms = asvc_ds_as_ms(at_ds);
        add_date(line, before, at_ms);
        add_age(line, "; ", (uint32_t)((uint64_t)(asvc_now_ms() - at_ms) / 1000), " ago");
    }
}

static void add_result(vstr_t *line, mp_obj_t result) {
    vstr_add_str(line, " --> result:");
    if (result != MP_OBJ_NULL && result != mp_const_none) {
        asvc_addf(line, mp_obj_is_exception_instance(result) ? " %x" : " %o", result);
    }
}

// ---- states ---------------------------------------------------------------------------------

// Whether the schedule will start the task again.
static bool is_scheduled(asvc_task_t *task) {
    asvc_schedule_info_t info;
    return asvc_schedule_info(task->name, &info) && (info.has_next || !info.has_last);
}

// Whether it has run. What waits for its first due time has its schedule's times only.
static bool has_ended(asvc_task_t *task) {
    if (asvc_restart_is_due(task)) {
        return true;
    }
    return task->state != ASVC_WAITING && task->state != ASVC_INACTIVE && !asvc_task_is_live(task);
}

// A task is shown by its result, too: one that is an exception says that it failed.
static bool has_failed(asvc_task_t *task) {
    mp_obj_t result = asvc_task_result(task);
    return task->state == ASVC_FAILED || (result != MP_OBJ_NULL && asvc_is_exception(result));
}

typedef struct {
    const char *word;
    asvc_color_t dot, text;
} look_t;

static look_t look_of(asvc_task_t *task) {
    if (task->state == ASVC_WAITING && !asvc_restart_is_due(task)) {
        return (look_t){ asvc_task_is_held(task) ? "waiting" : "scheduled", ASVC_CYAN, ASVC_PLAIN };
    }
    if (task->state == ASVC_INACTIVE) {
        return (look_t){ "inactive", ASVC_PLAIN, ASVC_PLAIN }; // its schedule was taken away
    }
    if (asvc_task_is_live(task)) {
        asvc_color_t color = task->state == ASVC_STUCK ? ASVC_RED : ASVC_GREEN;
        const char *word = asvc_task_is_ending(task)
            ? asvc_service_state_name((asvc_service_state_t)task->state)
            : "running";
        return (look_t){ word, color, color };
    }
    if (has_failed(task)) {
        const char *word = asvc_task_service(task) != MP_OBJ_NULL ? "failed" : "ERROR";
        return (look_t){ word, ASVC_RED, ASVC_RED };
    }
    if (task->state == ASVC_STOPPED) {
        return (look_t){ "stopped", ASVC_YELLOW, ASVC_YELLOW };
    }
    return (look_t){ "done", is_scheduled(task) ? ASVC_CYAN : ASVC_PLAIN, ASVC_PLAIN };
}

void asvc_add_dot(vstr_t *line, asvc_task_t *task) {
    asvc_add_colored(line, look_of(task).dot, "●");
}

void asvc_add_state(vstr_t *line, asvc_task_t *task) {
    look_t look = look_of(task);
    if (has_ended(task) && is_scheduled(task)) {
        vstr_add_str(line, "scheduled - ");
    }
    asvc_add_colored(line, look.text, look.word);
}

void asvc_add_times(vstr_t *line, asvc_task_t *task) {
    if (asvc_task_is_live(task)) {
        add_moment(line, " since ", task->since_ds);
    } else if (has_ended(task)) {
        add_moment(line, " @ ", task->done_ds);
        add_result(line, asvc_task_result(task));
    }
}

bool asvc_add_schedule(vstr_t *line, asvc_task_t *task) {
    asvc_schedule_info_t info;
    if (!asvc_schedule_info(task->name, &info)) {
        return false;
    }
    vstr_add_str(line, "┗━► schedule: ");
    if (info.has_last) {
        add_date(line, "last @ ", info.last_at_ms);
    }
    if (info.has_next) {
        add_age(line, info.has_last ? " --> next in " : "starts in ", (uint32_t)info.next_in_s, " @ ");
        add_date(line, "", info.next_at_ms);
    } else if (!info.has_last) {
        vstr_add_str(line, "schedule_loop does not run");
    }
    return true;
}

bool asvc_add_restart(vstr_t *line, asvc_task_t *task) {
    asvc_supervision_t *self = asvc_supervision(task);
    if (self == NULL) {
        return false;
    }
    if (asvc_restart_is_due(task)) {
        int64_t ms = self->restart_ms - asvc_now_ms();
        asvc_addf(line, "┗━► restart: in %u ms", (unsigned)(ms < 0 ? 0 : ms));
    } else if (self->state.limit_hit) {
        vstr_add_str(line, "┗━► restart: start limit hit");
    } else {
        return false;
    }
    if (self->state.short_runs > 0) {
        asvc_addf(line, "; %u of %u short runs", (unsigned)self->state.short_runs,
            (unsigned)self->options.rules.burst);
    }
    return true;
}

bool asvc_add_waits_for(vstr_t *line, asvc_task_t *task) {
    bool refused = task->entry != NULL && task->entry->refused && !asvc_task_is_live(task);
    if (refused) {
        asvc_addf(line, "┗━► %o", task->entry->error); // "dependency failed: net"
        return true;
    }
    bool held = asvc_task_is_held(task) && !asvc_task_is_live(task) && task->entry != NULL;
    if (held) {
        vstr_add_str(line, "┗━► waits for: ");
        asvc_relations_add_missing(line, task->entry);
    }
    return held;
}

// ---- lines ----------------------------------------------------------------------------------

void asvc_add_status_line(vstr_t *line, asvc_task_t *task) {
    asvc_add_dot(line, task);
    asvc_addf(line, " %o: status: ", task->name);
    asvc_add_state(line, task);
    asvc_add_times(line, task);
}

static void print_supervision(asvc_task_t *task) {
    vstr_t line;
    vstr_init(&line, 80);
    vstr_add_str(&line, "    ");
    if (asvc_add_restart(&line, task) || asvc_add_waits_for(&line, task)) {
        asvc_say(&line);
    }
    vstr_clear(&line);
}

void asvc_status_print(asvc_task_t *task) {
    vstr_t line;
    vstr_init(&line, 120);
    asvc_add_status_line(&line, task);
    asvc_say(&line);
    vstr_clear(&line);
    if (ASVC_SCHEDULE) {
        asvc_schedule_print(task);
    }
    if (ASVC_SUPERVISION) {
        print_supervision(task);
    }
}

void asvc_schedule_print(asvc_task_t *task) {
    vstr_t line;
    vstr_init(&line, 80);
    vstr_add_str(&line, "    ");
    if (asvc_add_schedule(&line, task)) {
        asvc_say(&line);
    }
    vstr_clear(&line);
}

void asvc_result_print(asvc_task_t *task) {
    mp_obj_t result = asvc_task_result(task);
    asvc_sayf("%o --> %o", task->name, asvc_or_none(result));
}

void asvc_add_exception_lines(vstr_t *text, const char *indent, mp_obj_t exc) {
    vstr_t lines;
    vstr_init(&lines, 160);
    asvc_add_exception_text(&lines, exc);
    for (size_t i = 0; i < lines.len; i++) {
        if (i > 0 && lines.buf[i - 1] == '\n') {
            vstr_add_str(text, indent);
        }
        vstr_add_byte(text, (byte)lines.buf[i]);
    }
    vstr_clear(&lines);
}

void asvc_add_traceback(vstr_t *text, const char *indent, mp_obj_t name, mp_obj_t exc) {
    asvc_addf(text, "%o: Traceback\n%s", name, indent);
    asvc_add_exception_lines(text, indent, exc);
}
