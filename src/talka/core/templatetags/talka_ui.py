# SPDX-License-Identifier: EUPL-1.2
"""Template tags for the frame of pages, for forms and for lists; loaded as ``talka_ui``."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django import forms, template
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.forms.widgets import DateTimeBaseInput
from django.http import HttpRequest
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info, gettext

register = template.Library()


# --- The frame ------------------------------------------------------------------------------------


@cache
def _manifest(path: Path, _changed_at: int) -> dict[str, str]:
    """Read which file stands for which name; another ``_changed_at`` makes a new build seen."""
    names: dict[str, str] = json.loads(path.read_text())
    return {name: f"{settings.STATIC_URL}{file}" for name, file in names.items()}


@register.simple_tag
def asset(name: str) -> str:
    """Return the address of a file that the front-end build made: ``{% asset "app.css" %}``."""
    path = Path(settings.STATIC_ROOT) / "manifest.json"
    try:
        return _manifest(path, path.stat().st_mtime_ns if settings.DEBUG else 0)[name]
    except FileNotFoundError:
        raise ImproperlyConfigured("The front end is not built. Run: npm ci && npm run build") from None
    except KeyError:
        raise ImproperlyConfigured(f"The front end has no file {name}. Is the build old? Run: npm run build") from None


@register.simple_tag
def site_name() -> str:
    """Return the name of this installation, as a rule the municipality's; may be empty."""
    return str(settings.TALKA_NAME)


@register.simple_tag
def is_demo() -> bool:
    """Say whether this is the demonstration, where everybody may enter as anybody."""
    return bool(settings.DEMO)


@register.simple_tag
def map_style() -> str:
    """Return the address of the installation's map style; empty when maps show only what Talka itself knows."""
    return str(settings.TALKA_MAP_STYLE_URL)


@register.simple_tag
def map_labels() -> str:
    """Return the words of the map's own controls, as JSON for the script."""
    return json.dumps(
        {
            "Map.Title": gettext("Map"),
            "NavigationControl.ZoomIn": gettext("Zoom in"),
            "NavigationControl.ZoomOut": gettext("Zoom out"),
            "Popup.Close": gettext("Close"),
            "CooperativeGesturesHandler.WindowsHelpText": gettext("Hold Ctrl and scroll to zoom the map"),
            "CooperativeGesturesHandler.MacHelpText": gettext("Hold ⌘ and scroll to zoom the map"),
            "CooperativeGesturesHandler.MobileHelpText": gettext("Move the map with two fingers"),
        },
        ensure_ascii=False,
    )


@register.simple_tag(takes_context=True)
def person(context: Context) -> Any:
    """Return the person who is signed in, or ``None``; asks neither session nor database for those without a session."""
    request: HttpRequest | None = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


@register.simple_tag(takes_context=True)
def here(context: Context, name: str, *others: str) -> str:
    """Mark a link of the navigation: the page itself, or one of the views or namespaces (``others``) below it.

    A name with a minus in front is left out of its namespace.
    """
    match = getattr(context.get("request"), "resolver_match", None)
    if match is None or f"-{match.view_name}" in others:
        return ""
    if match.view_name == name:
        return mark_safe(' aria-current="page"')
    return mark_safe(' aria-current="true"') if match.view_name in others or match.namespace in others else ""


@register.simple_tag(takes_context=True)
def other_languages(context: Context) -> list[dict[str, str]]:
    """Return the languages to switch to, each with the address of the same page in it."""
    request: HttpRequest | None = context.get("request")
    now = get_language() or settings.LANGUAGE_CODE
    path = request.get_full_path() if request is not None else "/"
    rest = path.removeprefix(f"/{now}/") if path.startswith(f"/{now}/") else ""
    return [
        {"code": code, "name": get_language_info(code)["name_local"], "url": f"/{code}/{rest}"}
        for code, _name in settings.LANGUAGES
        if code != now
    ]


@register.simple_tag
def lang_attr(language: str) -> str:
    """Mark text written in a language that is not the interface's: ``<div{% lang_attr process.language %}>``."""
    if not language or language == get_language():
        return ""
    return format_html(' lang="{}"', language)


@register.simple_tag
def state_tag(label: str, color: str = "neutral") -> SafeString:
    """Show a state in a word; ``color`` is neutral, info, success, warning, danger or accent."""
    return format_html('<span class="ds-tag" data-color="{}">{}</span>', color, label)


# --- Forms ----------------------------------------------------------------------------------------

