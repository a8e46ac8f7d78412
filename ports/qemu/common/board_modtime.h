// time.time() and time.localtime() of now: included by MicroPython's extmod/modtime.c.
#include "py/mphal.h"

static mp_obj_t time_localtime(size_t n_args, const mp_obj_t *args);

static mp_obj_t mp_time_time_get(void) {
    return mp_obj_new_int_from_ull(mp_hal_time_ns() / 1000000000);
}

static mp_obj_t mp_time_localtime_get(void) {
    mp_obj_t now = mp_time_time_get();
    return time_localtime(1, &now);
}
