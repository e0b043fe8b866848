"""How soon leads were answered in the last year, and after how many tries people were reached."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q

from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.queries.spans import Took, spans_of
from baton.qualification.handoff.rules import Kind, Lane, Measured, counts_kept, minutes_kept
from baton.qualification.handoff.slots import kept_above

YEAR = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Term:
    """A term of the agreement by its own name, and what was measured."""

    name: str
    measured: Measured


def measured_terms(*, at: datetime, kind: str = Kind.MARKETING) -> list[Term]:
    """Those of which enough is known. Everybody's leads count: it is one agreement for all."""
    above = kept_above.find(kind)
    if above:
        return [
            Term(name=name, measured=measured)
            for name, measured in above.measured(at).items()
            if measured
        ]
    rows = Handoff.objects.to_executives() if kind == Kind.EXECUTIVE else Handoff.objects.to_sales()
    made = rows.filter(made_at__gt=at - YEAR, made_at__lte=at).exclude(lane=Lane.REVISIT)
    tried = Count("attempts", filter=Q(attempts__at__lte=F("responded_at")))
    return list(_terms(spans_of(made.annotate(tries=tried))))


def _terms(spans: list[Took]) -> Iterator[Term]:
    times: dict[str, list[timedelta]] = defaultdict(list)
    tries: list[int] = []
    for one in spans:
        prefix = "hand_raise_" if one.handoff.lane == Lane.HAND_RAISE else ""
        times[f"{prefix}accept_minutes"].append(one.answer)
        if one.response is not None:
            times[f"{prefix}respond_minutes"].append(one.response)
            tries.append(one.handoff.tries + 1)  # type: ignore[attr-defined] # annotated
    for name, took in times.items():
        if measured := minutes_kept(took):
            yield Term(name=name, measured=measured)
    if measured := counts_kept(tries):
        yield Term(name="attempts", measured=measured)
