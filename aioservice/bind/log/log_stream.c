#include "bind/log/log_stream.h"

#include <string.h>

#include "py/objlist.h"
#include "py/objstr.h"
#include "py/runtime.h"
#include "py/stream.h"

#include "bind/base/args.h"
#include "bind/base/awaitable.h"
#include "bind/base/call.h"
#include "bind/base/clock.h"
#include "bind/base/is.h"
#include "bind/base/keep.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"
#include "bind/base/state.h"
#include "core/config.h"
#include "core/glob.h"
#include "core/ring.h"

#if ASVC_LOG

typedef struct _log_stream_t {
    mp_obj_base_t base;
    asvc_ring_t ring; // the collector finds its storage, a block of its own, through the ring
    asvc_ring_cursor_t place; // where readline goes on
    size_t passed; // bytes of the line there that read() has answered
    struct _follower_t *followers; // list
} log_stream_t;

// follow(): what it has still to print is all that stands behind its cursor.
typedef struct _follower_t {
    asvc_awaitable_t base;
    log_stream_t *stream;
    mp_obj_t globs;
    asvc_ring_cursor_t cursor;
    int64_t wait_ms;
    bool in_list;
    struct _follower_t *next; // of the same stream
} follower_t;

// Not simply a cast: of a Python subclass, MicroPython hands the stream protocol the instance, whose
// AioStream is made by super().__init__ only.
static log_stream_t *get_stream(mp_obj_t obj) {
    mp_obj_t native = mp_obj_cast_to_native_base(obj, MP_OBJ_FROM_PTR(&asvc_type_log_stream));
    if (native == MP_OBJ_NULL || !mp_obj_is_type(native, &asvc_type_log_stream)) {
        asvc_raise(&mp_type_AttributeError, "AioStream: call super().__init__(size) first");
    }
    return MP_OBJ_TO_PTR(native);
}

static mp_obj_t log_stream_make_new(
    const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    mp_arg_check_num(n_args, n_kw, 1, 1, false);
    if (!mp_obj_is_int(args[0])) {
        asvc_raise(&mp_type_TypeError, "AioStream: expected size as an int, got %t", args[0]);
    }
    mp_int_t size = mp_obj_get_int(args[0]);
    if (size < ASVC_LOG_STREAM_MIN) {
        asvc_raise(&mp_type_ValueError, "AioStream: a size of %d bytes is too small, give at least %d",
            (int)size, ASVC_LOG_STREAM_MIN);
    }
    log_stream_t *self = mp_obj_malloc(log_stream_t, type);
    asvc_ring_init(&self->ring, m_new(char, size), (size_t)size);
    asvc_ring_begin(&self->ring, &self->place);
    self->passed = 0;
    self->followers = NULL;
    return MP_OBJ_FROM_PTR(self);
}

static bool place_is_end(const log_stream_t *self) {
    asvc_ring_cursor_t end;
    asvc_ring_end(&self->ring, &end);
    return self->place.position == end.position;
}

static void write_line(log_stream_t *self, const char *text, size_t len) {
    bool at_end = place_is_end(self);
    asvc_ring_write(&self->ring, text, len);
    if (at_end) {
        asvc_ring_end(&self->ring, &self->place); // as in a file, writing goes on at the end
    }
    for (follower_t *follower = self->followers; follower != NULL; follower = follower->next) {
        if (follower->base.parked) {
            asvc_awaitable_wake(&follower->base);
        }
    }
}

// The stream protocol: what print(file=...) and sys.print_exception write through.

static mp_uint_t log_stream_write(mp_obj_t self_in, const void *buf, mp_uint_t size, int *errcode) {
    (void)errcode;
    write_line(get_stream(self_in), buf, size);
    return size;
}

#if ASVC_ASYNCMD

// What read() has answered of the line at the place: none where that line has left.
static size_t take_passed(log_stream_t *self) {
    size_t passed = asvc_ring_has_lost(&self->ring, &self->place) ? 0 : self->passed;
    self->passed = 0;
    return passed;
}

