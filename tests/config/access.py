# SPDX-License-Identifier: EUPL-1.2
from tests.access import Row
from tests.plans.access import of_action, of_hidden, of_plan

ROWS = [
    Row("describe_api", everyone=302),
    Row("show_robots", everyone=200),
    Row("show_sitemap", everyone=200),
    Row("api:api-root", everyone=302),
    Row("api:openapi-json", everyone=200),
    Row("api:list_processes", everyone=200),
    Row("api:show_process", lambda w: [w.process.slug], everyone=200),
    Row("api:list_groups", everyone=200),
    Row("api:show_group", lambda w: [w.process.slug, w.group.slug], everyone=200),
    Row("api:list_meetings", everyone=200),
    Row("api:show_meeting", lambda w: [w.process.slug, w.meeting.pk], everyone=200),
    Row("api:show_meeting", lambda w: [w.process.slug, w.members_meeting.pk], everyone=404),
    Row("api:list_plans", everyone=200),
    Row("api:show_plan", of_plan, everyone=200),
    Row("api:show_plan", of_hidden, everyone=404),
    Row("api:list_nodes", of_plan, everyone=200),
    Row("api:list_nodes", of_hidden, everyone=404),
    Row("api:show_node", of_action, everyone=200),
    Row("api:list_indicators", of_plan, everyone=200),
    Row("api:list_proposals", everyone=200),
    Row("api:show_proposal", lambda w: [w.process.slug, w.public.number], everyone=200),
    Row("api:show_proposal", lambda w: [w.process.slug, w.hidden.number], everyone=404),
]
