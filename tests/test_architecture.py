# SPDX-License-Identifier: EUPL-1.2
"""The house style, where a program can see it. The layers themselves stand in ``.importlinter``."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

SOURCE = Path(__file__).resolve().parent.parent / "src" / "talka"
APPS = sorted(config.label for config in apps.get_app_configs() if config.name.startswith("talka."))
VERB_CALLS = {"authorize", "record", "is_allowed", "has_perm"}


def modules(pattern: str) -> list[Path]:
    """Return the source files that match, migrations left out."""
    return [path for path in sorted(SOURCE.glob(pattern)) if "migrations" not in path.parts]


def calls(path: Path) -> Iterator[ast.Call]:
    """Return every call in a file."""
    return (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))


@pytest.mark.parametrize("app", APPS)
def test_every_app_has_a_charter(app: str) -> None:
    tree = ast.parse((SOURCE / app / "__init__.py").read_text())
    charter = ast.get_docstring(tree) or ""
    assert charter, f"{app}/__init__.py says nothing"
    assert len(charter.splitlines()) <= 10
    assert len(tree.body) == 1, f"{app}/__init__.py holds code"


def test_pages_write_nothing_themselves() -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{call.lineno} .{call.func.attr}("
        for pattern in (
            "*/views.py",
            "*/views/*.py",
            "*/*_views.py",
            "*/api.py",
            "*/forms.py",
            "*/forms/*.py",
            "*/queries.py",
            "*/queries/*.py",
        )
        for path in modules(pattern)
        for call in calls(path)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in {"save", "create", "delete", "bulk_create", "get_or_create", "update_or_create"}
    ]
    assert not found


def test_no_module_is_named_for_nothing() -> None:
    names = {path.stem for path in modules("**/*.py")}
    assert not names & {"utils", "helpers", "common", "manager", "managers", "base", "misc"}


def test_every_source_file_says_its_licence() -> None:
    assert [
        path
        for path in modules("**/*.py")
        if path.read_text() and "SPDX-License-Identifier: EUPL-1.2" not in path.read_text()
    ] == []


def test_files_stay_short_enough_to_be_one_subject() -> None:
    long = {
        str(path.relative_to(SOURCE)): lines
        for path in modules("**/*.py")
        if (lines := len(path.read_text().splitlines())) > 450
    }
    assert not long


def test_every_verb_that_is_written_down_has_a_rule_and_words() -> None:
    """A verb that is recorded is said in the log; one that is asked for has a ``can_``."""
    wrong = []
    for path in modules("**/*.py"):
        for call in calls(path):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            verbs = [
                a.value
                for a in call.args
                if isinstance(a, ast.Constant)
                and isinstance(a.value, str)
                and re.fullmatch(r"[a-z]+\.[a-z_]+", a.value)
            ]
            for verb in verbs if name in VERB_CALLS else []:
                app, _, word = verb.partition(".")
                permissions = import_module(f"talka.{app}.permissions")
                if name == "record" and word not in permissions.VERBS:
                    wrong.append(f"{path.name}:{call.lineno} {verb} has no words in VERBS")
                if name != "record" and not hasattr(permissions, f"can_{word}"):
                    wrong.append(f"{path.name}:{call.lineno} {verb} has no can_{word}")
    assert not wrong


def test_every_verb_asked_in_a_template_has_a_rule() -> None:
    asked = {
        (path.name, verb)
        for path in (SOURCE / "templates").rglob("*.html")
        for verb in re.findall(r"{%\s*can\s+['\"]([a-z_.]+)['\"]", path.read_text())
    }
    missing = [
        (name, verb)
        for name, verb in asked
        if not hasattr(import_module(f"talka.{verb.split('.')[0]}.permissions"), f"can_{verb.split('.')[1]}")
    ]
    assert not missing


def test_templates_hold_no_inline_script_or_style() -> None:
    pages = [
        path
        for path in (SOURCE / "templates").rglob("*.html")
        if "emails" not in path.parts and path.name != "letter.html"
    ]
    inline = re.compile(
        r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<style|<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE
    )
    assert [str(path.relative_to(SOURCE)) for path in pages if inline.search(path.read_text())] == []


def test_nothing_is_left_for_somebody_else() -> None:
    left = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError")
    assert [str(path.relative_to(SOURCE)) for path in modules("**/*.py") if left.search(path.read_text())] == []
