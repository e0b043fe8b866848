"""How facts and kinds of rules are called where people choose them."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from baton.core import offers
from baton.core.facts.kinds import kinds, readers
from baton.core.offers import Label
from baton.qualification.scoring.rules import Kind
from baton.qualification.scoring.rules.models import About, People, State
from baton.qualification.scoring.rules.trials import TrialState

ABOUT: dict[str, Label] = {
    About.PERSON: _("People"),
    About.COMPANY: _("Companies"),
    About.DEAL: _("Deals"),
}
STATES: dict[str, Label] = {
    State.LIVE: _("In use"),
    State.DRAFT: _("Draft"),
    State.RETIRED: _("Former version"),
}
STATE_HUES = {State.LIVE: "green", State.DRAFT: "amber", State.RETIRED: "gray"}
TRIAL_STATES: dict[str, Label] = {
    TrialState.RUNNING: _("Running"),
    TrialState.DONE: _("Done"),
    TrialState.STOPPED: _("Stopped"),
    TrialState.FAILED: _("Failed"),
}
TRIAL_HUES: dict[str, str] = {
    TrialState.RUNNING: "blue",
    TrialState.DONE: "green",
    TrialState.STOPPED: "gray",
    TrialState.FAILED: "red",
}
PEOPLE_HOW: dict[str, Label] = {
    People.NONE: _("Nothing"),
    People.BEST: _("The score of the one with the most"),
    People.TOP: _("The scores of the best few, together"),
    People.SUM: _("The scores of all, together"),
}
KINDS: dict[str, Label] = {
    Kind.FIT: _("Who they are (fit)"),
    Kind.ENGAGEMENT: _("What they do (engagement)"),
}
GOAL_WORDS: dict[str, Label] = {
    "sql": _("Sales qualified (SQL)"),
    "customer": _("Customer"),
}
# Their own doing, what others do to records, and what a score itself brings about.
SILENT = ("score.", "fact.", "lifecycle.", "person.", "company.", "handoff.", "mql.", "persona.")


def fact_choices() -> list[tuple[str, Label]]:
    """The facts that can give points, by the words of their trigger, else by their name."""
    found = [name for name in kinds if not name.startswith(SILENT)]
    named: list[tuple[str, Label]] = [(name, fact_label(name)) for name in found]
    return sorted(named, key=lambda choice: str(choice[1]))


def fact_label(name: str) -> Label:
    """Form submitted, for form.submitted."""
    trigger = offers.triggers.find(name)
    return trigger.label if trigger else name.replace(".", " ").replace("_", " ").capitalize()


def payload_fields(name: str) -> Iterable[str]:
    """What a rule may ask of such a fact."""
    return list(readers(kinds[name])) if name in kinds else []


# What lies behind a code is called as people call it; the code stays what a rule is written with.
ASKED: dict[str, Label] = {
    "form_code": _("form"),
    "pages": _("page"),
    "landing_page": _("first page"),
}


def asked_words(field: str) -> str:
    """Form, for form_code of a fact."""
    return str(ASKED.get(field, field.replace("_", " ")))
