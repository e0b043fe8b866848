"""Editing in place: the link opens a form where the value stood, saving puts the value back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import requires
from baton.core.changes.actions import LostRace
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.messages import say
from baton.records.people import actions
from baton.records.people.forms import ValueForm
from baton.records.people.permissions import EDIT_COMPANIES, EDIT_PEOPLE
from baton.records.people.views.fields import (
    COMPANY_FIELDS,
    PERSON_FIELDS,
    Asking,
    Prop,
    Record,
    RecordField,
)
from baton.records.people.views.loading import company_or_404, person_or_404, user_of

TEMPLATE = "people/field.html"


@dataclass(frozen=True, kw_only=True)
class _Edit:
    """One request to edit one field of one record."""

    request: HtmxRequest
    field: RecordField
    load: Callable[[], Record]
    hand_on: Callable[[Any, Any], Record]  # the record and the value, to the action
    address: str
    list_url: str

    def answer(self) -> HttpResponse:
        record = self.load()
        if self.request.method == "POST":
            return self._save(record)
        if "shown" in self.request.GET:
            return self._shown(record)
        text = self.field.text_of(record)
        form = ValueForm(initial={"value": text, "was": text}, field=self.field.control())
        return self._form(record, form)

    def _save(self, record: Record) -> HttpResponse:
        form = ValueForm(self.request.POST, field=self.field.control())
        if not form.is_valid():
            return self._form(record, form, status=422)
        now = self.field.text_of(record)
        if form.cleaned_data["was"].splitlines() != now.splitlines():
            return self._lost(record, form)
        asking = Asking(user=user_of(self.request), at=timezone.now())
        try:
            with transaction.atomic():  # a company that was made for it goes, when the edit fails
                self.hand_on(record, self.field.value_of(form.cleaned_data["value"], asking))
        except LostRace:
            return self._lost(self.load(), form)
        except RuleViolation as no:
            form.add_error("value", str(no))
            return self._form(record, form, status=422)
        return self._saved()

    def _saved(self) -> HttpResponse:
        try:
            return self._shown(self.load())
        except Http404:
            # Given to somebody whose records this user does not reach.
            say(self.request, _("Saved. It is out of your reach from now on."))
            return go(self.request, self.list_url)

    def _lost(self, record: Record, form: ValueForm) -> HttpResponse:
        """Theirs is shown beside what was typed; saving again means it."""
        now = self.field.text_of(record)
        typed = {"value": form.data.get("value", ""), "was": now}
        again = ValueForm(initial=typed, field=self.field.control())
        return self._form(record, again, status=422, theirs=now, is_lost=True)

    def _form(
        self, record: Record, form: ValueForm, *, status: int = 200, **more: Any
    ) -> HttpResponse:
        context = {"form": form, "record": record, "label": self.field.label, **more}
        context["address"] = self.address
        return page_or_partial(self.request, TEMPLATE, "form", context, status=status)

    def _shown(self, record: Record) -> HttpResponse:
        if not self.request.htmx:
            return go(self.request, record.get_absolute_url())
        prop = Prop(field=self.field, record=record, edit_url=self.address)
        return page_or_partial(self.request, TEMPLATE, "shown", {"prop": prop, "record": record})


@requires(EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def edit_person_field(request: HtmxRequest, key: UUID, name: str) -> HttpResponse:
    """One field of a person."""
    field = _field_or_404(PERSON_FIELDS, name)
    user = user_of(request)
    return _Edit(
        request=request,
        field=field,
        load=lambda: person_or_404(request, key, EDIT_PEOPLE),
        hand_on=lambda person, value: actions.edit_person(
            person=person,
            values={name: value},
            version=person.version,
            by=user,
            at=timezone.now(),
        ),
        address=reverse("people:edit-person", args=[key, name]),
        list_url=reverse("people:list"),
    ).answer()


@requires(EDIT_COMPANIES)
@require_http_methods(["GET", "POST"])
def edit_company_field(request: HtmxRequest, key: UUID, name: str) -> HttpResponse:
    """One field of a company."""
    field = _field_or_404(COMPANY_FIELDS, name)
    user = user_of(request)
    return _Edit(
        request=request,
        field=field,
        load=lambda: company_or_404(request, key, EDIT_COMPANIES),
        hand_on=lambda company, value: actions.edit_company(
            company=company,
            values={name: value},
            version=company.version,
            by=user,
            at=timezone.now(),
        ),
        address=reverse("people:edit-company", args=[key, name]),
        list_url=reverse("people:companies"),
    ).answer()


def _field_or_404(fields: Mapping[str, RecordField], name: str) -> RecordField:
    if name not in fields:
        raise Http404
    return fields[name]
