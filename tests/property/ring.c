// The log ring against a list of lines that is written byte by byte.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/ring.h"
#include "property.h"

// Everything is moved up when a line leaves.
enum { LARGEST = 48 };

typedef struct {
    char bytes[LARGEST];
    size_t len;
    uint64_t number; // counted from the first line ever
} model_line_t;

typedef struct {
    size_t size;
    model_line_t lines[LARGEST];
    size_t n_lines;
    model_line_t open;
    bool skipping;
} model_t;

static size_t model_used(const model_t *model) {
    size_t used = model->open.len;
    for (size_t i = 0; i < model->n_lines; i++) {
        used += model->lines[i].len;
    }
    return used;
}

static void model_drop_to(model_t *model, size_t size) {
    while (model_used(model) > size) {
        assert_true(model->n_lines > 0);
        model->n_lines--;
        memmove(&model->lines[0], &model->lines[1], model->n_lines * sizeof(model->lines[0]));
    }
}

static void model_finish_line(model_t *model) {
    model_line_t line = model->open;
    model->open.len = 0;
    model->open.number++;
    model_drop_to(model, model->size - line.len);
    model->lines[model->n_lines++] = line;
}

static void model_cut(model_t *model) {
    const char *mark = ASVC_RING_CUT_MARK;
    while (strlen(mark) > model->size) {
        mark++;
    }
    size_t keep = model->size - strlen(mark);
    size_t back = 0;
    while (back < 3 && back < keep && ((unsigned)model->open.bytes[keep - back] & 0xC0u) == 0x80u) {
        back++;
    }
    memcpy(model->open.bytes + keep - back, mark, strlen(mark));
    model->open.len = keep - back + strlen(mark);
    model_finish_line(model);
}

static void model_write(model_t *model, char byte) {
    if (model->size == 0) {
        return;
    }
    if (model->skipping) {
        model->skipping = byte != '\n';
    } else if (byte == '\n') {
        model->open.bytes[model->open.len++] = byte;
        model_finish_line(model);
    } else if (model->open.len == model->size - 1) {
        model_cut(model);
        model->skipping = true;
    } else {
        model->open.bytes[model->open.len++] = byte;
        model_drop_to(model, model->size);
    }
}

// The number of the oldest line held.
static uint64_t oldest_of(const model_t *model) {
    return model->open.number - model->n_lines;
}

// A reader of both: its cursor, and the number of the model's line it must get next.
typedef struct {
    asvc_ring_cursor_t cursor;
    uint64_t next;
} reader_t;

// Reads one line from both; they must agree. Returns whether there was one.
static bool read_both(const asvc_ring_t *ring, const model_t *model, reader_t *reader) {
    asvc_ring_line_t line;
    assert_int_equal(asvc_ring_has_lost(ring, &reader->cursor), reader->next < oldest_of(model));
    bool found = asvc_ring_next(ring, &reader->cursor, &line);
    uint64_t oldest = oldest_of(model);
    if (reader->next < oldest) {
        reader->next = oldest;
    }
    assert_int_equal(found, reader->next < model->open.number);
    if (found) {
        const model_line_t *expected = &model->lines[reader->next - oldest];
        char bytes[LARGEST + 1];
        assert_int_equal(expected->number, reader->next);
        assert_int_equal(line.a_len + line.b_len, expected->len);
        asvc_ring_copy_line(&line, bytes);
        assert_memory_equal(bytes, expected->bytes, expected->len);
        reader->next++;
    }
    return found;
}

static size_t random_piece(property_random_t *random, char *out, size_t most) {
    const char *const bits[] = { "a", "b", "\n", "\n", "\r\n", "log ", "\xC3\xA9", "\xE2\x82\xAC",
        "\xF0\x9F\x98\x80", "\x80", "\xFF" };
    size_t len = 0;
    uint32_t n = property_below(random, 12);
    for (uint32_t i = 0; i < n; i++) {
        const char *bit = bits[property_below(random, sizeof(bits) / sizeof(bits[0]))];
        if (len + strlen(bit) <= most) {
            memcpy(out + len, bit, strlen(bit));
            len += strlen(bit);
        }
    }
    if (property_below(random, 20) == 0) { // sometimes a long run without an end
        len = property_below(random, (uint32_t)most);
        memset(out, "x\x80"[property_below(random, 2)], len);
    }
    return len;
}

static void write_both(asvc_ring_t *ring, model_t *model, property_random_t *random) {
    char piece[2 * LARGEST];
    size_t len = random_piece(random, piece, sizeof(piece));
    asvc_ring_write(ring, piece, len);
    for (size_t i = 0; i < len; i++) {
        model_write(model, piece[i]);
    }
}

static void assert_same_lines(const asvc_ring_t *ring, const model_t *model) {
    reader_t all = { .next = oldest_of(model) };
    asvc_ring_begin(ring, &all.cursor);
    while (read_both(ring, model, &all)) {
    }
    asvc_ring_cursor_t end;
    asvc_ring_end(ring, &end);
    assert_true(end.position == all.cursor.position);
}

// Writes, or does something with a reader that keeps its place meanwhile.
static void act(asvc_ring_t *ring, model_t *model, reader_t *reader, property_random_t *random) {
    uint32_t what = property_below(random, 20);
    if (what < 12) {
        write_both(ring, model, random);
    } else if (what < 18) {
        read_both(ring, model, reader);
    } else if (what == 18) {
        asvc_ring_end(ring, &reader->cursor);
        reader->next = model->open.number;
    } else {
        asvc_ring_begin(ring, &reader->cursor);
        reader->next = oldest_of(model);
    }
}

static void random_writing_and_reading_agrees_with_a_list_of_lines(void **state) {
    (void)state;
    property_random_t random = { property_seed() };
    char *storage = NULL;
    asvc_ring_t ring;
    static model_t model;
    reader_t reader;
    while (property_goes_on()) {
        if (property_begun % 1000 == 1) { // the next size
            size_t size = property_begun / 1000 % (LARGEST + 1);
            free(storage);
            storage = malloc(size); // exactly so much: the sanitizer sees a byte too far
            asvc_ring_init(&ring, storage, size);
            model = (model_t){ .size = size };
            reader = (reader_t){ .next = 0 };
        }
        act(&ring, &model, &reader, &random);
        assert_same_lines(&ring, &model);
    }
    free(storage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_writing_and_reading_agrees_with_a_list_of_lines),
    };
    return PROPERTY_RUN(tests);
}
