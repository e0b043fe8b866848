"""Error pages, and the style guide that shows every component."""

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from baton.core.ui import samples, views


@pytest.mark.parametrize("part", samples.PARTS)
def test_style_guide_draws_every_part(client, settings, part):
    settings.STYLEGUIDE = True

    response = client.get(f"/styleguide/?part={part}")

    assert (response.status_code, response["Content-Type"][:9]) == (200, "text/html")


def test_style_guide_does_not_exist_for_users(client):
    assert client.get("/styleguide/").status_code == 404


def test_style_guide_knows_no_other_part(client, settings):
    settings.STYLEGUIDE = True

    assert client.get("/styleguide/?part=../base").status_code == 404


def test_server_error_is_drawn_without_user_and_database():
    response = views.broken(RequestFactory().get("/"))

    assert response.status_code == 500
    assert b"Something broke on our side" in response.content


@pytest.mark.parametrize("page", ["400", "403", "403_csrf", "404", "500", "503"])
def test_error_page_has_one_heading_and_a_way_on(page):
    html = render_to_string(f"{page}.html", request=RequestFactory().get("/somewhere/"))

    assert html.count("<h1") == 1
    assert 'class="button primary wide"' in html


def test_title_is_the_heading_too():
    html = render_to_string("ui/styleguide/board.html", samples.board())

    assert "<title>New business · Baton</title>" in html
    assert "<h1>New business</h1>" in html


@pytest.mark.parametrize(
    "template",
    [
        '<c-icon name="x" />',
        '<c-badge hue="red">late</c-badge>',
        '<c-avatar name="Jonas Weil" />',
        '<c-term word="MQL" />',
        '<c-score value="86" threshold="70" />',
        '<c-bar value="3" of="4" />',
        '<c-tab href="/">Mine</c-tab>',
    ],
)
def test_component_inside_a_sentence_brings_no_space(template):
    html = Template(template).render(Context())

    assert html == html.strip()


def test_component_does_not_read_the_variables_of_the_page():
    """Each attribute has a default, so a page's ``href`` never makes a link of a button."""
    page = Context({"href": "/away/", "icon": "trash", "kind": "danger", "title": "Leaked"})

    html = Template("<c-button>Save</c-button><c-card>Body</c-card>").render(page)

    assert "/away/" not in html
    assert "danger" not in html
    assert "Leaked" not in html


def test_words_in_attributes_are_escaped():
    page = Context({"name": '"><script>', "text": "<b>"})

    html = Template(
        '<c-avatar name="{{ name }}" /><c-card :title="text">{{ text }}</c-card>'
        '<c-button data-x="{{ name }}">{{ name }}</c-button>'
        '<c-copy text="{{ name }}" label="Copy" />'
    ).render(page)

    assert "<script>" not in html
    assert "<b>" not in html
