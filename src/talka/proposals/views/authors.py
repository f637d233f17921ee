# SPDX-License-Identifier: EUPL-1.2
"""The author of an entry: name, contacts and how to answer, set right."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from talka.core.editing import edit_page
from talka.core.http import sign_in_required
from talka.core.permissions import authorize
from talka.proposals.forms.authors import AuthorForm
from talka.proposals.models import Author
from talka.proposals.operations import authors
from talka.proposals.views.entries import find_entry
from talka.proposals.views.register import me


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_author(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Set right who sent the entry in and how to answer."""
    proposal = find_entry(request, process_slug, number)
    authorize(request.user, "proposals.change_author", proposal)
    if proposal.author.erased_at is not None:
        raise authors.AuthorErased

    def save(*, reason: str, seen: str, **contacts: Any) -> Author:
        known = authors.Contacts(**contacts)
        return authors.change_author(proposal, by=me(request), contacts=known, reason=reason, seen=seen)

    form = AuthorForm(request.POST if request.method == "POST" else None, row=proposal.author)
    back = reverse("proposals:manage_proposal", args=[proposal.process.slug, proposal.number])
    context = {"process": proposal.process, "proposal": proposal, "back": back}
    return edit_page(
        request, "proposals/change_author.html", form, save, to=f"{back}#author", said=_("Saved."), **context
    )
