// The host, reached by semihosting; and the module `host`, by which _boot.py gets at it.
//
// host.read(path, offset, n): up to n bytes of a file of the host. host.files(): the archive's path, "" where
// there is none. host.memory(): the bytes of the board's disk.
#include "board.h"

#include <string.h>

#include "py/mperrno.h"
#include "py/objarray.h"
#include "py/runtime.h"

#define SYS_OPEN 0x01
#define SYS_CLOSE 0x02
#define SYS_READ 0x06
#define SYS_SEEK 0x0A
#define SYS_GET_CMDLINE 0x15
#define SYS_EXIT_EXTENDED 0x20

#define OPEN_READ_BINARY 1
#define APPLICATION_EXIT 0x20026

#define DISK_SIZE (128 * 1024)

static uint8_t disk[DISK_SIZE];

void board_host_command_line(char *line, size_t size) {
    uintptr_t arguments[] = { (uintptr_t)line, size };
    line[0] = '\0';
    if (board_host_call(SYS_GET_CMDLINE, arguments) != 0) {
        line[0] = '\0';
    }
}

void board_host_exit(int status) {
    uintptr_t arguments[] = { APPLICATION_EXIT, (uintptr_t)status };
    for (;;) {
        board_host_call(SYS_EXIT_EXTENDED, arguments);
    }
}

static intptr_t host_open(const char *path) {
    uintptr_t arguments[] = { (uintptr_t)path, OPEN_READ_BINARY, strlen(path) };
    return board_host_call(SYS_OPEN, arguments);
}

// Answers how many bytes came, or -1.
static intptr_t host_read_at(intptr_t file, uintptr_t offset, byte *buffer, size_t n) {
    uintptr_t seek[] = { (uintptr_t)file, offset };
    uintptr_t read[] = { (uintptr_t)file, (uintptr_t)buffer, n };
    if (board_host_call(SYS_SEEK, seek) != 0) {
        return -1;
    }
    intptr_t missing = board_host_call(SYS_READ, read);
    return missing < 0 || (size_t)missing > n ? -1 : (intptr_t)n - missing;
}

static mp_obj_t host_read(mp_obj_t path, mp_obj_t offset, mp_obj_t n_in) {
    vstr_t data;
    size_t n = (size_t)mp_obj_get_int(n_in);
    vstr_init_len(&data, n);
    intptr_t file = host_open(mp_obj_str_get_str(path));
    if (file < 0) {
        mp_raise_OSError_with_filename(MP_ENOENT, mp_obj_str_get_str(path));
    }
    intptr_t got = host_read_at(file, (uintptr_t)mp_obj_get_int(offset), (byte *)data.buf, n);
    uintptr_t close[] = { (uintptr_t)file };
    board_host_call(SYS_CLOSE, close);
    if (got < 0) {
        mp_raise_OSError(MP_EIO);
    }
    data.len = (size_t)got;
    return mp_obj_new_bytes_from_vstr(&data);
}
static MP_DEFINE_CONST_FUN_OBJ_3(host_read_obj, host_read);

static mp_obj_t host_files(void) {
    char line[256];
    board_host_command_line(line, sizeof(line));
    char *end = strchr(line, ' '); // not there: qemu gave the firmware's own name
    return end == NULL ? MP_OBJ_NEW_QSTR(MP_QSTR_) : mp_obj_new_str(line, (size_t)(end - line));
}
static MP_DEFINE_CONST_FUN_OBJ_0(host_files_obj, host_files);

static mp_obj_t host_memory(void) {
    return mp_obj_new_bytearray_by_ref(sizeof(disk), disk);
}
static MP_DEFINE_CONST_FUN_OBJ_0(host_memory_obj, host_memory);

static const mp_rom_map_elem_t host_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_host) },
    { MP_ROM_QSTR(MP_QSTR_read), MP_ROM_PTR(&host_read_obj) },
    { MP_ROM_QSTR(MP_QSTR_files), MP_ROM_PTR(&host_files_obj) },
    { MP_ROM_QSTR(MP_QSTR_memory), MP_ROM_PTR(&host_memory_obj) },
};
static MP_DEFINE_CONST_DICT(host_globals, host_globals_table);

const mp_obj_module_t board_module_host = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&host_globals,
};
MP_REGISTER_MODULE(MP_QSTR_host, board_module_host);
