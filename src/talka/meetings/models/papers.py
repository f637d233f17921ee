# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.core import clock
from talka.files.models import Attachment
from talka.meetings.models.agenda import AgendaItem
from talka.meetings.models.meetings import Meeting


class Paper(models.Model):
    """A file handed out for a meeting or one item of its agenda; a later version takes its place, the earlier stay readable."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="papers")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="papers",
        verbose_name=_("item of the agenda"),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=200)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class PaperVersion(models.Model):
    """An earlier file of a paper, as it was handed out before."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(default=clock.now)
    replaced_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["paper", "-number"]
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="meetings_paper_version_once")]

    def __str__(self) -> str:
        return f"version {self.number} of paper {self.paper_id}"
