"""Named accounts: companies and domains whose leads one rep or one pool answers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.access.queries import users_called
from baton.core.bulk import bites, update_rows
from baton.core.changes.actions import record_changes, record_each, restore_rows, trash_rows
from baton.core.changes.models import Change
from baton.core.keys import new_key
from baton.qualification.handoff.actions.owning import check_owner
from baton.qualification.handoff.actions.refusals import BadPool
from baton.qualification.handoff.models import NamedAccount, Pool
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS
from baton.qualification.handoff.rules import Line, read_lines
from baton.records.people.models import Company
from baton.records.people.queries import companies_by_names
from baton.records.people.rules import is_freemail

KIND = "named_account"
MOST = 5_000  # lines at once
TOLD = 100  # of a preview, of those that are named no more
Owner = tuple[User | None, Pool | None]


@dataclass(frozen=True, kw_only=True)
class BadAccount:
    """A line that counts for nothing, and why."""

    line: Line
    why: str

    def __str__(self) -> str:
        return _("Line %(number)d: %(why)s") % {"number": self.line.number, "why": self.why}


@dataclass(frozen=True, kw_only=True)
class Step:
    """What becomes of one account: whose it was and whose it is, "" for nobody's."""

    account: str
    was: str = ""
    becomes: str = ""


@dataclass
class Named:
    """What came of a list, or would come: how many are new, changed hands, are named no more, and
    which lines are bad."""

    added: int = 0
    moved: int = 0
    same: int = 0
    removed: int = 0
    bad: list[BadAccount] = field(default_factory=list)
    batch: UUID = field(default_factory=new_key)
    steps: list[Step] = field(default_factory=list)  # those that change something, told beforehand

    @property
    def refused(self) -> list[str]:
        """A sentence for each bad line."""
        return [str(one) for one in self.bad]


@dataclass
class _List:
    """What a list is compared with, and what comes of it."""

    companies: Mapping[str, Company]
    owners: Mapping[str, Owner]
    usual: Owner
    known: dict[str, NamedAccount]
    before: dict[int, Owner] = field(default_factory=dict)
    new: list[NamedAccount] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    done: Named = field(default_factory=Named)

    def take(self, line: Line) -> None:
        """Named, given to somebody else, or refused."""
        company = None if line.is_domain else self.companies.get(line.what.casefold())
        owner = self.owners.get(line.owner.casefold()) if line.owner else self.usual
        if no := _refusal(line, owner=owner, company=company):
            self.done.bad.append(BadAccount(line=line, why=no))
            return
        assert owner  # noqa: S101 -- else refused
        domain = line.what if line.is_domain else ""
        row = self.known.get(_mark(company, domain))
        if row is None:
            self.new.append(
                NamedAccount(company=company, domain=domain, rep=owner[0], pool=owner[1])
            )
        elif (row.rep, row.pool) == owner:
            self.done.same += 1
        else:
            self.before[row.pk] = (row.rep, row.pool)
            row.rep, row.pool = owner

    @property
    def moved(self) -> list[NamedAccount]:
        return [row for row in self.known.values() if row.pk in self.before]

    def count(self) -> Named:
        self.done.added, self.done.moved = len(self.new), len(self.moved)
        self.done.removed = len(self.gone)
        return self.done


@transaction.atomic
def name_accounts(
    *,
    text: str,
    by: User | None,
    at: datetime,
    rep: User | None = None,
    pool: Pool | None = None,
    is_all: bool = False,
) -> Named:
    """A line for each: a domain or the name of a company, and behind a comma whose it is (mail or
    name of a rep, name of a pool), where that is not ``rep`` or ``pool``. Raises BadPool.

    What is named already changes hands; lines that name nothing are told, the others count.
    ``is_all``: what stands on no line, bad ones included, is named no more.
    """
    listed = _compare(text, by=by, usual=(rep, pool), is_all=is_all)
    _write(listed, by=by, at=at)
    return listed.done


@transaction.atomic
def preview_accounts(
    *,
    text: str,
    by: User | None,
    rep: User | None = None,
    pool: Pool | None = None,
    is_all: bool = False,
) -> Named:
    """What ``name_accounts`` would do, and to the first ones of whom; nothing is written."""
    listed = _compare(text, by=by, usual=(rep, pool), is_all=is_all)
    done = listed.count()
    done.steps = [
        *(Step(account=str(row), becomes=_called(row.rep, row.pool)) for row in listed.new),
        *(
            Step(
                account=str(row),
                was=_called(*listed.before[row.pk]),
                becomes=_called(row.rep, row.pool),
            )
            for row in listed.moved
        ),
        *(Step(account=str(row), was=_called(row.rep, row.pool)) for row in _some(listed.gone)),
    ]
    return done


def _some(ids: Sequence[int]) -> Iterable[NamedAccount]:
    rows = NamedAccount.objects.filter(pk__in=ids[:TOLD]).order_by("pk")
    return rows.select_related("company", "rep", "pool")


