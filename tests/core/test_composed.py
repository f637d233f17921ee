# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta
from typing import Any

import pytest

from talka.core import clock
from talka.core.composed import EachOf, composed, composed_for_visitors
from talka.processes.models import Phase, Process

pytestmark = pytest.mark.django_db


def test_each_run_gets_its_own_values(process: Process, django_assert_num_queries: Any) -> None:
    @composed
    def by_slug(*, slug: Any) -> Any:
        return Process.objects.filter(slug=slug).select_related("owner").order_by("pk")

    with django_assert_num_queries(3):
        assert by_slug(slug="nowhere") == []
        found = by_slug(slug=process.slug)
        assert by_slug(slug="' OR true --") == []
    assert [(one.pk, one.owner.name) for one in found] == [(process.pk, process.owner.name)]


def test_lists_are_handed_in_as_one_value(process: Process) -> None:
    @composed
    def among(*, keys: Any) -> Any:
        return Process.objects.filter(pk__in=EachOf(keys)).values_list("slug", flat=True)

    assert among(keys=[]) == []
    assert among(keys=[process.pk, 0]) == [process.slug]


def test_related_rows_are_loaded_for_what_was_found(process: Process) -> None:
    @composed
    def with_phases(*, key: Any) -> Any:
        return Process.objects.filter(pk=key).prefetch_related("phases")

    (found,) = with_phases(key=process.pk)
    assert list(found.phases.all()) == list(Phase.objects.filter(process=process))


def test_the_day_is_that_of_the_run(process: Process) -> None:
    Phase.objects.create(process=process, title="Later", position=99, starts_on=clock.today() + timedelta(days=3))

    @composed
    def ahead(*, process: Any) -> Any:
        return Phase.objects.filter(process=process, starts_on__gt=clock.today(), title="Later")

    assert len(ahead(process=process.pk)) == 1
    with clock.at(clock.now() + timedelta(days=4)):
        assert ahead(process=process.pk) == []


def test_a_moment_may_not_stand_fast() -> None:
    @composed
    def published(*, slug: Any) -> Any:
        return Process.objects.filter(slug=slug, published_at__lt=clock.now())

    with pytest.raises(TypeError, match="hand it in"):
        published(slug="one")


def test_people_who_are_signed_in_see_what_is_theirs(process: Process, visitor: Any, clara: Any) -> None:
    Process.objects.filter(pk=process.pk).update(published_at=None)

    @composed_for_visitors
    def seen(user: Any, *, slug: Any) -> Any:
        return Process.objects.visible_to(user).filter(slug=slug)

    assert seen(visitor, slug=process.slug) == []
    assert seen(clara, slug=process.slug) == [process]
