# SPDX-License-Identifier: EUPL-1.2
"""The site as a WSGI application, for any server; ``talka serve`` runs it with Granian."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "talka.config.settings")

application = get_wsgi_application()
