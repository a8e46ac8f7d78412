"""The log in RAM: a stream that keeps the latest lines, and a small logger.

The whole story: docs/reference/aiolog.md.
"""

from typing import Any, Coroutine, Final, List, Protocol, Sequence, Union

class _Writable(Protocol):
    def write(self, text: str, /) -> Any: ...

_Grep = Union[str, Sequence[str]]
_Level = Union[int, str]
_ExcInfo = Union[bool, BaseException, None]

NOTSET: Final[int] = 0
DEBUG: Final[int] = 10
INFO: Final[int] = 20
WARNING: Final[int] = 30
ERROR: Final[int] = 40
CRITICAL: Final[int] = 50

class AioStream:
    """A stream that keeps the latest whole lines in a fixed number of bytes."""

    def __init__(self, size: int, /) -> None:
        """Allocate `size` bytes, once.

        Raises ValueError below 64, TypeError for what is no int, MemoryError.
        """

    def write(self, text: Union[str, bytes, bytearray, memoryview], /) -> int:
        """Write text, in any pieces, and return the number of bytes: all of them, always.

        Allocates nothing. A line counts from its newline on; the oldest lines leave for it. A line
        longer than the whole stream is cut and ends in "...[cut]".
        """

    def flush(self) -> None:
        """Do nothing: what is written can be read at once."""

    def cat(self, grep: _Grep = "") -> None:
        """Print the lines that match grep to sys.stdout, oldest first, each in one write.

        grep: "" for all; a str without `*` for lines that contain it; a str with `*` for lines that
        it describes as a whole; a list or tuple of these for lines that match one of them. Raises
        TypeError for any other, before anything is printed.
        """

    def lines(self, grep: _Grep = "") -> List[str]:
        """Return the lines that cat(grep) would print, without their newlines."""

    def readline(self) -> str:
        """Return the line at the stream's place with its newline, and move on; "" at the end."""

    def read(self, size: int = -1, /) -> str:
        """Return up to size characters from the stream's place on, and move on; -1: all that is there."""

    def getvalue(self) -> str:
        """Return all lines as one str. The place stays."""

    def tell(self) -> int:
        """Return the place, counted in bytes ever kept. At the end, it moves on with what is written."""

    def seek(self, position: int, /) -> int:
        """Go to the first line at or after position; return its place. 0 is the oldest line."""

    def __iter__(self) -> "AioStream": ...
    def __next__(self) -> str: ...
    def follow(self, grep: _Grep = "", wait: Union[int, float] = 0.05) -> Coroutine[Any, Any, None]:
        """Print the lines written from now on that match grep, as they come, until cancelled.

        wait: the least seconds between two looks. Raises ValueError below 0, TypeError for a grep as cat().
        """

streamlog: AioStream
"""The log every service shares: AioStream(2000), made when it is first asked for.

Any object with a method `write` can be assigned in its place; TypeError for others.
"""

class Logger:
    """Writes lines such as "2023-03-16 00:00:19 [name] [INFO] text", one write each.

    Made by getLogger only. A message that cannot be formatted is written as it is, with a note;
    what the stream's write raises is not caught.
    """

    @property
    def name(self) -> str:
        """The logger's name."""
    level: int
    """Lines below this level are not written. Takes a level's name, too."""

    def debug(self, msg: object, *args: object, exc_info: _ExcInfo = None) -> None:
        """Write msg % args (msg as it is without args) at level DEBUG."""

    def info(self, msg: object, *args: object, exc_info: _ExcInfo = None) -> None:
        """Write msg % args at level INFO."""

    def warning(self, msg: object, *args: object, exc_info: _ExcInfo = None) -> None:
        """Write msg % args at level WARNING."""

    def error(self, msg: object, *args: object, exc_info: _ExcInfo = None) -> None:
        """Write msg % args at level ERROR."""

    def critical(self, msg: object, *args: object, exc_info: _ExcInfo = None) -> None:
        """Write msg % args at level CRITICAL."""

    def log(self, level: _Level, msg: object, *args: object, exc_info: _ExcInfo = None) -> None:
        """Write msg % args at any level.

        Raises ValueError for an unknown level name, TypeError for a level that is no int or str.
        """

    def exception(self, msg: object, *args: object, exc_info: _ExcInfo = True) -> None:
        """Write msg % args at level ERROR and, from the next line on, a traceback.

        exc_info: the exception, or True for the one being handled, which only ports with
        sys.exc_info know.
        """

    def setLevel(self, level: _Level, /) -> None:
        """Write only what is at or above level from now on.

        Raises ValueError for an unknown level name, TypeError for a level that is no int or str.
        """

    def getEffectiveLevel(self) -> int:
        """Return the level as an int."""

    def isEnabledFor(self, level: _Level, /) -> bool:
        """Return whether a line of that level is written."""

def getLogger(name: Union[str, None] = "root", stream: Union[_Writable, None] = None) -> Logger:
    """Return the one Logger of that name, made at level INFO if there is none yet.

    A stream becomes the logger's stream; a logger that was never given one writes to streamlog.
    Raises TypeError for a name that is no str and for a stream without a method write.
    """
