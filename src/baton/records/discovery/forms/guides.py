"""A guide as it is typed: questions in their order, moved and removed by buttons."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.editing.filling import Target, targets
from baton.records.audience.actions import personas_of
from baton.records.audience.models import Persona
from baton.records.audience.queries import in_order
from baton.records.discovery.forms.resent import resent
from baton.records.discovery.models import Guide
from baton.records.discovery.rules import (
    LONGEST_HINT,
    LONGEST_QUESTION,
    MOST_QUESTIONS,
    Question,
)

AT_FIRST = 3  # rows of a new guide
PARTS = ("code", "text", "hint", "fills")


class QuestionForm(forms.Form):
    """One question."""

    code = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    text = forms.CharField(label=_("Question"), required=False, max_length=LONGEST_QUESTION)
    hint = forms.CharField(
        label=_("Hint"),
        required=False,
        max_length=LONGEST_HINT,
        help_text=_("What to listen for, or how to ask again."),
    )
    fills = forms.ChoiceField(label=_("Its answer fills"), required=False)

    def __init__(self, *args: Any, offered: Iterable[Target], **rest: Any) -> None:
        super().__init__(*args, **rest)
        field = cast(forms.ChoiceField, self.fields["fills"])
        known: list[tuple[str, Any]] = [(target.key, target.label) for target in offered]
        present = self["fills"].value()
        if present and present not in dict(known):
            known.append((present, _("a field that is gone or hidden")))
        field.choices = [("", _("no field, the answer alone")), *known]


class GuideForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    personas = forms.ModelMultipleChoiceField(
        queryset=Persona.objects.none(),
        to_field_name="key",
        label=_("For"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: for everybody."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    total = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST_QUESTIONS)

    def __init__(self, data: Any = None, *, guide: Guide | None = None) -> None:
        kept = guide.asked() if guide else []
        super().__init__(data, initial=_initial(guide, rows=len(kept) or AT_FIRST))
        personas = cast("forms.ModelMultipleChoiceField[Persona]", self.fields["personas"])
        personas.queryset = in_order(Persona.objects.living())
        self.guide, self.offered = guide, list(targets().values())
        self.rows = [
            QuestionForm(
                data,
                prefix=f"q{place}",
                initial=kept[place].plain() if place < len(kept) else {},
                offered=self.offered,
            )
            for place in range(self._count())
        ]

    def _count(self) -> int:
        typed = str(self["total"].value() or "")
        return min(int(typed), MOST_QUESTIONS) if typed.isascii() and typed.isdigit() else AT_FIRST

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(row.is_valid() for row in self.rows)])

    def questions(self) -> list[Question]:
        return [Question(**{part: row.cleaned_data[part] for part in PARTS}) for row in self.rows]

    def values(self) -> dict[str, Any]:
        """Of a valid form, as the actions take it."""
        return {
            "name": self.cleaned_data["name"],
            "questions": self.questions(),
            "personas": list(self.cleaned_data["personas"]),
        }

    def arranged(self, act: str) -> "GuideForm":
        """The form after one of its buttons: ``add``, ``up:2``, ``down:2`` or ``remove:2``."""
        rows = [{part: row[part].value() or "" for part in PARTS} for row in self.rows]
        verb, _mark, place = act.partition(":")
        here = int(place) if place.isascii() and place.isdigit() else len(rows)
        there = here - 1 if verb == "up" else here + 1
        if verb == "add" and len(rows) < MOST_QUESTIONS:
            rows.append(dict.fromkeys(PARTS, ""))
        elif verb == "remove" and here < len(rows):
            del rows[here]
        elif verb in {"up", "down"} and here < len(rows) and 0 <= there < len(rows):
            rows[here], rows[there] = rows[there], rows[here]
        values = {f"q{at}-{part}": row[part] for at, row in enumerate(rows) for part in PARTS}
        return GuideForm(resent(self.data, {**values, "total": str(len(rows))}), guide=self.guide)

    def show_theirs(self, guide: Guide) -> None:
        """Somebody saved meanwhile: the next save means it."""
        words = _("Somebody saved this guide meanwhile. Save again to put yours in its place.")
        self.add_error(None, words)
        self.data = resent(self.data, {"version": str(guide.version)})


def _initial(guide: Guide | None, *, rows: int) -> dict[str, Any]:
    if guide is None:
        return {"total": rows}
    keys = Persona.objects.filter(pk__in=personas_of(guide)).values_list("key", flat=True)
    return {
        "name": guide.name,
        "personas": list(keys),
        "version": guide.version,
        "total": rows,
    }
