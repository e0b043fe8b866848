"""What every drawing of the board holds: its columns, and the figures above them."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baton.core.limits import hidden
from baton.core.settings.queries import organisation
from baton.core.ui.formats import grouped, percent
from baton.sales.deals.models import Stage
from baton.sales.deals.queries import Figures, Sight, figures_of, sums_of
from baton.sales.deals.views.cards import board_of


def board_parts(asked: QueryDict, sight: Sight, *, stages: list[Stage]) -> dict[str, Any]:
    """Sums are of all deals, whatever part of them is shown."""
    sums = sums_of(sight, stages=stages)
    currency = organisation().base_currency
    board = board_of(asked, sight, stages=stages, sums=sums, currency=currency)
    return {
        "board": board,
        "count": sum(column.count for column in board.columns),
        "figures": figures(figures_of(sight, stages=stages, sums=sums), currency=currency),
    }


def figures(found: Figures, *, currency: str) -> dict[str, Any]:
    """The KPIs in words."""
    return {
        "found": found,
        "has_amounts": "amount" not in hidden("deal"),
        "currency": currency,
        "open_note": _open_note(found),
        "cycle": _cycle(found),
        "change": _change(found),
        "change_hue": "green" if found.won_amount >= found.former_won_amount else "amber",
    }


def _open_note(found: Figures) -> str:
    words = ngettext("%(n)s deal", "%(n)s deals", found.open_count) % {
        "n": grouped(found.open_count)
    }
    if not found.unknown_count or "amount" in hidden("deal"):
        return words
    unknown = _("%(n)s without amount") % {"n": grouped(found.unknown_count)}
    return f"{words}, {unknown}"


def _cycle(found: Figures) -> str:
    if found.cycle_days is None:
        return _("unknown")
    return ngettext("%(n)s day", "%(n)s days", found.cycle_days) % {"n": found.cycle_days}


def _change(found: Figures) -> str:
    """Against the whole quarter before; nothing when that one won nothing."""
    if not found.former_won_amount:
        return ""
    share = percent(found.won_amount / found.former_won_amount)
    return _("%(share)s of last quarter") % {"share": share}