// Answers bytes of one line at most: who wants more asks again.
static mp_uint_t log_stream_read(mp_obj_t self_in, void *buf, mp_uint_t size, int *errcode) {
    (void)errcode;
    log_stream_t *self = get_stream(self_in);
    size_t at = take_passed(self);
    asvc_ring_cursor_t next = self->place;
    asvc_ring_line_t part;
    if (!asvc_ring_next(&self->ring, &next, &part)) {
        return 0;
    }
    bool first = at < part.a_len;
    size_t len = (first ? part.a_len : part.a_len + part.b_len) - at;
    len = len < size ? len : size;
    memcpy(buf, first ? part.a + at : part.b + (at - part.a_len), len);
    size_t whole = part.a_len + part.b_len;
    self->passed = (at + len) % whole;
    self->place.position =
        self->passed == 0 ? next.position : next.position - whole; // others may have left before it
    return len;
}

#endif

static mp_uint_t log_stream_ioctl(mp_obj_t self_in, mp_uint_t request, uintptr_t arg, int *errcode) {
    (void)self_in;
    switch (request) {
    case MP_STREAM_FLUSH:
        return 0; // what is written is there at once
    case MP_STREAM_POLL:
        return arg & MP_STREAM_POLL_WR; // always room: the oldest lines make it
    default:
        *errcode = MP_EINVAL;
        return MP_STREAM_ERROR;
    }
}

static const mp_stream_p_t log_stream_protocol = {
#if ASVC_ASYNCMD
    .read = log_stream_read,
#endif
    .write = log_stream_write,
    .ioctl = log_stream_ioctl,
    .is_text = true,
};

// Reading: the lines that match a grep.

// Answers pattern without its backslashes before [ ] and . : such patterns were regular expressions
// in asyncmd, here these characters are plain. A text without `*` becomes *text*: a substring.
static mp_obj_t to_glob(mp_obj_t pattern) {
    size_t len;
    const char *text = asvc_get_str(pattern, "grep", &len);
    bool substring = !asvc_glob_has_star(text, len);
    vstr_t glob;
    vstr_init(&glob, len + 2);
    if (substring) {
        vstr_add_char(&glob, '*');
    }
    for (size_t i = 0; i < len; i++) {
        bool escape = text[i] == '\\' && i + 1 < len && memchr("[].", text[i + 1], 3) != NULL;
        if (!escape) {
            vstr_add_byte(&glob, (byte)text[i]);
        }
    }
    if (substring) {
        vstr_add_char(&glob, '*');
    }
    return mp_obj_new_bytes_from_vstr(&glob);
}

// Answers a list of globs, of which a line must match one.
static mp_obj_t to_globs(mp_obj_t grep) {
    mp_obj_t globs = mp_obj_new_list(0, NULL);
    size_t n = 1;
    mp_obj_t *patterns = &grep;
    if (asvc_is_sequence(grep)) {
        mp_obj_get_array(grep, &n, &patterns);
    }
    for (size_t i = 0; i < n; i++) {
        mp_obj_list_append(globs, to_glob(patterns[i]));
    }
    ASVC_KEEP(grep);
    return globs;
}

static bool matches_any(mp_obj_t globs, const char *line, size_t line_len) {
    const mp_obj_list_t *list = MP_OBJ_TO_PTR(globs);
    bool any = false;
    for (size_t i = 0; i < list->len && !any; i++) {
        size_t len;
        const char *glob = mp_obj_str_get_data(list->items[i], &len);
        any = asvc_glob_match(glob, len, line, line_len);
    }
    return any;
}

typedef struct _reader_t {
    asvc_ring_t *ring;
    asvc_ring_cursor_t cursor;
    asvc_ring_cursor_t end; // what is written later is not read: stdout itself may lead into the log
    mp_obj_t globs;
    vstr_t line; // the line read last, without its newline: a copy, as writing may overwrite the line
} reader_t;

// args: the stream and its optional `grep`, as cat and lines take them.
static void reader_init(reader_t *reader, size_t n_args, const mp_obj_t *args, mp_map_t *kw_args) {
    mp_obj_t grep = asvc_one_arg(n_args - 1, args + 1, kw_args, MP_QSTR_grep, MP_OBJ_NEW_QSTR(MP_QSTR_));
    reader->ring = &get_stream(args[0])->ring;
    reader->globs = to_globs(grep);
    vstr_init(&reader->line, 80);
    asvc_ring_begin(reader->ring, &reader->cursor);
    asvc_ring_end(reader->ring, &reader->end);
}

