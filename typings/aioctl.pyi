"""Supervised tasks: add, start, stop, look.

The whole story: docs/reference/aioctl.md. Where a function takes a name, a pattern with `*` stands for all that
match. A plain name that does not exist is reported on stdout; one that is no str raises TypeError.
"""

from typing import Any, Awaitable, Callable, Coroutine, Dict, Generator, Generic, List, Literal, Optional, Protocol
from typing import Sequence, Tuple, TypeVar, Union, overload

from typing_extensions import ParamSpec

import aioschedule as aioschedule
from aioclass import Service
from aioservice_types import Schedule

_P = ParamSpec("_P")
_R = TypeVar("_R", covariant=True)
_Grep = Union[str, List[str], Tuple[str, ...]]

class _Log(Protocol):
    def cat(self, grep: Any) -> Any: ...

class _Writable(Protocol):
    def write(self, text: Any, /) -> Any: ...

class _AioTask(Generic[_P, _R]):
    """What aiotask makes: not bound to the instance, so that `self` has to be given."""

    def __call__(self, *args: _P.args, **kwargs: _P.kwargs) -> _R: ...

    # As asyncmd's pair of function and name.
    def __len__(self) -> int: ...
    def __getitem__(self, index: int, /) -> Any: ...

class _AsyncioTask(Awaitable[Any]):
    """asyncio.Task, whose type the stubs of MicroPython leave open."""

    coro: Any
    data: Any
    state: Any
    def done(self) -> bool: ...
    def cancel(self) -> bool: ...
    def __await__(self) -> Generator[Any, Any, Any]: ...

class _Task:
    """What is known of a task: a value of group().tasks, and what create_task answers."""

    name: str
    coro: Any
    """What was given to add()."""
    task: _AsyncioTask
    """Awaiting it gives the result, the exception object where it failed."""
    args: Tuple[Any, ...]
    kwargs: Dict[str, Any]
    """Changes of args and kwargs count from the next start() on. TypeError for what is no sequence, no dict."""
    since: int
    """When it was started, as time.time()."""
    done_at: Optional[int]
    state: str
    """inactive, starting, running, stopping, stuck, done, stopped, failed or waiting"""
    cancelled: bool
    """Whether it was told to stop."""
    service: Optional[Service]
    schedule: Optional[Schedule]
    """The schedule that stop() took it out of."""

class _TaskGroup:
    tasks: Dict[str, _Task]
    def add_task(self, task: _Task, /) -> None:
        """Put a task of create_task() into the table; NAME@1 and so on where its name is taken."""

_SCHEDULE: bool
"""True: there is a schedule. asyncmd's programs ask for it."""
_DEBUG: bool
"""Whether debug() has turned long status on."""

def aiotask(fun: Callable[_P, _R], /) -> _AioTask[_P, _R]:
    """Mark an async function as a task; a method is then not bound to its instance.

    Raises TypeError for what cannot be called.
    """

def add(
    coro: Any,
    *args: Any,
    name: Optional[str] = None,
    on_stop: Any = None,
    on_error: Any = None,
    log: Any = None,
    **kwargs: Any,
) -> None:
    """Start a task.

    coro: an async function, a coroutine object, or a plain function. args, kwargs: its arguments.
    name: default is the function's name; a taken one becomes name@1.
    on_stop: called as on_stop(*args, **kwargs) when it was stopped; its value is the task's result.
    on_error: called as on_error(exc, *args, **kwargs) when it failed; likewise.
    log: handed on to the function, and told of a failure.

    Raises TypeError for another coro or name, ValueError for more than 255 args or 63 kwargs.
    """

def create_task(
    coro: Any,
    *args: Any,
    name: Optional[str] = None,
    on_stop: Any = None,
    on_error: Any = None,
    log: Any = None,
    **kwargs: Any,
) -> _Task:
    """Start a task that is entered in no table, and return its record. Arguments and errors as of add()."""

def run() -> None:
    """Start every task of the table that neither runs nor waits, and run the loop until all have ended."""

