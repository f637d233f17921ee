# SPDX-License-Identifier: EUPL-1.2
import re
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.models import key_of
from talka.audit.operations import erase_names, record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.jobs import put_off, put_off_many
from talka.core.permissions import authorize
from talka.notifications.letters import write_letter
from talka.notifications.models import Audience, Notification, Subscription
from talka.notifications.signals import letter_settled


class LinkEnded(Refused):
    message = _("This link has been used already or is no longer valid.")


class NotTaken(Exception):
    """The mail server did not take a message; holds nothing personal, for it stands in the log."""


_DELIVER = "talka.notifications.tasks.deliver_notification"


def _enqueue(notification: Notification) -> None:
    """Put a message into the queue, within this transaction."""
    put_off(_DELIVER, queue="mail", notification_id=notification.pk)


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
    calendar: str = "",
    reply_to: str = "",
    thread: str = "",
    answers: str = "",
    **context: Any,
) -> Notification:
    """Write a letter now and put it into the queue; it leaves when this transaction is committed.

    ``calendar`` is an entry for the reader's calendar (iCalendar), which is sent along.
    ``thread`` is what it is about, so that letters about one thing stand together and an answer finds it;
    ``answers`` is the Message-ID of the mail that it answers.
    """
    if subscription is not None:
        context["unsubscribe_url"] = _address("notifications:unfollow", language, subscription.secret)
    letter = write_letter(template, language=language, **context)
    notification = Notification.objects.create(
        template=template, user=user, subscription=subscription, email=email, language=language,
        subject=letter.subject, text=letter.text, html=letter.html, calendar=calendar, message_id=new_message_id(), reply_to=reply_to,
        thread=thread, earlier_ids=answers or _earlier_ids(thread, email),
    )  # fmt: skip
    _enqueue(notification)
    return notification


@dataclass(frozen=True)
class Addressed:
    """One of many letters from one template: to whom, in which language, what it is about, what its template is filled with."""

    email: str
    language: str
    context: Mapping[str, Any]
    user: User | None = None
    reply_to: str = ""
    thread: str = ""
    calendar: str = ""


@transaction.atomic
def send_letters(template: str, letters: Sequence[Addressed]) -> list[Notification]:
    """Write many letters from one template and put them into the queue, in as many queries as for one."""
    first = _first_letters({one.thread for one in letters if one.thread})
    notifications = []
    for one in letters:
        letter = write_letter(template, language=one.language, **one.context)
        notifications.append(
            Notification(
                template=template, user=one.user, email=one.email, language=one.language, subject=letter.subject,
                text=letter.text, html=letter.html, message_id=new_message_id(), reply_to=one.reply_to, thread=one.thread,
                earlier_ids=first.get((one.thread, one.email), ""), calendar=one.calendar,
            )
        )  # fmt: skip
    Notification.objects.bulk_create(notifications)
    put_off_many(_DELIVER, [{"notification_id": one.pk} for one in notifications], queue="mail")
    return notifications


def _first_letters(threads: Collection[str]) -> dict[tuple[str, str], str]:
    """Return, by thread and address, the Message-IDs that the next letter continues."""
    if not threads:
        return {}
    known = Notification.objects.filter(thread__in=threads).exclude(message_id="").order_by("-pk")
    rows = known.values_list("thread", "email", "earlier_ids", "message_id")
    return {(thread, email): f"{earlier} {own}".strip() for thread, email, earlier, own in rows}


def own_domain() -> str:
    """Return the host of this site, which stands at the end of every Message-ID that it makes."""
    return urlsplit(settings.TALKA_URL).hostname or "localhost"


def new_message_id() -> str:
    """Make a Message-ID that nobody can guess, so that whoever names it has read the letter."""
    return f"<{secrets.token_urlsafe(24)}@{own_domain()}>"


def _earlier_ids(thread: str, email: str) -> str:
    """Return the Message-IDs of the first letter about the same thing to the same address."""
    if not thread:
        return ""
    first = Notification.objects.filter(thread=thread, email=email).exclude(message_id="").order_by("pk").first()
    return f"{first.earlier_ids} {first.message_id}".strip() if first is not None else ""


def readers(
    audience: Audience, *, may_read: Callable[[Any], bool], besides: Collection[str] = ()
) -> list[Subscription]:
    """Return who follows and still ``may_read`` of it, except those whose address is among ``besides`` (in small letters).

    ``may_read`` is asked for the account of a follower, and once for all who have none.
    """
    all_may = may_read(AnonymousUser())
    return [
        one
        for one in audience.subscriptions.active().select_related("user")
        if one.email.lower() not in besides and (all_may or (one.user is not None and may_read(one.user)))
    ]


def notify(
    audience: Audience, template: str, *, may_read: Callable[[Any], bool], besides: str = "", **context: Any
) -> int:
    """Send a letter to all ``readers`` except the address ``besides``; return how many were written."""
    subscriptions = readers(audience, may_read=may_read, besides={besides.lower()})
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
        if notification.state != Notification.State.QUEUED:
            letter_settled.send(Notification, notification=notification)
    if failure and not last_try:
        raise NotTaken(failure)


def _hand_over(notification: Notification) -> None:
    headers = {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "X-Loop": own_domain(),
        "Content-Language": notification.language,
    }
    if notification.message_id:
        headers["Message-ID"] = notification.message_id
    if notification.earlier_ids:
        headers |= {"In-Reply-To": notification.earlier_ids.split()[-1], "References": notification.earlier_ids}
    if settings.TALKA_MAIL_RETURN:
        headers["From"] = settings.DEFAULT_FROM_EMAIL
    if notification.subscription is not None:
        url = _address("notifications:unfollow", notification.language, notification.subscription.secret)
        headers |= {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = EmailMultiAlternatives(
        notification.subject,
        notification.text,
        settings.TALKA_MAIL_RETURN or settings.DEFAULT_FROM_EMAIL,
        [notification.email],
        headers=headers,
        reply_to=[notification.reply_to] if notification.reply_to else None,
    )
    message.attach_alternative(notification.html, "text/html")
    if notification.calendar:
        _attach_calendar(message, notification.calendar)
    message.send()


def _attach_calendar(message: EmailMultiAlternatives, calendar: str) -> None:
    """Attach an entry; what asks for an answer also stands among the alternatives, where mail programs look (RFC 6047)."""
    found = re.search(r"^METHOD:(\w+)", calendar, re.MULTILINE)
    method = found[1] if found else "PUBLISH"
    if "\nATTENDEE" not in calendar:
        message.attach("talka.ics", calendar, f"text/calendar; method={method}")
        return
    message.attach_alternative(calendar, f"text/calendar; method={method}")
    message.attach("invite.ics", calendar.encode(), "application/ics")


@transaction.atomic
def record_return(message_ids: Sequence[str], *, because: str) -> Notification | None:
    """Record that a letter came back, by the Message-IDs that the mail about it names; return the letter, if it was ours."""
    letters = Notification.objects.select_for_update(of=("self",)).filter(message_id__in=[i for i in message_ids if i])
    letter = letters.order_by("pk").first()
    if letter is not None and letter.returned_at is None:
        letter.returned_at, letter.returned_because = clock.now(), because[:300]
        letter.save(update_fields=["returned_at", "returned_because"])
    return letter


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


def erase_letters_about(thread: str, *, to: str) -> int:
    """Delete the letters about one thing to an address, sent or not; return how many. The caller writes the log."""
    return Notification.objects.filter(thread=thread, email__iexact=to).exclude(email="").delete()[0]


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
