#include "bind/look/status.h"

#include "py/objlist.h"
#include "py/runtime.h"

#include "bind/base/clock.h"
#include "bind/base/is.h"
#include "bind/base/raise.h"
#include "bind/log/log_stream.h"
#include "bind/service/line.h"
#include "bind/service/registry.h"
#include "bind/service/why.h"
#include "bind/base/say.h"
#include "bind/task/schedule.h"
#include "bind/base/manager.h"
#include "core/config.h"

void asvc_add_date(vstr_t *line, const char *before, int64_t at_ms) {
    char date[ASVC_DATETIME_MAX];
    asvc_wall_datetime(asvc_divide(at_ms, 100) * 100, date);
    asvc_addf(line, "%s%s", before, date);
}

// "BEFORE AGE"
static void add_age(vstr_t *line, const char *before, uint32_t seconds) {
    char age[ASVC_DURATION_MAX];
    asvc_duration_format(age, seconds);
    asvc_addf(line, "%s%s", before, age);
}

// "BEFORE DATE; AGE ago"
static void add_moment(vstr_t *line, const char *before, uint32_t at_ds) {
    if (ASVC_DATES) {
        asvc_add_date(line, before, asvc_ds_as_ms(at_ds));
        add_age(line, "; ", (asvc_ms_as_ds(asvc_now_ms()) - at_ds) / 10);
        vstr_add_str(line, " ago");
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
    return ASVC_SCHEDULE && asvc_schedule_info(task, &info)
        && (info.has_next || !(info.has_last || info.loop_runs));
}

// Whether it waits for what it requires.
static bool is_held(const asvc_task_t *task) {
    return task->id != ASVC_NO_ID && asvc_manager_is_pending(&asvc_root()->manager, task->id);
}

// Whether it has run. What waits for its first due time has its schedule's times only.
static bool has_ended(asvc_task_t *task) {
    asvc_state_t state = asvc_task_state(task);
    return asvc_is_delayed(task)
        || (state != ASVC_WAITING && state != ASVC_INACTIVE && !asvc_state_is_live(state));
}

// A task is shown by its result, too: one that is an exception says that it failed.
static bool has_failed(asvc_task_t *task) {
    mp_obj_t result = asvc_task_result(task);
    return asvc_task_state(task) == ASVC_FAILED || (result != MP_OBJ_NULL && asvc_is_exception(result));
}

// The word for the task's state, and the colour of its dot.
static const char *state_word(asvc_task_t *task, asvc_color_t *color) {
    asvc_state_t state = asvc_task_state(task);
    *color = ASVC_CYAN;
    if (state == ASVC_WAITING && !asvc_is_delayed(task)) {
        return is_held(task) ? "waiting" : "scheduled";
    }
    *color = ASVC_PLAIN;
    if (ASVC_SCHEDULE && state == ASVC_INACTIVE) {
        return "inactive"; // its schedule was taken away
    }
    if (asvc_task_is_live(task)) {
        *color = state == ASVC_STUCK ? ASVC_RED : ASVC_GREEN;
        return asvc_task_is_ending(task) ? asvc_state_name(state) : "running";
    }
    if (has_failed(task)) {
        *color = ASVC_RED;
        return asvc_task_service(task) != MP_OBJ_NULL ? "failed" : "ERROR";
    }
    if (state == ASVC_STOPPED) {
        *color = ASVC_YELLOW;
        return "stopped";
    }
    if (is_scheduled(task)) {
        *color = ASVC_CYAN;
    }
    return "done";
}

void asvc_add_dot(vstr_t *line, asvc_task_t *task) {
    asvc_color_t color;
    state_word(task, &color);
    asvc_add_colored(line, color, "●");
}

void asvc_add_state(vstr_t *line, asvc_task_t *task) {
    if (has_ended(task) && is_scheduled(task)) {
        vstr_add_str(line, "scheduled - ");
    }
    asvc_color_t color;
    const char *word = state_word(task, &color);
    asvc_add_colored(
        line, color == ASVC_CYAN ? ASVC_PLAIN : color, word); // what waits has the dot coloured only
}

// " @ DATE --> result:" of what waits for its first due time
static void add_first_due(vstr_t *line, asvc_task_t *task) {
    asvc_schedule_info_t info;
    if (ASVC_SCHEDULE && !is_held(task) && asvc_schedule_info(task, &info) && info.has_next) {
        asvc_add_date(line, " @ ", info.next_at_ms);
        add_result(line, MP_OBJ_NULL);
    }
}

void asvc_add_times(vstr_t *line, asvc_task_t *task) {
    if (asvc_task_is_live(task)) {
        add_moment(line, " since ", task->since_ds);
    } else if (has_ended(task)) {
        add_moment(line, " @ ", task->done_ds);
        add_result(line, asvc_task_result(task));
    } else {
        add_first_due(line, task);
    }
}

// "┗━► schedule: ..." and true, or false where the task is not scheduled
static bool add_schedule(vstr_t *line, asvc_task_t *task) {
    asvc_schedule_info_t info;
    if (!asvc_schedule_info(task, &info)) {
        return false;
    }
    vstr_add_str(line, "┗━► schedule: ");
    if (info.has_last) {
        asvc_add_date(line, "last @ ", info.last_at_ms);
    }
    if (info.has_next) {
        add_age(line, info.has_last ? " --> next in " : "starts in ", info.next_in_s);
        asvc_add_date(line, " @ ", info.next_at_ms);
    } else if (!info.has_last) {
        // Its only time may have come while it ran already, or before it was added.
        vstr_add_str(line, info.loop_runs ? "not due again" : "schedule_loop does not run");
    }
    return true;
}

// "┗━► restart: in 200 ms; 2 of 5 short runs", "┗━► restart: start limit hit ..." and true, or false where
// there is nothing of the kind to say
static bool add_restart(vstr_t *line, asvc_task_t *task) {
    const asvc_block_t *block = asvc_task_block(task);
    if (block == NULL) {
        return false;
    }
    const asvc_restart_state_t *state = &block->restart;
    if (asvc_is_delayed(task)) {
        asvc_addf(
            line, "┗━► restart: in %u ms", (unsigned)asvc_manager_delay_ms(asvc_manager_now(), task->id));
    } else if (state->limit_hit) {
        vstr_add_str(line, "┗━► restart: start limit hit");
    } else {
        return false;
    }
    if (state->short_runs > 0) {
        unsigned burst = block->rules.restart.burst;
        asvc_addf(line, burst == 0 ? "; %u short runs" : "; %u of %u short runs", (unsigned)state->short_runs,
            burst);
    }
    return true;
}

// "┗━► waits for: net" and true, or false where the task does not wait for what it requires
static bool add_waits_for(vstr_t *line, asvc_task_t *task) {
    asvc_entry_t *entry = asvc_is_main_task(task) ? asvc_registry_of_task(task) : NULL;
    if (entry == NULL || asvc_task_is_live(task)) {
        return false;
    }
    mp_obj_t refused = asvc_why_refused(entry);
    if (refused != MP_OBJ_NULL) {
        asvc_addf(line, "┗━► %o", refused); // "dependency failed: net"
        return true;
    }
    if (is_held(task)) {
        vstr_add_str(line, "┗━► waits for: ");
        asvc_why_waits(line, entry);
    }
    return is_held(task);
}

// ---- lines ----------------------------------------------------------------------------------

void asvc_add_status_line(vstr_t *line, asvc_task_t *task) {
    asvc_add_dot(line, task);
    asvc_addf(line, " %o: status: ", task->name);
    asvc_add_state(line, task);
    asvc_add_times(line, task);
}

// Prints what add appends to indent, where it answers true; answers the same.
static bool print_if(bool (*add)(vstr_t *line, asvc_task_t *task), const char *indent, asvc_task_t *task) {
    vstr_t line;
    vstr_init(&line, 80);
    vstr_add_str(&line, indent);
    bool any = add(&line, task);
    if (any) {
        asvc_say(&line);
    }
    vstr_clear(&line);
    return any;
}

#if ASVC_SCHEDULE
void asvc_schedule_print(asvc_task_t *task) {
    print_if(add_schedule, "    ", task);
}
#endif

void asvc_status_print_waits(asvc_task_t *task, const char *indent) {
    if (ASVC_SCHEDULE) {
        print_if(add_schedule, indent, task);
    }
    if (ASVC_SUPERVISION && !print_if(add_restart, indent, task)) {
        print_if(add_waits_for, indent, task);
    }
}

void asvc_status_print(asvc_task_t *task) {
    vstr_t line;
    vstr_init(&line, 120);
    asvc_add_status_line(&line, task);
    asvc_say(&line);
    vstr_clear(&line);
    asvc_status_print_waits(task, "    ");
}

#if ASVC_LOG

mp_obj_t asvc_status_greps(asvc_task_t *task) {
    static const char behind[][3] = { "]*", ".*", "", " *", ":*" };
    mp_obj_t greps = mp_obj_new_list(0, NULL);
    for (size_t i = 0; i < MP_ARRAY_SIZE(behind); i++) {
        const char *before = i < 2 ? "*[" : "*[aioservice]* ";
        mp_obj_list_append(greps, asvc_strf("%s%n%s", before, task->name, behind[i]));
    }
    return greps;
}

void asvc_status_print_log(asvc_task_t *task) {
    mp_obj_t log = asvc_root()->log;
    if (log != mp_const_none) {
        asvc_log_stream_tail(log, asvc_status_greps(task), ASVC_STATUS_LINES);
    }
}

#endif

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
    if (ASVC_ASYNCMD) {
        asvc_add_exception_lines(text, indent, exc);
    } else {
        asvc_add_exception_text(text, exc); // nobody indents it
    }
}

