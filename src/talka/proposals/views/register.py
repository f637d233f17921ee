# SPDX-License-Identifier: EUPL-1.2
"""The register of a process in the workspace: the list, what is done with many entries, tables out, settings."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from talka.accounts.models import User
from talka.core.errors import Refused
from talka.core.exports import Cell, csv_response, xlsx_response
from talka.core.http import sign_in_required
from talka.core.lists import page_of
from talka.core.permissions import authorize, is_allowed
from talka.processes.models import Process
from talka.proposals import queries
from talka.proposals.choosing import RegisterChoice
from talka.proposals.forms.workspace import AssignForm, SettingsForm
from talka.proposals.models import Author, Proposal, ProposalQuerySet, Recommendation, Regime, Register
from talka.proposals.operations import examining, receiving
from talka.proposals.queries.suspicion import with_suspects

PAGE = 50
MOST_AT_ONCE = 500


def me(request: HttpRequest) -> User:
    """Return who is signed in; for views behind ``sign_in_required``."""
    return cast("User", request.user)


def find_process(request: HttpRequest, process_slug: str) -> Process:
    """Return a process whose register the person may see: 404 for a hidden process, 403 for the register."""
    process = get_object_or_404(Process.objects.visible_to(request.user), slug=process_slug)
    authorize(request.user, "proposals.view_register", process)
    return process


def _chosen(request: HttpRequest, process: Process, asked: QueryDict, *, whole: bool = False) -> ProposalQuerySet:
    """Return the entries that the person sees in the register, as they are filtered and sorted."""
    choice = RegisterChoice.read(asked)
    rows = Proposal.objects.worked_on_by(request.user).filter(process=process)
    search_authors = is_allowed(request.user, "proposals.export_authors", process)
    return choice.order(choice.filter(rows, search_authors=search_authors, whole=whole))


@sign_in_required
@require_safe
def show_register(request: HttpRequest, process_slug: str) -> HttpResponse:
    """List what has been received, by whichever way."""
    process = find_process(request, process_slug)
    rows = _chosen(request, process, request.GET)
    choice = RegisterChoice.read(request.GET)
    keys, more = queries.found_keys(rows) if choice.q else (rows.values_list("pk", flat=True), False)
    page = page_of(request, keys, size=PAGE)
    shown = Proposal.objects.filter(pk__in=page.object_list)
    unread = ("search",) if choice.query is not None else ("text", "search")
    shown = shown.select_related("assigned_group", "assigned_person", "reply").defer(*unread)
    shown = shown.annotate(recommended=Exists(Recommendation.objects.filter(proposal=OuterRef("pk"))))
    page.object_list = list(choice.order(shown))
    figures = queries.figures(process, request.user)
    manages = is_allowed(request.user, "proposals.change_register", process)
    keeps = is_allowed(request.user, "proposals.register_proposal", process)
    context = {
        "process": process,
        "page": page,
        "choice": choice,
        "more": more,
        "query": choice.query,
        "figures": figures,
        "waiting": figures.waiting,
        "states": Proposal.State.choices,
        "channels": Proposal.Channel.choices,
        "regimes": Regime.choices,
        "groups": queries.groups_at_work(process),
        "people": queries.people_assigned(process),
        "topics": queries.topics_of([process]),
        "keeps": keeps,
        "manages": manages,
        "assign_form": AssignForm(process=process) if manages else None,
        "asked": _asked(request.GET),
        "without_settings": manages and not Register.objects.filter(process=process).exists(),
        "most_at_once": MOST_AT_ONCE,
    }
    return render(request, "proposals/show_register.html", context)


def _asked(query: QueryDict) -> str:
    """Return what the register is asked for, without the page."""
    asked = query.copy()
    asked.pop("page", None)
    return asked.urlencode()


# --- Many at once ---------------------------------------------------------------------------------


def picked_entries(request: HttpRequest, process: Process) -> list[Proposal]:
    """Return the entries that were ticked, or all that the filters find; only those the person sees."""
    rows = _chosen(request, process, QueryDict(request.POST.get("asked", "")), whole=True)
    if not request.POST.get("all"):
        return ticked(request, process)
    return list(rows.select_related("process").defer("text", "search")[: MOST_AT_ONCE + 1])


def ticked(request: HttpRequest, process: Process) -> list[Proposal]:
    """Return the entries whose numbers were ticked; only those the person sees."""
    numbers = {int(one) for one in request.POST.getlist("pick") if one.isascii() and one.isdigit() and len(one) < 10}
    rows = Proposal.objects.worked_on_by(request.user).filter(process=process, number__in=numbers)
    return list(rows.select_related("process").defer("text", "search")[: MOST_AT_ONCE + 1])


def _with_many(request: HttpRequest, process_slug: str, act: Callable[[Process, list[Proposal]], str]) -> HttpResponse:
    """Do something to the entries that were picked, say what was done, and go back to the same list."""
    process = find_process(request, process_slug)
    back = reverse("proposals:show_register", args=[process_slug])
    asked = _asked(QueryDict(request.POST.get("asked", "")))
    if request.method == "POST":
        picked = picked_entries(request, process)
        if not picked:
            messages.error(request, _("Tick the entries first."))
        elif len(picked) > MOST_AT_ONCE:
            messages.error(
                request,
                _("At most %(number)d entries can be changed at once. Narrow the list by its filters.")
                % {"number": MOST_AT_ONCE},
            )
        else:
            try:
                messages.success(request, act(process, picked))
            except Refused as refused:
                messages.error(request, str(refused))
    return redirect(f"{back}?{asked}" if asked else back)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def assign_proposals(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Give the picked entries to a group or a person."""

    def act(process: Process, picked: list[Proposal]) -> str:
        form = AssignForm(request.POST, process=process)
        if not form.is_valid():
            authorize(request.user, "proposals.assign_proposal", picked[0])
            raise NobodyChosen
        waiting = [proposal for proposal in picked if proposal.withdrawn_at is None] or picked
        number = examining.assign_proposals(waiting, by=me(request), **form.chosen())  # type: ignore[arg-type]
        done = ngettext("%(number)d proposal assigned.", "%(number)d proposals assigned.", number) % {"number": number}
        left = len(picked) - len(waiting)
        if not left:
            return done
        kept = ngettext("%(number)d was left out: withdrawn.", "%(number)d were left out: withdrawn.", left)
        return f"{done} {kept % {'number': left}}"

    return _with_many(request, process_slug, act)


