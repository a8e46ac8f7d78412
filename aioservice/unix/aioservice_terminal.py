# What the REPL needs of a terminal on unix; on a board micropython.kbd_intr does.
import sys
import termios

# What termios does not name: a bit of c_lflag, places in c_cc, and what stands there for "none".
_ISIG, _VINTR, _VQUIT, _NONE = (1, 0, 1, b"\x00") if sys.platform == "linux" else (0x80, 8, 9, b"\xff")
_VSUSP = 10


# Standard input, as long as the REPL reads it. Raises OSError where that is no terminal.
def open():
    return _Terminal()


class _Terminal:
    def __init__(self):
        self.saved = termios.tcgetattr(0)
        self.at_exit = None
        if hasattr(sys, "atexit"):
            # The loop may be left while the REPL waits: nothing else would give the terminal back.
            self.at_exit = sys.atexit(self._left)

    def _left(self):
        self.close()
        if self.at_exit:
            self.at_exit()

    def close(self):
        termios.tcsetattr(0, termios.TCSANOW, self.saved)
        if hasattr(sys, "atexit"):
            sys.atexit(self.at_exit)

    # Keys come one by one, without an echo. The character c interrupts.
    def kbd_intr(self, c):
        mode = list(self.saved)  # c_oflag stays: output is processed as ever
        mode[3] = _ISIG
        mode[6] = list(mode[6])
        mode[6][_VQUIT] = mode[6][_VSUSP] = _NONE
        mode[6][_VINTR] = bytes([c])
        termios.tcsetattr(0, termios.TCSANOW, mode)
