"""What was kept in the last year beside the terms that are typed, and proposed by it."""

from collections.abc import Callable, Mapping, Sequence

from django import forms
from django.http import QueryDict

from baton.core.ui.formats import grouped, span_words
from baton.qualification.handoff.queries.measured import Term
from baton.qualification.handoff.terms import days_words

Shown = tuple[str, str, str, str, str]
_SAID: Mapping[str, Callable[[int], str]] = {"minutes": span_words, "days": days_words}


def measured_lines(form: forms.Form, terms: Sequence[Term]) -> list[Shown]:
    """Times and days as people say them, tries as they are: label, half, 8 of 10, of how many,
    proposed."""
    return [_line(str(form[term.name].label), term) for term in terms if term.name in form.fields]


def _line(label: str, term: Term) -> Shown:
    told = term.measured
    said = _SAID.get(term.name.rpartition("_")[2], grouped)
    half, most, proposed = (said(value) for value in (told.half, told.most, told.proposed))
    return label, half, most, grouped(told.count), proposed


def proposed_by(terms: Sequence[Term]) -> dict[str, int]:
    return {term.name: term.measured.proposed for term in terms}


def with_numbers(typed: QueryDict, numbers: Mapping[str, int]) -> QueryDict:
    """What was typed, with these numbers in it."""
    filled = typed.copy()
    for name, number in numbers.items():
        filled[name] = str(number)
    return filled
