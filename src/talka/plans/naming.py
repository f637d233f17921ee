# SPDX-License-Identifier: EUPL-1.2
"""Names of editions, as they follow one upon another."""

import re


def next_name(last: str, year: int) -> str:
    """Return the name of the edition after ``last`` that is begun in ``year``; where ``last`` is empty, of the first one.

    >>> next_name("RP 2021.1", 2021), next_name("RP 2021.2", 2026), next_name("", 2026)
    ('RP 2021.2', 'RP 2026.1', '2026.1')
    >>> next_name("3. redakcija", 2026), next_name("Sākotnējā", 2026)
    ('4. redakcija', 'Sākotnējā 2026.1')
    """
    if not last:
        return f"{year}.1"
    if found := re.search(r"\b(\d{4})\.(\d{1,3})\b", last):
        number = int(found[2]) + 1 if int(found[1]) == year else 1
        return f"{last[: found.start()]}{year}.{number}{last[found.end() :]}"
    if found := re.search(r"\d{1,3}(?!\d)", last):
        return f"{last[: found.start()]}{int(found[0]) + 1}{last[found.end() :]}"
    return f"{last} {year}.1"
