# SPDX-License-Identifier: EUPL-1.2
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core import clock
from talka.core.forms import DayField, LineField, TextField
from talka.core.text import clean_line
from talka.mailbox.connecting import Connection
from talka.mailbox.models import InboundMessage, MailAccount, Trouble
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.proposals.searching import number_in

MOST_PASSAGES = 12

_FIELD_OF_TROUBLE = {
    Trouble.HOST: "host",
    Trouble.PORT: "port",
    Trouble.SLOW: "host",
    Trouble.SECURITY: "security",
    Trouble.CERTIFICATE: "host",
    Trouble.PLAIN: "security",
    Trouble.SIGN_IN: "password",
    Trouble.FOLDER: "folder",
    Trouble.MOVE_TO: "move_to",
    Trouble.KEY: "password",
}


class AccountForm(forms.Form):
    """How the mailbox of a process is reached and read."""

    address = forms.EmailField(
        label=_("Address of the mailbox"), max_length=254,
        help_text=_("The one that people write to. Answers to our letters come there too."),
    )  # fmt: skip
    host = LineField(
        label=_("Server"), max_length=253, help_text=_("The name of the IMAP server, such as imap.example.lv.")
    )
    security = forms.ChoiceField(
        label=_("Encryption"), choices=MailAccount.Security, initial=MailAccount.Security.TLS, widget=forms.RadioSelect
    )
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65_535, initial=993)
    user = LineField(label=_("User name"), max_length=254)
    password = forms.CharField(
        label=_("Password"), max_length=500, required=False, strip=False,
        widget=forms.PasswordInput(render_value=True, attrs={"autocomplete": "off"}),
        help_text=_("Kept encrypted and never shown again. Leave it empty to keep the one that was saved."),
    )  # fmt: skip
    folder = LineField(label=_("Folder to read"), initial="INBOX")
    afterwards = forms.ChoiceField(
        label=_("A mail that has been read"), choices=MailAccount.Afterwards, initial=MailAccount.Afterwards.MARK,
        widget=forms.RadioSelect, help_text=_("Nothing is ever deleted from the mailbox."),
    )  # fmt: skip
    move_to = LineField(label=_("Folder to move it to"), required=False)
    read_since = DayField(
        label=_("Read mail that came on this day or later"),
        help_text=_("Each mail becomes a proposal with a number, so old mail is better left out."),
    )
    trusted_server = LineField(
        label=_("Server whose checks of the sender are believed"), max_length=253, required=False,
        help_text=_("The name with which your mail server begins the head “Authentication-Results”. Empty: no checks are shown."),
    )  # fmt: skip
    enabled = forms.BooleanField(label=_("Read this mailbox"), required=False, initial=True)

    def __init__(self, *args: Any, account: MailAccount | None, **kwargs: Any) -> None:
        self.account = account
        if account is not None:
            names = [name for name in self.base_fields if name != "password"]
            kwargs["initial"] = {name: getattr(account, name) for name in names} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.initial.setdefault("read_since", clock.today())

    def clean(self) -> dict[str, Any]:
        """Ask for what belongs together: a folder where mail is moved, a password where none was kept."""
        data = super().clean() or {}
        if data.get("afterwards") == MailAccount.Afterwards.MOVE and not data.get("move_to"):
            self.add_error("move_to", _("Say to which folder it is moved."))
        if data.get("move_to") and data.get("move_to") == data.get("folder"):
            self.add_error("move_to", _("This is the folder that is read; choose another one."))
        if not data.get("password") and (self.account is None or not self.account.password_sealed):
            self.add_error("password", _("Enter the password."))
        taken = MailAccount.objects.filter(host=data.get("host"), user=data.get("user"), folder=data.get("folder"))
        if (taken.exclude(pk=self.account.pk) if self.account else taken).exists():
            self.add_error("folder", _("Another process reads this folder already."))
        return data

    def connection(self) -> Connection:
        """Return what was entered, as the operations take it."""
        data = dict(self.cleaned_data)
        data["address"] = str(data["address"]).lower()
        return Connection(**data)

    def say(self, trouble: str) -> None:
        """Say next to its field what was in the way when the mailbox was tried."""
        self.add_error(_FIELD_OF_TROUBLE.get(Trouble(trouble)), str(Trouble(trouble).label))


class SplitForm(forms.Form):
    """The passages of a mail, each a proposal of its own."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    passages = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_PASSAGES)

    def __init__(self, data: Any = None, *, message: InboundMessage, landed: Proposal | None) -> None:
        self.landed = landed
        self.number = self._asked(data)
        if data is not None and data.get("do") == "more":
            data = data.copy()
            data["passages"] = str(self.number)
        super().__init__(data)
        self.initial = {**self.initial, "key": uuid.uuid4(), "passages": self.number}
        for number in range(1, self.number + 1):
            label = _("Text of %(reference)s") % {"reference": landed.reference} if landed and number == 1 else (
                _("Proposal %(number)s") % {"number": number}
            )  # fmt: skip
            self.fields[f"text_{number}"] = TextField(label=label, rows=7, required=number <= 2)
        self.initial["text_1"] = landed.text if landed else message.own

    @staticmethod
    def _asked(data: Any) -> int:
        """Return how many passages the form has, one more where that was asked for."""
        given = str(data.get("passages", "")) if data is not None else "2"
        number = int(given) if given.isascii() and given.isdigit() and len(given) < 3 else 2
        more = data is not None and data.get("do") == "more"
        return max(1, min(MOST_PASSAGES, number + more))

    @property
    def can_grow(self) -> bool:
        """Say whether there may be one more passage."""
        return self.number < MOST_PASSAGES

    def clean(self) -> dict[str, Any]:
        """Ask for at least two passages where the mail has landed: one passage splits nothing."""
        data = super().clean() or {}
        if not self.errors and len(self.texts()) < 2:
            self.add_error(
                "text_2" if "text_2" in self.fields else "text_1", _("Enter the text of the second proposal.")
            )
        return data

    def texts(self) -> list[str]:
        """Return the passages that were entered."""
        found = [self.cleaned_data.get(f"text_{number}", "") for number in range(1, self.number + 1)]
        return [text for text in found if text]


class JoinForm(forms.Form):
    """The earlier proposal that a mail belongs to, by its number."""

    number = LineField(
        label=_("Number of the proposal"), max_length=20, help_text=_("As in the register, such as LP-31 or 31."),
        error_messages={"required": _("Enter the number of the proposal.")},
    )  # fmt: skip

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.process = process

    def clean_number(self) -> Proposal:
        """Find the proposal in the register of the process."""
        number = number_in(clean_line(self.cleaned_data["number"])) or 0
        found = Proposal.objects.filter(process=self.process, number=number).select_related("process").defer("search")
        proposal = found.first() if number < 2**31 else None
        if proposal is None:
            raise forms.ValidationError(_("There is no proposal of this number in the register."))
        return proposal


class AsideForm(forms.Form):
    """Why a mail is no proposal."""

    as_what = forms.ChoiceField(
        label=_("What it is"),
        choices=InboundMessage.Aside,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    reason = LineField(
        label=_("Reason"), max_length=300, required=False,
        help_text=_("Stays in the register beside the number that the e-mail got, and the sender can read it by their link."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for a reason for what is not spam: somebody wrote it, and may ask."""
        data = super().clean() or {}
        if data.get("as_what") == InboundMessage.Aside.NOT_FOR_US and not data.get("reason"):
            self.add_error("reason", _("Say why it is not for us."))
        return data
