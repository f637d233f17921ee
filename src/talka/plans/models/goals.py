# SPDX-License-Identifier: EUPL-1.2
from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class GoalList(models.Model):
    """A list of goals above municipalities: the national development plan, the Sustainable Development Goals."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_current = models.BooleanField(_("offered"), default=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return _in_language(self.name, self.name_en)

    @property
    def goal_lines(self) -> str:
        """Return its goals as they are typed in, one to a line: code, name, name in English."""
        return "\n".join(
            "; ".join(part for part in row if part) for row in self.goals.values_list("code", "name", "name_en")
        )


class Goal(models.Model):
    """One goal of a list."""

    list = models.ForeignKey(GoalList, on_delete=models.CASCADE, related_name="goals")
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["list", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["list", "code"], name="plans_goal_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {_in_language(self.name, self.name_en)}"


def _in_language(latvian: str, english: str) -> str:
    language = get_language() or settings.LANGUAGE_CODE
    return english if language.startswith("en") and english else latvian
