# SPDX-License-Identifier: EUPL-1.2
"""Template tags and filters for the tree of a plan and its figures; loaded as ``talka_branches``."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from talka.plans import wording
from talka.plans.models import NodeVersion, Plan
from talka.plans.queries.branches import Figures
from talka.plans.queries.standing import STANDINGS

register = template.Library()


@register.filter
def years(plan: Plan) -> str:
    """Write the period of a plan: ``2021–2027``."""
    return str(plan.starts_year) if plan.starts_year == plan.ends_year else f"{plan.starts_year}–{plan.ends_year}"


@register.filter
def labelled(figures: Figures) -> list[tuple[str, int]]:
    """Return how many works are in each standing, each number with its word."""
    labels = [str(wording.STANDING_LABELS[standing]) for standing in STANDINGS]
    return list(zip(labels, figures.numbers, strict=True))


@lru_cache(maxsize=256)
def _address(process_slug: str, plan_slug: str, _language: str) -> str:
    return reverse("plans:show_plan", args=[process_slug, plan_slug])


@register.simple_tag(takes_context=True)
def node_link(context: Context, version: NodeVersion) -> SafeString:
    """Write code and title of a node of the page's plan, linked to its page in the edition that is read."""
    process, plan = context["process"], context["plan"]
    language = get_language() or settings.LANGUAGE_CODE
    code = format_html('<span class="code">{}</span> ', version.code) if version.code else ""
    lang = format_html(' lang="{}"', process.language) if process.language != language else ""
    return format_html(
        '{}<a class="ds-link" href="{}{}/{}"{}>{}</a>',
        code, _address(process.slug, plan.slug, language), version.node_id, context.get("keep", ""), lang, version.title,
    )  # fmt: skip


@register.simple_tag
def done_of(figures: Figures) -> str:
    """Write how many works are done, of how many."""
    return gettext("%(done)s of %(all)s done") % {"done": figures.done, "all": figures.total}


@register.simple_tag
def standing_bar(figures: Figures) -> SafeString:
    """Draw how many works are in each standing as a bar; the numbers stand beside it in words (``standing_counts``)."""
    parts, before = [], 0
    for standing, works in zip(STANDINGS, figures.numbers, strict=True):
        if works:
            parts.append((before, works, standing))
        before += works
    drawn = format_html_join("", '<rect x="{}" width="{}" height="1" class="is-{}"/>', parts)
    box = '<svg class="bar" viewBox="0 0 {} 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">{}</svg>'
    return format_html(box, max(before, 1), drawn)


@register.simple_tag
def standing_counts(figures: Figures) -> SafeString:
    """List in words how many works are in each standing, leaving out those in which there is none."""
    rows = [
        (standing, wording.STANDING_LABELS[standing], works)
        for standing, works in zip(STANDINGS, figures.numbers, strict=True)
        if works
    ]
    return format_html('<ul class="counts">{}</ul>', format_html_join("", '<li class="is-{}">{} <b>{}</b></li>', rows))
