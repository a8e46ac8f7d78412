#include "core/task_name.h"

#include <stdbool.h>
#include <string.h>

#define SUFFIX_LEN (sizeof(ASVC_SERVICE_SUFFIX) - 1)

// Whether ".service" stands at text[at].
static bool suffix_at(const char *text, size_t len, size_t at) {
    return len - at >= SUFFIX_LEN && memcmp(text + at, ASVC_SERVICE_SUFFIX, SUFFIX_LEN) == 0;
}

asvc_name_kind_t asvc_task_name_kind(const char *text, size_t len, const char *name, size_t name_len) {
    if (len < name_len || memcmp(text, name, name_len) != 0 || !suffix_at(text, len, name_len)) {
        return ASVC_NAME_FOREIGN;
    }
    size_t end = name_len + SUFFIX_LEN;
    if (len == end || text[end] == '@') {
        return ASVC_NAME_MAIN;
    }
    return text[end] == '.' ? ASVC_NAME_CHILD : ASVC_NAME_FOREIGN;
}

size_t asvc_task_name_stem(const char *text, size_t len) {
    size_t stem = len;
    for (size_t at = 0; at < len; at++) {
        if (suffix_at(text, len, at)) {
            stem = at;
        }
    }
    return stem;
}

uint32_t asvc_task_name_copy(const char *text, size_t len, size_t *stem) {
    size_t at = len;
    while (at > 0 && text[at - 1] != '@') {
        at--;
    }
    uint32_t k = 0;
    for (size_t i = at; at > 0 && i < len; i++) {
        uint32_t digit = (uint32_t)(unsigned char)text[i] - '0';
        if (digit > 9 || k > (UINT32_MAX - digit) / 10) {
            return 0;
        }
        k = 10 * k + digit;
    }
    if (k > 0) {
        *stem = at - 1;
    }
    return k;
}

size_t asvc_service_name_plain(const char *text, size_t len) {
    return len > SUFFIX_LEN && suffix_at(text, len, len - SUFFIX_LEN) ? len - SUFFIX_LEN : len;
}
