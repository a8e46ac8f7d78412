// An emulated board: starts the interpreter, runs the host's programs or the prompt, and resets between them.
//
// The host's command line is "FILES PROGRAM...". FILES is a tar archive, unpacked into the board's file system;
// each PROGRAM is a file there. Each runs in an interpreter of its own, after a soft reset as on a board, and
// the first whose exit status is not 0 ends the run with that status. Without a command line there is the prompt.
#include "board.h"

#include <string.h>

#include "py/compile.h"
#include "py/gc.h"
#include "py/lexer.h"
#include "py/mphal.h"
#include "py/runtime.h"
#include "py/stackctrl.h"
#include "py/stream.h"
#include "shared/runtime/pyexec.h"
#include "shared/timeutils/timeutils.h"

// MicroPython's qemu port gives as much, and boards have about that.
#define STACK_LIMIT 10240

// 2023-03-16 00:00:00: the date at which each run begins, so that runs are alike.
#define FIRST_DAY timeutils_seconds_since_epoch(2023, 3, 16, 0, 0, 0)

static uint32_t heap[MICROPY_HEAP_SIZE / sizeof(uint32_t)];

// Answers the exit status: sys.exit's number, 0 for a plain end, 1 for an exception, which is printed.
static int status_of_exception(mp_obj_t exception) {
    if (!mp_obj_is_subclass_fast(
            MP_OBJ_FROM_PTR(mp_obj_get_type(exception)), MP_OBJ_FROM_PTR(&mp_type_SystemExit))) {
        mp_obj_print_exception(&mp_plat_print, exception);
        return 1;
    }
    mp_obj_t value = mp_obj_exception_get_value(exception);
    mp_int_t status = 1;
    if (value == mp_const_none) {
        status = 0;
    } else if (!mp_obj_get_int_maybe(value, &status)) {
        mp_obj_print_helper(&mp_plat_print, value, PRINT_STR);
        mp_print_str(&mp_plat_print, "\n");
    }
    return status & 0xff;
}

static int run_file(const char *path) {
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        mp_lexer_t *lexer = mp_lexer_new_from_file(qstr_from_str(path));
        qstr source_name = lexer->source_name;
        mp_parse_tree_t tree = mp_parse(lexer, MP_PARSE_FILE_INPUT);
        mp_call_function_0(mp_compile(&tree, source_name, false));
        mp_handle_pending(true);
        nlr_pop();
        return 0;
    }
    mp_handle_pending(false);
    return status_of_exception(MP_OBJ_FROM_PTR(nlr.ret_val));
}

static void run_prompt(void) {
    int ended;
    do {
        ended = pyexec_mode_kind == PYEXEC_MODE_RAW_REPL ? pyexec_raw_repl() : pyexec_friendly_repl();
    } while (ended == 0);
}

static void start_interpreter(void) {
    gc_init(heap, (char *)heap + sizeof(heap));
    mp_init();
    if (!pyexec_frozen_module("_boot.py", false)) {
        board_host_exit(1);
    }
}

static void stop_interpreter(void) {
    gc_sweep_all();
    mp_deinit();
}

// `programs` are names with a space between, which is overwritten.
static void run_programs(char *programs) {
    while (programs != NULL) {
        char *path = programs;
        programs = strchr(path, ' ');
        if (programs != NULL) {
            *programs++ = '\0';
        }
        start_interpreter();
        int status = run_file(path);
        if (status != 0) {
            board_host_exit(status);
        }
        stop_interpreter();
    }
    board_host_exit(0);
}

// Linked with --wrap=main, so that it stands in for the main of MicroPython's port.
int __wrap_main(int argc, char **argv);
int __wrap_main(int argc, char **argv) {
    (void)argc, (void)argv;
    static char command_line[256];
    mp_stack_ctrl_init();
    mp_stack_set_limit(STACK_LIMIT);
    board_init();
    board_host_command_line(command_line, sizeof(command_line));
    char *programs = strchr(command_line, ' ');
    if (programs != NULL) {
        run_programs(programs + 1);
    }
    for (;;) {
        start_interpreter();
        run_prompt();
        mp_printf(&mp_plat_print, "MPY: soft reboot\n");
        stop_interpreter();
    }
}

// What MicroPython asks of a port: time and waiting

mp_uint_t mp_hal_ticks_ms(void) {
    return (mp_uint_t)(board_now_us() / 1000);
}

mp_uint_t mp_hal_ticks_us(void) {
    return (mp_uint_t)board_now_us();
}

mp_uint_t mp_hal_ticks_cpu(void) {
    return (mp_uint_t)board_now_us();
}

uint64_t mp_hal_time_ns(void) {
    return (uint64_t)FIRST_DAY * 1000000000 + board_now_us() * 1000;
}

void mp_hal_delay_us(mp_uint_t us) {
    uint64_t end = board_now_us() + us;
    while (board_now_us() < end) {
    }
}

void mp_hal_delay_ms(mp_uint_t ms) {
    uint64_t end = board_now_us() + (uint64_t)ms * 1000;
    for (uint64_t now = board_now_us(); now < end; now = board_now_us()) {
        mp_event_wait_ms((mp_uint_t)((end - now + 999) / 1000));
    }
}

uint32_t get_fattime(void);
uint32_t get_fattime(void) {
    timeutils_struct_time_t date;
    timeutils_seconds_since_epoch_to_struct_time(mp_hal_time_ns() / 1000000000, &date);
    return ((uint32_t)(date.tm_year - 1980) << 25) | ((uint32_t)date.tm_mon << 21)
        | ((uint32_t)date.tm_mday << 16) | ((uint32_t)date.tm_hour << 11) | ((uint32_t)date.tm_min << 5)
        | ((uint32_t)date.tm_sec / 2);
}

// The port's own answers that nothing ever came in.
uintptr_t __wrap_mp_hal_stdio_poll(uintptr_t flags);
uintptr_t __wrap_mp_hal_stdio_poll(uintptr_t flags) {
    uintptr_t ready = flags & MP_STREAM_POLL_WR;
    if ((flags & MP_STREAM_POLL_RD) && board_char_waiting()) {
        ready |= MP_STREAM_POLL_RD;
    }
    return ready;
}
