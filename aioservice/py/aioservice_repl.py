# A REPL that runs beside the other tasks of the loop. It answers to `aiorepl` where micropython-lib's
# aiorepl is not installed: asyncio.create_task(aiorepl.task()).
#
# On a terminal (and on a board, always) it edits lines, echoes and shows a prompt. From a pipe or a
# file it only runs what it reads: the output is then the commands' output and nothing else.
import asyncio
import io
import select
import sys
import time

import aioctl
import micropython
from micropython import const

try:
    import termios
except ImportError:  # a board: there the interrupt character is a matter of micropython.kbd_intr
    termios = None

# What termios does not name: a bit of c_lflag, places in c_cc, and what stands there for "none".
_ISIG, _VINTR, _VQUIT, _NONE = (1, 0, 1, b"\x00") if sys.platform == "linux" else (0x80, 8, 9, b"\xff")
_VSUSP = const(10)
_HISTORY = const(20)  # lines kept
_HISTORY_CHARS = const(1000)  # in all of them: on a board, too, they stay for as long as the REPL runs
_MORE = const("... ")  # the prompt within a command
_INDENT = const("    ")
_WIDTH = const(72)  # characters of an edited line on the screen: with the prompt, a row of 80 columns holds them
_HEAD_LINES = const(2)  # of the function that a command with `await` is made
_IN_COMMAND = const(", in _command_")
_STOP_MS = const(5000)  # how long the end of the REPL waits for the tasks it has stopped

# What the keys of a terminal send after ESC, as the control character of the same meaning. End and
# Delete have names: their characters, Ctrl-E and Ctrl-D, mean something else on an empty line.
_KEYS = {
    "[A": "\x10", "[B": "\x0e", "[C": "\x06", "[D": "\x02", "[H": "\x01", "[F": "end",
    "[1~": "\x01", "[7~": "\x01", "[4~": "end", "[8~": "end", "[3~": "delete",
}  # fmt: skip

_GENERATOR = type((lambda: (yield))())  # of coroutines, too


