# SPDX-License-Identifier: EUPL-1.2
"""The language in which the page or letter being made is read."""

from django.utils.translation import get_language


def language() -> str:
    """Return the language that is read now, one of those that dates can be written in."""
    return "en" if (get_language() or "lv").startswith("en") else "lv"
