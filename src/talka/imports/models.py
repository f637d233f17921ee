# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.accounts.models import User
from talka.core import clock
from talka.imports.problems import sentence


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Imports; who may see them is asked of their target, once, before a list of one place is shown."""

    def into(self, place: str) -> "ImportRunQuerySet":
        """Keep those into one place, the newest first."""
        return self.filter(place=place).order_by("-started_at", "-pk")


class ImportRun(models.Model):
    """One file on its way into one place. What state it is in follows from what has happened."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("import", "being prepared")
        RUNNING = "running", pgettext_lazy("import", "under way")
        STOPPED = "stopped", pgettext_lazy("import", "stopped")
        FINISHED = "finished", pgettext_lazy("import", "finished")
        UNDOING = "undoing", pgettext_lazy("import", "being undone")
        UNDONE = "undone", pgettext_lazy("import", "undone")

    place = models.CharField(
        max_length=150, help_text="target and scope, such as proposals.register/processes.process:3"
    )
    started_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(default=clock.now)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="lv")
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    preset = models.CharField(max_length=40, blank=True)
    sheet = models.PositiveIntegerField(default=0)
    sheet_name = models.CharField(max_length=200, blank=True)
    header = models.PositiveIntegerField(default=1, help_text="number of the row with the names of the columns")
    columns = models.JSONField(default=dict, help_text="field by number of the column")
    fixed = models.JSONField(default=dict, help_text="values for all lines, by field")
    words = models.JSONField(default=dict, help_text="value by word, by field")
    leave_out = models.BooleanField(default=False)
    repeats = models.BooleanField(default=False)
    options = models.JSONField(default=dict)
    mapped_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    total = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0, help_text="how many lines have been dealt with")
    taken = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    undo_asked_at = models.DateTimeField(null=True, blank=True)
    undo_position = models.PositiveIntegerField(default=0, help_text="number of the last line looked at while undoing")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    undone_because = models.CharField(max_length=1000, blank=True)
    undone = models.PositiveIntegerField(default=0)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["place", "-started_at"], name="imports_run_place")]
        constraints = [
            models.CheckConstraint(
                name="imports_run_finished_after_confirmed",
                condition=Q(finished_at__isnull=True) | Q(confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="imports_run_every_line_counted",
                condition=Q(position=models.F("taken") + models.F("known") + models.F("wrong")),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def state(self) -> "ImportRun.State":
        """Return the state that follows from what has happened."""
        if self.undo_asked_at is not None:
            return self.State.UNDOING if self.undone_at is None else self.State.UNDONE
        if self.finished_at is not None:
            return self.State.FINISHED
        if self.stopped_at is not None:
            return self.State.STOPPED
        return self.State.RUNNING if self.confirmed_at is not None else self.State.DRAFT

    @property
    def left_out(self) -> int:
        """Return how many lines were not taken, whatever the reason."""
        return self.known + self.wrong

    @property
    def remaining(self) -> int:
        """Return how many things that this import made stand there still."""
        return self.taken - self.undone


class ImportSource(models.Model):
    """The cells of a file, until its import is old (setting ``KEEP_IMPORTS_DAYS``); the file itself is not kept."""

    run = models.OneToOneField(ImportRun, on_delete=models.CASCADE, related_name="source")
    tables = models.BinaryField(help_text="JSON of talka.imports.reading.packed, compressed with zlib")

    def __str__(self) -> str:
        return f"source of {self.run_id}"


class ImportedLine(models.Model):
    """What became of one line: what was made of it, or why nothing was."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="lines")
    place = models.CharField(max_length=150)
    number = models.PositiveIntegerField(help_text="of the row, as a spreadsheet counts")
    fingerprint = models.CharField(max_length=64, help_text="sum of what makes the line the same as another")
    digest = models.CharField(max_length=64, help_text="sum of all its cells")
    made = models.CharField(max_length=100, blank=True, help_text="key of what was made, such as proposals.proposal:31")
    problems = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["run", "number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="imports_line_once_a_run"),
            models.UniqueConstraint(
                fields=["place", "fingerprint"],
                name="imports_line_taken_once",
                condition=~Q(made="") & Q(undone_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["place", "digest"],
                name="imports_line_digest_once",
                condition=~Q(made="") & Q(undone_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["made"], name="imports_line_made", condition=~Q(made=""))]

    def __str__(self) -> str:
        return f"line {self.number} of {self.run_id}"

    def sentences(self) -> list[tuple[dict[str, Any], str]]:
        """Return what is wrong, each with its sentence in the reader's language."""
        return [(one, sentence(one["code"], one["facts"])) for one in self.problems]


class ColumnMapping(models.Model):
    """What the columns of such a table meant the last time, for one owner and kind of target."""

    target = models.CharField(max_length=60)
    owner = models.CharField(max_length=100)
    signature = models.CharField(max_length=64, help_text="sum of the names of all columns")
    columns = models.JSONField(help_text="field by name of the column; an empty one: not taken")
    fixed = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    used_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-used_at"]
        constraints = [
            models.UniqueConstraint(fields=["target", "owner", "signature"], name="imports_mapping_once"),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.signature[:8]}"
