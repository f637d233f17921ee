# SPDX-License-Identifier: EUPL-1.2
"""One node of a draft: written, removed, who answers for it, which goals of other plans it serves."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from talka.core.editing import edit_page, sent
from talka.core.forms import TextField
from talka.core.http import sign_in_required
from talka.core.text import clean_line, whole_number
from talka.plans.forms.nodes import GroupForm, WorkForm
from talka.plans.models import Edition, Level, NodeVersion, Plan, PlanNode
from talka.plans.opening import open_draft, open_plan, open_version
from talka.plans.operations import nodes as operations
from talka.plans.origins import origins_of
from talka.plans.queries.money import add_up, amounts_of, total
from talka.plans.queries.writing import find_served, last_versions, organization_names, stood_before
from talka.plans.views.tree import back_to, open_written
from talka.processes.forms.people import PersonPicking
from talka.processes.opening import actor
from talka.processes.queries import find_people, people_near

form_page = require_http_methods(["GET", "HEAD", "POST"])


class RemoveForm(forms.Form):
    """Why a node is removed, where it stood in an edition before."""

    reason = TextField(label=gettext_lazy("Why it is removed"), rows=3, max_length=2000,
                       help_text=gettext_lazy("Shown where editions are compared."))  # fmt: skip


def _form(request: HttpRequest, draft: Edition, level: Level, row: NodeVersion | None = None) -> GroupForm:
    kind = GroupForm if level.kind == Level.Kind.GROUP else WorkForm
    return kind(*sent(request), edition=draft, level=level, row=row)


def _beside(request: HttpRequest, draft: Edition, name: str) -> NodeVersion | None:
    """Return the node of the draft that the address names, or nothing."""
    asked = request.GET.get(name, "")
    if not asked:
        return None
    key = whole_number(asked)
    if key is None:
        raise Http404
    return open_version(draft, key)


def _context(draft: Edition, level: Level) -> dict[str, Any]:
    plan = draft.plan
    context: dict[str, Any] = {"process": plan.process, "plan": plan, "edition": draft, "level": level}
    if level.kind != Level.Kind.GROUP:
        context["known"] = organization_names(plan.process)
    return context


@sign_in_required
@form_page
def create_node(request: HttpRequest, process_slug: str, plan_slug: str, level_id: int) -> HttpResponse:
    """Add a node of a level to the draft, below or after another one, or at the top."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.change_plan")
    draft = open_draft(plan)
    level = get_object_or_404(plan.levels.all(), pk=level_id)
    after, below = _beside(request, draft, "after"), _beside(request, draft, "below")
    parent: PlanNode | None = after.parent if after is not None else below.node if below is not None else None
    form = _form(request, draft, level)
    code = operations.next_code(draft, level, parent)
    form.fields["code"].help_text = format_html(_("Empty: {code}, by the pattern."), code=code) if code else ""

    def save(**fields: Any) -> NodeVersion:
        return operations.create_node(
            draft,
            level=level,
            parent=parent,
            after=after.node if after is not None else None,
            by=actor(request),
            **fields,
        )

    return edit_page(
        request, "plans/create_node.html", form, save, to=lambda version: back_to(request, version), said=_("Added."),
        above=draft.versions.filter(node=parent).first() if parent is not None else None, after=after,
        **_context(draft, level),
    )  # fmt: skip


@sign_in_required
@form_page
def change_node(request: HttpRequest, process_slug: str, plan_slug: str, node_id: int) -> HttpResponse:
    """Change what the draft says of a node."""
    version = open_written(request, process_slug, plan_slug, node_id, "plans.change_node")
    draft, node = version.edition, version.node
    amounts = amounts_of(draft, draft.versions.filter(pk=version.pk))
    form = _form(request, draft, version.level, version)
    return edit_page(
        request, "plans/change_node.html", form,
        lambda **fields: operations.change_node(version, by=actor(request), **fields),
        to=back_to(request, version), said=_("Saved."), version=version,
        above=draft.versions.filter(node=version.parent).first() if version.parent is not None else None,
        serves=last_versions(version.serves.all()), documents=node.documents.select_related("attachment"),
        origins=origins_of([node.pk], request.user).get(node.pk, []),
        former=node.former_codes.values_list("code", flat=True),
        by_year=sorted(add_up(amounts, lambda amount: amount.year or 0).items()),
        by_source=add_up(amounts, lambda amount: amount.source), total=total(amounts).planned, **_context(draft, version.level),
    )  # fmt: skip


