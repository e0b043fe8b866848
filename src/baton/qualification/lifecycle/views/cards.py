"""A card of a board by lifecycle is moved: why is asked first, then the board is drawn anew."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from baton.core.addresses import place
from baton.core.editing.moving import REFUSED, board_address, board_again
from baton.core.errors import RuleViolation
from baton.core.saved.slots import SavedList, saved_lists
from baton.core.ui.asked import WAS
from baton.core.ui.htmx import HtmxRequest
from baton.core.ui.messages import say
from baton.core.words import label_of
from baton.qualification.lifecycle.forms import CardForm
from baton.qualification.lifecycle.rules import Stage
from baton.records.people.models import Company, Person

TEMPLATE = "lifecycle/card.html"


@dataclass(frozen=True, kw_only=True)
class CardMove:
    """One request to move one card; ``hand_on`` takes what the form says and gives the batch."""

    request: HtmxRequest
    record: Person | Company
    list_name: str
    hand_on: Callable[..., UUID]
    undo_url: Callable[[UUID], str]

    def answer(self) -> HttpResponse:
        """The column comes as ``stage`` from the board, with the reason from the form."""
        if self.request.method != "POST":
            return self._ask(CardForm(current=self.record.stage))
        if self.request.GET.get(WAS, "") != self.record.stage:
            return self._refuse(_("Somebody moved it meanwhile."))
        chosen = self.request.POST.get("stage")
        if chosen is None:
            return self._move(CardForm(self.request.POST, current=self.record.stage))
        if chosen not in set(Stage):
            return self._refuse(_("That can be chosen no more."))
        return self._ask(CardForm(current=self.record.stage, initial={"to_stage": chosen}))

    def _move(self, form: CardForm) -> HttpResponse:
        if not form.is_valid():
            return self._ask(form)
        try:
            batch = self.hand_on(**form.cleaned_data)
        except RuleViolation as no:
            form.add_error(None, str(no))
            return self._ask(form)
        stage = label_of(form.cleaned_data["to_stage"])
        words = _("“%(name)s” is in %(column)s now.") % {"name": self.record, "column": stage}
        say(self.request, words, undo_url=self.undo_url(batch))
        if not self.request.htmx:
            return redirect(self._back)
        return self._board(words, is_aside=True)

    def _ask(self, form: CardForm, *, error: str = "") -> HttpResponse:
        """In the dialog, and leaving it puts the card back; without script on a page."""
        stage = form["to_stage"].value() or ""
        context = {
            "record": self.record,
            "form": form,
            "stage": label_of(stage) if stage in set(Stage) else "",
            "is_company": isinstance(self.record, Company),
            "back": self._back,
            "error": error,
        }
        part = ("#dialog" if form.is_bound else "#ask") if self.request.htmx else ""
        status = REFUSED if error else 422 if form.is_bound else 200
        response = render(self.request, f"{TEMPLATE}{part}", context, status=status)
        patch_vary_headers(response, ["HX-Request"])
        return response

    def _refuse(self, words: str) -> HttpResponse:
        """Why not, beside the truth: the card goes back to where it is."""
        if not self.request.htmx:
            return self._ask(CardForm(current=self.record.stage), error=words)
        is_aside = "stage" not in self.request.POST
        return self._board(words, alert=words, is_aside=is_aside, status=REFUSED)

    def _board(self, words: str, **more: Any) -> HttpResponse:
        listing = self._list.listing().whole()
        return board_again(self.request, listing, live=words, **more)

    @cached_property
    def _list(self) -> SavedList:
        return next(one for one in saved_lists if one.name == self.list_name)

    @property
    def _back(self) -> str:
        return board_address(self.request, place(self._list.url_name))
