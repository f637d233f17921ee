# SPDX-License-Identifier: EUPL-1.2
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.core.editing import RowForm
from talka.core.forms import LineField
from talka.plans.codes import letters_of
from talka.plans.models import Level, Plan

_LETTER = re.compile(r"[a-zāčēģīķļņšūž]")


class LevelForm(RowForm):
    """What a level is called and how codes on it are made."""

    kind = forms.ChoiceField(label=_("What stands on it"), choices=Level.Kind.choices, widget=forms.RadioSelect)
    name = LineField(label=_("Name"), max_length=100, help_text=_("In the singular, such as “task”."))
    plural = LineField(label=_("Name of many"), max_length=100, help_text=_("Such as “tasks”."))
    letter = LineField(
        label=pgettext_lazy("of a level", "Letter"),
        max_length=1,
        help_text=_("A small letter that stands for this level in patterns of codes."),
    )
    pattern = LineField(
        label=_("Pattern of codes"), required=False, max_length=30,
        help_text=_("{n} is the number in its row; {p} repeats the numbers of the level with the letter p. Empty: without codes."),
    )  # fmt: skip

    def __init__(self, *args: Any, plan: Plan, **options: Any) -> None:
        super().__init__(*args, **options)
        self.plan = plan
        self.initial.setdefault("kind", Level.Kind.GROUP)
        self.fields["letter"].widget.attrs.update(size="3", autocapitalize="none", autocomplete="off")

    def clean_letter(self) -> str:
        """Ask for one small letter that no other level has; n is the number itself."""
        letter = str(self.cleaned_data["letter"]).lower()
        if not _LETTER.fullmatch(letter) or letter == "n":
            raise forms.ValidationError(_("Write one letter of the alphabet, but not n, which stands for the number."))
        if any(level != self.row for level in self.plan.levels.filter(letter=letter)):
            raise forms.ValidationError(_("Another level of this plan has this letter."))
        return letter

    def clean_pattern(self) -> str:
        """Ask for the place of the number, and for letters that stand for levels."""
        pattern = str(self.cleaned_data["pattern"])
        if not pattern:
            return ""
        used = letters_of(pattern)
        if "n" not in used:
            raise forms.ValidationError(_("Put {n} where the number is to stand, such as U{v}.{n}."))
        if len(re.findall(r"[{}]", pattern)) != 2 * len(used):
            raise forms.ValidationError(_("Each place is one letter in braces, such as {n}."))
        known = {"n", *self.plan.levels.values_list("letter", flat=True)}
        strange = next((letter for letter in used if letter not in known), None)
        if strange is not None:
            raise forms.ValidationError(_("No level of this plan has the letter “%(letter)s”.") % {"letter": strange})
        return pattern

    def clean(self) -> dict[str, Any]:
        """Refuse to repeat the numbers of the level itself."""
        data = super().clean() or {}
        if data.get("letter") and data.get("letter") in letters_of(data.get("pattern") or ""):
            self.add_error("pattern", _("A code cannot repeat its own numbers; use the letter of a level further up."))
        return data
