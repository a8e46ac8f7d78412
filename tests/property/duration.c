// Ages against what printf makes of the same numbers.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/duration.h"
#include "property.h"

static void assert_as_printf(uint64_t seconds) {
    char expected[64];
    uint64_t days = seconds / 86400;
    unsigned clock = (unsigned)(seconds % 86400);
    if (seconds < 60) {
        snprintf(expected, sizeof(expected), "%u s", clock);
    } else {
        int len = days == 0 ? 0 : snprintf(expected, sizeof(expected), "%" PRIu64 " days, ", days);
        snprintf(expected + len, sizeof(expected) - (size_t)len, "%02u:%02u:%02u", clock / 3600,
            clock / 60 % 60, clock % 60);
    }
    char out[ASVC_DURATION_MAX];
    assert_int_equal(asvc_duration_format(out, seconds), strlen(expected));
    assert_string_equal(out, expected);
}

static void every_second_of_three_days_agrees_with_printf(void **state) {
    (void)state;
    for (uint64_t seconds = 0; seconds < 3 * 86400; seconds++) {
        assert_as_printf(seconds);
    }
}

static void random_durations_of_all_sizes_agree_with_printf(void **state) {
    (void)state;
    property_random_t random = { property_seed() };
    while (property_goes_on()) {
        assert_as_printf(property_next(&random) >> property_below(&random, 64));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_second_of_three_days_agrees_with_printf),
        cmocka_unit_test(random_durations_of_all_sizes_agree_with_printf),
    };
    return PROPERTY_RUN(tests);
}
