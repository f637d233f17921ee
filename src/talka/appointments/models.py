# SPDX-License-Identifier: EUPL-1.2
import uuid
from datetime import date, timedelta
from typing import Any

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, Func, Q, Value
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.accounts.models import User, new_secret
from talka.appointments.slots import Hours, read_rule
from talka.core import clock
from talka.directory.models import Person, Place, Staff, term_check
from talka.processes.models import Process, Role
from talka.proposals.models import MovedDay, Proposal

KEEPERS = (Role.Kind.COORDINATOR, Role.Kind.CLERK)
"""The roles that see who comes to the reception hours of a process."""


class ReceptionQuerySet(models.QuerySet["Reception"]):
    """Reception hours that a person may see."""

    def visible_to(self, user: Any) -> "ReceptionQuerySet":
        """Keep those of visible processes."""
        return self.filter(process__in=Process.objects.visible_to(user))

    def kept_by(self, user: Any) -> "ReceptionQuerySet":
        """Keep those whose visitors the person sees: of processes they coordinate or keep, and those they hold themselves
        for as long as they work for an organization in Talka or have a role in the process."""
        if not user.is_authenticated:
            return self.none()
        roles = Role.objects.active().filter(person__user=user)
        works = Exists(Staff.objects.active().filter(person__user=user))
        holds = Q(specialist__user=user) & (Q(works) | Q(process__in=roles.values("process")))
        return self.filter(Q(process__in=roles.filter(kind__in=KEEPERS).values("process")) | holds)

    def going_on(self) -> "ReceptionQuerySet":
        """Keep those that have not ended, of processes that have not been closed."""
        ended = Q(ends_on__lt=clock.today())
        return self.exclude(ended).filter(process__closed_at__isnull=True)

    def for_pages(self) -> "ReceptionQuerySet":
        """Load with them what pages and calendars show: process, place, specialist, single days, moved working days."""
        moved = MovedDay.objects.order_by("day").values(json=JSONObject(day="day", is_working="is_working"))
        return (
            self.select_related("process__owner", "place", "specialist")
            .prefetch_related("special_days")
            .annotate(moved_days=ArraySubquery(moved))
        )


