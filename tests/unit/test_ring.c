// The log ring, by example.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdbool.h>

#include "core/ring.h"

static void write_text(asvc_ring_t *ring, const char *text) {
    asvc_ring_write(ring, text, strlen(text));
}

// Reads on from the cursor; the lines must be, put together, the expected text.
static void assert_reads(const asvc_ring_t *ring, asvc_ring_cursor_t *cursor, const char *expected) {
    char text[256];
    size_t len = 0;
    asvc_ring_line_t line;
    while (asvc_ring_next(ring, cursor, &line)) {
        size_t line_len = line.a_len + line.b_len;
        assert_true(len + line_len < sizeof(text));
        asvc_ring_copy_line(&line, text + len);
        len += line_len;
        assert_int_equal(text[len - 1], '\n');
    }
    text[len] = '\0';
    assert_string_equal(text, expected);
}

static void assert_holds(const asvc_ring_t *ring, const char *expected) {
    asvc_ring_cursor_t cursor;
    asvc_ring_begin(ring, &cursor);
    assert_reads(ring, &cursor, expected);
}

static void a_new_ring_has_no_lines(void **state) {
    (void)state;
    char storage[16];
    asvc_ring_t ring;
    asvc_ring_init(&ring, storage, sizeof(storage));
    assert_holds(&ring, "");
    asvc_ring_write(&ring, NULL, 0);
    assert_holds(&ring, "");
}

static void a_line_is_read_only_when_it_is_complete(void **state) {
    (void)state;
    char storage[16];
    asvc_ring_t ring;
    asvc_ring_init(&ring, storage, sizeof(storage));
    write_text(&ring, "one\ntw");
    assert_holds(&ring, "one\n");
    write_text(&ring, "o");
    assert_holds(&ring, "one\n");
    write_text(&ring, "\n\n");
    assert_holds(&ring, "one\ntwo\n\n");
}

static void the_oldest_lines_leave_whole(void **state) {
    (void)state;
    char storage[12];
    asvc_ring_t ring;
    asvc_ring_init(&ring, storage, sizeof(storage));
    write_text(&ring, "aaa\nbbb\nccc\n"); // full to the last byte
    assert_holds(&ring, "aaa\nbbb\nccc\n");
    write_text(&ring, "d"); // takes a whole line's place although one byte would do
    assert_holds(&ring, "bbb\nccc\n");
    write_text(&ring, "dddd\n");
    assert_holds(&ring, "ccc\nddddd\n");
}

static void a_line_over_the_end_of_the_storage_comes_in_two_parts(void **state) {
    (void)state;
    char storage[8];
    asvc_ring_t ring;
    asvc_ring_init(&ring, storage, sizeof(storage));
    write_text(&ring, "abcde\n12345\n");

    asvc_ring_cursor_t cursor;
    asvc_ring_line_t line;
    asvc_ring_begin(&ring, &cursor);
    assert_true(asvc_ring_next(&ring, &cursor, &line));
    assert_int_equal(line.a_len, 2);
    assert_memory_equal(line.a, "12", 2);
    assert_int_equal(line.b_len, 4);
    assert_memory_equal(line.b, "345\n", 4);
    assert_false(asvc_ring_next(&ring, &cursor, &line));
}

static void copying_a_line_joins_its_parts_and_writes_no_further(void **state) {
    (void)state;
    asvc_ring_line_t line = { "12", 2, "345\n", 4 };
    char out[7] = "#######";
    asvc_ring_copy_line(&line, out);
    assert_memory_equal(out, "12345\n#", 7);
}

static void a_line_that_just_fits_is_not_cut(void **state) {
    (void)state;
    char storage[12];
    asvc_ring_t ring;
    asvc_ring_init(&ring, storage, sizeof(storage));
    write_text(&ring, "x\n0123456789a\n");
    assert_holds(&ring, "0123456789a\n");
}