def _called(rep: User | None, pool: Pool | None) -> str:
    return str(rep or pool)


def _compare(text: str, *, by: User | None, usual: Owner, is_all: bool) -> _List:
    lines = read_lines(text)
    if not lines or len(lines) > MOST:
        raise BadPool(_("From one to %(most)d lines at once.") % {"most": MOST})
    rep, pool = usual
    if rep or pool:
        check_owner(rep=rep, pool=pool)
    seen = Company.objects.visible_to(by) if by else None
    names = [line.what for line in lines if line.what and not line.is_domain]
    companies = companies_by_names(names, among=seen)
    listed = _List(
        companies=companies,
        owners=_owners({line.owner for line in lines if line.owner}),
        usual=usual,
        known=_known(lines, companies),
    )
    for line in lines:
        listed.take(line)
    if is_all:
        kept = {row.pk for row in listed.known.values()}
        living = NamedAccount.objects.living().order_by("pk").values_list("pk", flat=True)
        listed.gone = [pk for pk in living if pk not in kept]
    return listed


def _owners(names: Collection[str]) -> dict[str, Owner]:
    """Whoever can answer, by mail or name; pools by name."""
    if not names:
        return {}
    pools = Pool.objects.living().filter(is_catch_all=False)
    found: dict[str, Owner] = {pool.name.casefold(): (None, pool) for pool in pools}
    for called, user in users_called(names).items():
        if user.can_sign_in() and user.may(ANSWER_HANDOFFS):
            found[called] = (user, None)
    return found


def _refusal(line: Line, *, owner: Owner | None, company: Company | None) -> str:
    told = {"what": line.what, "owner": line.owner}
    if not line.what:
        return _("it names neither a company nor a domain.")
    if line.is_domain and is_freemail(line.what):
        return _("everybody has mail at “%(what)s”.") % told
    if not line.is_domain and company is None:
        return _("there is no company “%(what)s”.") % told
    if owner is None:
        return _("no pool, and nobody who answers leads, is “%(owner)s”.") % told
    if owner == (None, None):
        return _("say whose “%(what)s” is.") % told
    return ""


def _mark(company: Company | None, domain: str) -> str:
    return f"company {company.pk}" if company else domain


def _known(lines: Sequence[Line], companies: Mapping[str, Company]) -> dict[str, NamedAccount]:
    domains = [line.what for line in lines if line.is_domain]
    rows = NamedAccount.objects.living().select_for_update(of=("self",), no_key=True)
    rows = rows.select_related("rep", "pool", "company").order_by("pk")
    ids = [company.pk for company in companies.values()]
    found = [
        row
        for column, values in (("domain", domains), ("company", ids))
        for some in bites(values)
        for row in rows.filter(**{f"{column}__in": some})
    ]
    return {_mark(row.company, row.domain): row for row in found}


def _write(listed: _List, *, by: User | None, at: datetime) -> None:
    done, moved = listed.count(), listed.moved
    NamedAccount.objects.bulk_create(listed.new)
    fields = ("rep_id", "pool_id")
    values = {row.pk: {name: getattr(row, name) for name in fields} for row in moved}
    update_rows(NamedAccount, values, fields=fields)
    made = [_change(row, verb="created", before={}) for row in listed.new]
    given = [_change(row, verb="edited", before=_said(*listed.before[row.pk])) for row in moved]
    for change in (*made, *given):
        change.by, change.at, change.batch = by, at, done.batch
    record_changes([*made, *given])
    gone = put_accounts_away(listed.gone, at)
    record_each(gone, object_type=KIND, verb="deleted", by=by, at=at, batch=done.batch)


def _change(row: NamedAccount, *, verb: str, before: Mapping[str, Any]) -> Change:
    after = _said(row.rep, row.pool)
    return Change(object_type=KIND, object_id=row.pk, verb=verb, before=before, after=after)


def _said(rep: User | None, pool: Pool | None) -> dict[str, Any]:
    return {"rep": rep.pk if rep else None, "pool": pool.pk if pool else None}


@transaction.atomic
def delete_named_accounts(*, ids: Collection[int], by: User | None, at: datetime) -> UUID:
    """Into the trash; the batch that is returned takes them out again."""
    moved = put_accounts_away(ids, at)
    return record_each(moved, object_type=KIND, verb="deleted", by=by, at=at)


def put_accounts_away(ids: Collection[int], at: datetime) -> list[int]:
    """Without history, for the undo, which writes its own."""
    return trash_rows(NamedAccount.objects.filter(pk__in=ids), at=at)


def bring_accounts_back(ids: Collection[int]) -> list[int]:
    """Those that nobody named anew meanwhile; the database says no to the others."""
    return restore_rows(NamedAccount.objects.filter(pk__in=ids))


def write_account_back(account_id: int, values: Mapping[str, Any]) -> None:
    """Whose it was, for the undo."""
    said = {f"{name}_id": value for name, value in values.items() if name in {"rep", "pool"}}
    NamedAccount.objects.filter(pk=account_id).update(**said)
