# SPDX-License-Identifier: EUPL-1.2
"""How long the files of a large plan take, and how long LibreOffice takes to turn the same DOCX into PDF, where it is installed."""

import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.figures import report

MOST_SECONDS = {"xlsx": 2.0, "docx": 5.0, "pdf": 5.0, "csv": 1.0, "json": 1.0}
PAPERS = ("actions", "investments", "monitoring")


def measure_export(edition: Any, *, most: float = 1.0) -> dict[str, bytes]:
    """Report seconds for every file of an edition, asked of the database and written; return those of the whole plan by format.

    ``most``: goals are multiplied by this.
    """
    from django.contrib.auth.models import AnonymousUser

    from talka.plans.documents.making import Wish, make
    from talka.plans.models import Edition

    edition = Edition.objects.select_related("plan__process", "plan__owner").get(pk=edition.pk)
    files: dict[str, bytes] = {}
    office: dict[str, float] = {}
    wanted = [("whole", name) for name in MOST_SECONDS] + [(kind, name) for kind in PAPERS for name in ("docx", "pdf")]
    for kind, name in wanted:
        begun = time.perf_counter()
        content = make(edition, Wish(kind, name, "lv"), AnonymousUser())
        took = time.perf_counter() - begun
        report(f"plan out, {kind}, {name}", took, "s", at_most=MOST_SECONDS[name] * most)
        if kind == "whole":
            files[name] = content
        if name == "docx":
            office[kind] = _office_seconds(content)
        if name in {"docx", "pdf"} and office.get(kind):
            report(f"plan out, {kind}, {name}: LibreOffice takes", office[kind] / took, "times as long")
    return files


def _office_seconds(docx: bytes) -> float:
    """Return the seconds that LibreOffice takes to turn a DOCX into PDF; 0 where it is not installed."""
    office = shutil.which("soffice")
    if office is None:
        return 0
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "plan.docx"
        source.write_bytes(docx)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, timeout=900)
        return time.perf_counter() - begun
