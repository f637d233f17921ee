# SPDX-License-Identifier: EUPL-1.2
"""Tables from elsewhere into the register of a process; the pages themselves are those of all imports."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from talka.core.http import sign_in_required
from talka.core.permissions import authorize
from talka.imports import views
from talka.imports.views import Place
from talka.proposals import queries
from talka.proposals.importing import RegisterTarget
from talka.proposals.views.register import find_process


def _place(request: HttpRequest, process_slug: str) -> Place:
    """Return where the person is: 404 for a hidden process, 403 for whoever does not keep its register."""
    process = find_process(request, process_slug)
    authorize(request.user, "proposals.register_proposal", process)
    context = {
        "process": process,
        "waiting": queries.count_waiting(process),
        "back": reverse("proposals:show_register", args=[process.slug]),
    }
    return Place(request, RegisterTarget(process), context)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def start_import(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Take a file, and list the imports there have been."""
    return views.start_import(_place(request, process_slug))


def _about_one(name: str, *, changes: bool = True) -> Callable[..., HttpResponse]:
    """Return the page ``name`` about one import, for whoever keeps the register."""
    page: Callable[[Place, int], HttpResponse] = getattr(views, name)

    def show(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
        return page(_place(request, process_slug), number)

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
