"""What Google Analytics counted, out of the files that it exports."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
    import_targets,
)
from baton.marketing.traffic.actions import FIGURES, Counted, record_traffic
from baton.marketing.traffic.queries import parted_otherwise
from baton.marketing.traffic.rules import parted

MOST = 2_000_000_000  # what a column of the database holds
LONGEST = 120  # of a source, and of a medium


def upsert_traffic(rows: Sequence[ImportRow], run: ImportRun) -> list[Verdict]:
    """Each way to come of a day once: what a later file says of it replaces what is known."""
    good, verdicts = _judged(rows, run)
    told = record_traffic(system=run.source, counted=[*good.values()], at=run.at, batch=run.batch)
    for place, (is_new, is_changed) in zip(good, told, strict=True):
        status = ImportStatus.UPDATED if is_changed else ImportStatus.UNCHANGED
        verdicts[place] = Verdict(ImportStatus.CREATED if is_new else status)
    return [verdicts[place] for place in range(len(rows))]


def check_traffic(run: ImportRun) -> ImportCheck:
    """What cannot come in, told before the first row is written."""
    return lambda rows: _judged(rows, run)[1]


def _judged(
    rows: Sequence[ImportRow], run: ImportRun
) -> tuple[dict[int, Counted], dict[int, Verdict]]:
    """By place the good rows, and why the others cannot come in: also those of a day that came by
    other columns before, for it would count twice."""
    read: dict[int, Counted] = {}
    wrong: dict[int, Verdict] = {}
    for place, row in enumerate(rows):
        try:
            read[place] = _counted(row)
        except RowRefused as no:
            wrong[place] = Verdict(ImportStatus.FAILED, no.field, str(no))
    words = _(
        "%(day)s came with a file that has other columns, so its sessions would count twice. "
        "Export the same columns, or take that import back."
    )
    twice = parted_otherwise(run.source, {(one.day, one.by) for one in read.values()})
    wrong |= {
        place: Verdict(ImportStatus.FAILED, "day", words % {"day": one.day.isoformat()})
        for place, one in read.items()
        if one.day in twice
    }
    return {place: one for place, one in read.items() if place not in wrong}, wrong


def _counted(row: ImportRow) -> Counted:
    """Raises RowRefused."""
    values = row.values
    if values.get("day") is None:
        raise RowRefused("day", _("The date is missing. Fill it in."))
    both = parted(values.get("source_medium") or "")
    if max(map(len, both)) > LONGEST:  # cut short, two ways to come would be one
        words = _("Source and medium have at most %(most)s characters each. Shorten them.")
        raise RowRefused("source_medium", words % {"most": LONGEST})
    source, medium = both
    way = {
        "group": values.get("group") or "",
        "source": values.get("source") or source,
        "medium": values.get("medium") or medium,
        "campaign": values.get("campaign") or "",
    }
    if not any(way.values()):
        raise RowRefused("group", _("Say by which channel, source or campaign they came."))
    figures = {name: _figure(row, name) for name in FIGURES}
    sessions, users = (figures[name] for name in FIGURES[:2])
    return Counted(
        day=values["day"],
        **way,
        sessions=None if sessions is None else int(sessions),
        users=None if users is None else int(users),
        key_events=figures["key_events"],
    )


def _figure(row: ImportRow, name: str) -> Any:
    """Rows of one way and day, as of each device, add up; None: no row says. Raises RowRefused."""
    parts = [part for part in row.values.get(name) or () if part is not None]
    if not parts:
        return None
    found = sum(parts, Decimal(0))
    if not 0 <= found <= MOST or found != found.quantize(Decimal("0.01")):
        raise RowRefused(name, _("Write a number from 0 on, with at most two decimals."))
    if name != "key_events" and found != int(found):
        raise RowRefused(name, _("Write a whole number from 0 on."))
    return found


def _number(name: str, label: Any) -> ImportField:
    return ImportField(name=name, label=label, kind=ImportKind.NUMBER, is_gathered=True)


import_targets.add(
    ImportTarget(
        object_type="traffic",
        label=gettext_lazy("Website traffic"),
        order=27,
        fields=(
            ImportField(
                name="day", label=gettext_lazy("Day"), kind=ImportKind.DAY, is_required=True
            ),
            ImportField(name="group", label=gettext_lazy("Channel"), longest=80),
            ImportField(name="source", label=gettext_lazy("Source"), longest=LONGEST),
            ImportField(name="medium", label=gettext_lazy("Medium"), longest=LONGEST),
            ImportField(name="source_medium", label=gettext_lazy("Source / medium"), longest=250),
            ImportField(name="campaign", label=gettext_lazy("Campaign"), longest=160),
            _number("sessions", gettext_lazy("Sessions")),
            _number("users", gettext_lazy("Users")),
            _number("key_events", gettext_lazy("Key events")),
        ),
        upsert=upsert_traffic,
        check=check_traffic,
        longest_key=700,
    )
)
