# A REPL that runs beside the other tasks of the loop. It answers to `aiorepl` where micropython-lib's
# aiorepl is not installed: asyncio.create_task(aiorepl.task()).
#
# On a terminal (and on a board, always) it edits lines, echoes and shows a prompt. From a pipe or a
# file it only runs what it reads: the output is then the commands' output and nothing else.
#
# Each name that the firmware has nowhere else takes some fifteen bytes of flash: so attributes and functions are named
# by words that are there anyway, where one of these says it as well.
import asyncio
import io
import select
import sys
import time

import aioctl
import aioservice
import micropython
from micropython import const

try:
    import aioservice_terminal as terminal
except ImportError:  # a board
    terminal = None

_HISTORY = const(20)  # lines kept
_HISTORY_CHARS = const(1000)  # in all of them: on a board, too, they stay for as long as the REPL runs
_MORE = const("... ")  # the prompt within a command
_INDENT = const("    ")
_WIDTH = const(72)  # characters of an edited line on the screen: with the prompt, a row of 80 columns holds them
_HEAD_LINES = const(2)  # of the function that a command with `await` is made
_IN_COMMAND = const(", in _command_")
_STOP_MS = const(5000)  # how long the end of the REPL waits for the tasks it has stopped

# Keys, by their characters.
_NO_KEY = const(0)
_HOME = const(1)
_LEFT = const(2)
_CTRL_C = const(3)
_CTRL_D = const(4)
_CTRL_E = const(5)
_RIGHT = const(6)
_CTRL_H = const(8)
_TAB = const(9)
_LF = const(10)
_CTRL_K = const(11)
_CTRL_L = const(12)
_CR = const(13)
_DOWN = const(14)
_UP = const(16)
_CTRL_U = const(21)
_CTRL_BACKSLASH = const(28)
_SPACE = const(32)
_BACKSPACE = const(127)
_END_OF_INPUT = const(-1)

# What the keys of a terminal send after ESC and a bracket, and the control characters of the same meaning. End and
# Delete are Ctrl-E and Ctrl-D, which mean something else on an empty line, but stand for no character.
_SENT = const("A B C D H F 1~ 7~ 4~ 8~ 3~")
_KEYS = const(b"\x10\x0e\x06\x02\x01\x05\x01\x01\x05\x05\x04")


