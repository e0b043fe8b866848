"""What people and companies own themselves, carried along when two become one."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import models

from baton.core.access.sharing import share_likewise, take_back_shares
from baton.core.colleagues.models import Interest
from baton.core.files.models import File
from baton.records.people.actions.carrying import Rows, company_rows, person_rows
from baton.records.people.models import (
    Company,
    CompanyDomain,
    CompanyExternalId,
    CompanyIdentity,
    CompanyTag,
    EmailAddress,
    Identity,
    Person,
    PersonExternalId,
    PersonTag,
    Phone,
    PostalAddress,
)
from baton.records.people.rules import POSTAL_PARTS
from baton.records.people.slots import CompanyCarrier, Pairs, PersonCarrier


class Reachable(Rows):
    """Addresses or numbers, of which one is the primary: the kept one's, if they have any."""

    def _of(self, ids: Collection[int]) -> "models.QuerySet[Any]":
        rows = super()._of(ids)
        return rows.filter(deleted_at=None) if self.model is EmailAddress else rows

    def carry(self, pairs: Pairs, at: datetime) -> dict[int, Any]:
        firsts = dict(self._of(pairs).filter(is_primary=True).values_list("person_id", "pk"))
        moving = self._of(pairs)
        moving.filter(is_primary=True).update(is_primary=False)
        moved = super().carry(pairs, at)
        self._lead_on(set(pairs.values()), prefer=firsts.values())
        return {
            owner: {"rows": rows, "primary": firsts.get(owner)}
            for owner in {*moved, *firsts}
            if (rows := moved.get(owner, [])) or owner in firsts
        }

    def give_back(self, pairs: Pairs, carried: Mapping[int, Any], at: datetime) -> None:
        rows = [pk for one in carried.values() for pk in one["rows"]]
        self._of(pairs.values()).filter(pk__in=rows).update(is_primary=False)
        super().give_back(pairs, {owner: one["rows"] for owner, one in carried.items()}, at)
        self._lead_on(
            {*carried, *pairs.values()}, prefer=[one["primary"] for one in carried.values()]
        )

    def _lead_on(self, owners: Collection[int], *, prefer: Collection[int | None]) -> None:
        """Who has rows and no primary one gets one: a preferred one, else the oldest."""
        led = self._of(owners).filter(is_primary=True).values_list("person_id", flat=True)
        rows = self._of(set(owners) - set(led)).order_by("pk").values_list("person_id", "pk")
        first: dict[int, int] = {}
        for owner, pk in sorted(rows, key=lambda row: (row[1] not in prefer, row[1])):
            first.setdefault(owner, pk)
        self.model._base_manager.filter(pk__in=first.values()).update(is_primary=True)


class Named(Rows):
    """Rows that name their record by its kind and id, as files do."""

    def __init__(
        self, model: type[models.Model], kind: str, *, once: Collection[str] | None = None
    ) -> None:
        super().__init__(model, "object_id", once=once)
        self.kind = kind

    def _of(self, ids: Collection[int]) -> "models.QuerySet[Any]":
        return super()._of(ids).filter(object_type=self.kind)


class Identities:
    """The fact log keeps its ids; all that the merged ones were born as are the kept one's now."""

    def __init__(self, model: type[Identity] | type[CompanyIdentity], column: str) -> None:
        self.rows: Any = model._base_manager
        self.model: Any = model
        self.column = column

    def carry(self, pairs: Pairs, at: datetime) -> dict[int, list[int]]:
        former: dict[int, list[int]] = {merged: [] for merged in pairs}
        rows = self.rows.filter(**{f"{self.column}__in": list(pairs)}).order_by("old_id")
        for old_id, owner in rows.values_list("old_id", self.column):
            former[owner].append(old_id)
        for merged, kept in pairs.items():
            self.rows.filter(old_id__in=former[merged]).update(**{self.column: kept})
        self.rows.bulk_create(
            self.model(old_id=merged, **{self.column: kept}) for merged, kept in pairs.items()
        )
        return former

    def give_back(self, pairs: Pairs, carried: Mapping[int, Any], at: datetime) -> None:
        for merged, kept in pairs.items():
            self.rows.filter(old_id=merged, **{self.column: kept}).delete()
            mine = self.rows.filter(old_id__in=carried[merged], **{self.column: kept})
            mine.update(**{self.column: merged})


def _share_person(pairs: Pairs, at: datetime) -> dict[int, list[int]]:
    return share_likewise(object_type="person", pairs=pairs)


def _share_company(pairs: Pairs, at: datetime) -> dict[int, list[int]]:
    return share_likewise(object_type="company", pairs=pairs)


def _unshare(pairs: Pairs, carried: Mapping[int, Any], at: datetime) -> None:
    take_back_shares(share_ids=[pk for pks in carried.values() for pk in pks])


def _reachable(model: type[models.Model], once: Collection[str] | None = None) -> PersonCarrier:
    rows = Reachable(model, "person", once=once)
    return PersonCarrier(
        name=rows.name, columns=(rows.name,), carry=rows.carry, give_back=rows.give_back
    )


def _named(model: type[models.Model], *, once: Collection[str] | None = None) -> PersonCarrier:
    rows = Named(model, "person", once=once)
    name = f"people.{model.__name__}"
    return PersonCarrier(name=name, columns=(), carry=rows.carry, give_back=rows.give_back)


def _named_company(
    model: type[models.Model], *, once: Collection[str] | None = None
) -> CompanyCarrier:
    rows = Named(model, "company", once=once)
    name = f"people.Company{model.__name__}"
    return CompanyCarrier(name=name, columns=(), carry=rows.carry, give_back=rows.give_back)


PEOPLE_BORN = Identities(Identity, "person_id")
COMPANIES_BORN = Identities(CompanyIdentity, "company_id")
PERSON_CARRIERS = (
    PersonCarrier(
        name="people.Identity",
        columns=("people.Identity.person",),
        carry=PEOPLE_BORN.carry,
        give_back=PEOPLE_BORN.give_back,
        order=0,
    ),
    PersonCarrier(name="people.Share", columns=(), carry=_share_person, give_back=_unshare),
    _named(File),
    _named(Interest, once=("user_id",)),
    _reachable(EmailAddress),
    _reachable(Phone, once=("number",)),
    person_rows(PersonExternalId),
    person_rows(PostalAddress, once=("kind", *POSTAL_PARTS)),
    person_rows(PersonTag, once=("tag_id",)),
)
COMPANY_CARRIERS = (
    CompanyCarrier(
        name="people.CompanyIdentity",
        columns=("people.CompanyIdentity.company",),
        carry=COMPANIES_BORN.carry,
        give_back=COMPANIES_BORN.give_back,
        order=0,
    ),
    CompanyCarrier(
        name="people.CompanyShare", columns=(), carry=_share_company, give_back=_unshare
    ),
    _named_company(File),
    _named_company(Interest, once=("user_id",)),
    company_rows(CompanyDomain),
    company_rows(CompanyExternalId),
    company_rows(CompanyTag, once=("tag_id",)),
    company_rows(Person),
    company_rows(Company, "parent"),
)
