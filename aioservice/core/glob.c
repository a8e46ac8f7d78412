#include "core/glob.h"

#include <string.h>

// On a mismatch only the latest star needs to take one byte more. An earlier star need not be tried
// again: what stands between it and the latest star has been matched as far left as it can be, and
// moving it to the right only leaves less text for the rest. So two remembered indices do instead
// of a stack, no storage is used, and the time is at most pattern_len * text_len steps (reached by
// `*aaab` on `aaaa...`), never exponential in the number of stars.
bool asvc_glob_match(const char *pattern, size_t pattern_len, const char *text, size_t text_len) {
    size_t p = 0;
    size_t t = 0;
    bool star_seen = false;
    size_t after_star = 0; // in pattern
    size_t star_end = 0; // in text: where what the latest star stands for ends

    while (t < text_len) {
        if (p < pattern_len && pattern[p] == '*') {
            star_seen = true;
            after_star = ++p;
            star_end = t;
        } else if (p < pattern_len && pattern[p] == text[t]) {
            p++;
            t++;
        } else if (star_seen) {
            p = after_star;
            t = ++star_end;
        } else {
            return false;
        }
    }
    while (p < pattern_len && pattern[p] == '*') {
        p++;
    }
    return p == pattern_len;
}

bool asvc_glob_has_star(const char *pattern, size_t pattern_len) {
    return pattern_len > 0 && memchr(pattern, '*', pattern_len) != NULL;
}
