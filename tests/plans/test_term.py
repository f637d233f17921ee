# SPDX-License-Identifier: EUPL-1.2
import pytest
from django.utils.translation import override

from talka.plans.wording import term_between


@pytest.mark.parametrize(
    ("starts", "ends", "latvian"),
    [
        ((None, None), (None, None), ""),
        ((2024, None), (2024, None), "2024"),
        ((2024, 2), (2024, 2), "2024. gada II ceturksnis"),
        ((2023, 1), (2024, 3), "2023. gada I ceturksnis – 2024. gada III ceturksnis"),
        ((2024, None), (2025, 2), "2024 – 2025. gada II ceturksnis"),
        ((2026, None), (2026, 2), "līdz 2026. gada II ceturksnim"),
        ((2026, 3), (2026, None), "no 2026. gada III ceturkšņa"),
        ((None, None), (2026, 4), "līdz 2026. gada IV ceturksnim"),
        ((None, None), (2026, None), "līdz 2026. gadam"),
        ((2026, 1), (None, None), "no 2026. gada I ceturkšņa"),
        ((2026, None), (None, None), "no 2026. gada"),
    ],
)
def test_a_term_is_written_in_right_cases_and_names_no_year_twice(
    starts: tuple[int | None, int | None], ends: tuple[int | None, int | None], latvian: str
) -> None:
    with override("lv"):
        assert term_between(*starts, *ends) == latvian
