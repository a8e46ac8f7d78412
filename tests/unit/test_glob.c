// Patterns with *, by example.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdbool.h>

#include "core/glob.h"

static bool match(const char *pattern, const char *text) {
    return asvc_glob_match(pattern, strlen(pattern), text, strlen(text));
}

static void a_pattern_without_star_matches_only_itself(void **state) {
    (void)state;
    assert_true(match("hello.service", "hello.service"));
    assert_false(match("hello.service", "hello.service@1"));
    assert_false(match("hello.service", "hello"));
    assert_false(match("hello", "Hello"));
    assert_true(match("", ""));
    assert_false(match("", "a"));
    assert_false(match("a", ""));
}

static void a_star_stands_for_any_run_also_an_empty_one(void **state) {
    (void)state;
    assert_true(match("*", ""));
    assert_true(match("*", "anything at all"));
    assert_true(match("hello.*", "hello.service"));
    assert_true(match("hello.service*", "hello.service"));
    assert_true(match("*.service.*", "hello.service.blink"));
    assert_false(match("*.service.*", "hello.service"));
    assert_true(match("**a**", "a"));
    assert_true(match("*ab", "aab"));
    assert_true(match("*[hello.service]*", "2023-03-16 [hello.service] [INFO] on\n"));
}

static void nothing_but_the_star_is_special(void **state) {
    (void)state;
    assert_false(match("a.c", "abc"));
    assert_false(match("a?c", "abc"));
    assert_false(match("[ab]", "a"));
    assert_false(match("\\*", "*"));
    assert_true(match("\\*", "\\x"));
    assert_true(match("a+?", "a+?"));
}

static void a_star_in_the_text_is_an_ordinary_byte(void **state) {
    (void)state;
    assert_true(match("*", "*"));
    assert_true(match("a*b", "a*b"));
    assert_false(match("ab", "*"));
}

static void lengths_count_not_terminators(void **state) {
    (void)state;
    assert_true(asvc_glob_match("a*XX", 2, "a\0b", 3));
    assert_true(asvc_glob_match("*b", 2, "a\0b", 3));
    assert_false(asvc_glob_match("a", 1, "a\0", 2));
    assert_true(asvc_glob_match(NULL, 0, NULL, 0));
    assert_false(asvc_glob_match(NULL, 0, "a", 1));
    assert_true(asvc_glob_match("*", 1, NULL, 0));
}

static void a_star_is_seen_only_within_the_length(void **state) {
    (void)state;
    assert_true(asvc_glob_has_star("*", 1));
    assert_true(asvc_glob_has_star("ab*", 3));
    assert_false(asvc_glob_has_star("ab*", 2));
    assert_false(asvc_glob_has_star("ab?", 3));
    assert_false(asvc_glob_has_star(NULL, 0));
}

// With a matcher that tries every star again this would not end in a lifetime.
static void many_stars_on_a_long_text_end_at_once(void **state) {
    (void)state;
    char text[5000];
    memset(text, 'a', sizeof(text));
    char pattern[201];
    for (size_t i = 0; i < 200; i++) {
        pattern[i] = i % 2 == 0 ? 'a' : '*';
    }
    pattern[200] = 'b';
    assert_false(asvc_glob_match(pattern, sizeof(pattern), text, sizeof(text)));
    text[sizeof(text) - 1] = 'b';
    assert_true(asvc_glob_match(pattern, sizeof(pattern), text, sizeof(text)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pattern_without_star_matches_only_itself),
        cmocka_unit_test(a_star_stands_for_any_run_also_an_empty_one),
        cmocka_unit_test(nothing_but_the_star_is_special),
        cmocka_unit_test(a_star_in_the_text_is_an_ordinary_byte),
        cmocka_unit_test(lengths_count_not_terminators),
        cmocka_unit_test(a_star_is_seen_only_within_the_length),
        cmocka_unit_test(many_stars_on_a_long_text_end_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
