#include "core/json.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "core/config.h"

#if ASVC_CONFIG

typedef struct {
    const char *at; // the byte to look at next; where the error is, once `expected` is set
    const char *end;
    const char *expected; // what should be at `at`, or NULL while all is well
    unsigned most_digits; // as asvc_json_check has it
} scan_t;

// ---- the parts of a text --------------------------------------------------------------------
//
// Each function takes what it is named after, moving on to the byte behind it, or answers false.

static bool expected(scan_t *scan, const char *what) {
    scan->expected = what;
    return false;
}

static bool is_one_of(const scan_t *scan, const char *chars) {
    return scan->at < scan->end && memchr(chars, *scan->at, strlen(chars)) != NULL;
}

static void skip_space(scan_t *scan) {
    while (is_one_of(scan, " \t\r\n")) {
        scan->at++;
    }
}

static bool take_char(scan_t *scan, char c) {
    if (scan->at == scan->end || *scan->at != c) {
        return false;
    }
    scan->at++;
    return true;
}

static bool take_digits(scan_t *scan) {
    const char *start = scan->at;
    while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9') {
        scan->at++;
    }
    return scan->at > start || expected(scan, "a digit");
}

// After an 'e'. Adds to *digits what it adds to those before the point.
static bool take_exponent(scan_t *scan, size_t *digits) {
    bool negative = take_char(scan, '-');
    if (!negative) {
        take_char(scan, '+');
    }
    const char *at = scan->at;
    if (!take_digits(scan)) {
        return false;
    }
    size_t exponent = 0;
    for (; at < scan->at && exponent <= scan->most_digits; at++) {
        exponent = exponent * 10 + (size_t)(*at - '0');
    }
    *digits += negative ? 0 : exponent;
    return true;
}

static bool take_number(scan_t *scan) {
    take_char(scan, '-');
    const char *start = scan->at;
    if (!take_digits(scan)) {
        return expected(scan, "a value");
    }
    size_t digits = (size_t)(scan->at - start);
    bool is_float = take_char(scan, '.');
    if (is_float && !take_digits(scan)) {
        return false;
    }
    if (take_char(scan, 'e') || take_char(scan, 'E')) {
        is_float = true;
        if (!take_exponent(scan, &digits)) {
            return false;
        }
    }
    return !is_float || digits <= scan->most_digits || expected(scan, "a smaller number");
}

// After a backslash.
static bool take_escape(scan_t *scan) {
    if (take_char(scan, 'u')) {
        for (int i = 0; i < 4; i++, scan->at++) {
            if (!is_one_of(scan, "0123456789abcdefABCDEF")) {
                return expected(scan, "four hex digits after \\u");
            }
        }
        return true;
    }
    if (!is_one_of(scan, "\"\\/bfnrt")) {
        return expected(scan, "one of \"\\/bfnrtu after the backslash");
    }
    scan->at++;
    return true;
}

static bool take_string(scan_t *scan) {
    if (!take_char(scan, '"')) {
        return expected(scan, "a key in double quotes");
    }
    while (!take_char(scan, '"')) {
        if (scan->at == scan->end || (unsigned char)*scan->at < ' ') {
            return expected(scan, "a closing '\"'");
        }
        if (*scan->at++ == '\\' && !take_escape(scan)) {
            return false;
        }
    }
    return true;
}

static bool take_word(scan_t *scan, const char *word) {
    size_t len = strlen(word);
    if ((size_t)(scan->end - scan->at) < len || memcmp(scan->at, word, len) != 0) {
        return false;
    }
    scan->at += len;
    return true;
}

// Between members: MicroPython's json takes commas as white space, and files in use rely on it.
static void skip_commas(scan_t *scan) {
    do {
        skip_space(scan);
    } while (take_char(scan, ','));
}

// With the white space around it.
static bool take_colon(scan_t *scan) {
    skip_space(scan);
    if (!take_char(scan, ':')) {
        return expected(scan, "':'");
    }
    skip_space(scan);
    return true;
}

static bool take_value(scan_t *scan, unsigned depth);

// A list or an object, its opening bracket being next. depth: levels still allowed.
static bool take_members(scan_t *scan, unsigned depth) {
    bool is_list = *scan->at == '[';
    char close = is_list ? ']' : '}';
    if (depth == 0) {
        return expected(scan, "less nesting");
    }
    scan->at++;
    for (;;) {
        skip_commas(scan);
        if (take_char(scan, close)) {
            return true;
        }
        if (!is_list && !(take_string(scan) && take_colon(scan))) {
            return false;
        }
        if (!take_value(scan, depth - 1)) {
            return false;
        }
        skip_commas(scan);
        const char *next = is_list ? "\"{[-0123456789tfn]" : "\"}";
        if (!is_one_of(scan, next)) {
            return expected(scan, is_list ? "',' or ']'" : "',' or '}'");
        }
    }
}

