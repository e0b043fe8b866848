"""What was known of people at a moment: their log up to it, and their fields as they stood then."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from baton.core.changes.models import Change
from baton.core.facts.models import FactRecord
from baton.core.fields.models import FieldDefinition
from baton.core.fields.rules.kinds import OWN, Kind
from baton.records.audience.models import Persona
from baton.records.people.models import Company, Person
from baton.records.people.queries import born_as

DAY = timedelta(days=1)
PERSON_FIELDS = ("seniority", "buying_role", "country", "language", "channel", "origin")
COMPANY_FIELDS = ("industry", "employee_count")
OWN_KINDS = (Kind.CHOICE, Kind.BOOLEAN, Kind.NUMBER)
FACTS = ("score.changed", "visit.made", "form.submitted", "persona.assigned", "activity.logged")
Moments = Mapping[int, datetime]  # by person


@dataclass(frozen=True, kw_only=True)
class Known:
    """``values`` by person and column. ``late``: by field of whom it was filled afterwards."""

    values: Mapping[int, Mapping[str, Any]]
    late: Mapping[str, Collection[int]]


@dataclass
class _Log:
    """What one person had done, and what was said of them, by then."""

    visits: int = 0
    pages: int = 0
    forms: int = 0
    touches: int = 0
    form: str | None = None
    persona: int = 0
    score: int | None = None
    fit: int | None = None
    engagement: int | None = None
    first_at: datetime | None = None
    visited_at: datetime | None = None
    channels: set[str] = field(default_factory=set)

    def hear(self, name: str, at: datetime, payload: Mapping[str, Any]) -> None:
        self.first_at = self.first_at or at
        _HEARD[name](self, at, payload)


def _score(log: _Log, at: datetime, said: Mapping[str, Any]) -> None:
    log.score, log.fit, log.engagement = said["score"], said["fit"], said["engagement"]


def _visit(log: _Log, at: datetime, said: Mapping[str, Any]) -> None:
    log.visits += 1
    log.pages += len(said.get("pages") or ())
    log.visited_at = at
    log.channels.add(said.get("channel") or "")


def _form(log: _Log, at: datetime, said: Mapping[str, Any]) -> None:
    log.forms += 1
    log.form = said.get("form_code") or None


def _persona(log: _Log, at: datetime, said: Mapping[str, Any]) -> None:
    log.persona = said["persona_id"]


def _activity(log: _Log, at: datetime, said: Mapping[str, Any]) -> None:
    log.touches += 1


_HEARD: Mapping[str, Callable[[_Log, datetime, Mapping[str, Any]], None]] = dict(
    zip(FACTS, (_score, _visit, _form, _persona, _activity), strict=True)
)


def known_at(moments: Moments) -> Known:
    """What was known of each at their moment; all of them with a fixed number of questions."""
    people = Person.objects.filter(pk__in=moments).select_related("company")
    own = {OWN + code: code for code in _own_codes()}
    logs, names = _logs(moments), dict(Persona.objects.values_list("pk", "name"))
    then = _then("person", {pk: moments[pk] for pk in moments})
    worked_at = _employers(people, then)
    companies = _company_changes({company.pk for company in worked_at.values()})
    values: dict[int, dict[str, Any]] = {}
    late: dict[str, list[int]] = defaultdict(list)
    for person in people:
        at = moments[person.pk]
        found = _fields(person, own, then.get(person.pk, {}), late)
        if employer := worked_at.get(person.pk):
            found |= _of_company(person, employer, companies, at, late)
        values[person.pk] = found | _of_log(logs[person.pk], at, names)
    return Known(values=values, late=late)


def _own_codes() -> list[str]:
    rows = FieldDefinition.objects.filter(object_type="person", deleted_at=None, kind__in=OWN_KINDS)
    return list(rows.order_by("position", "pk").values_list("code", flat=True))


def _logs(moments: Moments) -> dict[int, _Log]:
    born = born_as(list(moments))
    logs: dict[int, _Log] = {pk: _Log() for pk in moments}
    rows = FactRecord.objects.standing().filter(person_id__in=born, name__in=FACTS)
    said = rows.order_by("happened_at", "pk")
    for person_id, name, at, payload in said.values_list(
        "person_id", "name", "happened_at", "payload"
    ).iterator(chunk_size=2000):
        person = born[person_id or 0]
        # The score that made somebody an MQL is of the same moment: it was known.
        if at <= moments[person]:
            logs[person].hear(name, at, payload)
    return logs


def _then(object_type: str, moments: Moments) -> dict[int, dict[str, Any]]:
    """By record: the fields that were changed since, with what they were before."""
    if not moments:
        return {}
    rows = Change.objects.filter(object_type=object_type, object_id__in=moments, verb="edited")
    return _before(rows, moments)


def _before(rows: QuerySet[Change], moments: Moments) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    said = rows.filter(at__gt=min(moments.values())).order_by("at", "pk")
    for pk, at, before in said.values_list("object_id", "at", "before"):
        if at > moments[pk]:
            for name, value in before.items():
                found[pk].setdefault(name, value)
    return found


def _fields(
    person: Person,
    own: Mapping[str, str],
    then: Mapping[str, Any],
    late: dict[str, list[int]],
) -> dict[str, Any]:
    found = {name: then.get(name, getattr(person, name)) for name in PERSON_FIELDS}
    today = {name: getattr(person, name) for name in PERSON_FIELDS}
    custom = then.get("custom", person.custom) or {}
    found |= {name: custom.get(code) for name, code in own.items()}
    today |= {name: person.custom.get(code) for name, code in own.items()}
    _note_late(found, today, person.pk, late)
    return found


def _note_late(
    then: Mapping[str, Any], now: Mapping[str, Any], person_id: int, late: dict[str, list[int]]
) -> None:
    for name, value in then.items():
        if now[name] not in (None, "") and value in (None, ""):
            late[name].append(person_id)


CompanyThen = Mapping[int, list[tuple[datetime, Mapping[str, Any]]]]


def _employers(
    people: Iterable[Person], then: Mapping[int, Mapping[str, Any]]
) -> dict[int, Company]:
    """By person: whom they worked for at their moment, which may be another than today."""
    changed = {pk: before["company"] for pk, before in then.items() if "company" in before}
    former = Company.objects.in_bulk({pk for pk in changed.values() if pk})
    found = {
        person.pk: former.get(changed[person.pk]) if person.pk in changed else person.company
        for person in people
    }
    return {pk: company for pk, company in found.items() if company}


def _company_changes(ids: Collection[int]) -> CompanyThen:
    found: dict[int, list[tuple[datetime, Mapping[str, Any]]]] = defaultdict(list)
    rows = Change.objects.filter(object_type="company", object_id__in=ids, verb="edited")
    for pk, at, before in rows.order_by("at", "pk").values_list("object_id", "at", "before"):
        found[pk].append((at, before))
    return found


def _of_company(
    person: Person,
    company: Company,
    changes: CompanyThen,
    at: datetime,
    late: dict[str, list[int]],
) -> dict[str, Any]:
    now = {name: getattr(company, name) for name in COMPANY_FIELDS}
    then = dict(now)
    since = [before for when, before in changes.get(company.pk, ()) if when > at]
    for before in reversed(since):
        then |= {name: before[name] for name in COMPANY_FIELDS if name in before}
    _note_late(then, now, person.pk, late)
    return then


def _of_log(log: _Log, at: datetime, personas: Mapping[int, str]) -> dict[str, Any]:
    return {
        "score": log.score,
        "fit": log.fit,
        "engagement": log.engagement,
        "visits": log.visits,
        "pages": log.pages,
        "forms": log.forms,
        "activities": log.touches,
        "form": log.form,
        "persona": personas.get(log.persona),
        "channels": len(log.channels),
        "known_days": _days(log.first_at, at),
        "visit_days": _days(log.visited_at, at),
    }


def _days(since: datetime | None, at: datetime) -> float | None:
    return None if since is None else (at - since) / DAY
