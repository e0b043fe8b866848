"""Editing in place: the link opens a form where the value stood, saving puts the value back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from baton.core.changes.actions import LostRace
from baton.core.changes.addresses import undo_of
from baton.core.editing.fields import Asking, Prop, RecordField, ValueForm
from baton.core.editing.moving import Move, is_move
from baton.core.errors import RuleViolation
from baton.core.keys import new_key
from baton.core.ui.htmx import HtmxRequest, go, waiting_toasts
from baton.core.ui.lists import Listing, cell_of
from baton.core.ui.messages import say

TEMPLATE = "editing/field.html"
IN_LIST = "cell"  # in the address: the form stands in a cell of a list


@dataclass(frozen=True, kw_only=True)
class Edit:
    """One request to edit one field of one record, on its page or in a list."""

    request: HtmxRequest
    user: Any
    field: RecordField
    load: Callable[[], Any]  # the record, when this user may edit it; else Http404
    hand_on: Callable[[Any, Any, UUID], object]  # record, value and batch, to the action
    address: str
    list_url: str
    shown: str  # template of the value on the record's page, and of what else changes there
    listing: Listing | None = None  # in which it is a cell, too
    undo_url: Callable[[UUID], str] = undo_of

    def answer(self) -> HttpResponse:
        record = self.load()
        if not self.field.is_open(record):
            raise Http404
        if self.listing and is_move(self.request):
            return self._move(record, self.listing).answer()
        if self.request.method == "POST":
            return self._save(record)
        if "shown" in self.request.GET:
            return self._shown(record)
        text = self.field.text_of(record)
        return self._form(record, self._typed(record, initial={"value": text, "was": text}))

    def _save(self, record: Any) -> HttpResponse:
        form = self._typed(record, self.request.POST)
        if not form.is_valid():
            return self._form(record, form, status=422)
        now = self.field.text_of(record)
        if form.cleaned_data["was"].splitlines() != now.splitlines():
            return self._lost(record, form)
        try:
            batch = self._handed_on(record, form)
        except LostRace:
            return self._lost(self.load(), form)
        except RuleViolation as no:
            form.add_error("value", str(no))
            return self._form(record, form, status=422)
        return self._saved(before=now, batch=batch)

    def _handed_on(self, record: Any, form: ValueForm) -> UUID:
        """The batch of what was done. Raises LostRace and the action's refusals."""
        present = getattr(record, "custom", {})
        asking = Asking(user=self.user, at=timezone.now(), present=present)
        batch = new_key()
        with transaction.atomic():  # a company that was made for it goes, when the edit fails
            value = self.field.value_of(form.cleaned_data["value"], asking)
            self.hand_on(record, value, batch)
        return batch

    def _move(self, record: Any, listing: Listing) -> Move:
        return Move(
            request=self.request,
            user=self.user,
            record=record,
            field=self.field,
            listing=listing,
            place=self.list_url.partition("?")[0],
            hand_on=lambda form: self._handed_on(record, form),
            undo_url=self.undo_url,
        )

    def _saved(self, *, before: str, batch: UUID) -> HttpResponse:
        try:
            record = self.load()
        except Http404:
            # Given to somebody whose records this user does not reach.
            say(self.request, _("Saved. It is out of your reach from now on."))
            return go(self.request, self.list_url)
        if self.field.text_of(record) != before:
            words = _("%(field)s saved.") % {"field": self.field.label}
            say(self.request, words, undo_url=self.undo_url(batch))
        return self._shown(record)

    def _lost(self, record: Any, form: ValueForm) -> HttpResponse:
        """Theirs is shown beside what was typed; saving again means it."""
        now = self.field.text_of(record)
        again = self._typed(record, initial={"value": form["value"].data or "", "was": now})
        theirs = Prop(field=self.field, record=record, edit_url="")
        return self._form(record, again, status=422, theirs=theirs)

    def _typed(self, record: Any, *args: Any, **rest: Any) -> ValueForm:
        return ValueForm(*args, field=self.field.control(record, self.user), **rest)

    def _form(
        self, record: Any, form: ValueForm, *, status: int = 200, **more: Any
    ) -> HttpResponse:
        context = {"form": form, "record": record, "label": self.field.label, **more}
        context |= {"address": self.address, "is_cell": self._is_cell}
        if not self.request.htmx:
            return self._drawn(TEMPLATE, context, status=status)
        part = "cellform" if self._is_cell else "form"
        return self._drawn(f"{TEMPLATE}#{part}", context, status=status)

    def _shown(self, record: Any) -> HttpResponse:
        if not self.request.htmx:
            return go(self.request, record.get_absolute_url())
        if self._is_cell and self.listing:
            cell = cell_of(self.listing, self.field.name, record)
            context = {"cell": cell, "row": record, "list": {"listing": self.listing}}
            return self._drawn(f"{TEMPLATE}#cell", context)
        prop = Prop(field=self.field, record=record, edit_url=self.address, is_saved=True)
        return self._drawn(self.shown, {"prop": prop, "record": record})

    def _drawn(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        response = render(self.request, template, context, status=status)
        if self.request.htmx:
            response.write(waiting_toasts(self.request))
        patch_vary_headers(response, ["HX-Request"])
        return response

    @property
    def _is_cell(self) -> bool:
        return IN_LIST in self.request.GET
