"""What a rule asks of a fact, written and read as people say it: “form = Request a demo”."""

from collections.abc import Iterable, Mapping

from baton.marketing.capture.models import Form
from baton.qualification.scoring.words import asked_words

FORM = "form_code"


def form_names(codes: Iterable[str]) -> dict[str, str]:
    """By code; no query for none."""
    wanted = set(codes)
    if not wanted:
        return {}
    # The one that lives comes last: a name that was given away with its code is the living one's.
    forms = Form.objects.filter(code__in=wanted).order_by("-deleted_at")
    return dict(forms.values_list("code", "name"))


def codes_in(matches: Iterable[Mapping[str, str]]) -> list[str]:
    """Of the forms that these rules name."""
    return [match[FORM] for match in matches if FORM in match]


def shown(field: str, value: str, names: Mapping[str, str]) -> str:
    """A form by its name; what else is asked for may be worded like a form's code."""
    return names.get(value, value) if field == FORM else value


def in_order(match: Mapping[str, str]) -> list[tuple[str, str]]:
    """The form first; PostgreSQL gives the fields of a match back in an order of its own."""
    return sorted(match.items(), key=lambda asked: (asked[0] != FORM, asked_words(asked[0])))


def written(match: Mapping[str, str]) -> str:
    """One a line; a form by its name, where that leads back to it when it is read."""
    names = form_names(codes_in([match]))
    names = {code: name for code, name in names.items() if value_of(FORM, name) == code}
    lines = ((field, shown(field, value, names)) for field, value in in_order(match))
    return "\n".join(f"{asked_words(field)} = {value}" for field, value in lines)


def field_called(words: str, *, known: Iterable[str]) -> str | None:
    """The field of a fact by what people or the API call it."""
    called = words.casefold()
    return next((one for one in known if called in {one, asked_words(one).casefold()}), None)


def value_of(field: str, typed: str) -> str:
    """The code of a form that is called by its name; anything else as it is typed."""
    if field != FORM or Form.objects.living().filter(code=typed).exists():
        return typed
    return Form.objects.living().filter(name=typed).values_list("code", flat=True).first() or typed