class _Console:
    # Standard input as keys, lines and commands. Ctrl-C is a key while tasks other than the command run, so
    # that it never hits one of them, and the interrupt character while a step of the command runs. Else that
    # is Ctrl-\\: a task that does not await leaves no other way to be ended.

    def __init__(self):
        self.reader = asyncio.StreamReader(getattr(sys.stdin, "buffer", sys.stdin))
        self.buffer = b""  # what has come and was not read yet
        self.lines = []  # the history
        self.any = None  # of what has come: true where anything has
        self.typed = None  # what was typed at the end of text: to append each character would copy all before it
        self.state = False  # whether the line is on the screen and waits for a key; None: it would, but others write
        self.end = "\n"  # of what they wrote
        self.newline = False  # a CR was read: an LF behind it is the second half of the line end
        self.terminal = micropython  # sets the character that interrupts; None where there is no terminal
        if terminal:
            try:
                self.terminal = terminal.open()
            except OSError:
                self.terminal = None
        if self.terminal:
            self.poll = select.poll()
            self.poll.register(sys.stdin, select.POLLIN)
            aioctl._print(self.clear)
        self.kbd_intr(_CTRL_BACKSLASH)

    def close(self):
        if self.terminal:
            aioctl._print(None)
        self.kbd_intr(_CTRL_C)
        if hasattr(self.terminal, "close"):
            self.terminal.close()

    # Makes c, Ctrl-C or Ctrl-\\, the character that raises KeyboardInterrupt. The other one is a character to read.
    def kbd_intr(self, c):
        if self.terminal:
            self.terminal.kbd_intr(c)

    # function(*args), which Ctrl-C interrupts.
    def call(self, function, *args):
        try:
            try:
                self.kbd_intr(_CTRL_C)
                return function(*args)
            finally:
                self.kbd_intr(_CTRL_BACKSLASH)
        except KeyboardInterrupt:
            self.kbd_intr(_CTRL_BACKSLASH)  # it may have come before the `finally` was through
            raise

    def write(self, text):
        if self.terminal:
            sys.stdout.write(text)

    # ---- characters and keys ----

    # The next byte from outside, or those of the next character; b"" at the end of input.
    async def input(self):
        try:
            c = await self.reader.read(1)
        except OSError:  # stdin closed, the terminal gone
            return b""
        self.any = self.any or c
        return c.encode() if isinstance(c, str) else c  # a board's stdin may be a text only

    # The byte that is index bytes ahead, which stays there; -1 at the end of input.
    async def peek(self, index):
        while index >= len(self.buffer):
            c = await self.input()
            if not c:
                return _END_OF_INPUT
            self.buffer += c
        return self.buffer[index]

    # The next character, of one byte or several; "" at the end of input.
    async def read(self):
        c = await self.peek(0)
        if c == _LF and self.newline:
            self.buffer = self.buffer[1:]
            c = await self.peek(0)
        self.newline = c == _CR
        size = 1 + (c >= 0xC0) + (c >= 0xE0) + (c >= 0xF0)
        valid = c < 0x80 or size > 1
        for i in range(1, size):
            if not 0x80 <= await self.peek(i) < 0xC0:  # a stray lead byte takes no others with it
                valid = False
                size = i
                break
        data = self.buffer[:size]
        self.buffer = self.buffer[size:]
        return data.decode() if valid else "\ufffd"

    # The next key and the character that it stands for, or "".
    async def key(self):
        c = await self.read()
        if c != "\x1b":
            return ord(c[0]) if c else _END_OF_INPUT, c
        c = await self.read()
        if c != "[" and c != "O":
            return _NO_KEY, ""
        sent = ""
        while True:
            c = await self.read()
            sent += c
            if not "0" <= c <= "?":  # neither a digit nor a separator: the sequence ends here
                break
        return dict(zip(_SENT.split(), _KEYS)).get(sent, _NO_KEY), ""

    # Whether more has come than was read: a person is slower, so it is pasted.
    async def ready(self):
        if self.newline and not self.buffer and self.poll.poll(0):
            if await self.peek(0) == _LF:  # the second half of the line end
                self.buffer = b""
                self.newline = False
        return self.buffer or self.poll.poll(0)

    # ---- lines ----

    # One line without its end; None for the end of input, True for Ctrl-E on an empty first line.
    # Ctrl-C raises KeyboardInterrupt. indent: white space that a terminal offers to begin with.
    async def line(self, prompt, indent=""):
        self.text = indent if self.terminal and not await self.ready() else ""
        self.index = len(self.text)  # the cursor
        self.prompt = prompt
        self.slice = False  # the row shows a part of the line
        self.write(prompt + self.text)
        offered = self.index
        at = len(self.lines)
        while True:
            self.state = True
            key, c = await self.key()
            await self.restore()
            self.state = False
            if offered:
                offered = 0
                if key == _SPACE or key == _TAB:  # indented by hand, or pasted
                    self.update("", 0)
            if key >= _SPACE and key != _BACKSPACE and self.index == len(self.text) and not self.slice:
                self.typed = self.typed or io.StringIO()
                self.typed.write(c)
                self.write(c)
                continue
            self.flush()
            if key == _CTRL_C:
                raise KeyboardInterrupt
            if key == _CTRL_E and c and not self.text and prompt is not _MORE:
                return True
            is_empty = not self.text or (prompt is _MORE and self.text.isspace())
            if key == _END_OF_INPUT or key == _CR or key == _LF or (key == _CTRL_D and c and is_empty):
                break
            if key == _CTRL_L:
                self.show()
            elif key == _UP or key == _DOWN:
                at = max(0, at - 1) if key == _UP else min(len(self.lines), at + 1)
                text = self.lines[at] if at < len(self.lines) else ""
                self.update(text, len(text))
            else:
                self.modify(key, c)
        self.write("\n")
        text = self.text
        if not text and (key == _END_OF_INPUT or key == _CTRL_D):
            return None
        if self.terminal and text.strip() and self.lines[-1:] != [text] and len(text) <= _HISTORY_CHARS:
            self.lines.append(text)
            while len(self.lines) > _HISTORY or sum(map(len, self.lines)) > _HISTORY_CHARS:
                self.lines.pop(0)
        return text

    # Takes what was typed into the text.
    def flush(self):
        if self.typed:
            self.text += self.typed.getvalue()
            self.index = len(self.text)
            self.typed = None

    # Called before others write. Takes a line that is being typed off the screen, until they have written.
    def clear(self, end):
        if self.state:
            self.state = None
            self.write("\r\x1b[K")
            asyncio.create_task(self.restore())
        self.end = end

    # Writes the line again, where it was taken away.
    async def restore(self):
        if self.state is None:
            self.state = True
            if self.end[-1:] != "\n":
                self.write("\n")
            self.flush()
            self.show()

    # What any other key makes of the line. value: the character that it stands for.
    def modify(self, key, value):
        text = self.text
        index = self.index
        if key == _HOME:
            index = 0
        elif key == _CTRL_E:
            index = len(text)
        elif key == _LEFT:
            index = max(0, index - 1)
        elif key == _RIGHT:
            index = min(len(text), index + 1)
        else:  # something goes, or comes, at the cursor
            end = index
            new = ""
            if key == _CTRL_H or key == _BACKSPACE:
                step = (index - 1) % len(_INDENT) + 1 if text[:index].isspace() else 1
                index = max(0, index - step)
            elif key == _CTRL_D:
                end += 1
            elif key == _CTRL_K:
                end = len(text)
            elif key == _CTRL_U:
                index = 0
            elif key == _TAB and self.terminal:  # white space, or the rest of a name
                new = _INDENT
                before = text[:index]
                if self._complete and before[-1:] != " " and (before or self.prompt is not _MORE):
                    new = _complete(before)
                    if new is None:  # several names, which are printed
                        self.show()
                        new = ""
            elif key >= _SPACE or key == _TAB:
                new = value
            text = text[:index] + new + text[end:]
            index += len(new)
        self.update(text, index)

    # Changes the line, here and on the screen.
    def update(self, text, index):
        before = self.text
        at = self.index
        self.text = text
        self.index = index
        if not self.slice and at == len(before) and index == len(text) and text.startswith(before):
            self.write(text[at:])
        elif self.slice or max(len(before), len(text)) > _WIDTH:
            self.show()
        else:
            self.write("\b" * at + text + "\x1b[K" + "\b" * (len(text) - index))

    # Writes the prompt and the line anew. No terminal can be told to go back to the row above: of a line
    # that needs more than one, the part around the cursor is shown, which moves on by half a row.
    def show(self):
        half = _WIDTH // 2
        start = max(0, self.index // half - 1) * half
        part = self.text[start : start + _WIDTH]
        self.slice = self.terminal and part != self.text
        self.write("\r" + self.prompt + part + "\x1b[K" + "\b" * (len(part) - self.index + start))

    # ---- commands ----

    # All up to Ctrl-D, as it comes.
    async def paste(self):
        self.write("\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\n=== ")
        text = io.StringIO()
        while True:
            c = await self.read()
            if c == "\x03":
                raise KeyboardInterrupt
            if c == "" or c == "\x04":
                self.write("\n")
                return text.getvalue()
            c = "\n" if c == "\r" else c
            text.write(c)
            self.write("\n=== " if c == "\n" else c)

    # One command and the mode to compile it in; None for its text at the end of input. An empty line ends a block;
    # of an open bracket and a string that goes on it is a part.
    async def command(self, prompt):
        text = more = await self.line(prompt)
        if text is True:
            return await self.paste(), "exec"
        while text is not None:
            still = _scan(text)[2]
            if not still:
                break
            indent = ""
            if still == ":":
                rest = more.lstrip()
                indent = more[: len(more) - len(rest)]
                if _scan(more)[2] == ":" and not rest.startswith("@"):
                    indent += _INDENT
            more = await self.line(_MORE, indent)
            if more is None or (still == ":" and not more.strip()):
                break
            text += "\n" + more
        return text, "single"

    # Runs a command and echoes its result. Answers the exception that ended it, or None.
    async def run(self, g, text, mode):
        try:
            compiled, waits = code(text, mode)
            aioctl._said()  # forgets what was said before this command
            names = {}
            value = self.call(eval, compiled, g, names if waits else g)
        except BaseException as e:
            return e
        if waits:
            value, exception = await self.wait(names["_command_"]())
            if exception:
                return exception
        try:
            self.call(_echo, g, value)
        except BaseException as e:  # its repr
            return e

    # Awaits coro, in a task of its own: so a CancelledError here is always this task's. Answers the
    # result and None, or None and the exception.
    async def wait(self, coro):
        end = [None, None]
        done = asyncio.Event()
        command = asyncio.create_task(self.step(coro, end, done))
        watch = asyncio.create_task(self.listen(command)) if self.terminal else None
        self.cancelled = False  # by Ctrl-C
        try:
            await done.wait()
        finally:
            aioctl._cancel(command)
            if watch:
                watch.cancel()
        if self.cancelled and isinstance(end[1], asyncio.CancelledError):
            end[1] = KeyboardInterrupt()
        return end

    # Drives coro so that Ctrl-C can interrupt each of its steps: one of them may never end.
    def step(self, coro, end, done):
        step, arg = coro.send, None
        try:
            while True:
                self.call(step, arg)
                step, arg = coro.send, None
                try:
                    yield
                except asyncio.CancelledError as e:
                    step, arg = coro.throw, e
        except StopIteration as e:
            end[0] = e.value
        except BaseException as e:
            end[1] = e
        done.set()

    # While a command is awaited: Ctrl-C cancels it, all else is kept for the next line.
    async def listen(self, command):
        while True:
            c = await self.input()
            if not c:
                return
            if c[0] == _CTRL_C:
                self.buffer = b""
                self.cancelled = True
                aioctl._cancel(command)
            else:
                self.buffer += c

    # Reads and runs commands until one ends the REPL.
    async def loop(self, g, prompt):
        print("Starting asyncio REPL...")
        while True:
            try:
                text, mode = await self.command(prompt)
            except KeyboardInterrupt:  # typed
                self.write("\n")
                continue
            if text is None:
                return
            exception = await self.run(g, text, mode) if _scan(text)[2] is not None else None
            if isinstance(exception, SystemExit):
                return
            if exception:
                print_exception(exception)


# What the end of text goes on with; None where there are several ways, which are printed. Within a string of a call of
# ours, that is the name of a task, or of a service.
def _complete(text):
    parts = text.replace("'", '"').split('"')
    if len(parts) % 2 or "aio" not in parts[-2]:
        return aioctl._complete(text)
    start = parts[-1]
    names = aioservice.service() if "aioservice" in parts[-2] else aioctl.group().tasks
    names = sorted([name for name in names if name.startswith(start)]) or [""]
    end = names[0]
    while not names[-1].startswith(end):  # what the first and the last have in common, all have
        end = end[:-1]
    new = end[len(start) :]
    if new or len(names) == 1:
        return new
    print()
    print("  ".join(names))


def _in_word(c):
    return 97 <= c | 32 <= 122 or 48 <= c <= 57 or c == 95 or c >= 128  # c | 32: a letter as a small one


# Reads text as far as a prompt must. Answers its words outside strings; its lines, but what a string goes on over is
# one; what is still open: "(" a string, a bracket or a continued line, ":" a block, "" nothing, None if there is no
# code at all.
def _scan(text):
    b = text.encode()  # indexing a str is slow where it is not plain ASCII
    words, lines = [], []
    quote = b""
    last = depth = start = i = 0
    block = text.startswith("@")
    unclosed = False  # a string in one line: more lines do not help, and the compiler will say so
    while i < len(b):
        c = b[i]
        j = i + 1
        if quote:
            if c == 92:  # backslash
                j += 1
            elif b.startswith(quote, i):
                j = i + len(quote)
                quote = b""
            elif c == 10 and len(quote) == 1:
                quote = b""
                unclosed = True
        elif c == 35:  # a remark
            while j < len(b) and b[j] != 10:
                j += 1
        elif c == 10:
            block = block or (last == 58 and not depth)  # 58: a colon
            lines.append(b[start:j].decode())
            start = j
        elif c > 32:
            last = c
            if c == 34 or c == 39:  # a quote
                quote = b[i : i + 3]
                quote = quote if quote == quote[:1] * 3 else quote[:1]
                j = i + len(quote)
            elif _in_word(c):
                while j < len(b) and _in_word(b[j]):
                    j += 1
                words.append(b[i:j].decode())
            else:
                depth += (chr(c) in "([{") - (chr(c) in ")]}")
        i = j
    lines.append(b[start:].decode())
    if len(quote) == 1 or unclosed:
        still = ""
    elif quote or depth > 0 or last == 92:
        still = "("
    elif block or last == 58:
        still = ":"
    else:
        still = "" if last else None
    return words, lines, still


# The code of a command, and whether it makes a coroutine function instead of running the command.
def code(text, mode):
    # Each time as an expression first, as only that has a value; then as statements.
    try:
        try:
            return compile(text, "<stdin>", "eval"), False
        except SyntaxError:
            return compile(text, "<stdin>", mode), False
    except SyntaxError:
        words, lines, _ = _scan(text)
        if text[:1].isspace() or ("await" not in words and "async" not in words):
            raise
    # A name declared global though it is not assigned does no harm: so all are, and what the
    # command assigns becomes a global without knowing which names those are.
    head = "async def _command_():\n "
    for word in set(words):
        try:
            compile("def f():\n global " + word, "", "exec")
            head += "global " + word + ";"
        except SyntaxError:  # a keyword, or a number
            pass
    head += "pass\n "
    try:
        return compile(head + "return (" + text + "\n)", "<stdin>", "exec"), True
    except SyntaxError:
        return compile(head + " ".join(lines), "<stdin>", "exec"), True


def _echo(g, value):
    if value is None:
        return
    g["_"] = value
    if value is not True or not aioctl._said():  # a command that said it did well need not say True
        print(repr(value))
        if isinstance(value, type((lambda: (yield))())):  # a generator's type is that of coroutines, too
            print("(a coroutine: nothing of it has run, put `await` before it)")


# As sys.print_exception, without the frames of the REPL's files: they are nobody's error.
def print_exception(exception):
    text = io.StringIO()
    sys.print_exception(exception, text)
    for line in text.getvalue().rstrip().split("\n"):
        if line.endswith(_IN_COMMAND):
            start, number = line[: -len(_IN_COMMAND)].rsplit(" ", 1)
            line = "%s %d, in <module>" % (start, int(number) - _HEAD_LINES)
        if 'aioservice_repl.py", line' not in line:
            print(line)


# Stops all supervised tasks, and waits a while for those that take their time.
async def stop():
    me = asyncio.current_task()
    aioctl.stop()
    start = time.ticks_ms()
    for record in list(aioctl.group().tasks.values()):
        other = record.task
        while other is not me and not other.done() and time.ticks_diff(time.ticks_ms(), start) < _STOP_MS:
            try:
                await asyncio.sleep_ms(20)
            except asyncio.CancelledError:
                pass  # this task was among those stopped


# The REPL; g: the globals of its commands, those of __main__ unless given. Ends upon Ctrl-D, the end
# of input and SystemExit: then it stops all supervised tasks if shutdown_on_exit, and calls exit_cb() if
# there is one. Cancelled, it ends alone; where the input ends before it has begun, too: nobody was there.
async def task(g=None, prompt="--> ", shutdown_on_exit=True, exit_cb=None):
    main = __import__("__main__").__dict__
    if g is None:
        g = main
    console = _Console()
    console._complete = g is main  # Tab completes names: MicroPython knows those of __main__
    try:
        await console.loop(g, prompt)
    except OSError:
        console.any = True  # nobody reads the output any more: as good as the end of input
    finally:
        console.close()
    if not console.any:
        return
    if shutdown_on_exit:
        await stop()
    if exit_cb:
        exit_cb()
