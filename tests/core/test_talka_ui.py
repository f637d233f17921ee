# SPDX-License-Identifier: EUPL-1.2
"""The tags that frame pages, forms and lists."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import ResolverMatch
from django.utils import translation
from pytest_django import Settings

from talka.accounts.models import User


def render(source: str, request: HttpRequest | None = None, **context: Any) -> str:
    """Render a template that has loaded the tags."""
    return Template("{% load talka_ui %}" + source).render(Context({"request": request, **context}))


def request_for(address: str, **cookies: str) -> HttpRequest:
    """Make a visitor's request for an address."""
    request = RequestFactory().get(address)
    request.COOKIES.update(cookies)
    request.user = AnonymousUser()
    return request


@pytest.fixture
def built(settings: Settings, tmp_path: Path) -> Path:
    """Stand in for the folder that the front-end build makes."""
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "manifest.json").write_text(json.dumps({"app.css": "app.0123456789ab.css"}))
    return tmp_path


def test_an_asset_is_named_by_its_content(built: Path) -> None:
    assert render('{% asset "app.css" %}') == "/static/app.0123456789ab.css"


def test_an_unknown_asset_says_what_to_run(built: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="npm run build"):
        render('{% asset "other.css" %}')


def test_a_missing_build_says_what_to_run(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    with pytest.raises(ImproperlyConfigured, match="npm ci && npm run build"):
        render('{% asset "app.css" %}')


def test_the_language_switch_leads_to_the_same_page_with_its_query() -> None:
    with translation.override("lv"):
        links = render(
            "{% other_languages as links %}{% for link in links %}{{ link.code }} {{ link.url }}{% endfor %}",
            request_for("/lv/p/programma/?page=2"),
        )
    assert links == "en /en/p/programma/?page=2"


def test_a_visitor_without_a_session_is_nobody_and_the_session_is_not_touched() -> None:
    request = request_for("/lv/")
    del request.user
    assert render("{% person as me %}{{ me }}", request) == "None"


def test_whoever_is_signed_in_is_known(settings: Settings) -> None:
    request = request_for("/lv/", **{settings.SESSION_COOKIE_NAME: "x"})
    request.user = User(email="alice@example.lv")
    assert "alice@example.lv" in render("{% person as me %}{{ me.email }}", request)


def test_text_in_another_language_is_marked() -> None:
    with translation.override("en"):
        assert render('<h1{% lang_attr "lv" %}>') == '<h1 lang="lv">'
        assert render('<h1{% lang_attr "en" %}>') == "<h1>"


@pytest.mark.parametrize(
    ("view", "mark"),
    [
        ("groups:list", ' aria-current="page"'),
        ("groups:show", ' aria-current="true"'),
        ("groups:other", ""),
        ("meetings:show", ""),
    ],
)
def test_the_navigation_marks_where_one_is(view: str, mark: str) -> None:
    request = request_for("/lv/")
    request.resolver_match = ResolverMatch(
        lambda: None, (), {}, view.partition(":")[2], namespaces=[view.partition(":")[0]]
    )
    assert render('{% here "groups:list" "groups" "-groups:other" %}', request) == mark


def test_a_column_sorts_the_other_way_when_pressed_again_and_keeps_the_filters() -> None:
    head = render('{% sort_link "received" "Received" "-received" %}', request_for("/lv/?q=iela&page=3"))
    assert head == '<th scope="col" aria-sort="descending"><a href="?q=iela&amp;sort=received">Received</a></th>'
    head = render('{% sort_link "received" "Received" "-received" %}', request_for("/lv/?sort=received"))
    assert head == '<th scope="col" aria-sort="ascending"><a href="?sort=-received">Received</a></th>'


def test_pages_of_a_long_list_keep_the_filters() -> None:
    page = Paginator(range(1000), 25).get_page(20)
    html = render("{% page_links page %}", request_for("/lv/?q=iela&page=20"), page=page)
    assert 'href="?q=iela&amp;page=19" rel="prev"' in html
    assert 'href="?q=iela&amp;page=40"' in html
    assert html.count("…") == 2
    assert html.count("aria-current") == 1


def test_a_short_list_has_no_pages() -> None:
    page = Paginator(range(5), 25).get_page(1)
    assert render("{% page_links page %}", request_for("/lv/"), page=page).strip() == ""


class Example(forms.Form):
    """A form with a field of each layout."""

    text = forms.CharField(label="Text", widget=forms.Textarea, help_text="What & why")
    at = forms.DateTimeField(label="When", required=False, initial=datetime(2020, 2, 12, 13, 5))
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="I agree", required=False)
    website = forms.CharField(label="Empty", required=False, widget=forms.TextInput(attrs={"tabindex": "-1"}))
    shown = forms.CharField(required=False, widget=forms.HiddenInput)


def test_a_form_lists_its_errors_on_top_and_links_each_to_its_field() -> None:
    html = str(Example({"text": "", "kind": ""}))
    summary, rest = html.split("</ul>", 1)
    assert 'href="#id_text"' in summary
    assert 'href="#id_kind_0"' in summary
    assert 'id="id_text"' in rest
    assert 'id="id_kind_0"' in rest
    assert 'aria-describedby="id_text_helptext id_text_error"' in rest
    assert 'id="id_text_error"' in rest
    assert 'aria-invalid="true"' in rest


def test_a_fresh_form_has_no_summary_and_the_browsers_own_pickers() -> None:
    html = str(Example())
    assert "ds-error-summary" not in html
    assert '<input type="datetime-local" name="at" value="2020-02-12T13:05" class="ds-input"' in html
    assert '<fieldset class="ds-fieldset"' in html
    assert html.count("optional") > 0


def test_the_trap_for_robots_is_out_of_sight_and_hidden_fields_have_no_label() -> None:
    html = str(Example())
    assert '<div class="honey" aria-hidden="true"><label for="id_website">' in html
    assert 'for="id_shown"' not in html


def test_a_field_takes_attributes_from_the_page() -> None:
    html = render('{% form_field form.text autocomplete="off" data_draft_never="1" %}', form=Example())
    assert 'autocomplete="off"' in html
    assert 'data-draft-never="1"' in html


def test_a_file_field_knows_the_limit(settings: Settings) -> None:
    class WithFile(forms.Form):
        file = forms.FileField()

    settings.MAX_FILE_BYTES = 5_000_000
    html = str(WithFile())
    assert 'data-max-bytes="5000000"' in html
    assert "5 MB" in html


@pytest.mark.parametrize("page", ["500.html", "403_csrf.html"])
def test_pages_for_faults_need_neither_request_nor_database(page: str, built: Path) -> None:
    with translation.override("lv"):
        html = render_to_string(page)
    assert '<html lang="lv"' in html
    assert "app.0123456789ab.css" in html
