"""Dated stages out of files: "became an MQL on", with the owner of that day."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baton.core.access.actions import ensure_imported_users
from baton.core.access.models import User
from baton.core.facts import Origin
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
    read_link,
)
from baton.qualification.lifecycle.actions import NewMove, begin_newcomers, move_each, shown_of
from baton.qualification.lifecycle.rules import Stage
from baton.records.people.queries import person_ids_linked

CREATED, UNCHANGED = Verdict(ImportStatus.CREATED), Verdict(ImportStatus.UNCHANGED)


def check_stages(_run: ImportRun) -> ImportCheck:
    """A row of the file needs its person and its date; the stage's name is one of the choices."""

    def check(rows: Sequence[ImportRow]) -> dict[int, Verdict]:
        found = {place: _gap(row) for place, row in enumerate(rows)}
        return {place: verdict for place, verdict in found.items() if verdict}

    return check


def _gap(row: ImportRow) -> Verdict | None:
    if not row.values["person"]:
        return _failed("person", gettext("Say whose stage this is."))
    if not row.values["stage"]:
        return _failed("stage", gettext("The name of the stage is missing. Fill it in."))
    if not row.values["at"]:
        return _failed("at", gettext("The date of the stage is missing. Fill it in."))
    return None


def upsert_stages(rows: Sequence[ImportRow], run: ImportRun) -> list[Verdict]:
    """Each row is one move; one that the history has already, or that counts for nothing, is no
    news. Owners whom nobody knows become users without login."""
    links = {row.values["person"] for row in rows if row.values["person"]}
    people = person_ids_linked(run.source, links)
    owners = _owners((row.values for row in rows), run)
    verdicts: dict[int, Verdict] = {}
    moves: dict[int, NewMove] = {}
    for place, row in enumerate(rows):
        person_id = people.get(row.values["person"] or "")
        if gap := _gap(row):
            verdicts[place] = gap
        elif person_id is None:
            words = gettext("There is no person “%(key)s”. Import them too, or mend it.")
            verdicts[place] = _failed(
                "person", words % {"key": read_link(row.values["person"])[1][:60]}
            )
        else:
            owner = owners.get(row.values.get("owner") or "")
            moves[place] = _move(row.values, run, person_id=person_id, owner=owner)
    for place, is_news in zip(moves, move_each(moves=moves.values()), strict=True):
        verdicts[place] = CREATED if is_news else UNCHANGED
    return [verdicts[place] for place in range(len(rows))]


def shown_with(stages: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """What somebody new shows who comes with these."""
    return shown_of(NewMove(person_id=0, to_stage=one["stage"], at=one["at"]) for one in stages)


def begin_with(newcomers: Mapping[int, Sequence[Mapping[str, Any]]], run: ImportRun) -> None:
    """The stages of people who were made in this transaction and show them already, by their ids.
    Owners whom nobody knows become users without login."""
    owners = _owners((said for some in newcomers.values() for said in some), run)
    begin_newcomers(
        {
            pk: [
                _move(said, run, person_id=pk, owner=owners.get(said["owner"] or ""))
                for said in some
            ]
            for pk, some in newcomers.items()
        }
    )


def _owners(said: Iterable[Mapping[str, Any]], run: ImportRun) -> Mapping[str, User]:
    names = {key: key for one in said if (key := one.get("owner"))}
    return ensure_imported_users(source=run.source, names=names) if names else {}


def _move(
    said: Mapping[str, Any], run: ImportRun, *, person_id: int, owner: User | None
) -> NewMove:
    return NewMove(
        person_id=person_id,
        to_stage=said["stage"],
        at=said["at"],
        owner_id=owner.pk if owner else None,
        origin=Origin.IMPORT,
        batch=run.batch,
    )


def _failed(field: str, message: str) -> Verdict:
    return Verdict(ImportStatus.FAILED, field, message)


TARGET = ImportTarget(
    object_type="stage",
    label=_("Lifecycle stages"),
    order=50,
    fields=(
        ImportField(
            name="person", label=_("Person"), kind=ImportKind.LINK, of="person", is_required=True
        ),
        ImportField(
            name="stage", label=_("Stage"), is_required=True, longest=20, choices=tuple(Stage)
        ),
        ImportField(name="at", label=_("Reached on"), kind=ImportKind.MOMENT, is_required=True),
        ImportField(name="owner", label=_("Owner then"), kind=ImportKind.LINK, of="user"),
    ),
    upsert=upsert_stages,
    shows=shown_with,
    begin=begin_with,
    check=check_stages,
)
import_targets.add(TARGET)
