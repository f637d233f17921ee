# SPDX-License-Identifier: EUPL-1.2
"""People and organizations that are not in the directory yet, as they are typed while giving them a part."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NewPerson:
    """Somebody to be entered; ``invite`` sends a letter with which they sign in for the first time."""

    name: str
    email: str = ""
    invite: bool = False


@dataclass(frozen=True)
class NewOrganization:
    """An organization to be entered, with its kind."""

    name: str
    classification: str
