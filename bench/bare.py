# SPDX-License-Identifier: EUPL-1.2
"""The measure of all pages: a Django site of one view that returns 15 kB of HTML, without a query or middleware."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

PAGE = "<!doctype html><html lang=lv><title>Talka</title>" + "<p>Lūdzu ierīkot veloceliņu.</p>\n" * 440


def show(_request: HttpRequest) -> HttpResponse:
    """Answer with the page."""
    return HttpResponse(PAGE)


urlpatterns = [path("", show)]


def application() -> object:
    """Return the site, for one process of the web server."""
    settings.configure(SECRET_KEY="bare", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], MIDDLEWARE=[])
    return get_wsgi_application()


def serve(port: int, workers: int, threads: int) -> None:
    """Serve it as Talka is served."""
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        "bench.bare:application", factory=True, address="127.0.0.1", port=port, interface=Interfaces.WSGI,
        workers=workers, blocking_threads=threads, log_enabled=False,
    ).serve()  # fmt: skip


if __name__ == "__main__":
    import sys

    serve(*(int(part) for part in sys.argv[1:4]))
