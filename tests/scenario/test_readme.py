"""What the documents show is what happens.

In a ```console or ```sh block a line `$ COMMAND`, with the lines `> MORE` after it, is run by a shell in the
repository's folder, all commands of a block by the same shell, and the lines after it are the output that is
expected. There, a line `...` stands for any lines, `...` inside a line for any text; dates, ages and addresses may
differ. Commands that install, fetch or build are not run.

A ```python block that starts with a remark `# PATH` is from that file.
"""

import glob
import os
import re
import shlex
import unittest

from session import TOP, FolderTest, masked, quickstart_changed

# What a machine is not asked to do for a test.
NOT_RUN = re.compile(r"(sudo|apt|apt-get|git|make|mpremote|ssh|curl|wget)\b")
RUN_ANYHOW = re.compile(r"make -s run\b")

MARK = "= = = end of command, status"


def documents():
    patterns = "*.md", "examples/**/*.md", "docs/**/*.md", "typings/*.md"
    return sorted(file for pattern in patterns for file in glob.glob(os.path.join(TOP, pattern), recursive=True))


def blocks(text, *languages):
    """The fenced blocks of these languages, as text."""
    fences = re.findall(r"^```(\w*)[^\n]*\n(.*?)^```$", text, re.M | re.S)
    return [body for language, body in fences if language in languages]


def anchors(text):
    """The names by which links reach the headings of a page, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)", re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S), re.M)
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]


def commands(block):
    """The commands of a block, each with the output it shows."""
    parts = re.split(r"^\$ (.*(?:\n> .*)*)\n", block, flags=re.M)[1:]
    return [(command.replace("\n> ", "\n"), output) for command, output in zip(parts[::2], parts[1::2])]


def as_pattern(expected):
    """A regular expression for an output, where `...` is a wildcard."""
    pattern = ""
    for line in masked(expected).splitlines():
        if line == "...":
            pattern += r"(?:[^\n]*\n)*?"
        else:
            pattern += re.escape(line).replace(r"\.\.\.", r"[^\n]*") + r"\n"
    return pattern


def is_run(command):
    return bool(RUN_ANYHOW.match(command)) or not NOT_RUN.match(command)


class Rules(unittest.TestCase):
    """This file's own wildcards: were they wrong, nothing below would mean anything."""

    def assert_like(self, expected, output, like=True):
        self.assertEqual(bool(re.fullmatch(as_pattern(expected), masked(output))), like)

    def test_wildcards(self):
        self.assert_like("a\n...\nb\n", "a\nb\n")
        self.assert_like("a\n...\nb\n", "a\n1\n2\nb\n")
        self.assert_like("a ... c\n", "a b c\n")
        self.assert_like("a ... c\n", "a\nc\n", like=False)
        self.assert_like("a\n", "a\nb\n", like=False)
        self.assert_like("a\nb\n", "a\n", like=False)
        self.assert_like("1+1 (x)\n", "11 x\n", like=False)

    def test_what_may_differ(self):
        self.assert_like("since 2023-03-16 11:27:11; 38 s ago\n", "since 2026-01-02 00:00:00; 00:02:31 ago\n")
        self.assert_like("<Task 0x7f12>\n", "<Task 0x7fab>\n")
        self.assert_like("result: 42\n", "result: 43\n", like=False)

    def test_what_is_run(self):
        self.assertTrue(is_run("make -s run < commands"))
        self.assertTrue(is_run("printf 1 | make -s run"))
        self.assertFalse(is_run("make"))
        self.assertFalse(is_run("git clone x"))

    def test_anchors(self):
        self.assertEqual(anchors("# A tour, in 5\n```\n# no\n```\n## cat(grep=\"\")\n"), ["a-tour-in-5", "catgrep"])

    def test_commands(self):
        block = "$ one\nout\n$ two | three\n$ cat <<E\n> text\n> E\ntext\n"
        expected = [("one", "out\n"), ("two | three", ""), ("cat <<E\ntext\nE", "text\n")]
        self.assertEqual(commands(block), expected)


class Documents(FolderTest):
    def texts(self):
        for file in documents():
            with open(file, encoding="utf-8") as f:
                yield os.path.relpath(file, TOP), f.read()

    def run_block(self, block):
        """Runs the commands of a block in one shell; yields command, expected and real output, status."""
        todo = [(command, expected) for command, expected in commands(block) if is_run(command)]
        script = "".join(f"{command}\necho {shlex.quote(MARK)} $?\n" for command, _ in todo)
        # A file, as what a command reads from stdin must not be the rest of the script.
        self.write("commands", script)
        _, stdout, stderr = self.run_program(command=["bash", self.path("commands")], cwd=TOP, timeout=50)
        self.assertEqual(stderr, "")
        ends = re.findall(rf"(.*?)^{MARK} (\d+)\n", stdout, re.M | re.S)
        self.assertEqual(len(ends), len(todo), "a command ended the shell")
        for (command, expected), (output, status) in zip(todo, ends):
            yield command, expected, output, int(status)

    def test_commands_show_what_the_document_says(self):
        for name, text in self.texts():
            for block in blocks(text, "console", "sh"):
                if "make -s run" in block and quickstart_changed():
                    self.skipTest(quickstart_changed())
                for command, expected, output, status in self.run_block(block):
                    with self.subTest(document=name, command=command):
                        if not re.fullmatch(as_pattern(expected), masked(output)):
                            self.assertEqual(masked(output), masked(expected))
                        self.assertEqual(status, 0)

    def test_the_versions_of_micropython_that_are_named_are_those_that_are_tested(self):
        _, stdout, _ = self.run_program(command=[f"{TOP}/tools/get-micropython.sh", "--versions"])
        pattern = r"\btested with (\d[\d.]+(?:(?:,| and) \d[\d.]+)*)"
        named = {name: " and ".join(re.findall(pattern, text)) for name, text in self.texts()}
        expected = dict.fromkeys(["README.md", "docs/adding-to-your-firmware.md"], " and ".join(stdout.split()))
        self.assertEqual({name: versions for name, versions in named.items() if versions}, expected)

    def test_code_is_the_code_of_the_file_it_names(self):
        for name, text in self.texts():
            for block in blocks(text, "python"):
                path, _, code = block.partition("\n")
                if re.match(r"# [\w./-]+\.py$", path):
                    with self.subTest(document=name, block=path):
                        with open(os.path.join(TOP, path[2:]), encoding="utf-8") as f:
                            self.assertIn(code, f.read())

    def test_links_within_pages_lead_to_headings(self):
        for name, text in self.texts():
            for target, anchor in re.findall(r"\]\(([^)#\s]*)#([^)\s]+)\)", text):
                file = os.path.join(TOP, os.path.dirname(name), target) if target else os.path.join(TOP, name)
                if "://" not in target:
                    with self.subTest(document=name, link=f"{target}#{anchor}"):
                        with open(file, encoding="utf-8") as f:
                            self.assertIn(anchor, anchors(f.read()))

    def test_links_lead_somewhere(self):
        for name, text in self.texts():
            for target in re.findall(r"\]\(([^)#\s]+)", text):
                if "://" not in target and not target.startswith("mailto:"):
                    with self.subTest(document=name, link=target):
                        self.assertTrue(os.path.exists(os.path.join(TOP, os.path.dirname(name), target)))


if __name__ == "__main__":
    unittest.main()
