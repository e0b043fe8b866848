"""Notes, calls, meetings, mails and tasks out of files."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baton.core.access.actions import ensure_imported_users
from baton.core.access.models import User
from baton.core.offers import (
    ImportCheck,
    ImportField,
    ImportKind,
    ImportRow,
    ImportRun,
    ImportStatus,
    ImportTarget,
    Verdict,
    import_targets,
)
from baton.records.people.queries import companies_linked, people_linked
from baton.records.timeline.actions import (
    LONGEST,
    ForeignEntry,
    entry_ids,
    forget_entries,
    import_entries,
)
from baton.records.timeline.rules.foreign import (
    KINDS,
    OUTCOMES,
    STATES,
    plain_text,
    shape_of,
    split_subject,
)

DAY = 24 * 60  # minutes
ABOUT = ("person", "company", "deal", "record")


def check_entries(run: ImportRun) -> ImportCheck:
    """What no entry can be, told before the first row is written."""

    def check(rows: Sequence[ImportRow]) -> dict[int, Verdict]:
        found = {place: _gap(row, run) for place, row in enumerate(rows)}
        return {place: verdict for place, verdict in found.items() if verdict}

    return check


def _gap(row: ImportRow, run: ImportRun) -> Verdict | None:
    values = row.values
    if not values.get("kind"):
        return _failed("kind", gettext("Say what it is: note, call, meeting, mail or task."))
    if not _when(row, run):
        return _failed("at", gettext("The date is missing. Fill it in."))
    if not any(values.get(name) for name in ABOUT):
        words = gettext("Say whom this is about: a person, a company or a deal.")
        return _failed("person", words)
    if values["kind"] == "task" and not values.get("owner") and run.by_id is None:
        return _failed("owner", gettext("Say whose task this is."))
    is_written = any((values.get(name) or "").strip() for name in ("subject", "body"))
    if not is_written and values["kind"] in {"note", "task"}:
        return _failed("body", gettext("Nothing is written here. Fill it in."))
    return None


def _when(row: ImportRow, run: ImportRun) -> datetime | None:
    """A task that nobody dated begins with the import."""
    at: datetime | None = row.values.get("at")
    return run.at if at is None and row.values.get("kind") == "task" else at


def upsert_entries(rows: Sequence[ImportRow], run: ImportRun) -> list[Verdict]:
    """By the key in the source."""
    links = _Links(rows, run)
    verdicts: dict[int, Verdict] = {}
    good: dict[int, ForeignEntry] = {}
    for place, row in enumerate(rows):
        if refusal := _gap(row, run) or links.wrong(row):
            verdicts[place] = refusal
        else:
            good[place] = _entry(row, run, links)
    told = import_entries(
        entries=[*good.values()],
        source=run.source,
        at=run.at,
        batch=run.batch,
        overwrites=run.overwrites,
    )
    verdicts |= zip(good, told, strict=True)
    return [verdicts[place] for place in range(len(rows))]


class _Links:
    """What the rows name, looked up in one query a kind; owners whom nobody knows are made."""

    def __init__(self, rows: Sequence[ImportRow], run: ImportRun) -> None:
        def named(name: str) -> list[str]:
            return [row.values[name] for row in rows if row.values.get(name)]

        deals = import_targets.find("deal")
        self.found: dict[str, Mapping[str, Any]] = {
            "person": people_linked(run.source, named("person")),
            "company": companies_linked(run.source, named("company")),
            "deal": deals.ids(run.source, named("deal")) if deals and deals.ids else {},
        }
        keys, known = named("record"), deals.ids if deals else None
        self.records: dict[str, Mapping[str, Any]] = {
            "person": people_linked(run.source, keys) if keys else {},
            "company": companies_linked(run.source, keys) if keys else {},
            "deal": known(run.source, keys) if keys and known else {},
        }
        self.found["record"] = {k: v for one in self.records.values() for k, v in one.items()}
        owners = {key: key for key in named("owner")}
        self.owners = ensure_imported_users(source=run.source, names=owners) if owners else {}
        self.by = User.objects.filter(pk=run.by_id).first() if run.by_id else None

    def wrong(self, row: ImportRow) -> Verdict | None:
        for name in ABOUT:
            wanted = row.values.get(name)
            if wanted and wanted not in self.found[name]:
                words = gettext("What this is about is not here. Import it too, or mend it.")
                return _failed(name, words)
        return None

    def of(self, row: ImportRow, name: str) -> Any:
        key = row.values.get(name) or ""
        return self.found[name].get(key) or self.records[name].get(row.values.get("record") or "")


def _entry(row: ImportRow, run: ImportRun, links: _Links) -> ForeignEntry:
    values = row.values
    when, said = _when(row, run) or run.at, values.get("outcome") or ""
    if values["kind"] == "mail" and values.get("is_theirs"):
        said = "received"  # a mail of theirs is no answer of ours
    kind, outcome = shape_of(values["kind"], said, when=when, at=run.at)
    subject, body = _words(row, kind)
    minutes = values.get("minutes")
    owner = links.owners.get(values.get("owner") or "") or (links.by if kind == "task" else None)
    is_done = kind == "task" and said == "done"
    due_at = values.get("due_at")
    return ForeignEntry(
        external_id=row.key,
        kind=kind,
        outcome=outcome,
        direction="theirs" if said == "received" or values.get("is_theirs") else "ours",
        at=when,
        subject=subject,
        body=body[:LONGEST],
        minutes=int(minutes) if minutes is not None and 0 <= minutes <= DAY else None,
        person=links.of(row, "person"),
        company=links.of(row, "company"),
        deal_id=links.of(row, "deal"),
        by=owner,
        due_at=due_at,
        done_at=(values.get("done_at") or min(due_at or when, run.at)) if is_done else None,
    )


def _words(row: ImportRow, kind: str) -> tuple[str, str]:
    """Subject and text, as the kind has them: a note has no subject, a task no text."""
    subject, body = (plain_text(row.values.get(name) or "").strip() for name in ("subject", "body"))
    subject, body = split_subject(subject, body)
    if kind == "note":
        return "", "\n\n".join(dict.fromkeys(part for part in (subject, body) if part))
    if kind == "task" and not subject:
        return split_subject(" ".join(body.split()), "")
    return subject, body


def _failed(field: str, message: str) -> Verdict:
    return Verdict(ImportStatus.FAILED, field, message)


TARGET = ImportTarget(
    object_type="activity",
    label=_("Activities, notes and tasks"),
    order=70,
    fields=(
        ImportField(name="kind", label=_("What it is"), is_required=True, choices=KINDS),
        ImportField(name="outcome", label=_("Outcome"), choices=(*OUTCOMES, *STATES)),
        ImportField(name="is_theirs", label=_("They reached out"), kind=ImportKind.BOOLEAN),
        ImportField(name="subject", label=_("Subject")),
        ImportField(name="body", label=_("Text"), longest=LONGEST),
        ImportField(name="at", label=_("When"), kind=ImportKind.MOMENT),
        ImportField(name="minutes", label=_("Minutes"), kind=ImportKind.NUMBER),
        ImportField(name="due_at", label=_("Due"), kind=ImportKind.MOMENT),
        ImportField(name="done_at", label=_("Done"), kind=ImportKind.MOMENT),
        ImportField(name="person", label=_("Person"), kind=ImportKind.LINK, of="person"),
        ImportField(name="company", label=_("Company"), kind=ImportKind.LINK, of="company"),
        ImportField(name="deal", label=_("Deal"), kind=ImportKind.LINK, of="deal"),
        ImportField(name="record", label=_("Person, company or deal"), longest=200),
        ImportField(name="owner", label=_("Owner"), kind=ImportKind.LINK, of="user"),
    ),
    upsert=upsert_entries,
    check=check_entries,
    known=entry_ids,
    ids=entry_ids,
    forget=forget_entries,
)
import_targets.add(TARGET)