static void a_line_longer_than_the_ring_is_cut_and_says_so(void **state) {
    (void)state;
    char storage[12];
    asvc_ring_t ring;
    asvc_ring_init(&ring, storage, sizeof(storage));
    write_text(&ring, "x\n0123456789ab\n");
    assert_holds(&ring, "012" ASVC_RING_CUT_MARK);
    write_text(&ring, "y\n");
    assert_holds(&ring, "y\n");
}

static void the_rest_of_a_cut_line_is_dropped_to_its_end(void **state) {
    (void)state;
    char storage[20];
    asvc_ring_t ring;
    asvc_ring_init(&ring, storage, sizeof(storage));
    for (int i = 0; i < 30; i++) {
        write_text(&ring, "z");
    }
    assert_holds(&ring, "zzzzzzzzzzz" ASVC_RING_CUT_MARK);
    write_text(&ring, "zzz\n");
    assert_holds(&ring, "zzzzzzzzzzz" ASVC_RING_CUT_MARK);
    write_text(&ring, "next\n");
    assert_holds(&ring, "next\n");
}

static void a_cut_leaves_no_half_of_a_character(void **state) {
    (void)state;
    const char *const characters[] = { "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80" }; // 2, 3, 4 bytes
    for (size_t c = 0; c < 3; c++) {
        size_t character_len = strlen(characters[c]);
        for (size_t before = 0; before <= 6; before++) { // bytes in front, moving it over the cut
            char storage[sizeof(ASVC_RING_CUT_MARK) - 1 + 5];
            asvc_ring_t ring;
            asvc_ring_init(&ring, storage, sizeof(storage));
            char expected[32] = { 0 };
            for (size_t i = 0; i < before; i++) {
                write_text(&ring, "x");
            }
            for (int i = 0; i < 10; i++) {
                write_text(&ring, characters[c]);
            }
            memset(expected, 'x', before < 5 ? before : 5);
            for (size_t len = before; len + character_len <= 5; len += character_len) {
                strcat(expected, characters[c]);
            }
            strcat(expected, ASVC_RING_CUT_MARK);
            assert_holds(&ring, expected);
        }
    }
}

static void a_ring_smaller_than_the_mark_shows_the_end_of_it(void **state) {
    (void)state;
    char storage[5];
    asvc_ring_t ring;
    asvc_ring_init(&ring, storage, 5);
    write_text(&ring, "123456789\n");
    assert_holds(&ring, "cut]\n");
    asvc_ring_init(&ring, storage, 1);
    write_text(&ring, "1");
    assert_holds(&ring, "\n");
}

static void a_ring_of_no_size_keeps_nothing(void **state) {
    (void)state;
    asvc_ring_t ring;
    asvc_ring_init(&ring, NULL, 0);
    write_text(&ring, "abc\n\n");
    assert_holds(&ring, "");
}

static void any_byte_but_newline_is_content(void **state) {
    (void)state;
    char storage[16];
    asvc_ring_t ring;
    asvc_ring_init(&ring, storage, sizeof(storage));
    asvc_ring_write(&ring, "a\0\r\xFF\n", 5);
    asvc_ring_cursor_t cursor;
    asvc_ring_line_t line;
    asvc_ring_begin(&ring, &cursor);
    assert_true(asvc_ring_next(&ring, &cursor, &line));
    assert_int_equal(line.a_len, 5);
    assert_memory_equal(line.a, "a\0\r\xFF\n", 5);
}

static void a_cursor_goes_on_where_it_was_after_more_is_written(void **state) {
    (void)state;
    char storage[32];
    asvc_ring_t ring;
    asvc_ring_init(&ring, storage, sizeof(storage));
    write_text(&ring, "one\ntwo\n");
    asvc_ring_cursor_t cursor;
    asvc_ring_begin(&ring, &cursor);
    assert_reads(&ring, &cursor, "one\ntwo\n");
    write_text(&ring, "thr");
    assert_reads(&ring, &cursor, "");
    write_text(&ring, "ee\n");
    assert_reads(&ring, &cursor, "three\n");
}

