# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the site. Each app's ``urls.py`` holds full paths below the language."""

from importlib.util import find_spec

from django.apps import apps
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

APPS_WITH_PAGES = [
    f"{config.name}.urls"
    for config in apps.get_app_configs()
    if config.name.startswith("talka.") and find_spec(f"{config.name}.urls")
]

urlpatterns = i18n_patterns(
    *[path("", include(module)) for module in APPS_WITH_PAGES],
    path("account/", include("allauth.urls")),
)
