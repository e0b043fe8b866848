"""What the columns of files are: guessed, chosen, checked against the values."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import requires
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.operations.exchange.actions.choosing import choose_columns
from baton.operations.exchange.actions.proposing import Asked, asked_of, misfits, propose, settled
from baton.operations.exchange.models import Import
from baton.operations.exchange.permissions import RUN_IMPORTS
from baton.operations.exchange.rules.chosen import KINDS, KNOWN, OUT, Chosen
from baton.operations.exchange.rules.refusals import Unusable
from baton.operations.exchange.rules.uploads import TO_CHOOSE
from baton.operations.exchange.tasks import look_through
from baton.operations.exchange.views.choices import Choices, choices_of, kind_words, label_of

LONGEST_SOURCE = 40
NEEDED = {
    "person": gettext_lazy("Choose the column of their mail address or name."),
    "company": gettext_lazy("Choose the column of their name or domain."),
    "deal": gettext_lazy("Choose the columns of their name and their stage."),
}


@dataclass(frozen=True)
class Row:
    """One column on the page."""

    name: str
    input: str
    samples: Sequence[str]
    field: str
    wrong: str


@dataclass(frozen=True)
class Card:
    """One header on the page."""

    number: int
    asked: Asked
    chosen: Chosen
    choices: Choices
    wrongs: Mapping[str, str]
    refusals: Sequence[str]

    @property
    def kinds(self) -> list[tuple[str, str]]:
        known = [(KNOWN, self.asked.known)] if self.asked.known else []
        return [*known, *((one, kind_words(one)) for one in (*KINDS, OUT))]

    @property
    def is_mapped(self) -> bool:
        return self.chosen.kind in KINDS

    def rows(self) -> Iterator[Row]:
        for place, name in enumerate(self.asked.columns):
            field, wrong = self.chosen.columns.get(name, ""), self.wrongs.get(name, "")
            yield Row(name, f"c-{self.number}-{place}", self.asked.samples(name), field, wrong)


@requires(RUN_IMPORTS)
@require_http_methods(["GET", "POST"])
def columns(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Choose what each column is; asked again while something does not fit."""
    record = get_object_or_404(Import, key=key, state__in=TO_CHOOSE)
    data = request.POST if request.method == "POST" else None
    source, cards = _source(record, data), []
    for number, asked in enumerate(_asked(record)):
        chosen = _chosen(number, asked, data, record)
        cards.append(_card(number, asked, settled(chosen, asked, source=source), record))
    seen = _mark(cards)
    wants_look = data is not None and data.get("act") == "look"
    # What does not fit is told once; whoever presses again has read it: those lines fail.
    is_told = data is not None and data.get("seen") == seen
    if wants_look and _is_good(cards, is_told=is_told):
        chosen_by = {card.asked.digest: card.chosen for card in cards}
        if choose_columns(record=record, chosen=chosen_by, source=source, at=timezone.now()):
            look_through.enqueue(import_id=record.pk)
        return redirect("exchange:import", key)
    context = {"record": record, "cards": cards, "source": source, "seen": seen}
    context["is_wrong"] = any(card.wrongs for card in cards)
    status = 422 if wants_look else 200
    return page_or_partial(request, "exchange/columns.html", "form", context, status=status)


def _asked(record: Import) -> list[Asked]:
    """The files, if they still lie here and can be read."""
    try:
        found = asked_of(record)
    except Unusable as no:
        raise Http404 from no
    if not found:
        raise Http404
    return found


def _is_good(cards: Sequence[Card], *, is_told: bool) -> bool:
    if any(card.refusals for card in cards):
        return False
    return is_told or not any(card.wrongs for card in cards)


def _mark(cards: Sequence[Card]) -> str:
    """What does not fit: the same again has been seen, though another column was chosen anew."""
    said = repr([(card.asked.digest, sorted(card.wrongs.items())) for card in cards])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _source(record: Import, data: QueryDict | None) -> str:
    """Under which name the other system's keys are remembered."""
    said = data.get("source", "") if data else record.mapping.get("source", "")
    stem = PurePath(record.files[0]).stem if record.files else ""
    return " ".join((said or stem or "list").split())[:LONGEST_SOURCE]


def _chosen(number: int, asked: Asked, data: QueryDict | None, record: Import) -> Chosen:
    """What the form says; of another kind than before, and without a form, what is guessed."""
    if data is None:
        kept = record.mapping.get("files", {}).get(asked.digest)
        return Chosen(**kept) if kept else _first_guess(asked, is_alone=len(record.files) == 1)
    kind = data.get(f"kind-{number}", "")
    if kind not in (*KINDS, OUT, KNOWN) or (kind == KNOWN and not asked.known):
        kind = ""
    if kind not in KINDS or kind != data.get(f"was-{number}"):
        return propose(asked, kind=kind)
    allowed = {name for _group, some in choices_of(kind) for name, _words in some}
    said = {name: data.get(f"c-{number}-{at}", "") for at, name in enumerate(asked.columns)}
    return Chosen(
        kind=kind,
        columns={name: field if field in allowed else "" for name, field in said.items()},
        is_day_first=data.get(f"dates-{number}") != "month",
        is_comma=data.get(f"decimal-{number}") == "comma",
    )


def _first_guess(asked: Asked, *, is_alone: bool) -> Chosen:
    """Beside others a file that is neither people nor companies nor deals stays out at first."""
    found = propose(asked)
    is_in = is_alone or found.kind not in KINDS or found.is_enough()
    return found if is_in else Chosen(kind=OUT)


def _card(number: int, asked: Asked, chosen: Chosen, record: Import) -> Card:
    if chosen.kind not in KINDS:
        return Card(number, asked, chosen, (), {}, ())
    choices = choices_of(chosen.kind)
    refusals = [_twice(choices, field) for field in chosen.twice()]
    if not chosen.is_enough():
        refusals.append(str(NEEDED[chosen.kind]))
    wrongs = {} if refusals else misfits(chosen, asked, zone=record.zone)
    return Card(number, asked, chosen, choices, wrongs, refusals)


def _twice(choices: Choices, field: str) -> str:
    words = gettext("Two columns are “%(field)s”. Choose something else for one of them.")
    return words % {"field": label_of(choices, field)}
