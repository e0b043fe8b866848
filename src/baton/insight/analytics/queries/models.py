"""The models of attribution: what weight a touch has among the touches of its deal.

A model is one expression over the columns of ``placed`` in ``sql/attribution/credited.sql``:
``place`` and ``of_touches`` say where the touch stands, ``happened_at``, ``cut_at``, ``name`` and
``channel`` what it was. Weights need not sum to one, only to something. Everything else, rounding,
totals, groups, drill-down, table, file and command, follows from this list; a further model is a
line here, a word in ``words`` and its figures in the schemas of the API.
"""

from collections.abc import Mapping

from baton.insight.analytics.rules import PARTS

MODELS: Mapping[str, str] = {
    "first": "CASE WHEN place = 1 THEN 1 ELSE 0 END",
    "last": "CASE WHEN place = of_touches THEN 1 ELSE 0 END",
    "linear": "1",
}
# Whole numbers are summed and multiplied before anything is divided: halves are halves.
UP_TO = "CAST(ROUND({whole} * so_far_{name} / whole_{name}) AS BIGINT)"
ADDED = "{column}_to_{name} - COALESCE(LAG({column}_to_{name}) OVER journey, 0) AS {column}_{name}"


def pieces() -> dict[str, str]:
    """What the statements need of each model, by the name of its place."""
    return {
        "weights": _each("{weight} AS weight_{name}"),
        "sums": _each(
            "1.0 * SUM(weight_{name}) OVER so_far AS so_far_{name}",
            "SUM(weight_{name}) OVER whole AS whole_{name}",
        ),
        "rounded": _each(
            f"{UP_TO.format(whole='cents', name='{name}')} AS cents_to_{{name}}",
            f"{UP_TO.format(whole=PARTS, name='{name}')} AS parts_to_{{name}}",
        ),
        "shares": _each(*(ADDED.replace("{column}", column) for column in ("cents", "parts"))),
        "all_of_it": _each("cents AS cents_{name}", f"{PARTS} AS parts_{{name}}"),
        "totals": _each(
            "SUM(cents_{name}) AS cents_{name}_sum", "SUM(parts_{name}) AS parts_{name}_sum"
        ),
        "picks": _each("credit.cents_{name}_sum", "credit.parts_{name}_sum"),
    }


def _each(*columns: str) -> str:
    """These columns for every model."""
    return ",\n        ".join(
        column.format(name=name, weight=weight)
        for name, weight in MODELS.items()
        for column in columns
    )
