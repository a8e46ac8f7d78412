// Distances between names.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/nearest.h"

static size_t between(const char *a, const char *b) {
    return asvc_nearest_distance(a, strlen(a), b, strlen(b));
}

static void equal_names_are_not_apart(void **state) {
    (void)state;
    assert_int_equal(between("", ""), 0);
    assert_int_equal(between("restart", "restart"), 0);
}

static void one_mistake_is_a_distance_of_one(void **state) {
    (void)state;
    assert_int_equal(between("hello", "helo"), 1);
    assert_int_equal(between("helo", "hello"), 1);
    assert_int_equal(between("hello", "hallo"), 1);
    assert_int_equal(between("restrat", "restart"), 1);
    assert_int_equal(between("", "a"), 1);
}

static void mistakes_add_up_to_far(void **state) {
    (void)state;
    assert_int_equal(between("restrat", "restar"), 2);
    assert_int_equal(between("net", "disk"), ASVC_NEAREST_FAR);
    assert_int_equal(between("", "abcd"), ASVC_NEAREST_FAR);
}

static void the_distance_is_the_same_both_ways(void **state) {
    (void)state;
    const char *const names[] = { "", "a", "ab", "ba", "abc", "acb", "watchdog_ms", "watchdog",
        "wachtdog_ms" };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        for (size_t j = 0; j < sizeof(names) / sizeof(names[0]); j++) {
            assert_int_equal(between(names[i], names[j]), between(names[j], names[i]));
            assert_true((between(names[i], names[j]) == 0) == (i == j));
        }
    }
}

static void a_name_that_is_too_long_is_far_from_every_other(void **state) {
    (void)state;
    char name[ASVC_NEAREST_MAX + 2];
    memset(name, 'x', sizeof(name));
    assert_int_equal(asvc_nearest_distance(name, ASVC_NEAREST_MAX, name, ASVC_NEAREST_MAX), 0);
    assert_int_equal(
        asvc_nearest_distance(name, ASVC_NEAREST_MAX + 1, name, ASVC_NEAREST_MAX + 1), ASVC_NEAREST_FAR);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_names_are_not_apart),
        cmocka_unit_test(one_mistake_is_a_distance_of_one),
        cmocka_unit_test(mistakes_add_up_to_far),
        cmocka_unit_test(the_distance_is_the_same_both_ways),
        cmocka_unit_test(a_name_that_is_too_long_is_far_from_every_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
