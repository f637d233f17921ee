# SPDX-License-Identifier: EUPL-1.2
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from talka.audit.queries import actors_of, events_of, verbs_of
from talka.core.editing import edit_page, sent
from talka.core.http import sign_in_required
from talka.core.lists import page_of
from talka.core.permissions import is_allowed, verb_label
from talka.core.text import whole_number
from talka.directory.models import Organization
from talka.directory.operations import invite_person as send_invitation
from talka.processes import operations
from talka.processes.forms.people import CapacityForm, HistoryFilter, ParticipantForm, RoleForm
from talka.processes.models import Process, Role
from talka.processes.opening import actor, open_process
from talka.processes.queries import changed_fields, find_people, people_near, seated, teams


def _people(process: Process) -> str:
    return reverse("processes:list_people", args=[process.slug])


def _participants(process: Process) -> str:
    return f"{reverse('processes:manage_process', args=[process.slug])}#participants"


@sign_in_required
@require_safe
def list_people(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Show who has which role, by the organization it is for."""
    process = open_process(request.user, process_slug, "processes.list_people")
    found = teams(process)
    return render(request, "processes/list_people.html", {
        "process": process,
        "teams": [team for team in found if team.roles],
        "without": [team for team in found if not team.roles],
        "seated": seated(process),
        "gives": is_allowed(request.user, "processes.give_role", process),
    })  # fmt: skip


@sign_in_required
def give_role(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Give a role to somebody near the process, or to a new person who is invited at once."""
    process = open_process(request.user, process_slug, "processes.give_role")
    words, chosen = request.GET.get("q", "")[:200], whole_number(request.GET.get("person", ""))
    person = people_near(process).filter(pk=chosen).first() if chosen else None
    initial = {
        "person": person.pk if person else None,
        "organization": request.GET.get("organization") or process.owner_id,
    }
    return edit_page(
        request, "processes/give_role.html", RoleForm(*sent(request), process=process, initial=initial),
        lambda **fields: operations.give_role(process, by=actor(request), **fields),
        to=_people(process), said=_("The role is given."),
        process=process, person=person, words=words, found=find_people(process, words),
    )  # fmt: skip


@sign_in_required
@require_POST
def end_role(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """End a role."""
    process = open_process(request.user, process_slug, "processes.end_role")
    role = get_object_or_404(Role.objects.active().select_related("process", "person"), process=process, pk=pk)
    operations.end_role(role, by=actor(request))
    messages.success(request, _("The role is ended."))
    return redirect(_people(process))


@sign_in_required
@require_POST
def invite_person(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Send somebody with a role the invitation to sign in, again if need be."""
    process = open_process(request.user, process_slug, "processes.give_role")
    role = get_object_or_404(Role.objects.active().select_related("person"), process=process, pk=pk)
    send_invitation(role.person, by=actor(request), language=process.language)
    messages.success(request, _("The invitation is sent."))
    return redirect(_people(process))


@sign_in_required
def add_participant(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Let an organization take part: a known one, or a new one."""
    process = open_process(request.user, process_slug, "processes.add_participant")
    return edit_page(
        request, "processes/add_participant.html", ParticipantForm(*sent(request)),
        lambda **fields: operations.add_participant(process, by=actor(request), **fields),
        to=_participants(process), said=_("The organization takes part."), process=process,
        known=Organization.objects.current().exclude(participations__process=process).values_list("name", flat=True)[:1000],
    )  # fmt: skip


@sign_in_required
def change_participant(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Change in what capacity an organization takes part, or take it out."""
    process = open_process(request.user, process_slug, "processes.add_participant")
    participant = get_object_or_404(process.participants.select_related("organization"), pk=pk)
    form = CapacityForm(*sent(request), initial={"capacity": participant.capacity})
    return edit_page(
        request, "processes/change_participant.html", form,
        lambda **fields: operations.add_participant(process, organization=participant.organization, by=actor(request), **fields),
        to=_participants(process), said=_("Saved."), process=process, part=participant,
    )  # fmt: skip


@sign_in_required
@require_POST
def remove_participant(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Take an organization out of a process."""
    process = open_process(request.user, process_slug, "processes.remove_participant")
    participant = get_object_or_404(process.participants.select_related("organization", "process"), pk=pk)
    operations.remove_participant(participant, by=actor(request))
    messages.success(request, _("The organization no longer takes part."))
    return redirect(_participants(process))


@sign_in_required
@require_safe
def show_history(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Show what happened in a process, by person, deed and period."""
    process = open_process(request.user, process_slug, "processes.view_events")
    filters = HistoryFilter(
        request.GET,
        people=[(str(pk), name) for pk, name in actors_of(process)],
        verbs=sorted(((verb, verb_label(verb)) for verb in verbs_of(process)), key=lambda one: one[1]),
    )
    filters.is_valid()
    asked = {name: value for name, value in filters.cleaned_data.items() if value}
    page = page_of(request, events_of(process, **asked), size=50)
    happened = [(event, verb_label(event.verb), changed_fields(event)) for event in page]
    return render(
        request,
        "processes/show_history.html",
        {"process": process, "filters": filters, "page": page, "happened": happened},
    )
