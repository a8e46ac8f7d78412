#include "bind/base/clock.h"

#include "py/mphal.h"
#include "py/objint.h"
#include "py/runtime.h"
#include "shared/timeutils/timeutils.h"

#include "bind/base/call.h"
#include "bind/base/state.h"
#include "core/config.h"

int64_t asvc_now_ms(void) {
    asvc_root_t *root = asvc_root();
    mp_uint_t ticks = mp_hal_ticks_ms();
    // Unsigned difference: right also across the counter's wrap.
    root->now_ms += (mp_uint_t)(ticks - root->last_ticks);
    root->last_ticks = ticks;
    return root->now_ms;
}

int64_t asvc_last_now_ms(void) {
    return asvc_root()->now_ms;
}

int64_t asvc_divide(int64_t number, uint32_t by) {
    uint64_t quotient = (number < 0 ? 0 - (uint64_t)number : (uint64_t)number) / by;
    return number < 0 ? -(int64_t)quotient : (int64_t)quotient;
}

uint32_t asvc_ms_as_ds(int64_t at_ms) {
    return (uint32_t)asvc_divide(at_ms, 100);
}

int64_t asvc_ds_as_ms(uint32_t at_ds) {
    int64_t now_ds = asvc_divide(asvc_now_ms(), 100);
    return (now_ds - (uint32_t)((uint32_t)now_ds - at_ds)) * 100;
}

// The module time. What a program has put in its place goes first; else it is imported once, because each
// import looks for a file of that name in every folder of sys.path.
static mp_obj_t time_module(void) {
    asvc_root_t *root = asvc_root();
    mp_map_elem_t *loaded =
        mp_map_lookup(&MP_STATE_VM(mp_loaded_modules_dict).map, MP_OBJ_NEW_QSTR(MP_QSTR_time), MP_MAP_LOOKUP);
    if (loaded != NULL) {
        return loaded->value;
    }
    if (root->time == MP_OBJ_NULL) {
        root->time = asvc_import(MP_QSTR_time);
    }
    return root->time;
}

mp_obj_t asvc_time_call(qstr function, size_t n_args, mp_obj_t arg) {
    mp_obj_t call[3];
    mp_load_method_maybe(time_module(), function, call);
    if (call[0] == MP_OBJ_NULL) {
        return MP_OBJ_NULL;
    }
    call[2] = arg;
    return mp_call_method_n_kw(n_args, 0, call);
}

int64_t asvc_seconds_of(mp_obj_t seconds) {
#if MICROPY_PY_BUILTINS_FLOAT
    if (mp_obj_is_float(seconds)) {
        mp_float_t value = mp_obj_get_float(seconds);
        return value < 0 ? (mp_int_t)value : (int64_t)(mp_uint_t)value; // until 2106 in 32 bits
    }
#endif
    // Seconds since 1970 outgrow a signed 32-bit number in 2038; an unsigned one holds them until 2106.
    if (mp_obj_is_exact_type(seconds, &mp_type_int) && mp_obj_int_sign(seconds) >= 0) {
        return (int64_t)(mp_uint_t)mp_obj_get_int_truncated(seconds);
    }
    return (int64_t)mp_obj_get_int(seconds);
}

int64_t asvc_seconds_as_ms(mp_obj_t value) {
#if MICROPY_PY_BUILTINS_FLOAT
    if (mp_obj_is_float(value)) {
        mp_float_t seconds = mp_obj_get_float(value);
        if (!(seconds >= 0 && seconds < (mp_float_t)ASVC_SCHEDULE_LONGEST_S)) {
            return -1;
        }
        // By words: turning a float into 64 bits takes a firmware without double a library of its own.
        mp_int_t whole = (mp_int_t)seconds;
        return (int64_t)whole * 1000 + (mp_int_t)((seconds - (mp_float_t)whole) * 1000);
    }
#endif
    mp_int_t whole = mp_obj_is_small_int(value) ? MP_OBJ_SMALL_INT_VALUE(value) : -1;
    return whole >= 0 && whole < ASVC_SCHEDULE_LONGEST_S ? (int64_t)whole * 1000 : -1;
}

