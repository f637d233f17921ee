# SPDX-License-Identifier: EUPL-1.2
"""The calendar of everything, as a page and as feeds."""

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from talka.appointments.feeds import known_until
from talka.appointments.feeds import public_events as public_receptions
from talka.appointments.models import Reception, ReceptionQuerySet
from talka.appointments.queries import feed_version as receptions_version
from talka.appointments.queries import moved_version, with_next
from talka.core import clock
from talka.core.feeds import calendar_feed
from talka.core.keeping import kept_for_visitors
from talka.core.lists import page_of
from talka.core.reading import language
from talka.meetings.feeds import public_events
from talka.meetings.models import Meeting, MeetingQuerySet
from talka.meetings.queries.calendar import feed_version
from talka.portal.queries import calendar as queries
from talka.processes.models import Process

EVERYBODY = AnonymousUser()
"""Calendar programs do not sign in: feeds hold what everybody may see."""

PAGE = 50


def _addresses_of_feed(request: HttpRequest, chosen: queries.Chosen) -> dict[str, str]:
    """Return the address of the feed of exactly this filter, for programs and for telephones."""
    path = reverse("portal:all_feed")
    address = request.build_absolute_uri(f"{path}?{urlencode(chosen.chosen)}" if chosen.chosen else path)
    return {"address": address, "webcal": f"webcal://{address.partition('://')[2]}"}


def _month_grid(meetings: MeetingQuerySet, receptions: ReceptionQuerySet, first: date) -> dict[str, Any]:
    month = queries.month_of(meetings, receptions, first)
    return {
        "grid": month,
        "month_name": month.name(language()),
        "weeks": month.weeks(),
        "weekdays": month.weeks()[0],
        "earlier": first - relativedelta(months=1),
        "later": month.end,
        "number": len(month.meetings),
        "received": len(month.occurrences),
    }


def _month_list(meetings: MeetingQuerySet, receptions: ReceptionQuerySet, first: date) -> dict[str, Any]:
    month = queries.month_of(meetings, receptions, first)
    earlier, later = queries.months_to_go(month, meetings, receptions)
    return {
        "months": [(month.name(language()), month.lines())],
        "month_name": month.name(language()),
        "earlier": earlier,
        "later": later,
        "number": len(month.meetings),
        "received": len(month.occurrences),
    }


def _coming_list(request: HttpRequest, meetings: MeetingQuerySet, receptions: ReceptionQuerySet) -> dict[str, Any]:
    page = page_of(request, meetings.upcoming().for_lists(), size=PAGE)
    regular = with_next(receptions.going_on().for_pages()) if page.number == 1 else []
    return {
        "page": page,
        "months": [(month.name(language()), month.lines()) for month in queries.by_month(page)],
        "earlier": queries.last_month_with_meetings(meetings),
        "undated": list(meetings.undated().for_lists()[:PAGE]) if page.number == 1 else [],
        "number": page.paginator.count,
        "receptions": regular,
        "received": len(regular),
    }


@require_safe
@kept_for_visitors
def show_calendar(request: HttpRequest) -> HttpResponse:
    """Show what is ahead, or a month: as a list or as a sheet of days; narrowed by a filter."""
    chosen = queries.Chosen.of(request.GET)
    meetings, receptions = chosen.meetings(request.user), chosen.receptions(request.user)
    as_grid = request.GET.get("view") == "month"
    first = queries.parse_month(request.GET.get("month", ""))
    if as_grid:
        shown = _month_grid(meetings, receptions, first or clock.today().replace(day=1))
    else:
        shown = _month_list(meetings, receptions, first) if first else _coming_list(request, meetings, receptions)
    return render(
        request,
        "portal/show_calendar.html",
        {
            **shown,
            "chosen": chosen,
            "choices": queries.calendar_choices(request.user, chosen),
            "kinds": Process.Kind.choices,
            "whats": queries.What.choices,
            "as_grid": as_grid,
            "asked_month": request.GET.get("month", "") if first else "",
            "feed": _addresses_of_feed(request, chosen),
            "today": clock.today(),
        },
    )


def _feed(request: HttpRequest, meetings: MeetingQuerySet, receptions: ReceptionQuerySet, name: str) -> HttpResponse:
    meetings, receptions = meetings.dated(), receptions.exclude(rule="")
    absolute = request.build_absolute_uri
    return calendar_feed(
        request,
        name,
        feed_version(meetings),
        receptions_version(receptions),
        moved_version(),
        events=lambda: [
            *public_events(meetings, absolute=absolute),
            *public_receptions(receptions, absolute=absolute),
        ],
        of=known_until(),
    )


@require_safe
def all_feed(request: HttpRequest) -> HttpResponse:
    """What takes place in all processes, or what the filter in the address keeps of it."""
    chosen = queries.Chosen.of(request.GET)
    what = chosen.what if chosen.what in queries.What.values else ""
    name = str(queries.What(what).label) if what else gettext("Calendar")
    return _feed(request, chosen.meetings(EVERYBODY), chosen.receptions(EVERYBODY), name)


@require_safe
def process_feed(request: HttpRequest, process_slug: str) -> HttpResponse:
    """The meetings and reception hours of a process."""
    process = get_object_or_404(Process.objects.visible_to(EVERYBODY), slug=process_slug)
    meetings = Meeting.objects.visible_to(EVERYBODY).filter(process=process)
    receptions = Reception.objects.visible_to(EVERYBODY).filter(process=process)
    return _feed(request, meetings, receptions, process.title)
