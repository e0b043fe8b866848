"""Words chosen from a few: how high somebody stands, which part they play in buying."""

from enum import StrEnum

from baton.core.errors import RuleViolation, gettext_noop


class Seniority(StrEnum):
    OWNER = "owner"
    C_LEVEL = "c_level"
    VP = "vp"
    DIRECTOR = "director"
    MANAGER = "manager"
    SENIOR = "senior"
    ENTRY = "entry"


class BuyingRole(StrEnum):
    DECISION_MAKER = "decision_maker"
    CHAMPION = "champion"
    EVALUATOR = "evaluator"
    INFLUENCER = "influencer"
    PROCUREMENT = "procurement"


# How other systems write it.
ALSO: dict[str, str] = {
    "executive": Seniority.C_LEVEL,
    "c_suite": Seniority.C_LEVEL,
    "cxo": Seniority.C_LEVEL,
    "founder": Seniority.OWNER,
    "partner": Seniority.OWNER,
    "vice_president": Seniority.VP,
    "head": Seniority.DIRECTOR,
    "junior": Seniority.ENTRY,
    "employee": Seniority.ENTRY,
    "budget_holder": BuyingRole.DECISION_MAKER,
    "economic_buyer": BuyingRole.DECISION_MAKER,
    "executive_sponsor": BuyingRole.CHAMPION,
    "purchasing": BuyingRole.PROCUREMENT,
}


class NoSuchChoice(RuleViolation, ValueError):
    """None of the words that there are; the message names them, ``field`` says of what."""

    field = ""


def read_choice(text: str, kind: type[StrEnum]) -> str:
    """ "Decision maker" is decision_maker; "" is nothing. Raises NoSuchChoice."""
    word = "_".join(text.replace("-", " ").replace("_", " ").casefold().split())
    word = ALSO.get(word, word)
    if not word or word in set(kind):
        return word
    words = gettext_noop("“%(text)s” is none of %(choices)s.")
    raise NoSuchChoice(words, text=text.strip()[:40], choices=", ".join(kind))
