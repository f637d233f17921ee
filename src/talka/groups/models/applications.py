# SPDX-License-Identifier: EUPL-1.2
import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.accounts.models import User, new_secret
from talka.core import clock
from talka.directory.models import Area
from talka.groups.models.groups import Mandate, WorkingGroup
from talka.processes.models import Role


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications to join groups."""

    def visible_to(self, user: Any) -> "ApplicationQuerySet":
        """Keep those of processes that the person runs or keeps the register of, and of groups that the person leads."""
        if not user.is_authenticated:
            return self.none()
        kinds = (Role.Kind.COORDINATOR, Role.Kind.EDITOR, Role.Kind.CLERK)
        runs = Role.objects.active().filter(person__user=user, kind__in=kinds).values("process")
        return self.filter(Q(group__process__in=runs) | Q(group__in=WorkingGroup.objects.led_by(user).values("pk")))

    def waiting(self) -> "ApplicationQuerySet":
        """Keep those that are confirmed and wait to be decided on."""
        return self.filter(confirmed_at__isnull=False, decided_at__isnull=True, withdrawn_at__isnull=True)

    def settled(self) -> "ApplicationQuerySet":
        """Keep those that were decided on or withdrawn, the latest first."""
        ended = Q(decided_at__isnull=False) | Q(withdrawn_at__isnull=False)
        return self.filter(ended, confirmed_at__isnull=False).order_by("-decided_at", "-withdrawn_at", "-pk")


class Application(models.Model):
    """That somebody wants to work in a group: sent without an account and confirmed by mail, or entered by the clerk."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", pgettext_lazy("application", "address not confirmed yet")
        WAITING = "waiting", pgettext_lazy("application", "waits for an answer")
        ACCEPTED = "accepted", pgettext_lazy("application", "accepted")
        DECLINED = "declined", pgettext_lazy("application", "declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("application", "withdrawn")

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="applications")
    key = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    secret = models.CharField(max_length=64, unique=True, default=new_secret)
    name = models.CharField(pgettext_lazy("person", "Name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    represents = models.CharField(
        _("represents"), max_length=20, choices=Mandate.Represents, default=Mandate.Represents.RESIDENT
    )
    organization_name = models.CharField(_("organization"), max_length=300, blank=True)
    title = models.CharField(_("title of the office"), max_length=300, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("territory"))
    reason = models.TextField(_("why"), blank=True)
    name_public = models.BooleanField(_("the name may be published"), default=False)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="lv")
    received_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    accepted = models.BooleanField(null=True, blank=True)
    declined_because = models.CharField(_("why it is declined"), max_length=1000, blank=True)
    mandate = models.OneToOneField(
        Mandate, on_delete=models.SET_NULL, null=True, blank=True, related_name="application"
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "pk"]
        indexes = [models.Index(fields=["group", "received_at"], name="groups_application_received")]
        constraints = [
            models.UniqueConstraint(
                "group", Lower("email"), name="groups_application_one_waiting",
                condition=Q(decided_at__isnull=True, withdrawn_at__isnull=True) & ~Q(email=""),
            ),
            models.CheckConstraint(
                name="groups_application_decided_pair",
                condition=Q(decided_at__isnull=True, accepted__isnull=True)
                | Q(decided_at__isnull=False, accepted__isnull=False),
            ),
            models.CheckConstraint(
                name="groups_application_declined_says_why", condition=~Q(accepted=False) | ~Q(declined_because="")
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"application {self.pk}"

    @property
    def state(self) -> "Application.State":
        """Return the state that follows from what was done."""
        if self.accepted is not None:
            return self.State.ACCEPTED if self.accepted else self.State.DECLINED
        if self.withdrawn_at is not None:
            return self.State.WITHDRAWN
        return self.State.WAITING if self.confirmed_at is not None else self.State.UNCONFIRMED
