// JSON that was damaged: whatever is let pass or refused, nothing outside the text is read.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/config.h"
#include "core/json.h"
#include "property.h"

static const char whole[] = "{\"thermo\": {\"enabled\": false, \"args\": [12, -0.5, 3e8, 1.5E-2],\r\n"
                            "  \"kwargs\": {\"pin\": \"${PIN}\", \"text\": \"\\\"\\\\\\/\\t\\u20ac\"}},\n"
                            "\t\"caf\xc3\xa9\": [null, true, {}, [], [[\"}\", \"]\"]]] }";
enum { LINES = 3, MOST_CHANGES = 3 };

// Walks what can be walked of any text, in the way a reader builds objects.
static size_t walk(asvc_json_span_t object, unsigned depth) {
    asvc_json_span_t members = asvc_json_members(object), key, value;
    size_t n = 0;
    while (asvc_json_next_member(&members, &key, &value)) {
        assert_true(object.at <= key.at && key.at < key.end && key.end < value.at);
        assert_true(value.at < value.end && value.end <= members.at && members.at <= object.end);
        assert_int_equal(key.at[0], '"');
        assert_int_equal(key.end[-1], '"');
        n += 1 + (*value.at == '{' && depth > 0 ? walk(value, depth - 1) : 0);
    }
    return n;
}

// Changes, takes out or puts in a few bytes, mostly of those that mean something.
static size_t damage(property_random_t *random, char *text, size_t len) {
    static const char bytes[] = "{}[]\",:\\u0-.e tfn\n\xff";
    for (uint32_t n = 1 + property_below(random, MOST_CHANGES); n > 0; n--) {
        size_t at = property_below(random, (uint32_t)len);
        char byte = bytes[property_below(random, sizeof(bytes))];
        switch (property_below(random, 3)) {
        case 0:
            text[at] = byte;
            break;
        case 1:
            memmove(text + at, text + at + 1, --len - at);
            break;
        default:
            memmove(text + at + 1, text + at, len++ - at);
            text[at] = byte;
        }
    }
    return len;
}

// Checks and walks a copy that ends where its memory ends: the sanitizer sees a byte too far. Returns
// whether it was let pass.
static bool check_copy(const char *bytes, size_t len) {
    char *text = malloc(len);
    memcpy(text, bytes, len);
    asvc_json_span_t span = { text, text + len };
    unsigned line = 0;
    const char *expected = asvc_json_check(span, 308, &line);
    size_t members = walk(span, ASVC_CONFIG_DEPTH);
    if (expected == NULL) {
        assert_int_equal(line, 0);
        assert_true(members >= 1);
    } else {
        assert_in_range(line, 1, LINES + MOST_CHANGES);
    }
    free(text);
    return expected == NULL;
}

static void a_damaged_document_is_never_read_beyond_its_ends(void **state) {
    (void)state;
    property_random_t random = { property_seed() };
    uint32_t passed = 0, refused = 0;
    while (property_goes_on()) {
        char text[sizeof(whole) + MOST_CHANGES];
        memcpy(text, whole, sizeof(whole));
        size_t len = damage(&random, text, sizeof(whole) - 1);
        *(check_copy(text, len) ? &passed : &refused) += 1;
    }
    // Or the damage would be too small, or too large, to find anything.
    property_assert_often(passed, 100);
    property_assert_often(refused, 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_damaged_document_is_never_read_beyond_its_ends),
    };
    return PROPERTY_RUN(tests);
}
