# SPDX-License-Identifier: EUPL-1.2
"""Times of polls and what their answers come to, in the words of the language that is read now."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talka.core import clock, dates
from talka.core.reading import language
from talka.scheduling.queries.polls import Results


def span_words(starts_at: datetime, ends_at: datetime) -> str:
    """Write a time as the answer to “when?”: ``trešdien, 12. februārī plkst. 15.00–17.00``."""
    first, last = timezone.localtime(starts_at), timezone.localtime(ends_at)
    day = dates.day_and_weekday(first.date(), language(), today=clock.today())
    at = " plkst. " if language() == "lv" else ", "
    return f"{day}{at}{dates.hours(first, last, language())}"


def best_words(results: Results) -> str:
    """Say which time suits most, and how many that is; empty while nobody can come."""
    best = results.best
    if not best:
        return ""
    first = best[0]
    can = first.yes + first.if_need_be
    many = ngettext("%(number)d can come", "%(number)d can come", can) % {"number": can}
    if first.if_need_be:
        many += " " + ngettext("(%(number)d of them if need be)", "(%(number)d of them if need be)", first.if_need_be) % {
            "number": first.if_need_be
        }  # fmt: skip
    times = [span_words(row.option.starts_at, row.option.ends_at) for row in best]
    if len(times) == 1:
        return _("Most can come %(when)s: %(many)s.") % {"when": times[0], "many": many}
    return _("These times suit equally well: %(times)s. At each of them %(many)s.") % {
        "times": "; ".join(times), "many": many,
    }  # fmt: skip
