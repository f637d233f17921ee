# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core.forms import LineField, TextField
from talka.meetings.answers import LONGEST_NOTE, Answer
from talka.meetings.models import Invitation, Meeting
from talka.processes.forms.people import PersonPicking
from talka.processes.models import Process

INSTEAD = "instead"
CHOICES = [
    (Invitation.Answer.ACCEPTED.value, _("I come")),
    (Invitation.Answer.TENTATIVE.value, _("Perhaps")),
    (Invitation.Answer.DECLINED.value, _("I do not come")),
    (INSTEAD, _("Somebody comes instead of me")),
]
ENTERED = [
    (Invitation.Answer.ACCEPTED.value, _("Comes")),
    (Invitation.Answer.TENTATIVE.value, _("Perhaps")),
    (Invitation.Answer.DECLINED.value, _("Does not come")),
    (INSTEAD, _("Somebody comes instead")),
]


class AnswerForm(forms.Form):
    """Whether somebody comes, how, and what they need."""

    answer = forms.ChoiceField(label=_("Do you come?"), choices=CHOICES, widget=forms.RadioSelect)
    represented_by = LineField(
        label=_("Who comes instead of you"),
        required=False,
        help_text=_("Name and surname. Only where somebody comes instead."),
    )
    remote = forms.ChoiceField(
        label=_("How"),
        choices=[("", _("On site")), ("remote", _("Remotely"))],
        required=False,
        widget=forms.RadioSelect,
    )
    needs = TextField(
        label=_("What is needed to come, to see or to hear"), required=False, rows=2, max_length=2000,
        help_text=_("Such as a ramp, sign language, large print. Only those who run the meeting read it; it is erased afterwards."),
    )  # fmt: skip
    note = LineField(label=_("Note to whoever runs the meeting"), required=False, max_length=LONGEST_NOTE)

    def __init__(self, data: Any, *, invitation: Invitation, chosen: str = "", by_hand: bool = False) -> None:
        super().__init__(data)
        offers: Any = self.fields["answer"]
        if by_hand:
            offers.label, offers.choices = _("What was answered"), ENTERED
            instead: Any = self.fields["represented_by"]
            instead.label, instead.help_text = _("Who comes instead"), ""
        if not invitation.meeting.remote_url:
            del self.fields["remote"]
        given = INSTEAD if invitation.represented_by else invitation.answer
        known = {value for value, _label in CHOICES}
        self.initial = {
            "answer": chosen if chosen in known else given if given in known else None,
            "remote": "remote" if invitation.remote else "",
            **{name: getattr(invitation, name) for name in ("represented_by", "needs", "note")},
        }

    def clean(self) -> dict[str, Any]:
        """Ask for the name of who comes instead."""
        data = super().clean() or {}
        if data.get("answer") == INSTEAD and not data.get("represented_by") and "represented_by" not in self.errors:
            self.add_error("represented_by", _("Write who comes instead."))
        return data

    def said(self) -> Answer:
        """Return the answer, as the operations take it."""
        data = self.cleaned_data
        instead = data["answer"] == INSTEAD
        return Answer(
            answer=Invitation.Answer.DECLINED if instead else data["answer"],
            remote=data.get("remote") == "remote" and data["answer"] != Invitation.Answer.DECLINED,
            represented_by=data["represented_by"] if instead else "",
            needs=data["needs"],
            note=data["note"],
        )


class InviteForm(PersonPicking):
    """One more person to invite: somebody near the process, or a new one with an address."""

    def __init__(self, *args: Any, process: Process, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, process=process, **options)
        self.meeting = meeting
        self.fields["invite"].initial = False

    def clean(self) -> dict[str, Any]:
        """Refuse somebody who is invited already."""
        data = super().clean()
        person = data.get("person")
        if person is not None and getattr(person, "pk", None):
            if self.meeting.invitations.standing().filter(person=person).exists():
                raise forms.ValidationError(_("%(name)s is invited already."), params={"name": person.name})
        elif person is not None and not self.errors and not person.email:
            self.add_error("email", _("Write the address to which the invitation is sent."))
        return data
