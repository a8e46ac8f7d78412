// Texts for people, put together in a vstr: names, numbers and what objects say of themselves.
#ifndef ASVC_BASE_TEXT_H
#define ASVC_BASE_TEXT_H

#include <stdarg.h>

#include "py/obj.h"

// Appends fmt, with its conversions replaced by what is given for them:
//
//     %s   const char *
//     %q   qstr
//     %u   unsigned, %d int; with a width as printf has it: %7u, %03u
//     %o   mp_obj_t: str(obj), for people: with control characters escaped
//     %n   mp_obj_t: str(obj) as it is: names and paths to use, texts that have more than one line
//     %r   mp_obj_t: repr(obj), escaped likewise
//     %t   mp_obj_t: the name of its type
//     %x   mp_obj_t, an exception: "ZeroDivisionError: divide by zero", the type in red where colours are on
//     %k   bool, an outcome: "[ OK ] " or "[ ERROR ] "
//
// Where a __str__ or __repr__ raises an Exception, "<TYPE: its text raised KeyError>" stands in its place: a line about
// many things must not be lost for one that can't be shown. Raises MemoryError.
void asvc_addf(vstr_t *line, const char *fmt, ...);
void asvc_add_vf(vstr_t *line, const char *fmt, va_list args);

// A new str, made in the same way.
mp_obj_t asvc_strf(const char *fmt, ...);
mp_obj_t asvc_vstrf(const char *fmt, va_list args);

// A new str of the text, which is freed. Raises MemoryError.
mp_obj_t asvc_str_of(vstr_t *text);

// "FILE:LINE" of where an exception was raised, a str; MP_OBJ_NULL where that is not known, and of what is no exception.
mp_obj_t asvc_place_of(mp_obj_t exc);

// A str of a word, interned: it is never freed, so only for words of which there are few.
mp_obj_t asvc_word(const char *word);

// %n and %k alone.
void asvc_add_str(vstr_t *line, mp_obj_t obj);
void asvc_add_outcome(vstr_t *line, bool ok);

// A new str of an object's str() or repr(), of which no more than the first `most` bytes are kept, and no half of a character;
// no more are allocated.
mp_obj_t asvc_text_within(mp_obj_t obj, bool repr, size_t most);

// Shortens text to `most` bytes at most, and by no half of a character.
void asvc_cut(vstr_t *text, size_t most);

// Writes the control characters of text, from byte `from` on, as Python does: "\x1b", "\n". A terminal would obey them,
// and so names, exceptions or what came from outside could clear it or fake a line. keep: one that stays, or ' '.
void asvc_escape(vstr_t *text, size_t from, char keep);

// Appends what sys.print_exception prints: the traceback and the exception, each line ended; escaped, but for newlines.
void asvc_add_exception_text(vstr_t *text, mp_obj_t exc);

#endif
