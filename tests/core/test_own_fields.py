"""Lists are asked by the fields that a company made itself, of every kind, unknown values too."""

import json

import pytest
from django.urls import reverse

from baton.core.fields.actions import ensure_field
from baton.core.fields.models import FieldDefinition
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person

pytestmark = pytest.mark.django_db
PEOPLE = reverse("people:list")
KINDS = ["text", "number", "money", "date", "boolean", "choice", "moment", "choices", "user"]
KINDS += ["link", "mail", "phone", "long_text"]


@pytest.fixture
def own(admin):
    """A field of each kind; Ann has a value of each, Ben others, Cleo what nobody can read."""
    for kind in KINDS:
        code = {"text": "a-b__c"}.get(kind, kind)
        ensure_field(object_type="person", code=code, label=kind.title(), kind=kind)
    chosen = FieldDefinition.objects.filter(code__in=["choice", "choices"])
    chosen.update(options=["small", "large", "Größe"])
    values = {
        "Ann": {
            "a-b__c": "Größe",
            "number": "12.5",
            "money": "100",
            "date": "2026-03-01",
            "boolean": True,
            "choice": "large",
            "moment": "2026-03-02T00:30:00Z",
            "choices": ["large", "Größe"],
            "user": str(admin.key),
            "mail": "Ann@halden.example",
        },
        "Ben": {
            "a-b__c": "",
            "number": "-3",
            "money": "0.1",
            "date": "2026-04-01",
            "boolean": False,
            "choice": "small",
            "moment": "2026-03-01T12:00:00Z",
            "choices": ["small", "large"],
        },
        "Cleo": {"number": "many", "date": "soon", "boolean": "perhaps", "moment": "x"},
    }
    for name, custom in values.items():
        Person.objects.filter(pk=a_person(full_name=name).pk).update(custom=custom)


@pytest.mark.parametrize(
    ("part", "found"),
    [
        (["custom.a-b__c", "contains", "gröss"], []),
        (["custom.a-b__c", "contains", "GRÖ"], ["Ann"]),
        (["custom.a-b__c", "is_empty"], ["Ben", "Cleo"]),
        (["custom.number", ">", 0], ["Ann"]),
        (["custom.number", "=", "12.5"], ["Ann"]),
        (["custom.number", "!=", -3], ["Ann", "Cleo"]),
        (["custom.number", "is_empty"], ["Cleo"]),
        (["custom.money", "between", ["0.1", 100]], ["Ann", "Ben"]),
        (["custom.date", "on", "2026-03-01"], ["Ann"]),
        (["custom.date", "after", "2026-03-01"], ["Ben"]),
        ({"not": ["custom.date", "before", "2026-03-15"]}, ["Ben", "Cleo"]),
        (["custom.boolean", "is", True], ["Ann"]),
        ({"not": ["custom.boolean", "is", True]}, ["Ben", "Cleo"]),
        (["custom.choice", "in", ["small"]], ["Ben"]),
        (["custom.choice", "is_not", "small"], ["Ann", "Cleo"]),
        (["custom.moment", "on", "2026-03-02"], ["Ann"]),
        (["custom.moment", "before", "2026-03-02"], ["Ben"]),
        (["custom.moment", "is_empty"], ["Cleo"]),
        (["custom.choices", "is", "large"], ["Ann", "Ben"]),
        (["custom.choices", "in", ["small", "Größe"]], ["Ann", "Ben"]),
        (["custom.choices", "is_not", "Größe"], ["Ben", "Cleo"]),
        (["custom.choices", "is_empty"], ["Cleo"]),
        (["custom.mail", "starts_with", "ann@"], ["Ann"]),
        (["custom.link", "is_set"], []),
    ],
)
def test_own_field_is_asked_like_any_other(part, found, own, admin, signed_in):
    answer = signed_in(admin).get(PEOPLE, {"filter": json.dumps([1, part])})

    rows = answer.context["list"].rows
    assert answer.context["views"].asked.lost == ()
    assert sorted(row.object.full_name for row in rows) == found


def test_form_offers_own_fields_by_their_labels(own, admin, signed_in):
    form = signed_in(admin).get(reverse("saved:filter"), {"list": "people"})

    offered = dict(form.context["fields"])
    assert [offered[f"person.custom.{code}"] for code in ("money", "choice")] == ["Money", "Choice"]


def test_field_that_is_taken_away_is_left_out_and_named(own, admin, signed_in):
    FieldDefinition.objects.filter(code="money").delete()

    answer = signed_in(admin).get(PEOPLE, {"filter": '[1,["custom.money",">",1]]'})

    assert "there is no field “custom.money” to ask about" in answer.content.decode()
    assert answer.context["list"].total == 3
