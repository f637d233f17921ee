# SPDX-License-Identifier: EUPL-1.2
"""What is recommended, decided, corrected, and the texts that answers begin with."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.core.forms import LineField, TextField
from talka.plans.forms.taking import NodesField
from talka.processes.models import Process
from talka.proposals import filling
from talka.proposals.models import Outcome, Proposal
from talka.proposals.queries import Signer

FIELD_MEANINGS = {
    "uzruna": _("how the author is addressed; on the first line only, as the public page does not name the author"),
    "numurs": _("number of the proposal"),
    "virsraksts": _("title of the proposal"),
    "datums": _("day on which it was received: “2026. gada 3. novembrī”"),
    "grupa": _("working group to which it was given"),
    "paraksts": _("name and office of who answers"),
}
"""What stands in braces in the texts, and what becomes of it."""


def known_fields(text: str) -> None:
    """Refuse a text whose braces hold something that cannot be filled in."""
    unknown = filling.unknown_fields(text)
    if unknown:
        raise forms.ValidationError(
            _("There is no field {%(name)s}. The fields are: %(known)s."),
            params={"name": unknown[0], "known": ", ".join(f"{{{name}}}" for name in filling.FIELDS)},
        )
    if filling.misplaced_salutation(text):
        raise forms.ValidationError(_("{uzruna} can stand on the first line only, and alone."))


def say_empty_fields(form: forms.Form, name: str, empty: dict[str, list[str]]) -> bool:
    """Add to a field of a form which of its fields in braces would stay empty, for which entries; say whether any would."""
    for reference, fields in empty.items():
        message = _("For %(reference)s there is nothing to put into %(fields)s. Take it out or write it yourself.")
        names = ", ".join(f"{{{one}}}" for one in fields)
        form.add_error(name, message % {"reference": reference, "fields": names})
    return bool(empty)


class OutcomeForm(forms.Form):
    """What to decide, and why."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome, widget=forms.RadioSelect)
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

    def clean(self) -> dict[str, Any]:
        """Forward only what is not ours."""
        data = super().clean() or {}
        if data.get("outcome") != Outcome.NOT_OURS:
            data["forwarded_to"] = ""
        return data


