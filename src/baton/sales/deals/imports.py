"""Deals out of files."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from baton.core.access.actions import ensure_imported_users
from baton.core.errors import RuleViolation
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
from baton.records.people.queries import companies_by_external_ids, people_by_external_ids
from baton.records.purchases.queries import products_by_names
from baton.sales.deals.actions.holding import check_amount
from baton.sales.deals.actions.importing import ForeignDeal, import_deals
from baton.sales.deals.actions.pipelines import ensure_default_pipeline
from baton.sales.deals.models import Stage
from baton.sales.deals.rules import StageKind, closing_gap

PLAIN = ("opened_at", "closed_at", "close_on", "reason", "competitor", "objection")


class Links:
    """What the rows name, looked up in one query a kind."""

    def __init__(self, rows: Sequence[ImportRow], run: ImportRun) -> None:
        def named(*fields: str) -> list[str]:
            return [row.values[name] for row in rows for name in fields if row.values.get(name)]

        self.found: dict[str, Mapping[str, Any]] = {
            "person": people_by_external_ids(run.source, named("person")),
            "company": companies_by_external_ids(run.source, named("company")),
            "owner": ensure_imported_users(
                source=run.source, names={key: key for key in named("owner", "qualifier")}
            ),
            "product": products_by_names(named("product")),
        }
        self.found["qualifier"] = self.found["owner"]
        stages = Stage.objects.living().filter(pipeline=ensure_default_pipeline())
        self.stages = {stage.name.casefold(): stage for stage in stages}

    def of(self, row: ImportRow) -> dict[str, Any]:
        """The records that a row names. Raises Missing."""
        linked: dict[str, Any] = {}
        for name, found in self.found.items():
            wanted = row.values.get(name)
            if wanted and wanted not in found:
                raise Missing(
                    name, f"There is no {name} “{wanted[:60]}”. Import it too, or mend it."
                )
            linked[name] = found[wanted] if wanted else None
        return linked

    def stage(self, row: ImportRow) -> Stage:
        text = row.values["stage"] or ""
        if text.casefold() not in self.stages:
            words = ", ".join(stage.name for stage in self.stages.values())
            raise Missing(
                "stage", f"“{text[:60]}” is no stage of the pipeline. Use one of: {words}."
            )
        return self.stages[text.casefold()]


class Missing(Exception):
    """The row names what is not there; ``field`` says where."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def upsert_deals(rows: Sequence[ImportRow], run: ImportRun) -> list[Verdict]:
    """By the key in the source, in the first pipeline."""
    links = Links(rows, run)
    verdicts: dict[int, Verdict] = {}
    good: dict[int, ForeignDeal] = {}
    for place, row in enumerate(rows):
        try:
            good[place] = _read(row, run, links)
        except Missing as no:
            verdicts[place] = Verdict(ImportStatus.FAILED, no.field, str(no))
        except RuleViolation as no:
            verdicts[place] = Verdict(ImportStatus.FAILED, "amount", str(no))
    told = import_deals(deals=list(good.values()), source=run.source, at=run.at, batch=run.batch)
    for place, status in zip(good, told, strict=True):
        verdicts[place] = Verdict(ImportStatus(status))
    return [verdicts[place] for place in range(len(rows))]


def _read(row: ImportRow, run: ImportRun, links: Links) -> ForeignDeal:
    stage = links.stage(row)
    values: dict[str, Any] = {name: row.values[name] for name in PLAIN if row.values.get(name)}
    if stage.kind != StageKind.OPEN and not values.get("closed_at"):
        raise Missing("closed_at", "A closed deal needs the day on which it closed. Fill it in.")
    reason, competitor = values.get("reason", ""), values.get("competitor", "")
    if reason and closing_gap(StageKind(stage.kind), reason=reason, competitor=competitor):
        raise Missing(
            "reason", f"“{reason[:60]}” is no reason that Baton knows. Map it or empty it."
        )
    return ForeignDeal(
        external_id=row.key,
        name=row.values.get("name") or "",
        stage=stage,
        amount=check_amount(row.values.get("amount")),
        currency=row.values.get("currency") or run.currency,
        custom=dict(row.custom),
        **links.of(row),
        **values,
    )


def _link(name: str, label: Any, of: str) -> ImportField:
    return ImportField(name=name, label=label, kind=ImportKind.LINK, of=of)


TARGET = ImportTarget(
    object_type="deal",
    label=_("Deals"),
    order=60,
    fields=(
        ImportField(name="name", label=_("Name")),
        ImportField(name="stage", label=_("Stage"), is_required=True),
        ImportField(name="amount", label=_("Amount"), kind=ImportKind.NUMBER),
        ImportField(name="currency", label=_("Currency")),
        ImportField(name="opened_at", label=_("Opened"), kind=ImportKind.MOMENT),
        ImportField(name="closed_at", label=_("Closed"), kind=ImportKind.MOMENT),
        ImportField(name="close_on", label=_("Expected to close"), kind=ImportKind.DAY),
        ImportField(name="reason", label=_("Reason")),
        ImportField(name="competitor", label=_("Competitor")),
        ImportField(name="objection", label=_("Objection")),
        _link("person", _("Person"), "person"),
        _link("company", _("Company"), "company"),
        _link("owner", _("Owner"), "user"),
        _link("qualifier", _("Qualified by"), "user"),
        _link("product", _("Product"), "product"),
    ),
    upsert=upsert_deals,
)
import_targets.add(TARGET)
