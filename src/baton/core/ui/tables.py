"""The rows and heads of a list as HTML, drawn without a template: a page has hundreds of cells."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from baton.core.ui.cells import Column, Pencil
from baton.core.ui.formats import grouped
from baton.core.ui.grouping import Group
from baton.core.ui.marks import icon, said, term

Words = str | Promise


@dataclass(frozen=True)
class Row:
    """``listing`` says where it leads, and what stands under its name; the columns are those of all
    rows, each with the pencil behind its cells."""

    object: Any
    listing: "Leading"
    columns: Sequence[tuple[Column, Pencil | None]]
    groups: Sequence[Group] = ()  # whose heads stand before it

    @property
    def url(self) -> str:
        if self.listing.url:
            return self.listing.url(self.object)
        return str(getattr(self.object, "get_absolute_url", str)())

    @property
    def second(self) -> Words:
        return self.listing.second(self.object) if self.listing.second else ""


class Leading(Protocol):
    """A listing, as far as its rows ask it: they are made by the dozen, and few ask."""

    @property
    def url(self) -> Callable[[Any], str] | None: ...

    @property
    def second(self) -> Callable[[Any], Words] | None: ...


@dataclass(frozen=True)
class Head:
    column: Column
    url: str  # empty: cannot be sorted by
    direction: str  # ascending, descending or ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """``ticked``: the name of the form that takes ticked rows; empty: no ticks."""

    id: str  # of the list: what is swapped when it is sorted or paged
    heads: Sequence[Head]
    rows: Sequence[Row]
    tail: Sequence[Group] = ()  # closed groups behind the last row
    ticked: str = ""

    @property
    def drawn_heads(self) -> SafeString:
        return SafeString("".join(self._heads()))

    @property
    def drawn_rows(self) -> SafeString:
        tick = _("Select %(name)s") if self.ticked else ""
        parts = [part for row in self.rows for part in self._row(row, tick)]
        return SafeString("".join([*parts, *self._groups(self.tail)]))

    def _heads(self) -> Iterator[str]:
        for place, head in enumerate(self.heads):
            words = self._head_words(head)
            if place == 0 and self.ticked:
                words = (
                    '<span class="list-who"><input class="check" type="checkbox" data-all '
                    f'aria-label="{said(_("Select all rows"))}">{words}</span>'
                )
            classes = f"{'' if place else 'first'}{' end' if head.column.is_figure else ''}"
            sorted_by = f' aria-sort="{head.direction}"' if head.direction else ""
            yield f'<th scope="col" class="{classes}"{sorted_by}>{words}</th>'

    def _head_words(self, head: Head) -> str:
        column = head.column
        label = term(column.label, column.term) if column.term else said(column.label)
        if not head.url:
            return label
        arrow = {"ascending": "arrow-up", "descending": "arrow-down"}.get(head.direction)
        return f"<a {self._turning(head.url)}>{label}{icon(arrow) if arrow else ''}</a>"

    def _turning(self, url: str) -> str:
        """The same list in another order, or with a group closed."""
        address = said(url)
        return (
            f'href="{address}" hx-get="{address}" hx-target="#{self.id}" hx-swap="outerHTML" '
            'hx-push-url="true"'
        )

    def _groups(self, groups: Iterable[Group]) -> Iterator[str]:
        for group in groups:
            is_open, arrow = ("false", "right") if group.is_closed else ("true", "down")
            yield (
                f'<tr class="list-group"><th scope="rowgroup" colspan="{len(self.heads)}">'
                f'<a id="group-{group.place}" aria-expanded="{is_open}" '
                f"{self._turning(group.url)}>{icon(arrow)}<span>{said(group.words)}</span> "
                f'<span class="n">{grouped(group.count)}</span></a></th></tr>'
            )

    def _row(self, row: Row, tick: str) -> Iterator[str]:
        yield from self._groups(row.groups)
        record = row.object
        key, name = str(getattr(record, "key", "")), said(record)
        (first, _pencil), *others = row.columns
        value = first.value_of(record)
        yield '<tr><th scope="row" class="first"><span class="list-who">'
        if tick:
            who = tick % {"name": value or record}
            yield (
                f'<input class="check" type="checkbox" name="row" form="{self.ticked}" '
                f'value="{key}" aria-label="{said(who)}">'
            )
        yield f"{_first(row, first, value)}</span></th>"
        for column, pencil in others:
            pen = pencil.at(record, key, name) if pencil else ""
            yield f'<td class="{column.classes}">{said(column.drawn(record))}{pen}</td>'
        yield "</tr>"


def _first(row: Row, column: Column, value: Any) -> str:
    """Who or what it is, as its column draws it, else a link."""
    if column.draw:
        return said(column.draw(value, row.object))
    if column.template:
        context = {"value": value, "row": row.object, "url": row.url}
        return render_to_string(column.template, context)
    second = f'<span class="second">{said(row.second)}</span>' if row.second else ""
    return f'<span><a href="{said(row.url)}">{said(value)}</a>{second}</span>'
