// The log: a ring of whole lines in storage of a fixed size.
//
// Bytes are written as they come, in any pieces. A line is complete at its '\n' and is read only
// then; an unfinished one is kept but not shown. When room is needed the oldest lines leave, always
// whole, so what is read never starts in the middle of a line. A line that cannot fit even into the
// empty ring is ended where the room ends with ASVC_RING_CUT_MARK and the rest of it is dropped.
//
// Every byte kept gets a position, counted from 0 in 64 bits. A reader remembers the position after
// the line it read last (its cursor); writers need not know of readers.
#ifndef ASVC_CORE_RING_H
#define ASVC_CORE_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// How a line that was cut ends. In a ring smaller than the mark a cut line is the tail of the mark.
#define ASVC_RING_CUT_MARK "...[cut]\n"

// The fields are the ring's own; callers use the functions.
typedef struct {
    char *storage;
    size_t size;
    size_t oldest; // offset in storage of the first byte held
    size_t used; // bytes held, the unfinished line included
    size_t open; // how many of these, the latest, are of the unfinished line; < size
    uint64_t written; // position after the latest byte held
    bool skipping; // the line being written was cut: drop what comes up to its '\n'
} asvc_ring_t;

// A reader's place: always the start of a line. A plain value, free to copy; needs no release.
typedef struct {
    uint64_t position;
} asvc_ring_cursor_t;

// One line where it stands in the storage: the bytes of a, then those of b, '\n' included. b_len is
// non-zero only where the line runs over the end of the storage. Both pointers are good until the
// next write or init.
typedef struct {
    const char *a;
    size_t a_len;
    const char *b;
    size_t b_len;
} asvc_ring_line_t;

// Makes an empty ring in storage[0..size), which stays the caller's and must live as long as the
// ring. Size 0 is a ring that keeps nothing. Also empties a ring in use; cursors of before then
// have no meaning.
void asvc_ring_init(asvc_ring_t *ring, char *storage, size_t size);

// Writes len bytes of any content. Cannot fail; takes time linear in len plus what leaves. data must
// not be in the ring's own storage.
void asvc_ring_write(asvc_ring_t *ring, const char *data, size_t len);

// Places the cursor at the oldest line, to read all there is.
void asvc_ring_begin(const asvc_ring_t *ring, asvc_ring_cursor_t *cursor);

// Places the cursor after the latest complete line, to read only what gets complete from now on.
void asvc_ring_end(const asvc_ring_t *ring, asvc_ring_cursor_t *cursor);

// Answers the line at the cursor and moves the cursor past it; false where no complete line is
// there (yet: a later call may find one). Lines that left before they were read are skipped.
bool asvc_ring_next(const asvc_ring_t *ring, asvc_ring_cursor_t *cursor, asvc_ring_line_t *line);

// Whether lines behind the cursor have left before they were read; asvc_ring_next skips them.
bool asvc_ring_has_lost(const asvc_ring_t *ring, const asvc_ring_cursor_t *cursor);

// Copies a line's bytes into out, which has room for them, without a NUL.
void asvc_ring_copy_line(const asvc_ring_line_t *line, char *out);

#endif
