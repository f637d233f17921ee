# SPDX-License-Identifier: EUPL-1.2
"""Who may: one function ``can_<verb>(user, obj)`` in the app's ``permissions`` for each verb.

``user.has_perm("proposals.withdraw_proposal", proposal)``, the template tag ``can`` and
``authorize`` all ask that function. Dates and states are not asked here: see ``core.errors``.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied

Answer = TypeVar("Answer")


class UnknownVerb(LookupError):
    """Somebody asked for a permission that no app defines: a mistake in the code."""


@cache
def _rule(verb: str) -> Callable[[Any, Any], bool]:
    app, _, name = verb.partition(".")
    try:
        module = import_module(f"talka.{app}.permissions")
        rule: Callable[[Any, Any], bool] = getattr(module, f"can_{name}")
    except (ImportError, AttributeError) as error:
        raise UnknownVerb(verb) from error
    return rule


def is_allowed(user: Any, verb: str, obj: Any = None) -> bool:
    """Say whether this actor may do ``app.verb`` to this object; raise ``UnknownVerb`` for a verb nobody defined."""
    return bool(_rule(verb)(user, obj))


def keep_while_reading(user: Any) -> None:
    """Let what is asked about a person be answered once in a request that only reads; to be called where such a request begins."""
    user.kept_answers = {}


def kept(user: Any, question: str, find: Callable[[], Answer]) -> Answer:
    """Return the answer to a question about a person: the one found before in this request where it only reads, else a new one."""
    answers: dict[str, Any] | None = getattr(user, "kept_answers", None)
    if answers is None:
        return find()
    if question not in answers:
        answers[question] = find()
    found: Answer = answers[question]
    return found


def authorize(by: Any, verb: str, obj: Any = None) -> None:
    """Let the operation go on only if ``by`` may do it; raise ``PermissionDenied`` otherwise."""
    if not is_allowed(by, verb, obj):
        raise PermissionDenied(verb)


def verb_label(verb: str) -> str:
    """Return what the verb means in the person's language, as the audit log says it."""
    app, _, name = verb.partition(".")
    try:
        labels = import_module(f"talka.{app}.permissions").VERBS
        return str(labels[name])
    except (ImportError, AttributeError, KeyError) as error:
        raise UnknownVerb(verb) from error


class VerbBackend:
    """Django's ``has_perm`` answered by the apps' own functions; it signs nobody in."""

    def authenticate(self, request: Any) -> None:
        """Sign nobody in."""

    def get_user(self, user_id: Any) -> None:
        """Find nobody."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Ask ``can_<verb>`` of the app that the permission names."""
        return is_allowed(user_obj, perm, obj)
