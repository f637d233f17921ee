# SPDX-License-Identifier: EUPL-1.2
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from talka.core import clock
from talka.core.editing import edit_page, sent
from talka.core.http import sign_in_required
from talka.core.text import whole_number
from talka.groups.forms.mandates import MandateForm, SeatForm
from talka.groups.models import Mandate, WorkingGroup
from talka.groups.opening import group_page, open_group
from talka.groups.operations import seating
from talka.groups.queries.choices import organizations_to_represent
from talka.processes.forms.running import ReasonForm
from talka.processes.opening import actor
from talka.processes.queries import find_people, people_near


@sign_in_required
def seat_person(request: HttpRequest, process_slug: str, group_slug: str) -> HttpResponse:
    """Seat somebody near the process in a group, or a new person who is invited at once."""
    group = open_group(request.user, process_slug, group_slug, "groups.seat_person")
    process, words, chosen = group.process, request.GET.get("q", "")[:200], whole_number(request.GET.get("person", ""))
    person = people_near(process).filter(pk=chosen).first() if chosen else None
    form = SeatForm(*sent(request), process=process, initial={"person": person.pk if person else None})
    return edit_page(
        request, "groups/seat_person.html", form,
        lambda **fields: seating.seat_person(group, by=actor(request), **fields),
        to=group_page(group), said=_("The person is seated."), process=process, group=group, person=person, words=words,
        found=find_people(process, words), known=organizations_to_represent(process),
    )  # fmt: skip


def _mandate(group: WorkingGroup, pk: int) -> Mandate:
    """Return a mandate of this very group that has not ended."""
    return get_object_or_404(
        group.mandates.exclude(ends_on__lt=clock.today()).select_related("person", "organization", "group__process"),
        pk=pk,
    )


@sign_in_required
def change_mandate(request: HttpRequest, process_slug: str, group_slug: str, pk: int) -> HttpResponse:
    """Change in what capacity and for whom somebody sits in a group."""
    group = open_group(request.user, process_slug, group_slug, "groups.change_mandate")
    mandate = _mandate(group, pk)
    initial = {
        name: getattr(mandate, name)
        for name in ("function", "represents", "title", "name_public", "starts_on", "ends_on", "area", "substitute")
    }
    form = MandateForm(
        *sent(request), process=group.process, initial={**initial, "organization_name": str(mandate.organization or "")}
    )
    return edit_page(
        request, "groups/change_mandate.html", form,
        lambda **fields: seating.change_mandate(mandate, by=actor(request), **fields),
        to=group_page(group), said=_("Saved."), process=group.process, group=group, mandate=mandate,
        known=organizations_to_represent(group.process),
    )  # fmt: skip


@sign_in_required
def end_mandate(request: HttpRequest, process_slug: str, group_slug: str, pk: int) -> HttpResponse:
    """End a mandate, saying why."""
    group = open_group(request.user, process_slug, group_slug, "groups.end_mandate")
    mandate = _mandate(group, pk)
    return edit_page(
        request, "groups/end_mandate.html", ReasonForm(*sent(request)),
        lambda **fields: seating.end_mandate(mandate, by=actor(request), **fields),
        to=group_page(group), said=_("The mandate is ended."), process=group.process, group=group, mandate=mandate,
    )  # fmt: skip
