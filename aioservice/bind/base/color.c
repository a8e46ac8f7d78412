#include "bind/base/color.h"

#include "py/runtime.h"

#include "bind/base/state.h"
#include "core/config.h"

#if defined(__unix__) || defined(__APPLE__)
#include <stdlib.h>
#include <unistd.h>
#endif

#if ASVC_COLOR

#if defined(__unix__) || defined(__APPLE__)
static bool stdout_is_terminal(void) {
    const char *no_color = getenv("NO_COLOR"); // no-color.org: any value that is not empty
    return isatty(STDOUT_FILENO) && (no_color == NULL || no_color[0] == '\0');
}
#else
// A board's stdout is its console.
static bool stdout_is_terminal(void) {
    return true;
}
#endif

static bool is_on(void) {
    int8_t color = asvc_root()->color;
    return color < 0 ? stdout_is_terminal() : color != 0;
}

static const char *color_code(asvc_color_t color) {
    switch (color) {
    case ASVC_GREEN:
        return "\033[92m";
    case ASVC_YELLOW:
        return "\033[33;1m";
    case ASVC_RED:
        return "\033[31;1m";
    case ASVC_CYAN:
        return "\033[36m";
    default:
        return "";
    }
}

void asvc_add_colored(vstr_t *line, asvc_color_t color, const char *text) {
    if (color == ASVC_PLAIN || !is_on()) {
        vstr_add_str(line, text);
        return;
    }
    vstr_add_str(line, color_code(color));
    vstr_add_str(line, text);
    vstr_add_str(line, "\033[0m");
}

static mp_obj_t color(size_t n_args, const mp_obj_t *args) {
    if (n_args > 0) {
        asvc_root()->color = args[0] == mp_const_none ? -1 : (mp_obj_is_true(args[0]) ? 1 : 0);
    }
    return mp_obj_new_bool(is_on());
}
MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(asvc_color_obj, 0, 1, color);

#endif
