"""Deals out of files."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baton.core.access.actions import ensure_imported_users
from baton.core.errors import RuleViolation
from baton.core.offers import (
    ImportField,
    ImportKind,
    ImportRow,
    ImportRun,
    ImportTarget,
    RowRefused,
    Verdict,
    import_targets,
    read_link,
)
from baton.records.people.queries import companies_linked, people_linked
from baton.records.purchases.queries import products_by_names
from baton.records.purchases.rules import is_currency
from baton.sales.deals.actions.clearing import clear_pipelines
from baton.sales.deals.actions.foreign_deal import ForeignDeal
from baton.sales.deals.actions.foreign_pipelines import ForeignStages
from baton.sales.deals.actions.holding import check_amount
from baton.sales.deals.actions.importing import (
    DealsRefused,
    deals_in_trash,
    forget_deals,
    import_deals,
)
from baton.sales.deals.actions.pipelines import ensure_default_pipeline
from baton.sales.deals.models import DealExternalId, Stage
from baton.sales.deals.rules import StageKind, closing_gap
from baton.sales.deals.rules.foreign import kind_called, read_stages

PLAIN = ("opened_at", "closed_at", "close_on", "reason", "competitor", "objection")
GATED = ("need", "decision_maker")  # what stages may ask for


class Links:
    """What the rows name, looked up in one query a kind; owners whom nobody knows are made."""

    def __init__(self, rows: Sequence[ImportRow], run: ImportRun) -> None:
        def named(*fields: str) -> list[str]:
            said = (row.values.get(name) for row in rows for name in fields)
            return [link for one in said if one for link in _each(one)]

        owners = {key: key for key in named("owner", "qualifier")}
        self.found: dict[str, Mapping[str, Any]] = {
            "person": people_linked(run.source, named("person", "people")),
            "company": companies_linked(run.source, named("company")),
            "owner": ensure_imported_users(source=run.source, names=owners),
            "product": products_by_names(named("product")),
        }
        self.found["qualifier"] = self.found["owner"]
        self.found["people"] = self.found["person"]

    def of(self, row: ImportRow) -> dict[str, Any]:
        """The records that a row names. Raises RowRefused."""
        linked: dict[str, Any] = {}
        for name, found in self.found.items():
            links = _each(row.values.get(name) or ())
            for wanted in links:
                if wanted not in found:
                    words = gettext("What “%(key)s” names is not here. Import it too, or mend it.")
                    raise RowRefused(name, words % {"key": read_link(wanted)[1][:60]})
            records = tuple(dict.fromkeys(found[wanted] for wanted in links))
            linked[name] = records if name == "people" else next(iter(records), None)
        return linked


def _each(said: str | Sequence[str]) -> Sequence[str]:
    """All that a field links to."""
    return (said,) if isinstance(said, str) else said


class Reading:
    """Turns rows into deals, apart from what they name. ``makes``: stages that are missing."""

    def __init__(self, run: ImportRun, *, makes: bool = False) -> None:
        self._run, self._makes = run, makes
        self._foreign = ForeignStages(run.source)
        stages = Stage.objects.living().filter(pipeline=ensure_default_pipeline())
        self._stages = {stage.name.casefold(): stage for stage in stages.order_by("position")}

    def read(self, row: ImportRow, links: Mapping[str, Any]) -> ForeignDeal:
        """Raises RowRefused."""
        stage = self._stage(row)
        values: dict[str, Any] = {
            name: row.values[name] for name in (*PLAIN, *GATED) if row.values.get(name)
        }
        _check_ending(stage, values)
        return ForeignDeal(
            external_id=row.key,
            name=row.values.get("name") or "",
            stage=stage,
            amount=_amount(row),
            currency=_currency(row, self._run),
            custom=dict(row.custom),
            **links,
            **values,
        )

    def _stage(self, row: ImportRow) -> Stage:
        text = row.values["stage"] or ""
        if pipeline := row.values.get("pipeline"):
            return self._foreign_stage(row, pipeline, text)
        if text.casefold() not in self._stages:
            names = ", ".join(stage.name for stage in self._stages.values())
            words = gettext("“%(text)s” is no stage of the pipeline. Use one of: %(stages)s.")
            raise RowRefused("stage", words % {"text": text[:60], "stages": names})
        return self._stages[text.casefold()]

    def _foreign_stage(self, row: ImportRow, pipeline: str, text: str) -> Stage:
        if found := self._foreign.find(pipeline, text):
            return found
        if not text or not self._foreign.may_make(pipeline):
            words = gettext("“%(text)s” is no stage of “%(pipeline)s”. Use one of: %(stages)s.")
            names = ", ".join(self._foreign.names(pipeline))
            said = {"text": text[:60], "pipeline": pipeline[:60], "stages": names}
            raise RowRefused("stage", words % said)
        if self._makes:
            known = read_stages(row.values.get("stages") or "")
            return self._foreign.ensure(pipeline, text, known)
        return Stage(name=text, kind=kind_called(text) or StageKind.OPEN)


class DealsCheck:
    """What no deal can be, told before the first row is written."""

    def __init__(self, run: ImportRun) -> None:
        self._run, self._reading = run, Reading(run)

    def __call__(self, rows: Sequence[ImportRow]) -> dict[int, Verdict]:
        found: dict[int, Verdict] = {}
        gone = deals_in_trash(source=self._run.source, keys=[row.key for row in rows])
        for place, row in enumerate(rows):
            try:
                self._reading.read(row, {})
                _refuse_gone(row, gone)
            except RowRefused as no:
                found[place] = no.verdict()
        return found


def upsert_deals(rows: Sequence[ImportRow], run: ImportRun) -> list[Verdict]:
    """By the key in the source, in the first pipeline."""
    links, reading = Links(rows, run), Reading(run, makes=True)
    verdicts: dict[int, Verdict] = {}
    good: dict[int, ForeignDeal] = {}
    gone = deals_in_trash(source=run.source, keys=[row.key for row in rows])
    for place, row in enumerate(rows):
        try:
            _refuse_gone(row, gone)
            good[place] = reading.read(row, links.of(row))
        except RowRefused as no:
            verdicts[place] = no.verdict()
    verdicts |= _written(good, run)
    return [verdicts[place] for place in range(len(rows))]


def deal_ids(source: str, keys: Collection[str]) -> dict[str, int]:
    """The ids of deals by that system's keys."""
    links = DealExternalId.objects.filter(source=source, external_id__in=keys)
    return dict(links.values_list("external_id", "deal_id"))


