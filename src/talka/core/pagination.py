# SPDX-License-Identifier: EUPL-1.2
"""Pages of the API: ``limit`` and ``offset``, within what the database can count."""

from ninja import Field
from ninja.pagination import LimitOffsetPagination

FURTHEST = 1_000_000_000


class Pages(LimitOffsetPagination):
    """Rows from ``offset`` on, at most ``limit``."""

    class Input(LimitOffsetPagination.Input):
        """What an address may ask for."""

        offset: int = Field(0, ge=0, le=FURTHEST)
