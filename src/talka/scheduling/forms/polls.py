# SPDX-License-Identifier: EUPL-1.2
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from talka.core import clock
from talka.core.editing import offer
from talka.core.forms import DayField, LineField, TextField
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.processes.permissions import can_change_process
from talka.scheduling.models import PollAnswer, PollPerson
from talka.scheduling.poll_wording import span_words
from talka.scheduling.typed_times import read_times

MAX_OPTIONS = 40
SLIPS = {
    "unread": _("Line %(line)d cannot be read: “%(text)s”. Write the day and the hours, such as 5.2.2030 15.00–17.00."),
    "backwards": _("Line %(line)d: “%(text)s” has to end after it starts."),
    "past": _("Line %(line)d: “%(text)s” is over already."),
    "skipped": _("Line %(line)d: on that day the clock is put forward over this hour, so it does not exist: “%(text)s”."),
    "twice": _("Line %(line)d: on that day the clock is put back and this hour comes twice: “%(text)s”. Choose another."),
}  # fmt: skip


class PollForm(forms.Form):
    """What the members of groups are asked, and until when."""

    title = LineField(label=_("Title of the meeting"), help_text=_("It stands on the calendar once the time is found."))
    groups = forms.ModelMultipleChoiceField(
        WorkingGroup.objects.none(), label=_("Whose members are asked"), widget=forms.CheckboxSelectMultiple
    )
    times = TextField(
        label=_("Times to choose from"), rows=6, max_length=5000,
        help_text=_("One day on a line, with one or several times: 5.2.2030 15.00–17.00, 18.00–20.00"),
    )  # fmt: skip
    closes_on = DayField(label=_("Last day to answer"))
    note = TextField(label=_("What it is about"), required=False, rows=3, max_length=2000)
    names_shown = forms.BooleanField(
        label=_("Members see who answered what"), required=False,
        help_text=_("Otherwise they see only how many can come; names are seen by those who run the poll."),
    )  # fmt: skip

    def __init__(self, *args: Any, process: Process, by: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        groups = process.groups.filter(closed_at__isnull=True)
        led = WorkingGroup.objects.led_by(by).filter(process=process)
        if not can_change_process(by, process):
            groups = groups.filter(pk__in=led)
        offer(self, groups=groups)
        if groups.count() == 1:
            self.initial.setdefault("groups", list(groups))
        self.initial.setdefault("closes_on", clock.today() + timedelta(days=7))

    def clean_times(self) -> list[Any]:
        """Return the moments from and to; say of each line what is wrong with it."""
        found = read_times(self.cleaned_data["times"], zone=ZoneInfo(settings.TIME_ZONE), now=clock.now())
        if found.slips:
            raise forms.ValidationError(
                [str(SLIPS[one.kind]) % {"line": one.line, "text": one.text[:60]} for one in found.slips[:10]]
            )
        if len(found.spans) < 2:
            raise forms.ValidationError(_("Write at least two times."))
        if len(found.spans) > MAX_OPTIONS:
            raise forms.ValidationError(_("At most %(limit)d times."), params={"limit": MAX_OPTIONS})
        return found.spans

    def clean_closes_on(self) -> date:
        """Refuse a day that is over."""
        day: date = self.cleaned_data["closes_on"]
        if day < clock.today():
            raise forms.ValidationError(_("This day is over already."))
        return day

    def clean(self) -> dict[str, Any]:
        """See that answers come before the first of the times."""
        data = super().clean() or {}
        if data.get("times") and data.get("closes_on") and data["closes_on"] > data["times"][0][0].date():
            self.add_error("closes_on", _("Answers are needed before the first of the times."))
        return data


class AnswerForm(forms.Form):
    """What somebody says to each time of a poll."""

    def __init__(self, *args: Any, asked: PollPerson, **options: Any) -> None:
        super().__init__(*args, **options)
        said = {one.option_id: one.answer for one in asked.answers.all()}
        self.options = {f"option_{one.pk}": one for one in asked.poll.options.all()}
        for name, one in self.options.items():
            self.fields[name] = forms.ChoiceField(
                label=capfirst(span_words(one.starts_at, one.ends_at)), widget=forms.RadioSelect,
                choices=[(value, capfirst(str(label))) for value, label in PollAnswer.Answer.choices],
                initial=said.get(one.pk), error_messages={"required": _("Choose an answer to this time.")},
            )  # fmt: skip
        self.fields["comment"] = LineField(
            label=_("Comment"), required=False, max_length=500, initial=asked.comment,
            help_text=_("Seen by those who run the poll."),
        )  # fmt: skip

    def answers(self) -> dict[int, str]:
        """Return the answers by the key of the time."""
        return {one.pk: self.cleaned_data[name] for name, one in self.options.items()}


class ClosePollForm(forms.Form):
    """Why a poll is closed without a meeting."""

    reason = TextField(label=_("Why"), rows=3, max_length=1000, required=False,
                       help_text=_("Those who were asked read it in a letter."))  # fmt: skip
