"""Own fields as columns of a list, as its order where an index serves it, and as its groups."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from baton.core.fields.controls import typed_text
from baton.core.fields.expressions import CODE, OwnSpan, order_of, value_of
from baton.core.fields.models import FieldDefinition
from baton.core.fields.queries import FieldBook
from baton.core.fields.rules import OWN, Kind
from baton.core.limits import hidden
from baton.core.ui.cells import Column
from baton.core.ui.grouping import Grouping
from baton.core.ui.listings import More, Words
from baton.core.ui.spans import LABELS, STEPS, named_by

FIGURES = frozenset({Kind.NUMBER, Kind.MONEY})
GROUPED = frozenset({Kind.CHOICE, Kind.BOOLEAN, Kind.USER})
EDIT = "custom-"  # before a field's code, in addresses of editing


def own_parts(object_type: str) -> Callable[[], More]:
    """For a ``Listing``: one query, and one for colleagues where they are shown or grouped by."""
    return partial(_parts, object_type)


def _parts(object_type: str) -> More:
    book = FieldBook(object_type)
    fields = [one for one in book.fields if CODE.fullmatch(one.code)]
    columns = [_column(one, book) for one in fields]
    groups = [_grouping(one, book) for one in fields if one.kind in GROUPED]
    unseen = hidden(object_type)
    days = [one for one in fields if one.kind == Kind.DATE and OWN + one.code not in unseen]
    return columns, [*groups, *(_by_span(one, span) for one in days for span in STEPS)]


def _column(field: FieldDefinition, book: FieldBook) -> Column:
    def value(row: Any) -> str:
        return book.words(field, row.custom.get(field.code))

    is_sorted = bool(field.index_name)
    return Column(
        name=OWN + field.code,
        label=field.label,
        kind="figure" if field.kind in FIGURES else "text",
        value=value,
        plain=lambda row: row.custom.get(field.code),
        edit=EDIT + field.code,
        sort=f"own_order_{field.pk}" if is_sorted else "",
        by=partial(order_of, field.code, field.kind) if is_sorted else None,
        is_spare=True,
        adds=partial(value_of, field.code, field.kind) if field.kind in FIGURES else "",
        adds_money=field.kind == Kind.MONEY,
    )


def _grouping(field: FieldDefinition, book: FieldBook) -> Grouping:
    def named(_values: Sequence[Any]) -> Mapping[Any, Words]:
        if field.kind == Kind.BOOLEAN:
            return {True: _("Yes"), False: _("No")}
        return {one.value: one.label for one in book.options_of(field)}

    return Grouping(
        name=OWN + field.code,
        label=field.label,
        field=f"own_group_{field.pk}",
        by=partial(value_of, field.code, field.kind),
        named=named,
        empty=_("No %(field)s") % {"field": field.label},
        choices=_choices(field, book),
        edit=EDIT + field.code,
        typed=lambda values: {one: typed_text(field, one) for one in values},
        read_only_for=field.read_only_for,
    )


def _by_span(field: FieldDefinition, span: str) -> Grouping:
    return Grouping(
        name=f"{OWN}{field.code}.{span}",
        label=format_lazy(LABELS[span], field=field.label),
        field=f"own_{span}_{field.pk}",
        by=partial(OwnSpan, field.code, span),
        named=named_by(span),
        empty=_("No date"),
        span=span,
    )


def _choices(field: FieldDefinition, book: FieldBook) -> Callable[[], Collection[Any]] | None:
    """Of what there are few: a board has a column for each."""
    if field.kind == Kind.BOOLEAN:
        return lambda: (True, False)
    if field.kind != Kind.CHOICE:
        return None
    return lambda: [one.value for one in book.options_of(field) if not one.is_retired]
