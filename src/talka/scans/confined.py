# SPDX-License-Identifier: EUPL-1.2
"""Programs that open files from outside, in a process of their own: bounded in time, memory and output, told no secrets.

This file is also the first thing that such a process runs: it bounds itself, then becomes the program. It imports nothing of Talka.
"""

import os
import resource
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

MOST_WRITTEN = 400_000_000
"""Bytes that the process may write into one file."""


class TooHard(Exception):
    """The program needed more time than it was given; holds nothing of the file, for it stands in the log."""


def run(command: list[str], *, folder: Path, seconds: int, memory: int) -> int:
    """Run a program in a folder and return its exit code, negative for the signal that ended it.

    ``seconds`` bound the clock and the processor alike, ``memory`` (bytes) each of its processes. All that it has started
    ends with it. Raises ``TooHard`` when the time is over.
    """
    environment = {
        "PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1",
    }  # fmt: skip
    for name in ("TESSDATA_PREFIX", "LD_LIBRARY_PATH"):
        if name in os.environ:
            environment[name] = os.environ[name]
    process = subprocess.Popen(
        [sys.executable, "-I", __file__, str(seconds), str(memory), *command], cwd=folder, env=environment,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise TooHard from None
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the process and whatever it has left behind in its session."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _become(arguments: list[str]) -> None:
    seconds, memory = int(arguments[0]), int(arguments[1])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.execvp(arguments[2], arguments[2:])  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    _become(sys.argv[1:])
