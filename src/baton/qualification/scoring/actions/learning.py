"""Learn from the company's own outcomes, in a process of its own; use what was learned, or stop.

Nothing here touches the agreement: who is an MQL stays with the rules and the threshold.
"""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import record_change
from baton.core.errors import RuleViolation, gettext_noop
from baton.qualification.scoring.models import Foresight, Foretold
from baton.qualification.scoring.queries.outcomes import Outcomes, outcome_count, outcomes_until
from baton.qualification.scoring.rules.foresight.outcome import check_enough
from baton.qualification.scoring.rules.foresight.refusals import CannotForesee
from baton.qualification.scoring.rules.foresight.scorecard import digest_of
from baton.qualification.scoring.rules.foretelling import DAYS, GOALS, LATE_SHARE, State

logger = logging.getLogger(__name__)
CHILD = "baton.qualification.scoring.rules.foresight.training"
FEW = gettext_noop(
    "Too little to learn from: %(rows)s handoffs with a known end, %(yes)s of them reached it and "
    "%(no)s did not. It takes %(least)s handoffs, %(each)s of each."
)
DIED = gettext_noop(
    "The process that learned was ended each time, mostly because the machine ran out of memory."
)
PATIENCE = 900  # seconds
SOON = timedelta(minutes=5)  # by then what was asked for is a job


class NotToBeForeseen(RuleViolation):
    """What was asked for cannot be learned, or used."""


@transaction.atomic
def ask_to_learn(*, goal: str, days: int, by: User | None, at: datetime) -> Foresight:
    """A new version, to be learned by a job. Raises NotToBeForeseen."""
    if goal not in GOALS or days not in DAYS:
        raise NotToBeForeseen(_("Choose what is foreseen, and within how many days."))
    return Foresight.objects.create(goal=goal, days=days, state=State.ASKED, asked_at=at, by=by)


def learn(*, foresight: Foresight, at: datetime) -> None:
    """Read, learn, write. Where it is too thin the refusal is kept, and rules stay alone. One that
    has learned already, or failed, is left as it is."""
    if foresight.state != State.ASKED:
        return
    found = outcomes_until(goal=foresight.goal, days=foresight.days, at=at)
    try:
        check_enough(found.won)
        known = outcome_count(days=foresight.days, at=at)
        answer = {"known": known, "untold": found.untold, **_ask_child(found)}
    except CannotForesee as no:
        answer = {"refused": FEW, "values": no.values}
    _keep(foresight, answer, late=_late(found))


@transaction.atomic
def give_up(*, going: Collection[int], at: datetime) -> int:
    """Those that no job learns any more, for its process died each time, have failed; how many."""
    asked = Foresight.objects.filter(state=State.ASKED, asked_at__lte=at - SOON)
    lost = asked.exclude(pk__in=going)
    return lost.update(state=State.FAILED, refusal={"sentence": DIED, "values": {}})


def _late(found: Outcomes) -> list[dict[str, Any]]:
    """Fields that were filled after the handoff: looked at as they stood before."""
    count = len(found.won) or 1
    shares = {name: people / count for name, people in found.late.items()}
    named = [(name, share) for name, share in shares.items() if share >= LATE_SHARE]
    return [
        {"name": name, "share": round(share, 3)}
        for name, share in sorted(named, key=lambda one: (-one[1], one[0]))
    ]


def _ask_child(found: Outcomes) -> dict[str, Any]:
    """A process that learns loads what takes seconds and a hundred megabytes; then it is gone."""
    asked = {
        "columns": found.columns(),
        "won": list(found.won),
        "moments": [made.timestamp() for made in found.moments],
    }
    try:
        done = subprocess.run(  # noqa: S603 -- our own module, our own table
            [sys.executable, "-m", CHILD],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=PATIENCE,
            check=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        said = getattr(error, "stderr", None) or b""
        logger.warning("Learning failed: %s\n%s", error, said.decode(errors="replace")[-4000:])
        return {"failed": True}
    return answer


@transaction.atomic
def _keep(foresight: Foresight, answer: dict[str, Any], *, late: list[dict[str, Any]]) -> None:
    """Unless another run was faster."""
    foresight = Foresight.objects.select_for_update().get(pk=foresight.pk)
    if foresight.state != State.ASKED:
        return
    foresight.late_fields = late
    if "refused" in answer:
        foresight.state = State.REFUSED
        foresight.refusal = {"sentence": answer["refused"], "values": answer["values"]}
    elif "failed" in answer:
        foresight.state = State.FAILED
    else:
        foresight.state = State.READY
        foresight.figures = {
            **answer["figures"],
            "known": answer["known"],
            "untold": answer["untold"],
        }
        foresight.card = answer["card"]
        foresight.digest = digest_of(answer["card"])
        foresight.drift = {**answer["drift"], "months": []}
    foresight.save()


@transaction.atomic
def use_foresight(*, foresight: Foresight, by: User, at: datetime) -> None:
    """From now on its chances stand on people's pages. Raises NotToBeForeseen."""
    foresight = Foresight.objects.select_for_update().get(pk=foresight.pk)
    if foresight.state != State.READY:
        raise NotToBeForeseen(_("This version has learned nothing that could be used."))
    if foresight.is_used:
        return
    if digest_of(foresight.card) != foresight.digest:
        raise NotToBeForeseen(_("What this version has learned was changed since. Learn anew."))
    _stop()
    foresight.is_used, foresight.used_since = True, at
    foresight.save(update_fields=["is_used", "used_since"])
    _note(foresight, verb="used", by=by, at=at)


@transaction.atomic
def stop_foresight(*, by: User, at: datetime) -> None:
    """Rules only, again."""
    for foresight in _stop():
        _note(foresight, verb="stopped", by=by, at=at)
    Foretold.objects.all().delete()


def _stop() -> list[Foresight]:
    stopped = list(Foresight.objects.select_for_update().filter(is_used=True))
    Foresight.objects.filter(pk__in=[one.pk for one in stopped]).update(is_used=False)
    return stopped


def _note(foresight: Foresight, *, verb: str, by: User, at: datetime) -> None:
    record_change(
        object_type="foresight",
        object_id=foresight.pk,
        verb=verb,
        after={"name": str(foresight)},
        by=by,
        at=at,
    )
