// The syntax of JSON: what passes, what does not and why, and that a text cut off anywhere never passes
// for another.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/config.h"
#include "core/json.h"

static asvc_json_span_t span_of(const char *text) {
    return (asvc_json_span_t){ text, text + strlen(text) };
}

// Checks a copy that ends where its memory ends, so that one byte read too much is a report of the
// address sanitizer.
static const char *check_bytes(const char *text, size_t len, unsigned *line) {
    char *copy = malloc(len > 0 ? len : 1);
    assert_non_null(copy);
    memcpy(copy, text, len);
    const char *expected = asvc_json_check((asvc_json_span_t){ copy, copy + len }, 38, line);
    free(copy);
    return expected;
}

static void assert_passes(const char *text) {
    unsigned line;
    const char *expected = check_bytes(text, strlen(text), &line);
    if (expected != NULL) {
        fail_msg("%s: expected %s", text, expected);
    }
}

static void assert_refused(const char *text, unsigned line, const char *expected) {
    unsigned found_line = 0;
    const char *found = check_bytes(text, strlen(text), &found_line);
    if (found == NULL) {
        fail_msg("%s: was let pass", text);
    }
    assert_string_equal(found, expected);
    assert_int_equal(found_line, line);
}

// One of everything; ends with its last brace.
static const char everything[] =
    "{\"hello\": {\"enabled\": true, \"args\": [3, -2.5, 1e9, 0.5E-3, 7e+2],\n"
    "  \"kwargs\": {\"led\": \"${LED}\", \"text\": \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"}},\r\n"
    "\t\"r\xc3\xa9sum\xc3\xa9\": [null, false, [], {}, [[\"]\", \"}\"]]] }";

static void an_object_passes(void **state) {
    (void)state;
    assert_passes("{}");
    assert_passes(" \t\r\n{ \t\r\n} \t\r\n");
    assert_passes("{\"\": \"\"}");
    assert_passes("{\"a\":1,\"b\":-0,\"c\":1.25e-3}");
    assert_passes("{\"a\": {\"b\": {\"c\": []}}, \"a\": null}");
    assert_passes(everything);
}

static void a_comma_after_the_last_member_and_zeros_before_a_number_pass(void **state) {
    (void)state;
    assert_passes("{\"a\": 1,}");
    assert_passes("{\"a\": [1, 2 , ] , }");
    assert_passes("{\"a\": 007}");
}

static void commas_too_many_and_too_few_pass(void **state) {
    (void)state;
    assert_passes("{,}");
    assert_passes("{\"a\": [,]}");
    assert_passes("{\"a\": [1,,2]}");
    assert_passes("{\"a\": [1 2]}");
    assert_passes("{\"a\": {, \"enabled\": true}\n\"b\": 2}");
}

static void a_comma_is_no_value(void **state) {
    (void)state;
    assert_refused("{\"a\":,}", 1, "a value");
    assert_refused(",{}", 1, "'{'");
}

static void a_text_that_is_no_object_is_refused(void **state) {
    (void)state;
    assert_refused("", 1, "'{', found an empty file");
    assert_refused(" \n\n ", 3, "'{', found an empty file");
    assert_refused("[1, 2]", 1, "'{'");
    assert_refused("\"text\"", 1, "'{'");
    assert_refused("null", 1, "'{'");
    assert_refused("}", 1, "'{'");
    assert_refused("{}\n{}", 2, "nothing more");
    assert_refused("{}}", 1, "nothing more");
    assert_refused("{},", 1, "nothing more");
}

static void a_byte_order_mark_is_refused(void **state) {
    (void)state;
    assert_refused("\xef\xbb\xbf{}", 1, "'{'");
    assert_refused("{}\xef\xbb\xbf", 1, "nothing more");
}

static void what_is_wrong_is_told_with_its_line(void **state) {
    (void)state;
    assert_refused("{\n1: 2}", 2, "a key in double quotes");
    assert_refused("{\n'a': 2}", 2, "a key in double quotes");
    assert_refused("{\n\n\"a\" 2}", 3, "':'");
    assert_refused("{\"a\": 1\nb: 2}", 2, "',' or '}'");
    assert_refused("{\"a\": [1}", 1, "',' or ']'");
    assert_refused("{\"a\": {]}", 1, "a key in double quotes");
    assert_refused("{\"a\":\n}", 2, "a value");
    assert_refused("{\"a\": True}", 1, "a value");
    assert_refused("{\"a\": nul}", 1, "a value");
    assert_refused("{\"a\": nulls}", 1, "',' or '}'");
}

