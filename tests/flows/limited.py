"""A house in which reps see no field that can be hidden, and every one of them is full."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import DateField

from baton.core.access.actions import create_user
from baton.core.access.models import User
from baton.core.fields.actions import edit_field, limit_field
from baton.core.fields.tests.factories import a_field
from baton.core.limits import built_ins
from baton.core.ui.formats import money
from baton.marketing.capture.tests.factories import AT
from baton.records.people.actions import edit_company, edit_person
from baton.records.people.models import (
    Company,
    CompanyDomain,
    CompanyTag,
    EmailAddress,
    Person,
    PersonTag,
    Phone,
    PostalAddress,
    Tag,
)
from baton.sales.deals.actions import edit_deal
from baton.sales.deals.models import Deal
from baton.sales.deals.tests.factories import a_deal
from tests.flows.house import House

SECRET, NUMBER, DAY = "quokka", 8675309, date(2039, 8, 17)  # in every hidden field
ANSWERS = ("jonas.weil@corvid", "helga@lund", "head of energy", "head of plants")  # to forms
SUMS = {NUMBER * count * share // 100 for count in range(1, 9) for share in range(10, 101, 10)}
WORDS = {
    SECRET, f"{DAY}", f"{DAY.day} aug", *ANSWERS, *map(str, SUMS), *(f"{one:,}" for one in SUMS),
    *(money(Decimal(one), "EUR", short=True).lower() for one in SUMS),
}  # fmt: skip
ROLE = "rep"
HIDEABLE = [one for one in built_ins if one.may_hide]
EDITS: dict[str, Any] = {
    "person": (Person, edit_person), "company": (Company, edit_company), "deal": (Deal, edit_deal)
}  # fmt: skip


def limited_house(story: Any) -> House:
    """Teo is the rep; one deal is his, the others are somebody else's of his team."""
    by = story.house.ada
    gone = create_user(name=SECRET, email="gone@x.example", role=ROLE)  # whom no choice offers
    User.objects.filter(pk=gone.pk).update(team=story.house.teo.team, is_active=False)
    tag = Tag.objects.create(name=SECRET, normalised=SECRET)
    PersonTag.objects.bulk_create(PersonTag(person=one, tag=tag) for one in Person.objects.all())
    CompanyTag.objects.bulk_create(
        CompanyTag(company=one, tag=tag) for one in Company.objects.all()
    )
    his = a_deal(owner=story.house.teo)
    for object_type, (kind, _edit) in EDITS.items():
        own = a_field(object_type=object_type, label="Secret", code="secret", kind="text")
        edit_field(field=own, values={"hidden_for": [ROLE]}, by=by, at=AT)
        _fill(kind)
    for one in HIDEABLE:
        values = {"hidden_for": [ROLE]}
        limit_field(object_type=one.object_type, name=one.name, values=values, by=by, at=AT)
    Deal.objects.filter(pk=his.pk).update(owner=story.house.teo)
    for mail in EmailAddress.objects.all():
        EmailAddress.objects.filter(pk=mail.pk).update(
            address=f"{SECRET}{mail.pk}@x.example", normalised=f"{SECRET}{mail.pk}@x.example"
        )
    for domain in CompanyDomain.objects.all():
        CompanyDomain.objects.filter(pk=domain.pk).update(domain=f"{SECRET}{domain.pk}.example")
    for person in Person.objects.all():
        Phone.objects.create(person=person, number=f"{SECRET} {person.pk}")
        PostalAddress.objects.create(person=person, kind="work", street=SECRET, city=SECRET)
    found: House = story.house
    return found


def _fill(kind: Any) -> None:
    columns = {field.name: field for field in kind._meta.concrete_fields}
    values: dict[str, Any] = {"custom": {"secret": SECRET}}
    for one in HIDEABLE:
        for name in (one.name, *one.also):
            if one.object_type == kind.masked_as and name in columns and name != "currency":
                values[name] = _told_of(columns[name])
    kind.objects.update(**values)


def _told_of(column: Any) -> Any:
    if column.is_relation:
        return User.objects.get(name=SECRET)
    if isinstance(column, DateField):
        return DAY
    return SECRET[: column.max_length] if column.max_length else NUMBER


def tells(content: bytes) -> list[str]:
    """The hidden words that an answer holds."""
    text = content.decode(errors="replace").lower()
    said = " ".join(set(text.split()))  # of what a page says again and again, one is read
    return [word for word in WORDS if word in (text if " " in word else said)]
