"""Tags on and off: many records at once, or the few of one record that its edit changes."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import record_changes
from baton.core.changes.models import Change
from baton.core.facts import Fact, publish_many
from baton.core.fields.actions import check_written, refused
from baton.core.keys import new_key
from baton.records.people.actions.refusals import NoTag, TooLong
from baton.records.people.events import CompanyChanged, PersonChanged
from baton.records.people.models import Company, CompanyTag, Person, PersonTag, Tag
from baton.records.people.models.tags import LONGEST
from baton.records.people.queries import tags_of
from baton.records.people.rules import TAG, each_once, normalised_tag

Record = Person | Company
Tags = Mapping[str, Tag]  # by their normalised name


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What is tagged, and where its tags stand."""

    object_type: str
    model: type[Any]
    links: type[Any]
    column: str  # of ``links``, of the record
    told: Callable[..., Fact]


PEOPLE = Kind(
    object_type="person",
    model=Person,
    links=PersonTag,
    column="person_id",
    told=lambda row, **told: PersonChanged(
        person_id=row.pk, company_id=row.company_id, fields=["tags"], **told
    ),
)
COMPANIES = Kind(
    object_type="company",
    model=Company,
    links=CompanyTag,
    column="company_id",
    told=lambda row, **told: CompanyChanged(company_id=row.pk, fields=["tags"], **told),
)


@dataclass(frozen=True, kw_only=True)
class Act:
    """Who does it, when, why, and the batch by which it is taken back."""

    by: User | None
    at: datetime
    cause: str
    batch: UUID


def tag_people(
    *,
    people_ids: Collection[int],
    names: Iterable[str],
    by: User | None,
    at: datetime,
    cause: str = "",
    batch: UUID | None = None,
) -> UUID:
    """These tags, too, for these living people; returns the batch that takes it back.

    New tags are made; who has one already stays as they are. Raises NoTag and TooLong.
    """
    act = Act(by=by, at=at, cause=cause, batch=batch or new_key())
    return _put(PEOPLE, people_ids, _some(names), act)


def untag_people(
    *,
    people_ids: Collection[int],
    names: Iterable[str],
    by: User | None,
    at: datetime,
    cause: str = "",
    batch: UUID | None = None,
) -> UUID:
    """Without these tags; who has none of them stays as they are. Raises NoTag."""
    act = Act(by=by, at=at, cause=cause, batch=batch or new_key())
    return _take(PEOPLE, people_ids, _some(names), act)


def tag_companies(
    *,
    company_ids: Collection[int],
    names: Iterable[str],
    by: User | None,
    at: datetime,
    cause: str = "",
    batch: UUID | None = None,
) -> UUID:
    """The same for companies."""
    act = Act(by=by, at=at, cause=cause, batch=batch or new_key())
    return _put(COMPANIES, company_ids, _some(names), act)


def untag_companies(
    *,
    company_ids: Collection[int],
    names: Iterable[str],
    by: User | None,
    at: datetime,
    cause: str = "",
    batch: UUID | None = None,
) -> UUID:
    """The same for companies."""
    act = Act(by=by, at=at, cause=cause, batch=batch or new_key())
    return _take(COMPANIES, company_ids, _some(names), act)


def clean_tags(names: Iterable[str]) -> list[str]:
    """As they would be kept, each once. Raises TooLong."""
    found = each_once(names)
    for name in found:
        if len(name) > LONGEST:
            words = _("The tag “%(tag)s…” is longer than %(limit)d characters.")
            raise TooLong(words % {"tag": name[:40], "limit": LONGEST}, field="tags")
    return found


def ensure_tags(names: Iterable[str]) -> Tags:
    """The tags of these names; those that are new are made. Safe when two do so at once."""
    wanted = {normalised_tag(name): name for name in clean_tags(names)}
    known = known_tags(wanted)
    if fresh := wanted.keys() - known.keys():
        Tag.objects.bulk_create(
            (Tag(name=wanted[key], normalised=key) for key in wanted if key in fresh),
            ignore_conflicts=True,
        )
        return known_tags(wanted)
    return known


def known_tags(keys: Iterable[str]) -> Tags:
    """Those that are here, by their normalised name."""
    return {tag.normalised: tag for tag in Tag.objects.filter(normalised__in=list(keys))}


def link_tags(kind: Kind, tagged: Mapping[int, Iterable[str]]) -> None:
    """The tags of new records, by id; history and facts are the business of who made them."""
    if not tagged:
        return
    names = {pk: clean_tags(texts) for pk, texts in tagged.items()}
    tags = ensure_tags(name for texts in names.values() for name in texts)
    kind.links.objects.bulk_create(
        kind.links(**{kind.column: pk}, tag=tags[normalised_tag(name)])
        for pk, texts in names.items()
        for name in texts
    )


def kind_of(record: Record) -> Kind:
    """Whether a person or a company is tagged."""
    return PEOPLE if isinstance(record, Person) else COMPANIES


def turned_tags(kind: Kind, record: Record, values: Mapping[str, Any]) -> dict[str, str | None]:
    """By their key in the history the tags that an edit puts on, or (None) takes off.

    ``values`` has all of them ("tags"), or single ones by such keys, as an undo hands them in.
    """
    wanted = {key: name for key, name in values.items() if key.startswith(TAG)}
    if "tags" not in values and not wanted:
        return {}
    now = {normalised_tag(name): name for name in tags_of(kind.model, [record.pk])[record.pk]}
    if "tags" in values:
        all_of_them = {normalised_tag(name): name for name in clean_tags(values["tags"])}
        wanted |= {TAG + name: None for key, name in now.items() if key not in all_of_them}
        wanted |= {TAG + name: name for name in all_of_them.values()}
    return {
        key: name
        for key, name in wanted.items()
        if bool(name) != (normalised_tag(key.removeprefix(TAG)) in now)
    }


