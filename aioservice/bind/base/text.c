#include "bind/base/text.h"

#include <string.h>

#include "py/builtin.h"
#include "py/objstr.h"
#include "py/runtime.h"

#include "bind/base/color.h"
#include "bind/base/exception.h"

static void add_to_vstr(void *line, const char *text, size_t len) {
    vstr_add_strn(line, text, len);
}

// The same as long as there is room.
static void add_to_room(void *line_in, const char *text, size_t len) {
    vstr_t *line = line_in;
    size_t room = line->alloc - line->len;
    vstr_add_strn(line, text, len < room ? len : room);
}

static void add_guarded_by(mp_print_strn_t add, vstr_t *line, mp_obj_t obj,
    void (*print_obj)(const mp_print_t *print, mp_obj_t obj)) {
    size_t before = line->len;
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        mp_print_t print = { line, add };
        print_obj(&print, obj);
        nlr_pop();
        return;
    }
    mp_obj_t exc = MP_OBJ_FROM_PTR(nlr.ret_val);
    asvc_raise_unless_exception(exc);
    line->len = before;
    asvc_addf(line, "<%t: its text raised %t>", obj, exc);
}

static void add_guarded(
    vstr_t *line, mp_obj_t obj, void (*print_obj)(const mp_print_t *print, mp_obj_t obj)) {
    add_guarded_by(add_to_vstr, line, obj, print_obj);
}

static void print_str(const mp_print_t *print, mp_obj_t obj) {
    mp_obj_print_helper(print, obj, PRINT_STR);
}

static void print_repr(const mp_print_t *print, mp_obj_t obj) {
    mp_obj_print_helper(print, obj, PRINT_REPR);
}

void asvc_add_str(vstr_t *line, mp_obj_t obj) {
    add_guarded(line, obj, print_str);
}

#if ASVC_HINTS

void asvc_escape(vstr_t *text, size_t from, char keep) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = from; i < text->len; i++) {
        byte c = (byte)text->buf[i];
        if (c == 0xC2 && i + 1 < text->len && (byte)text->buf[i + 1] < 0xA0) {
            vstr_cut_out_bytes(text, i, 1); // U+0080 to U+009F: those of ISO 6429
            c = (byte)text->buf[i];
        } else if ((c >= ' ' || c == keep) && c != 0x7F) {
            continue;
        }
        char letter = c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : 'x';
        text->buf[i] = '\\';
        vstr_ins_byte(text, ++i, (byte)letter);
        if (letter == 'x') {
            vstr_ins_byte(text, ++i, (byte)digits[c >> 4]);
            vstr_ins_byte(text, ++i, (byte)digits[c & 15]);
        }
    }
}

#else

// Which character it was is of use only to who looks for the mistake.
void asvc_escape(vstr_t *text, size_t from, char keep) {
    for (size_t i = from; i < text->len; i++) {
        byte c = (byte)text->buf[i];
        if ((c < ' ' && c != keep) || c == 0x7F) {
            text->buf[i] = '?';
        } else if (c == 0xC2 && i + 1 < text->len && (byte)text->buf[i + 1] < 0xA0) { // U+0080 to U+009F
            text->buf[i] = text->buf[i + 1] = '?';
        }
    }
}

#endif

void asvc_cut(vstr_t *text, size_t most) {
    if (text->len > most) {
        while (most > 0 && (text->buf[most] & 0xC0) == 0x80) {
            most--;
        }
        text->len = most;
    }
}

mp_obj_t asvc_text_within(mp_obj_t obj, bool repr, size_t most) {
    vstr_t text;
    vstr_init(&text, most + 1);
    add_guarded_by(add_to_room, &text, obj, repr ? print_repr : print_str);
    asvc_cut(&text, most);
    return asvc_str_of(&text);
}

void asvc_add_outcome(vstr_t *line, bool ok) {
    vstr_add_str(line, "[ ");
    asvc_add_colored(line, ok ? ASVC_GREEN : ASVC_RED, ok ? "OK" : "ERROR");
    vstr_add_str(line, " ] ");
}

void asvc_add_exception_text(vstr_t *text, mp_obj_t exc) {
    size_t before = text->len;
    add_guarded(text, exc, mp_obj_print_exception);
    asvc_escape(text, before, '\n');
    if (text->len == 0 || text->buf[text->len - 1] != '\n') {
        vstr_add_char(text, '\n'); // behind what stands in its place
    }
}

// ---- formats --------------------------------------------------------------------------------

// A number is left to MicroPython's printf, which gets its conversion alone: "%7u". Answers where that ends.
static const char *add_number(vstr_t *line, const char *conversion, unsigned number) {
    char fmt[6];
    size_t len = strcspn(conversion, "du") + 1;
    memcpy(fmt, conversion, len);
    fmt[len] = '\0';
    mp_print_t print = { line, add_to_vstr };
    mp_printf(&print, fmt, number);
    return conversion + len;
}

void asvc_add_vf(vstr_t *line, const char *fmt, va_list args) {
    while (*fmt != '\0') {
        size_t plain = strcspn(fmt, "%");
        vstr_add_strn(line, fmt, plain);
        fmt += plain;
        if (*fmt == '\0') {
            return;
        }
        fmt += 2;
        size_t before = line->len;
        switch (fmt[-1]) {
        case 's':
            vstr_add_str(line, va_arg(args, const char *));
            break;
        case 'q':
            vstr_add_str(line, qstr_str(va_arg(args, qstr)));
            break;
        case 'o':
            add_guarded(line, va_arg(args, mp_obj_t), print_str);
            asvc_escape(line, before, ' ');
            break;
        case 'r':
            add_guarded(line, va_arg(args, mp_obj_t), print_repr);
            asvc_escape(line, before, ' ');
            break;
        case 'n':
            asvc_add_str(line, va_arg(args, mp_obj_t));
            break;
        case 't':
            vstr_add_str(line, qstr_str(asvc_type_name(va_arg(args, mp_obj_t))));
            break;
        case 'x': {
            mp_obj_t exc = va_arg(args, mp_obj_t);
            asvc_add_colored(line, ASVC_RED, qstr_str(asvc_type_name(exc)));
            asvc_addf(line, ": %o", exc);
            break;
        }
        case 'k':
            asvc_add_outcome(line, va_arg(args, int));
            break;
        default:
            fmt = add_number(line, fmt - 2, va_arg(args, unsigned));
            break;
        }
    }
}

void asvc_addf(vstr_t *line, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    asvc_add_vf(line, fmt, args);
    va_end(args);
}

// Not by mp_obj_new_str_from_vstr(): that would go through all interned names first, to see whether it is one.
mp_obj_t asvc_str_of(vstr_t *text) {
    mp_obj_t str = mp_obj_new_str_copy(&mp_type_str, (const byte *)text->buf, text->len);
    vstr_clear(text);
    return str;
}

mp_obj_t asvc_word(const char *word) {
    return mp_obj_new_str_via_qstr(word, strlen(word));
}

mp_obj_t asvc_vstrf(const char *fmt, va_list args) {
    vstr_t text;
    vstr_init(&text, 48);
    asvc_add_vf(&text, fmt, args);
    return asvc_str_of(&text);
}

mp_obj_t asvc_strf(const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    mp_obj_t text = asvc_vstrf(fmt, args);
    va_end(args);
    return text;
}

mp_obj_t asvc_place_of(mp_obj_t exc) {
    size_t n;
    const size_t *frames = asvc_exception_frames(exc, &n);
    return n == 0 ? MP_OBJ_NULL : asvc_strf("%q:%u", (qstr)frames[0], (unsigned)frames[1]);
}
