"""The form that strangers fill in, and those of the editors."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from baton.marketing.capture.rules.fields import (
    FieldKind,
    Fills,
    FormField,
    read_answers,
)
from baton.marketing.capture.wording import sentence

HONEYPOT, TOKEN = "_website", "_token"
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

    def __init__(
        self, questions: Sequence[FormField], data: QueryDict | None = None, **over: Any
    ) -> None:
        super().__init__(data, **over)
        self.questions = questions
        for question in questions:
            self.fields[question.code] = forms.Field(
                required=False,  # judged by the rules, said in their words
                label=question.label,
                help_text=question.help,
                widget=_widget(question),
            )

    def clean(self) -> dict[str, Any]:
        """The answers, cleaned; flaws beside their fields."""
        sent = {question.code: self.data.get(question.code, "") for question in self.questions}
        answers = read_answers(self.questions, sent)
        by_code = {question.code: question for question in self.questions}
        for code, flaw in answers.flaws.items():
            self.add_error(code, sentence(flaw, by_code[code]))
        return answers.values


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
