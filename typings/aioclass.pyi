"""The class of which every service is an instance.

The whole story: docs/reference/aioclass.md.
"""

from typing import Any, Dict, List, Tuple, Union

class Service:
    """Subclass it, and give it a task: `@aioctl.aiotask async def task(self, ...)`."""

    name: str
    path: str
    """The file it was found in."""
    info: str
    """One line about it, for people."""
    type: str
    """One of "core.service", "runtime.service" and "schedule.service"."""
    docs: str
    enabled: bool
    """Whether init() starts it, where services.config does not say."""
    loaded: bool
    """False: load() refuses it."""
    args: Union[List[Any], Tuple[Any, ...]]
    kwargs: Dict[str, Any]
    """The arguments of task()."""
    log: Any
    schedule: Dict[str, Any]
    """{"start_in": seconds, "repeat": seconds}; there is none unless the service sets it."""
    require: Union[str, List[str]]
    """The core services this core service needs; there is none unless the service sets it."""

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

    # What a service may define, and which class Service itself has not:
    #
    #     async def task(self, *args, **kwargs)          required
    #     def on_stop(self, *args, **kwargs)             the main task was stopped; returns its result
    #     def on_error(self, exc, *args, **kwargs)       it failed; likewise
    #     def show(self) -> Tuple[str, str]              a title and a text for aioctl.status(debug=True)
    #     def __call__(self)                             aioservice.call(name)
