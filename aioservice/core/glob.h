// Patterns of names and of log lines: `*` stands for any run of bytes, also an empty one. Every
// other byte stands for itself, so names with dots, brackets or question marks need no quoting.
#ifndef ASVC_CORE_GLOB_H
#define ASVC_CORE_GLOB_H

#include <stdbool.h>
#include <stddef.h>

// Whether pattern describes the whole of text. Byte-wise: case counts, and UTF-8 works because no
// byte of a longer character is a `*`. Neither needs a terminating NUL; with length 0 a pointer may
// be NULL.
bool asvc_glob_match(const char *pattern, size_t pattern_len, const char *text, size_t text_len);

// Whether pattern has a `*`, that is, whether it may describe more than one text.
bool asvc_glob_has_star(const char *pattern, size_t pattern_len);

#endif
