# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core.forms import LineField, TextField
from talka.directory.models import Organization
from talka.processes.models import Process
from talka.proposals.models import Proposal, ProposalFile
from talka.proposals.queries import organizations_elsewhere, registers_elsewhere

REGISTER, ORGANIZATION, OTHER = "register", "organization", "other"


class ForwardForm(forms.Form):
    """To whom a proposal is passed on, why, and with what."""

    to = forms.ChoiceField(
        label=_("Forward to"),
        choices=[
            (REGISTER, _("a register in this installation")),
            (ORGANIZATION, _("an organization from the list")),
            (OTHER, _("another organization, named below")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose to whom it is forwarded.")},
    )
    register = forms.ChoiceField(
        label=_("Register"), required=False, help_text=_("It arrives there at once; you see what it is answered.")
    )
    organization = forms.ChoiceField(label=_("Organization"), required=False)
    whom = LineField(label=_("Name of the organization"), max_length=300, required=False)
    email = forms.EmailField(
        label=_("Its e-mail"),
        required=False,
        help_text=_("For an organization outside this installation. Left empty, you print a letter."),
    )
    is_theirs = forms.ChoiceField(
        label=_("Who answers the author"),
        choices=[
            ("yes", _("they do: it is not within our competence")),
            ("no", _("we do: they are asked for their part")),
        ],
        widget=forms.RadioSelect,
        initial="yes",
    )
    explanation = TextField(
        label=_("Why it is forwarded"),
        rows=5,
        help_text=_("The organization reads this, and so does the author."),
        error_messages={"required": _("Say why it is forwarded.")},
    )
    with_author = forms.BooleanField(
        label=_("With the author's name and contacts, and the text as received"),
        required=False,
        initial=True,
        help_text=_("Needed where they are to answer. Without it, the public version of the text is sent."),
    )
    with_files = forms.MultipleChoiceField(label=_("Files"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, proposal: Proposal, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.registers: dict[str, Process] = {str(one.pk): one for one in registers_elsewhere(proposal.process, user)}
        self.organizations: dict[str, Organization] = {
            str(one.pk): one for one in organizations_elsewhere(proposal.process)
        }
        self.offered: dict[str, ProposalFile] = {
            str(one.pk): one for one in proposal.files.select_related("attachment")
        }
        self._offer("register", [(key, f"{one.owner}: {one.title}") for key, one in self.registers.items()])
        self._offer("organization", [(key, one.name) for key, one in self.organizations.items()])
        field: Any = self.fields["with_files"]
        field.choices = [(key, str(one)) for key, one in self.offered.items()]
        if not self.offered:
            del self.fields["with_files"]
        if proposal.answered_at is not None:
            self.fields["is_theirs"].widget = forms.HiddenInput()
            self.fields["is_theirs"].initial = "no"

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", _("choose")), *choices]

    def clean(self) -> dict[str, Any]:
        """Ask for the one addressee that was chosen."""
        data = super().clean() or {}
        wanted = {
            REGISTER: ("register", _("Choose the register.")),
            ORGANIZATION: ("organization", _("Choose the organization.")),
            OTHER: ("whom", _("Name the organization.")),
        }.get(data.get("to", ""))
        if wanted is not None and not data.get(wanted[0]) and wanted[0] not in self.errors:
            self.add_error(*wanted)
        return data


class ForwardingReplyForm(forms.Form):
    """What the other organization says."""

    text = TextField(label=_("Reply"), rows=6, error_messages={"required": _("Write the reply.")})
