# SPDX-License-Identifier: EUPL-1.2
from tests.access import Row

# Coordinators and administrators of organizations answer to people for what is held about them, each for their own.
ANSWER = {"visitor": 302, "everyone": 403}

ROWS = [
    Row("privacy:find_person", **ANSWER, carol=200, adam=200, eve=200, root=200),
    Row("privacy:find_person", method="post", **ANSWER, carol=422, adam=422, eve=422, root=422),
    Row("privacy:export_person", method="post", **ANSWER, carol=422, adam=422, eve=422, root=422),
    Row("privacy:erase_person", method="post", **ANSWER, carol=422, adam=422, eve=422, root=422),
    Row("privacy:list_due", **ANSWER, carol=200, adam=200, eve=200, root=200),
    Row("privacy:show_own_data", visitor=302, everyone=200),
    Row("privacy:export_own_data", method="post", visitor=302, everyone=200),
    Row("privacy:close_account", visitor=302, everyone=200),
    Row("privacy:close_account", method="post", visitor=302, everyone=422),
]
