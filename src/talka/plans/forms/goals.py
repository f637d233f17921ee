# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core.editing import RowForm
from talka.core.forms import LineField, TextField
from talka.core.text import clean_line
from talka.plans.lines import GoalLine

MAX_GOALS = 200


class GoalListForm(RowForm):
    """A list of goals that plans can name."""

    name = LineField(label=_("Name"))
    name_en = LineField(label=_("Name in English"), required=False)
    source = LineField(
        label=_("Source"), required=False, max_length=300, help_text=_("The act or decision that sets these goals.")
    )
    goal_lines = TextField(
        label=_("Goals"), rows=12,
        help_text=_("One to a line: code; name; name in English. The English name may be left out."),
    )  # fmt: skip
    is_current = forms.BooleanField(
        label=_("Offered to plans"), required=False, initial=True,
        help_text=_("A list that is not offered any more stays where plans have named it."),
    )  # fmt: skip

    def clean_goal_lines(self) -> list[GoalLine]:
        """Return the goals, each with its own code; say in which line something is wrong."""
        found: dict[str, GoalLine] = {}
        lines = [clean_line(line) for line in str(self.cleaned_data["goal_lines"]).split("\n")]
        for number, line in enumerate(lines, start=1):
            if not line:
                continue
            code, name, english = ([part.strip() for part in line.split(";", 2)] + ["", ""])[:3]
            problem = self._problem(code, name, english, found)
            if problem is not None:
                raise forms.ValidationError(_("Line %(number)d: %(problem)s") % {"number": number, "problem": problem})
            found[code] = GoalLine(code, name, english)
        if len(found) > MAX_GOALS:
            raise forms.ValidationError(_("At most %(limit)d goals.") % {"limit": MAX_GOALS})
        return list(found.values())

    def _problem(self, code: str, name: str, english: str, found: dict[str, GoalLine]) -> Any:
        if not code or not name:
            return _("write a code, a semicolon and the name.")
        if len(code) > 20 or len(name) > 300 or len(english) > 300:
            return _("a code has at most 20 characters, a name at most 300.")
        return _("this code stands in the list already.") if code in found else None