static void a_broken_number_is_refused(void **state) {
    (void)state;
    assert_refused("{\"a\": -}", 1, "a value");
    assert_refused("{\"a\": +1}", 1, "a value");
    assert_refused("{\"a\": .5}", 1, "a value");
    assert_refused("{\"a\": 1.}", 1, "a digit");
    assert_refused("{\"a\": 1e}", 1, "a digit");
    assert_refused("{\"a\": 1e-+1}", 1, "a digit");
    assert_refused("{\"a\": 0x10}", 1, "',' or '}'");
    assert_refused("{\"a\": NaN}", 1, "a value");
}

// They are checked with 38 digits.
static void a_float_that_is_too_large_is_refused(void **state) {
    (void)state;
    const char *smaller = "a smaller number";
    assert_passes("{\"a\": [1e37, -9.9E+37, 0.1e37, 12.5e36]}");
    assert_refused("{\"a\": 1e38}", 1, smaller);
    assert_refused("{\"a\": [1,\n-12E+37]}", 2, smaller);
    assert_refused("{\"a\": 1.5e999}", 1, smaller);
    assert_refused("{\"a\": 1e99999999999999999999999999999999}", 1, smaller);
    assert_refused("{\"a\": 4294967297e18446744073709551617}", 1, smaller);
    assert_passes(
        "{\"a\": [1e-999, 1e-99999999999999999999, 1e000000000000000000000000000000000000000000037]}");
    // integers may be of any length
    assert_passes("{\"a\": 10000000000000000000000000000000000000000}");
    assert_refused("{\"a\": 10000000000000000000000000000000000000000.5}", 1, smaller);
}

static void a_broken_string_is_refused(void **state) {
    (void)state;
    assert_refused("{\"a\": \"line\nbreak\"}", 1, "a closing '\"'");
    assert_refused("{\"a\": \"tab\t\"}", 1, "a closing '\"'");
    assert_refused("{\"a\": \"\\x41\"}", 1, "one of \"\\/bfnrtu after the backslash");
    assert_refused("{\"a\": \"\\u12g4\"}", 1, "four hex digits after \\u");
    assert_refused("{\"a\": \"\\u123\"}", 1, "four hex digits after \\u");
    assert_refused("{\"\\\": 1}", 1, "a closing '\"'");
}

static void a_nul_byte_is_refused_wherever_it_is(void **state) {
    (void)state;
    char text[sizeof(everything)];
    for (size_t at = 0; at < sizeof(everything) - 1; at++) {
        memcpy(text, everything, sizeof(text));
        text[at] = '\0';
        unsigned line;
        if (check_bytes(text, sizeof(text) - 1, &line) == NULL) {
            fail_msg("NUL at %zu was let pass", at);
        }
    }
}

// An object with lists in it, `levels` of both together.
static void nest(char *out, unsigned levels) {
    char *at = out + sprintf(out, "{\"a\":");
    memset(at, '[', levels - 1);
    memset(at + levels - 1, ']', levels - 1);
    strcpy(at + 2 * (levels - 1), "}");
}

static void objects_and_lists_nest_up_to_the_limit(void **state) {
    (void)state;
    char text[2 * ASVC_CONFIG_DEPTH + 10];
    nest(text, ASVC_CONFIG_DEPTH);
    assert_passes(text);
    asvc_json_span_t key, value, members = asvc_json_members(span_of(text));
    assert_true(asvc_json_next_member(&members, &key, &value));
    assert_int_equal(value.end - value.at, 2 * (ASVC_CONFIG_DEPTH - 1));
    nest(text, ASVC_CONFIG_DEPTH + 1);
    assert_refused(text, 1, "less nesting");
}

static void nesting_of_any_depth_is_refused_before_the_stack_ends(void **state) {
    (void)state;
    const size_t len = 4 * 1000 * 1000;
    char *text = malloc(len);
    assert_non_null(text);
    for (size_t i = 0; i < len; i++) {
        text[i] = "{\"a\":"[i % 5];
    }
    unsigned line;
    assert_string_equal(asvc_json_check((asvc_json_span_t){ text, text + len }, 38, &line), "less nesting");
    memset(text + 5, '[', len - 5);
    assert_string_equal(asvc_json_check((asvc_json_span_t){ text, text + len }, 38, &line), "less nesting");
    free(text);
}

static void every_beginning_of_a_document_is_refused(void **state) {
    (void)state;
    for (size_t len = 0; len < sizeof(everything) - 1; len++) {
        unsigned line = 0;
        if (check_bytes(everything, len, &line) == NULL) {
            fail_msg("the first %zu bytes were let pass", len);
        }
        assert_in_range(line, 1, 3);
    }
}

static void assert_span(asvc_json_span_t span, const char *expected) {
    size_t len = (size_t)(span.end - span.at);
    if (len != strlen(expected) || memcmp(span.at, expected, len) != 0) {
        fail_msg("got %.*s, expected %s", (int)len, span.at, expected);
    }
}

