# SPDX-License-Identifier: EUPL-1.2
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.core.editing import edit_page
from talka.core.http import SignedInRequest, sign_in_required
from talka.core.lists import page_of
from talka.core.permissions import authorize, is_allowed
from talka.core.text import clean_line
from talka.directory import operations, queries
from talka.directory.forms import (
    EndForm,
    NewPersonForm,
    OfficeForm,
    OrganizationForm,
    PersonForm,
    PlaceForm,
    RoleForm,
    SuccessionForm,
    TopicForm,
)
from talka.directory.models import Membership, Organization, Person, Place, Staff, Topic


def _words(request: HttpRequest) -> str:
    return clean_line(request.GET.get("q", ""))[:100]


@sign_in_required
@require_safe
def list_organizations(request: SignedInRequest) -> HttpResponse:
    """Show the organizations, searched and filtered."""
    authorize(request.user, "directory.view_directory")
    words, kind, ended = _words(request), request.GET.get("kind", ""), request.GET.get("ended") == "1"
    kind = kind if kind in Organization.Classification.values else ""
    rows = queries.find_organizations(words, classification=kind, ended=ended)
    context = {
        "page": page_of(request, rows),
        "q": words,
        "kind": kind,
        "ended": ended,
        "kinds": Organization.Classification.choices,
        "mine": queries.organizations_of(request.user),
    }
    return render(request, "directory/list_organizations.html", context)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def create_organization(request: SignedInRequest) -> HttpResponse:
    """Enter an organization."""
    authorize(request.user, "directory.create_organization", None)
    form = OrganizationForm(request.POST or None, user=request.user)
    return edit_page(
        request, "directory/create_organization.html", form, partial(operations.create_organization, by=request.user),
        to=reverse("directory:list_organizations"), said=_("The organization is entered."),
    )  # fmt: skip


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_organization(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change what is known of an organization."""
    organization = get_object_or_404(Organization.objects.prefetch_related("successors", "predecessors"), slug=slug)
    authorize(request.user, "directory.change_organization", organization)
    form = OrganizationForm(request.POST or None, user=request.user, organization=organization)
    return edit_page(
        request, "directory/change_organization.html", form, partial(operations.change_organization, organization, by=request.user),
        to=request.path, said=_("Saved."), organization=organization,
    )  # fmt: skip


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def succeed_organization(request: SignedInRequest, slug: str) -> HttpResponse:
    """Record that an organization ended, and who follows it."""
    organization = get_object_or_404(Organization, slug=slug)
    authorize(request.user, "directory.succeed_organization", organization)
    form = SuccessionForm(request.POST or None, organization=organization, initial={"ended_on": organization.valid_to})
    return edit_page(
        request, "directory/succeed_organization.html", form, partial(operations.succeed_organization, organization, by=request.user),
        to=reverse("directory:change_organization", args=[slug]), said=_("Saved."), organization=organization,
    )  # fmt: skip


@sign_in_required
@require_safe
def list_people(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the people of an organization: their offices, their roles in Talka, and whether they can sign in."""
    organization = get_object_or_404(Organization, slug=slug)
    authorize(request.user, "directory.create_membership", organization)
    words = _words(request)
    page = page_of(request, queries.people_of(organization, words).select_related("invitation"))
    context = {
        "organization": organization,
        "page": page,
        "q": words,
        "colleagues": queries.colleagues(organization, list(page)),
    }
    return render(request, "directory/list_people.html", context)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_person(request: SignedInRequest, slug: str) -> HttpResponse:
    """Enter somebody of an organization, with office, role and invitation at once."""
    organization = get_object_or_404(Organization, slug=slug)
    authorize(request.user, "directory.create_membership", organization)
    form = NewPersonForm(
        request.POST or None, may_appoint=is_allowed(request.user, "directory.appoint_staff", organization)
    )
    return edit_page(
        request, "directory/add_person.html", form, partial(operations.add_person, organization, by=request.user),
        to=reverse("directory:list_people", args=[slug]), said=_("The person is entered."), organization=organization,
    )  # fmt: skip


def _person(request: SignedInRequest, slug: str, pk: int, verb: str) -> tuple[Organization, Person]:
    """Find somebody of an organization for whoever may do this to them."""
    organization = get_object_or_404(Organization, slug=slug)
    person = get_object_or_404(Person.objects.of(organization).select_related("invitation"), pk=pk)
    rule = person if verb == "invite_person" else organization
    authorize(request.user, "directory.create_membership", organization)
    authorize(request.user, f"directory.{verb}", rule)
    return organization, person


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_person(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """See everything somebody is in the organization, and change name and contacts where that is for this person to do."""
    organization, person = _person(request, slug, pk, "create_membership")
    may_change = is_allowed(request.user, "directory.change_person", person)
    if not may_change:
        authorize(request.user, "directory.appoint_staff", organization)
    if request.method == "POST":
        authorize(request.user, "directory.change_person", person)
    form = PersonForm(request.POST or None, initial={"name": person.name, "email": person.email, "phone": person.phone})
    return edit_page(
        request, "directory/change_person.html", form, partial(operations.change_person, person, by=request.user),
        to=request.path, said=_("Saved."), organization=organization,
        colleague=queries.colleagues(organization, [person])[0], past=queries.past_offices(organization, person), role_form=RoleForm(),
        may_change=may_change,
    )  # fmt: skip


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def create_membership(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Give an office to somebody who is entered already."""
    organization, person = _person(request, slug, pk, "create_membership")
    save = partial(operations.create_membership, person, organization=organization, by=request.user)
    return edit_page(
        request, "directory/create_membership.html", OfficeForm(request.POST or None), save,
        to=reverse("directory:list_people", args=[slug]), said=_("Saved."), organization=organization, person=person,
    )  # fmt: skip


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_membership(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Record the last day of an office."""
    membership = get_object_or_404(
        Membership.objects.select_related("organization", "person"), organization__slug=slug, pk=pk
    )
    authorize(request.user, "directory.end_membership", membership.organization)
    form = EndForm(request.POST or None, membership=membership)
    return edit_page(
        request, "directory/end_membership.html", form, partial(operations.end_membership, membership, by=request.user),
        to=reverse("directory:list_people", args=[slug]), said=_("Saved."), organization=membership.organization, membership=membership,
    )  # fmt: skip


@sign_in_required
@require_POST
def appoint_staff(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Give somebody a role in Talka for the organization."""
    organization, person = _person(request, slug, pk, "appoint_staff")
    form = RoleForm(request.POST)
    if form.is_valid():
        operations.appoint_staff(person, organization=organization, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose a role."))
    return redirect("directory:list_people", organization.slug)


@sign_in_required
@require_POST
def dismiss_staff(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """End somebody's role in Talka for the organization."""
    staff = get_object_or_404(Staff.objects.select_related("organization", "person"), organization__slug=slug, pk=pk)
    authorize(request.user, "directory.dismiss_staff", staff.organization)
    operations.dismiss_staff(staff, by=request.user)
    messages.success(request, _("The role has ended."))
    return redirect("directory:list_people", slug)


@sign_in_required
@require_POST
def invite_person(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Send somebody a letter with which they sign in for the first time; sending it anew ends the earlier one."""
    organization, person = _person(request, slug, pk, "invite_person")
    operations.invite_person(
        person, by=request.user, language=person.invitation.language if person.invitation else "lv"
    )
    messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": person.email})
    return redirect("directory:list_people", organization.slug)


@sign_in_required
@require_safe
def list_places(request: SignedInRequest) -> HttpResponse:
    """Show the places where people meet."""
    authorize(request.user, "directory.view_directory")
    words = _words(request)
    context = {
        "page": page_of(request, queries.find_places(words)),
        "q": words,
        "mine": queries.organizations_of(request.user),
    }
    return render(request, "directory/list_places.html", context)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def create_place(request: SignedInRequest) -> HttpResponse:
    """Enter a place."""
    authorize(request.user, "directory.create_place", None)
    form = PlaceForm(request.POST or None, user=request.user)
    return edit_page(
        request, "directory/create_place.html", form, partial(operations.create_place, by=request.user),
        to=reverse("directory:list_places"), said=_("The place is entered."),
    )  # fmt: skip


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_place(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what is known of a place."""
    place = get_object_or_404(Place, pk=pk)
    authorize(request.user, "directory.change_place", place)
    form = PlaceForm(request.POST or None, user=request.user, place=place)
    return edit_page(
        request, "directory/change_place.html", form, partial(operations.change_place, place, by=request.user),
        to=reverse("directory:list_places"), said=_("Saved."), place=place,
    )  # fmt: skip


@sign_in_required
@require_safe
def list_topics(request: SignedInRequest) -> HttpResponse:
    """Show the one tree of topics."""
    authorize(request.user, "directory.view_directory")
    return render(request, "directory/list_topics.html", {"tree": queries.topic_tree()})


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def create_topic(request: SignedInRequest) -> HttpResponse:
    """Enter a topic."""
    authorize(request.user, "directory.create_topic", None)
    form = TopicForm(request.POST or None, initial={"parent": request.GET.get("parent", "")})
    return edit_page(
        request, "directory/create_topic.html", form, partial(operations.create_topic, by=request.user),
        to=reverse("directory:list_topics"), said=_("The topic is entered."),
    )  # fmt: skip


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_topic(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change how a topic is called and which words lead to it."""
    topic = get_object_or_404(Topic, pk=pk)
    authorize(request.user, "directory.change_topic", topic)
    form = TopicForm(request.POST or None, topic=topic)
    return edit_page(
        request, "directory/change_topic.html", form, partial(operations.change_topic, topic, by=request.user),
        to=reverse("directory:list_topics"), said=_("Saved."), topic=topic,
    )  # fmt: skip
