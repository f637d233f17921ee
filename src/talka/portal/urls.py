# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from talka.portal.demo_pages import demo_sign_in
from talka.portal.views import about, calendar, personal, public

app_name = "portal"
urlpatterns = [
    path("", public.show_home, name="show_home"),
    path("processes/", public.list_processes, name="list_processes"),
    path("p/<slug:process_slug>/", public.show_process, name="show_process"),
    path("p/<slug:process_slug>/groups/<slug:group_slug>/", public.show_group, name="show_group"),
    path("calendar/", calendar.show_calendar, name="show_calendar"),
    path("calendar.ics", calendar.all_feed, name="all_feed"),
    path("p/<slug:process_slug>/meetings.ics", calendar.process_feed, name="process_feed"),
    path("search/", public.search, name="search"),
    path("demo/", demo_sign_in, name="demo_sign_in"),
    path("workspace/", personal.show_workspace, name="show_workspace"),
    path("my/", personal.show_my_page, name="show_my_page"),
    path("take-part/", about.take_part, name="take_part"),
    path("personal-data/", about.personal_data, name="personal_data"),
    path("accessibility/", about.accessibility_statement, name="accessibility_statement"),
    path("open-data/", about.open_data, name="open_data"),
    path("open-data/<slug:table>.csv", about.export_table, name="export_table"),
]