static void the_members_come_one_by_one_as_they_are_written(void **state) {
    (void)state;
    asvc_json_span_t key, value, inner_key, inner_value;
    asvc_json_span_t members = asvc_json_members(
        span_of("\n{ \"a\" : [1, {\"x\": 2}] ,\"\\\"}\":{\"b\":\"c,\" , \"d\" : -1.5e3 }, \"a\": null , } "));
    assert_true(asvc_json_next_member(&members, &key, &value));
    assert_span(key, "\"a\"");
    assert_span(value, "[1, {\"x\": 2}]");
    assert_true(asvc_json_next_member(&members, &key, &value));
    assert_span(key, "\"\\\"}\"");
    assert_span(value, "{\"b\":\"c,\" , \"d\" : -1.5e3 }");
    asvc_json_span_t inner = asvc_json_members(value);
    assert_true(asvc_json_next_member(&inner, &inner_key, &inner_value));
    assert_span(inner_key, "\"b\"");
    assert_span(inner_value, "\"c,\"");
    assert_true(asvc_json_next_member(&inner, &inner_key, &inner_value));
    assert_span(inner_key, "\"d\"");
    assert_span(inner_value, "-1.5e3");
    assert_false(asvc_json_next_member(&inner, &inner_key, &inner_value));
    assert_true(asvc_json_next_member(&members, &key, &value));
    assert_span(key, "\"a\"");
    assert_span(value, "null");
    assert_false(asvc_json_next_member(&members, &key, &value));
    assert_false(asvc_json_next_member(&members, &key, &value));
}

static void an_empty_object_has_no_members(void **state) {
    (void)state;
    asvc_json_span_t key, value;
    asvc_json_span_t members = asvc_json_members(span_of("{ }"));
    assert_false(asvc_json_next_member(&members, &key, &value));
    members = asvc_json_members((asvc_json_span_t){ NULL, NULL });
    assert_false(asvc_json_next_member(&members, &key, &value));
    unsigned line;
    assert_non_null(asvc_json_check((asvc_json_span_t){ NULL, NULL }, 38, &line));
}

static void assert_joined(const char *text, const char *expected) {
    char out[64];
    size_t len = asvc_json_join_surrogates((asvc_json_span_t){ text, text + strlen(text) }, out);
    assert_int_equal(len, strlen(expected));
    assert_memory_equal(out, expected, len);
}

static void pairs_of_surrogates_become_utf8(void **state) {
    (void)state;
    assert_joined("\"\\ud83d\\ude00\"", "\"\xf0\x9f\x98\x80\"");
    assert_joined("\"\\uD800\\uDC00\\uDBFF\\uDFFF\"", "\"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\"");
    assert_joined("\"\\u00e9 \\ufffd plain\"", "\"\\u00e9 \\ufffd plain\"");
    assert_joined("", "");
}

static void half_a_pair_of_surrogates_becomes_the_replacement_character(void **state) {
    (void)state;
    assert_joined("\"\\ud83d\"", "\"\\ufffd\"");
    assert_joined("\"\\ude00x\"", "\"\\ufffdx\"");
    assert_joined("\"\\ud83d\\ud83d\\ude00\"", "\"\\ufffd\xf0\x9f\x98\x80\"");
    assert_joined("\"\\ud83d\\n\"", "\"\\ufffd\\n\"");
}

static void an_escaped_backslash_before_a_u_is_no_surrogate(void **state) {
    (void)state;
    assert_joined("\"\\\\ud83d\\\\ude00\"", "\"\\\\ud83d\\\\ude00\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_object_passes),
        cmocka_unit_test(a_comma_after_the_last_member_and_zeros_before_a_number_pass),
        cmocka_unit_test(commas_too_many_and_too_few_pass),
        cmocka_unit_test(a_comma_is_no_value),
        cmocka_unit_test(pairs_of_surrogates_become_utf8),
        cmocka_unit_test(half_a_pair_of_surrogates_becomes_the_replacement_character),
        cmocka_unit_test(an_escaped_backslash_before_a_u_is_no_surrogate),
        cmocka_unit_test(a_text_that_is_no_object_is_refused),
        cmocka_unit_test(a_byte_order_mark_is_refused),
        cmocka_unit_test(what_is_wrong_is_told_with_its_line),
        cmocka_unit_test(a_broken_number_is_refused),
        cmocka_unit_test(a_float_that_is_too_large_is_refused),
        cmocka_unit_test(a_broken_string_is_refused),
        cmocka_unit_test(a_nul_byte_is_refused_wherever_it_is),
        cmocka_unit_test(objects_and_lists_nest_up_to_the_limit),
        cmocka_unit_test(nesting_of_any_depth_is_refused_before_the_stack_ends),
        cmocka_unit_test(every_beginning_of_a_document_is_refused),
        cmocka_unit_test(the_members_come_one_by_one_as_they_are_written),
        cmocka_unit_test(an_empty_object_has_no_members),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
