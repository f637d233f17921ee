# SPDX-License-Identifier: EUPL-1.2
"""Tables of values into the indicators of a plan; the pages themselves are those of all imports."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from talka.core.http import sign_in_required
from talka.imports import views
from talka.imports.views import Place
from talka.plans.opening import open_plan
from talka.plans.value_imports import ValuesTarget


def _place(request: HttpRequest, process_slug: str, plan_slug: str) -> Place:
    """Return where the person is: 404 for a hidden plan, 403 for whoever does not enter its values."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.record_values")
    back = reverse("plans:manage_indicators", args=[process_slug, plan_slug])
    return Place(request, ValuesTarget(plan), {"process": plan.process, "plan": plan, "back": back})


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def start_import(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Take a file, and list the imports there have been."""
    return views.start_import(_place(request, process_slug, plan_slug))


def _about_one(name: str, *, changes: bool = True) -> Callable[..., HttpResponse]:
    """Return the page ``name`` about one import, for whoever enters the values of the plan."""
    page: Callable[[Place, int], HttpResponse] = getattr(views, name)

    def show(request: HttpRequest, process_slug: str, plan_slug: str, number: int) -> HttpResponse:
        return page(_place(request, process_slug, plan_slug), number)

    show.__name__, show.__doc__ = name, page.__doc__
    allowed = require_http_methods(["GET", "HEAD", "POST"]) if changes else require_safe
    return sign_in_required(allowed(show))


choose_table = _about_one("choose_table")
map_columns = _about_one("map_columns")
preview_import = _about_one("preview_import")
confirm_import = _about_one("confirm_import")
discard_import = _about_one("discard_import")
show_import = _about_one("show_import", changes=False)
resume_import = _about_one("resume_import")
undo_import = _about_one("undo_import")
export_wrong_lines = _about_one("export_wrong_lines", changes=False)
