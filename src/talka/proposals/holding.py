# SPDX-License-Identifier: EUPL-1.2
"""What the register holds about people: who sent something in, and addresses that follow a proposal."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Count, Model, Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from talka.audit.models import Event, key_of
from talka.core.holdings import Copy, Due, Found, Holder, Wanted, keys_in, register
from talka.notifications.models import Notification, Subscription
from talka.processes.models import Process
from talka.processes.queries import answered_for_by
from talka.proposals.models import Author, Proposal, ReplyVersion
from talka.proposals.operations.erasing import erase_author, erase_due_authors, erase_follower
from talka.proposals.personal_data import mentions
from talka.proposals.queries.keeping import due_until

MOST = 200
"""How many are shown of a search; whoever finds more asks for more."""


def _opened_by(user: Any, keys: Sequence[int]) -> set[int]:
    """Return which of these proposals somebody may open in the register: to answer for data is not to work on it."""
    return set(Proposal.objects.worked_on_by(user).filter(pk__in=keys).values_list("pk", flat=True))


def _entry(proposal: Proposal, opened: set[int]) -> str:
    address = reverse("proposals:manage_proposal", args=[proposal.process.slug, proposal.number])
    return address if proposal.pk in opened else ""


class ProposalHolder(Holder):
    """Authors of proposals with their texts, files and letters."""

    name = "proposals"
    label = _("Proposals: who sent them, text as received, answer, files, letters about it")
    keys = {
        "number": _("register number"), "process": _("process"), "received_at": _("moment of receipt"), "channel": _("how it came"),
        "name": pgettext_lazy("person", "Name"), "email": _("E-mail"), "phone": _("Telephone"), "postal_address": _("Postal address"),
        "on_behalf": _("on whose behalf"), "on_behalf_name": _("its name"), "name_public": _("whether the name may be published"),
        "language": _("language"), "address_confirmed_at": _("when the address was confirmed"),
        "title_received": _("title as received"), "text_received": _("text as received"), "title": _("published title"), "text": _("published text"),
        "place": _("place in words"), "longitude": _("longitude"), "latitude": _("latitude"), "published_at": _("when it was published"),
        "withdrawn_at": _("when it was withdrawn"), "withdrawn_because": _("why it was withdrawn"),
        "salutation": _("how the author is addressed"), "additions": _("what was written about it later"),
        "earlier_answers": _("earlier texts of the answer, and why they were corrected"), "recommendations": _("what was recommended"),
        "deliveries": _("how the answer was sent, and what was noted about that"),
        "answer": _("the published answer"), "letters": _("letters about it to the address"), "notes": _("internal notes that name the person"),
        "history": _("what was done with it, and when"), "files": _("files beside this one"),
    }  # fmt: skip

    def _found(self, author: Author, opened: set[int], likeness: int = 100) -> Found:
        proposal = author.proposal
        waits = proposal.answered_at is None and proposal.withdrawn_at is None
        held = [
            (pgettext_lazy("person", "Name"), author.name), (_("E-mail"), author.email), (_("Telephone"), author.phone),
            (_("Postal address"), author.postal_address), (_("On whose behalf"), author.on_behalf_name),
        ]  # fmt: skip
        return Found(
            key=f"author:{author.pk}", title=str(proposal), about=str(proposal.process), subject=proposal, scope=proposal.process,
            held=[(label, value) for label, value in held if value], likeness=likeness,
            address=_entry(proposal, opened),
            erasing=_("Name, contacts, the text as received, letters, notes and files that are not public are erased; the number and the answer stay."),
            kept_because=_("It waits for an answer, so the data is still needed. Answer it, or withdraw it for the author.") if waits else "",
        )  # fmt: skip

    def _authors(self, **conditions: Any) -> Any:
        return Author.objects.filter(erased_at__isnull=True, **conditions).select_related("proposal__process")

    def find(self, wanted: Wanted, *, by: Any) -> list[Found]:
        """Compare with everybody who sent something in to the processes that ``by`` answers for."""
        rows = self._authors(proposal__process__in=answered_for_by(by))
        alike: dict[int, int] = {}
        for key, name, group, email, phone in rows.values_list("pk", "name", "on_behalf_name", "email", "phone"):
            likeness = max(
                wanted.likeness(email=email, name=name, phone=phone), wanted.likeness(name=group) if group else 0
            )
            if likeness:
                alike[key] = likeness
        best = sorted(alike, key=lambda key: (-alike[key], key))[:MOST]
        authors = {author.pk: author for author in self._authors(pk__in=best)}
        opened = _opened_by(by, [author.proposal_id for author in authors.values()])
        return [self._found(authors[key], opened, alike[key]) for key in best]

    def own(self, user: Any) -> list[Found]:
        """Return what was sent while signed in, or with an address that was confirmed and is the account's."""
        proved = Q(email__iexact=user.email, confirmed_at__isnull=False) if _is_verified(user) else Q()
        rows = self._authors().filter(Q(user=user) | proved if proved else Q(user=user))
        return [self._found(author, set()) for author in rows.order_by("pk")]

    def get(self, keys: Sequence[str], *, by: Any) -> list[Found]:
        """Return again what was found."""
        rows = self._authors(proposal__process__in=answered_for_by(by), pk__in=keys_in(keys, "author"))
        return [self._found(author, set()) for author in rows.order_by("pk")]

    def copy(self, found: Found) -> Copy:
        """Return the entry with all that belongs to its author."""
        proposal = Proposal.objects.select_related("author", "receipt", "reply", "process").get(pk=found.subject.pk)
        author, receipt = proposal.author, proposal.receipt
        known = {"name": author.name, "email": author.email, "phone": author.phone, "address": author.postal_address}
        values: dict[str, Any] = {
            "number": proposal.reference, "process": str(proposal.process), "received_at": proposal.received_at,
            "channel": proposal.get_channel_display(), "name": author.name, "email": author.email, "phone": author.phone,
            "postal_address": author.postal_address, "on_behalf": author.get_on_behalf_display(), "on_behalf_name": author.on_behalf_name,
            "name_public": author.name_public, "language": author.language, "address_confirmed_at": author.confirmed_at,
            "title_received": receipt.title, "text_received": receipt.text, "title": proposal.title, "text": proposal.text,
            "place": proposal.place_text, "longitude": proposal.longitude, "latitude": proposal.latitude,
            "published_at": proposal.published_at, "withdrawn_at": proposal.withdrawn_at, "withdrawn_because": proposal.withdrawn_because,
            "salutation": author.salutation, "additions": list(proposal.additions.values("received_at", "sent_from", "text")),
            "recommendations": list(proposal.recommendations.values("recommended_at", "reason")),
            "earlier_answers": list(
                ReplyVersion.objects.filter(reply__proposal=proposal).values("published_at", "reason", "because")
            ),
            "deliveries": list(author.deliveries.values("created_at", "way", "note", "done_at", "failed_because")),
            "answer": _answer(proposal), "letters": _letters(author),
            "notes": [
                {"at": note.written_at, "text": note.text} for note in proposal.notes.all() if mentions(note.text, **known)
            ],
            "history": [
                {"at": at, "verb": verb} for at, verb in Event.objects.filter(object_key=key_of(proposal)).values_list("at", "verb")
            ],
        }  # fmt: skip
        files = [
            (file.attachment.name, partial(file.attachment.content.open, "rb"))
            for file in proposal.files.select_related("attachment")
        ]
        return Copy(values, files)

    def erase(self, found: Found, *, by: Any, reason: str, leave_public: bool) -> None:
        """Erase the author."""
        erase_author(found.subject, by=by, reason=reason, leave_public=leave_public)  # type: ignore[arg-type]

    def due(self, *, until: date, by: Any, scope: str = "", most: int = 100) -> list[Due]:
        """Return the proposals whose term ends."""
        processes = answered_for_by(by)
        rows: Any = due_until(until, processes.filter(slug=scope) if scope else processes)
        first = list(rows.select_related("process", "author").defer("text", "search")[:most])
        opened = _opened_by(by, [row.pk for row in first])
        return [
            Due(
                row.erased_on, str(row), row.process, who=row.author.name or row.author.email or gettext("nobody named"),
                address=_entry(row, opened),
            )
            for row in first
        ]  # fmt: skip

    def count_due(self, *, until: date, by: Any = None) -> list[tuple[Model, int]]:
        """Return how many terms end, by process."""
        rows: Any = due_until(until, None if by is None else answered_for_by(by))
        counted = dict(rows.order_by().values_list("process").annotate(number=Count("pk")))
        return [(process, counted[process.pk]) for process in Process.objects.filter(pk__in=counted)]

    def erase_due(self) -> int:
        """Erase the authors whose term has ended."""
        return erase_due_authors()


