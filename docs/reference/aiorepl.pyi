"""A REPL beside the running tasks, where micropython-lib's aiorepl is not installed.

See aiorepl.md for the whole story.
"""

from typing import Any, Dict, Optional

async def task(g: Optional[Dict[str, Any]] = None, prompt: str = "--> ") -> None:
    """Read commands from standard input and run them, until Ctrl-D, the end of input or SystemExit.

    g: the commands' globals; default: those of __main__. At its end it stops all supervised tasks, and waits
    for them up to 5 s; stopped itself, it ends alone.
    """
