// How far two names are apart, to answer a mistyped one with the one that was meant.
#ifndef ASVC_CORE_NEAREST_H
#define ASVC_CORE_NEAREST_H

#include <stddef.h>

// Longest name that is compared; a longer one is far from every other.
#define ASVC_NEAREST_MAX 32
// What is farther apart than this is another name, not a mistyped one.
#define ASVC_NEAREST_FAR 3

// Letters to insert, leave out, replace or swap with their neighbour to make b of a (the distance of Damerau and
// Levenshtein, without edits within a swap), ASVC_NEAREST_FAR at most. O(a_len x b_len) time, no heap.
size_t asvc_nearest_distance(const char *a, size_t a_len, const char *b, size_t b_len);

#endif
