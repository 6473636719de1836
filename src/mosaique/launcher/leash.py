"""Tie a child process to its parent, so that a killed parent leaves nothing behind.

The request must be made by the child itself, after it has taken its final user and before it becomes the real
program: a few lines of Python run first and then exec the program, which keeps the same process id.
"""

import os
import signal
import sys
from collections.abc import Sequence

_SOURCE = """
import ctypes, os, signal, sys
number, parent, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
try:
    ctypes.CDLL(None).prctl(1, number)  # PR_SET_PDEATHSIG: Linux only, the others do without
except (OSError, AttributeError):
    pass
if os.getppid() != parent:  # the parent died before the request was made
    sys.exit(0)
signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Python ignores it, and exec would hand that down
os.execvp(command[0], command)
"""


def leashed(command: Sequence[str], number: signal.Signals = signal.SIGTERM) -> list[str]:
    """The same command, which receives signal `number` when the process calling this function dies."""
    # The real path: a child running as another user may have no right to walk into the checkout's .venv.
    interpreter = os.path.realpath(sys.executable)
    return [interpreter, "-I", "-S", "-c", _SOURCE, str(int(number)), str(os.getpid()), *command]
