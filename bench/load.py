# SPDX-License-Identifier: EUPL-1.2
"""Requests from several connections at once, by autocannon (npm), bounded in time and to this machine."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Load:
    """What a load found: requests per second, and how long the middle one and the slowest hundredth took, in ms."""

    per_second: float
    p50: float
    p99: float


def load(url: str, *, connections: int, seconds: int) -> Load:
    """Ask for one address again and again; raises ``RuntimeError`` where anything but 200 comes back."""
    assert url.startswith("http://127.0.0.1:")
    command = ["node_modules/.bin/autocannon", "--json", "--no-progress", "-c", str(connections), "-d", str(seconds)]
    done = subprocess.run([*command, "-H", "Accept-Encoding: br, gzip", url], cwd=ROOT, capture_output=True, text=True, check=True)  # fmt: skip
    found = json.loads(done.stdout)
    if found["non2xx"] or found["errors"]:
        raise RuntimeError(f"{url}: {found['non2xx']} answers other than 200, {found['errors']} errors")
    return Load(found["requests"]["average"], found["latency"]["p50"], found["latency"]["p99"])
