# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.accounts.models import User
from talka.core import clock
from talka.plans.models.progress import UpdateRequest
from talka.processes.models import Role


class UnclearReplyQuerySet(models.QuerySet["UnclearReply"]):
    """Replies by mail of which something was not clear."""

    def visible_to(self, user: Any) -> "UnclearReplyQuerySet":
        """Keep those of processes whose plans the person writes."""
        if not user.is_authenticated:
            return self.none()
        runs = Role.objects.active().filter(person__user=user, kind__in=(Role.Kind.COORDINATOR, Role.Kind.EDITOR))
        return self.filter(request__round__plan__process__in=runs.values("process"))

    def waiting(self) -> "UnclearReplyQuerySet":
        """Keep those that nobody has settled yet."""
        return self.filter(settled_at__isnull=True)


class UnclearReply(models.Model):
    """A reply by mail to a request for updates of which something was not clear, until a person settles it."""

    class Doubt(models.TextChoices):
        NO_STATE = "no_state", _("it does not say how it is going")
        TWO_STATES = "two_states", _("it says two different things")
        NO_CODE = "no_code", _("it does not say which action is meant")
        UNKNOWN_CODE = "unknown_code", _("the code is none of those asked about")
        SEVERAL_CODES = "several_codes", _("several codes stand in one line")
        TWICE = "twice", _("the same code is there twice")
        WRONG_PERCENT = "wrong_percent", _("the per cent and the words do not agree")
        OTHER_ADDRESS = "other_address", _("it came from another address than the one that was asked")
        TOO_LATE = "too_late", _("it came long after the request had ended")
        QUOTED = "quoted", _("what was written cannot be told from the letter that it answers")
        NOTHING = "nothing", pgettext_lazy("reply", "it is empty")

    request = models.ForeignKey(UpdateRequest, on_delete=models.CASCADE, related_name="unclear_replies")
    mail_key = models.CharField(max_length=250)
    from_address = models.CharField(max_length=320, blank=True)
    received_at = models.DateTimeField(default=clock.now)
    text = models.TextField(blank=True)
    doubts = models.JSONField(default=list, help_text="pairs of code (or nothing) and doubt")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    set_aside_because = models.CharField(_("why it was set aside"), max_length=500, blank=True)

    objects = UnclearReplyQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "mail_key"], name="plans_unclear_reply_once"),
            models.CheckConstraint(
                name="plans_unclear_reply_aside_is_settled",
                condition=Q(set_aside_because="") | Q(settled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"reply {self.pk}"

    @property
    def doubts_in_words(self) -> list[tuple[str, Any]]:
        """Return each code (or nothing) with its doubt as a person reads it."""
        labels = dict(self.Doubt.choices)
        return [(code, labels.get(doubt, doubt)) for code, doubt in self.doubts]
