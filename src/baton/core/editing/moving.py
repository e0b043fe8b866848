"""A card of a list's board goes to another column: its field is edited, the board drawn anew."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from baton.core.changes.actions import LostRace
from baton.core.editing.fields import RecordField, ValueForm
from baton.core.errors import RuleViolation
from baton.core.ui.asked import AS, BOARD, CURSORS, MORE, WAS
from baton.core.ui.boards import board_grouping, column_key, may_move
from baton.core.ui.grouping import Grouping, Words
from baton.core.ui.htmx import HtmxRequest, waiting_toasts
from baton.core.ui.lists import Listing, list_page
from baton.core.ui.messages import say

TEMPLATE = "editing/board.html"
REFUSED = 409


def is_move(request: HttpRequest) -> bool:
    """Whether the address has what a board shows."""
    return request.GET.get(AS) == BOARD


def board_address(request: HttpRequest, place: str) -> str:
    """The board as it was shown."""
    asked = request.GET.copy()
    for name in CURSORS:
        if name != MORE:
            asked.pop(name, None)
    return f"{place}?{asked.urlencode()}"


def board_again(
    request: HttpRequest,
    listing: Listing,
    *,
    live: str,
    alert: str = "",
    is_aside: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Its columns as they are now; ``is_aside`` when a form in the dialog asked for something."""
    assert listing.rows, "a list that stands as a board says which rows it has"
    page = list_page(request, listing, listing.rows(request.user, request.GET))
    board = page.board.board if page.board else None
    context = {"list": page, "board": board, "live": live, "alert": alert}
    part = "aside" if is_aside else "moved"
    response = render(request, f"{TEMPLATE}#{part}", context, status=status)
    response.write(waiting_toasts(request))
    return response


@dataclass(frozen=True, kw_only=True)
class Move:
    """One request to move one card; ``hand_on`` takes the valid form of its field."""

    request: HtmxRequest
    user: Any
    record: Any
    field: RecordField
    listing: Listing
    place: str  # where the list is
    hand_on: Callable[[ValueForm], UUID]
    undo_url: Callable[[UUID], str]

    def answer(self) -> HttpResponse:
        if self.request.method != "POST":
            return self._page()
        choices = {key: value for key, value, _words in self._choices}
        if self.request.POST.get("stage") not in choices:
            return self._refuse(_("That can be chosen no more."))
        return self._to(choices[self.request.POST["stage"]])

    def _to(self, value: Any) -> HttpResponse:
        now = self.field.text_of(self.record)
        if self.request.GET.get(WAS, "") != now:
            return self._refuse(_("Somebody moved it meanwhile."))
        typed = self._typed.get(value, "")
        control = self.field.control(self.record, self.user)
        form = ValueForm({"value": typed, "was": now}, field=control)
        if not form.is_valid():
            return self._refuse(" ".join(map(str, form.errors.get("value", []))))
        try:
            batch = self.hand_on(form)
        except LostRace:
            return self._refuse(_("Somebody moved it meanwhile."))
        except RuleViolation as no:
            return self._refuse(str(no))
        return self._moved(value, batch)

    def _moved(self, value: Any, batch: UUID) -> HttpResponse:
        column = next(words for _key, one, words in self._choices if one == value)
        words = _("“%(name)s” is in %(column)s now.") % {"name": self.record, "column": column}
        say(self.request, words, undo_url=self.undo_url(batch))
        return self._board(live=words) if self.request.htmx else redirect(self._back)

    def _refuse(self, words: str) -> HttpResponse:
        """Why not, beside the truth: the card goes back to where it is."""
        if self.request.htmx:
            return self._board(live=words, alert=words, status=REFUSED)
        return self._page(error=words, status=REFUSED)

    def _board(self, *, live: str, alert: str = "", status: int = 200) -> HttpResponse:
        return board_again(self.request, self._whole, live=live, alert=alert, status=status)

    def _page(self, *, error: str = "", status: int = 200) -> HttpResponse:
        """The columns as a list of choices: for keyboards without script."""
        now = self.field.text_of(self.record)
        context = {
            "record": self.record,
            "label": self._grouping.label,
            "choices": [
                (key, words, now == self._typed.get(value, ""))
                for key, value, words in self._choices
            ],
            "back": self._back,
            "error": error,
        }
        return render(self.request, TEMPLATE, context, status=status)

    @cached_property
    def _whole(self) -> Listing:
        return self.listing.whole()

    @cached_property
    def _grouping(self) -> Grouping:
        """Raises Http404 for a board of another field, or one that nobody moves on."""
        found = board_grouping(self._whole, self.request.GET)
        if found is None or found.edit != self.field.name or not may_move(found, user=self.user):
            raise Http404
        return found

    @cached_property
    def _choices(self) -> list[tuple[str, Any, Words]]:
        """Key, value and words of each column that a card can go to."""
        grouping = self._grouping
        values = list(grouping.choices_of(self.user))
        words = grouping.named(values)
        known = [(column_key(one), one, words.get(one, str(one))) for one in values]
        none = [] if grouping.is_required else [(column_key(None), None, grouping.empty)]
        return [*known, *none]

    @cached_property
    def _typed(self) -> Mapping[Any, str]:
        """Each column's value as the field's control has it; none as nothing."""
        return self._grouping.typed([one for _k, one, _w in self._choices if one is not None])

    @property
    def _back(self) -> str:
        return board_address(self.request, self.place)
