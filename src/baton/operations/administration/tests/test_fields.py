"""Settings > Fields: an admin makes a field, changes it, orders and deletes it."""

import pytest
from django.urls import reverse

from baton.core.fields.models import FieldDefinition
from baton.core.fields.queries import fields_of
from baton.core.fields.rules import Kind, Option
from baton.core.fields.tests.factories import a_field

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
FIELDS, NEW = reverse("administration:fields"), reverse("administration:new-field")


def url(name, field):
    return reverse(f"administration:{name}", args=[field.key])


def take_back(browser, answer):
    (message,) = answer.context["messages"]
    browser.post(message.extra_tags.removeprefix("undo:"))


@pytest.mark.parametrize("kind", Kind)
def test_admin_makes_a_field_of_each_kind(admin, signed_in, kind):
    typed = {"label": "My field", "kind": kind, "choices": "Gold\n Silver \n\ngold"}

    answer = signed_in(admin).post(f"{NEW}?of=company", typed, follow=True)

    [field] = fields_of("company")
    is_chosen = kind in {"choice", "choices"}
    options = [Option("gold", "Gold"), Option("silver", "Silver")] if is_chosen else []
    assert (field.code, field.kind, field.choice_list()) == ("my_field", kind, options)
    assert "My field" in answer.content.decode()


def test_field_that_is_refused_stays_in_its_form(admin, signed_in):
    a_field("Size")

    answer = signed_in(admin).post(NEW, {"label": "Other", "kind": "text", "code": "size"})

    assert (answer.status_code, len(fields_of("person"))) == (422, 1)
    assert "There is a field “size” already, here or in the trash." in answer.content.decode()


def test_admin_changes_all_but_code_and_kind(admin, signed_in):
    field = a_field("Size", kind="number")
    typed = {"label": "Plant", "help_text": "In m", "group": "Site", "default": "3", "version": "1"}

    signed_in(admin).post(url("field", field), {**typed, "required_for": ["rep"], "code": "x"})
    again = signed_in(admin).post(url("field", field), {**typed, "label": "Late"})

    field.refresh_from_db()
    assert (field.label, field.help_text, field.group, field.default, field.required_for) == (
        *("Plant", "In m", "Site", "3"),
        ["rep"],
    )
    assert (field.code, field.kind, again.status_code) == ("size", "number", 422)


def test_choices_are_renamed_moved_retired_and_added(admin, signed_in):
    options = [Option("gold", "Gold"), Option("tin", "Tin")]
    field, browser = a_field("Tier", kind="choice", options=options), signed_in(admin)
    typed = {"value": ["gold", "tin"], "label-gold": "Best", "label-tin": "Tin"}
    typed |= {"offered": "gold", "do": "down:gold", "more": "Iron"}

    browser.post(url("field-choices", field), typed)

    field.refresh_from_db()
    assert field.choice_list() == [
        Option("tin", "Tin", is_retired=True),
        Option("gold", "Best"),
        Option("iron", "Iron"),
    ]


def test_choice_without_a_label_is_refused(admin, signed_in):
    field = a_field("Tier", kind="choice", options=[Option("gold", "Gold")])

    answer = signed_in(admin).post(
        url("field-choices", field), {"value": "gold", "label-gold": " ", "offered": "gold"}
    )

    assert answer.status_code == 422
    assert "Write up to 200 choices" in answer.content.decode()
    assert signed_in(admin).post(url("field-choices", a_field()), {}).status_code == 404


def test_fields_are_put_in_order_by_buttons(admin, signed_in):
    last = [a_field(label) for label in "abc"][-1]

    signed_in(admin).post(url("move-field", last), {"steps": "-1"})

    assert [one.code for one in fields_of("person")] == ["a", "c", "b"]


def test_deleted_field_comes_back_from_the_toast(admin, signed_in):
    field, browser = a_field(), signed_in(admin)

    answer = browser.post(url("delete-field", field), follow=True)
    gone = fields_of("person")
    take_back(browser, answer)

    assert (gone, fields_of("person")) == ([], [field])
    assert "Its values come back with it." in answer.content.decode()


def test_deleted_field_lies_in_the_trash_of_admins(admin, rep, signed_in):
    field, trash = a_field("Meter"), reverse("changes:trash")
    signed_in(admin).post(url("delete-field", field))

    assert "Meter" in signed_in(admin).get(f"{trash}?kind=field").content.decode()
    assert "Meter" not in signed_in(rep).get(f"{trash}?kind=field").content.decode()


def test_only_who_manages_settings_manages_fields(rep, signed_in):
    field, browser = a_field(), signed_in(rep)

    seen = [browser.get(page).status_code for page in (FIELDS, NEW, url("field", field))]
    done = [
        browser.post(url(name, field)).status_code
        for name in ("field", "field-choices", "move-field", "delete-field")
    ]

    assert (set(seen), set(done)) == ({403}, {403})
    assert FieldDefinition.objects.get().deleted_at is None


def test_list_costs_the_same_however_many_fields(admin, signed_in, django_assert_num_queries):
    browser = signed_in(admin)
    a_field("First")
    browser.get(FIELDS)

    with django_assert_num_queries(shell := 8):
        browser.get(FIELDS)
    for number in range(5):
        a_field(f"F{number}", kind="user")
    with django_assert_num_queries(shell):
        page = browser.get(FIELDS).content.decode()
    assert [f"F{number}" in page for number in range(5)] == [True] * 5
