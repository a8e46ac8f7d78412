"""What runs when.

See aioschedule.md for the whole story.
"""

from typing import Any, Awaitable, Dict, Tuple, Union

_Seconds = Union[int, float]

def schedule(
    name: str,
    *,
    start_in: Union[_Seconds, Tuple[int, ...], None] = None,
    repeat: Union[_Seconds, bool] = False,
) -> None:
    """Schedule the task of that name, or change its schedule.

    start_in: seconds from the start of the loop task, from 0 on; or a time tuple as of time.localtime();
    None: after `repeat` seconds.
    repeat: seconds above 0, True for every start_in seconds, False for once.

    Raises ValueError for other values, TypeError for a name that is no str; then nothing has changed.
    """

def unschedule(name: str, /) -> bool:
    """Take the task out of the schedule; return whether it was in it."""

def group() -> Dict[str, Dict[str, Any]]:
    """Return the schedule: task name to {"start_in": ..., "repeat": ...}. To be read only."""

def schedule_loop(alog: Any = None) -> Awaitable[None]:
    """The loop task: aioctl.add(aioschedule.schedule_loop). aioservice.init() adds it if it is needed.

    alog: a logger, told when a task could not be started. A second one ends at once.
    """
