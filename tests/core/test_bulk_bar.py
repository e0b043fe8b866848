"""The bar of a list is drawn once, and never for somebody to whom it does not belong."""

import pytest
from django import forms
from django.utils import translation

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.core.editing import shown
from baton.core.editing.shown import bulk_of
from baton.records.people.actions import tag_people
from baton.records.people.tests.factories import a_person

pytestmark = pytest.mark.django_db


def bar_of(user, listing="people"):
    return bulk_of(listing, user=user).drawn


def test_bar_is_drawn_once_while_nothing_changed(admin, monkeypatch):
    first = bar_of(admin)
    monkeypatch.setattr(shown, "render_to_string", lambda *_: pytest.fail("it was drawn again"))
    monkeypatch.setattr(shown, "_bound", kept_but_for_tags(monkeypatch))

    assert bar_of(admin) == first


def kept_but_for_tags(monkeypatch):
    drawn = shown._bound

    def bound(name, field):
        assert "tag" in name, f"{name} was drawn again"
        return drawn(name, field)

    return bound


def test_bar_offers_who_came_and_not_who_left(admin):
    before = bar_of(admin)
    new = create_user(name="Quite New", role=Role.REP, email="new@fenn.example")
    new.set_password("long enough for it")
    new.save()

    with_them = bar_of(admin)
    new.is_active = False
    new.save()

    assert ("Quite New" in before, "Quite New" in with_them, bar_of(admin)) == (False, True, before)


def test_bar_suggests_a_tag_from_its_first_use_on(admin, rep):
    bar_of(admin)
    person = a_person(owner=rep)
    tag_people(people_ids=[person.pk], names=["Fresh"], by=admin, at=person.created_at)

    assert "Fresh" in bar_of(admin)


def test_bar_belongs_to_who_may_do_it(admin, rep):
    viewer = create_user(name="Vera", role=Role.VIEWER, email="vera@fenn.example")
    bar_of(admin)

    assert "bulk/people/delete" in bar_of(admin)
    assert "bulk/people" not in bar_of(viewer)
    rep.role = Role.VIEWER
    assert bar_of(rep) == bar_of(viewer)


def test_bar_speaks_the_language_of_who_reads(admin):
    plain = bar_of(admin)
    with translation.override("de"):
        shown_there = shown._bar.cache_info().misses
        bar_of(admin)
        drawn_anew = shown._bar.cache_info().misses - shown_there

    assert drawn_anew == 1
    assert bar_of(admin) == plain


def test_choice_in_groups_is_drawn_as_it_is():
    field = forms.ChoiceField(choices=[("Open", [("new", "New")]), ("", "None")])

    assert '<optgroup label="Open">' in shown._drawn("stage", field)
