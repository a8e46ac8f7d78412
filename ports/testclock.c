// The module testclock: a tick clock that stands still until a test moves it. For test builds only.
//
// Linked with -Wl,--wrap=mp_hal_ticks_ms,--wrap=mp_hal_ticks_us it stands in front of the port's clock, so
// asyncio, time.ticks_ms() and aioservice all go by it. Python: set(ms) makes it stand at ms, and advance(ms) moves it on.
// fail_alloc(n) makes the n-th allocation from now fail, once (0: none), and answers how many were left to the last
// one asked for, 0 where that has failed. Linked with -Wl,--wrap=gc_alloc.
#include "py/mphal.h"
#include "py/objint.h"
#include "py/runtime.h"

mp_uint_t __real_mp_hal_ticks_ms(void);
mp_uint_t __wrap_mp_hal_ticks_ms(void);
mp_uint_t __real_mp_hal_ticks_us(void);
mp_uint_t __wrap_mp_hal_ticks_us(void);

static bool stands;
static mp_uint_t ticks;

mp_uint_t __wrap_mp_hal_ticks_ms(void) {
    return stands ? ticks : __real_mp_hal_ticks_ms();
}

mp_uint_t __wrap_mp_hal_ticks_us(void) {
    return stands ? ticks * 1000 : __real_mp_hal_ticks_us();
}

static mp_obj_t testclock_set(mp_obj_t ms) {
    stands = ms != mp_const_none; // None: the port's clock again
    ticks = stands ? (mp_uint_t)mp_obj_get_int_truncated(ms) : 0;
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(testclock_set_obj, testclock_set);

// ---- memory ---------------------------------------------------------------------------------

void *__real_gc_alloc(size_t n_bytes, unsigned int alloc_flags);
void *__wrap_gc_alloc(size_t n_bytes, unsigned int alloc_flags);

static mp_uint_t until_failure; // 0: none fails

void *__wrap_gc_alloc(size_t n_bytes, unsigned int alloc_flags) {
    if (until_failure > 0 && --until_failure == 0) {
        return NULL;
    }
    return __real_gc_alloc(n_bytes, alloc_flags);
}

static mp_obj_t testclock_fail_alloc(mp_obj_t n) {
    mp_uint_t left = until_failure;
    until_failure = (mp_uint_t)mp_obj_get_int_truncated(n);
    return MP_OBJ_NEW_SMALL_INT(left);
}
static MP_DEFINE_CONST_FUN_OBJ_1(testclock_fail_alloc_obj, testclock_fail_alloc);

static mp_obj_t testclock_advance(mp_obj_t ms) {
    ticks += (mp_uint_t)mp_obj_get_int_truncated(ms);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(testclock_advance_obj, testclock_advance);

static const mp_rom_map_elem_t testclock_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_testclock) },
    { MP_ROM_QSTR(MP_QSTR_set), MP_ROM_PTR(&testclock_set_obj) },
    { MP_ROM_QSTR(MP_QSTR_advance), MP_ROM_PTR(&testclock_advance_obj) },
    { MP_ROM_QSTR(MP_QSTR_fail_alloc), MP_ROM_PTR(&testclock_fail_alloc_obj) },
};
static MP_DEFINE_CONST_DICT(testclock_globals, testclock_globals_table);

const mp_obj_module_t asvc_module_testclock = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&testclock_globals,
};
MP_REGISTER_MODULE(MP_QSTR_testclock, asvc_module_testclock);
