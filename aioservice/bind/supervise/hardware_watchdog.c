#include "bind/supervise/hardware_watchdog.h"

#include "py/runtime.h"

#include "bind/base/call.h"
#include "bind/base/clock.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"
#include "bind/base/state.h"
#include "bind/base/upward.h"
#include "core/config.h"

#if ASVC_SUPERVISION

typedef struct _asvc_hardware_watchdog_t {
    mp_obj_t feed; // called without arguments
    uint32_t ms; // what it is set to
    int64_t next_ms; // when it is fed next
    bool failed; // the last feed raised, which was said
} asvc_hardware_watchdog_t;

static void call_feed(void *arg) {
    asvc_hardware_watchdog_t *self = arg;
    mp_call_function_0(self->feed);
}

static void feed_protected(asvc_hardware_watchdog_t *self) {
    mp_obj_t exc = asvc_try(call_feed, self);
    if (exc != MP_OBJ_NULL && !self->failed) {
        asvc_sayf("[aioservice] hardware_watchdog: feed() raised %t", exc);
    }
    self->failed = exc != MP_OBJ_NULL;
}

int64_t asvc_hardware_watchdog_next_ms(void) {
    const asvc_hardware_watchdog_t *self = asvc_root()->hardware_watchdog;
    return self == NULL ? INT64_MAX : self->next_ms;
}

void asvc_hardware_watchdog_look(bool fed, int64_t now_ms) {
    asvc_hardware_watchdog_t *self = asvc_root()->hardware_watchdog;
    if (self != NULL && now_ms >= self->next_ms) {
        // Three times as often as need be: one feed may come late, and a service that is fed again too.
        self->next_ms = now_ms + self->ms / 3;
        if (fed) {
            feed_protected(self);
        }
    }
}

static void find_wdt(void *cls) {
    *(mp_obj_t *)cls = mp_load_attr(asvc_import(MP_QSTR_machine), MP_QSTR_WDT);
}

// machine.WDT(timeout=ms).feed
static mp_obj_t machine_wdt_feed(mp_obj_t ms) {
    mp_obj_t cls;
    if (asvc_try(find_wdt, &cls) != MP_OBJ_NULL) {
        asvc_raise(&mp_type_RuntimeError,
            "hardware_watchdog: there is no machine.WDT here: give feed=, a function that feeds what there "
            "is");
    }
    mp_obj_t args[2] = { MP_OBJ_NEW_QSTR(MP_QSTR_timeout), ms };
    return mp_load_attr(mp_call_function_n_kw(cls, 0, 1, args), MP_QSTR_feed);
}

static mp_obj_t hardware_watchdog(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    enum { ARG_ms, ARG_feed };
    static const mp_arg_t allowed[] = {
        { MP_QSTR_ms, MP_ARG_REQUIRED | MP_ARG_OBJ, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_feed, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
    };
    mp_arg_val_t arg[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all(n_args, args, kwargs, MP_ARRAY_SIZE(allowed), allowed, arg);
    mp_obj_t ms = arg[ARG_ms].u_obj, feed = arg[ARG_feed].u_obj;
    if (!mp_obj_is_small_int(ms) || MP_OBJ_SMALL_INT_VALUE(ms) < 3
        || MP_OBJ_SMALL_INT_VALUE(ms) > ASVC_LONGEST_MS) {
        asvc_raise(&mp_type_ValueError, "hardware_watchdog: ms: expected milliseconds, an int from 3 on");
    }
    if (feed != mp_const_none && !mp_obj_is_callable(feed)) {
        asvc_raise(&mp_type_TypeError, "hardware_watchdog: feed: expected a function, got %t", feed);
    }
    asvc_hardware_watchdog_t *self = m_new0(asvc_hardware_watchdog_t, 1);
    self->feed = feed == mp_const_none ? machine_wdt_feed(ms) : feed;
    self->ms = (uint32_t)MP_OBJ_SMALL_INT_VALUE(ms);
    self->next_ms = asvc_now_ms();
    asvc_root()->hardware_watchdog = self;
    asvc_drive(); // it is fed at once
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_hardware_watchdog_obj, 0, hardware_watchdog);

#endif
