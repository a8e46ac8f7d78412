"""MicroPython's machine differs from board to board: nothing in it is checked."""

from typing import Any

def __getattr__(name: str) -> Any: ...