def write_tags(kind: Kind, record: Record, changes: Mapping[str, str | None]) -> None:
    """Of one locked record: each tag on, or (None) off; keys are those of its history."""
    if not changes:
        return
    on = ensure_tags(name for name in changes.values() if name)
    off = [normalised_tag(key.removeprefix(TAG)) for key, name in changes.items() if not name]
    mine = kind.links.objects.filter(**{kind.column: record.pk})
    mine.filter(tag__normalised__in=off).delete()
    kind.links.objects.bulk_create(
        (kind.links(**{kind.column: record.pk}, tag=tag) for tag in on.values()),
        ignore_conflicts=True,
    )


@transaction.atomic(savepoint=False)
def _put(kind: Kind, ids: Collection[int], names: Iterable[str], act: Act) -> UUID:
    check_written(kind.object_type, ["tags"], by=act.by, cause=act.cause)
    tags = {tag.pk: tag for tag in ensure_tags(names).values()}
    rows = _locked(kind, ids)
    present = _present(kind, rows, tags)
    fresh = {pk: [tag for tag in tags if tag not in present[pk]] for pk in rows}
    links = ((pk, tag) for pk, missing in fresh.items() for tag in missing)
    kind.links.objects.bulk_create(
        (kind.links(**{kind.column: pk}, tag_id=tag) for pk, tag in links), batch_size=1000
    )
    for pk in _refused(kind, [pk for pk in rows if fresh[pk]], act):
        kind.links.objects.filter(**{kind.column: pk}, tag__in=fresh.pop(pk)).delete()
    put = {pk: [tags[tag] for tag in missing] for pk, missing in fresh.items()}
    _write_down(kind, rows, put, act, is_on=True)
    return act.batch


@transaction.atomic(savepoint=False)
def _take(kind: Kind, ids: Collection[int], names: Iterable[str], act: Act) -> UUID:
    check_written(kind.object_type, ["tags"], by=act.by, cause=act.cause)
    wanted = [normalised_tag(name) for name in names]
    tags = {tag.pk: tag for tag in known_tags(wanted).values()}
    rows = _locked(kind, ids)
    present = _present(kind, rows, tags)
    links = kind.links.objects.filter(**{f"{kind.column}__in": list(rows)}, tag__in=list(tags))
    links.delete()
    kept = _refused(kind, [pk for pk in rows if present[pk]], act)
    kind.links.objects.bulk_create(
        kind.links(**{kind.column: pk}, tag_id=tag) for pk in kept for tag in present.pop(pk)
    )
    gone = {pk: [tags[tag] for tag in sorted(present[pk])] for pk in rows}
    _write_down(kind, rows, gone, act, is_on=False)
    return act.batch


def _refused(kind: Kind, changed: Collection[int], act: Act) -> Collection[int]:
    """Whom a rule does not take as they are tagged now: they stay as they were."""
    rows = kind.model.objects.filter(pk__in=changed)
    return refused(rows, object_type=kind.object_type, at=act.at, by=act.by, cause=act.cause)


def _some(names: Iterable[str]) -> list[str]:
    found = clean_tags(names)
    if not found:
        raise NoTag(_("Write a tag."))
    return found


def _locked(kind: Kind, ids: Collection[int]) -> dict[int, Any]:
    living = kind.model.objects.living().select_for_update().filter(pk__in=ids)
    return {row.pk: row for row in living.order_by("pk")}


def _present(kind: Kind, rows: Collection[int], tags: Collection[int]) -> dict[int, set[int]]:
    """Which of these tags each has."""
    links = kind.links.objects.filter(**{f"{kind.column}__in": list(rows)}, tag__in=list(tags))
    found: dict[int, set[int]] = defaultdict(set)
    for pk, tag in links.values_list(kind.column, "tag_id"):
        found[pk].add(tag)
    return found


def _write_down(
    kind: Kind, rows: Mapping[int, Any], turned: Mapping[int, list[Tag]], act: Act, *, is_on: bool
) -> None:
    """Versions, history and facts of those whose tags were turned on or off."""
    changed = {pk: tags for pk, tags in turned.items() if tags}
    kind.model.objects.filter(pk__in=list(changed)).update(version=F("version") + 1)
    record_changes(_change(kind, pk, tags, act, is_on=is_on) for pk, tags in changed.items())
    told = {"happened_at": act.at, "actor_id": act.by.pk if act.by else None}
    publish_many(kind.told(rows[pk], **told) for pk in changed)


def _change(kind: Kind, pk: int, tags: list[Tag], act: Act, *, is_on: bool) -> Change:
    has = {TAG + tag.name: tag.name for tag in tags}
    has_not: dict[str, str | None] = dict.fromkeys(has)
    before, after = (has_not, has) if is_on else (has, has_not)
    return Change(
        object_type=kind.object_type,
        object_id=pk,
        verb="edited",
        before=before,
        after=after,
        by=act.by,
        at=act.at,
        cause=act.cause,
        batch=act.batch,
    )
