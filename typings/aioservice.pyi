"""Services: found, booted, loaded, looked at, configured.

The whole story: docs/reference/aioservice.md. Names may be given with or without ".service"; whatever takes a
name raises TypeError if it is no str.
"""

from typing import Any, AsyncIterator, Callable, Coroutine, Dict, List, Literal, Optional, Union, overload

from aioclass import Service
from aioservice_types import ChildFailure, Entry, Event, Policy, Schedule, ServiceDetails, Snapshot, StoredRestart

failed_services: Dict[str, Service]
"""Those whose import, constructor or settings failed, or that were refused; made anew at each access."""

# Any, as each service has attributes of its own.
@overload
def service(name: str) -> Any: ...
@overload
def service(name: None = None) -> Dict[str, Service]:
    """Return the service of that name, None where there is none; without a name a new dict of all."""

def list() -> None:
    """Print all services that were found, those that were loaded first."""

def status(name: Optional[str] = None) -> None:
    """Print how the named service is, or all that were loaded or failed."""

def load(
    name: Optional[str] = None,
    debug: bool = False,
    log: Any = None,
    debug_log: bool = False,
    config: bool = False,
) -> bool:
    """Start a service's main task NAME.service. If it runs already, start a further instance NAME.service@1.

    name: the service, or its file's name; None for all enabled ones that are not up, core services included.
    debug: print the outcome of later loads, too, not only of the first one and of a failure.
    log: a logger, passed to the task as `log` if it takes one.
    debug_log: write the outcome to log, too.
    config: apply services.config first.

    What it requires or wants is loaded, too. It starts when all that it requires is up. A service with a schedule
    waits for its due time instead. Returns whether the task was started, for None whether all were that were to be.
    A failure is printed, not raised.
    """

def restart(name: str) -> bool:
    """End a service, and start it again when it has ended. Start one that has ended.

    Returns whether it will start. If not, a line says why: it is stuck, has hit its start limit, or cannot have what
    it requires.
    """

def unload(name: str) -> bool:
    """When what requires it has ended, stop a service with its instances and children, and forget its module.

    Returns False, with a line printed, where there is no such service.
    """

def reload(name: str) -> bool:
    """End a service and what requires it, read its file anew, and start all of them again.

    A service that was stopped stays stopped. Returns False, with a line printed, where there is no such service or it
    cannot be loaded.
    """

def init(
    debug: bool = True,
    log: Any = None,
    debug_log: bool = False,
    config: bool = True,
    init_schedule: bool = True,
) -> None:
    """Load the enabled services that are no core services and are not up, after boot.

    init_schedule: also add the task schedule_loop if anything is scheduled. Others: see load.
    """

def boot(
    debug: bool = True, log: Any = None, debug_log: bool = False, config: bool = True
) -> Coroutine[Any, Any, Dict[str, Any]]:
    """Run the core services, each when all that it requires have ended well. To be awaited.

    Returns a dict of name to result, an exception where the service failed or was refused. Arguments: see
    load. Raises RuntimeError while another boot is under way. When it is cancelled, it stops what it has started.
    """

def call(name: str) -> Any:
    """Call the service and return what that returns.

    None where it cannot be called, or, with a line printed, where there is no such service.
    """

@overload
def traceback(name: Optional[str] = None, rtn: Literal[False] = False) -> None: ...
@overload
def traceback(name: Optional[str] = None, *, rtn: Literal[True]) -> str:
    """Print why a service (None: each that failed) could not be loaded or failed.

    rtn: return that text instead, "" where there is no error.
    """

@overload
def failures(name: Optional[str] = None, rtn: Literal[False] = False) -> None: ...
@overload
def failures(name: Optional[str] = None, *, rtn: Literal[True]) -> str:
    """Print the latest failures of all services or of one: when, which, and the traceback.

    rtn: return that text instead, "" where there is none.
    """

def reset_failed(name: Optional[str] = None) -> bool:
    """Clear the count of short runs and the start limit of a service or of all. Start nothing.

    Returns whether there was anything to clear.
    """

def safe_mode(on: Optional[bool] = None) -> Optional[str]:
    """Enter safe mode or leave it, or (None) do neither. Return why there is safe mode, None where there is none."""

@overload
def snapshot(name: str) -> Optional[ServiceDetails]: ...
@overload
def snapshot(name: None = None) -> Snapshot:
    """Return what is known of all services, or of one, None where there is no such service. Ready for json.dumps."""

def events(n: Optional[int] = None) -> List[Event]:
    """Return the last n events, None for all that are kept, the oldest first. Raises ValueError below 0."""

def follow() -> AsyncIterator[Event]:
    """The events from now on: async for event in aioservice.follow()."""

def on_event(fun: Optional[Callable[[Event], Any]], /) -> None:
    """Call fun with each event from now on; None: nobody. What it raises is told once."""

def quiet(on: bool = True) -> None:
    """Print no more lines about events, or print them again. The log and events() have them all the same."""

def set_logger(logger: Any, /) -> None:
    """Take the logger for what happens to services from now on, and hand it to their tasks; None forgets it."""

def hardware_watchdog(ms: int, feed: Optional[Callable[[], Any]] = None) -> None:
    """Turn on the chip's watchdog; feed it while every service with watchdog_ms is fed.

    ms: its timeout, from 3 on, else ValueError. feed: called three times in ms, in place of machine.WDT's.
    Raises RuntimeError where there is no machine.WDT and no feed.
    """

def verify() -> bool:
    """Before anything runs, print what is wrong with services and services.config. Return whether nothing is."""

def blame() -> None:
    """Print how long each service took to come up, the slowest first."""

def critical_chain(name: Optional[str] = None) -> None:
    """Print what the service, or the one that came up last, waited for, and so on."""

def dot() -> str:
    """Return what names what, for Graphviz."""

def top() -> None:
    """Print each service's processor time, longest step, steps and restarts."""

def config(
    name: str,
    /,
    enabled: bool,
    *args: Any,
    restart: Union[None, bool, Policy, List[str], StoredRestart] = ...,
    ready_ms: Optional[int] = ...,
    stop_ms: Optional[int] = ...,
    watchdog_ms: Optional[int] = ...,
    safe_mode: bool = ...,
    child_failure: ChildFailure = ...,
    slow_step_ms: Optional[int] = ...,
    require: Union[str, List[str]] = ...,
    after: Union[str, List[str]] = ...,
    wants: Union[str, List[str]] = ...,
    schedule: Schedule = ...,
    **kwargs: Any,
) -> bool:
    """Store in services.config whether a service is enabled, and its arguments.

    args, if any, take the place of those stored; kwargs are merged into those stored, but for what says how it is
    supervised, which is stored beside them. Returns whether it was stored; if not, prints why, and the file is as
    it was.
    """

def enable(name: str) -> bool:
    """config(name, True)"""

def disable(name: str) -> bool:
    """config(name, False)"""

@overload
def get_config(name: str) -> Union[Entry, Literal[False]]: ...
@overload
def get_config(name: None = None) -> Dict[str, Entry]:
    """Return a service's entry in services.config, False where there is none; without a name all entries."""
