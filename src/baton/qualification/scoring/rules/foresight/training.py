"""Runs by itself: learns from a table on its input, answers with JSON on its output.

The process of the web and that of the worker never load what learns; what is learned comes back as
plain figures.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from threadpoolctl import threadpool_limits

from baton.qualification.scoring.rules.foresight import drifting, learning
from baton.qualification.scoring.rules.foresight.columns import Column, Kind
from baton.qualification.scoring.rules.foresight.encoding import encoder_of
from baton.qualification.scoring.rules.foresight.judging import judge
from baton.qualification.scoring.rules.foresight.refusals import CannotForesee
from baton.qualification.scoring.rules.foresight.reporting import figures_of
from baton.qualification.scoring.rules.foresight.scorecard import Scorecard, Weighed

TIME = "(time)"


def main() -> None:
    try:
        answer = train(json.loads(sys.stdin.read()))
    except CannotForesee as no:
        answer = {"refused": no.sentence, "values": no.values}
    sys.stdout.write(json.dumps(answer))


def train(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Judged on the later handoffs; then learned from all of them. Raises CannotForesee."""
    won = [bool(one) for one in asked["won"]]
    columns = [Column(one["name"], Kind(one["kind"]), one["values"]) for one in asked["columns"]]
    columns = [one for one in columns if len({*one.values}) > 1]
    time = Column(TIME, Kind.NUMBER, asked["moments"])
    found = judge(columns, won, time=time, is_plain=True)
    used = [one for one in columns if one.name in set(found.columns)]
    with threadpool_limits(1):
        card = learn_card(used, won)
        chances = [
            card.foretell({one.name: one.values[at] for one in used}).chance
            for at in range(len(won))
        ]
    edges = drifting.edges_of(chances)
    return {
        "figures": figures_of(found)
        | {
            "n": len(won),
            "positives": sum(won),
            "leak_reasons": [vars(leak) for leak in found.leaks],
        },
        "card": card.data(),
        "drift": {"edges": edges, "expected": drifting.shares_of(chances, edges)},
    }


def learn_card(columns: Sequence[Column], won: Sequence[bool]) -> Scorecard:
    rows = list(range(len(won)))
    encoder = encoder_of(columns, rows)
    figures = encoder.for_sum()
    model = learning.Summed().fit(figures, learning.truth(won, rows))
    weights = model.weights
    shares: list[float] = (figures.sum(axis=0) / len(rows)).tolist()[0]
    at, weighed = 0, []
    for bins in encoder.bins:
        here = slice(at, at + bins.count)
        mean = sum(a * b for a, b in zip(weights[here], shares[here], strict=True))
        weighed.append(Weighed(bins, weights[here], mean))
        at += bins.count
    return Scorecard(weighed, model.intercept, model.slope, model.shift)


if __name__ == "__main__":
    main()
