"""Somebody looked at prices."""

from datetime import datetime, time, timedelta

from django.db import transaction

from baton.core.facts import publish
from baton.core.facts.models import FactRecord
from baton.core.settings.queries import organisation, organisation_zone
from baton.marketing.capture.events import VisitMade
from baton.marketing.capture.queries import paths_seen
from baton.qualification.handoff.events import PricesSeen
from baton.qualification.handoff.rules.prices import shows_prices
from baton.qualification.scoring.queries import staff_among


@transaction.atomic
def note_prices(*, visit: VisitMade) -> PricesSeen | None:
    """Tell it once a day of a person, in the company's zone; of machines and own staff never."""
    pages = organisation().price_pages
    person_id = visit.person_id
    if not pages or not person_id or visit.machine:
        return None
    if not shows_prices(paths_seen([visit.visit_id])[visit.visit_id], pages=pages):
        return None
    if staff_among([person_id]) or _is_told(person_id, at=visit.happened_at):
        return None
    return publish(
        PricesSeen(
            happened_at=visit.happened_at,
            person_id=person_id,
            company_id=visit.company_id,
            visit_id=visit.visit_id,
        )
    )


def _is_told(person_id: int, *, at: datetime) -> bool:
    """On that day already, or of that moment: a fact that is handed over again tells nothing."""
    begin = datetime.combine(
        at.astimezone(organisation_zone()).date(), time(), tzinfo=organisation_zone()
    )
    of_day = FactRecord.objects.filter(
        name=PricesSeen.name,
        person_id=person_id,
        happened_at__gte=begin,
        happened_at__lt=begin + timedelta(days=1),
    )
    return of_day.exists()
