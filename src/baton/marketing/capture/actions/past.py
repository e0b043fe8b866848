"""Forms that were sent long ago, and the visits around them: many with a handful of statements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from baton.core.bulk import bites, update_rows
from baton.core.facts import publish_many
from baton.marketing.capture.actions.visits import publish_visits
from baton.marketing.capture.events import FormSubmitted
from baton.marketing.capture.models import Form, Page, Submission, Visit, Visitor
from baton.marketing.capture.rules.channels import Source
from baton.marketing.capture.rules.visits import QUIET
from baton.records.people.models import Person

CHUNK = 500


@dataclass(frozen=True, kw_only=True)
class PastForm:
    """A form that a known person sent, in a browser of whose visits we know."""

    form: Form
    page: Page
    person: Person
    visitor: UUID
    values: Mapping[str, str]
    token: UUID
    source: Source  # of the form, where no visit tells another
    at: datetime


@transaction.atomic
def record_forms(*, sent: Sequence[PastForm], at: datetime) -> list[FormSubmitted]:
    """Tie each browser and its visits to the person, keep the answers, tell all of it; the facts of
    the forms in order. For people and visits that are written already (``take_hits``); a browser
    belongs to one person only."""
    visits = _tie(sent)
    rows = [_submission(one, visits[one.visitor]) for one in sent]
    Submission.objects.bulk_create(rows, batch_size=CHUNK)
    for some in bites([visit for theirs in visits.values() for visit in theirs], size=CHUNK):
        publish_visits(some, at=at)
    return publish_many(_told(one, row) for one, row in zip(sent, rows, strict=True))


def _tie(sent: Sequence[PastForm]) -> Mapping[UUID, list[Visit]]:
    """Their visits by browser, oldest first, with the person in browsers and visits."""
    senders: dict[UUID, PastForm] = {}
    for one in sorted(sent, key=lambda form: form.at):
        senders.setdefault(one.visitor, one)  # known since their first form
    visits: dict[UUID, list[Visit]] = defaultdict(list)
    for keys in bites(senders, size=CHUNK):
        browsers = {row.pk: row for row in Visitor.objects.filter(key__in=keys)}
        known = {
            pk: {"person_id": senders[row.key].person.pk, "known_at": senders[row.key].at}
            for pk, row in browsers.items()
        }
        update_rows(Visitor, known, fields=["person_id", "known_at"])
        theirs = list(Visit.objects.filter(visitor__in=browsers).order_by("started_at", "pk"))
        update_rows(
            Visit,
            {row.pk: {"person_id": known[row.visitor_id]["person_id"]} for row in theirs},
            fields=["person_id"],
        )
        for row in theirs:
            row.person_id = senders[browsers[row.visitor_id].key].person.pk
            visits[browsers[row.visitor_id].key].append(row)
    return visits


def _submission(one: PastForm, visits: Sequence[Visit]) -> Submission:
    during = [row for row in visits if row.started_at <= one.at < row.ended_at + QUIET]
    visit = during[-1] if during else None
    present = visit.origin() if visit else one.source
    return Submission(
        form=one.form,
        page=one.page,
        person=one.person,
        visit=visit,
        token=one.token,
        values=dict(one.values),
        channel=present.channel,
        campaign=present.campaign,
        at=one.at,
    )


def _told(one: PastForm, row: Submission) -> FormSubmitted:
    return FormSubmitted(
        happened_at=one.at,
        person_id=one.person.pk,
        company_id=one.person.company_id,
        submission_id=row.pk,
        form_code=one.form.code,
        form_name=one.form.name,
        page=one.page.title,
        channel=row.channel,
        campaign=row.campaign,
    )