@pghistory.track()
class Reception(models.Model):
    """Hours at which somebody of the municipality receives whoever comes. Its last day belongs to it."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="receptions")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    about = models.TextField(_("what one can talk about"), blank=True)
    specialist = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who receives")
    )
    specialist_note = models.CharField(_("who receives, in words"), max_length=300, blank=True)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="receptions", verbose_name=_("place")
    )
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    remote_url = models.URLField(_("link to join remotely"), max_length=500, blank=True)
    help_note = models.TextField(_("how to ask for help with coming or hearing"), blank=True)
    rule = models.CharField(max_length=200, blank=True, help_text="RFC 5545 RRULE of a week; empty: not known")
    time_note = models.CharField(_("when, in words"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    opens = models.TimeField(_("opens"), null=True, blank=True)
    closes = models.TimeField(_("closes"), null=True, blank=True)
    break_from = models.TimeField(_("break from"), null=True, blank=True)
    break_until = models.TimeField(_("break until"), null=True, blank=True)
    slot_minutes = models.PositiveSmallIntegerField(_("minutes for one visitor"), default=20)
    seats = models.PositiveSmallIntegerField(_("visitors at the same time"), default=1)
    bookable = models.BooleanField(_("a time can be booked"), default=True)
    open_days = models.PositiveSmallIntegerField(_("booking opens, days ahead"), default=28)
    close_hours = models.PositiveSmallIntegerField(_("booking closes, hours ahead"), default=2)
    walk_ins = models.BooleanField(_("one may come without booking"), default=True)
    sequence = models.PositiveIntegerField(default=0, help_text="RFC 5545 SEQUENCE")
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    objects = ReceptionQuerySet.as_manager()

    class Meta:
        ordering = ["opens", "pk"]
        constraints = [
            term_check("appointments_reception_term"),
            models.CheckConstraint(
                name="appointments_reception_says_when",
                condition=Q(rule="", time_note__gt="")
                | Q(rule__gt="", starts_on__isnull=False, opens__isnull=False, closes__gt=F("opens")),
            ),
            models.CheckConstraint(
                name="appointments_reception_break_inside",
                condition=Q(break_from__isnull=True, break_until__isnull=True)
                | Q(break_from__gt=F("opens"), break_until__gt=F("break_from"), break_until__lt=F("closes")),
            ),
            models.CheckConstraint(
                name="appointments_reception_has_room", condition=Q(slot_minutes__gte=5, seats__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def weekdays(self) -> list[int]:
        """The weekdays of its rule; Monday is 0."""
        return read_rule(self.rule)[0]

    @property
    def every(self) -> int:
        """Of which weeks: 1 for each, 2 for every second one."""
        return read_rule(self.rule)[1]

    @property
    def hours(self) -> Hours | None:
        """Its usual hours; nothing where they are known in words only."""
        if not self.rule or self.opens is None or self.closes is None:
            return None
        return Hours(self.opens, self.closes, self.break_from, self.break_until)

    @property
    def slot_length(self) -> timedelta:
        """How long one visitor has."""
        return timedelta(minutes=self.slot_minutes)

    @property
    def moved(self) -> dict[date, bool]:
        """The days that were moved for all offices, and whether they are worked on, as loaded by ``for_pages``."""
        return {date.fromisoformat(one["day"]): one["is_working"] for one in getattr(self, "moved_days", ())}

    @property
    def last_day(self) -> date | None:
        """The last day on which it can be held: its own, or the one on which the process was closed."""
        closed_at = self.process.closed_at
        days = [day for day in (self.ends_on, timezone.localdate(closed_at) if closed_at else None) if day]
        return min(days, default=None)

    @property
    def has_ended(self) -> bool:
        """Say whether nobody is received any more."""
        last = self.last_day
        return self.process.closed_at is not None or (last is not None and last < clock.today())

    @property
    def takes_bookings(self) -> bool:
        """Say whether visitors may book a time now, if one is free."""
        return self.bookable and bool(self.rule) and not self.has_ended and self.process.published_at is not None

    @property
    def who(self) -> str:
        """Who receives: the person, the words, or both."""
        return ", ".join(part for part in (str(self.specialist or ""), self.specialist_note) if part)


@pghistory.track()
class SpecialDay(models.Model):
    """A single day that is otherwise than the rule says: closed, or open with hours of its own."""

    reception = models.ForeignKey(Reception, on_delete=models.CASCADE, related_name="special_days")
    day = models.DateField(_("day"))
    opens = models.TimeField(_("opens"), null=True, blank=True)
    closes = models.TimeField(_("closes"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["reception", "day"], name="appointments_special_day_once"),
            models.CheckConstraint(
                name="appointments_special_day_hours",
                condition=Q(opens__isnull=True, closes__isnull=True)
                | Q(opens__isnull=False, closes__isnull=False, closes__gt=F("opens")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}"

    @property
    def hours(self) -> Hours | None:
        """The hours of an open day; nothing for a closed one."""
        return Hours(self.opens, self.closes) if self.opens is not None and self.closes is not None else None


class BookingQuerySet(models.QuerySet["Booking"]):
    """Who comes: personal data of visitors."""

    def visible_to(self, user: Any) -> "BookingQuerySet":
        """Keep those of receptions whose visitors the person sees."""
        return self.filter(reception__in=Reception.objects.kept_by(user))

    def standing(self) -> "BookingQuerySet":
        """Keep those that have not been called off."""
        return self.filter(cancelled_at__isnull=True)

    def on_days(self, first: date, last: date) -> "BookingQuerySet":
        """Keep those of these days, both included, local time, in order."""
        start, end = clock.day_begins(first), clock.day_begins(last + timedelta(days=1))
        return self.filter(starts_at__gte=start, starts_at__lt=end).order_by("starts_at", "seat", "pk")

    def known(self) -> "BookingQuerySet":
        """Keep those whose visitor has not been forgotten."""
        return self.filter(forgotten_at__isnull=True)


class Booking(models.Model):
    """A slot that somebody took, or a visit without booking (no seat). The visitor's data are forgotten after a while."""

    class Way(models.TextChoices):
        WEB = "web", pgettext_lazy("way of booking", "on the web")
        PHONE = "phone", pgettext_lazy("way of booking", "by telephone")
        DESK = "desk", pgettext_lazy("way of booking", "came without booking")

    class Spoken(models.TextChoices):
        LATVIAN = "lv", _("Latvian")
        ENGLISH = "en", _("English")
        RUSSIAN = "ru", _("Russian")
        SIGNED = "sign", _("Latvian Sign Language")

    reception = models.ForeignKey(Reception, on_delete=models.PROTECT, related_name="bookings")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    seat = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    way = models.CharField(_("how it was booked"), max_length=10, choices=Way, default=Way.WEB)
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    about = models.CharField(_("what about"), max_length=500, blank=True)
    help_needed = models.CharField(_("help needed"), max_length=300, blank=True)
    spoken = models.CharField(_("language of the talk"), max_length=10, choices=Spoken, default=Spoken.LATVIAN)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="lv")
    secret = models.CharField(max_length=64, unique=True, default=new_secret)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, help_text="RFC 5545 SEQUENCE")
    created_at = models.DateTimeField(default=clock.now)
    booked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reminded_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(_("why it was called off"), max_length=500, blank=True)
    cancelled_by_us = models.BooleanField(default=False)
    came = models.BooleanField(_("came"), null=True, blank=True)
    proposal = models.ForeignKey(Proposal, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "seat", "pk"]
        indexes = [models.Index(fields=["reception", "starts_at"], name="appointments_booking_starts")]
        constraints = [
            models.CheckConstraint(name="appointments_booking_ends_later", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="appointments_booking_forgotten_whole",
                condition=Q(forgotten_at__isnull=True)
                | Q(name="", email="", phone="", about="", help_needed="", cancelled_because=""),
            ),
            ExclusionConstraint(
                name="appointments_no_seat_twice",
                expressions=[
                    (Func("reception_id", "reception_id", Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    (Func("seat", "seat", Value("[]"), function="int4range"), RangeOperators.OVERLAPS),
                    (
                        Func(
                            "starts_at", "ends_at", RangeBoundary(),
                            function="tstzrange", output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(cancelled_at__isnull=True, seat__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"booking {self.pk}"

    @property
    def is_cancelled(self) -> bool:
        """Say whether it was called off."""
        return self.cancelled_at is not None

    @property
    def is_ahead(self) -> bool:
        """Say whether somebody is still to be received, so that it must be known who."""
        return not self.is_cancelled and self.ends_at > clock.now()

    @property
    def has_begun(self) -> bool:
        """Say whether its time has come."""
        return self.starts_at <= clock.now()

    @property
    def day(self) -> date:
        """Its day, local time."""
        return timezone.localdate(self.starts_at)

    @property
    def can_change(self) -> bool:
        """Say whether the visitor may still move it; also one that the municipality called off."""
        return self.cancelled_by_us if self.is_cancelled else not self.has_begun
