// Patterns against a table that says of each rest of the pattern whether it describes each rest of the text.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/glob.h"
#include "property.h"

enum { LONGEST = 48 };

typedef struct {
    char bytes[LONGEST];
    size_t len;
} string_t;

static bool model_match(const string_t *pattern, const string_t *text) {
    bool rest_matches[LONGEST + 1][LONGEST + 1];
    for (size_t p = pattern->len + 1; p-- > 0;) {
        for (size_t t = text->len + 1; t-- > 0;) {
            bool text_ends = t == text->len;
            if (p == pattern->len) {
                rest_matches[p][t] = text_ends;
            } else if (pattern->bytes[p] == '*') {
                rest_matches[p][t] = rest_matches[p + 1][t] || (!text_ends && rest_matches[p][t + 1]);
            } else {
                rest_matches[p][t] =
                    !text_ends && pattern->bytes[p] == text->bytes[t] && rest_matches[p + 1][t + 1];
            }
        }
    }
    return rest_matches[0][0];
}

static bool check(const string_t *pattern, const string_t *text) {
    bool expected = model_match(pattern, text);
    if (asvc_glob_match(pattern->bytes, pattern->len, text->bytes, text->len) != expected) {
        fail_msg("pattern %.*s, text %.*s: expected %d", (int)pattern->len, pattern->bytes, (int)text->len,
            text->bytes, expected);
    }
    return expected;
}

enum { SHORT_STRINGS = 1 + 3 + 9 + 27 + 81 + 243 + 729 };

// The i-th string over {a, b, *}, shorter ones first.
static string_t short_string(size_t i) {
    string_t string = { .len = 0 };
    for (size_t of_this_len = 1; i >= of_this_len; of_this_len *= 3) {
        i -= of_this_len;
        string.len++;
    }
    for (size_t at = 0; at < string.len; at++) {
        string.bytes[at] = "ab*"[i % 3];
        i /= 3;
    }
    return string;
}

static void all_short_patterns_and_texts_agree_with_the_table(void **state) {
    (void)state;
    for (size_t i = 0; i < SHORT_STRINGS; i++) {
        string_t pattern = short_string(i);
        for (size_t j = 0; j < SHORT_STRINGS; j++) {
            string_t text = short_string(j);
            check(&pattern, &text);
        }
    }
}

static void add_random(property_random_t *random, string_t *string, const char *bytes, uint32_t most) {
    for (uint32_t n = property_below(random, most + 1); n > 0 && string->len < LONGEST; n--) {
        string->bytes[string->len++] = bytes[property_below(random, (uint32_t)strlen(bytes))];
    }
}

// A text that the pattern describes, unless it gets too long.
static string_t described_by(property_random_t *random, const string_t *pattern) {
    string_t text = { .len = 0 };
    for (size_t p = 0; p < pattern->len && text.len < LONGEST; p++) {
        if (pattern->bytes[p] == '*') {
            add_random(random, &text, "ab*\n", 8);
        } else {
            text.bytes[text.len++] = pattern->bytes[p];
        }
    }
    return text;
}

// One byte of it becomes another, or goes.
static void spoil(property_random_t *random, string_t *string) {
    if (string->len == 0) {
        return;
    }
    size_t at = property_below(random, (uint32_t)string->len);
    if (property_below(random, 2) == 0) {
        string->bytes[at] = "ab*\xC3"[property_below(random, 4)];
    } else {
        string->len--;
        memmove(string->bytes + at, string->bytes + at + 1, string->len - at);
    }
}

// With copies that end where their memory ends: the sanitizer sees a byte too far.
static bool check_copies(const string_t *pattern, const string_t *text) {
    char *p = malloc(pattern->len);
    char *t = malloc(text->len);
    memcpy(p, pattern->bytes, pattern->len);
    memcpy(t, text->bytes, text->len);
    bool found = asvc_glob_match(p, pattern->len, t, text->len);
    assert_int_equal(asvc_glob_has_star(p, pattern->len), memchr(pattern->bytes, '*', pattern->len) != NULL);
    free(p);
    free(t);
    assert_int_equal(found, check(pattern, text));
    return found;
}

static void random_patterns_and_texts_agree_with_the_table(void **state) {
    (void)state;
    property_random_t random = { property_seed() };
    uint32_t matched = 0, refused = 0;
    while (property_goes_on()) {
        string_t pattern = { .len = 0 };
        add_random(&random, &pattern, "aab*", 14);
        string_t text = described_by(&random, &pattern);
        if (property_below(&random, 2) == 0) {
            spoil(&random, &text);
        }
        *(check_copies(&pattern, &text) ? &matched : &refused) += 1;
    }
    property_assert_often(matched, 10);
    property_assert_often(refused, 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_short_patterns_and_texts_agree_with_the_table),
        cmocka_unit_test(random_patterns_and_texts_agree_with_the_table),
    };
    return PROPERTY_RUN(tests);
}
