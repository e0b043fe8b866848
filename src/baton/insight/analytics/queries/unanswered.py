"""Leads that sales was handed and nobody answered, and what they cost: by the one rule of the
handoff (``handoff.queries.wasted``), told by the groups of the closed loop."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F

from baton.insight.analytics.queries.asking import Question
from baton.insight.analytics.queries.running import run
from baton.insight.analytics.rules import Row, plus
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.queries.wasted import costs_of_leads, never_answered
from baton.qualification.handoff.rules import State


def let_down(question: Question) -> dict[str, Any]:
    """What statements about them are asked with."""
    handed = Handoff.objects.of_marketing().exclude(state=State.WITHDRAWN)
    rows = never_answered(handed, at=question.at).annotate(brought_by=F("person__campaign"))
    terms = question.terms()
    columns = ("person_id", "rep_id", "made_at", "brought_by")
    terms["bounds"] |= {"never_answered": rows.order_by().values(*columns)}
    return terms


def unanswered_by_group(question: Question) -> dict[str, Row]:
    """Rows with nothing but how many they are and what they cost; asked of the database always,
    for whether somebody's time has run out depends on the moment."""
    found = run("unanswered", values=question.period(), **let_down(question))
    each = costs_of_leads({one["campaign"] for one in found}, user=question.user) if found else {}
    rows: dict[str, Row] = {}
    for one in found:
        _add(rows.setdefault(one["grp"], Row(one["grp"], one["grp"])), one, each=each)
    return rows


def _add(row: Row, found: Mapping[str, Any], *, each: Mapping[str, Any]) -> None:
    people, cost = found["people"], each[found["campaign"]]
    row.unanswered += people
    if cost is None:
        row.unanswered_unknown += people
    else:
        row.spent_in_vain = plus(row.spent_in_vain, cost * people)
