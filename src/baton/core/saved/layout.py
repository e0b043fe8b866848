"""Which columns a list shows, in which order and how dense: what a panel of choices makes of it."""

from dataclasses import dataclass, replace

from django.http import QueryDict

from baton.core.saved.rules import pairs_of, state_of
from baton.core.ui.lists import (
    COLUMNS,
    DENSITIES,
    DENSITY,
    Column,
    Listing,
    shown_columns,
)

SIDES = {"left": -1, "right": 1}
FRONT = "front"


@dataclass(frozen=True)
class Layout:
    """The first column is the row's name: it stays, and stays the first."""

    listing: Listing
    columns: tuple[Column, ...]  # all but the first, hidden ones too
    shown: frozenset[str]
    density: str

    def moved(self, name: str, *, side: str) -> "Layout":
        """One place to the left or to the right, or before all others, and shown there; at the
        edge, or for no column, nothing changes."""
        names = [column.name for column in self.columns]
        if name not in names or side not in {*SIDES, FRONT}:
            return self
        here = names.index(name)
        if side == FRONT:
            first = self.columns[here]
            rest = (column for column in self.columns if column is not first)
            return replace(self, columns=(first, *rest), shown=self.shown | {name})
        there = min(max(here + SIDES[side], 0), len(names) - 1)
        columns = list(self.columns)
        columns.insert(there, columns.pop(here))
        return replace(self, columns=tuple(columns))

    def onto(self, state: str) -> str:
        """The state with this layout; the usual one says nothing."""
        first = self.listing.columns[0]
        chosen = [first, *(column for column in self.columns if column.name in self.shown)]
        names = "" if tuple(chosen) == self.listing.usual_columns else _written(chosen)
        others = [pair for pair in pairs_of(state) if pair[0] not in {COLUMNS, DENSITY}]
        return state_of([*others, (COLUMNS, names), (DENSITY, self.density)])


def layout_in(state: str, listing: Listing) -> Layout:
    """As the list stands: what it shows, then what it hides."""
    said = dict(pairs_of(state))
    shown = shown_columns(listing, said.get(COLUMNS, ""))[1:]
    hidden = [column for column in listing.columns[1:] if column not in shown]
    return _layout(listing, (*shown, *hidden), {column.name for column in shown}, said)


def layout_sent(asked: QueryDict, listing: Listing) -> Layout:
    """As the panel was sent: ``order`` names all columns, ``shown`` the ticked ones."""
    by_name = {column.name: column for column in listing.columns[1:]}
    names = [name for name in dict.fromkeys(asked.getlist("order")) if name in by_name]
    rest = [name for name in by_name if name not in names]
    columns = tuple(by_name[name] for name in (*names, *rest))
    said = {DENSITY: asked.get(DENSITY, "")}
    layout = _layout(listing, columns, set(asked.getlist("shown")), said)
    side, _colon, name = asked.get("move", "").partition(":")
    return layout.moved(name, side=side)


def _layout(
    listing: Listing, columns: tuple[Column, ...], shown: set[str], said: dict[str, str]
) -> Layout:
    density = said.get(DENSITY, "")
    return Layout(listing, columns, frozenset(shown), density if density in DENSITIES else "")


def _written(columns: list[Column]) -> str:
    return ",".join(column.name for column in columns)