// Moves on to the next line that matches; false after the last.
static bool reader_next(reader_t *reader) {
    asvc_ring_line_t part;
    while (reader->cursor.position < reader->end.position
        && asvc_ring_next(reader->ring, &reader->cursor, &part)) {
        size_t len = part.a_len + part.b_len;
        vstr_reset(&reader->line);
        asvc_ring_copy_line(&part, vstr_add_len(&reader->line, len));
        vstr_cut_tail_bytes(&reader->line, 1);
        if (matches_any(reader->globs, reader->line.buf, reader->line.len)) {
            return true;
        }
    }
    vstr_clear(&reader->line);
    return false;
}

// The line as str. Of one that is no UTF-8, and so cannot be a str, the bytes beyond ASCII are shown
// as question marks: one such line must not keep the others from being read.
static mp_obj_t line_to_str(vstr_t *line) {
    if (!asvc_is_utf8(line->buf, line->len)) {
        for (size_t i = 0; i < line->len; i++) {
            if (line->buf[i] & 0x80) {
                line->buf[i] = '?';
            }
        }
    }
    return mp_obj_new_str_copy(&mp_type_str, (const byte *)line->buf, line->len);
}

static void print_rest(reader_t *reader) {
    while (reader_next(reader)) {
        asvc_escape(&reader->line, 0, ' ');
        asvc_say(&reader->line);
    }
}

