# SPDX-License-Identifier: EUPL-1.2
from tests.access import Row

ROWS = [
    Row("portal:show_home", everyone=200),
    Row("portal:list_processes", everyone=200),
    Row("portal:show_process", lambda w: [w.process.slug], everyone=200),
    Row("portal:show_group", lambda w: [w.process.slug, w.group.slug], everyone=200),
    Row("portal:show_calendar", everyone=200),
    Row("portal:all_feed", everyone=200),
    Row("portal:process_feed", lambda w: [w.process.slug], everyone=200),
    Row("portal:search", data=lambda _w: {"q": "sanāksme"}, everyone=200),
    Row("portal:demo_sign_in", everyone=404),
    Row("portal:show_workspace", visitor=302, everyone=200),
    Row("portal:show_my_page", visitor=302, everyone=200),
    Row("portal:take_part", everyone=200),
    Row("portal:personal_data", everyone=200),
    Row("portal:accessibility_statement", everyone=200),
    Row("portal:open_data", everyone=200),
    Row("portal:export_table", lambda _w: ["proposals"], everyone=200),
]
