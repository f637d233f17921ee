# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the site. Each app's ``urls.py`` holds full paths below the language."""

from importlib.util import find_spec

from django.apps import apps
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView

from talka.config.api import api
from talka.portal.views import machines

APPS_WITH_PAGES = [
    f"{config.name}.urls"
    for config in apps.get_app_configs()
    if config.name.startswith("talka.") and find_spec(f"{config.name}.urls")
]

urlpatterns = [
    *i18n_patterns(
        *[path("", include(module)) for module in APPS_WITH_PAGES],
        path("account/", include("allauth.urls")),
    ),
    path("api/", RedirectView.as_view(pattern_name="portal:open_data"), name="describe_api"),
    path("api/", api.urls),
    path("robots.txt", machines.show_robots, name="show_robots"),
    path("sitemap.xml", machines.show_sitemap, name="show_sitemap"),
]
