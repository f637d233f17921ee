# SPDX-License-Identifier: EUPL-1.2
import pytest
from bench import plans_export
from bench.plan_town import lay


@pytest.mark.django_db
def test_what_is_measured_gives_out_every_format(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(plans_export.shutil, "which", lambda _name: None)
    files = plans_export.measure_export(lay(tasks=1, indicators=3), most=60)
    assert {name: content[:4] for name, content in files.items() if name in {"xlsx", "docx", "pdf"}} == {
        "xlsx": b"PK\x03\x04", "docx": b"PK\x03\x04", "pdf": b"%PDF",
    }  # fmt: skip
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(plans_export.MOST_SECONDS) + 2 * len(plans_export.PAPERS)
    assert all(line.endswith("\tok") for line in lines)
