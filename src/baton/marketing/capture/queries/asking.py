"""The questions of a form as they can be asked now, own fields of people among them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.fields.models import FieldDefinition
from baton.core.fields.queries import FieldBook, fields_of
from baton.core.fields.rules import CHOSEN, LONGEST_PROSE, LONGEST_TEXT, OWN, Kind
from baton.core.settings.queries import organisation_zone
from baton.marketing.capture.models import Form
from baton.marketing.capture.rules.cleaning import clean_line, clean_text, is_readable
from baton.marketing.capture.rules.fields import Flaw, FormField, read_answers
from baton.marketing.capture.wording import sentence

Sent = str | list[str]
UNASKED = frozenset({Kind.USER})  # strangers need not read who works here


def own_offered(by: User | None) -> list[FieldDefinition]:
    """The own fields that a form can ask for, as far as whoever edits it sees them."""
    hidden = by.limits("person").hidden if by else frozenset()
    return [
        one
        for one in fields_of("person")
        if one.kind not in UNASKED and OWN + one.code not in hidden
    ]


@dataclass(frozen=True, kw_only=True)
class Said:
    """``values`` as people read them and ``wrong``, sentences, by the questions' codes; ``own`` by
    the codes of own fields, as people keep them."""

    values: dict[str, str]
    own: dict[str, Any]
    wrong: dict[str, str]


class Asked:
    """A question whose own field is gone, or has no choice left, is not asked: one query where
    there are such questions, none else."""

    def __init__(self, form: Form) -> None:
        self._all = form.questions()
        self.questions = [one for one in self._all if not one.own or self._is_there(one)]

    @cached_property
    def book(self) -> FieldBook:
        return FieldBook("person")

    def field_of(self, question: FormField) -> FieldDefinition:
        """Of a question for an own field."""
        return self.book.by_code[question.own]

    def takes_several(self, question: FormField) -> bool:
        """Whether more than one can be ticked."""
        if not question.own:
            return False
        field = self.field_of(question)
        return field.kind == Kind.CHOICES and bool(field.options)

    def hint(self, question: FormField) -> str:
        """Where the form gives no help: the field's own, or what amounts are in."""
        field = self.field_of(question) if question.own else None
        if field and field.kind == Kind.MONEY and not field.help_text:
            return _("In %(currency)s") % {"currency": self.book.currency}
        return field.help_text if field else ""

    def read(self, sent: Mapping[str, Sent]) -> Said:
        """Only what was asked for; answers nobody gave are left out."""
        plain = [one for one in self.questions if not one.own]
        answers = read_answers(plain, {one.code: str(sent.get(one.code, "")) for one in plain})
        said = Said(values=answers.values, own={}, wrong={})
        for question in self.questions:
            if question.own:
                self._take(question, sent.get(question.code, ""), said)
            elif flaw := answers.flaws.get(question.code):
                said.wrong[question.code] = sentence(flaw, question)
        return said

    def _take(self, question: FormField, sent: Sent, said: Said) -> None:
        try:
            value = self._value(question, sent)
        except RuleViolation as no:
            said.wrong[question.code] = str(no)
            return
        if value is not None:
            said.own[question.own] = value
            said.values[question.code] = self._words(question, value)
        elif question.is_required:
            said.wrong[question.code] = self._needed(question)

    def _value(self, question: FormField, sent: Sent) -> Any:
        """As the person keeps it. Raises RuleViolation."""
        field = self.field_of(question)
        parts = [sent] if isinstance(sent, str) else sent
        longest = LONGEST_PROSE if field.kind in {Kind.LONG, Kind.CHOICES} else LONGEST_TEXT
        if sum(map(len, parts)) > longest:
            raise RuleViolation(_("Use at most %(count)d characters.") % {"count": longest})
        if not all(map(is_readable, parts)):
            raise RuleViolation(sentence(Flaw.UNREADABLE, question))
        clean = clean_text if field.kind in {Kind.LONG, Kind.CHOICES} else clean_line
        cleaned = [clean(part) for part in parts]
        raw = cleaned[0] if isinstance(sent, str) else cleaned
        return self.book.read(field, raw, zone=organisation_zone())

    def _words(self, question: FormField, value: Any) -> str:
        """What was chosen by its label; everything else as it is kept."""
        field = self.field_of(question)
        is_chosen = field.kind in CHOSEN or field.kind == Kind.BOOLEAN
        return self.book.words(field, value) if is_chosen else str(value)

    def _needed(self, question: FormField) -> str:
        is_chosen = self.field_of(question).kind in {*CHOSEN, Kind.BOOLEAN}
        return _("Choose an answer.") if is_chosen else _("Fill this in.")

    def _is_there(self, question: FormField) -> bool:
        field = self.book.by_code.get(question.own)
        if field is None or field.kind in UNASKED:
            return False
        options = field.choice_list() if field.kind in CHOSEN else []
        return not options or any(not one.is_retired for one in options)


def forms_that_ask(object_type: str, code: str) -> list[str]:
    """In words the forms that ask for this own field of people."""
    if object_type != "person":
        return []
    words = _("the form “%(form)s”")
    forms = Form.objects.filter(deleted_at=None).order_by("name")
    asking = [one for one in forms if any(code == field.own for field in one.questions())]
    return [words % {"form": one.name} for one in asking]