static bool take_value(scan_t *scan, unsigned depth) {
    char first = scan->at < scan->end ? *scan->at : '\0';
    if (first == '{' || first == '[') {
        return take_members(scan, depth);
    }
    if (first == '"') {
        return take_string(scan);
    }
    if (take_word(scan, "true") || take_word(scan, "false") || take_word(scan, "null")) {
        return true;
    }
    return take_number(scan);
}

// All of the text, as one object.
static bool take_document(scan_t *scan) {
    skip_space(scan);
    if (scan->at == scan->end) {
        return expected(scan, "'{', found an empty file");
    }
    if (*scan->at != '{') {
        return expected(scan, "'{'");
    }
    if (!take_members(scan, ASVC_CONFIG_DEPTH)) {
        return false;
    }
    skip_space(scan);
    return scan->at == scan->end || expected(scan, "nothing more");
}

// ---- what callers ask -----------------------------------------------------------------------

static scan_t scan_of(asvc_json_span_t text) {
    return (scan_t){ text.at, text.end, NULL, UINT_MAX };
}

const char *asvc_json_check(asvc_json_span_t text, unsigned most_digits, unsigned *line) {
    scan_t scan = scan_of(text);
    scan.most_digits = most_digits;
    if (take_document(&scan)) {
        return NULL;
    }
    *line = 1;
    for (const char *at = text.at; at < scan.at; at++) {
        *line += *at == '\n';
    }
    return scan.expected;
}

asvc_json_span_t asvc_json_members(asvc_json_span_t object) {
    scan_t scan = scan_of(object);
    skip_space(&scan);
    take_char(&scan, '{');
    return (asvc_json_span_t){ scan.at, scan.end };
}

bool asvc_json_next_member(asvc_json_span_t *members, asvc_json_span_t *key, asvc_json_span_t *value) {
    scan_t scan = scan_of(*members);
    skip_commas(&scan);
    key->at = scan.at;
    if (!take_string(&scan)) {
        return false;
    }
    key->end = scan.at;
    if (!take_colon(&scan)) {
        return false;
    }
    value->at = scan.at;
    if (!take_value(&scan, ASVC_CONFIG_DEPTH)) {
        return false;
    }
    value->end = scan.at;
    members->at = scan.at;
    return true;
}

// ---- surrogates -----------------------------------------------------------------------------

// The code unit of a \uXXXX at at, or 0 where there is none before end.
static uint32_t unit_at(const char *at, const char *end) {
    if (end - at < 6 || at[0] != '\\' || at[1] != 'u') {
        return 0;
    }
    uint32_t unit = 0;
    for (int i = 2; i < 6; i++) {
        uint32_t c = (unsigned char)at[i];
        unit = unit << 4 | (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return unit;
}

static bool is_high(uint32_t unit) {
    return unit >> 10 == 0xd800 >> 10;
}

static bool is_low(uint32_t unit) {
    return unit >> 10 == 0xdc00 >> 10;
}

size_t asvc_json_join_surrogates(asvc_json_span_t text, char *out) {
    char *to = out;
    const char *at = text.at;
    while (at < text.end) {
        uint32_t unit = unit_at(at, text.end);
        uint32_t low = is_high(unit) ? unit_at(at + 6, text.end) : 0;
        if (is_low(low)) {
            uint32_t c = 0x10000 + ((unit & 0x3ff) << 10 | (low & 0x3ff));
            *to++ = (char)(0xf0 | c >> 18);
            *to++ = (char)(0x80 | (c >> 12 & 0x3f));
            *to++ = (char)(0x80 | (c >> 6 & 0x3f));
            *to++ = (char)(0x80 | (c & 0x3f));
            at += 12;
        } else if (is_high(unit) || is_low(unit)) {
            memcpy(to, "\\ufffd", 6);
            to += 6;
            at += 6;
        } else {
            // Two bytes of an escape, so that the second backslash of "\\\\" begins none.
            size_t n = *at == '\\' ? 2 : 1;
            memcpy(to, at, n);
            to += n;
            at += n;
        }
    }
    return (size_t)(to - out);
}

#endif