def _is_verified(user: Any) -> bool:
    return bool(user.emailaddress_set.filter(email__iexact=user.email, verified=True).exists())


def _answer(proposal: Proposal) -> dict[str, Any] | None:
    reply = getattr(proposal, "reply", None)
    if reply is None or reply.published_at is None:
        return None
    return {
        "at": reply.published_at, "outcome": reply.get_outcome_display(), "reason": reply.reason,
        "signed": ", ".join(part for part in (reply.signed_name, reply.signed_title) if part),
    }  # fmt: skip


def _letters(author: Author) -> list[dict[str, Any]]:
    letters = Notification.objects.filter(text__contains=author.secret).order_by("pk")
    return [{"at": one.sent_at or one.created_at, "subject": one.subject, "text": one.text} for one in letters]


class FollowerHolder(Holder):
    """Addresses that follow a proposal."""

    name = "following"
    label = _("What an address follows")
    keys = {
        "number": _("register number"), "process": _("process"), "email": _("E-mail"), "language": _("language"),
        "asked_at": _("when it was asked for"), "confirmed_at": _("when the address was confirmed"), "ended_at": _("when it was ended"),
    }  # fmt: skip

    def _found(self, subscriptions: Any, by: Any) -> list[Found]:
        rows = list(subscriptions.order_by("pk")[:MOST])
        audiences = [row.audience_id for row in rows]
        followed = Proposal.objects.filter(audience__in=audiences).select_related("process").defer("text", "search")
        by_audience = {proposal.audience_id: proposal for proposal in followed}
        opened = _opened_by(by, [proposal.pk for proposal in by_audience.values()])
        return [
            Found(
                key=f"follower:{row.pk}", title=str(proposal), about=str(proposal.process), subject=proposal, scope=proposal.process,
                held=[(_("follows with the address"), row.email)],
                address=_entry(proposal, opened),
                erasing=_("The address is deleted, and no letters come any more."),
            )
            for row in rows
            if (proposal := by_audience.get(row.audience_id)) is not None
        ]  # fmt: skip

    def _in_scope(self, by: Any) -> Any:
        audiences = Proposal.objects.filter(process__in=answered_for_by(by)).values("audience")
        return Subscription.objects.filter(audience__in=audiences)

    def find(self, wanted: Wanted, *, by: Any) -> list[Found]:
        """Return what the address follows, of the processes that ``by`` answers for."""
        return self._found(self._in_scope(by).filter(email__iexact=wanted.email), by) if wanted.email else []

    def own(self, user: Any) -> list[Found]:
        """Return what somebody signed in follows."""
        return self._found(Subscription.objects.of(user), user)

    def get(self, keys: Sequence[str], *, by: Any) -> list[Found]:
        """Return again what was found."""
        return self._found(self._in_scope(by).filter(pk__in=keys_in(keys, "follower")), by)

    def copy(self, found: Found) -> Copy:
        """Return one subscription."""
        row = Subscription.objects.get(pk=keys_in([found.key], "follower")[0])
        proposal: Any = found.subject
        return Copy({
            "number": proposal.reference, "process": str(found.about), "email": row.email, "language": row.language,
            "asked_at": row.created_at, "confirmed_at": row.confirmed_at, "ended_at": row.ended_at,
        })  # fmt: skip

    def erase(self, found: Found, *, by: Any, reason: str, leave_public: bool) -> None:
        """Delete the subscription."""
        row = Subscription.objects.filter(pk=keys_in([found.key], "follower")[0]).first()
        if row is not None:
            erase_follower(found.subject, row, by=by, reason=reason)  # type: ignore[arg-type]


register(ProposalHolder())
register(FollowerHolder())
