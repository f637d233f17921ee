# SPDX-License-Identifier: EUPL-1.2
import math
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.core.forms import KeyField, LineField, TextField, VisitorForm
from talka.directory.models import Area, Topic
from talka.files.forms import AttachmentsField
from talka.processes.models import Process
from talka.proposals.models import Author, Proposal
from talka.proposals.queries import areas_of, topics_of

DAMAGED = "\ufffd"


class DegreesField(forms.FloatField):
    """A coordinate that the map wrote into a hidden field; anything else than a place on Earth counts as none."""

    def __init__(self, *, most: float) -> None:
        super().__init__(required=False, widget=forms.HiddenInput(attrs={"data-draft-keep": True}))
        self.most = most

    def clean(self, value: Any) -> float | None:
        """Return the degrees, or nothing."""
        try:
            degrees = float(value)
        except (TypeError, ValueError):
            return None
        return degrees if math.isfinite(degrees) and abs(degrees) <= self.most else None


class ProposalFields(forms.Form):
    """What a proposal and its sender can say, whichever way they came. All but the text may be empty."""

    text = TextField(
        label=_("What do you propose?"),
        rows=7,
        error_messages={"required": _("Write what you propose; a sentence is enough.")},
    )
    title = LineField(
        label=pgettext_lazy("of a proposal", "Title"),
        required=False,
        help_text=_("In a few words. If you leave it out, the beginning of the text is used."),
    )
    topic = forms.ModelChoiceField(Topic.objects.none(), label=_("Topic"), required=False, empty_label=_("not chosen"))
    area = forms.ModelChoiceField(
        Area.objects.none(), label=_("Territory"), required=False, empty_label=_("not chosen")
    )
    place_text = LineField(
        label=_("Place in words"),
        max_length=300,
        required=False,
        help_text=_("For example: Grīzupes iela, by the bridge."),
    )
    longitude = DegreesField(most=180)
    latitude = DegreesField(most=90)
    files = AttachmentsField(  # type: ignore[assignment]
        label=_("Photos or documents"),
        required=False,
        help_text=_(
            "Where and when a photo was taken is removed from it. If the form comes back, choose the files again: browsers do not keep them."
        ),
    )
    name = LineField(label=pgettext_lazy("person", "Name"), required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    phone = LineField(label=_("Telephone"), max_length=40, required=False)
    on_behalf = forms.ChoiceField(
        label=_("On whose behalf"), choices=Author.OnBehalf, required=False, initial=Author.OnBehalf.SELF
    )
    on_behalf_name = LineField(
        label=_("Its name"), required=False, help_text=_("Of the association, business, institution or group.")
    )
    name_public = forms.BooleanField(label=_("The name may be published with the proposal"), required=False)
    keep_private = forms.BooleanField(
        label=_("Only for the municipality"),
        required=False,
        help_text=_("The proposal gets a number and an answer but does not appear on the public pages."),
    )
    key = KeyField()

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
        self._offer("topic", topics_of([process]))
        self._offer("area", areas_of(process))

    def _offer(self, name: str, found: list[Any]) -> None:
        """Offer what was found, in its order, parts indented under what they belong to; a choice of one is no choice."""
        if (name == "area" and len(found) < 2) or not found:
            del self.fields[name]
            return
        field: Any = self.fields[name]
        keys = {one.pk for one in found}
        field.queryset = type(found[0]).objects.filter(pk__in=keys)
        field.choices = [
            ("", field.empty_label),
            *((one.pk, f"– {one}" if one.parent_id in keys else str(one)) for one in found),
        ]

    def clean_text(self) -> str:
        """Refuse a text in which letters were lost on the way, as it would be registered for good."""
        text: str = self.cleaned_data["text"]
        if DAMAGED in text:
            raise forms.ValidationError(
                _(
                    "Some letters did not arrive whole and are shown as %(sign)s. Please write them again and send once more."
                ),
                params={"sign": DAMAGED},
            )
        return text

    def submission_key(self) -> uuid.UUID:
        """Return the key of this form with this text: sent twice it is the same, changed and sent again it is another."""
        key: uuid.UUID = self.cleaned_data["key"]
        return uuid.uuid5(key, f"{self.cleaned_data['title']}\n{self.cleaned_data['text']}")


class SubmitForm(VisitorForm, ProposalFields):
    """A proposal from anybody."""

    FOLDED = {
        "about": ("title", "topic", "area", "place_text", "longitude", "latitude"),
        "files": ("files",),
        "sender": ("name", "phone", "on_behalf", "on_behalf_name", "name_public"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("The answer is sent there. It is shown to nobody outside the municipality.")
        self.fields["name_public"].label = _("My name may be published with the proposal")

    @property
    def unfolded(self) -> dict[str, bool]:
        """Say which folded parts of the form stand open: those with something in them that the person must see."""
        return {part: any(self._shown(name) for name in names) for part, names in self.FOLDED.items()}

    def _shown(self, name: str) -> bool:
        if name not in self.fields or not self.is_bound:
            return False
        value = self[name].data
        return name in self.errors or bool(value and value != self.fields[name].initial)


class FollowForm(VisitorForm):
    """An address to which news of a proposal is sent."""

    min_seconds = 0

    email = forms.EmailField(label=_("E-mail"), max_length=254)


class WithdrawForm(forms.Form):
    """Why an author takes a proposal back, if they want to say."""

    reason = TextField(
        label=_("Why you withdraw it"),
        max_length=2000,
        rows=3,
        required=False,
        help_text=_("Only the municipality sees this."),
    )


CHANNELS = [(value, label) for value, label in Proposal.Channel.choices if value != Proposal.Channel.WEB]
"""The ways by which proposals come that somebody then enters."""
