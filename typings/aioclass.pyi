"""The class of which every service is an instance.

The whole story: docs/reference/aioclass.md.
"""

from typing import Any, Dict, List, Optional, Tuple, Union

from aioservice_types import ChildFailure, Names, Policy, Restart, Schedule, ServiceType

class Service:
    """Subclass it, and give it a task: `@aioctl.aiotask async def task(self, ...)`."""

    name: str
    path: str
    """The file it was found in."""
    info: str
    """One line about it, for people."""
    type: ServiceType
    docs: str
    enabled: bool
    """Whether init() starts it, where services.config does not say."""
    loaded: bool
    """False: load() refuses it."""
    args: Union[List[Any], Tuple[Any, ...]]
    kwargs: Dict[str, Any]
    """The arguments of task()."""
    log: Any
    schedule: Schedule
    """When it runs; there is none unless the service sets it."""

    # There are none of these unless the service sets them.
    require: Names
    """The services that must be up for this one to run."""
    after: Names
    """Order only: services that this one starts after."""
    wants: Names
    """Services that are loaded with this one, and may fail."""
    restart: Union[None, bool, Policy, List[str], Tuple[str, ...], Restart]
    """Which ends call for a new run. True: "on_failure"; names: also restart these services along."""
    ready_ms: Optional[int]
    """It has to call ready() within this time, or it has failed."""
    stop_ms: Optional[int]
    """It has to end within this time after it was told to, or it is stuck."""
    watchdog_ms: Optional[int]
    """It has to call feed() at least that often, or it has failed."""
    safe_mode: bool
    """Whether it goes on in safe mode."""
    child_failure: ChildFailure
    """What follows when a child fails: nothing but a report, a new run of the child, or the failure of the service."""
    slow_step_ms: Optional[int]
    """A longer step of it is an event."""

    def __init__(self, name: str, info: str = "", loaded: bool = True) -> None:
        """Raises TypeError for a name that is no str."""

    def add_ctask(self, aioctl: Any, task: Any, cname: str, /, *args: Any, **kwargs: Any) -> None:
        """Start the child task NAME.service.CNAME, in place of one of that name.

        aioctl: the module. task: a method of this service; it gets args and kwargs, see aioctl.add.
        Raises TypeError for a cname that is no str.
        """

    def add_logger(self, log: Any, level: Union[int, str] = "INFO", service_logger: Union[bool, str, None] = None) -> None:
        """Set self.log, unless it is set already or log is None.

        service_logger: True for a logger with a level of its own that writes [NAME.service] before each line,
        or [NAME.service.CHILD] for cname="CHILD"; a str names the module whose ServiceLogger makes it.
        Raises ValueError for an unknown level.
        """

    def ready(self) -> None:
        """Say that it is up, where it sets ready_ms."""

    def feed(self) -> None:
        """Say that it works, where it sets watchdog_ms."""

    # What a service may define, and which class Service itself has not:
    #
    #     async def task(self, *args, **kwargs)          required
    #     def on_stop(self, *args, **kwargs)             the main task was stopped; returns its result
    #     def on_error(self, exc, *args, **kwargs)       it failed; likewise
    #     def show(self) -> Tuple[str, str]              a title and a text for aioctl.status(debug=True)
    #     def __call__(self)                             aioservice.call(name)

class ServiceException(RuntimeError):
    """Why the manager refuses a service."""
