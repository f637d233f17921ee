# SPDX-License-Identifier: EUPL-1.2
"""How often a series meets, in words: “katra mēneša otrajā otrdienā”; other rules are shown as they are written."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talka.core.dates import short_date
from talka.core.reading import language
from talka.core.recurrence.rules import BadRule, Rule

_LATVIAN = ("pirmdienā", "otrdienā", "trešdienā", "ceturtdienā", "piektdienā", "sestdienā", "svētdienā")
_ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LATVIAN_PLACES = {
    1: "pirmajā",
    2: "otrajā",
    3: "trešajā",
    4: "ceturtajā",
    5: "piektajā",
    -1: "pēdējā",
    -2: "priekšpēdējā",
}
_ENGLISH_PLACES = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last", -2: "second last"}


def rule_words(text: str) -> str:
    """Write a rule in the language that is read now.

    >>> from django.utils import translation
    >>> with translation.override("lv"):
    ...     rule_words("FREQ=MONTHLY;BYDAY=1TU,3TU"), rule_words("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    ('katra mēneša pirmajā otrdienā un trešajā otrdienā', 'ik pēc 2 nedēļām otrdienā')
    """
    try:
        rule = Rule.read(text)
    except BadRule:
        return text
    words = _often(rule)
    if words is None:
        return text
    if rule.count is not None:
        words += ", " + ngettext("%(number)d time", "%(number)d times", rule.count) % {"number": rule.count}
    elif rule.until is not None:
        words += ", " + _("until %(day)s") % {"day": short_date(rule.until, language())}
    return words


def _often(rule: Rule) -> str | None:
    """Return the words without the end; nothing for a rule that has more in it than words are kept for."""
    rest = (
        rule.by_month,
        rule.by_week_no,
        rule.by_year_day,
        rule.by_hour,
        rule.by_minute,
        rule.by_second,
        rule.by_set_pos,
    )
    if any(rest):
        return None
    if rule.freq == "WEEKLY" and not rule.by_month_day and all(place == 0 for place, _day in rule.by_day):
        often = _("every week") if rule.interval == 1 else _("every %(number)d weeks") % {"number": rule.interval}
        return f"{often} {_days(rule)}".strip()
    if rule.freq == "MONTHLY" and rule.by_day and not rule.by_month_day and all(place for place, _day in rule.by_day):
        if any(place not in _LATVIAN_PLACES for place, _day in rule.by_day):
            return None
        often = (
            _("of every month") if rule.interval == 1 else _("of every %(number)d months") % {"number": rule.interval}
        )
        return f"{often} {_days(rule)}" if language() == "lv" else f"{_days(rule)} {often}"
    return None


def _days(rule: Rule) -> str:
    names, places = (_LATVIAN, _LATVIAN_PLACES) if language() == "lv" else (_ENGLISH, _ENGLISH_PLACES)
    days = [f"{places[place]} {names[day]}" if place else names[day] for place, day in rule.by_day]
    joint = " un " if language() == "lv" else " and "
    written = joint.join([", ".join(days[:-1]), days[-1]]) if len(days) > 1 else "".join(days)
    return (
        written
        if language() == "lv" or not days
        else (f"on {written}" if not rule.by_day[0][0] else f"on the {written}")
    )