@sign_in_required
@form_page
def remove_node(request: HttpRequest, process_slug: str, plan_slug: str, node_id: int) -> HttpResponse:
    """Take a node out of the draft; one that stood in an edition before needs a reason."""
    version = open_written(request, process_slug, plan_slug, node_id, "plans.remove_node")
    stood, draft = stood_before(version), version.edition
    form: forms.Form = RemoveForm(*sent(request)) if stood else forms.Form(*sent(request))
    below = draft.versions.filter(parent=version.node_id).count()

    def save(**fields: Any) -> NodeVersion:
        operations.remove_node(version, by=actor(request), **fields)
        return version

    def to(removed: NodeVersion) -> str:
        return back_to(request, removed).partition("#")[0]

    return edit_page(
        request, "plans/remove_node.html", form, save, to=to, said=_("Removed from the draft."), version=version,
        stood=stood, below=below, process=draft.plan.process, plan=draft.plan,
    )  # fmt: skip


@sign_in_required
@form_page
def assign_owner(request: HttpRequest, process_slug: str, plan_slug: str, node_id: int) -> HttpResponse:
    """Name who answers for an action: somebody near the process, or a new person who is invited at once."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.change_plan")
    edition = plan.editions.filter(versions__node=node_id).order_by("-number").first()
    if edition is None:
        raise Http404
    edition.plan = plan
    version = open_version(edition, node_id)
    if version.level.kind == Level.Kind.GROUP:
        raise Http404
    process, words = plan.process, request.GET.get("q", "")[:200]
    chosen = whole_number(request.GET.get("person", ""))
    person = people_near(process).filter(pk=chosen).first() if chosen else None

    def save(person: Any) -> NodeVersion:
        operations.assign_owner(version.node, owner=person, by=actor(request))
        return version

    return edit_page(
        request, "plans/assign_owner.html",
        PersonPicking(*sent(request), process=process, initial={"person": person.pk if person else None, "invite": False}), save,
        to=lambda named: back_to(request, named), said=_("Saved."), process=process, plan=plan, version=version,
        person=person, words=words, found=find_people(process, words),
    )  # fmt: skip


@sign_in_required
@form_page
def change_serves(request: HttpRequest, process_slug: str, plan_slug: str, node_id: int) -> HttpResponse:
    """Find what a node serves in the plans above, and name or drop it one by one."""
    version = open_written(request, process_slug, plan_slug, node_id, "plans.change_node")
    plan = version.edition.plan
    if request.method == "POST":
        key = whole_number(request.POST.get("add", "") or request.POST.get("remove", ""))
        seen = PlanNode.objects.visible_to(request.user).filter(plan__in=plan.parents.all())
        chosen = get_object_or_404(seen if request.POST.get("add") else version.serves.all(), pk=key)
        rest = [node for node in version.serves.all() if node != chosen]
        served = [*rest, chosen] if request.POST.get("add") else rest
        operations.change_node(version, by=actor(request), serves=served)
        messages.success(request, _("Saved."))
        return redirect(request.get_full_path())
    words = clean_line(request.GET.get("q", ""))[:100]
    serves = last_versions(version.serves.all())
    named = {one.node_id for one in serves}
    return render(request, "plans/change_serves.html", {
        "process": plan.process, "plan": plan, "version": version, "words": words, "serves": serves,
        "parents": Plan.objects.visible_to(request.user).filter(children=plan),
        "found": [one for one in find_served(plan, request.user, words) if one.node_id not in named],
    })  # fmt: skip
