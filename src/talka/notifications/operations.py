# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app as queue

from talka.accounts.models import User
from talka.audit.models import key_of
from talka.audit.operations import erase_names, record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.notifications.letters import write_letter
from talka.notifications.models import Audience, Notification, Subscription


class LinkEnded(Refused):
    message = _("This link has been used already or is no longer valid.")


class NotTaken(Exception):
    """The mail server did not take a message; holds nothing personal, for it stands in the log."""


def _enqueue(notification: Notification) -> None:
    """Put a message into the queue, within this transaction."""
    queue.configure_task("talka.notifications.tasks.deliver_notification", queue="mail").defer(
        notification_id=notification.pk
    )


def _address(name: str, language: str, *parts: Any) -> str:
    with translation.override(language):
        return f"{settings.TALKA_URL}{reverse(name, args=parts)}"


@transaction.atomic
def send_letter(
    template: str,
    *,
    email: str,
    language: str,
    user: User | None = None,
    subscription: Subscription | None = None,
    **context: Any,
) -> Notification:
    """Write a letter now and put it into the queue; it leaves when this transaction is committed."""
    if subscription is not None:
        context["unsubscribe_url"] = _address("notifications:unfollow", language, subscription.secret)
    letter = write_letter(template, language=language, **context)
    notification = Notification.objects.create(
        template=template, user=user, subscription=subscription, email=email, language=language,
        subject=letter.subject, text=letter.text, html=letter.html,
    )  # fmt: skip
    _enqueue(notification)
    return notification


def notify(
    audience: Audience, template: str, *, may_read: Callable[[Any], bool], besides: str = "", **context: Any
) -> int:
    """Send a letter to everybody who follows and still ``may_read`` of it, except to the address ``besides``.

    ``may_read`` is asked for the account of a follower, and once for all who have none. Returns how many were written.
    """
    all_may = may_read(AnonymousUser())
    subscriptions = list(
        (
            audience.subscriptions.active().exclude(email__iexact=besides)
            if besides
            else audience.subscriptions.active()
        ).select_related("user")
    )
    subscriptions = [one for one in subscriptions if all_may or (one.user is not None and may_read(one.user))]
    for subscription in subscriptions:
        send_letter(
            template, email=subscription.email, language=subscription.language, user=subscription.user,
            subscription=subscription, **context,
        )  # fmt: skip
    return len(subscriptions)


@transaction.atomic
def follow(audience: Audience, *, email: str, language: str, by: Any, title: str) -> Subscription:
    """Follow something: at once with one's own confirmed address, else after a letter to the address is answered.

    Asking again sends the confirmation again and never tells whether the address follows already.
    """
    mine = by.is_authenticated and by.email.lower() == email.lower()
    subscription, _created = Subscription.objects.get_or_create(
        audience=audience, email=email.lower(), ended_at=None,
        defaults={"language": language, "user": by if mine else None},
    )  # fmt: skip
    if subscription.confirmed_at is None and mine:
        subscription.confirmed_at = clock.now()
        subscription.save(update_fields=["confirmed_at"])
    elif subscription.confirmed_at is None:
        send_letter(
            "notifications/confirm_following", email=subscription.email, language=language, title=title,
            confirm_url=_address("notifications:confirm_following", language, subscription.secret),
        )  # fmt: skip
    return subscription


@transaction.atomic
def confirm_following(subscription: Subscription) -> None:
    """Begin to send to an address whose owner opened the link in our letter."""
    if subscription.ended_at is not None:
        raise LinkEnded
    if subscription.confirmed_at is None:
        subscription.confirmed_at = clock.now()
        subscription.save(update_fields=["confirmed_at"])


@transaction.atomic
def unfollow(subscription: Subscription) -> None:
    """Stop sending; doing it twice changes nothing."""
    if subscription.ended_at is None:
        subscription.ended_at = clock.now()
        subscription.save(update_fields=["ended_at"])


def deliver(notification_id: int, *, last_try: bool) -> None:
    """Hand one message to the mail server and keep what became of it.

    Raises ``NotTaken`` so that the queue tries again. A message that is sent or given up is left
    alone, whatever the queue does. Codes and links that open an account are forgotten once sent.
    """
    with transaction.atomic():
        waiting = Notification.objects.select_for_update(of=("self",)).filter(state=Notification.State.QUEUED)
        notification = waiting.select_related("subscription").filter(pk=notification_id).first()
        if notification is None:
            return
        notification.attempts += 1
        failure = ""
        try:
            _hand_over(notification)
        except Exception as error:
            failure = type(error).__name__
            notification.last_error = f"{failure}: {error}"[:500]
            if last_try:
                notification.state = Notification.State.FAILED
        else:
            notification.state, notification.sent_at, notification.last_error = Notification.State.SENT, clock.now(), ""
            if notification.opens_account and not settings.DEMO:
                notification.text = notification.html = ""
        notification.save(update_fields=["attempts", "state", "sent_at", "last_error", "text", "html"])
    if failure and not last_try:
        raise NotTaken(failure)


def _hand_over(notification: Notification) -> None:
    headers = {"Auto-Submitted": "auto-generated", "Content-Language": notification.language}
    if notification.subscription is not None:
        url = _address("notifications:unfollow", notification.language, notification.subscription.secret)
        headers |= {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = EmailMultiAlternatives(
        notification.subject, notification.text, settings.DEFAULT_FROM_EMAIL, [notification.email], headers=headers
    )
    message.attach_alternative(notification.html, "text/html")
    message.send()


@transaction.atomic
def send_again(notification: Notification, *, by: User) -> None:
    """Put a message that could not be sent back into the queue."""
    authorize(by, "notifications.send_again", notification)
    if notification.state != Notification.State.FAILED:
        return
    notification.state, notification.attempts = Notification.State.QUEUED, 0
    notification.save(update_fields=["state", "attempts"])
    _enqueue(notification)
    record("notifications.send_again", notification, by=by)


def forget_old_letters() -> int:
    """Delete messages that were sent more than ``KEEP_LETTERS_DAYS`` ago, with the addresses in them; return how many."""
    old = Notification.objects.filter(sent_at__lt=clock.now() - timedelta(days=settings.KEEP_LETTERS_DAYS))
    return old.delete()[0]


def erase_letters_to(email: str) -> int:
    """Delete all letters to an address, sent or not; return how many. The caller writes the log."""
    return Notification.objects.filter(email__iexact=email).delete()[0]


def erase_letters_with(links: Sequence[str], *, sent_only: bool = False) -> int:
    """Delete the letters in which one of these parts of a link stands; return how many. The caller writes the log.

    With ``sent_only`` those that wait to be sent still go out.
    """
    letters = Notification.objects.filter(reduce(or_, (Q(text__contains=link) for link in links)))
    if sent_only:
        letters = letters.exclude(state=Notification.State.QUEUED)
    return letters.delete()[0]


def erase_subscriptions(subscriptions: QuerySet[Subscription]) -> int:
    """Delete subscriptions with the letters written for them; return how many there were. The caller writes the log."""
    number = len(subscriptions)
    subscriptions.delete()
    return number


@transaction.atomic
def erase_letter(notification: Notification, *, by: User, reason: str) -> None:
    """Delete the copy of one letter because the person asked; the log does not name the address or subject."""
    authorize(by, "notifications.erase_letter", notification)
    record("notifications.erase_letter", notification, by=by, reason=reason)
    erase_names(labels={key_of(notification): ""})
    notification.delete()
