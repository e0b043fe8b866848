"""What was spent, out of the files of advertising systems."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.errors import RuleViolation
from baton.core.money.rules import check_currency
from baton.core.offers import (
    ImportCheck,
    ImportField,
    ImportKind,
    ImportRow,
    ImportRun,
    ImportStatus,
    ImportTarget,
    RowRefused,
    Verdict,
)
from baton.marketing.campaigns.actions import (
    Spent,
    create_campaign,
    record_spending,
    spending_id,
)
from baton.marketing.campaigns.models import Campaign, Cost
from baton.marketing.campaigns.queries import campaigns_called, spending_between
from baton.marketing.campaigns.rules import CostKind
from baton.marketing.capture.rules import Channel

HIGHEST = Decimal("9999999999999.99")
UNCHANGED = Verdict(ImportStatus.UNCHANGED)


def upsert_spending(rows: Sequence[ImportRow], run: ImportRun) -> list[Verdict]:
    """Each campaign's day once: what a later file says of it replaces what is known."""
    campaigns = _Campaigns(rows, run)
    others = _Others(rows, run, campaigns.found)
    verdicts: dict[int, Verdict] = {}
    good: dict[int, Spent] = {}
    for place, row in enumerate(rows):
        try:
            if (amount := _amount(row)) is None:
                verdicts[place] = UNCHANGED  # it says nothing of what was spent
                continue
            others.refuse(row)
            good[place] = _spent(row, run, amount, campaigns.of(row))
        except RowRefused as no:
            verdicts[place] = no.verdict()
    told = record_spending(source=run.source, spent=[*good.values()], at=run.at, batch=run.batch)
    for place, (is_new, is_changed) in zip(good, told, strict=True):
        status = ImportStatus.UPDATED if is_changed else ImportStatus.UNCHANGED
        verdicts[place] = Verdict(ImportStatus.CREATED if is_new else status)
    return [verdicts[place] for place in range(len(rows))]


def check_spending(run: ImportRun) -> ImportCheck:
    """What no cost can be, told before the first row is written."""

    def check(rows: Sequence[ImportRow]) -> dict[int, Verdict]:
        others = _Others(rows, run, campaigns_called({*_names(rows)}))
        found: dict[int, Verdict] = {}
        for place, row in enumerate(rows):
            try:
                _check(row, run)
                others.refuse(row)
            except RowRefused as no:
                found[place] = no.verdict()
        return found

    return check


class _Campaigns:
    """Those that rows name; new ones are made when they are asked for."""

    def __init__(self, rows: Sequence[ImportRow], run: ImportRun) -> None:
        self.found, self._run = campaigns_called({*_names(rows)}), run

    def of(self, row: ImportRow) -> Campaign:
        """Raises RowRefused."""
        name = row.values["campaign"]
        if name not in self.found:
            try:
                self.found[name] = create_campaign(
                    name=name,
                    channel=row.values.get("channel") or Channel.OTHER,
                    by=None,
                    at=self._run.at,
                    batch=self._run.batch,
                )
            except RuleViolation as no:
                raise RowRefused("campaign", str(no)) from no
        return self.found[name]


class _Others:
    """What the system's files said of these campaigns before, by other days."""

    def __init__(
        self, rows: Sequence[ImportRow], run: ImportRun, campaigns: Mapping[str, Campaign]
    ) -> None:
        self._source, self._campaigns = run.source, campaigns
        self._known: dict[int | None, list[Cost]] = {}
        days = [day for row in rows for day in _days(row) if day]
        if days and campaigns:
            held = spending_between(
                run.source, {*campaigns.values()}, since=min(days), until=max(days)
            )
            for cost in held:
                self._known.setdefault(cost.campaign_id, []).append(cost)

    def refuse(self, row: ImportRow) -> None:
        """Raises RowRefused where a day would be counted twice."""
        campaign = self._campaigns.get(row.values.get("campaign") or "")
        since, until = _days(row)
        for cost in self._known.get(campaign.pk, ()) if campaign else ():
            is_same = cost.external_id == spending_id(self._source, row.key)
            if not is_same and cost.from_on <= until and cost.to_on >= since:
                words = _(
                    "%(from)s to %(to)s of it came with another file, so these days would count "
                    "twice. Export the same periods, or delete that cost."
                )
                said = {"from": cost.from_on.isoformat(), "to": cost.to_on.isoformat()}
                raise RowRefused("from_on", words % said)


def _names(rows: Sequence[ImportRow]) -> list[str]:
    return [row.values["campaign"] for row in rows if row.values.get("campaign")]


def _days(row: ImportRow) -> tuple[Any, Any]:
    since = row.values.get("from_on")
    return since, row.values.get("to_on") or since


def _amount(row: ImportRow) -> Decimal | None:
    """Rows of one campaign and day, as of each device, add up."""
    parts = [part for part in row.values.get("amount") or () if part is not None]
    return sum(parts, Decimal(0)) if parts else None


def _check(row: ImportRow, run: ImportRun) -> str:
    """The currency. Raises RowRefused."""
    since, until = _days(row)
    if not row.values.get("campaign"):
        raise RowRefused("campaign", _("Say which campaign it was spent for."))
    if since is None:
        raise RowRefused("from_on", _("The date is missing. Fill it in."))
    if until < since:
        raise RowRefused("to_on", _("It ends before it starts. Mend one of the two days."))
    try:
        return check_currency(row.values.get("currency") or run.currency)
    except RuleViolation as no:
        raise RowRefused("currency", str(no)) from no


def _spent(row: ImportRow, run: ImportRun, amount: Decimal, campaign: Campaign) -> Spent:
    """Raises RowRefused."""
    currency = _check(row, run)
    if not 0 <= amount <= HIGHEST or amount != amount.quantize(Decimal("0.01")):
        words = _("Write an amount from 0 on, with at most two decimals.")
        raise RowRefused("amount", words)
    since, until = _days(row)
    return Spent(
        key=row.key,
        campaign=campaign,
        amount=amount,
        currency=currency,
        from_on=since,
        to_on=until,
        kind=row.values.get("kind") or CostKind.ADS,
        note=row.values.get("note") or "",
    )


COSTS = ImportTarget(
    object_type="cost",
    label=gettext_lazy("Costs"),
    order=26,
    fields=(
        ImportField(name="campaign", label=gettext_lazy("Campaign"), is_required=True, longest=160),
        ImportField(name="channel", label=gettext_lazy("Channel"), choices=tuple(Channel)),
        ImportField(name="kind", label=gettext_lazy("Kind"), choices=tuple(CostKind)),
        ImportField(
            name="amount",
            label=gettext_lazy("Amount"),
            kind=ImportKind.NUMBER,
            is_required=True,
            is_gathered=True,
        ),
        ImportField(name="currency", label=gettext_lazy("Currency"), longest=3),
        ImportField(
            name="from_on", label=gettext_lazy("From"), kind=ImportKind.DAY, is_required=True
        ),
        ImportField(name="to_on", label=gettext_lazy("To"), kind=ImportKind.DAY),
        ImportField(name="note", label=gettext_lazy("Note"), longest=250),
    ),
    upsert=upsert_spending,
    check=check_spending,
    longest_key=150,
)
