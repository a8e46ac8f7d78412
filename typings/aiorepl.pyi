"""A REPL beside the running tasks, where micropython-lib's aiorepl is not installed.

The whole story: docs/reference/aiorepl.md.
"""

from typing import Any, Callable, Dict, Optional

async def task(
    g: Optional[Dict[str, Any]] = None,
    prompt: str = "--> ",
    shutdown_on_exit: bool = True,
    exit_cb: Optional[Callable[[], Any]] = None,
) -> None:
    """Read commands from standard input and run them, until Ctrl-D, the end of input or SystemExit.

    g: the commands' globals; default: those of __main__.
    shutdown_on_exit: at its end it stops all supervised tasks, and waits for them up to 5 s.
    exit_cb: called at its end, after that. Stopped itself, it ends alone, without these two.
    """