def _written(good: Mapping[int, ForeignDeal], run: ImportRun) -> dict[int, Verdict]:
    """All but those that a rule refuses: they are found by writing all of them once."""
    refused: Mapping[str, str] = {}
    try:
        with transaction.atomic():
            return _told(good, run)
    except DealsRefused as no:
        refused = no.messages
    accepted = {at: one for at, one in good.items() if one.external_id not in refused}
    failed = {
        at: RowRefused("", refused[one.external_id]).verdict()
        for at, one in good.items()
        if one.external_id in refused
    }
    return _told(accepted, run) | failed


def _told(good: Mapping[int, ForeignDeal], run: ImportRun) -> dict[int, Verdict]:
    told = import_deals(
        deals=list(good.values()),
        source=run.source,
        at=run.at,
        batch=run.batch,
        overwrites=run.overwrites,
    )
    return dict(zip(good, told, strict=True))


def _refuse_gone(row: ImportRow, gone: Mapping[str, str]) -> None:
    if row.key in gone:
        words = gettext("“%(name)s” is in the trash. Restore it first, or leave the row out.")
        raise RowRefused("", words % {"name": gone[row.key][:60]})


def _check_ending(stage: Stage, values: Mapping[str, Any]) -> None:
    if stage.kind != StageKind.OPEN and not values.get("closed_at"):
        words = gettext("A closed deal needs the day on which it closed. Fill it in.")
        raise RowRefused("closed_at", words)
    reason, competitor = values.get("reason", ""), values.get("competitor", "")
    if reason and closing_gap(StageKind(stage.kind), reason=reason, competitor=competitor):
        words = gettext("“%(reason)s” is no reason that Baton knows. Map it or empty it.")
        raise RowRefused("reason", words % {"reason": reason[:60]})


def _amount(row: ImportRow) -> Decimal | None:
    try:
        return check_amount(row.values.get("amount"))
    except RuleViolation as no:
        raise RowRefused("amount", str(no)) from no


def _currency(row: ImportRow, run: ImportRun) -> str:
    text: str = (row.values.get("currency") or run.currency).upper()
    if not is_currency(text):
        words = gettext("“%(text)s” is no currency. Write it like EUR.")
        raise RowRefused("currency", words % {"text": text[:60]})
    return text


def _link(name: str, label: Any, of: str, *, is_many: bool = False) -> ImportField:
    return ImportField(name=name, label=label, kind=ImportKind.LINK, of=of, is_many=is_many)


TARGET = ImportTarget(
    object_type="deal",
    label=_("Deals"),
    order=60,
    fields=(
        ImportField(name="name", label=_("Name")),
        ImportField(name="stage", label=_("Stage"), is_required=True),
        ImportField(name="pipeline", label=_("Pipeline"), longest=120),
        ImportField(name="stages", label=_("Usual stages, where the pipeline is new")),
        ImportField(name="amount", label=_("Amount"), kind=ImportKind.NUMBER),
        ImportField(name="currency", label=_("Currency")),
        ImportField(name="opened_at", label=_("Opened"), kind=ImportKind.MOMENT),
        ImportField(name="closed_at", label=_("Closed"), kind=ImportKind.MOMENT),
        ImportField(name="close_on", label=_("Expected to close"), kind=ImportKind.DAY),
        ImportField(name="reason", label=_("Reason"), longest=40),
        ImportField(name="competitor", label=_("Competitor"), longest=120),
        ImportField(name="objection", label=_("Objection"), longest=250),
        ImportField(name="need", label=_("Need"), longest=250),
        ImportField(name="decision_maker", label=_("Decision maker"), longest=120),
        _link("person", _("Person"), "person"),
        _link("people", _("People"), "person", is_many=True),
        _link("company", _("Company"), "company"),
        _link("owner", _("Owner"), "user"),
        _link("qualifier", _("Qualified by"), "user"),
        _link("product", _("Product"), "product"),
    ),
    upsert=upsert_deals,
    check=DealsCheck,
    known=deal_ids,
    ids=deal_ids,
    forget=forget_deals,
    clear=clear_pipelines,
)
import_targets.add(TARGET)
