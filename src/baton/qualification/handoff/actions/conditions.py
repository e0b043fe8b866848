"""Conditions by which somebody comes back from a rest: judged for many at once."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from baton.core import filters
from baton.core.settings.queries import organisation_zone
from baton.qualification.handoff.actions.refusals import BadVerdict
from baton.qualification.handoff.models import Rest
from baton.qualification.handoff.queries.rests import condition_of
from baton.qualification.handoff.rules import Reason, has_come_true, may_come_back
from baton.records.people.models import Person
from baton.records.people.queries import who_now


def check_condition(tree: Mapping[str, Any] | None, *, why: Reason) -> None:
    """A condition belongs to a reason after which somebody rests. Raises BadVerdict, BadFilter."""
    if tree is None:
        return
    filters.parse(tree, object_type="person")
    if not may_come_back(why):
        raise BadVerdict(_("After this reason nobody rests: take the condition out."))


@transaction.atomic(savepoint=False)
def note_conditions(
    *, person_ids: Collection[int], company_ids: Collection[int] = (), at: datetime
) -> int:
    """Something was told of these people, or of companies: whose condition came true is written
    down, and the sweeper wakes them; returns how many."""
    if not Rest.objects.conditional().exists():
        return 0
    people = set(who_now(person_ids).values())
    about = Q(person__in=people) | Q(person__company__in=set(company_ids))
    return judge_rests(list(Rest.objects.conditional().filter(about).order_by("pk")), at=at)


@transaction.atomic(savepoint=False)
def note_conditions_after(*, after: int, most: int, at: datetime) -> int | None:
    """The same for the next ``most`` of all, behind this id: days pass, though nothing is told;
    returns where to go on."""
    rests = list(Rest.objects.conditional().filter(pk__gt=after).order_by("pk")[:most])
    judge_rests(rests, at=at)
    return rests[-1].pk if len(rests) == most else None


def judge_rests(rests: Sequence[Rest], *, at: datetime) -> int:
    """As many questions as there are different conditions; returns how many came true."""
    by_tree: dict[str, list[Rest]] = defaultdict(list)
    for rest in rests:
        by_tree[json.dumps(rest.condition, sort_keys=True)].append(rest)
    met: set[int] = set()
    untrue: set[int] = set()
    for alike in by_tree.values():
        chosen = condition_of(alike[0].condition)
        if chosen is None:
            continue
        asked = filters.compile(chosen, at=at, zone=organisation_zone())
        people = Person.objects.living().filter(pk__in=[one.person_id for one in alike])
        fits = set(people.filter(asked).values_list("pk", flat=True))
        met |= {
            one.pk
            for one in alike
            if has_come_true(fits=one.person_id in fits, was_untrue=one.is_untrue)
        }
        untrue |= {one.pk for one in alike if one.person_id not in fits and not one.is_untrue}
    if untrue:
        Rest.objects.conditional().filter(pk__in=untrue).update(is_untrue=True)
    # Another worker may have been faster: who came back has come back once.
    return Rest.objects.conditional().filter(pk__in=met).update(met_at=at) if met else 0
