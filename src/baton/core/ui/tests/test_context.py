import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.middleware import csrf
from django.middleware.csrf import get_token, rotate_token
from django.test import RequestFactory

from baton.core.ui import context, pinned
from baton.core.ui.slots import Count, Group, NavigationItem, PinKind, PinnedPlace

ITEMS = [
    NavigationItem(
        group=Group.INSIGHT, label="Loop", url_name="loop", icon="loop", permission="loop.view"
    ),
    NavigationItem(
        group=Group.TOP,
        label="Tasks",
        url_name="tasks",
        icon="tasks",
        count=lambda _: 3,
        position=2,
    ),
    NavigationItem(group=Group.TOP, label="Home", url_name="home", icon="home", position=1),
    NavigationItem(
        group=Group.HANDOFF,
        label="Leads",
        url_name="leads",
        icon="leads",
        count=lambda _: Count(6, hue="red"),
    ),
    NavigationItem(group=Group.ACCOUNT, label="Out", url_name="out", icon="signout", is_post=True),
    NavigationItem(group=Group.THEME, label="Theme", url_name="theme", icon="theme"),
]
URLS = {"home": "/", "tasks": "/tasks/", "leads": "/leads/", "loop": "/loop/", "out": "/out/"}


@pytest.fixture(autouse=True)
def nothing_pinned(monkeypatch):
    monkeypatch.setattr(pinned, "pins", [])


@pytest.fixture
def filled(monkeypatch):
    monkeypatch.setattr(context, "navigation", ITEMS)
    monkeypatch.setattr(context, "place", lambda name: URLS.get(name, f"/{name}/"))


def request_of(path: str, *permissions: str, is_authenticated: bool = True) -> Any:
    request: Any = RequestFactory().get(path)
    request.user = SimpleNamespace(
        is_authenticated=is_authenticated, may=lambda name: name in permissions
    )
    return request


def test_sidebar_holds_what_the_user_may_in_the_order_of_groups(filled):
    shell = context.shell(request_of("/", "loop.view"))["shell"]

    assert [(s.group, [p.item.label for p in s.places]) for s in shell.sections] == [
        (Group.TOP, ["Home", "Tasks"]),
        (Group.HANDOFF, ["Leads"]),
        (Group.INSIGHT, ["Loop"]),
    ]
    assert (re.findall("([A-Z][a-z]+)<", shell.account), shell.theme_url) == (["Out"], "/theme/")


def test_sidebar_leaves_out_what_the_role_does_not_reach(filled):
    shell = context.shell(request_of("/"))["shell"]

    assert [section.group for section in shell.sections] == [Group.TOP, Group.HANDOFF]


def test_sidebar_of_a_stranger_is_empty(filled):
    shell = context.shell(request_of("/", is_authenticated=False))["shell"]

    assert (shell.sections, shell.account, shell.theme_url) == ([], "", "")


def test_counts_keep_their_hue(filled):
    shell = context.shell(request_of("/"))["shell"]

    assert [place.count for section in shell.sections for place in section.places] == [
        None,
        Count(3),
        Count(6, hue="red"),
    ]


@pytest.mark.parametrize(
    ("path", "label"),
    [("/", "Home"), ("/tasks/", "Tasks"), ("/tasks/12/", "Tasks"), ("/elsewhere/", None)],
)
def test_current_place_is_the_longest_address_above_the_path(filled, path, label):
    shell = context.shell(request_of(path))["shell"]

    current = [p.item.label for s in shell.sections for p in s.places if p.is_current]

    assert current == ([label] if label else [])


def test_sidebar_is_not_counted_for_a_fragment(monkeypatch):
    monkeypatch.setattr(context, "navigation", [])
    monkeypatch.setattr(context, "_shell_for", lambda request: pytest.fail("it was drawn"))

    assert "shell" in context.shell(request_of("/"))


@pytest.mark.parametrize(
    ("cookie", "theme"), [("dark", "dark"), ("", "system"), ("<script>", "system")]
)
def test_theme_comes_from_the_cookie_and_is_one_of_three(cookie, theme):
    request = RequestFactory().get("/")
    request.COOKIES["baton_theme"] = cookie

    assert context.theme_of(request) == theme


def test_pinned_view_is_the_current_place_in_place_of_its_list(filled, monkeypatch):
    hot = PinnedPlace("Hot", "/tasks/?saved=1", "tasks", is_current=True)
    kind = PinKind(found=lambda _request: [hot], place=lambda _request, _positions: None)
    monkeypatch.setattr(pinned, "pins", [kind])

    shell = context.shell(request_of("/tasks/"))["shell"]

    assert shell.pinned == [hot]
    assert not any(place.is_current for part in shell.sections for place in part.places)


def test_token_of_forms_is_hidden_once_for_each_answer_and_new_after_signing_in():
    request, other = RequestFactory().get("/"), RequestFactory().get("/")
    request.META["CSRF_COOKIE"] = other.META["CSRF_COOKIE"] = "a" * 32

    first = str(context.shell(request)["csrf_token"])
    assert str(context.shell(request)["csrf_token"]) == first
    assert context.token_of(other) != first
    assert {len(first), len(get_token(request))} == {64}

    rotate_token(request)
    assert context.token_of(request) != first
    fits = csrf._does_token_match  # type: ignore[attr-defined] # what the door itself asks
    assert fits(context.token_of(request), request.META["CSRF_COOKIE"])
    assert not fits(first, request.META["CSRF_COOKIE"])