static mp_obj_t log_stream_cat(size_t n_args, const mp_obj_t *args, mp_map_t *kw_args) {
    reader_t reader;
    reader_init(&reader, n_args, args, kw_args);
    print_rest(&reader);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(log_stream_cat_obj, 1, log_stream_cat);

// Read twice, to count the lines first: a copy of them could take as much memory as the log.
void asvc_log_stream_tail(mp_obj_t stream, mp_obj_t grep, size_t n) {
    if (mp_obj_cast_to_native_base(stream, MP_OBJ_FROM_PTR(&asvc_type_log_stream)) == MP_OBJ_NULL) {
        return;
    }
    mp_obj_t args[] = { stream, grep };
    reader_t reader;
    reader_init(&reader, 2, args, (mp_map_t *)&mp_const_empty_map);
    size_t count = 0;
    while (reader_next(&reader)) {
        count++;
    }
    reader_init(&reader, 2, args, (mp_map_t *)&mp_const_empty_map);
    for (; count > n && reader_next(&reader); count--) {
    }
    print_rest(&reader);
}

static mp_obj_t log_stream_lines(size_t n_args, const mp_obj_t *args, mp_map_t *kw_args) {
    reader_t reader;
    reader_init(&reader, n_args, args, kw_args);
    mp_obj_t lines = mp_obj_new_list(0, NULL);
    while (reader_next(&reader)) {
        mp_obj_list_append(lines, line_to_str(&reader.line));
    }
    return lines;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(log_stream_lines_obj, 1, log_stream_lines);

// ---- readline, tell and seek, as a file has them ----------------------------------------------

static mp_obj_t log_stream_iternext(mp_obj_t self_in) {
    log_stream_t *self = get_stream(self_in);
    asvc_ring_line_t part;
#if ASVC_ASYNCMD
    size_t passed = take_passed(self);
#endif
    if (!asvc_ring_next(&self->ring, &self->place, &part)) {
        return MP_OBJ_STOP_ITERATION;
    }
    vstr_t line;
    vstr_init_len(&line, part.a_len + part.b_len);
    asvc_ring_copy_line(&part, line.buf);
#if ASVC_ASYNCMD
    vstr_cut_head_bytes(&line, passed);
#endif
    mp_obj_t text = line_to_str(&line);
    vstr_clear(&line);
    return text;
}

static mp_obj_t log_stream_readline(mp_obj_t self_in) {
    mp_obj_t line = log_stream_iternext(self_in);
    return line == MP_OBJ_STOP_ITERATION ? MP_OBJ_NEW_QSTR(MP_QSTR_) : line;
}
static MP_DEFINE_CONST_FUN_OBJ_1(log_stream_readline_obj, log_stream_readline);

static mp_obj_t log_stream_tell(mp_obj_t self_in) {
    const log_stream_t *self = get_stream(self_in);
    return mp_obj_new_int_from_ull(self->place.position + self->passed);
}
static MP_DEFINE_CONST_FUN_OBJ_1(log_stream_tell_obj, log_stream_tell);

// An int of up to 60 bits, which may be more than a word holds; 0 for a negative one.
static uint64_t get_position(mp_obj_t obj) {
    mp_int_t high = mp_obj_get_int(mp_binary_op(MP_BINARY_OP_RSHIFT, obj, MP_OBJ_NEW_SMALL_INT(32)));
    return high < 0 ? 0 : (uint64_t)high << 32 | (uint32_t)mp_obj_get_int_truncated(obj);
}

static mp_obj_t log_stream_seek(mp_obj_t self_in, mp_obj_t position_obj) {
    log_stream_t *self = get_stream(self_in);
    uint64_t position = get_position(position_obj);
    // From line to line: a line that is read is a whole one, wherever the position points.
    asvc_ring_line_t passed;
    self->passed = 0;
    asvc_ring_begin(&self->ring, &self->place);
    while (self->place.position < position && asvc_ring_next(&self->ring, &self->place, &passed)) {
    }
    return log_stream_tell(self_in);
}
static MP_DEFINE_CONST_FUN_OBJ_2(log_stream_seek_obj, log_stream_seek);

#if ASVC_ASYNCMD
// All lines, as one str.
static mp_obj_t log_stream_getvalue(mp_obj_t self_in) {
    const log_stream_t *self = get_stream(self_in);
    asvc_ring_cursor_t at;
    asvc_ring_line_t part;
    vstr_t text;
    vstr_init(&text, self->ring.used + 1);
    asvc_ring_begin(&self->ring, &at);
    while (asvc_ring_next(&self->ring, &at, &part)) {
        asvc_ring_copy_line(&part, vstr_add_len(&text, part.a_len + part.b_len));
    }
    return line_to_str(&text);
}
static MP_DEFINE_CONST_FUN_OBJ_1(log_stream_getvalue_obj, log_stream_getvalue);
#endif

// ---- follow ---------------------------------------------------------------------------------

static void follow_begin(follower_t *self) {
    asvc_ring_end(&self->stream->ring, &self->cursor);
    self->next = self->stream->followers;
    self->stream->followers = self;
    self->in_list = true;
}

// Prints what is new and answers whether there was anything. What printing writes into this very log
// (stdout may lead there) is passed over, or it would go on for ever.
static bool print_news(follower_t *self) {
    asvc_ring_t *ring = &self->stream->ring;
    reader_t reader = { .ring = ring, .cursor = self->cursor, .globs = self->globs };
    asvc_ring_end(ring, &reader.end);
    if (reader.end.position == self->cursor.position) {
        return false;
    }
    if (asvc_ring_has_lost(ring, &self->cursor)) {
        asvc_sayf("... lines left the log before they could be printed");
    }
    vstr_init(&reader.line, 80);
    print_rest(&reader);
    asvc_ring_end(ring, &self->cursor);
    return true;
}

static mp_obj_t follow_step(mp_obj_t self_in) {
    follower_t *self = MP_OBJ_TO_PTR(self_in);
    if (!self->in_list) {
        follow_begin(self);
    }
    // Parked while nothing is written; but a busy log is looked at once every wait_ms only.
    if (print_news(self)) {
        asvc_awaitable_sleep(&self->base, self->wait_ms);
    } else {
        asvc_awaitable_park(&self->base);
    }
    return MP_OBJ_NULL;
}

static void follow_leave(mp_obj_t self_in) {
    follower_t *self = MP_OBJ_TO_PTR(self_in);
    follower_t **at = &self->stream->followers;
    while (*at != NULL && *at != self) {
        at = &(*at)->next;
    }
    if (*at == self) {
        *at = self->next;
    }
    self->in_list = false;
}

static const asvc_awaitable_protocol_t follow_protocol = { follow_step, follow_leave };
static ASVC_AWAITABLE_TYPE(type_follower, MP_QSTR_follow, follow_protocol);

static mp_obj_t log_stream_follow(size_t n_args, const mp_obj_t *args, mp_map_t *kw_args) {
    enum { ARG_grep, ARG_wait };
    static const mp_arg_t allowed[] = {
        { MP_QSTR_grep, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_QSTR(MP_QSTR_) } },
        { MP_QSTR_wait, MP_ARG_OBJ, { .u_obj = MP_OBJ_NULL } },
    };
    mp_arg_val_t arg[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all(n_args - 1, args + 1, kw_args, MP_ARRAY_SIZE(allowed), allowed, arg);
    follower_t *self = m_new0(follower_t, 1);
    self->base.base.type = &type_follower;
    self->stream = get_stream(args[0]);
    self->globs = to_globs(arg[ARG_grep].u_obj);
    mp_obj_t wait = arg[ARG_wait].u_obj;
    self->wait_ms = wait == MP_OBJ_NULL ? 50 : asvc_seconds_as_ms(wait);
    if (self->wait_ms < 0) {
        asvc_raise(&mp_type_ValueError, "follow: wait: expected seconds, 0 or more");
    }
    return MP_OBJ_FROM_PTR(self);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(log_stream_follow_obj, 1, log_stream_follow);

// _grep(pattern, line): asyncmd's tools ask the stream whether a line of theirs matches.
static mp_obj_t log_stream_grep(mp_obj_t self, mp_obj_t pattern, mp_obj_t text) {
    (void)self;
    mp_obj_t globs = to_globs(pattern);
    size_t len;
    const char *line = asvc_get_str(text, "_grep: line", &len);
    bool ended = len > 0 && line[len - 1] == '\n';
    return mp_obj_new_bool(matches_any(globs, line, len - ended));
}
static MP_DEFINE_CONST_FUN_OBJ_3(log_stream_grep_obj, log_stream_grep);

static const mp_rom_map_elem_t log_stream_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR_write), MP_ROM_PTR(&mp_stream_write_obj) },
    { MP_ROM_QSTR(MP_QSTR_flush), MP_ROM_PTR(&mp_stream_flush_obj) },
    { MP_ROM_QSTR(MP_QSTR_cat), MP_ROM_PTR(&log_stream_cat_obj) },
    { MP_ROM_QSTR(MP_QSTR_lines), MP_ROM_PTR(&log_stream_lines_obj) },
    { MP_ROM_QSTR(MP_QSTR_follow), MP_ROM_PTR(&log_stream_follow_obj) },
    { MP_ROM_QSTR(MP_QSTR__grep), MP_ROM_PTR(&log_stream_grep_obj) },
    { MP_ROM_QSTR(MP_QSTR_readline), MP_ROM_PTR(&log_stream_readline_obj) },
    { MP_ROM_QSTR(MP_QSTR_tell), MP_ROM_PTR(&log_stream_tell_obj) },
    { MP_ROM_QSTR(MP_QSTR_seek), MP_ROM_PTR(&log_stream_seek_obj) },
#if ASVC_ASYNCMD
    { MP_ROM_QSTR(MP_QSTR_read), MP_ROM_PTR(&mp_stream_read_obj) },
    { MP_ROM_QSTR(MP_QSTR_getvalue), MP_ROM_PTR(&log_stream_getvalue_obj) },
#endif
    // asyncmd's services ask this before they read: whether the first line is but the end of one.
    { MP_ROM_QSTR(MP_QSTR__comp), MP_ROM_FALSE },
};
static MP_DEFINE_CONST_DICT(log_stream_locals, log_stream_locals_table);

