# SPDX-License-Identifier: EUPL-1.2
"""To which address people may reply to letters of a process: declared by the app above that reads mail."""

from collections.abc import Callable

from talka.processes.models import Process

Finder = Callable[[Process], str]
"""Given a process, return the address of its mailbox that is read, or an empty text."""

_finders: list[Finder] = []


def declare(finder: Finder) -> None:
    """Declare, when the site starts, how the address is found."""
    if finder not in _finders:
        _finders.append(finder)


def reply_address(process: Process) -> str:
    """Return the address at which a reply is read, or an empty text where nobody reads any."""
    return next((address for finder in _finders if (address := finder(process))), "")