class RecommendForm(OutcomeForm):
    """What a group or an examiner recommends."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].label = _("What you recommend")
        self.fields["reason"].help_text = _(
            "Write it so that it can go out as the answer: what is decided and why, and what happens next."
        )

    def clean(self) -> dict[str, Any]:
        """Count a missing version as none."""
        data = super().clean()
        data["version"] = data.get("version") or 0
        return data


class SignedForm(OutcomeForm):
    """An answer with who gives it."""

    signer = forms.ChoiceField(label=_("Who answers"), required=False)
    signed_name = LineField(label=pgettext_lazy("person", "Name"), required=False)
    signed_title = LineField(label=_("Title of the office"), max_length=300, required=False)

    def __init__(self, *args: Any, offered: Sequence[Signer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(signer.person.pk): signer for signer in offered}
        field: Any = self.fields["signer"]
        field.choices = [
            *((key, str(signer)) for key, signer in self.offered.items()),
            ("", _("somebody else, entered below")),
        ]

    def clean(self) -> dict[str, Any]:
        """Fill in name and title of who was chosen; ask for a name where nobody was."""
        data = super().clean()
        chosen = self.offered.get(data.get("signer") or "")
        if chosen is not None:
            data["signed_name"], data["signed_title"] = chosen.person.name, chosen.title
        elif not data.get("signed_name"):
            self.add_error("signed_name", _("Say who answers."))
        data["person"] = chosen.person if chosen is not None else None
        return data

    def signature(self) -> dict[str, Any]:
        """Return outcome and signature, as the operations take them."""
        names = ("outcome", "forwarded_to", "signed_name", "signed_title", "person")
        return {name: self.cleaned_data[name] for name in names}

    def signed_as(self) -> str:
        """Return name and office of who answers, as they stand in a text."""
        return ", ".join(part for part in (self.cleaned_data["signed_name"], self.cleaned_data["signed_title"]) if part)


class ReplyForm(SignedForm):
    """The answer to a proposal."""

    salutation = LineField(
        label=_("How the author is addressed"), required=False,
        help_text=_("First line of the mail or letter; the public page does not show it."),
    )  # fmt: skip
    nodes = NodesField(
        label=_("What it becomes in a plan"),
        help_text=_(
            "Codes of actions or investments with commas between them, such as R1.1.1, I2.1.1. The answer names them, with links."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, user: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nodes: Any = self.fields["nodes"]
        nodes.ask(user=user, process=process)

    def clean(self) -> dict[str, Any]:
        """Count a missing version as none; say that what is rejected becomes nothing."""
        data = super().clean()
        data["version"] = data.get("version") or 0
        if data.get("nodes") and data.get("outcome") in {Outcome.REJECTED, Outcome.NOT_OURS}:
            self.add_error(
                "nodes", _("With this outcome the proposal does not become part of a plan. Leave this empty.")
            )
        return data

    def answer(self) -> dict[str, Any]:
        """Return the answer, as the operation takes it."""
        return self.signature() | {name: self.cleaned_data[name] for name in ("reason", "version", "salutation")}


class CorrectReplyForm(SignedForm):
    """A corrected answer, and why."""

    because = LineField(
        label=_("Why it is corrected"), max_length=300,
        help_text=_("Shown on the public page and in the letters, such as “the year of the works was wrong”."),
        error_messages={"required": _("Say why the answer is corrected.")},
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    field_order = ("because", "outcome", "reason")

    def clean(self) -> dict[str, Any]:
        """Count a missing version as none."""
        data = super().clean()
        data["version"] = data.get("version") or 0
        return data

    def answer(self) -> dict[str, Any]:
        """Return the answer, as the operation takes it."""
        return self.signature() | {name: self.cleaned_data[name] for name in ("reason", "version", "because")}


class ReplyTemplateForm(forms.Form):
    """A text from which answers begin."""

    name = LineField(label=_("Name of the template"), max_length=100, help_text=_("Such as “Included in the plan”."))
    outcome = forms.ChoiceField(label=_("Outcome"), choices=[("", _("any")), *Outcome.choices], required=False)
    text = TextField(label=_("Text of the answer"), rows=10)
    entry = forms.ChoiceField(label=_("Preview with the entry"), required=False)

    def __init__(self, *args: Any, entries: Sequence[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = {str(entry.number): entry for entry in entries}
        field: Any = self.fields["entry"]
        field.choices = [
            ("", _("choose")),
            *((key, f"{entry.reference} {entry.title}") for key, entry in self.entries.items()),
        ]

    def clean_text(self) -> str:
        """Refuse fields that mean nothing."""
        text = str(self.cleaned_data["text"])
        known_fields(text)
        return text

    def previewed(self) -> Proposal | None:
        """Return the entry with which the text is shown: the one chosen, else the last that was given to a group."""
        chosen = self.entries.get(str(self["entry"].value() or ""))
        given = (entry for entry in self.entries.values() if entry.assigned_group_id is not None)
        return chosen or next(given, None) or next(iter(self.entries.values()), None)


class BatchForm(SignedForm):
    """One answer for many, with a text of its own where one needs it."""

    def __init__(self, *args: Any, proposals: Sequence[Proposal], **kwargs: Any) -> None:
        self.proposals = proposals
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Text for all")
        self.fields["reason"].help_text = _("Fields in braces are filled in for each.")
        for proposal in proposals:
            number = proposal.number
            self.fields[f"include-{number}"] = forms.BooleanField(
                required=False, label=proposal.reference, initial=not hasattr(proposal, "reply")
            )
            self.fields[f"own-{number}"] = TextField(label=_("A text of its own"), required=False, rows=5)
            self.fields[f"version-{number}"] = forms.IntegerField(
                required=False, min_value=0, widget=forms.HiddenInput, initial=getattr(getattr(proposal, "reply", None), "version", 0)
            )  # fmt: skip

    def clean_reason(self) -> str:
        """Refuse fields that mean nothing."""
        text = str(self.cleaned_data["reason"])
        known_fields(text)
        return text

    def clean(self) -> dict[str, Any]:
        """Check the texts of their own too, and that somebody is answered."""
        data = super().clean()
        for proposal in self.chosen():
            try:
                known_fields(data.get(f"own-{proposal.number}") or "")
            except forms.ValidationError as error:
                self.add_error(f"own-{proposal.number}", error)
        if not self.chosen():
            raise forms.ValidationError(_("Tick at least one entry to answer."))
        return data

    def chosen(self) -> list[Proposal]:
        """Return the entries that are ticked."""
        if not self.is_bound:
            return [proposal for proposal in self.proposals if not hasattr(proposal, "reply")]
        return [proposal for proposal in self.proposals if self.data.get(f"include-{proposal.number}")]

    def rows(self) -> list[dict[str, Any]]:
        """Return for each entry its proposal and its fields."""
        return [
            {"proposal": proposal, "include": self[f"include-{proposal.number}"], "own": self[f"own-{proposal.number}"],
             "version": self[f"version-{proposal.number}"]}
            for proposal in self.proposals
        ]  # fmt: skip