class _Console:
    # Standard input as keys and lines. Ctrl-C is a key while tasks other than the command run, so
    # that it never hits one of them, and the interrupt character while a step of the command runs. Else that
    # is Ctrl-\\: a task that does not await leaves no other way to be ended.

    def __init__(self):
        self.reader = asyncio.StreamReader(getattr(sys.stdin, "buffer", sys.stdin))
        self.ahead = b""  # typed while a command was awaited
        self.typed = False  # Ctrl-C was, among it
        self.history = []
        self.completes = False  # Tab completes names
        self.prompt = ""
        self.wide = False  # the row shows a part of the line that is edited
        self.after_cr = False
        self.saved = None  # the terminal's own settings
        self.terminal = True
        if termios:
            try:
                self.saved = termios.tcgetattr(0)
            except OSError:
                self.terminal = False
        if self.terminal:
            self.waiting = select.poll()
            self.waiting.register(sys.stdin, select.POLLIN)
        self.at_exit = None
        if self.saved and hasattr(sys, "atexit"):
            # The loop may be left while this task waits: nothing else would give the terminal back.
            self.at_exit = sys.atexit(self._left)
        self.interrupts(False)

    def _left(self):
        self.close()
        if self.at_exit:
            self.at_exit()

    def close(self):
        if self.saved:
            termios.tcsetattr(0, termios.TCSANOW, self.saved)
            if hasattr(sys, "atexit"):
                sys.atexit(self.at_exit)
        elif not termios:
            micropython.kbd_intr(3)

    # Whether Ctrl-C raises KeyboardInterrupt (else it is a character to read, and Ctrl-\\ does).
    def interrupts(self, on):
        c = 3 if on else 28
        if self.saved:
            mode = list(self.saved)  # c_oflag stays: output is processed as ever
            mode[3] = _ISIG
            mode[6] = list(mode[6])
            mode[6][_VQUIT] = mode[6][_VSUSP] = _NONE
            mode[6][_VINTR] = bytes([c])
            termios.tcsetattr(0, termios.TCSANOW, mode)
        elif not termios:
            micropython.kbd_intr(c)

    # fun(*args), which Ctrl-C interrupts.
    def guard(self, fun, *args):
        try:
            try:
                self.interrupts(True)
                return fun(*args)
            finally:
                self.interrupts(False)
        except KeyboardInterrupt:
            self.interrupts(False)  # it may have come before the `finally` was through
            raise

    def write(self, text):
        if self.terminal:
            sys.stdout.write(text)

    # The next byte from outside, or those of the next character; b"" at the end of input.
    async def _read(self):
        try:
            c = await self.reader.read(1)
        except OSError:  # stdin closed, the terminal gone
            return b""
        return c.encode() if isinstance(c, str) else c  # a board's stdin may be a text only

    async def _byte(self):
        if not self.ahead:
            self.ahead = await self._read()
        c = self.ahead[:1]
        self.ahead = self.ahead[1:]
        return c

    # The next character, of one byte or several; "" at the end of input.
    async def char(self):
        c = await self._byte()
        if c == b"\n" and self.after_cr:  # the second half of a line end
            c = await self._byte()
        self.after_cr = c == b"\r"
        if c < b"\x80":
            return c.decode()
        more = 3 if c >= b"\xf0" else 2 if c >= b"\xe0" else 1 if c >= b"\xc0" else 0
        while len(c) <= more:
            b = await self._byte()
            if not b"\x80" <= b < b"\xc0":  # a stray lead byte takes no others with it
                self.ahead = b + self.ahead
                return "\ufffd"
            c += b
        return c.decode() if more else "\ufffd"

    # The next key: a character, or "end", "delete"; "\0" for one that has no meaning here.
    async def key(self):
        c = await self.char()
        if c != "\x1b":
            return c
        c = await self.char()
        if c != "[" and c != "O":
            return "\0"
        code = "["
        while True:
            c = await self.char()
            code += c
            if not "0" <= c <= "?":  # neither a digit nor a separator: the sequence ends here
                return _KEYS.get(code, "\0")

    # Whether more has come than was read: a person is slower, so it is pasted.
    async def _is_pasted(self):
        if self.after_cr and not self.ahead and self.waiting.poll(0):
            self.ahead = await self._read()
            if self.ahead == b"\n":  # the second half of the line end
                self.ahead = b""
                self.after_cr = False
        return bool(self.ahead or self.waiting.poll(0))

    # One line without its end; None for the end of input, "\x05" alone for Ctrl-E on an empty first line.
    # Ctrl-C raises KeyboardInterrupt. indent: white space that a terminal offers to begin with.
    async def line(self, prompt, indent=""):
        text = indent if self.terminal and not await self._is_pasted() else ""
        offered = bool(text)
        self.prompt = prompt
        self.wide = False
        self.write(prompt + text)
        pos = len(text)
        typed = None  # what was typed at the end of text: to append each character would copy all those before
        at = len(self.history)
        while True:
            k = await self.key()
            if offered:
                offered = False
                if k == " " or k == "\t":  # indented by hand, or pasted
                    self._redraw(text, pos, "", 0)
                    text = ""
                    pos = 0
            if k >= " " and k != "\x7f" and len(k) == 1 and pos == len(text) and not self.wide:
                typed = typed or io.StringIO()
                typed.write(k)
                self.write(k)
                continue
            if typed:
                text += typed.getvalue()
                pos = len(text)
                typed = None
            if k == "\x03":
                raise KeyboardInterrupt
            if k == "\x05" and not text and prompt is not _MORE:
                return k
            is_empty = not text or (prompt is _MORE and text.isspace())
            if k == "" or k == "\r" or k == "\n" or (k == "\x04" and is_empty):
                break
            if k == "\x0c":
                self._show(text, pos)
                continue
            if k == "\x10" or k == "\x0e":
                at = max(0, at - 1) if k == "\x10" else min(len(self.history), at + 1)
                new = self.history[at] if at < len(self.history) else ""
                to = len(new)
            elif k == "\t" and self.terminal:
                more = self._tab(text, pos)
                new, to = text[:pos] + more + text[pos:], pos + len(more)
            else:
                new, to = _edited(text, pos, k)
            self._redraw(text, pos, new, to)
            text = new
            pos = to
        self.write("\n")
        if not text and (k == "" or k == "\x04"):
            return None
        if self.terminal and text.strip():
            self._remember(text)
        return text

    # What Tab adds to the line at pos: white space, or the rest of a name. Where there are several such
    # names, they are printed.
    def _tab(self, text, pos):
        before = text[:pos]
        if not self.completes or before[-1:] == " " or (not before and self.prompt is _MORE):
            return _INDENT
        rest = aioctl._complete(before)
        if rest is None:
            self._show(text, pos)
        return rest or ""

    def _remember(self, text):
        history = self.history
        if history[-1:] == [text] or len(text) > _HISTORY_CHARS:
            return
        history.append(text)
        while len(history) > _HISTORY or sum(len(line) for line in history) > _HISTORY_CHARS:
            history.pop(0)

    def _redraw(self, text, pos, new, to):
        if self.wide or (pos != len(text) or to < len(text)) and len(text) > _WIDTH:
            self._show(new, to)
        elif pos == len(text) and to == len(new) and new.startswith(text):
            self.write(new[pos:])
        elif len(new) > _WIDTH:
            self._show(new, to)
        else:
            self.write("\b" * pos + new + "\x1b[K" + "\b" * (len(new) - to))

    # Writes the prompt and the line anew. No terminal can be told to go back to the row above: of a line
    # that needs more than one, the part around the cursor is shown, which moves on by half a row.
    def _show(self, text, pos):
        half = _WIDTH // 2
        start = max(0, pos // half - 1) * half
        part = text[start : start + _WIDTH]
        self.wide = self.terminal and part != text
        self.write("\r" + self.prompt + part + "\x1b[K" + "\b" * (len(part) - pos + start))

    # All up to Ctrl-D, as it comes.
    async def paste(self):
        self.write("\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\n=== ")
        text = io.StringIO()
        while True:
            c = await self.char()
            if c == "\x03":
                raise KeyboardInterrupt
            if c == "" or c == "\x04":
                self.write("\n")
                return text.getvalue()
            c = "\n" if c == "\r" else c
            text.write(c)
            self.write("\n=== " if c == "\n" else c)

    # Awaits coro, in a task of its own: so a CancelledError here is always this task's. Answers the
    # result and None, or None and the exception.
    async def wait(self, coro):
        end = [None, None]
        done = asyncio.Event()
        command = asyncio.create_task(self._steps(coro, end, done))
        watch = asyncio.create_task(self._watch(command)) if self.terminal else None
        self.typed = False
        try:
            await done.wait()
        finally:
            aioctl._cancel(command)
            if watch:
                watch.cancel()
        if self.typed and isinstance(end[1], asyncio.CancelledError):
            end[1] = KeyboardInterrupt()
        return end

    # Drives coro so that Ctrl-C can interrupt each of its steps: one of them may never end.
    def _steps(self, coro, end, done):
        step, arg = coro.send, None
        try:
            while True:
                self.guard(step, arg)
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
    async def _watch(self, command):
        while True:
            c = await self._read()
            if not c:
                return
            if c == b"\x03":
                self.ahead = b""
                self.typed = True
                aioctl._cancel(command)
            else:
                self.ahead += c


# What `key` makes of a line with the cursor at pos: the new line and cursor.
def _edited(text, pos, key):
    if key == "\x01":
        return text, 0
    if key == "\x05" or key == "end":
        return text, len(text)
    if key == "\x02":
        return text, max(0, pos - 1)
    if key == "\x06":
        return text, min(len(text), pos + 1)
    if key == "\x08" or key == "\x7f":
        step = (pos - 1) % len(_INDENT) + 1 if text[:pos].isspace() else 1
        to = max(0, pos - step)
        return text[:to] + text[pos:], to
    if key == "\x04" or key == "delete":
        return text[:pos] + text[pos + 1 :], pos
    if key == "\x0b":
        return text[:pos], pos
    if key == "\x15":
        return text[pos:], 0
    if key >= " " or key == "\t":
        return text[:pos] + key + text[pos:], pos + len(key)
    return text, pos


# What the line after this one of a block begins with.
def _indent_after(line):
    indent = line[: len(line) - len(line.lstrip())]
    opens = _scan(line)[2] == ":" and not line.lstrip().startswith("@")
    return indent + _INDENT if opens else indent


def _in_word(c):
    return 97 <= c <= 122 or 65 <= c <= 90 or 48 <= c <= 57 or c == 95 or c >= 128


# Reads src as far as a prompt must. Answers its words outside strings; where its lines start, but
# for those inside a string; what is still open: "'" a string, "(" a bracket or a continued line,
# ":" a block, "" nothing, None if there is no code at all.
def _scan(src):
    b = src.encode()  # indexing a str is slow where it is not plain ASCII
    words, starts = [], [0]
    quote = b""
    last = depth = i = 0
    block = src.startswith("@")
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
            starts.append(j)
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
                depth += (c in b"([{") - (c in b")]}")
        i = j
    if len(quote) == 1 or unclosed:
        still = ""
    elif quote:
        still = "'"
    elif depth > 0 or last == 92:
        still = "("
    elif block or last == 58:
        still = ":"
    else:
        still = "" if last else None
    return words, starts, still


# The code of a command, and whether it makes a coroutine function instead of running the command.
def _compiled(src, mode):
    # Each time as an expression first, as only that has a value; then as statements.
    try:
        return _first((src, "eval"), (src, mode)), False
    except SyntaxError:
        words, starts, _ = _scan(src)
        if src[:1].isspace() or ("await" not in words and "async" not in words):
            raise
    # A name declared global though it is not assigned does no harm: so all are, and what the
    # command assigns becomes a global without knowing which names those are.
    names = {w for w in words if _is_name(w)}
    head = "async def _command_():\n " + ("global " + ",".join(names) if names else "pass") + "\n "
    b = src.encode()
    lines = [b[i:j].decode() for i, j in zip(starts, starts[1:] + [len(b)])]
    return _first((head + "return (" + src + "\n)", "exec"), (head + " ".join(lines), "exec")), True


# Whether a word may be declared global: the compiler knows what is a keyword, or a number.
def _is_name(word):
    try:
        compile("def f():\n global " + word, "", "exec")
        return True
    except SyntaxError:
        return False


def _first(*forms):
    for src, mode in forms:
        try:
            return compile(src, "<stdin>", mode)
        except SyntaxError as e:
            error = e
    raise error


# One command and the mode to compile it in; None for its text at the end of input. An empty line ends a block;
# of an open bracket and a string that goes on it is a part.
async def _command(console, prompt):
    src = more = await console.line(prompt)
    if src == "\x05":
        return await console.paste(), "exec"
    while src is not None:
        still = _scan(src)[2]
        if not still:
            break
        more = await console.line(_MORE, _indent_after(more) if still == ":" else "")
        if more is None or (still == ":" and not more.strip()):
            break
        src += "\n" + more
    return src, "single"


# Runs a command and echoes its result. Answers the exception that ended it, or None.
async def _run(console, g, src, mode):
    try:
        code, waits = _compiled(src, mode)
        aioctl._said()  # forgets what was said before this command
        names = {}
        value = console.guard(eval, code, g, names if waits else g)
    except BaseException as e:
        return e
    if waits:
        value, exc = await console.wait(names["_command_"]())
        if exc:
            return exc
    try:
        console.guard(_echo, g, value)
    except BaseException as e:  # its repr
        return e


def _echo(g, value):
    if value is None:
        return
    g["_"] = value
    if value is not True or not aioctl._said():  # a command that said it did well need not say True
        print(repr(value))
        if isinstance(value, _GENERATOR):
            print("(a coroutine: nothing of it has run, put `await` before it)")


# As sys.print_exception, without the frames of this file: they are nobody's error.
def _print_exception(exc):
    text = io.StringIO()
    sys.print_exception(exc, text)
    for line in text.getvalue().rstrip().split("\n"):
        if line.endswith(_IN_COMMAND):
            start, number = line[: -len(_IN_COMMAND)].rsplit(" ", 1)
            line = "%s %d, in <module>" % (start, int(number) - _HEAD_LINES)
        if 'aioservice_repl.py", line' not in line:
            print(line)


# Stops all supervised tasks, and waits a while for those that take their time.
async def _stop_all():
    me = asyncio.current_task()
    aioctl.stop()
    start = time.ticks_ms()
    tasks = [r.task for r in aioctl.group().tasks.values() if r.task is not me]
    while not all(t.done() for t in tasks) and time.ticks_diff(time.ticks_ms(), start) < _STOP_MS:
        try:
            await asyncio.sleep_ms(20)
        except asyncio.CancelledError:
            pass  # this task was among those stopped


# The REPL; g: the globals of its commands, those of __main__ unless given. Ends upon Ctrl-D, the end
# of input and SystemExit: then it stops all supervised tasks if shutdown_on_exit, and calls exit_cb() if
# there is one. Cancelled, it ends alone.
async def task(g=None, prompt="--> ", shutdown_on_exit=True, exit_cb=None):
    main = __import__("__main__").__dict__
    if g is None:
        g = main
    console = _Console()
    console.completes = g is main  # the names that MicroPython completes are those of __main__
    try:
        await _commands(console, g, prompt)
    except OSError:
        pass  # nobody reads the output any more: as good as the end of input
    finally:
        console.close()
    if shutdown_on_exit:
        await _stop_all()
    if exit_cb:
        exit_cb()


# Reads and runs commands until one ends the REPL.
async def _commands(console, g, prompt):
    print("Starting asyncio REPL...")
    while True:
        try:
            src, mode = await _command(console, prompt)
        except KeyboardInterrupt:  # typed
            console.write("\n")
            continue
        if src is None:
            return
        exc = await _run(console, g, src, mode) if _scan(src)[2] is not None else None
        if isinstance(exc, SystemExit):
            return
        if exc:
            _print_exception(exc)
