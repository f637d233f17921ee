# SPDX-License-Identifier: EUPL-1.2
from tests.access import Row

ROWS = [
    Row("analytics:show_report", lambda w: [w.process.slug], visitor=302, everyone=403, carol=200, clara=200),
    *(
        Row(
            "analytics:export_report", lambda w, kind=kind: [w.process.slug, kind],
            visitor=302, everyone=403, carol=found, clara=found,
        )
        for kind, found in (("xlsx", 200), ("pdf", 200), ("exe", 404))
    ),
]  # fmt: skip
