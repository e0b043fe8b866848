"""Many people read and written column by column are those that one by one would have been."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baton.core.changes.models import Change
from baton.core.errors import RuleViolation
from baton.core.facts import Origin, origin
from baton.core.facts.models import FactRecord
from baton.core.keys import new_key
from baton.records.people.actions import bring_in_people, create_people
from baton.records.people.actions.drafting import Drafts, NewPerson, draft
from baton.records.people.models import (
    EmailAddress,
    Person,
    PersonExternalId,
    PersonTag,
    Phone,
    PostalAddress,
)

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
TEXTS = ("", "  Ann ", "Zoë", "van der Berg", "Berg, Jonas", "a\u200bb", "ﬁ", "x" * 119, "y" * 300)
MAILS = ("", "ann@fenn.example", "Ann.Berg@FENN.example", "zoë@münchen.example", "nobody", "a@b@c")
PHONES = ("", "+49 421 123456", "0421 123456", "call me", "+1 212 555 0100", "9" * 70)
LINKS = ("", "linkedin.com/in/ann", "https://fenn.example", "no link at all", "@ann")
PLACES: tuple[dict[str, str], ...] = (
    {},
    {"city": " Bremen "},
    {"kind": "home", "street": "A 1\n\n B", "country": "DE"},
)

texts = st.sampled_from(TEXTS)
people = st.lists(
    st.fixed_dictionaries(
        {"at": st.just(AT), "origin": st.sampled_from(["marketing", "sales"])},
        optional={
            **dict.fromkeys(("full_name", "first_name", "last_name", "job_title"), texts),
            **dict.fromkeys(("channel", "campaign", "language", "said_source"), texts),
            **dict.fromkeys(("linkedin", "x", "website"), st.sampled_from(LINKS)),
            "seniority": st.sampled_from(["", "vp", "VP", "king"]),
            "country": st.sampled_from(["", "DE", "Germany", "Nowhere"]),
            "emails": st.lists(st.sampled_from(MAILS), max_size=2),
            "phones": st.lists(st.sampled_from(PHONES), max_size=2),
            "tags": st.lists(st.sampled_from(["", "vip", "VIP", "z" * 90]), max_size=2),
            "addresses": st.lists(st.sampled_from(PLACES), max_size=2),
            "external_ids": st.sampled_from([None, {"shop": "17"}]),
        },
    ),
    min_size=1,
    max_size=6,
)


def told(drafts: Drafts) -> list[Any]:
    """What each of them is made of."""
    lists = (drafts.mails, drafts.phones, drafts.tags, drafts.addresses)
    columns = [list(drafts.values(name)) for name in sorted(drafts.columns)]
    return list(zip(*columns, *lists, strict=True))


def outcome(new: list[NewPerson]) -> Any:
    try:
        return told(draft(new))
    except RuleViolation as no:
        return type(no), str(no), getattr(no, "field", "")


@settings(deadline=None, max_examples=150)
@given(people)
def test_many_are_read_as_each_alone(new):
    alone = [outcome([one]) for one in new]
    refused = next((one for one in alone if isinstance(one, tuple)), None)

    assert outcome(new) == (refused or list(chain.from_iterable(alone)))


def newcomers() -> list[NewPerson]:
    many: list[NewPerson] = [
        {
            "at": AT + timedelta(minutes=place),
            "origin": "sales" if place % 3 else "marketing",
            "full_name": f"Ann Berg {place}" if place % 4 else "",
            "emails": [f"ann{place}@fenn.example", f"berg{place}@fenn.example"][: place % 3 or 1],
            "phones": [f"+49 421 12345{place}", "0421 99"][: place % 3],
            "job_title": ("Buyer", "", "  Head   of it ")[place % 3],
            "country": ("Germany", "", "NO")[place % 3],
            "channel": "Organic" if place % 2 else "",
            "tags": ["vip", "fair"][: place % 3],
            "addresses": [{"city": "Bremen", "country": "DE"}] if place % 2 else [],
            "external_ids": {"shop": f"k{place}"},
            "custom": {"size": place} if place % 2 else {},
        }
        for place in range(9)
    ]
    return many


TABLES = (
    Person,
    EmailAddress,
    Phone,
    PostalAddress,
    PersonExternalId,
    PersonTag,
    Change,
    FactRecord,
)
ANEW = {"id", "key", "created_at", "recorded_at", "position"}


def written() -> Iterator[list[dict[str, Any]]]:
    """All rows, people by their place among all."""
    places = {
        pk: place
        for place, pk in enumerate(Person.objects.order_by("pk").values_list("pk", flat=True))
    }
    for model in TABLES:
        names = [field.attname for field in model._meta.fields if field.attname not in ANEW]
        rows = list(model._base_manager.order_by("pk").values(*names))
        for row in rows:
            for name in {"person_id", "object_id"} & row.keys():
                row[name] = places[row[name]]
        yield sorted(rows, key=lambda row: row.get("person_id", 0) or 0)


@pytest.mark.django_db
@pytest.mark.parametrize("is_looked_at", [True, False])
def test_rows_of_many_are_those_of_each_alone(is_looked_at):
    batch = new_key()
    with origin(Origin.IMPORT, batch=batch):
        for one in newcomers():
            create_people(new=[one], cause="import", batch=batch)
        alone = list(written())
        for model in (PersonTag, EmailAddress, Phone, PostalAddress, PersonExternalId):
            model._base_manager.all().delete()
        Person.objects.all().delete()
        Change.objects.all().delete()
        FactRecord.objects.all().delete()

        made: list[Person] = []
        if is_looked_at:
            made = create_people(new=newcomers(), cause="import", batch=batch)
        else:
            bring_in_people(new=newcomers(), cause="import", batch=batch)

    assert [len(rows) for rows in alone[:2]] == [9, 12]
    assert list(written()) == alone
    assert len(made) == (9 if is_looked_at else 0)
    names = [field.attname for field in Person._meta.fields if field.attname != "created_at"]
    kept = Person.objects.in_bulk()
    for person in made:
        assert not person._state.adding
        for name in names:
            assert getattr(person, name) == getattr(kept[person.pk], name), name
