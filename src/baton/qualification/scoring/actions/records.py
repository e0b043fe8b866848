"""Show the score of companies and deals, and say when it moved."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from baton.core.facts import publish_many
from baton.qualification.scoring.events import RecordScored
from baton.qualification.scoring.queries.records import explain_records, model_about
from baton.qualification.scoring.rules.grading import grade_of
from baton.qualification.scoring.slots import ScoredKind


@transaction.atomic
def score_records(*, kind: ScoredKind, ids: Collection[int], at: datetime) -> int:
    """Reckon these anew and write what moved, with a fact for each; returns how many.

    Where no model is in use any more, nobody has a grade.
    """
    rows = kind.rows().filter(pk__in=ids).order_by("pk")
    former = {pk: (score, grade) for pk, score, grade in rows.values_list("pk", "score", "grade")}
    model = model_about(kind.about)
    found = explain_records(list(former), kind=kind, model=model, at=at) if model else {}
    moved: list[RecordScored] = []
    for pk, (score, grade) in former.items():
        now: dict[str, Any] = {"fit": 0, "engagement": 0, "score": 0, "grade": ""}
        if model:
            total = found[pk].figures
            now = {"fit": total.fit, "engagement": total.engagement}
            now |= {"score": total.score, "grade": grade_of(**now, bands=model.bands)}
        if (now["score"], now["grade"]) != (score, grade):
            about = {kind.column: pk, "about": kind.about}
            was = {"former_score": score, "former_grade": grade}
            moved.append(RecordScored(happened_at=at, **about, **was, **now))
    kind.show(
        {getattr(fact, kind.column): {"score": fact.score, "grade": fact.grade} for fact in moved}
    )
    publish_many(moved)
    return len(moved)
