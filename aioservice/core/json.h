// The syntax of JSON: whether a text is one whole object, and where the members of an object are.
//
// Strict, since a text that was cut off must not be taken for a shorter one; yet commas between members
// are taken as white space, as MicroPython's own json does (files in use have one too many, or one
// missing), and a number may begin with zeros. What is between double quotes may
// be any bytes but control characters: whether they are UTF-8 is for the caller to look at. A byte
// order mark is not JSON.
//
// Texts are only looked at, never copied, and need no terminating NUL. Objects and lists may nest
// ASVC_CONFIG_DEPTH levels, the outermost included; the functions call themselves at most that deep.
#ifndef ASVC_CORE_JSON_H
#define ASVC_CORE_JSON_H

#include <stdbool.h>
#include <stddef.h>

// A piece of a text: the bytes from `at` up to `end`. An empty one may have NULL for both.
typedef struct {
    const char *at;
    const char *end;
} asvc_json_span_t;

// Answers NULL if text is one object with nothing but white space (blank, tab, CR, LF) around it. Else
// what was expected, to follow the word "expected" in an error line, and in *line the line of the text
// (from 1) where it was. most_digits: so many may a number with a point or an exponent have before its point, those
// included that a positive exponent adds; one with more is read as infinite. O(length).
const char *asvc_json_check(asvc_json_span_t text, unsigned most_digits, unsigned *line);

// The members of object, a text that asvc_json_check has let pass or a value that
// asvc_json_next_member answered, if that begins with a '{'. They are to be taken one by one:
asvc_json_span_t asvc_json_members(asvc_json_span_t object);

// Takes the first of members off: its key, quotes included, and its value, both as they are written and
// without white space around them. False where no member is left. Of a text that was never checked
// members may be missed, but nothing outside it is read. O(length of the member).
bool asvc_json_next_member(asvc_json_span_t *members, asvc_json_span_t *key, asvc_json_span_t *value);

// Copies text, a value that asvc_json_check has let pass, to out, which has room for its length, and
// answers how much was written. Characters beyond U+FFFF that are escaped as JSON has it, by a pair of
// surrogates (\ud83d\ude00), become UTF-8: MicroPython's json would make two invalid characters of the
// pair. Half a pair becomes \ufffd, the replacement character.
size_t asvc_json_join_surrogates(asvc_json_span_t text, char *out);

#endif
