#include "core/ring.h"

#include <string.h>

#include "core/config.h"

#if ASVC_LOG

// Offset in storage of the byte `distance` after the oldest one. Neither term reaches beyond size,
// so one subtraction does what a division would.
static size_t offset_of(const asvc_ring_t *ring, size_t distance) {
    size_t offset = ring->oldest + distance;
    return offset >= ring->size ? offset - ring->size : offset;
}

// The complete line that starts at offset. There must be one.
static asvc_ring_line_t line_at(const asvc_ring_t *ring, size_t offset) {
    const char *start = ring->storage + offset;
    size_t to_end = ring->size - offset;
    asvc_ring_line_t line = { start, to_end, ring->storage, 0 };
    const char *newline = memchr(start, '\n', to_end);
    if (newline != NULL) {
        line.a_len = (size_t)(newline - start) + 1;
    } else {
        newline = memchr(ring->storage, '\n', offset);
        line.b_len = (size_t)(newline - ring->storage) + 1;
    }
    return line;
}

static void drop_oldest_line(asvc_ring_t *ring) {
    asvc_ring_line_t line = line_at(ring, ring->oldest);
    size_t len = line.a_len + line.b_len;
    ring->oldest = offset_of(ring, len);
    ring->used -= len;
}

// Appends to the unfinished line; open + len <= size, so dropping complete lines makes the room.
static void append(asvc_ring_t *ring, const char *data, size_t len) {
    while (ring->size - ring->used < len) {
        drop_oldest_line(ring);
    }
    size_t offset = offset_of(ring, ring->used);
    size_t to_end = ring->size - offset;
    size_t first = len < to_end ? len : to_end;
    memcpy(ring->storage + offset, data, first);
    memcpy(ring->storage, data + first, len - first);
    ring->used += len;
    ring->open += len;
    ring->written += len;
}

// Ends the unfinished line, which has all bytes it can have, with the mark.
static void cut(asvc_ring_t *ring) {
    const char *mark = ASVC_RING_CUT_MARK;
    size_t mark_len = sizeof(ASVC_RING_CUT_MARK) - 1;
    if (mark_len > ring->size) {
        mark += mark_len - ring->size;
        mark_len = ring->size;
    }
    size_t keep = ring->size - mark_len;
    // A UTF-8 character is kept whole or not at all: half of one could not be printed. It has at
    // most three bytes after its first; more than that is no UTF-8, and is cut anywhere.
    size_t line_start = ring->used - ring->open;
    for (int i = 0; i < 3 && keep > 0; i++) {
        unsigned char first_gone = (unsigned char)ring->storage[offset_of(ring, line_start + keep)];
        if ((first_gone & 0xC0) != 0x80) {
            break;
        }
        keep--;
    }
    // Positions are taken back with the bytes: no cursor can have passed the start of this line.
    size_t gone = ring->open - keep;
    ring->used -= gone;
    ring->written -= gone;
    append(ring, mark, mark_len);
    ring->open = 0;
}

// Writes a piece without '\n' but for its last byte, which is one if `ends`.
static void write_piece(asvc_ring_t *ring, const char *data, size_t len, bool ends) {
    if (ring->skipping) {
        ring->skipping = !ends;
        return;
    }
    size_t room = ring->size - ring->open;
    // A full ring without '\n' could never complete its line: the last place is for the '\n' only.
    if (len < room || (len == room && ends)) {
        append(ring, data, len);
        if (ends) {
            ring->open = 0;
        }
    } else {
        append(ring, data, room - 1);
        cut(ring);
        ring->skipping = !ends;
    }
}

void asvc_ring_init(asvc_ring_t *ring, char *storage, size_t size) {
    *ring = (asvc_ring_t){ .storage = storage, .size = size };
}

void asvc_ring_write(asvc_ring_t *ring, const char *data, size_t len) {
    if (ring->size == 0) {
        return;
    }
    while (len > 0) {
        const char *newline = memchr(data, '\n', len);
        size_t piece = newline == NULL ? len : (size_t)(newline - data) + 1;
        write_piece(ring, data, piece, newline != NULL);
        data += piece;
        len -= piece;
    }
}

void asvc_ring_begin(const asvc_ring_t *ring, asvc_ring_cursor_t *cursor) {
    cursor->position = ring->written - ring->used;
}

void asvc_ring_end(const asvc_ring_t *ring, asvc_ring_cursor_t *cursor) {
    cursor->position = ring->written - ring->open;
}

bool asvc_ring_next(const asvc_ring_t *ring, asvc_ring_cursor_t *cursor, asvc_ring_line_t *line) {
    uint64_t oldest = ring->written - ring->used;
    if (cursor->position < oldest) {
        cursor->position = oldest;
    }
    if (cursor->position >= ring->written - ring->open) {
        return false;
    }
    *line = line_at(ring, offset_of(ring, (size_t)(cursor->position - oldest)));
    cursor->position += line->a_len + line->b_len;
    return true;
}

bool asvc_ring_has_lost(const asvc_ring_t *ring, const asvc_ring_cursor_t *cursor) {
    return cursor->position < ring->written - ring->used;
}

void asvc_ring_copy_line(const asvc_ring_line_t *line, char *out) {
    memcpy(out, line->a, line->a_len);
    memcpy(out + line->a_len, line->b, line->b_len);
}

#endif
