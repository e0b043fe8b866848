"""The form that strangers fill in, and those of the editors."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from baton.core.fields.controls import control_of
from baton.core.fields.rules import LONGEST_TEXT, Kind
from baton.marketing.capture.queries import Asked
from baton.marketing.capture.rules.fields import FieldKind, Fills, FormField

_AUTOCOMPLETE = {
    FieldKind.EMAIL: "email",
    FieldKind.PHONE: "tel",
    FieldKind.COMPANY: "organization",
}
_FILLED_BY = {
    Fills.FULL_NAME: "name",
    Fills.FIRST_NAME: "given-name",
    Fills.LAST_NAME: "family-name",
    Fills.JOB_TITLE: "organization-title",
    Fills.COUNTRY: "country-name",
}
_WIDGETS: dict[FieldKind, type[forms.Widget]] = {
    FieldKind.EMAIL: forms.EmailInput,
    FieldKind.CHOICE: forms.Select,
    FieldKind.TEXTAREA: forms.Textarea,
    FieldKind.CHECKBOX: forms.CheckboxInput,
    FieldKind.CONSENT: forms.CheckboxInput,
}


class AnswerForm(forms.Form):
    """The questions of a form as fields; the rules judge the answers, this only shows both."""

    def __init__(self, asked: Asked, data: QueryDict | None = None, **over: Any) -> None:
        super().__init__(data, **over)
        self.asked = asked
        self.own: dict[str, Any] = {}  # of a valid form what it says of own fields, as kept
        for question in asked.questions:
            self.fields[question.code] = forms.Field(
                required=False,  # judged by the rules, said in their words
                label=_label(question),
                help_text=question.help or asked.hint(question),
                widget=_own_widget(question, asked) if question.own else _widget(question),
            )

    def clean(self) -> dict[str, Any]:
        """The answers, cleaned; flaws beside their fields."""
        said = self.asked.read({one.code: self._sent(one) for one in self.asked.questions})
        for code, words in said.wrong.items():
            self.add_error(code, words)
        self.own = said.own
        return said.values

    def _sent(self, question: FormField) -> str | list[str]:
        if self.asked.takes_several(question) and isinstance(self.data, QueryDict):
            return self.data.getlist(question.code)
        return str(self.data.get(question.code, ""))


def _label(question: FormField) -> str:
    """What may be left out says so; a box may always be left unticked."""
    is_box = question.kind in {FieldKind.CHECKBOX, FieldKind.CONSENT}
    if question.is_required or is_box:
        return question.label
    return _("%(question)s (optional)") % {"question": question.label}


def _own_widget(question: FormField, asked: Asked) -> forms.Widget:
    """As the own field is typed elsewhere; choices that nobody wrote down are a text."""
    field = asked.field_of(question)
    if field.kind == Kind.CHOICE and not field.options:
        widget: forms.Widget = forms.TextInput(attrs={"maxlength": LONGEST_TEXT})
    else:
        widget = control_of(field, asked.book).widget
    if question.is_required and not isinstance(widget, forms.CheckboxSelectMultiple):
        widget.attrs["required"] = True  # of many boxes one is enough: the rules ask for it
    return widget


def _widget(question: FormField) -> forms.Widget:
    attrs: dict[str, Any] = {}
    if question.is_required:
        attrs["required"] = True
    if filled_by := _AUTOCOMPLETE.get(question.kind) or _FILLED_BY.get(question.fills):
        attrs["autocomplete"] = filled_by
    kind = _WIDGETS.get(question.kind, forms.TextInput)
    if question.kind is FieldKind.CHOICE:
        choices = [("", ""), *((choice, choice) for choice in question.choices)]
        return forms.Select(attrs=attrs, choices=choices)
    if question.kind is FieldKind.TEXTAREA:
        attrs["rows"] = 4
    if kind is not forms.CheckboxInput:
        attrs["maxlength"] = question.longest()
    if question.kind is FieldKind.PHONE:
        return forms.TextInput(attrs={**attrs, "type": "tel"})
    return kind(attrs=attrs)
