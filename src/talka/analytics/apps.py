# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    name = "talka.analytics"
    label = "analytics"