static void a_cursor_at_the_end_sees_only_what_comes(void **state) {
    (void)state;
    char storage[32];
    asvc_ring_t ring;
    asvc_ring_init(&ring, storage, sizeof(storage));
    write_text(&ring, "old\nbeg");
    asvc_ring_cursor_t cursor;
    asvc_ring_end(&ring, &cursor);
    assert_reads(&ring, &cursor, "");
    write_text(&ring, "un\n");
    assert_reads(&ring, &cursor, "begun\n");
}

static void a_cursor_skips_what_left_before_it_was_read(void **state) {
    (void)state;
    char storage[8];
    asvc_ring_t ring;
    asvc_ring_init(&ring, storage, sizeof(storage));
    write_text(&ring, "1\n2\n3\n4\n");
    asvc_ring_cursor_t cursor;
    asvc_ring_line_t line;
    asvc_ring_begin(&ring, &cursor);
    assert_true(asvc_ring_next(&ring, &cursor, &line));
    write_text(&ring, "5\n6\n7\n");
    assert_reads(&ring, &cursor, "4\n5\n6\n7\n");
}

static void a_cursor_knows_that_lines_left_before_they_were_read(void **state) {
    (void)state;
    char storage[8];
    asvc_ring_t ring;
    asvc_ring_cursor_t cursor;
    asvc_ring_init(&ring, storage, sizeof(storage));
    asvc_ring_begin(&ring, &cursor);
    write_text(&ring, "one\ntwo\n");
    assert_false(asvc_ring_has_lost(&ring, &cursor));
    write_text(&ring, "2\n");
    assert_true(asvc_ring_has_lost(&ring, &cursor));
    assert_reads(&ring, &cursor, "two\n2\n");
    assert_false(asvc_ring_has_lost(&ring, &cursor));
}

static void positions_go_on_beyond_32_bits(void **state) {
    (void)state;
    char storage[8];
    asvc_ring_t ring;
    asvc_ring_init(&ring, storage, sizeof(storage));
    ring.written = UINT32_MAX - UINT64_C(2); // as if that much had come and gone
    write_text(&ring, "1\n2\n3\n4\n");
    asvc_ring_cursor_t cursor;
    asvc_ring_line_t line;
    asvc_ring_begin(&ring, &cursor);
    assert_true(asvc_ring_next(&ring, &cursor, &line));
    write_text(&ring, "5\n");
    assert_reads(&ring, &cursor, "2\n3\n4\n5\n");
    assert_true(ring.written == UINT32_MAX - UINT64_C(2) + 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_ring_has_no_lines),
        cmocka_unit_test(a_line_is_read_only_when_it_is_complete),
        cmocka_unit_test(the_oldest_lines_leave_whole),
        cmocka_unit_test(a_line_over_the_end_of_the_storage_comes_in_two_parts),
        cmocka_unit_test(copying_a_line_joins_its_parts_and_writes_no_further),
        cmocka_unit_test(a_line_that_just_fits_is_not_cut),
        cmocka_unit_test(a_line_longer_than_the_ring_is_cut_and_says_so),
        cmocka_unit_test(the_rest_of_a_cut_line_is_dropped_to_its_end),
        cmocka_unit_test(a_cut_leaves_no_half_of_a_character),
        cmocka_unit_test(a_ring_smaller_than_the_mark_shows_the_end_of_it),
        cmocka_unit_test(a_ring_of_no_size_keeps_nothing),
        cmocka_unit_test(any_byte_but_newline_is_content),
        cmocka_unit_test(a_cursor_goes_on_where_it_was_after_more_is_written),
        cmocka_unit_test(a_cursor_at_the_end_sees_only_what_comes),
        cmocka_unit_test(a_cursor_skips_what_left_before_it_was_read),
        cmocka_unit_test(a_cursor_knows_that_lines_left_before_they_were_read),
        cmocka_unit_test(positions_go_on_beyond_32_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
