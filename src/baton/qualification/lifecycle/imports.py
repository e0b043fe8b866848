"""Dated stages out of files: "became an MQL on", with the owner of that day."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from baton.core.access.actions import ensure_imported_users
from baton.core.facts import Origin
from baton.core.offers import (
    ImportField,
    ImportKind,
    ImportRow,
    ImportRun,
    ImportStatus,
    ImportTarget,
    Verdict,
    import_targets,
)
from baton.qualification.lifecycle.actions import NewMove, move_people
from baton.qualification.lifecycle.rules import Stage
from baton.records.people.queries import person_ids_by_external_ids


def upsert_stages(rows: Sequence[ImportRow], run: ImportRun) -> list[Verdict]:
    """Each row is one move; one that the history has already is no news."""
    named = [row.values["person"] or "" for row in rows]
    people = person_ids_by_external_ids(run.source, named)
    keys = [row.values.get("owner") or "" for row in rows]
    owners = ensure_imported_users(source=run.source, names={key: key for key in keys})
    verdicts: list[Verdict] = []
    moves: list[NewMove] = []
    for row in rows:
        person_id = people.get(row.values["person"] or "")
        stage, at = row.values["stage"], row.values["at"]
        if person_id is None:
            verdicts.append(_failed("person", "This person is not in this import."))
        elif stage not in set(Stage):
            words = ", ".join(Stage)
            verdicts.append(_failed("stage", f"“{stage}” is no stage. Use one of: {words}."))
        elif at is None:
            verdicts.append(_failed("at", "The date of the stage is missing. Fill it in."))
        else:
            owner = owners.get(row.values.get("owner") or "")
            verdicts.append(Verdict(ImportStatus.CREATED))
            moves.append(
                NewMove(
                    person_id=person_id,
                    to_stage=stage,
                    at=at,
                    owner_id=owner.pk if owner else None,
                    origin=Origin.IMPORT,
                    batch=run.batch,
                )
            )
    move_people(moves=moves)
    return verdicts


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
        ImportField(name="stage", label=_("Stage"), is_required=True),
        ImportField(name="at", label=_("Reached on"), kind=ImportKind.MOMENT, is_required=True),
        ImportField(name="owner", label=_("Owner then"), kind=ImportKind.LINK, of="user"),
    ),
    upsert=upsert_stages,
)
import_targets.add(TARGET)
