# SPDX-License-Identifier: EUPL-1.2
"""Letters to owners of actions: what each is filled with. Reads, and writes nothing."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from talka.accounts.models import User
from talka.accounts.reminders import stop_url
from talka.core import clock
from talka.directory.models import Person
from talka.notifications.operations import Addressed
from talka.plans.models import NodeVersion, UpdateRequest
from talka.plans.queries.owing import address_of, goes_on, indicators_owed, is_owed, with_last_word, works_of
from talka.plans.reply_address import reply_address


def thread_of(request: UpdateRequest) -> str:
    """Return what the letters of one request are about, by which an answer finds it."""
    return f"{UpdateRequest._meta.label_lower}:{request.pk}"


def language_of(person: Person, default: str) -> str:
    """Return the language in which a person is written to."""
    return person.user.language if person.user is not None and person.user.is_active else default


def link_of(request: UpdateRequest, language: str) -> str:
    """Return the address of the form that the secret of a request opens."""
    with translation.override(language):
        return f"{settings.TALKA_URL}{reverse('plans:answer_round', args=[request.secret])}"


def _by_owner(requests: Sequence[UpdateRequest], condition: Any) -> dict[int, list[NodeVersion]]:
    works = works_of(requests[0].round.plan).filter(condition, node__owner__in=[one.person_id for one in requests])
    found: dict[int, list[NodeVersion]] = {}
    for version in with_last_word(works):
        if version.node.owner_id is not None:
            found.setdefault(version.node.owner_id, []).append(version)
    return found


def _addressed(request: UpdateRequest, reply_to: str, **context: Any) -> Addressed:
    plan, person = request.round.plan, request.person
    language = language_of(person, plan.process.language)
    user = person.user if person.user is not None and person.user.is_active else None
    context |= {"plan": plan, "round": request.round, "replies": bool(reply_to), "form_url": link_of(request, language)}
    return Addressed(
        address_of(person), language, context, user=user, reply_to=reply_to, thread=thread_of(request)
    )  # fmt: skip


def asking(requests: Sequence[UpdateRequest]) -> list[Addressed]:
    """Return the first letters of some requests of one round, each with all that its person answers for and has not ended."""
    plan = requests[0].round.plan
    versions = _by_owner(requests, goes_on())
    indicators = indicators_owed(plan, [one.person_id for one in requests])
    reply_to = reply_address(plan.process)
    return [
        _addressed(
            one, reply_to, versions=versions.get(one.person_id, []), indicators=indicators.get(one.person_id, [])
        )
        for one in requests
    ]


def reminding(requests: Sequence[UpdateRequest], *, sent_by: User | None) -> list[Addressed]:
    """Return the reminders to some requests of one round, each with what its person owes still."""
    update_round = requests[0].round
    versions = _by_owner(requests, is_owed(update_round.plan, update_round))
    reply_to = reply_address(update_round.plan.process)
    late = update_round.due_on < clock.today()
    return [
        _addressed(
            one, reply_to, versions=versions.get(one.person_id, []), late=late, sent_by=sent_by,
            stop_url=stop_url(one.person.user) if sent_by is None and one.person.user is not None else "",
        )
        for one in requests
    ]  # fmt: skip
