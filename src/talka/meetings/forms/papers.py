# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core.editing import offer
from talka.core.forms import LineField
from talka.files.forms import AttachmentsField
from talka.meetings.models import AgendaItem, Meeting, Paper


class PapersForm(forms.Form):
    """Files for a meeting."""

    papers = AttachmentsField(label=_("Files"), help_text=_("PDF, pictures or office documents."))
    title = LineField(
        label=_("Title"),
        required=False,
        help_text=_("What stands in the list instead of the file name; only for a single file."),
    )

    item = forms.ModelChoiceField(
        label=_("For the item of the agenda"), queryset=AgendaItem.objects.none(), required=False,
        help_text=_("Empty: for the meeting as a whole."),
    )  # fmt: skip

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, item=AgendaItem.objects.filter(meeting=meeting))
        if not meeting.items.exists():
            del self.fields["item"]

    def clean(self) -> dict[str, Any]:
        """Refuse one title for several files."""
        data = super().clean() or {}
        if data.get("title") and len(data.get("papers") or ()) > 1:
            self.add_error("title", _("Send the files one by one to give each its title."))
        return data


class ChangePaperForm(forms.Form):
    """A later file of a paper, and the item to which it belongs."""

    file = AttachmentsField(
        label=_("Later file"), max_files=1, required=False,
        help_text=_("It takes the place of the one before, which stays with those who run the meeting."),
    )  # fmt: skip
    item = forms.ModelChoiceField(
        label=_("For the item of the agenda"), queryset=AgendaItem.objects.none(), required=False,
        help_text=_("Empty: for the meeting as a whole."),
    )  # fmt: skip

    def __init__(self, *args: Any, paper: Paper, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, item=AgendaItem.objects.filter(meeting=paper.meeting_id))
        self.initial.setdefault("item", paper.item_id)
