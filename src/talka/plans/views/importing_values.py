# SPDX-License-Identifier: EUPL-1.2
"""Tables of indicators and of their values into a plan; the pages themselves are those of all imports."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from talka.core.http import sign_in_required
from talka.imports import views
from talka.imports.targets import Target
from talka.imports.views import Place
from talka.plans.indicator_imports import IndicatorsTarget
from talka.plans.models import Plan
from talka.plans.opening import open_draft, open_plan
from talka.plans.value_imports import ValuesTarget

_PAGES = (
    ("show_import", "", False),
    ("choose_table", "table/", True),
    ("map_columns", "columns/", True),
    ("preview_import", "preview/", True),
    ("confirm_import", "confirm/", True),
    ("discard_import", "discard/", True),
    ("resume_import", "resume/", True),
    ("undo_import", "undo/", True),
    ("export_wrong_lines", "export/", False),
)
"""The pages about one import: name, end of the address, whether a form may be sent there."""


def _into_values(plan: Plan) -> Target:
    return ValuesTarget(plan)


def _into_draft(plan: Plan) -> Target:
    open_draft(plan)
    return IndicatorsTarget(plan)


def _place(request: HttpRequest, process_slug: str, plan_slug: str, target: Callable[[Plan], Target]) -> Place:
    """Return where the person is: 404 for a hidden plan, 403 for whoever does not write it."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.record_values")
    back = reverse("plans:manage_indicators", args=[process_slug, plan_slug])
    return Place(request, target(plan), {"process": plan.process, "plan": plan, "back": back})


def _pages(base: str, what: str, target: Callable[[Plan], Target]) -> list[URLPattern]:
    """Return the addresses of all pages about imports of one kind: ``plans:<page>_of_<what>``."""

    def start(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
        return views.start_import(_place(request, process_slug, plan_slug, target))

    def about(name: str) -> Callable[..., HttpResponse]:
        page: Callable[[Place, int], HttpResponse] = getattr(views, name)

        def show(request: HttpRequest, process_slug: str, plan_slug: str, number: int) -> HttpResponse:
            return page(_place(request, process_slug, plan_slug, target), number)

        return show

    forms = require_http_methods(["GET", "HEAD", "POST"])
    found = [path(base, sign_in_required(forms(start)), name=f"start_import_of_{what}")]
    for name, end, changes in _PAGES:
        view = sign_in_required((forms if changes else require_safe)(about(name)))
        found.append(path(f"{base}<int:number>/{end}", view, name=f"{name}_of_{what}"))
    return found


def import_pages(indicators: str) -> list[URLPattern]:
    """Return the addresses of the imports of indicators and of their values; ``indicators``: the address of the list."""
    return [
        *_pages(f"{indicators}/import/", "values", _into_values),
        *_pages(f"{indicators}/import-indicators/", "indicators", _into_draft),
    ]
