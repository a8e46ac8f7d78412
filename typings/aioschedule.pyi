"""What runs when.

The whole story: docs/reference/aioschedule.md.
"""

from typing import Any, Callable, Coroutine, Dict, List, Optional, Tuple, TypeVar, Union

from aioservice_types import Schedule, Seconds

_F = TypeVar("_F", bound=Callable[..., Any])

def schedule(
    name: str,
    /,
    *,
    start_in: Union[Seconds, Tuple[int, ...], List[int], None] = None,
    repeat: Union[Seconds, bool] = False,
) -> None:
    """Schedule the task of that name, or change its schedule.

    start_in: seconds from the start of the loop task, from 0 on; or a time tuple as of time.localtime(), or a
    list like one, which follows the wall clock; None: after `repeat` seconds.
    repeat: seconds above 0, True for every start_in seconds, False for once.

    Raises ValueError for other values, TypeError for a name that is no str; then nothing has changed.
    """

def schedule_task(
    *,
    start_in: Union[Seconds, Tuple[int, ...], List[int], None] = None,
    repeat: Union[Seconds, bool] = False,
) -> Callable[[_F], _F]:
    """Decorate a task: once it is added under its function's name, it waits for its due time.

    Arguments and errors as of schedule().
    """

def unschedule(name: str, /) -> bool:
    """Take the task out of the schedule; return whether it was in it."""

def group() -> Dict[str, Dict[str, Any]]:
    """Return the schedule: task name to {"start_in": ..., "repeat": ...}. To be read only.

    Once it has started a task, last and last_dt say when, start_in is -1, and _start_in what it was.
    """

def status_sc(name: Optional[str] = None, debug: bool = False) -> None:
    """Print when the task (None: each) ran last and is due next; debug: its options, too."""

def status_sc_all(name: Optional[str] = None, debug: bool = False) -> None:
    """The same as status_sc."""

def reset(group: bool = True) -> None:
    """group: take all tasks out of the schedule."""

def watcher_loop(alog: Any = None, sleep: Seconds = 30) -> Coroutine[Any, Any, None]:
    """A task that starts failed tasks again: aioctl.add(aioschedule.watcher_loop).

    It looks after 10 s, then every sleep seconds. Tasks added with restart=False are left alone.
    alog: a logger, told what was started.
    """

def schedule_loop(alog: Any = None) -> Coroutine[Any, Any, None]:
    """The loop task: aioctl.add(aioschedule.schedule_loop). aioservice.init() adds it if it is needed.

    alog: a logger, told when a task could not be started. A second one ends at once.
    """
