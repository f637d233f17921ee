# SPDX-License-Identifier: EUPL-1.2
"""Tables from elsewhere into the register of a process: what a line says, by what it is known again, how it is undone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from talka.audit.models import key_of
from talka.core import coordinates
from talka.core.permissions import is_allowed
from talka.directory.models import Area, Topic
from talka.imports import targets
from talka.imports.checking import FIRST
from talka.imports.problems import Wrong
from talka.imports.targets import Kept, Option, Target
from talka.processes.models import Process
from talka.proposals.import_fields import fields_of
from talka.proposals.import_presets import presets
from talka.proposals.models import (
    Addition,
    Author,
    Delivery,
    Extension,
    Forwarding,
    Note,
    Proposal,
    Recommendation,
    Redaction,
    Regime,
    Reply,
)
from talka.proposals.operations.drafting import Content, Sender
from talka.proposals.operations.importing import Entry, register_proposals, undo_registration

WITH_LETTERS = "with_letters"
_KEY = "proposals.proposal:"


class RegisterTarget(Target):
    """The register of one process."""

    name = "proposals.register"
    scope: Process
    options = (
        Option(
            WITH_LETTERS,
            _("Send each author with an e-mail address a letter with the number and a link"),
            _(
                "Otherwise nobody gets a letter now; and answers go by e-mail only to addresses confirmed by such a link."
            ),
        ),
    )

    def __init__(self, scope: Process) -> None:
        super().__init__(scope)
        self.fields = fields_of(scope)
        self.presets = presets()

    @property
    def owner(self) -> str:
        """Return the municipality whose process it is."""
        return f"directory.organization:{self.scope.owner_id}"

    def allows(self, user: Any) -> bool:
        """Say whether this person keeps the register."""
        return is_allowed(user, "proposals.register_proposal", self.scope)

    def address(self, name: str, *parts: Any) -> str:
        """Return the path of one of the pages about imports into this register."""
        return reverse(f"proposals:{name}", args=[self.scope.slug, *parts])

    def identity(self, values: Mapping[str, Any]) -> Sequence[str]:
        """Return the number elsewhere with the text; without a number the text, the minute, and who sent it."""
        text = " ".join(values.get("text", "").casefold().split())
        if values.get("source_reference"):
            return "number", values["source_reference"], text
        received = values.get("received_at")
        minute = f"{received:%Y-%m-%dT%H:%M}" if received else ""
        return text, minute, *(values.get(key, "").casefold() for key in ("name", "email", "phone", "postal_address"))

    def already_there(self, lines: Sequence[Mapping[str, Any]]) -> set[int]:
        """Return the lines that this very register gave out: by number and text."""
        places = {}
        for place, values in enumerate(lines):
            if re.fullmatch(r"[^\W\d_]{1,8}-\d{1,9}", values.get("source_reference", "")):
                places[values["source_reference"]] = place
        if not places:
            return set()
        own = Proposal.objects.filter(process=self.scope, reference__in=places).values_list(
            "reference", "receipt__text"
        )
        return {places[reference] for reference, text in own if text == lines[places[reference]].get("text")}

    def check(self, values: Mapping[str, Any]) -> Iterable[tuple[str, Wrong]]:
        """Return what is wrong with the point, which needs both of its numbers."""
        east, north = values.get("longitude"), values.get("latitude")
        if (east is None) != (north is None):
            yield ("latitude", Wrong("half_a_point")) if north is None else ("longitude", Wrong("half_a_point"))
        elif east is not None and self._point(values) is None:
            yield "longitude", Wrong("no_place", value=f"{east:g}; {north:g}")

    def _point(self, values: Mapping[str, Any]) -> tuple[float, float] | None:
        """Return longitude and latitude in degrees, of degrees or of metres of LKS-92, whichever is given first of the two."""
        east, north = values.get("longitude"), values.get("latitude")
        if east is None or north is None:
            return None
        for one, other in ((east, north), (north, east)):
            if coordinates.is_lks92(one, other):
                return coordinates.degrees_of(one, other)
        return (east, north) if abs(east) <= 180 and abs(north) <= 90 else None

    @cached_property
    def _topics(self) -> dict[int, Topic]:
        return Topic.objects.in_bulk()

    @cached_property
    def _areas(self) -> dict[int, Area]:
        return Area.objects.in_bulk()

    def take(self, lines: Sequence[Mapping[str, Any]], *, by: Any, options: Mapping[str, bool]) -> list[str]:
        """Enter the proposals; return their keys."""
        entries = [self._entry(values) for values in lines]
        made = register_proposals(self.scope, entries, by=by, with_letters=bool(options.get(WITH_LETTERS)))
        return [key_of(proposal) for proposal in made]

    def _entry(self, values: Mapping[str, Any]) -> Entry:
        point = self._point(values) or (None, None)
        content = Content(
            text=values["text"],
            title=values.get("title", ""),
            title_from=values.get(f"text{FIRST}", ""),
            topic=self._topics.get(int(values.get("topic", 0))),
            area=self._areas.get(int(values.get("area", 0))),
            place_text=values.get("place_text", ""),
            longitude=point[0],
            latitude=point[1],
            keep_private=values.get("keep_private", False),
            source_reference=values.get("source_reference", ""),
            regime=values.get("regime", Regime.SUBMISSION),
            signed=values.get("signed"),
        )
        sender = Sender(
            name=values.get("name", ""),
            email=values.get("email", ""),
            phone=values.get("phone", ""),
            postal_address=values.get("postal_address", ""),
            answer_by=values.get("answer_by", ""),
            on_behalf=values.get("on_behalf", Author.OnBehalf.SELF),
            on_behalf_name=values.get("on_behalf_name", ""),
            name_public=values.get("name_public", False),
            language=values.get("language", self.scope.language),
        )
        received: datetime = values["received_at"]
        return Entry(content, sender, channel=values["channel"], received_at=timezone.make_aware(received))

    def _proposals(self, keys: Sequence[str]) -> Any:
        numbers = [int(key.removeprefix(_KEY)) for key in keys]
        return Proposal.objects.filter(process=self.scope, pk__in=numbers).order_by("number")

    def stays(self, keys: Sequence[str], *, lock: bool = False) -> list[Kept]:
        """Return entries that somebody has worked on: assigned, bundled, covered, noted upon, recommended on, answered."""
        rows = self._proposals(keys).only(
            "reference", "title", "assigned_group", "assigned_person", "answered_at", "withdrawn_at", "bundle"
        )
        if lock:
            list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
        rows = rows.annotate(
            is_prepared=Exists(Reply.objects.filter(proposal=OuterRef("pk"))),
            is_extended=Exists(Extension.objects.filter(proposal=OuterRef("pk"))),
            is_forwarded=Exists(Forwarding.objects.filter(proposal=OuterRef("pk"))),
            is_noted=Exists(Note.objects.filter(proposal=OuterRef("pk"))),
            is_recommended=Exists(Recommendation.objects.filter(proposal=OuterRef("pk"))),
            is_delivered=Exists(Delivery.objects.filter(author__proposal=OuterRef("pk"))),
            is_covered=Exists(Redaction.objects.filter(proposal=OuterRef("pk"))),
            is_added_to=Exists(Addition.objects.filter(proposal=OuterRef("pk"))),
        )
        return [Kept(key_of(row), f"{row.reference} {row.title}", why) for row in rows if (why := _why_it_stays(row))]

    def undo(self, keys: Sequence[str], *, by: Any, reason: str) -> None:
        """Mark the entries as made by mistake."""
        undo_registration(list(self._proposals(keys)), by=by, reason=reason)

    def found(self, keys: Sequence[str]) -> dict[str, tuple[str, str, str]]:
        """Return number, title and address of entries."""
        return {
            key_of(row): (
                row.reference,
                row.title,
                reverse("proposals:manage_proposal", args=[self.scope.slug, row.number]),
            )
            for row in self._proposals(keys).only("reference", "title", "number")
        }


def _why_it_stays(row: Any) -> Any:
    if row.answered_at is not None:
        return _("it has been answered")
    if row.is_delivered:
        return _("an answer to it has been sent to its author")
    if row.is_prepared:
        return _("an answer is being prepared")
    if row.is_recommended:
        return _("there is a recommendation on it")
    if row.withdrawn_at is None and (row.assigned_group_id is not None or row.assigned_person_id is not None):
        return _("it has been assigned")
    return next((why for name, why in _WORKED_ON.items() if getattr(row, name)), "")


_WORKED_ON = {
    "bundle_id": _("it is to be answered together with others"),
    "is_extended": _("its term has been extended"),
    "is_forwarded": _("it has been forwarded"),
    "is_covered": _("personal data in it has been covered"),
    "is_added_to": _("something was written about it later"),
    "is_noted": _("there are notes on it"),
}


def find_register(scope: str) -> RegisterTarget | None:
    """Return the target of a process by its key, such as ``processes.process:3``."""
    number = scope.rpartition(":")[2]
    process = Process.objects.filter(pk=int(number)).first() if number.isdigit() else None
    return RegisterTarget(process) if process is not None else None


def declare() -> None:
    """Tell the machinery of imports that registers take lines; called when the site starts."""
    targets.register(RegisterTarget.name, find_register)
