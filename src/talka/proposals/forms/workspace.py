# SPDX-License-Identifier: EUPL-1.2
import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.core import clock
from talka.core.forms import DayField, LineField, TextField
from talka.directory.models import Area, Person, Topic
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.proposals.forms.public import CHANNELS, ProposalFields
from talka.proposals.forms.terms import SIGNATURES
from talka.proposals.models import Proposal, Regime, Register, Reply
from talka.proposals.queries import Signer, areas_of, groups_at_work, people_at_work, topics_of


class RegisterForm(ProposalFields):
    """A proposal that came by another way than the web, entered by whoever keeps the register."""

    channel = forms.ChoiceField(label=_("How it came"), choices=CHANNELS, initial=Proposal.Channel.PAPER)
    received_on = DayField(label=_("Received on"))
    regime = forms.ChoiceField(label=_("Treated as"), choices=Regime, required=False, initial=Regime.SUBMISSION)
    signed = forms.ChoiceField(label=_("Signature"), choices=SIGNATURES, required=False)
    postal_address = LineField(
        label=_("Postal address"),
        max_length=300,
        required=False,
        help_text=_("For the answer to those without e-mail."),
    )

    field_order = (
        "channel",
        "received_on",
        "regime",
        "signed",
        "text",
        "title",
        "topic",
        "area",
        "place_text",
        "name",
        "email",
        "phone",
        "postal_address",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("received_on", clock.today())
        self.fields["text"].label = _("Text, word for word")
        self.fields["text"].error_messages["required"] = _("Enter the text as it was received.")
        self.fields["title"].help_text = ""
        self.fields["place_text"].help_text = ""
        self.fields["files"].label = _("Scan or files")
        self.fields["email"].help_text = _("The author gets a letter with the number and a link.")

    def clean_received_on(self) -> date:
        """Refuse a day that has not come."""
        day: date = self.cleaned_data["received_on"]
        if day > clock.today():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def received_at(self) -> datetime:
        """Return the moment of receipt: now for today, else noon of the day, as nobody notes the hour."""
        day: date = self.cleaned_data["received_on"]
        if day == clock.today():
            return clock.now()
        return timezone.make_aware(datetime.combine(day, time(12)))


class SettingsForm(forms.Form):
    """How the numbers of a register look, and when proposals become public."""

    prefix = LineField(  # type: ignore[assignment]
        label=_("Letters before the number"),
        max_length=8,
        help_text=_("With LP the first proposal is LP-1. They cannot change once a number has been given."),
    )
    publishing = forms.ChoiceField(
        label=_("Proposals appear on the public pages"),
        choices=Register.Publishing,
        widget=forms.RadioSelect,
        help_text=_("Personal contacts are never shown. After reading is the safer choice."),
    )
    remind_before = forms.IntegerField(
        label=_("Remind so many working days before an answer is due"),
        min_value=0,
        max_value=30,
        required=False,
        help_text=_(
            "Whoever owes an answer gets one letter a day at most, until it is given. 0: only when it is late."
        ),
    )

    def clean_prefix(self) -> str:
        """Take letters only, in capitals."""
        prefix = str(self.cleaned_data["prefix"]).upper()
        if not re.fullmatch(r"[^\W\d_]{1,8}", prefix):
            raise forms.ValidationError(_("Use one to eight letters without spaces or digits."))
        return prefix


class AssignForm(forms.Form):
    """To whom proposals are given: a group of the process, or a person who works in it."""

    to = forms.ChoiceField(label=_("Assign to"), error_messages={"required": _("Choose a group or a person.")})

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {f"group-{group.pk}": group for group in groups_at_work(process)}
        self.people = {f"person-{person.pk}": person for person in people_at_work(process)}
        field: Any = self.fields["to"]
        field.choices = [
            ("", _("choose")),
            (_("Working groups"), [(key, str(group)) for key, group in self.groups.items()]),
            (_("People"), [(key, str(person)) for key, person in self.people.items()]),
        ]

    def chosen(self) -> dict[str, WorkingGroup | Person | None]:
        """Return the group or the person, as the operation takes them."""
        key = self.cleaned_data["to"]
        return {"group": self.groups.get(key), "person": self.people.get(key)}


class NoteForm(forms.Form):
    """A note for those who work on a proposal."""

    text = TextField(
        label=_("Note"), max_length=5000, rows=3, help_text=_("Seen only by those who work on the proposal.")
    )


class ReasonForm(forms.Form):
    """Why something is done that its author will ask about."""

    reason = TextField(
        label=_("Reason"),
        max_length=1000,
        rows=3,
        help_text=_("Kept in the log of the process. No personal data, please."),
    )


class CorrectForm(forms.Form):
    """The published version of a proposal, and why it differs from the one received."""

    title = LineField(label=pgettext_lazy("of a proposal", "Title"))
    text = TextField(label=_("Published text"), rows=10)
    topic = forms.ModelChoiceField(Topic.objects.none(), label=_("Topic"), required=False, empty_label=_("not chosen"))
    area = forms.ModelChoiceField(
        Area.objects.none(), label=_("Territory"), required=False, empty_label=_("not chosen")
    )
    place_text = LineField(label=_("Place in words"), max_length=300, required=False)
    reason = LineField(
        label=_("Why it differs"), max_length=300, required=False,
        help_text=_("Shown on the public page, such as “a telephone number was left out”."),
    )  # fmt: skip

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        self.proposal = proposal
        names = ("title", "text", "topic", "area", "place_text")
        initial = {name: getattr(proposal, name) for name in names} | {"reason": proposal.corrected_because}
        kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        topics, areas = topics_of([proposal.process]), areas_of(proposal.process)
        self._offer("topic", {*(one.pk for one in topics), proposal.topic_id})
        self._offer("area", {*(one.pk for one in areas), proposal.area_id})

    def _offer(self, name: str, keys: set[int | None]) -> None:
        field: Any = self.fields[name]
        field.queryset = field.queryset.model.objects.filter(pk__in=keys - {None})

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where title or text change."""
        data = super().clean() or {}
        changed = any(name in data and data[name] != getattr(self.proposal, name) for name in ("title", "text"))
        if changed and not data.get("reason"):
            self.add_error("reason", _("Say why the published text differs from the one received."))
        return data


class ReplyForm(forms.Form):
    """The answer to a proposal."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Reply.Outcome, widget=forms.RadioSelect)
    reason = TextField(
        label=_("Reasons"), rows=7, help_text=_("What is decided and why, and what happens next, in words the author understands."),
        error_messages={"required": _("An answer needs its reasons.")},
    )  # fmt: skip
    forwarded_to = LineField(
        label=_("Forwarded to"),
        max_length=300,
        required=False,
        help_text=_("Only for “not within our competence”: who is responsible."),
    )
    signer = forms.ChoiceField(label=_("Who answers"), required=False)
    signed_name = LineField(label=pgettext_lazy("person", "Name"), required=False)
    signed_title = LineField(label=_("Title of the office"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, offered: list[Signer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(signer.person.pk): signer for signer in offered}
        field: Any = self.fields["signer"]
        field.choices = [
            *((key, str(signer)) for key, signer in self.offered.items()),
            ("", _("somebody else, entered below")),
        ]

    def clean(self) -> dict[str, Any]:
        """Fill in name and title of who was chosen; ask for a name where nobody was; forward only what is not ours."""
        data = super().clean() or {}
        chosen = self.offered.get(data.get("signer") or "")
        if chosen is not None:
            data["signed_name"], data["signed_title"] = chosen.person.name, chosen.title
        elif not data.get("signed_name"):
            self.add_error("signed_name", _("Say who answers."))
        data["person"] = chosen.person if chosen is not None else None
        if data.get("outcome") != Reply.Outcome.NOT_OURS:
            data["forwarded_to"] = ""
        data["version"] = data.get("version") or 0
        return data

    def answer(self) -> dict[str, Any]:
        """Return the answer, as the operation takes it."""
        names = ("outcome", "reason", "forwarded_to", "signed_name", "signed_title", "person", "version")
        return {name: self.cleaned_data[name] for name in names}
