"""The judgement: leaks out, a model chosen inside, judged on rows that it has not seen."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from sklearn.model_selection import StratifiedKFold
from threadpoolctl import threadpool_limits

from baton.core.errors import gettext_noop
from baton.qualification.scoring.rules.foresight import figures, learning
from baton.qualification.scoring.rules.foresight.blending import learn_blend
from baton.qualification.scoring.rules.foresight.columns import Column, at_time
from baton.qualification.scoring.rules.foresight.encoding import encoder_of
from baton.qualification.scoring.rules.foresight.evidence import Leak
from baton.qualification.scoring.rules.foresight.leaking import find_leaks
from baton.qualification.scoring.rules.foresight.outcome import LEAST_EACH, check_enough
from baton.qualification.scoring.rules.foresight.refusals import CannotForesee

FOLDS = 5
EARLIER = 0.7  # of the rows teach, the later ones judge
TOO_GOOD = 0.97


@dataclass(frozen=True)
class Judgement:
    """Figures of rows that the model had not seen."""

    chances: Sequence[float] = field(repr=False)
    won: Sequence[bool] = field(repr=False)
    leaks: Sequence[Leak]
    carried: Leak | None
    columns: Sequence[str]
    models: Sequence[str]
    taught: int
    by_time: bool

    @property
    def auc(self) -> float:
        return figures.area_under_curve(self.chances, self.won)

    @property
    def brier(self) -> float:
        return figures.brier_of(self.chances, self.won)

    @property
    def lift(self) -> float:
        return figures.lift_of_best(self.chances, self.won)

    @property
    def is_too_good(self) -> bool:
        return self.auc >= TOO_GOOD


def judge(
    columns: Sequence[Column],
    won: Sequence[bool],
    *,
    outcome: str = "",
    time: Column | None = None,
    kept: frozenset[str] = frozenset(),
    is_plain: bool = False,
) -> Judgement:
    """``columns`` hold a value for each of ``won``; ``outcome`` is how that column is called.
    ``kept``: never called leaks. ``is_plain``: by the model that can be kept as figures, and no
    other. Raises CannotForesee."""
    check_enough(won)
    with threadpool_limits(1):  # threads of two such programs on one machine wait for each other
        return _judge(columns, won, outcome=outcome, time=time, kept=kept, is_plain=is_plain)


def _judge(
    columns: Sequence[Column],
    won: Sequence[bool],
    *,
    outcome: str,
    time: Column | None,
    kept: frozenset[str],
    is_plain: bool,
) -> Judgement:
    splits = _by_time(time, won) if time else _by_folds(won)
    seen = find_leaks(columns, won, outcome=outcome, time=time, kept=kept)
    left = seen.left
    if not left:
        raise CannotForesee(
            gettext_noop(
                "Nothing is left to foresee from: every column is empty, a number or a leak."
            )
        )
    said: dict[int, float] = {}
    models: list[str] = []
    for taught, judged in splits:
        found, way = _foretell(left, won, taught, judged, by_time=bool(time), is_plain=is_plain)
        models.append(way)
        said |= dict(zip(judged, found, strict=True))
    rows = sorted(said)
    return Judgement(
        chances=[said[at] for at in rows],
        won=[won[at] for at in rows],
        leaks=seen.leaks,
        carried=seen.carried,
        columns=[one.name for one in left if not one.parts],
        models=models,
        taught=len(splits[0][0]) if time else len(won),
        by_time=bool(time),
    )


Split = tuple[list[int], list[int]]


def _by_folds(won: Sequence[bool]) -> list[Split]:
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=learning.SEED)
    blank = np.zeros(len(won))
    return [(a.tolist(), b.tolist()) for a, b in folds.split(blank, np.array(won))]


def _by_time(time: Column, won: Sequence[bool]) -> list[Split]:
    """The earlier rows teach; rows of one moment stay together."""
    moments = at_time(time)
    if moments is None:
        words = gettext_noop(
            "The rows cannot be put in order of time by “%(column)s”: give a column with a date or "
            "a growing number in each row."
        )
        raise CannotForesee(words, column=time.name)
    order = sorted(range(len(won)), key=lambda at: moments[at])
    edge = moments[order[int(len(order) * EARLIER)]]
    earlier = [at for at in order if moments[at] < edge]
    later = [at for at in order if moments[at] >= edge]
    for part in (earlier, later):
        yes = sum(won[at] for at in part)
        if min(yes, len(part) - yes) < LEAST_EACH // 2:
            words = gettext_noop(
                "Too little to judge by time: of the earlier and of the later rows, one part has "
                "%(yes)s positive and %(no)s negative rows. It takes %(each)s of each."
            )
            raise CannotForesee(words, yes=yes, no=len(part) - yes, each=LEAST_EACH // 2)
    return [(earlier, later)]


def _foretell(
    columns: Sequence[Column],
    won: Sequence[bool],
    taught: list[int],
    judged: list[int],
    *,
    by_time: bool,
    is_plain: bool,
) -> tuple[list[float], str]:
    """Chances for those that judge, and the model that gave them."""
    if not is_plain:
        blend = learn_blend(columns, won, taught, by_time=by_time)
        return blend.foretell(judged), blend.said
    encoder = encoder_of(columns, taught)
    model = learning.Summed().fit(encoder.for_sum(), learning.truth(won, taught))
    return learning.chances(model, encoder.for_sum(judged)), learning.SUM