const mp_arg_t asvc_traceback_args[ASVC_N_TRACEBACK_ARGS] = {
    { MP_QSTR_name, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
    { MP_QSTR_rtn, MP_ARG_BOOL, { .u_bool = false } },
    { MP_QSTR_indent, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_QSTR(MP_QSTR_) } },
    { MP_QSTR_file, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
};

mp_obj_t asvc_answer_text(
    size_t n_args, const mp_obj_t *args, mp_map_t *kwargs, void (*add)(vstr_t *text, mp_obj_t name)) {
    enum { ARG_name, ARG_rtn, N_ARGS };
    mp_arg_val_t arg[N_ARGS];
    mp_arg_parse_all(n_args, args, kwargs, N_ARGS, asvc_traceback_args, arg);
    mp_obj_t name = arg[ARG_name].u_obj;
    vstr_t text;
    vstr_init(&text, 160);
    add(&text, name);
    bool known = name == mp_const_none || asvc_registry_find(name) != NULL;
    if (arg[ARG_rtn].u_bool) {
        return mp_obj_new_str_from_vstr(&text);
    }
    if (text.len == 0 && !known) {
        asvc_say_not_found(name, "");
    }
    asvc_write(text.buf, text.len);
    vstr_clear(&text);
    return mp_const_none;
}