class NobodyChosen(Refused):
    """Entries were ticked, but nobody was chosen to give them to."""

    message = gettext_lazy("Choose the group or person to assign to.")


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def publish_proposals(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Show the picked entries in public."""

    def act(process: Process, picked: list[Proposal]) -> str:
        authorize(request.user, "proposals.publish_proposal", picked[0])
        suspected = ", ".join(proposal.reference for proposal in with_suspects(picked))
        number = receiving.publish_proposals(picked, by=me(request))
        done = ngettext("%(number)d proposal published.", "%(number)d proposals published.", number) % {
            "number": number
        }
        left = len(picked) - number
        if not left:
            return done
        if suspected:
            left_out = _(
                "Left out, as they seem to hold personal data: %(numbers)s. Open each to cover it or publish it as it is."
            )
            done = f"{done} {left_out % {'numbers': suspected}}"
            left -= suspected.count(",") + 1
        if not left:
            return done
        kept = ngettext(
            "%(number)d stays as it was: public already, withdrawn, or only for the municipality.",
            "%(number)d stay as they were: public already, withdrawn, or only for the municipality.",
            left,
        )
        return f"{done} {kept % {'number': left}}"

    return _with_many(request, process_slug, act)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def publish_replies(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Publish the prepared answers of the picked entries."""

    def act(process: Process, picked: list[Proposal]) -> str:
        number = examining.publish_replies(picked, by=me(request))
        return ngettext("%(number)d answer published.", "%(number)d answers published.", number) % {"number": number}

    return _with_many(request, process_slug, act)


# --- Tables out -----------------------------------------------------------------------------------

_FORMATS = {"csv": csv_response, "xlsx": xlsx_response}


@sign_in_required
@require_safe
def export_register(request: HttpRequest, process_slug: str, kind: str) -> HttpResponse:
    """Give exactly what is filtered and sorted as a table; personal data only to those who keep the register."""
    process = find_process(request, process_slug)
    if kind not in _FORMATS:
        raise Http404
    with_authors = is_allowed(request.user, "proposals.export_authors", process)
    related = ("topic", "area", "assigned_group", "assigned_person", "reply", "receipt", "unredacted", "term")
    rows = _chosen(request, process, request.GET, whole=True).select_related(*related, "author").defer("search")
    codes = queries.codes_by_proposal([process], request.user)
    header = _header() + (_author_header() if with_authors else [])
    table = [
        _row(proposal, codes.get(proposal.pk, "")) + (_author(proposal.author) if with_authors else [])
        for proposal in rows.iterator(chunk_size=1000)
    ]
    examining.export_register(process, by=me(request), kind=kind, number=len(table), with_authors=with_authors)
    return _FORMATS[kind](f"register-{process.slug}", header, table)


def _header() -> list[str]:
    return [
        pgettext("of a proposal", "Number"), _("Received"), _("Registered"), _("How it came"), pgettext("of a proposal", "Title"), _("Published text"),
        _("Text as received"),
        _("Topic"), _("Territory"), _("Place"), _("Longitude"), _("Latitude"), _("State"), _("Assigned to"), _("Public"),
        _("Outcome"), _("Reasons"), _("Forwarded to"), _("Who answers"), _("Answered"),
        _("Treated as"), _("Signed"), _("Answer by"), _("Late"), _("Forward by"), _("Act"), _("In plans"),
    ]  # fmt: skip


def _author_header() -> list[str]:
    return [
        _("Author"), _("E-mail"), _("Telephone"), _("Postal address"), _("On whose behalf"), _("Its name"), _("Name may be published"),
    ]  # fmt: skip


def _row(proposal: Proposal, codes: str) -> list[Cell]:
    reply = getattr(proposal, "reply", None)
    return [
        proposal.reference,
        proposal.received_at,
        proposal.registered_at,
        proposal.get_channel_display(),
        proposal.title,
        proposal.text,
        "" if proposal.is_redacted else proposal.receipt.text,
        str(proposal.topic or ""),
        str(proposal.area or ""),
        proposal.place_text,
        "" if proposal.longitude is None else f"{proposal.longitude:.6f}",
        "" if proposal.latitude is None else f"{proposal.latitude:.6f}",
        str(proposal.state.label),
        str(proposal.assigned_group or proposal.assigned_person or ""),
        _("yes") if proposal.published_at else _("no"),
        reply.get_outcome_display() if reply else "",
        reply.reason if reply else "",
        reply.forwarded_to if reply else "",
        ", ".join(part for part in (reply.signed_name, reply.signed_title) if part) if reply else "",
        proposal.answered_at,
        proposal.get_regime_display(),
        _("yes") if proposal.signed else _("no"),
        proposal.due_on,
        _("yes") if proposal.is_late else _("no"),
        proposal.forward_by,
        proposal.term.act if proposal.term else "",
        codes,
    ]


def _author(author: Author) -> list[Cell]:
    return [
        author.name,
        author.email,
        author.phone,
        author.postal_address,
        author.get_on_behalf_display(),
        author.on_behalf_name,
        _("yes") if author.name_public else _("no"),
    ]


# --- Settings -------------------------------------------------------------------------------------


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_register(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Set how numbers look and when proposals become public; opens the register of a process that has none."""
    process = get_object_or_404(Process.objects.visible_to(request.user), slug=process_slug)
    authorize(request.user, "proposals.change_register", process)
    register = Register.objects.filter(process=process).first()
    shown = register or Register(process=process)
    form = SettingsForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(shown, name) for name in ("prefix", "publishing", "remind_before", "letter_head")},
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            _save_settings(process, register, request.user, form.cleaned_data)
        except receiving.PrefixInUse as refused:
            form.add_error("prefix", str(refused))
            status = 409
        else:
            messages.success(request, _("The settings of the register are saved."))
            return redirect("proposals:show_register", process_slug)
    elif form.errors:
        status = 422
    context = {"process": process, "form": form, "register": shown}
    return render(request, "proposals/change_register.html", context, status=status)


def _save_settings(process: Process, register: Register | None, by: Any, data: dict[str, Any]) -> None:
    if register is None:
        receiving.open_register(process, by=by, **data)
    else:
        receiving.change_register(register, by=by, **data)
