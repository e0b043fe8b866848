"""Which tags there are, and who has which."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Q

from baton.core.prepared import Prepared
from baton.records.people.models import Company, CompanyTag, Person, PersonTag, Tag

MOST_OFFERED = 500  # what a control suggests; another one is typed


def tag_names() -> list[str]:
    """What is suggested while somebody types, in order."""
    return _NAMES.rows()


_NAMES: Prepared[str] = Prepared(
    lambda: Tag.objects.order_by("normalised").values_list("name", flat=True)[:MOST_OFFERED]
)


def tag_choices() -> list[tuple[str, str]]:
    """All tags as a filter asks for them: what compares, and what is shown."""
    return list(Tag.objects.order_by("normalised").values_list("normalised", "name"))


def tags_of(kind: type[Person] | type[Company], ids: Collection[int]) -> dict[int, list[str]]:
    """The names of each one's tags, in order."""
    found: dict[int, list[str]] = {pk: [] for pk in ids}
    for pk, name in (_OF_PEOPLE if kind is Person else _OF_COMPANIES).rows(ids=ids):
        found[pk].append(name)
    return found


def _named(links: Any, column: str) -> Prepared[tuple[int, str]]:
    return Prepared(
        lambda ids: (
            links.objects.filter(**{f"{column}__in": ids})
            .order_by("tag__normalised")
            .values_list(f"{column}_id", "tag__name")
        )
    )


_OF_PEOPLE, _OF_COMPANIES = _named(PersonTag, "person"), _named(CompanyTag, "company")


def tagged_people(tags: Sequence[str]) -> Q:
    """Of people, those who have any of these tags (normalised); of none, those who have any."""
    return Q(pk__in=_links(PersonTag, tags).values("person"))


def tagged_companies(tags: Sequence[str]) -> Q:
    """The same of companies."""
    return Q(pk__in=_links(CompanyTag, tags).values("company"))


def at_tagged_companies(tags: Sequence[str]) -> Q:
    """Of people, those whose company has any of these tags."""
    return Q(company__isnull=False, company__in=_links(CompanyTag, tags).values("company"))


def _links(kind: Any, tags: Sequence[str]) -> Any:
    rows = kind.objects.all()
    return rows.filter(tag__normalised__in=tags) if tags else rows
