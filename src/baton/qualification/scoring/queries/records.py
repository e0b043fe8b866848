"""What the score of a company or a deal is, and why: reckoned anew each time, in few questions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baton.core import filters
from baton.core.access.models import User
from baton.core.facts.models import FactRecord
from baton.core.prepared import Prepared
from baton.core.settings.queries import organisation_zone
from baton.qualification.scoring.models import ScoreModel, ScorePart
from baton.qualification.scoring.queries.books import RuleBook, model_book
from baton.qualification.scoring.queries.explaining import (
    ExplainedPart,
    Explanation,
    as_parts,
    line_of,
)
from baton.qualification.scoring.queries.staff import staff_among
from baton.qualification.scoring.queries.tallies import Tallies, count_fact
from baton.qualification.scoring.rules import Kind, Part, figures
from baton.qualification.scoring.rules.models import counted_people, within_cap
from baton.qualification.scoring.slots import ScoredKind
from baton.records.people.models import CompanyIdentity, Person

NAMED = 3  # people in the words of a reason


@dataclass(frozen=True)
class Counted:
    """One of a company's people, and what they bring with them."""

    name: str  # empty: not for the eyes of whoever reads
    score: int


_ABOUT = Prepared(lambda about: ScoreModel.objects.live(about).filter(is_main=True))


def model_about(about: str) -> ScoreModel | None:
    """The one that such records are scored by now."""
    return next(iter(_ABOUT.rows(about=about)), None)


def companies_now(ids: Collection[int]) -> dict[int, int]:
    """Ids in the log, of companies that were merged, too -> which company that is now."""
    merged = CompanyIdentity.objects.filter(Q(company__in=ids) | Q(old_id__in=ids))
    return {pk: pk for pk in ids} | dict(merged.values_list("old_id", "company_id"))


def explain_records(
    ids: Collection[int],
    *,
    kind: ScoredKind,
    model: ScoreModel,
    at: datetime,
    user: User | None = None,
) -> dict[int, Explanation]:
    """Of each the figures in signed points. Nothing is written; a draft explains as well.

    To a ``user`` only those people are named whom they see; all count.
    """
    book = model_book(model)
    rows = _parts_by_record(ids, kind=kind, book=book, at=at)
    people = _people_of(ids, user=user) if model.people_how else {}
    return {
        pk: _explanation(rows.get(pk, ()), _people_part(people.get(pk, ()), model), at=at)
        for pk in ids
    }


def _parts_by_record(
    ids: Collection[int], *, kind: ScoredKind, book: RuleBook, at: datetime
) -> Mapping[int, list[ScorePart]]:
    found: dict[int, list[ScorePart]] = defaultdict(list)
    zone, living = organisation_zone(), kind.rows().filter(pk__in=ids)
    for rule, chosen in book.fit.items():
        asked = living.filter(filters.compile(chosen, at=at, zone=zone))
        for pk in asked.values_list("pk", flat=True):
            found[pk].append(ScorePart(rule=rule, value=rule.points, as_of=at))
    for (pk, rule_id), tally in _read(ids, kind=kind, book=book, at=at).items():
        part = tally.part
        found[pk].append(
            ScorePart(
                rule=book.rules_by_id[rule_id],
                value=part.value,
                as_of=part.as_of,
                half_life_days=part.half_life_days,
                moments=list(part.moments),
                count=tally.count,
            )
        )
    return found


def _read(ids: Collection[int], *, kind: ScoredKind, book: RuleBook, at: datetime) -> Tallies:
    """What stands in the log about these records; what own staff did is left out."""
    tallies: Tallies = {}
    if not book.engagement:
        return tallies
    born = kind.born_as(ids)
    about = {f"{kind.column}__in": list(born)}
    rows = FactRecord.objects.standing().filter(name__in=book.engagement, **about)
    facts = list(rows.filter(happened_at__lte=at).order_by("position", "pk"))
    staff = staff_among({row.person_id for row in facts if row.person_id})
    for row in facts:
        if row.person_id not in staff:
            record = born[getattr(row, kind.column)]
            count_fact(tallies, fact=row.as_fact(), name=row.name, person_id=record, book=book)
    return tallies


def _people_of(company_ids: Collection[int], *, user: User | None) -> Mapping[int, list[Counted]]:
    found: dict[int, list[Counted]] = defaultdict(list)
    rows = Person.objects.living().filter(company__in=company_ids, score__gt=0)
    seen = set(rows.visible_to(user).values_list("pk", flat=True)) if user else None
    for pk, company, name, score in rows.order_by("-score", "pk").values_list(
        "pk", "company_id", "full_name", "score"
    ):
        is_named = seen is None or pk in seen
        found[company or 0].append(Counted(name if is_named else "", score))
    return found


def _people_part(people: Sequence[Counted], model: ScoreModel) -> ExplainedPart | None:
    """Their points as one reason, which names the first of them."""
    scores = [one.score for one in people]
    counted = counted_people(scores, how=model.people_how, top=model.people_top)
    points = within_cap(sum(counted), cap=model.people_cap)
    if not counted:
        return None
    first = [one for one in people[: len(counted)] if one.name][:NAMED]
    named = ", ".join(f"{one.name} {one.score}" for one in first)
    more = len(counted) - len(first)
    said = _("%(people)s and %(n)d more") % {"people": named, "n": more} if more > 0 else named
    if not first:
        said = ngettext("%(n)d person", "%(n)d people", more) % {"n": more}
    return ExplainedPart(
        kind=Kind.ENGAGEMENT,
        points=points,
        words=_("Its people: %s") % said,
        when=None,
        today=points,
        cap=model.people_cap if points < sum(counted) else None,
    )


def _explanation(
    rows: Iterable[ScorePart], people: ExplainedPart | None, *, at: datetime
) -> Explanation:
    rows = list(rows)
    done = as_parts(rows, kind=Kind.ENGAGEMENT)
    if people:
        done.append(Part(value=people.points, as_of=at))
    total = figures(fit=as_parts(rows, kind=Kind.FIT), engagement=done, at=at)
    lines = [line_of(row, at=at) for row in rows] + ([people] if people else [])
    lines.sort(key=lambda line: (-abs(line.points), line.points < 0))
    return Explanation(
        figures=total,
        parts=tuple(lines),
        faded=total.score - sum(line.points for line in lines),
    )