int64_t asvc_wall_s(void) {
    mp_obj_t now = asvc_time_call(MP_QSTR_time, 0, MP_OBJ_NULL);
    return now == MP_OBJ_NULL ? -1 : asvc_seconds_of(now);
}

// What the wall clock shows, in milliseconds where time_ns tells them, or -1 where there is none. In whole seconds, as
// time.time() counts on a board, a moment's date could be the second after it: a service would have started after the
// first lines it wrote into the log. On some boards time_ns counts from the start, and is no wall clock.
static int64_t wall_ms(int64_t now_ms) {
    int64_t seconds = asvc_wall_s();
    mp_obj_t ns = seconds < 0 ? MP_OBJ_NULL : asvc_time_call(MP_QSTR_time_ns, 0, MP_OBJ_NULL);
    if (ns != MP_OBJ_NULL) {
        // In parts that fit a word: a number of 64 bits has to be taken apart in Python's own arithmetic.
        mp_obj_t second = MP_OBJ_NEW_SMALL_INT(1000000000);
        int64_t ns_s = asvc_seconds_of(mp_binary_op(MP_BINARY_OP_FLOOR_DIVIDE, ns, second));
        if (ns_s == seconds || ns_s == seconds + 1) {
            mp_int_t rest_ns = mp_obj_get_int(mp_binary_op(MP_BINARY_OP_MODULO, ns, second));
            return ns_s * 1000 + rest_ns / 1000000;
        }
    }
    // As if the seconds of both began together.
    return seconds < 0 ? -1 : seconds * 1000 + (uint32_t)((uint64_t)now_ms % 1000);
}

int64_t asvc_last_wall_of(int64_t at_ms) {
    return asvc_divide(at_ms + asvc_root()->wall_offset_ms, 1000);
}

int64_t asvc_wall_of(int64_t at_ms) {
    int64_t now_ms = asvc_now_ms(), wall = wall_ms(now_ms);
    if (wall < 0) {
        return -1;
    }
    // Steady, though the two clocks do not go quite alike, and one of them may count whole seconds only.
    asvc_root_t *root = asvc_root();
    int64_t offset = wall - now_ms, change = offset - root->wall_offset_ms;
    if (change > 1000 || change < -1000) {
        root->wall_offset_ms = offset;
    }
    return asvc_last_wall_of(at_ms);
}

// time.localtime() of a moment, or MP_OBJ_NULL without a wall clock. Of now, which each line of a log asks
// for, it is asked without an argument: that allocates less.
static mp_obj_t wall_localtime(int64_t at_ms) {
    if (at_ms == ASVC_NOW) {
        return asvc_time_call(MP_QSTR_localtime, 0, MP_OBJ_NULL);
    }
    int64_t wall = asvc_wall_of(at_ms);
    return wall < 0 ? MP_OBJ_NULL : asvc_time_call(MP_QSTR_localtime, 1, mp_obj_new_int_from_ll(wall));
}

void asvc_wall_datetime(int64_t at_ms, char out[ASVC_DATETIME_MAX]) {
    int value[6] = { 2000, 1, 1 };
    mp_obj_t local = wall_localtime(at_ms);
    if (local == MP_OBJ_NULL) {
        int64_t up = asvc_divide(at_ms == ASVC_NOW ? asvc_now_ms() : at_ms, 1000);
        timeutils_struct_time_t tm;
        timeutils_seconds_since_2000_to_struct_time(up < 0 ? 0 : (mp_uint_t)up, &tm);
        value[0] = tm.tm_year;
        value[1] = tm.tm_mon;
        value[2] = tm.tm_mday;
        value[3] = tm.tm_hour;
        value[4] = tm.tm_min;
        value[5] = tm.tm_sec;
    } else {
        size_t len;
        mp_obj_t *part;
        mp_obj_get_array(local, &len, &part);
        for (size_t i = 0; i < len && i < MP_ARRAY_SIZE(value); i++) {
            value[i] = (int)mp_obj_get_int(part[i]);
        }
    }
    asvc_datetime_format(out, value);
}
