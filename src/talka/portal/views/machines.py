# SPDX-License-Identifier: EUPL-1.2
"""What robots ask for, outside of any language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from talka.portal.queries.sitemap import public_addresses


@require_safe
def show_robots(request: HttpRequest) -> HttpResponse:
    """Tell robots what to leave alone, and where the list of pages is."""
    languages = [code for code, _name in settings.LANGUAGES]
    closed = [f"Disallow: /{code}/{part}/" for code in languages for part in ("workspace", "account", "search")]
    lines = ["User-agent: *", *closed, f"Sitemap: {settings.TALKA_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def show_sitemap(request: HttpRequest) -> HttpResponse:
    """List the public pages, each in every language."""
    return render(
        request, "portal/sitemap.xml", {"pages": public_addresses()}, content_type="application/xml; charset=utf-8"
    )
