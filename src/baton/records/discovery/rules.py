"""Questions of a guide, and which guide fits whom. No database, no clock."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from baton.core.errors import RuleViolation, gettext_noop
from baton.records.people.rules import tidy

MOST_QUESTIONS = 20
LONGEST_QUESTION = 250
LONGEST_HINT = 500
LONGEST_ANSWER = 4000


class BadGuide(RuleViolation):
    """A name or questions that a guide cannot have."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """``fills`` is the key of the field that the answer fills, "" for none; ``code`` never changes,
    so that an answer of last year still belongs to the question."""

    code: str
    text: str
    hint: str = ""
    fills: str = ""

    def plain(self) -> dict[str, str]:
        return {"code": self.code, "text": self.text, "hint": self.hint, "fills": self.fills}


def questions_of(told: Iterable[Mapping[str, Any]]) -> list[Question]:
    """As they are kept."""
    return [
        Question(
            code=str(one.get("code", "")),
            text=str(one.get("text", "")),
            hint=str(one.get("hint", "")),
            fills=str(one.get("fills", "")),
        )
        for one in told
    ]


def digest_of(asked: Iterable[Question]) -> str:
    """The same for the same questions: a form that was drawn knows whether they are others now."""
    told = json.dumps([one.plain() for one in asked])
    return hashlib.sha256(told.encode()).hexdigest()


def clean_questions(
    typed: Iterable[Question], *, fillable: Collection[str], kept: Iterable[Question] = ()
) -> list[Question]:
    """Tidied, without empty ones, each with a code that no other question had.

    ``fillable`` are the keys of fields that there are; what a ``kept`` question fills may stay.
    Raises BadGuide.
    """
    asked = [one for one in typed if tidy(one.text)]
    before = {one.code: one for one in kept}
    if not asked:
        raise BadGuide(gettext_noop("Write at least one question."))
    if len(asked) > MOST_QUESTIONS:
        raise BadGuide(
            gettext_noop("Keep %(most)s questions at most: more are not asked in a talk."),
            most=MOST_QUESTIONS,
        )
    used = {one.code for one in asked} | before.keys()
    codes = _codes(asked, used=used)
    cleaned = [_cleaned(one, code) for one, code in zip(asked, codes, strict=True)]
    for one in cleaned:
        same = before.get(one.code)
        if one.fills and one.fills not in fillable and not (same and same.fills == one.fills):
            raise BadGuide(
                gettext_noop("“%(question)s” fills a field that there is not: %(field)s."),
                question=one.text,
                field=one.fills,
            )
    _refuse_twice([one.fills for one in cleaned if one.fills])
    return cleaned


def _cleaned(question: Question, code: str) -> Question:
    text, hint = tidy(question.text), tidy(question.hint)
    if len(text) > LONGEST_QUESTION or len(hint) > LONGEST_HINT:
        raise BadGuide(
            gettext_noop("Shorten “%(start)s…”: a question has %(most)s characters, a hint twice."),
            start=text[:40],
            most=LONGEST_QUESTION,
        )
    return Question(code=code, text=text, hint=hint, fills=question.fills)


def _codes(asked: Sequence[Question], *, used: Collection[str]) -> list[str]:
    """A code each; who has none, or another's, gets the next free one."""
    found: list[str] = []
    number = 1
    for one in asked:
        code = one.code
        while not code or code in found:
            code = "" if f"q{number}" in used or f"q{number}" in found else f"q{number}"
            number += 1
        found.append(code)
    return found


def _refuse_twice(fills: Sequence[str]) -> None:
    if twice := next((key for key in fills if fills.count(key) > 1), ""):
        raise BadGuide(
            gettext_noop("Two questions fill the same field: %(field)s. Keep one."), field=twice
        )


@dataclass(frozen=True, kw_only=True)
class Known:
    """A guide as far as it decides whom it fits."""

    guide_id: int
    persona_ids: frozenset[int] = frozenset()


def fitting(guides: Sequence[Known], *, persona_id: int | None) -> int | None:
    """The first guide, in their order, for that persona; else the first that is for everybody."""
    named = (one.guide_id for one in guides if persona_id and persona_id in one.persona_ids)
    return next(named, default_of(guides))


def default_of(guides: Sequence[Known]) -> int | None:
    """The first that names no persona: who fits no other is asked by it."""
    return next((one.guide_id for one in guides if not one.persona_ids), None)
