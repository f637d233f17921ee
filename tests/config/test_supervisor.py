# SPDX-License-Identifier: EUPL-1.2
"""The whole installation as processes: started, killed in parts, stopped."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.xdist_group("supervisor")
TALKA = [sys.executable, "-m", "talka.config.cli"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def surroundings(var: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if "TALKA" not in name}
    return kept | {"TALKA_VAR": str(var), "DJANGO_SETTINGS_MODULE": "talka.config.settings"}


def ready(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as response:
            return bool(json.load(response)["queue"] == "ok")
    except (HTTPError, URLError, OSError):
        return False


def wait_for(condition: Callable[[], bool], seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.1)


def children(pid: int) -> dict[str, int]:
    """Return the numbers of the processes that this one started, by what they do."""
    listing = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listing.splitlines()[1:]]
    return {
        "serve" if " serve" in args else "worker" if " worker" in args else "postgres": int(number)
        for number, parent, args in rows
        if int(parent) == pid and "ps -eo" not in args
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[subprocess.Popen[str], int, Path]]:
    var, port = tmp_path_factory.mktemp("var"), free_port()
    process = subprocess.Popen(
        [*TALKA, "run", f"--port={port}", "--workers=1"], env=surroundings(var), stdout=subprocess.PIPE, text=True
    )
    with process:
        try:
            wait_for(lambda: ready(port))
            yield process, port, var
        finally:
            process.kill()


@pytest.mark.parametrize("part", ["worker", "serve", "postgres"])
def test_a_killed_part_comes_back(site: tuple[subprocess.Popen[str], int, Path], part: str) -> None:
    process, port, var = site
    note = var / "postgres" / "postmaster.pid"
    before = children(process.pid)
    victim = int(note.read_text().splitlines()[0]) if part == "postgres" else before[part]
    os.kill(victim, signal.SIGKILL)
    wait_for(lambda: children(process.pid).get(part) not in {None, victim} and ready(port))


def test_a_taken_port_is_said_in_a_sentence(site: tuple[subprocess.Popen[str], int, Path], tmp_path: Path) -> None:
    _, port, _ = site
    done = subprocess.run([*TALKA, "run", f"--port={port}"], env=surroundings(tmp_path), capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == f"Port {port} on 127.0.0.1 is taken by another program. Choose another: --port {port + 1}\n"


def test_an_administrator_is_made_without_questions(site: tuple[subprocess.Popen[str], int, Path]) -> None:
    _, _, var = site
    values = {
        "TALKA_MODE": "development",
        "TALKA_ADMIN_EMAIL": "a@example.lv",
        "TALKA_ADMIN_PASSWORD": "vārnu ligzda 7",
    }
    done = subprocess.run(
        [*TALKA, "create-admin"],
        env=surroundings(var) | values,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "a@example.lv is an administrator and can sign in.\n"


def test_a_weak_password_is_refused(site: tuple[subprocess.Popen[str], int, Path]) -> None:
    _, _, var = site
    values = {"TALKA_MODE": "development", "TALKA_ADMIN_EMAIL": "a@example.lv", "TALKA_ADMIN_PASSWORD": "parole"}
    done = subprocess.run(
        [*TALKA, "create-admin"],
        env=surroundings(var) | values,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 1
    assert "12" in done.stderr


def test_ctrl_c_stops_everything(site: tuple[subprocess.Popen[str], int, Path]) -> None:
    process, port, var = site
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    assert not (var / "postgres" / "postmaster.pid").exists()
    with pytest.raises(URLError):
        urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1)
