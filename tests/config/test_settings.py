# SPDX-License-Identifier: EUPL-1.2
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMPLETE = {
    "TALKA_SECRET_KEY": "q7Vw2nZr9xKc4TbY1mHs8pLd5gFj3uRaE6oNiB0vWtQzXyCkMh",
    "TALKA_URL": "https://talka.example.lv",
    "DATABASE_URL": "postgresql://talka:secret@127.0.0.1:1/talka",
    "TALKA_MAIL_URL": "smtp://talka:secret@mail.example.lv:587",
    "TALKA_MAIL_FROM": "Talka <talka@example.lv>",
}


def production(code: str, values: dict[str, str]) -> subprocess.CompletedProcess[str]:
    surroundings = {name: value for name, value in os.environ.items() if "TALKA" not in name and "DATABASE" not in name}
    surroundings |= values | {"DJANGO_SETTINGS_MODULE": "talka.config.settings"}
    return subprocess.run([sys.executable, "-c", code], env=surroundings, capture_output=True, text=True)


def test_production_passes_the_check_for_deployment() -> None:
    done = production(
        "import django; django.setup(); from django.core.management import call_command;"
        "call_command('check', deploy=True, fail_level='WARNING')",
        COMPLETE,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", COMPLETE)
def test_a_missing_value_is_named_with_an_example(name: str) -> None:
    code = "import sys; from talka.config.cli import main; sys.exit(main(['check']))"
    done = production(code, {key: value for key, value in COMPLETE.items() if key != name})
    assert done.returncode == 2
    assert done.stderr.startswith(f"{name} is not set.")
    assert f"Example: {name}=" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TALKA_MODE", "testing"),
        ("TALKA_MAIL_URL", "mail.example.lv"),
        ("TALKA_HSTS_SECONDS", "a year"),
        ("TALKA_PROXIES", "-1"),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str) -> None:
    code = "import sys; from talka.config.cli import main; sys.exit(main(['check']))"
    done = production(code, COMPLETE | {name: value})
    assert done.returncode == 2
    assert done.stderr.startswith(name)


def test_a_local_installation_keeps_its_secret(tmp_path: Path) -> None:
    code = "from django.conf import settings; print(settings.SECRET_KEY)"
    first, second = (production(code, {"TALKA_MODE": "demo", "TALKA_VAR": str(tmp_path)}).stdout for _ in range(2))
    assert len(first) > 50
    assert first == second
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
