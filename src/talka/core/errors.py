# SPDX-License-Identifier: EUPL-1.2
"""Why not: the refusals of a process, each with a sentence for the person."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """The process says no, though this person may: too late, too early, already done.

    Subclasses set ``message``, a translated sentence which may hold ``%(name)s`` places filled
    from the keyword arguments. A page shows it with status 409; so does the API, with ``code``.
    """

    message: str | Promise = _("This cannot be done now.")

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.code)

    @property
    def code(self) -> str:
        """The name of the refusal in snake case, for programs."""
        name = type(self).__name__
        return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")

    def __str__(self) -> str:
        return str(self.message) % self.facts if self.facts else str(self.message)


class Changed(Refused):
    """Somebody else saved the same thing between reading and writing."""

    message = _(
        "Somebody else changed this while you were writing. Your text is kept below; read theirs and save again."
    )
