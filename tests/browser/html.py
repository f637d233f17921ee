# SPDX-License-Identifier: EUPL-1.2
"""The Nu HTML checker (npm ``vnu-jar``), where there is Java."""

import json
import shutil
import subprocess
from pathlib import Path

from tests.browser.site import ROOT

JAR = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def html_faults(pages: dict[str, str], folder: Path) -> list[str]:
    """Return what the checker finds wrong, by page; nothing where there is no Java."""
    java = shutil.which("java")
    if java is None or not pages:
        return []
    names = {}
    for number, (path, html) in enumerate(pages.items()):
        file = folder / f"{number}.html"
        file.write_text(html)
        names[str(file)] = path
    done = subprocess.run(
        [java, "-jar", str(JAR), "--errors-only", "--format", "json", "--exit-zero-always", *names],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    messages = json.loads(done.stderr or '{"messages": []}')["messages"]
    return [
        f"{names.get(message.get('url', '').removeprefix('file:'), message.get('url'))}: {message['message']}"
        for message in messages
        if message["type"] == "error"
    ]
