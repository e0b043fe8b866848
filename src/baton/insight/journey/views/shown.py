"""The map as it is drawn: each stage with its figures as words, and the ways behind them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baton.core.ui.formats import grouped, percent
from baton.core.words import label_of
from baton.insight.journey.queries import Step
from baton.insight.journey.rules import LAST, Code
from baton.insight.journey.views.asking import url_of
from baton.insight.journey.words import (
    CARE_HUES,
    CARES,
    FIGURES,
    days_words,
    stall_words,
)
from baton.records.audience.models import Persona

ICONS = {"page": "page", "form": "form", "campaign": "campaign", "sentences": "persona"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A figure; ``note`` says of what it is."""

    label: str
    value: str
    url: str = ""
    note: str = ""


def column_of(step: Step, *, days: int, persona: Persona | None) -> dict[str, Any]:
    spot, found = step.spot, step.figures
    asked = {"days": days, "persona": persona.key if persona else "", "stage": spot.code}

    def url(figure: str, count: int) -> str:
        return url_of("people", figure=figure, **asked) if count else ""

    return {
        "spot": spot,
        "care": CARES[spot.care],
        "care_hue": CARE_HUES[spot.care],
        "known_by": [label_of(stage) for stage in spot.stages],
        "here": grouped(found.here),
        "here_url": url("here", found.here),
        "here_words": ngettext("person now", "people now", found.here),
        "lines": [line for line in _lines(step, url) if line],
        "stall": stall_words(step.stall) if step.stall else "",
        "contents": [(one, ICONS[one.kind]) for one in step.contents],
        "gaps": [gap_words(one) for one in step.gaps],
        "add_url": url_of("add", stage=spot.code),
    }


def _lines(step: Step, url: Any) -> list[Line | None]:
    found, timed = step.figures, step.figures.median_days
    return [
        Line(
            label=str(FIGURES["entered"]),
            value=grouped(found.entered),
            url=url("entered", found.entered),
        ),
        Line(label=str(FIGURES["gone"]), value=grouped(found.gone), url=url("gone", found.gone)),
        _went_on(step, url),
        Line(
            label=str(FIGURES["timed"]),
            value=days_words(timed) if timed is not None else _("unknown"),
            url=url("timed", found.timed),
            note="" if found.timed else _("nobody left"),
        ),
        _long(step, url),
    ]


def _went_on(step: Step, url: Any) -> Line | None:
    found, share = step.figures, step.figures.conversion
    if step.spot.code is LAST:
        return None
    label = str(FIGURES["went_on"])
    if share is None:
        return Line(label=label, value=_("unknown"), note=_("nobody entered"))
    said = {
        "hits": grouped(found.went_on),
        "all": grouped(found.entered),
        "still": grouped(found.still),
    }
    note = _("%(hits)s of %(all)s; %(still)s still here") % said
    return Line(label=label, value=percent(share), url=url("went_on", found.went_on), note=note)


def _long(step: Step, url: Any) -> Line | None:
    found = step.figures
    if found.long_share is None or found.slow_days is None or step.spot.code is LAST:
        return None
    return Line(
        label=str(FIGURES["long"]),
        value=percent(found.long_share),
        url=url("long", found.long),
        note=_("%(count)s here for more than %(days)s; nine in ten left within that")
        % {"count": grouped(found.long), "days": days_words(found.slow_days)},
    )


def gap_words(persona: Persona | None) -> str:
    if persona is None:
        return _("Nothing is shown here to anybody.")
    return _("Nothing is shown here to %(persona)s.") % {"persona": persona.name}


def is_known(code: Code, counted: str) -> bool:
    """Whether the map has that figure there."""
    return counted in FIGURES and not (code is LAST and counted in ("went_on", "long"))
