"""A year's handoffs: who met the agreement, when, and what reps made of it."""

from django.db.models import Q

from baton.core.access.models import User
from baton.core.calendars.queries import HoursBook
from baton.core.demo.rules import Stream
from baton.core.demo.slots import Bite, Year
from baton.qualification.handoff import actions
from baton.qualification.handoff.actions import Clocks, PastHandoff
from baton.qualification.handoff.demo.agreeing import TURNS
from baton.qualification.handoff.demo.executives import hand_on_whom_sdrs_qualified
from baton.qualification.handoff.demo.fates import Fates
from baton.qualification.handoff.demo.log import Log, Met, read_log
from baton.qualification.handoff.demo.replies import answer_verdicts
from baton.qualification.handoff.demo.returns import come_back, returned, tell_prices
from baton.qualification.handoff.demo.turns import Turns
from baton.qualification.handoff.models import Agreement, Pool
from baton.qualification.handoff.queries import score_in_words
from baton.qualification.handoff.rules import Lane, State

STRANGER = 0.3  # of the warmth is left for who belongs to no company


def begin(year: Year) -> None:
    """Who takes turns, and by whose hours clocks run."""
    users: dict[str, User] = year.cast["users"]
    agreement: Agreement = year.cast["agreement"]
    reps: list[User] = year.cast["reps"]
    usual = Pool.objects.living().filter(Q(is_default=True) | Q(is_catch_all=True))
    pools = {pool.is_catch_all: pool for pool in usual}
    weights = {users[name].pk: weight for name, (weight, _cap) in TURNS.items()}
    year.cast["turns"] = Turns(year, pool=pools[False], queue=pools[True], weights=weights)
    book = HoursBook(reps)
    year.cast["clocks"] = Clocks(agreement, {rep.pk: book.of(rep) for rep in reps})


def tell_handoffs(bite: Bite) -> None:
    """Whoever met the agreement; ``cast["qualified"]`` has the SQLs: person, rep, since when."""
    year = bite.year
    turns, clocks, agreement = year.cast["turns"], year.cast["clocks"], year.cast["agreement"]
    turns.forget(bite.arrivals[0])
    fates = Fates(year=year, turns=turns, clocks=clocks, dice=bite.dice("handoffs"))
    log = read_log(bite.cast["people"], at=year.at)
    plans = [_plan(one, log=log, agreement=agreement) for one in log.met(agreement)]
    for plan in plans:
        _fare(bite, plan, fates=fates)
    back = []
    for met, place in come_back(bite, plans, log=log):
        again = returned(_plan(met, log=log, agreement=agreement), met=met, agreement=agreement)
        _fare(bite, again, fates=fates)
        back.append((again, place))
    rows = actions.record_handoffs(past=plans, clocks=clocks, at=year.at)
    returns = [(again, rows[place]) for again, place in back]
    rows += actions.record_returns(returns=returns, clocks=clocks, at=year.at)
    tell_prices(bite, plans, log=log)
    told = [*plans, *(again for again, _place in back)]
    bite.cast["qualified"] = hand_on_whom_sdrs_qualified(bite, told)
    bite.keep(*rows)
    answer_verdicts(rows, by=year.cast["users"]["mara"], until=year.at)


def _fare(bite: Bite, plan: PastHandoff, *, fates: Fates) -> None:
    stream: Stream = bite.cast["stream"][plan.person.pk]
    warmth = stream.warm_on(bite.year.calendar.days_ago(plan.at))
    fates.decide(plan, warmth=warmth if plan.person.company_id else warmth * STRANGER)


def _plan(met: Met, *, log: Log, agreement: Agreement) -> PastHandoff:
    person, form, found = met.person, met.form, met.found
    heaviest = ", ".join(part.words for part in found.parts[:2])
    return PastHandoff(
        person=person,
        agreement=agreement,
        lane=Lane.HAND_RAISE if form else Lane.SCORE,
        reason=form.form_name if form else heaviest,
        brief={
            "score": score_in_words(found, threshold=agreement.threshold),
            "forms": log.forms_told(met),
            "said_source": person.said_source,
        },
        source=log.source_of(met),
        at=met.at,
        offers=[],
        state=State.ACCEPTED,
        fact_id=form.id if form else None,
    )
