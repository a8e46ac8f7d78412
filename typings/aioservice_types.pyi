"""The types of what services set and services.config holds: for checkers only, MicroPython has no such module.

    try:
        from typing import TYPE_CHECKING
    except ImportError:
        TYPE_CHECKING = False
    if TYPE_CHECKING:
        from aioservice_types import Entry, Restart
"""

from typing import Any, Callable, Dict, List, Literal, Optional, Tuple, TypedDict, Union

from typing_extensions import NotRequired, TypeAlias

ServiceType: TypeAlias = Literal["core.service", "runtime.service", "schedule.service"]
Policy: TypeAlias = Literal["never", "on_failure", "on_success", "always"]
ChildFailure: TypeAlias = Literal["report", "restart", "fail"]
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
    child_failure: ChildFailure
    slow_step_ms: Optional[int]
    require: Union[str, List[str]]
    after: Union[str, List[str]]
    wants: Union[str, List[str]]

State: TypeAlias = Literal[
    "inactive", "starting", "running", "stopping", "done", "stopped", "failed", "waiting", "stuck"
]

class Error(TypedDict):
    """Why something failed."""

    type: Optional[str]
    """The exception's class; None where there was no exception."""
    text: str
    where: Optional[str]
    """FILE:LINE"""

class ChildSnapshot(TypedDict):
    name: str
    state: State
    error: Optional[Error]

class ServiceSnapshot(TypedDict):
    """What is known of a service. Times are Unix seconds, None before the clock is set."""

    name: str
    type: ServiceType
    path: str
    info: str
    state: State
    why: Optional[str]
    """What a waiting one waits for: "schedule", "restart", "requires net", "after net", "children", "memory"."""
    since: Optional[int]
    running_ms: Optional[int]
    enabled: bool
    wanted: bool
    result: Any
    error: Optional[Error]
    restarts: int
    short_runs: int
    limit_hit: bool
    next_ms: Optional[int]
    """Until its next due time or restart."""
    watchdog_left_ms: Optional[int]
    steps: int
    cpu_ms: int
    longest_ms: int
    requires: List[str]
    after: List[str]
    wants: List[str]
    children: List[ChildSnapshot]
    instances: List[str]
    stats: Optional[Dict[str, Any]]

class ServiceDetails(ServiceSnapshot):
    """The snapshot of one service alone."""

    traceback: Optional[str]

class ConfigSnapshot(TypedDict):
    """What is known of services.config."""

    file: str
    broken: Optional[str]
    unknown: List[str]

class Snapshot(TypedDict):
    """What is known of the manager and all services, ready for json.dumps."""

    version: str
    micropython: str
    uptime_ms: int
    time: Optional[int]
    heap_free: int
    safe_mode: Optional[str]
    """None, or why."""
    boot: Any
    last_reset: Any
    config: ConfigSnapshot
    services: List[ServiceSnapshot]

EventKind: TypeAlias = Literal[
    "loaded",
    "load_failed",
    "starting",
    "running",
    "done",
    "stopping",
    "stopped",
    "failed",
    "child_failed",
    "restarting",
    "start_limit",
    "limit_reset",
    "escalated",
    "safe_mode",
    "safe_mode_left",
    "not_ready",
    "watchdog",
    "stuck",
    "unstuck",
    "refused",
    "held",
    "due",
    "missed",
    "unloaded",
    "enabled",
    "disabled",
    "config_stored",
    "config_broken",
    "config_unknown",
    "slow_step",
    "loop_error",
    "interrupted",
]

class Event(TypedDict):
    """Something that happened."""

    n: int
    """Their number, from 1 on: a gap tells of events that were overwritten."""
    time: Optional[int]
    """Unix seconds, None before the clock is set."""
    uptime_ms: int
    service: Optional[str]
    kind: EventKind
    text: str
    # The kinds that have these: docs/reference/events.md.
    instance: NotRequired[str]
    child: NotRequired[str]
    error: NotRequired[Error]
    ms: NotRequired[int]
    runs: NotRequired[int]
    # How the service was afterwards.
    state: NotRequired[Literal[State, "unloaded"]]
    why: NotRequired[Optional[str]]
    wanted: NotRequired[bool]
    limit_hit: NotRequired[bool]
    restarts: NotRequired[int]
