// Ages and dates in status lines, above all where one form changes into the next.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <limits.h>

#include "core/duration.h"

static void assert_duration(uint64_t seconds, const char *expected) {
    char out[ASVC_DURATION_MAX];
    size_t len = asvc_duration_format(out, seconds);
    assert_string_equal(out, expected);
    assert_int_equal(len, strlen(expected));
}

static void below_a_minute_it_is_seconds(void **state) {
    (void)state;
    assert_duration(0, "0 s");
    assert_duration(4, "4 s");
    assert_duration(59, "59 s");
}

static void from_a_minute_it_is_a_clock(void **state) {
    (void)state;
    assert_duration(60, "00:01:00");
    assert_duration(151, "00:02:31");
    assert_duration(3599, "00:59:59");
    assert_duration(3600, "01:00:00");
    assert_duration(86399, "23:59:59");
}

static void from_a_day_it_counts_days(void **state) {
    (void)state;
    assert_duration(86400, "1 days, 00:00:00");
    assert_duration(86404, "1 days, 00:00:04");
    assert_duration(2 * 86400 + 151, "2 days, 00:02:31");
    assert_duration(UINT64_C(100) * 86400 - 1, "99 days, 23:59:59");
    assert_duration(UINT64_C(100) * 86400, "100 days, 00:00:00");
}

static void the_longest_duration_just_fits(void **state) {
    (void)state;
    assert_duration(UINT64_MAX, "213503982334601 days, 07:00:15");
    assert_int_equal(strlen("213503982334601 days, 07:00:15") + 1, ASVC_DURATION_MAX);
}

static void assert_datetime(
    int year, int month, int day, int hour, int minute, int second, const char *expected) {
    char out[ASVC_DATETIME_MAX];
    size_t len = asvc_datetime_format(out, (const int[]){ year, month, day, hour, minute, second });
    assert_string_equal(out, expected);
    assert_int_equal(len, strlen(expected));
}

static void a_date_has_two_digits_in_each_field_and_four_in_the_year(void **state) {
    (void)state;
    assert_datetime(2023, 3, 16, 11, 27, 11, "2023-03-16 11:27:11");
    assert_datetime(2000, 1, 1, 0, 0, 0, "2000-01-01 00:00:00");
    assert_datetime(1, 12, 31, 23, 59, 59, "0001-12-31 23:59:59");
    assert_datetime(9999, 12, 31, 23, 59, 60, "9999-12-31 23:59:60");
}

static void a_date_out_of_range_stays_within_its_fields(void **state) {
    (void)state;
    assert_datetime(INT_MAX, INT_MAX, 100, 100, 100, INT_MAX, "9999-99-99 99:99:99");
    assert_datetime(INT_MIN, -1, INT_MIN, -1, -1, INT_MIN, "0000-00-00 00:00:00");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(below_a_minute_it_is_seconds),
        cmocka_unit_test(from_a_minute_it_is_a_clock),
        cmocka_unit_test(from_a_day_it_counts_days),
        cmocka_unit_test(the_longest_duration_just_fits),
        cmocka_unit_test(a_date_has_two_digits_in_each_field_and_four_in_the_year),
        cmocka_unit_test(a_date_out_of_range_stays_within_its_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