MP_DEFINE_CONST_OBJ_TYPE(asvc_type_log_stream, MP_QSTR_AioStream, MP_TYPE_FLAG_ITER_IS_ITERNEXT, make_new,
    log_stream_make_new, iter, log_stream_iternext, protocol, &log_stream_protocol, locals_dict,
    &log_stream_locals);

// For the logger and the module.

mp_obj_t asvc_streamlog(void) {
    asvc_root_t *root = asvc_root();
    if (root->streamlog == MP_OBJ_NULL) {
        mp_obj_t size = MP_OBJ_NEW_SMALL_INT(ASVC_STREAMLOG_SIZE);
        root->streamlog = log_stream_make_new(&asvc_type_log_stream, 1, 0, &size);
    }
    return root->streamlog;
}

void asvc_streamlog_set(mp_obj_t stream) {
    asvc_root()->streamlog = stream;
}

void asvc_stream_check(mp_obj_t stream, const char *what) {
    mp_obj_t method[2];
    mp_load_method_maybe(stream, MP_QSTR_write, method);
    if (method[0] == MP_OBJ_NULL) {
        asvc_raise(&mp_type_TypeError, "%s: expected a stream (an object with a method write), got %t", what,
            stream);
    }
}

void asvc_stream_write(mp_obj_t stream, const char *text, size_t len) {
    // A subclass may have a `write` of its own: only an AioStream itself is written to directly.
    if (mp_obj_is_type(stream, &asvc_type_log_stream)) {
        write_line(MP_OBJ_TO_PTR(stream), text, len);
        return;
    }
    asvc_call_1(stream, MP_QSTR_write, mp_obj_new_str_copy(&mp_type_str, (const byte *)text, len));
}

#endif
