"""One field of many records at once: which one is said first, then what it becomes."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.access.models import User
from baton.core.changes.queries import count_changed
from baton.core.editing.custom import PREFIX, custom_fields, edited_values
from baton.core.editing.fields import Asking, RecordField
from baton.core.editing.slots import BulkAct, Doing
from baton.core.errors import RuleViolation
from baton.core.fields.queries import FieldBook
from baton.core.limits import OWN

EDIT = "edit"  # the act's name
LONGEST = 200  # of the field's name and what is typed: so much a run keeps
Edits = Sequence[tuple[Any, Mapping[str, Any]]]  # records, and what each is to have


class NotSayable(RuleViolation):
    """This field is not set on many at once, or not to that."""


@dataclass(frozen=True, kw_only=True)
class ManyEdit:
    """A kind of record, and which of its fields are set on many; the company's own come beside."""

    object_type: str
    model: type[Model]
    fields: Mapping[str, RecordField]
    edit: Callable[[Edits, Doing], Sequence[object]]  # says why for each that it refuses

    def fields_for(self, user: User) -> dict[str, RecordField]:
        """Those that this user writes."""
        unwritten = user.limits(self.object_type).unwritten
        every = {**self.fields, **custom_fields(self.object_type)}
        return {
            name: field
            for name, field in every.items()
            if _plain(name) not in unwritten and user.role not in field.read_only_for
        }

    def control(self, name: str, user: User) -> forms.Field:
        """In which the value is typed. Raises NotSayable for a field that they do not write."""
        field = self.fields_for(user).get(name)
        if field is None:
            raise NotSayable(_("This field is not yours to change on many at once."))
        control = field.control(self.model(), user)
        control.label = field.label
        return control


@dataclass(frozen=True)
class Said:
    """A field, and what it is to become."""

    kind: ManyEdit
    name: str
    typed: str
    user: User

    def __str__(self) -> str:
        control = self.kind.control(self.name, self.user)
        choices = {str(value): str(words) for value, words in getattr(control, "choices", ())}
        words = ", ".join(choices.get(line, line) for line in self.typed.splitlines())
        said = {"field": control.label, "value": words}
        return _("%(field)s is “%(value)s”") % said if words else _("%(field)s is empty") % said

    def cleaned(self) -> Any:
        """As the control reads it. Raises NotSayable, and what a field of the company refuses."""
        control = self.kind.control(self.name, self.user)
        is_list = isinstance(control, forms.MultipleChoiceField)
        try:
            typed = control.clean(self.typed.splitlines() if is_list else self.typed)
        except forms.ValidationError as no:
            raise NotSayable(" ".join(no.messages)) from no
        if self.name.startswith(PREFIX):
            book = FieldBook(self.kind.object_type)
            book.read(book.by_code[self.name.removeprefix(PREFIX)], typed)
        return typed


class _SaidField(forms.CharField):
    """“country:Norway”, as a run keeps it."""

    def __init__(self, kind: ManyEdit, user: User) -> None:
        super().__init__(max_length=LONGEST)
        self.kind, self.user = kind, user

    def clean(self, value: Any) -> Said:
        name, _colon, typed = super().clean(value).partition(":")
        said = Said(self.kind, name, typed, self.user)
        said.cleaned()
        return said


def edit_act(kind: ManyEdit, **told: Any) -> BulkAct:
    """Set one field of many of them; ``told`` is what the act says of its list and its rows."""
    return BulkAct(
        name=EDIT,
        label=gettext_lazy("Edit"),
        icon="pen",
        act=_set_field,
        many=kind,
        control=lambda user: _SaidField(kind, user),
        done=lambda rows, said: _("%(rows)s changed: %(said)s.") % {"rows": rows, "said": said},
        order=5,
        **told,
    )


def one_by_one(edit: Callable[[Any, Mapping[str, Any], Doing], object]) -> Any:
    """Edits each by the usual action of one record."""

    def each(edits: Edits, doing: Doing) -> list[object]:
        return [_alone(record, values, doing) for record, values in edits]

    def _alone(record: Any, values: Mapping[str, Any], doing: Doing) -> object:
        try:
            with transaction.atomic():
                return edit(record, values, doing)
        except RuleViolation as no:
            return no

    return each


def _set_field(ids: Collection[int], said: Said, doing: Doing) -> int:
    """How many are changed; whoever refuses stays as it was. Raises it when all of them do."""
    kind, typed = said.kind, said.cleaned()
    field = kind.fields_for(doing.by)[said.name]
    edits, became = [], list[object]()
    for record in kind.model._default_manager.filter(pk__in=ids).order_by("pk"):
        asking = Asking(user=doing.by, at=doing.at, present=getattr(record, "custom", {}))
        try:
            value = field.value_of(typed, asking)
        except RuleViolation as no:
            became.append(no)
        else:
            edits.append((record, edited_values(record, said.name, value)))
    became += kind.edit(edits, doing)
    refusals = [one for one in became if isinstance(one, RuleViolation)]
    if refusals and len(refusals) == len(became):
        raise refusals[-1]
    return count_changed(doing.batch, object_type=kind.object_type, ids=ids)


def _plain(name: str) -> str:
    return OWN + name.removeprefix(PREFIX) if name.startswith(PREFIX) else name
