"""Columns that somebody chose: the recipe that they make, and what is remembered of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction

from baton.core.errors import gettext_noop
from baton.core.fields.queries import fields_of
from baton.core.offers import import_targets
from baton.core.settings.queries import organisation_zone
from baton.operations.exchange.actions.keeping import recipe_path
from baton.operations.exchange.actions.matching import headers_of
from baton.operations.exchange.actions.recognising import (
    Unknown,
    is_general,
    known_recipes,
    recipe_for,
)
from baton.operations.exchange.models import Import, KeptMapping
from baton.operations.exchange.rules.chosen import (
    ALIASES,
    BUYER,
    FIRM,
    KNOWN,
    OUT,
    Chosen,
    compose,
    digest_of,
)
from baton.operations.exchange.rules.fitting import fitted, part_for
from baton.operations.exchange.rules.reading import Line, Sheet, open_sheet
from baton.operations.exchange.rules.recipe import CUSTOM, FileRecipe, Recipe
from baton.operations.exchange.rules.recipe_file import read_recipe
from baton.operations.exchange.rules.refusals import Unusable
from baton.operations.exchange.rules.uploads import TO_CHOOSE, State


class NotChosen(Exception):
    """Somebody has to say what the columns are."""


def sheets_of(paths: Sequence[Path], *, zone: str) -> list[Sheet]:
    """The files as they are read, whether they are known or not. Raises Unusable."""
    every = headers_of(*known_recipes(zone or str(organisation_zone())))
    return [open_sheet(path, headers=every) for path in paths]


def recipe_of(record: Import, paths: Sequence[Path]) -> tuple[Recipe, list[Path]]:
    """The recipe, and the files that come in by it: columns that were chosen, now or for a file
    with the same header before, else what is known. Raises NotChosen, Unusable."""
    if (own := recipe_path(record)).is_file():
        return read_recipe(own, zone=record.zone or str(organisation_zone())), [*paths]
    sheets = sheets_of(paths, zone=record.zone)
    chosen = _recalled(record, {digest_of(sheet.header) for sheet in sheets})
    mine: list[Sheet] = []
    others: list[Path] = []
    for sheet in sheets:
        kind = found.kind if (found := chosen.get(digest_of(sheet.header))) else KNOWN
        if kind == KNOWN:
            others.append(sheet.path)
        elif kind != OUT:
            mine.append(sheet)
    if not mine and not others:
        raise Unusable(gettext_noop("Every file is left out. Bring at least one in."))
    try:
        known = recipe_for(others, zone=record.zone) if others else None
    except Unknown as no:
        raise NotChosen from no
    if known and record.mapping.get("asks"):
        _ask_of_lists(known, [one for one in sheets if one.path in others], record)
    parts = [_part(sheet, chosen[digest_of(sheet.header)]) for sheet in mine]
    taken = [path for path in paths if path in {*others, *(sheet.path for sheet in mine)}]
    return _with(known, parts, record) if parts or known is None else known, taken


def _ask_of_lists(known: Recipe, sheets: Sequence[Sheet], record: Import) -> None:
    """A list of anybody's may head its columns as it likes: those that would become new fields
    are shown first, unless somebody has said that they may. Raises NotChosen."""
    said = record.mapping.get("files", {})
    if is_general(known) and any(
        digest_of(sheet.header) not in said and _has_strange_columns(known, sheet)
        for sheet in sheets
    ):
        raise NotChosen


def _has_strange_columns(known: Recipe, sheet: Sheet) -> bool:
    """Whether a column that has values would become a custom field that is not here yet."""
    part = part_for(known, sheet.header)
    strange = {
        spec.column
        for thing in (fitted(part, sheet.header).objects if part else ())
        for name, spec in thing.fields.items()
        if name.startswith(CUSTOM)
        and name.removeprefix(CUSTOM) not in {one.code for one in fields_of(thing.type)}
    }
    lines = sheet.lines() if strange else ()
    return any(line.cells[name] for line in lines if isinstance(line, Line) for name in strange)


def _with(known: Recipe | None, parts: Sequence[FileRecipe], record: Import) -> Recipe:
    """Files of which others are known are of their system: they are linked by its keys."""
    if known:
        aliases = {**known.aliases, **ALIASES}
        return replace(known, files=(*known.files, *parts), aliases=aliases)
    return Recipe(
        name=record.mapping.get("source") or "list",
        source=record.mapping.get("source") or "list",
        zone=ZoneInfo(record.zone or str(organisation_zone())),
        currency="",
        formats=(),
        files=tuple(parts),
        aliases=ALIASES,
        joins=True,
    )


def _part(sheet: Sheet, chosen: Chosen) -> FileRecipe:
    return compose(chosen, label=sheet.name, header=sheet.header, kinds=kinds_of(chosen.kind))


def kinds_of(kind: str) -> dict[str, str]:
    """What the cells of each field must be, the company's own fields among them; of those of the
    company or buyer that a line names, too."""
    found: dict[str, str] = {}
    for prefix, other in (("", kind), (FIRM, "company"), (BUYER, "person")):
        if target := import_targets.find(other):
            found |= {prefix + one.name: str(one.kind) for one in target.fields}
    own = {FIRM + CUSTOM + one.code: one.kind for one in fields_of("company")}
    return found | own | {CUSTOM + one.code: one.kind for one in fields_of(kind)}


def _recalled(record: Import, digests: Collection[str]) -> Mapping[str, Chosen]:
    """What was chosen for this import, and what is remembered of its other files: that is noted,
    so that the import brings in what was looked at."""
    files = record.mapping.setdefault("files", {})
    for kept in KeptMapping.objects.filter(header__in=set(digests) - set(files)):
        files[kept.header] = kept.chosen
        record.mapping.setdefault("source", kept.source)
    return {digest: Chosen(**raw) for digest, raw in files.items()}


@transaction.atomic
def choose_columns(
    *, record: Import, chosen: Mapping[str, Chosen], source: str, at: datetime
) -> bool:
    """Keep them with the import, remember them by the headers, and let the files be looked through
    again; False when the import has gone on meanwhile."""
    for digest, one in chosen.items():
        if one.kind == KNOWN:
            KeptMapping.objects.filter(header=digest).delete()
        elif one.kind != OUT:
            values = {"source": source, "chosen": one.plain(), "changed_at": at}
            KeptMapping.objects.update_or_create(header=digest, defaults=values)
    files = {digest: one.plain() for digest, one in chosen.items()}
    mapping = {**record.mapping, "files": files, "source": source}
    mine = Import.objects.filter(pk=record.pk, state__in=TO_CHOOSE)
    return bool(mine.update(state=State.CHECKING, mapping=mapping, refusal="", report={}))
