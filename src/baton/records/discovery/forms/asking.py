"""A guide as a form: one control for each question, that of the field which its answer fills."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.editing.fields import Asking
from baton.core.editing.filling import Filled, Target, targets
from baton.core.errors import RuleViolation
from baton.core.keys import new_key
from baton.records.discovery.actions import Said
from baton.records.discovery.forms.resent import resent
from baton.records.discovery.models import Discovery, Guide
from baton.records.discovery.queries import seen_answers
from baton.records.discovery.rules import LONGEST_ANSWER, Question, digest_of
from baton.records.people.models import Person

ANSWER, WAS, GUIDE = "answer-", "was-", "guide"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A question as it is drawn. ``known`` is what its field holds now."""

    question: Question
    field: forms.BoundField
    was: forms.BoundField | None
    fills: str
    known: str


class AnswerForm(forms.Form):
    """``was-…`` keeps what a field held when the form was drawn: what somebody filled meanwhile is
    shown, and stands until it is sent once more."""

    guide = forms.UUIDField(widget=forms.HiddenInput)
    asked = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(
        self,
        data: Any = None,
        *,
        guide: Guide,
        person: Person,
        user: User,
        draft: Mapping[str, str] | None = None,
    ) -> None:
        beside = {"guide": guide.key, "asked": digest_of(guide.asked()), "token": str(new_key())}
        super().__init__(data, initial={**(draft or {}), **beside}, auto_id="ask-%s")
        self.shown, self.person, self.user = guide, person, user
        self.is_draft = bool(draft) and not self.is_bound
        self.records: dict[str, Any] = {}
        self.filled: dict[str, Filled] = {}
        known = targets()
        for question in guide.asked():
            self._ask(question, known)

    def _ask(self, question: Question, known: Mapping[str, Target]) -> None:
        filled = self._filled(known.get(question.fills))
        control = _control_of(filled, self.user)
        control.label, control.help_text, control.required = question.text, question.hint, False
        control.widget.attrs.pop("data-focus", None)
        self.fields[ANSWER + question.code] = control
        if filled:
            self.filled[question.code] = filled
            self.fields[WAS + question.code] = forms.CharField(
                widget=forms.HiddenInput, required=False, strip=False, initial=filled.typed
            )

    def _filled(self, target: Target | None) -> Filled | None:
        """None where there is no such record, or this user may not write the field."""
        if target is None or not target.may_be_written_by(self.user):
            return None
        object_type = target.kind.object_type
        if object_type not in self.records:
            self.records[object_type] = target.kind.of_person(self.person.pk, self.user)
        record = self.records[object_type]
        if record is None or not target.field.is_open(record):
            return None
        return Filled(target, record)

    @property
    def listed(self) -> set[str]:
        """Codes of the questions of which several answers may be ticked."""
        ticked = {n for n, one in self.fields.items() if isinstance(one, forms.MultipleChoiceField)}
        return {name.removeprefix(ANSWER) for name in ticked}

    def rows(self) -> Iterator[Row]:
        for question in self.shown.asked():
            filled = self.filled.get(question.code)
            yield Row(
                question=question,
                field=self[ANSWER + question.code],
                was=self[WAS + question.code] if filled else None,
                fills=filled.target.label if filled else "",
                known=filled.shown if filled else "",
            )

    def said(self, *, at: datetime) -> list[Said]:
        """Of a valid form what was answered; [] with errors for what is not as it must be, or was
        filled by somebody meanwhile."""
        found = [self._said(one, at=at) for one in self.shown.asked()]
        return [] if self.errors else [one for one in found if one]

    def _said(self, question: Question, *, at: datetime) -> Said | None:
        typed = self.cleaned_data.get(ANSWER + question.code)
        if typed is None or typed in ("", []):
            return None
        filled = self.filled.get(question.code)
        if filled is None:
            return Said(question=question, answer=str(typed))
        present = getattr(filled.record, "custom", {})
        asking = Asking(user=self.user, at=at, present=present)
        try:
            value = filled.target.field.value_of(typed, asking)
        except RuleViolation as no:
            self.add_error(ANSWER + question.code, str(no))
            return None
        is_new = _raw(self[ANSWER + question.code].data) != filled.typed
        if is_new and self._is_lost(question, filled):
            return None
        return Said(
            question=question,
            answer=str(typed),
            filled=filled,
            value=value,
            is_new=is_new,
        )

    def _is_lost(self, question: Question, filled: Filled) -> bool:
        """Theirs is named beside what was typed; sent again, it is meant."""
        was = str(self.cleaned_data.get(WAS + question.code) or "")
        if was.splitlines() == filled.typed.splitlines():
            return False
        words = _("Somebody filled this in meanwhile: %(theirs)s. Save again to put yours there.")
        self.add_error(
            ANSWER + question.code, words % {"theirs": filled.shown or _("nothing any more")}
        )
        self.data = resent(self.data, {WAS + question.code: filled.typed})
        return True

    def first_error(self) -> str:
        """In one sentence, for programs: the code of the question, and why."""
        name, errors = next(iter(self.errors.items()))
        return f"{name.removeprefix(ANSWER)}: {errors[0]}"

    def is_outdated(self) -> bool:
        """Whether the questions are others than those that were on the screen."""
        sent = self.cleaned_data.get("guide"), self.cleaned_data.get("asked")
        return sent != (self.shown.key, digest_of(self.shown.asked()))

    def renew(self) -> None:
        """The questions as they are now, with all that was typed."""
        values = {"guide": str(self.shown.key), "asked": digest_of(self.shown.asked())}
        self.data = resent(self.data, values)


