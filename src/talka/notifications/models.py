# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User, new_secret
from talka.core import clock


class Audience(models.Model):
    """Whoever follows one thing. The thing points here, so this knows nothing of things."""

    def __str__(self) -> str:
        return f"audience {self.pk}"


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Addresses that follow something."""

    def active(self) -> "SubscriptionQuerySet":
        """Keep those that were confirmed and not ended."""
        return self.filter(confirmed_at__isnull=False, ended_at__isnull=True)

    def of(self, user: Any) -> "SubscriptionQuerySet":
        """Keep those of one person, also those begun before the person had an account with this address."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(models.Q(user=user) | models.Q(email__iexact=user.email))


class Subscription(models.Model):
    """One address that follows one thing, once its owner has confirmed it."""

    audience = models.ForeignKey(Audience, on_delete=models.CASCADE, related_name="subscriptions")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="subscriptions")
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="lv")
    secret = models.CharField(max_length=64, unique=True, default=new_secret)
    created_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "audience",
                Lower("email"),
                name="notifications_subscription_once",
                condition=models.Q(ended_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Messages to people and what became of them."""

    def failed(self) -> "NotificationQuerySet":
        """Keep those that could not be sent and are not tried again by themselves."""
        return self.filter(state=Notification.State.FAILED)

    def returned(self) -> "NotificationQuerySet":
        """Keep those that a mail server took and another one sent back."""
        return self.filter(returned_at__isnull=False)

    def visible_to(self, user: Any) -> "NotificationQuerySet":
        """Keep all for the administrators of the installation and, in the demo, for everybody signed in; else none."""
        if user.is_authenticated and (user.is_superuser or settings.DEMO):
            return self
        return self.none()


class Notification(models.Model):
    """One message to one address: written with its operation, sent by the queue, kept with its fate."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not sent")

    template = models.CharField(max_length=100)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="notifications")
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, null=True, blank=True)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    calendar = models.TextField(blank=True, help_text="an entry for the reader's calendar (iCalendar), sent along")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=200, blank=True, help_text="by which an answer names it (RFC 5322)")
    earlier_ids = models.TextField(blank=True, help_text="those of the messages that this one continues, oldest first")
    reply_to = models.EmailField(max_length=254, blank=True)
    thread = models.CharField(max_length=100, blank=True, help_text="what it is about, such as proposals.proposal:31")
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_because = models.CharField(max_length=300, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "-created_at"], name="notifications_state_created"),
            models.Index(fields=["thread", "email"], name="notifications_thread", condition=~models.Q(thread="")),
            models.Index(
                fields=["-returned_at"], name="notifications_returned", condition=models.Q(returned_at__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["message_id"], name="notifications_message_id_once", condition=~models.Q(message_id="")
            ),
            models.CheckConstraint(
                name="notifications_notification_sent_pair",
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def opens_account(self) -> bool:
        """Say whether the text holds a code or link by which somebody signs in, so that nobody else may read or keep it."""
        return self.template.startswith("accounts/")