def start(name: str) -> bool:
    """Start again a task that has ended. Put a scheduled one that was stopped back into the schedule.

    Returns whether all of that name run now, or will. A task that was added as a coroutine object runs once only.
    """

def stop(name: Optional[str] = None, stop_sch: bool = True) -> bool:
    """Tell a task (None: all) to stop. The children of a service stop with it.

    What it awaits goes on, if it is a task of aioctl. stop_sch: also take it out of the schedule.
    Returns at once: whether there is such a task, or such a service that was to start.
    """

def delete(*names: str) -> None:
    """Stop tasks, and take them out of the table and the schedule."""

def reset(group: bool = True, log: bool = False) -> None:
    """group: stop and delete every task but the calling one. log: set_log(None)."""

def status(
    name: Optional[str] = None, log: bool = True, debug: bool = False, indent: str = "    "
) -> None:
    """Print a line for each task, and one for its schedule; of one named task (log) also the latest lines about it in
    set_log()'s AioStream.

    debug: print all there is to know instead, each line behind indent, and (log) all lines about it in
    set_log()'s stream.
    """

def debug() -> None:
    """Switch the long form of status() on for all calls, or off again."""

def result(name: Optional[str] = None) -> Any:
    """Return a task's result, the exception where it failed, None while there is none.

    For a pattern or None prints "NAME --> RESULT" for each.
    """

@overload
def result_all(as_dict: Literal[False] = False) -> None: ...
@overload
def result_all(as_dict: Literal[True]) -> Dict[str, Any]:
    """Print "NAME --> RESULT" for each task, or return a dict of name to result."""

@overload
def traceback(
    name: Optional[str] = None,
    rtn: Literal[False] = False,
    indent: str = "",
    file: Optional[_Writable] = None,
) -> None: ...
@overload
def traceback(
    name: Optional[str], rtn: Literal[True], indent: str = "", file: Optional[_Writable] = None
) -> bool: ...
@overload
def traceback(
    name: Optional[str] = None, *, rtn: Literal[True], indent: str = "", file: Optional[_Writable] = None
) -> bool:
    """Print the traceback of each task whose result is an exception; with rtn only say whether there is one.

    indent: stands before each line of the traceback. file: where to, a stream; default: stdout.
    """

def tasks() -> List[_AsyncioTask]:
    """Return the asyncio tasks of those that run and were not told to stop."""

def tasks_match(pattern: str, /) -> List[str]:
    """Return the names that match, in the order added."""

def group() -> _TaskGroup:
    """Return the table of all tasks."""

def set_group(group: Optional[_TaskGroup], /) -> None:
    """Put another table, or a new empty one for None, in place of group(). The old one's tasks go on."""

def set_log(log: Optional[_Log]) -> None:
    """Set the stream that log() prints, such as aiolog.streamlog; TypeError for one without cat()."""

def log(grep: _Grep = "") -> None:
    """Print the log's lines that match grep, see aiolog.AioStream.cat; nothing where no log is set."""

def follow(grep: _Grep = "", wait: Union[int, float] = 0.05) -> Coroutine[Any, Any, None]:
    """Print the log's new lines that match grep as they come, until cancelled.

    wait: seconds between two looks at most. Raises RuntimeError where no log is set.
    """

def getenv(var: str, alt: Any = None, envfile: Optional[str] = None, debug: bool = False) -> Any:
    """Return the value of var in .env, or alt.

    The file is read once; with envfile (another file) or debug it is read now, and not kept.
    """

def setenv(env: Dict[str, Any]) -> None:
    """Take env in place of .env."""

def color(on: Optional[bool] = None, /) -> bool:
    """Switch colours on or off, or (None) let the terminal decide; return whether they are on.

    Without an argument only return that.
    """

def get_datetime(time_tuple: Sequence[int], /) -> str:
    """Return a date such as "2023-03-16 00:12:39" of a tuple as time.localtime() gives.

    Raises ValueError for less than six items.
    """

def tmdelta_fmt(seconds: Union[int, float], /) -> str:
    """Return an age such as "38 s", "00:02:31" or "2 days, 00:02:31"."""
