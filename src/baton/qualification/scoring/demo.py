"""Which points Fennmark gives: on top of the usual rules, those of its own trade; and what can be
foreseen from its year."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.db import transaction

from baton.core.demo.slots import Chapter, Story, chapters
from baton.qualification.scoring.actions import (
    ask_to_learn,
    create_score_model,
    create_score_rule,
    ensure_default_rules,
    put_to_use,
)
from baton.qualification.scoring.models import ScoreRule
from baton.qualification.scoring.rules.models import About
from baton.qualification.scoring.tasks import learn_foresight


def _any(field: str, *values: str) -> dict[str, Any]:
    asked = [{"field": field, "op": "contains", "value": value} for value in values]
    return {"any": asked}


RULES: tuple[dict[str, Any], ...] = (
    {
        "name": "Asked for a demo",
        "kind": "engagement",
        "points": 25,
        "fact": "form.submitted",
        "match": {"form_code": "request-demo"},
        "half_life_days": 30,
    },
    {
        "name": "Signed up for the webinar",
        "kind": "engagement",
        "points": 15,
        "fact": "form.submitted",
        "match": {"form_code": "webinar-signup"},
        "half_life_days": 30,
    },
    {
        "name": "Looked at the prices",
        "kind": "engagement",
        "points": 15,
        "fact": "visit.made",
        "match": {"pages": "What it costs"},
        "half_life_days": 14,
        "cap": 30,
    },
    {
        "name": "Works with energy or a plant",
        "kind": "fit",
        "points": 15,
        "condition": _any("person.job_title", "energy", "plant", "facility"),
    },
    {
        "name": "Food, pharma or paper",
        "kind": "fit",
        "points": 10,
        "condition": _any("person.industry", "food", "pharma", "paper"),
    },
    {
        "name": "200 people or more",
        "kind": "fit",
        "points": 10,
        "condition": {"field": "person.employee_count", "op": ">=", "value": "200"},
    },
    {
        "name": "Student",
        "kind": "fit",
        "points": -40,
        "condition": _any("person.job_title", "student"),
    },
)
COMPANY_RULES: tuple[dict[str, Any], ...] = (
    {
        "name": "Food, pharma or paper",
        "kind": "fit",
        "points": 15,
        "condition": _any("company.industry", "food", "pharma", "paper"),
    },
    {
        "name": "200 people or more",
        "kind": "fit",
        "points": 20,
        "condition": {"field": "company.employee_count", "op": ">=", "value": "200"},
    },
)
DEAL_RULES: tuple[dict[str, Any], ...] = (
    {
        "name": "10,000 or more",
        "kind": "fit",
        "points": 15,
        "condition": {"field": "deal.amount", "op": ">=", "value": 10_000},
    },
    {
        "name": "A next step is set",
        "kind": "fit",
        "points": 15,
        "condition": {"field": "deal.next_step", "op": "is_set"},
    },
    {
        "name": "Was talked to",
        "kind": "engagement",
        "points": 20,
        "fact": "activity.logged",
        "half_life_days": 14,
        "cap": 60,
    },
)


def tell_score_rules(story: Story) -> None:
    """The usual rules and Fennmark's own, each given a place after the one before."""
    at = story.at
    is_new = ensure_default_rules(at=at)
    made = [
        create_score_rule(values={**rule, "position": 10 + place}, by=None, at=at)
        for place, rule in enumerate(RULES)
    ]
    story.keep(*made, *(ScoreRule.objects.all() if is_new else ()))
    tell_model(story, about=About.COMPANY, name="Accounts", rules=COMPANY_RULES, people_how="best")
    tell_model(story, about=About.DEAL, name="Deals", rules=DEAL_RULES)


def tell_model(
    story: Story, *, about: str, name: str, rules: Iterable[Mapping[str, Any]], **values: Any
) -> None:
    """One about companies, or deals, in use."""
    model = create_score_model(about=about, values={"name": name, **values}, by=None, at=story.at)
    for rule in rules:
        create_score_rule(values=rule, model=model, by=None, at=story.at)
    put_to_use(model=model, by=None, at=story.at)
    story.keep(model)


def tell_foresight(story: Story) -> None:
    """A year's handoffs teach something: who becomes an SQL is learned from them by a job."""
    if not story.is_year:
        return
    foresight = ask_to_learn(goal="sql", days=90, by=None, at=story.at)
    story.keep(foresight)
    transaction.on_commit(partial(learn_foresight.enqueue, foresight_id=foresight.pk))


chapters.add(Chapter("score rules", 20, tell_score_rules))
chapters.add(Chapter("foresight", 70, tell_foresight))
