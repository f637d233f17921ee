# SPDX-License-Identifier: EUPL-1.2
"""The term of one entry: treated under another act, extended, its author told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from talka.core.errors import Refused
from talka.core.http import sign_in_required
from talka.core.permissions import authorize
from talka.proposals.forms.terms import ExtensionForm, RegimeForm, ToldForm
from talka.proposals.operations import deadlines
from talka.proposals.queries.terms import longest_extension
from talka.proposals.views.entries import find_entry, form_page, to_entry, typed
from talka.proposals.views.register import me


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_regime(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Treat the entry under another act, or as signed or not."""
    proposal = find_entry(request, process_slug, number)
    authorize(request.user, "proposals.change_regime", proposal)
    begin = {"regime": proposal.regime, "signed": "yes" if proposal.signed else "no"}
    form = RegimeForm(request.POST if request.method == "POST" else None, initial=begin | typed(request))
    wrong = 422
    if request.method == "POST" and form.is_valid():
        try:
            deadlines.change_regime(proposal, by=me(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
            wrong = 409
        else:
            messages.success(request, _("Saved. The day by which to answer follows from it."))
            return to_entry(proposal)
    title, button = _("Under which act it is treated"), _("Save")
    return form_page(request, proposal, form, wrong=wrong, title=title, button=button)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def extend_term(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Give the answer a later day; the author is told."""
    proposal = find_entry(request, process_slug, number)
    authorize(request.user, "proposals.extend_term", proposal)
    longest = longest_extension(proposal)
    if longest is None or proposal.due_on is None:
        raise deadlines.NoExtension
    form = ExtensionForm(
        request.POST if request.method == "POST" else None,
        due_on=proposal.due_on,
        longest=longest,
        initial=typed(request),
    )
    wrong = 422
    if request.method == "POST" and form.is_valid():
        try:
            extension = deadlines.extend_term(proposal, by=me(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
            wrong = 409
        else:
            if extension.told_at is not None:
                messages.success(request, _("The term is extended. The author gets a letter."))
            else:
                messages.warning(
                    request,
                    _(
                        "The term is extended. The author cannot be written to by e-mail: tell them in another way, and note it below."
                    ),
                )
            return to_entry(proposal)
    context = {"process": proposal.process, "proposal": proposal, "form": form, "longest": longest}
    return render(request, "proposals/extend_term.html", context, status=wrong if form.errors else 200)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def note_extension_told(request: HttpRequest, process_slug: str, number: int, extension_id: int) -> HttpResponse:
    """Record how the author was told of the later day."""
    proposal = find_entry(request, process_slug, number)
    authorize(request.user, "proposals.note_extension_told", proposal)
    extension = get_object_or_404(proposal.extensions, pk=extension_id)
    form = ToldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        deadlines.note_extension_told(extension, by=me(request), told_by=form.cleaned_data["told_by"])
        messages.success(request, _("Noted."))
        return to_entry(proposal)
    title, button = _("The author was told of the later term"), _("Note it")
    return form_page(request, proposal, form, title=title, button=button)
