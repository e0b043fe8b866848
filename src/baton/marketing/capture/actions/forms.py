"""Forms: made, filled with questions, changed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.marketing.capture.actions import editing
from baton.marketing.capture.actions.pages import TooMany
from baton.marketing.capture.models import Form
from baton.marketing.capture.queries import own_offered
from baton.marketing.capture.rules.fields import (
    MOST_CHOICES,
    MOST_FIELDS,
    FieldKind,
    Fills,
    FormField,
)

FIELDS = frozenset({"name", "button", "thanks", "note", "consent_wording"})


class BadField(RuleViolation):
    """A question that nobody could answer, or that stands there already."""


@transaction.atomic
def create_form(
    *,
    name: str,
    by: User | None,
    at: datetime,
    code: str = "",
    fields: Sequence[FormField] = (),
    button: str = "",
    thanks: str = "",
    note: str = "",
    consent_wording: str = "",
) -> Form:
    """A new form; its code is made of its name unless given. Raises AddressTaken, BadField."""
    questions: list[FormField] = []
    for field in fields:
        questions.append(_checked(field, among=questions, by=by))
    form = Form(
        name=name,
        sort_key=name.casefold()[:120],
        code=clean_code(code or name),
        fields=[field.plain() for field in questions],
        button=button or _("Send"),
        thanks=thanks or _("Thank you. We have it."),
        note=note,
        consent_wording=consent_wording,
    )
    return editing.make(form, by=by, at=at)


@transaction.atomic
def edit_form(
    *,
    form: Form,
    values: Mapping[str, Any],
    version: int | None,
    by: User | None,
    at: datetime,
) -> Form:
    """All but its fields, and its code: agreement and score name it. Raises LostRace."""
    if unknown := values.keys() - FIELDS:
        raise TypeError(f"Not to be edited: {', '.join(sorted(unknown))}")
    if "name" in values:
        values = {**values, "sort_key": values["name"].casefold()[:120]}
    return editing.edit(form, values=values, version=version, by=by, at=at)


@transaction.atomic
def add_field(*, form: Form, field: FormField, by: User | None, at: datetime) -> Form:
    """One more question at the end. Raises BadField and TooMany."""
    form = Form.objects.select_for_update().get(pk=form.pk)
    fields = form.questions()
    if len(fields) >= MOST_FIELDS:
        raise TooMany(_("A form has at most %(count)d fields.") % {"count": MOST_FIELDS})
    return _set_fields(form, [*fields, _checked(field, among=fields, by=by)], by=by, at=at)


@transaction.atomic
def write_field(*, form: Form, code: str, field: FormField, by: User | None, at: datetime) -> Form:
    """Another wording for a question; its code stays, since answers are kept under it."""
    form = Form.objects.select_for_update().get(pk=form.pk)
    present = form.questions()
    own = [one for one in present if one.own and one.code != code]
    kept = next((one.own for one in present if one.code == code), "")
    fields = [
        _checked(replace(field, code=code), among=own, by=by, kept=kept)
        if one.code == code
        else one
        for one in present
    ]
    return _set_fields(form, fields, by=by, at=at)


@transaction.atomic
def move_field(*, form: Form, code: str, steps: int, by: User | None, at: datetime) -> Form:
    """The question so many places further down (negative: up)."""
    form = Form.objects.select_for_update().get(pk=form.pk)
    fields = form.questions()
    place = next((at_ for at_, field in enumerate(fields) if field.code == code), None)
    if place is not None:
        fields.insert(max(0, place + steps), fields.pop(place))
    return _set_fields(form, fields, by=by, at=at)


@transaction.atomic
def remove_field(
    *, form: Form, code: str, by: User | None, at: datetime, batch: UUID | None = None
) -> Form:
    """The form without that question; answers given to it stay in what was sent."""
    form = Form.objects.select_for_update().get(pk=form.pk)
    values = {"fields": [field.plain() for field in form.questions() if field.code != code]}
    return editing.edit(form, values=values, version=None, by=by, at=at, batch=batch)


def usual_fields() -> list[FormField]:
    """What most forms ask: who, where to write, for which company, and how they heard of us."""
    return [
        FormField(
            code="name",
            kind=FieldKind.TEXT,
            label=_("Your name"),
            is_required=True,
            fills=Fills.FULL_NAME,
        ),
        FormField(code="email", kind=FieldKind.EMAIL, label=_("Work email"), is_required=True),
        FormField(code="company", kind=FieldKind.COMPANY, label=_("Company")),
        FormField(
            code="heard",
            kind=FieldKind.TEXT,
            label=_("How did you hear about us?"),
            fills=Fills.SAID_SOURCE,
        ),
    ]


def clean_code(text: str) -> str:
    """The code as the agreement names it. Raises BadField."""
    code = slugify(text)[:60].strip("-_")
    if not code:
        raise BadField(
            _("Write a code like guide-download; “%(code)s” does not work.") % {"code": text}
        )
    return code


def _checked(
    field: FormField, *, among: Sequence[FormField], by: User | None, kept: str = ""
) -> FormField:
    """``kept`` is the own field that it asks for already, seen by whoever edits or not."""
    label = field.label.strip()
    if not label:
        raise BadField(_("Give the field a label."))
    if field.kind is FieldKind.CHOICE and not 1 < len(field.choices) <= MOST_CHOICES:
        words = _("“%(label)s” needs 2 to %(count)d choices, one a line.")
        raise BadField(words % {"label": label, "count": MOST_CHOICES})
    _check_own(field, among=among, by=by, kept=kept)
    code = slugify(field.code or label)[:60] or "field"
    taken = {one.code for one in among}
    if code in taken:
        if field.code:
            raise BadField(_("There is a field “%(code)s” already.") % {"code": code})
        code = next(free for number in range(2, 99) if (free := f"{code}-{number}") not in taken)
    return replace(field, code=code, label=label)


def _check_own(field: FormField, *, among: Sequence[FormField], by: User | None, kept: str) -> None:
    if field.kind is not FieldKind.OWN:
        return
    if any(one.own == field.own for one in among):
        raise BadField(_("The form asks for this field already."))
    if field.own != kept and all(one.code != field.own for one in own_offered(by)):
        raise BadField(_("There is no such field."))


def _set_fields(form: Form, fields: Sequence[FormField], *, by: User | None, at: datetime) -> Form:
    values = {"fields": [field.plain() for field in fields]}
    return editing.edit(form, values=values, version=None, by=by, at=at)
