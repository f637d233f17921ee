# SPDX-License-Identifier: EUPL-1.2
"""Somebody leaves: all that they answer for goes to somebody else in one step."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from talka.core.editing import edit_page, sent
from talka.core.http import SignedInRequest, sign_in_required
from talka.core.lists import page_of
from talka.core.permissions import is_allowed
from talka.core.text import whole_number
from talka.plans.forms.handing_over import HandOverForm
from talka.plans.operations import handing_over
from talka.plans.queries.people import find_answerers, held_by, owners_in, people_to_answer
from talka.processes.opening import open_process


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: SignedInRequest, process_slug: str) -> HttpResponse:
    """Choose whose actions go to whom; an owner who does not run the process hands over their own."""
    process = open_process(request.user, process_slug, "plans.hand_over")
    runs = is_allowed(request.user, "processes.change_process", process)
    key = whole_number(request.GET.get("from", "")) if runs else request.user.person.pk
    if key is None:
        page = page_of(request, owners_in(process), size=50)
        return render(request, "plans/choose_owner.html", {"process": process, "page": page})
    person = get_object_or_404(owners_in(process), pk=key)
    held = held_by(process, person)
    if not held.versions and not held.indicators:
        raise Http404
    words, chosen = request.GET.get("q", "")[:200], whole_number(request.GET.get("person", ""))
    to = people_to_answer(process).filter(pk=chosen).exclude(pk=person.pk).first() if chosen else None
    form = HandOverForm(
        *sent(request), process=process, held=held, newcomers=runs, initial={"person": to.pk if to else None}
    )
    mine = person.user_id == request.user.pk
    return edit_page(
        request, "plans/hand_over.html", form,
        lambda **fields: handing_over.hand_over(process, person=person, by=request.user, **fields),
        to=reverse("plans:hand_over", args=[process.slug]) if runs else reverse("portal:show_my_page"),
        said=_("Handed over. Both get a letter."), process=process if runs else None, joint=process, giver=person, mine=mine,
        person=to, words=words, found=[one for one in find_answerers(process, words) if one != person], runs=runs,
    )  # fmt: skip
