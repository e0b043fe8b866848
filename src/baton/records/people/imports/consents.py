"""What addresses allowed, out of files: who subscribed, who left, what bounced."""

import ipaddress
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baton.core.offers import (
    ImportCheck,
    ImportField,
    ImportKind,
    ImportRow,
    ImportRun,
    ImportStatus,
    ImportTarget,
    Verdict,
)
from baton.records.people.actions import Statement, forget_statements, record_consents
from baton.records.people.imports.making import failed
from baton.records.people.queries import normalised
from baton.records.people.rules import tidy

NEWSLETTER = "newsletter"


def check_consents(_run: ImportRun) -> ImportCheck:
    """An address that is none."""

    def check(rows: Sequence[ImportRow]) -> dict[int, Verdict]:
        found = {place: _gap(row) for place, row in enumerate(rows)}
        return {place: verdict for place, verdict in found.items() if verdict}

    return check


def _gap(row: ImportRow) -> Verdict | None:
    text = row.values.get("email") or ""
    if normalised(text):
        return None
    words = gettext("“%(text)s” is no mail address. Mend or empty it.")
    return failed("email", words % {"text": text[:60]})


def upsert_consents(rows: Sequence[ImportRow], run: ImportRun) -> list[Verdict]:
    """Each row adds a statement; one that stands here already is no news. A row that does not say
    yes or no says nothing."""
    verdicts = {place: gap for place, row in enumerate(rows) if (gap := _gap(row))}
    said = {
        place: _statement(row, run)
        for place, row in enumerate(rows)
        if place not in verdicts and row.values.get("is_given") is not None
    }
    told = record_consents(statements=list(said.values()))
    for place, is_news in zip(said, told, strict=True):
        verdicts[place] = Verdict(ImportStatus.CREATED if is_news else ImportStatus.UNCHANGED)
    silent = Verdict(ImportStatus.UNCHANGED)
    return [verdicts.get(place, silent) for place in range(len(rows))]


def _statement(row: ImportRow, run: ImportRun) -> Statement:
    values = row.values
    at: datetime = values.get("at") or run.at
    return Statement(
        email=normalised(values.get("email") or ""),
        purpose=tidy(values.get("purpose") or NEWSLETTER),
        is_given=bool(values["is_given"]),
        basis=tidy(values.get("basis") or "consent"),
        source=tidy(values.get("source") or run.source),
        at=min(at, run.at),
        wording=values.get("wording") or "",
        ip=_ip(values.get("ip") or ""),
    )


def _ip(text: str) -> str | None:
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        return None


CONSENTS = ImportTarget(
    object_type="consent",
    label=_("Consents"),
    order=45,
    fields=(
        ImportField(name="email", label=_("Mail"), longest=254, is_required=True),
        ImportField(name="is_given", label=_("Yes or no"), kind=ImportKind.BOOLEAN),
        ImportField(name="at", label=_("When"), kind=ImportKind.MOMENT),
        ImportField(name="ip", label=_("From which IP address")),
        ImportField(name="purpose", label=_("Purpose"), longest=40),
        ImportField(name="basis", label=_("Basis"), longest=40),
        ImportField(name="source", label=_("Where it was given"), longest=120),
        ImportField(name="wording", label=_("Words")),
    ),
    upsert=upsert_consents,
    check=check_consents,
    clear=lambda _source, batch, _at: forget_statements(batch=batch),
)
