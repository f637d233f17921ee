# SPDX-License-Identifier: EUPL-1.2
"""How a published answer reaches whoever asked."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.accounts.models import User
from talka.core import clock
from talka.notifications.models import Notification
from talka.processes.models import Role
from talka.proposals.models.answers import ReplyVersion
from talka.proposals.models.authors import Author


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries by what is still to be done."""

    def visible_to(self, user: Any) -> "DeliveryQuerySet":
        """Keep those of the processes whose register the person keeps; they hold names and addresses."""
        if not user.is_authenticated:
            return self.none()
        kept = Role.objects.active().filter(person__user=user, kind__in=[Role.Kind.COORDINATOR, Role.Kind.CLERK])
        return self.filter(author__proposal__process__in=kept.values("process"))

    def standing(self) -> "DeliveryQuerySet":
        """Keep those that no other way has taken the place of, of the answer as it stands now."""
        later = ReplyVersion.objects.filter(
            reply=OuterRef("version__reply"), number__gt=OuterRef("version__number"), taken_back_at__isnull=True
        )
        return self.filter(~Exists(later), replaced_by__isnull=True, version__taken_back_at__isnull=True)

    def waiting(self) -> "DeliveryQuerySet":
        """Keep those that have neither happened nor failed."""
        return self.standing().filter(done_at__isnull=True, failed_at__isnull=True)

    def to_print(self) -> "DeliveryQuerySet":
        """Keep the letters that have not been sent."""
        return self.waiting().filter(way=Delivery.Way.POST)

    def to_call(self) -> "DeliveryQuerySet":
        """Keep the calls that have not been made."""
        return self.waiting().filter(way=Delivery.Way.PHONE)

    def to_settle(self) -> "DeliveryQuerySet":
        """Keep those that need another way: a mail that came back, a letter without an address."""
        return self.standing().filter(failed_at__isnull=False)

    def to_do(self) -> "DeliveryQuerySet":
        """Keep all for which somebody must do something."""
        by_hand = Q(done_at__isnull=True, failed_at__isnull=True, way__in=(Delivery.Way.POST, Delivery.Way.PHONE))
        return self.standing().filter(by_hand | Q(failed_at__isnull=False))

    def on_their_way(self) -> "DeliveryQuerySet":
        """Keep the mails that have not left, or wait until an address is confirmed."""
        return self.waiting().filter(way=Delivery.Way.EMAIL)


class Delivery(models.Model):
    """A published answer on its way to one author. Whether it is to do, done or failed follows from its moments."""

    class Way(models.TextChoices):
        EMAIL = "email", pgettext_lazy("way of answering", "by e-mail")
        POST = "post", pgettext_lazy("way of answering", "by letter")
        PHONE = "phone", pgettext_lazy("way of answering", "by telephone")
        NOT_WANTED = "none", pgettext_lazy("way of answering", "no answer wanted")
        UNKNOWN = "unknown", pgettext_lazy("way of answering", "no way known")

    version = models.ForeignKey(ReplyVersion, on_delete=models.CASCADE, related_name="deliveries")
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="deliveries")
    way = models.CharField(_("how to answer"), max_length=10, choices=Way)
    instead_of = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replaced_by"
    )
    created_at = models.DateTimeField(default=clock.now)
    letter = models.ForeignKey(Notification, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    printed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    failed_at = models.DateTimeField(null=True, blank=True)
    failed_because = models.CharField(max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "author"], name="proposals_delivery_once", condition=Q(instead_of__isnull=True)
            ),
            models.CheckConstraint(
                name="proposals_delivery_done_or_failed", condition=Q(done_at__isnull=True) | Q(failed_at__isnull=True)
            ),
        ]
        indexes = [
            models.Index(
                fields=["way", "created_at"],
                name="proposals_delivery_waiting",
                condition=Q(done_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"

    @property
    def awaits_confirmation(self) -> bool:
        """Say whether the mail waits until the author has confirmed the address."""
        return self.way == self.Way.EMAIL and self.letter_id is None and self.done_at is None and not self.failed_at
