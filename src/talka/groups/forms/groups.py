# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core.editing import RowForm, offer
from talka.core.forms import LineField, TextField
from talka.core.text import clean_line
from talka.directory.models import Area, Topic
from talka.groups.models import WorkingGroup
from talka.groups.queries.choices import topic_choices
from talka.processes.models import Process
from talka.processes.queries import areas_near

MAX_SUBTOPICS = 50


class GroupForm(RowForm):
    """What a working group says of itself."""

    name = LineField(label=_("Name"))
    kind = forms.ChoiceField(label=_("Kind"), choices=WorkingGroup.Kind.choices)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    new_topic = LineField(label=_("New topic"), required=False, help_text=_("Only if the list does not have it."))
    subtopic_names = TextField(
        label=_("Sub-topics"), required=False, rows=5, max_length=10_000, help_text=_("One per line.")
    )
    area = forms.ModelChoiceField(label=_("Territory"), queryset=Area.objects.none(), required=False)
    description = TextField(label=_("What it does"), required=False, rows=8,
                            help_text=_("In Markdown: **bold**, - lists, [links](https://…), ### headings."))  # fmt: skip
    joining = forms.ChoiceField(label=_("Who may join"), choices=WorkingGroup.Joining.choices, widget=forms.RadioSelect)
    how_to_join = TextField(label=_("How to join"), required=False, rows=3, max_length=2000,
                            help_text=_("Until when, to whom to write, what to say."))  # fmt: skip

    def __init__(self, *args: Any, process: Process, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, area=areas_near(process), topic=[("", "–"), *topic_choices()])
        self.initial.setdefault("kind", WorkingGroup.Kind.THEMATIC)
        self.initial.setdefault("joining", WorkingGroup.Joining.INVITATION)

    def clean_topic(self) -> Topic | None:
        """Return the topic that was chosen."""
        chosen = self.cleaned_data["topic"]
        return Topic.objects.filter(pk=chosen).first() if chosen else None

    def clean_subtopic_names(self) -> list[str]:
        """Return the names of the sub-topics, each once."""
        names = list(
            dict.fromkeys(line for line in map(clean_line, self.cleaned_data["subtopic_names"].split("\n")) if line)
        )
        if len(names) > MAX_SUBTOPICS:
            raise forms.ValidationError(_("At most %(limit)d sub-topics.") % {"limit": MAX_SUBTOPICS})
        long = next((name for name in names if len(name) > 200), None)
        if long:
            raise forms.ValidationError(
                _("“%(name)s…” is too long; a sub-topic has at most 200 characters.") % {"name": long[:40]}
            )
        return names

    def clean(self) -> dict[str, Any]:
        """Ask for a topic that the sub-topics belong to."""
        data = super().clean() or {}
        if data.get("subtopic_names") and not data.get("topic") and not data.get("new_topic"):
            self.add_error("topic", _("Choose the topic that the sub-topics belong to, or write a new one."))
        return data