class AnswersForm(forms.Form):
    """What was answered, in other words."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, discovery: Discovery) -> None:
        super().__init__(data, initial={"version": discovery.version}, auto_id="answered-%s")
        for one in seen_answers(discovery):
            self.fields[ANSWER + one["code"]] = forms.CharField(
                label=one["text"],
                required=False,
                initial=one["answer"],
                max_length=LONGEST_ANSWER,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def answers(self) -> dict[str, str]:
        return {
            name.removeprefix(ANSWER): text
            for name, text in self.cleaned_data.items()
            if name.startswith(ANSWER)
        }


def meant_form(
    guide: Guide, answers: Mapping[str, str], *, person: Person, user: User
) -> AnswerForm:
    """As if it had been drawn and sent at once: what a field holds was seen."""
    drawn = AnswerForm(guide=guide, person=person, user=user)
    data = QueryDict(mutable=True)
    data.update({"guide": str(guide.key), "asked": digest_of(guide.asked())})
    for code, filled in drawn.filled.items():
        data[WAS + code] = filled.typed
    for code, text in answers.items():
        data.setlist(ANSWER + code, text.splitlines() if code in drawn.listed else [text])
    return AnswerForm(data, guide=guide, person=person, user=user)


def draft_of(data: QueryDict) -> dict[str, str]:
    """What is worth keeping of a form that is still typed in; {} for nothing."""
    typed = {name: "\n".join(data.getlist(name)) for name in data}
    if not any(name.startswith(ANSWER) and text.strip() for name, text in typed.items()):
        return {}
    return {
        name: text
        for name, text in typed.items()
        if name.startswith((ANSWER, WAS)) or name == GUIDE
    }


def _control_of(filled: Filled | None, user: User) -> forms.Field:
    if filled:
        return filled.target.field.control(filled.record, user)
    return forms.CharField(
        max_length=LONGEST_ANSWER, widget=forms.Textarea(attrs={"rows": 2}), required=False
    )


def _raw(data: Any) -> str:
    """What was typed, as it stands in the control."""
    return "\n".join(data) if isinstance(data, list) else str(data or "")
