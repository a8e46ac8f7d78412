"""The types of what services set and services.config holds: for checkers only, MicroPython has no such module.

    try:
        from typing import TYPE_CHECKING
    except ImportError:
        TYPE_CHECKING = False
    if TYPE_CHECKING:
        from aioservice_types import Entry, Restart
"""

from typing import Any, Callable, Dict, List, Literal, Optional, Tuple, TypedDict, Union

from typing_extensions import TypeAlias

ServiceType: TypeAlias = Literal["core.service", "runtime.service", "schedule.service"]
Policy: TypeAlias = Literal["never", "on_failure", "on_success", "always"]
Names: TypeAlias = Union[str, List[str], Tuple[str, ...]]
"""One service or several, with or without ".service"."""
Seconds: TypeAlias = Union[int, float]

class Schedule(TypedDict, total=False):
    """When a service or a task runs, see aioschedule.schedule."""

    start_in: Union[Seconds, Tuple[int, ...], List[int], None]
    repeat: Union[Seconds, bool]

class _Restart(TypedDict, total=False):
    policy: Policy
    delay_ms: int
    delay_max_ms: int
    factor: Union[int, float]
    burst: int
    healthy_ms: int

class Restart(_Restart, total=False):
    """The attribute `restart` of a service, as a dict."""

    then: Union[None, Literal["safe_mode", "reset"], Callable[[Any], Any]]

class StoredRestart(_Restart, total=False):
    """`restart` in services.config, as a dict."""

    then: Optional[Literal["safe_mode", "reset"]]

class Entry(TypedDict, total=False):
    """The entry of a service in services.config."""

    enabled: bool
    args: List[Any]
    kwargs: Dict[str, Any]
    restart: Union[None, bool, Policy, List[str], StoredRestart]
    ready_ms: Optional[int]
    stop_ms: Optional[int]
    watchdog_ms: Optional[int]
    safe_mode: bool
    require: Union[str, List[str]]
    after: Union[str, List[str]]
    wants: Union[str, List[str]]
