"""docs/troubleshooting.md has each message of the manager, and none that it does not have.

A message is a text in the source that has words in it, and is not one of those that NO_MESSAGE knows: names of
arguments, and what status lines, tables and files are made of. Its fixed words, in their order, have to be on the page.
"""

import ast
import glob
import re
import unittest

from session import TOP
from test_docs import read

PAGE = "docs/troubleshooting.md"

# What is no message: by a pattern for all of the text, conversions as `<>`.
NO_MESSAGE = r"""
(\w+: )?(name|line|text|indent|var|envfile|stream|cname|task name|service name|name of the function)
services\.config: service name
restart:|kwargs:
\[ (ERROR|OK|--) \] ?|\[aioservice\] ?(<><>)?
(\[ -- \] )?Service: ?<>?(\.service)?( ?(from )?<>)?|Service: <>: <>|<>Service: .*from <>| from <>|<> (loaded|not loaded)
<>services\.config: <>|services\.config: <>
digraph services .*
( *|<>)┗━► .*
( since | scheduled - |scheduled - |last @ | --> next in |starts in | <>: status: |; <> of <> short runs| days, )
<>(Task|Loaded|CTasks|Docs|Type|Active): .*|(Active|Type|Docs): .*|debug mode: <>
      cpu ms  longest ms    steps restarts  service
<> up @ <> ms, took <> ms(<>)?
\[<>\.service(\.<>)?\] <>|Level <>
<(Logger|Task|TaskGroup|aiotask) .*
 --> result: ?<>?|Error: <>(: <>)?( at <>(:<>)?)?
will be restarted|milliseconds
""".strip()
NO_MESSAGES = re.compile("|".join(f"(?:{line})" for line in NO_MESSAGE.split("\n")))

CONVERSION = r"%[sqduortxkn]"
LITERAL = r'"((?:[^"\\\n]|\\.)*)"'


def without_comments(source):
    """C without comments; a text may have // in it."""
    return re.sub(LITERAL + r"|//[^\n]*|/\*.*?\*/", lambda m: m[0] if m[0][0] == '"' else "", source, flags=re.S)


def texts_of_c(source):
    """The texts in C, adjacent ones joined, a conversion as `<>`."""
    for found in re.finditer(rf"{LITERAL}(?:\s*{LITERAL})*", without_comments(source)):
        text = "".join(part[1] for part in re.finditer(LITERAL, found[0]))
        text = re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], text)
        yield from re.sub(CONVERSION, "<>", text).split("\n")


def texts_of_python(source):
    for node in ast.walk(ast.parse(source)):
        function = getattr(node, "func", None)
        printed = "print" == getattr(function, "id", "") or "write" in getattr(function, "attr", "")
        if printed or isinstance(node, ast.Raise):
            for text in ast.walk(node):
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    yield from text.value.split("\n")


def texts():
    """All texts of the source: (file, text)."""
    for file in sorted(glob.glob(f"{TOP}/aioservice/**/*.[cp]*", recursive=True)):
        if file.endswith((".c", ".py")):
            source = read(file)
            source = re.sub(r"^#include.*", "", source, flags=re.M)
            for text in texts_of_c(source) if file.endswith(".c") else texts_of_python(source):
                if file.endswith("/event_text.c"):  # see there
                    text = re.sub(r"^S ", "", re.sub(r"^N\b", "<>", text))
                yield file, text


def is_message(text):
    words = [word for word in text.replace("<>", " ").split() if re.search("[A-Za-z]{2}", word)]
    return len(words) > 1 and not NO_MESSAGES.fullmatch(text)


def rows(page):
    """The messages of a page, what stands for something as `<>`: the first column of each table."""
    for cell in re.findall(r"^\| ([^|]*`[^|]*) \| [^|]+ \| [^|]+ \|$", page, re.M):
        spans = [found[2].strip() for found in re.finditer(r"(`+)(.+?)\1(?!`)", cell)]
        yield re.sub(r"<[a-z][a-z ]*>", "<>", " ".join(spans))


def pieces(text):
    return [piece for piece in text.split("<>") if re.search(r"[A-Za-z]", piece)]


def has(message, text):
    """Whether a row of the page has the fixed words of a text, in their order."""
    return re.search(".*".join(re.escape(piece.strip()) for piece in pieces(text)), message) is not None


class Rules(unittest.TestCase):
    """This file's own means: were they wrong, nothing below would mean anything."""

    def test_texts_of_c(self):
        source = 'f("%o: a // b \\"%u\\" " // "no"\n  "c");'
        self.assertEqual(list(texts_of_c(source)), ['<>: a // b "<>" c'])

    def test_rows(self):
        page = "| `a <file name> b` | c | d |\n| ``e `f` g`` | h | `i` |\n| j | k | l |\n"
        self.assertEqual(list(rows(page)), ["a <> b", "e `f` g"])

    def test_what_is_a_message(self):
        for text, expected in (
            ("it is <>", True),
            ("start: name", False),
            ("Service: <>.service from <>", False),
            ("Service: <>.service not found<>", True),
            ("<Task <> <>>", False),
        ):
            with self.subTest(text=text):
                self.assertEqual(is_message(text), expected)

    def test_what_a_row_has(self):
        self.assertTrue(has("<> is not <> now", "is not <>"))
        self.assertFalse(has("<> is now <> not", "not <> is now"))


class Page(unittest.TestCase):
    def test_it_has_each_message(self):
        page = list(rows(read(PAGE)))
        self.assertGreater(len(page), 150)
        found = [(file, text) for file, text in texts() if is_message(text)]
        self.assertGreater(len(found), 150)
        for file, text in found:
            with self.subTest(file=file.replace(f"{TOP}/", ""), text=text):
                self.assertTrue(any(has(message, text) for message in page))

    def test_it_has_no_other(self):
        # A row may be put together of several texts: each of its pieces has to be made of pieces of them.
        known = {piece for _, text in texts() for piece in text.split("<>") if piece}
        known = {piece for piece in known if len(piece) > 2 or not re.search(r"[A-Za-z]", piece)}
        known.add("expected ")  # a row may begin with what is right
        made = re.compile("(?:" + "|".join(map(re.escape, sorted(known, key=len, reverse=True))) + "| )+")
        for message in rows(read(PAGE)):
            for piece in message.split("<>"):
                with self.subTest(message=message, piece=piece):
                    self.assertTrue(not piece or made.fullmatch(piece))


if __name__ == "__main__":
    unittest.main()
