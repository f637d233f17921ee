# SPDX-License-Identifier: EUPL-1.2
"""What every test has: a database of its own, on the embedded server, copied from a migrated template."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from hypothesis import settings
from pytest_django.plugin import DjangoDbBlocker

from tests.database import copied_database

pytest_plugins = ["tests.cast"]

settings.register_profile("thorough", max_examples=200)

BROWSER = Path(__file__).parent / "browser"
DEMO = Path(__file__).parent / "test_demo.py"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep all tests in a browser in one process, where they share one site and one Chromium, and those of the demo too."""
    for item in items:
        if item.path == DEMO:
            item.add_marker(pytest.mark.xdist_group("demo"))
        if BROWSER in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


def lay_terms_again(app_config: AppConfig, **_more: Any) -> None:
    """Bring the terms of the acts and the goals back after a test that emptied the database, as tests with real transactions do."""
    Term = apps.get_model("proposals", "Term")
    if app_config.label == "proposals" and not Term.objects.exists():
        import_module("talka.proposals.migrations.0004_terms_of_the_law").lay_terms(apps, None)
    GoalList = apps.get_model("plans", "GoalList")
    if app_config.label == "plans" and not GoalList.objects.exists():
        import_module("talka.plans.migrations.0002_goal_lists").lay_goals(apps, None)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give this process its copy of the database, and drop it at the end."""
    with django_db_blocker.unblock(), copied_database():
        post_migrate.connect(lay_terms_again, dispatch_uid="lay_terms_again")
        yield
