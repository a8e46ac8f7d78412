"""The sessions in the documents are what happens.

In a ```pycon block, a line `>>> COMMAND`, with the lines `... MORE` after it, is typed at the prompt of
a fresh quickstart, all commands of a page in the same session; the lines after it are the output that
is expected. There, a line `...` stands for any lines, `...` inside a line for any text; dates, ages and
addresses may differ.
"""

import os
import re

from session import QUICKSTART, TOP, FolderTest, masked
from test_readme import as_pattern, blocks, documents

GREETING = "Starting asyncio REPL...\n"
MODULES = "aioservice", "aioctl", "aioclass", "aioschedule", "aiolog", "aiorepl"

PAGE = """
```pycon
>>> async def double(x):
...     return 2 * x
>>> await double(21)
42
>>> for n in range(3):
...     print("loop", n)
loop 0
...
loop 2
```

```pycon
>>> aioctl.status("hello_core*")
● hello_core.service: status: done @ 2026-11-23 09:51:01; 0 s ago --> result: ...
>>> pass
```
"""


def commands(text):
    """The commands of a page's sessions, each with the output it shows."""
    for block in blocks(text, "pycon"):
        for part in re.split(r"^>>> ", block, flags=re.M)[1:]:
            command, expected = re.fullmatch(r"([^\n]*\n(?:\.\.\. [^\n]*\n)*)(.*)", part, re.S).groups()
            yield re.sub(r"^\.\.\. ", "", command, flags=re.M), expected


def read_reference(file):
    with open(f"{TOP}/docs/reference/{file}", encoding="utf-8") as f:
        return f.read()


def defined_names(file):
    """The public names that a .pyi file defines."""
    return set(re.findall(r"^(?:async def |def |class )?([a-zA-Z]\w*)[(:]", read_reference(file), re.M))


def explained_names(file):
    """The names in the headings and the code spans of a page."""
    text = re.sub(r"^```.*?^```$", "", read_reference(file), flags=re.M | re.S)
    spans = re.findall(r"^#+ (.*)|`([^`\n]+)`", text, re.M)
    return {name for span in spans for name in re.findall(r"\w+", "".join(span))}


class Docs(FolderTest):
    def outputs(self, typed):
        """What each command prints, typed one after the other into a fresh quickstart."""
        self.setUp()
        self.take_main()
        self.take_quickstart(*(f[: -len("_service.py")] for f in os.listdir(f"{QUICKSTART}/services")))
        with open(f"{QUICKSTART}/services.config", encoding="utf-8") as f:
            self.write("services.config", f.read())
        stdin = ""
        for number, command in enumerate(typed):
            end_of_block = "\n" if "\n" in command[:-1] else ""
            stdin += f'{command}{end_of_block}print("= = = end of", {number})\n'
        status, stdout, stderr = self.run_program(stdin=stdin)
        self.assertEqual((status, stderr), (0, ""), stdout)
        outputs = re.split(r"^= = = end of \d+\n", stdout.partition(GREETING)[2], flags=re.M)
        self.assertEqual(len(outputs), len(typed) + 1, stdout)
        return outputs

    def differences(self, text):
        """(command, expected, real) of each command of a page whose output is not the one it shows."""
        session = list(commands(text))
        for (command, expected), output in zip(session, self.outputs([command for command, _ in session])):
            if not re.fullmatch(as_pattern(expected), masked(output)):
                yield command, masked(expected), masked(output)

    def test_sessions_show_what_the_document_says(self):
        pages = 0
        for file in documents():
            with open(file, encoding="utf-8") as f:
                text = f.read()
            if not blocks(text, "pycon"):
                continue
            pages += 1
            for command, expected, output in self.differences(text):
                with self.subTest(document=os.path.relpath(file, TOP), command=command):
                    self.assertEqual(output, expected)
        self.assertGreater(pages, 0)

    def test_a_right_page_has_no_differences(self):
        self.assertEqual(list(self.differences(PAGE)), [])

    def test_a_wrong_output_is_found(self):
        for right, wrong in ("42\n", "43\n"), ("42\n", ""), ("done @", "stopped @"), ("pass\n", "pass\nNone\n"):
            with self.subTest(wrong=wrong):
                self.assertIn(right, PAGE)
                self.assertEqual(len(list(self.differences(PAGE.replace(right, wrong)))), 1)

    def test_the_reference_has_the_names_the_modules_have(self):
        self.write("names.py", "".join(f"import {m}\nprint('{m}', *dir({m}))\n" for m in MODULES))
        status, stdout, stderr = self.run_program("names.py")
        self.assertEqual((status, stderr), (0, ""))
        for line in stdout.splitlines():
            module, *names = line.split()
            public = {name for name in names if not name.startswith("_")}
            with self.subTest(file=f"{module}.pyi"):
                self.assertEqual(defined_names(f"{module}.pyi"), public)
            with self.subTest(file=f"{module}.md"):
                self.assertEqual(public - explained_names(f"{module}.md"), set())
