"""The list of all imports, and what each of their states is called."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baton.core.ui.lists import Column, Empty, Listing
from baton.operations.exchange.models import Import
from baton.operations.exchange.rules.uploads import State
from baton.operations.exchange.views.figures import words_of_new

STATES = {
    State.CHECKING: {"name": _("Being looked through"), "hue": "blue"},
    State.ASKING: {"name": _("Columns to choose"), "hue": "amber"},
    State.READY: {"name": _("Ready to bring in"), "hue": "teal"},
    State.REFUSED: {"name": _("Not usable"), "hue": "red"},
    State.RUNNING: {"name": _("Running"), "hue": "blue"},
    State.DONE: {"name": _("Done"), "hue": "green"},
    State.STOPPED: {"name": _("Stopped"), "hue": "amber"},
    State.UNDOING: {"name": _("Being taken back"), "hue": "blue"},
    State.UNDONE: {"name": _("Taken back"), "hue": "gray"},
}


def state_badge(record: Import) -> Mapping[str, Any]:
    """Its words and its hue."""
    return STATES[State(record.state)]


IMPORTS = Listing(
    name="imports",
    columns=(
        Column(name="recipe", label=_("What")),
        Column(name="files", label=_("Files"), value=lambda one: ", ".join(one.files)),
        Column(name="by", label=_("Who"), kind="owner", on_phone=True),
        Column(name="started_at", label=_("When"), kind="when", on_phone=True),
        Column(name="state", label=_("State"), kind="badge", value=state_badge),
        Column(name="new", label=_("New"), value=words_of_new),
        Column(
            name="failed",
            label=_("Lines to mend"),
            kind="number",
            value=lambda one: (one.totals or one.report.get("totals", {})).get("failed"),
        ),
        Column(name="id", label=_("Number"), kind="number", sort="id"),
    ),
    order="-id",
    url=lambda one: reverse("exchange:import", args=[one.key]),
    empty=Empty(
        icon="import",
        text=_("Files of another system come in here, and all of an import can be taken back."),
    ),
)
