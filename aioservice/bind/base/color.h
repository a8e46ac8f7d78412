// Colours of what is printed: on for a terminal and on boards, off where stdout is a pipe or NO_COLOR is set;
// aioctl.color(True/False) decides by hand.
#ifndef ASVC_BASE_COLOR_H
#define ASVC_BASE_COLOR_H

#include "py/obj.h"

#include "core/config.h"

typedef enum { ASVC_PLAIN, ASVC_GREEN, ASVC_YELLOW, ASVC_RED, ASVC_CYAN } asvc_color_t;

#if ASVC_COLOR

// Appends text to line, in the given colour where colours are on.
void asvc_add_colored(vstr_t *line, asvc_color_t color, const char *text);

// aioctl.color(on): True or False decides by hand, None goes back to deciding by the terminal. Answers whether
// lines written now are coloured.
MP_DECLARE_CONST_FUN_OBJ_VAR_BETWEEN(asvc_color_obj);

#else

static inline void asvc_add_colored(vstr_t *line, asvc_color_t color, const char *text) {
    (void)color;
    vstr_add_str(line, text);
}

#endif

#endif
