"""The rules and bands of a version as plain JSON: what a trial goes by, and when it is stale."""

from typing import Any

from baton.qualification.scoring.models import ScoreModel, ScoreTrial
from baton.qualification.scoring.rules.models import State

OF_RULE = (
    *("name", "kind", "points", "condition", "fact", "match"),
    *("half_life_days", "expires_days", "cap"),
)


def live_version(model: ScoreModel) -> ScoreModel | None:
    """The one in use of the same line."""
    return ScoreModel.objects.filter(line=model.line, state=State.LIVE).first()


def terms_of(model: ScoreModel) -> dict[str, Any]:
    return {
        "edition": model.edition,
        "persona": model.persona.name if model.persona else "",
        "fit_bands": list(model.fit_bands),
        "engagement_bands": list(model.engagement_bands),
        "rules": [
            {name: getattr(rule, name) for name in OF_RULE} for rule in model.rules.switched_on()
        ],
    }


def is_stale(trial: ScoreTrial) -> bool:
    """Whether the draft, or the version in use, is another now than the one that was tried."""
    used = live_version(trial.model)
    now = terms_of(used) if used else None
    return bool(trial.draft != terms_of(trial.model) or trial.used != now)
