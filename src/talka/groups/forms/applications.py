# SPDX-License-Identifier: EUPL-1.2
import uuid
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from talka.core.editing import offer
from talka.core.forms import KeyField, LineField, TextField, VisitorForm
from talka.directory.models import Area
from talka.groups.applicants import Applicant
from talka.groups.models import Mandate
from talka.processes.models import Process
from talka.processes.queries import areas_near


class ApplicantFields(forms.Form):
    """Who wants to join a group, for whom, and why."""

    name = LineField(label=pgettext_lazy("person", "Name"), error_messages={"required": _("Say how to call you.")})
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    phone = LineField(label=_("Telephone"), max_length=40, required=False)
    represents = forms.ChoiceField(
        label=_("Whom do you represent?"), choices=Mandate.Represents.choices, widget=forms.RadioSelect,
        initial=Mandate.Represents.RESIDENT,
    )  # fmt: skip
    organization_name = LineField(
        label=_("Organization"), max_length=300, required=False,
        help_text=_("The association, business or institution; residents leave it empty."),
    )  # fmt: skip
    title = LineField(label=_("Your office there"), max_length=300, required=False)
    area = forms.ModelChoiceField(label=_("Where do you live or work?"), queryset=Area.objects.none(), required=False)
    reason = TextField(label=_("Why would you like to take part?"), rows=4, max_length=3000)
    name_public = forms.BooleanField(
        label=_("My name may stand on the page of the group"), required=False,
        help_text=_("Without it, the page says only whom you represent."),
    )  # fmt: skip

    def __init__(self, *args: Any, process: Process, **options: Any) -> None:
        super().__init__(*args, **options)
        self.process = process
        offer(self, area=areas_near(process))

    def clean_phone(self) -> str:
        """Refuse what cannot be a telephone number."""
        phone: str = self.cleaned_data["phone"]
        if phone and sum(character.isdigit() for character in phone) < 5:
            raise forms.ValidationError(_("Check the telephone number."))
        return phone

    def clean(self) -> dict[str, Any]:
        """Ask which organization is represented; a resident represents none."""
        data = super().clean() or {}
        if data.get("represents") == Mandate.Represents.RESIDENT:
            data["organization_name"] = ""
        elif data.get("represents") and not data.get("organization_name"):
            self.add_error("organization_name", _("Write which organization you represent."))
        return data

    def applicant(self, language: str = "") -> Applicant:
        """Return who applies, with the language they read now unless said otherwise."""
        names = ("name", "email", "phone", "represents", "organization_name", "title", "area", "reason", "name_public")
        values = {name: self.cleaned_data[name] for name in names}
        return Applicant(**values, language=language or (get_language() or "lv")[:2])


class ApplyForm(VisitorForm, ApplicantFields):
    """An application by anybody."""

    key = KeyField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("key", uuid.uuid4())


class EnterForm(ApplicantFields):
    """An application that came on paper, by telephone or at the desk."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("email", "reason"):
            self.fields[name].required = False
        self.fields["represents"].label = _("Whom does the person represent?")
        self.fields["title"].label = _("Title of the office")
        self.fields["area"].label = _("Lives or works in")
        self.fields["reason"].label = _("Why the person would like to take part")
        self.fields["name_public"].label = _("The person agrees that the name is published")

    def clean(self) -> dict[str, Any]:
        """Ask for one way to reach the person."""
        data = super().clean() or {}
        if not {"email", "phone"} & set(self.errors) and not data.get("email") and not data.get("phone"):
            self.add_error("email", _("Write an e-mail address or a telephone number, so that the answer can be told."))
        return data


class DecideForm(forms.Form):
    """What to do with the chosen applications."""

    verb = forms.ChoiceField(choices=[("accept", "accept"), ("decline", "decline")])
    reason = TextField(
        label=_("Why they are declined"), required=False, rows=2, max_length=1000, help_text=_("Each of them reads it.")
    )

    def clean(self) -> dict[str, Any]:
        """Ask why, where applications are declined."""
        data = super().clean() or {}
        if data.get("verb") == "decline" and not data.get("reason") and not self.errors:
            self.add_error("reason", _("Say why; whoever applied reads it."))
        return data