_NATIVE_DATES: tuple[tuple[type[DateTimeBaseInput], str, str], ...] = (
    (forms.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
    (forms.DateInput, "date", "%Y-%m-%d"),
    (forms.TimeInput, "time", "%H:%M"),
)


@register.simple_tag
def control(field: BoundField, attributes: dict[str, str] | None = None) -> SafeString:
    """Write the control of a field with the design system's class and the browser's own date pickers."""
    widget = field.field.widget
    for kind, input_type, written in _NATIVE_DATES:
        if isinstance(widget, kind) and widget.input_type == "text":
            widget.input_type, widget.format = input_type, written
    attrs: dict[str, str | bool] = {
        name.replace("_", "-"): value for name, value in (attributes or {}).items() if value
    }
    if not widget.is_hidden:
        attrs["class"] = f"ds-input {widget.attrs.get('class', '')}".strip()
    if isinstance(widget, forms.FileInput):
        attrs.setdefault("data-max-bytes", str(settings.MAX_FILE_BYTES))
        attrs.setdefault("data-too-large", _too_large())
    return field.as_widget(attrs=attrs)


def _too_large() -> str:
    return gettext("The file “{name}” is larger than %(size)s MB. Choose a smaller one.") % {
        "size": settings.MAX_FILE_BYTES // 1_000_000
    }


@register.inclusion_tag("django/forms/field.html")
def form_field(field: BoundField, **attributes: str) -> dict[str, Any]:
    """Write one field whole: label, hint, errors, control; further attributes go to the control (``autocomplete="email"``)."""
    return {"field": field, "attributes": attributes}


@register.simple_tag
def field_kind(field: BoundField) -> str:
    """Say how a field is laid out: ``hidden``, ``trap`` (for robots only), ``choice`` (one box), ``group`` or ``plain``."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if widget.attrs.get("tabindex") == "-1":
        return "trap"
    if isinstance(widget, forms.CheckboxInput):
        return "choice"
    return "group" if field.use_fieldset else "plain"


def _anchor(field: BoundField) -> str:
    return f"{field.auto_id}_0" if field.use_fieldset else str(field.auto_id)


def _named(field: BoundField) -> str:
    label = str(field.label or "")
    return f"{label}:" if label and not label.endswith("?") else label


def _problems(form: BaseForm) -> Iterator[dict[str, str]]:
    for error in form.non_field_errors():
        yield {"text": str(error), "anchor": ""}
    for field in form:
        for error in field.errors:
            anchor = "" if field.is_hidden else _anchor(field)
            yield {"text": f"{_named(field)} {error}".strip(), "anchor": anchor}


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """List on top of a form what is wrong in it, each linked to its field; nothing when nothing is."""
    return {"problems": list(_problems(form)) if form.is_bound and form.errors else []}


# --- Lists ----------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def sort_link(context: Context, name: str, label: str, default: str = "") -> SafeString:
    """Write the head of a column by which the list can be ordered; ``default`` is the order when none is asked for."""
    query = context["request"].GET.copy()
    now = query.get("sort", default)
    query["sort"] = f"-{name}" if now == name else name
    query.pop("page", None)
    direction = {name: "ascending", f"-{name}": "descending"}.get(now)
    state = format_html(' aria-sort="{}"', direction) if direction else ""
    return format_html('<th scope="col"{}><a href="?{}">{}</a></th>', state, query.urlencode(), label)


@register.inclusion_tag("components/pagination.html", takes_context=True)
def page_links(context: Context, page: Page[Any], anchor: str = "") -> dict[str, Any]:
    """Link to the other pages of a list, keeping what is filtered; ``anchor`` is the id to land on."""
    last, number = page.paginator.num_pages, page.number
    if last < 2:
        return {"links": []}
    query = context["request"].GET.copy()
    query.pop("page", None)
    start = f"?{query.urlencode()}&page=" if query else "?page="
    end = f"#{anchor}" if anchor else ""
    shown = sorted({1, last, *range(max(1, number - 2), min(last, number + 2) + 1)})
    links: list[dict[str, Any]] = []
    for one in shown:
        if links and one - links[-1]["number"] > 1:
            links.append({"number": one - 1, "url": ""})
        links.append({"number": one, "url": f"{start}{one}{end}", "current": one == number})
    return {
        "links": links,
        "previous": f"{start}{number - 1}{end}" if number > 1 else "",
        "next": f"{start}{number + 1}{end}" if number < last else "",
    }
