"""Every number opens the people behind it."""

from baton.insight.analytics.queries.asking import Question
from baton.insight.analytics.queries.running import run

COLUMNS = {
    "leads": "lead",
    "mqls": "mql",
    "sals": "sal",
    "sqls": "sql",
    "opportunities": "opportunity",
    "won": "customer",
}


def people_behind(question: Question, *, column: str, group: str | None) -> list[int]:
    """Ids of the people whom that cell of the report counts; ``group`` None is the total's row."""
    fragments = question.fragments(is_whole=group is None)
    value = int(group) if question.by == "rep" and group else group
    same = "grp = :grp" if group else "grp IS NULL OR CAST(grp AS TEXT) = ''"
    fragments["same_group"] = same
    values = question.values() | {
        "step": COLUMNS[column],
        "whole": 1 if group is None else 0,
        "grp": value,
    }
    found = run("behind", values=values, fragments=fragments, visible=question.visible())
    return [row["person_id"] for row in found]
