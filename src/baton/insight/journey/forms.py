"""What is typed about the map."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.words import label_of
from baton.insight.journey.rules import MAPPED, Care, Code, Spot
from baton.insight.journey.words import CARES, NAMES
from baton.records.audience.models import Persona

NOWHERE = ""


class SpotForm(forms.Form):
    """One stage in the buyer's words."""

    name = forms.CharField(label=_("Name"), max_length=60)
    question = forms.CharField(
        label=_("What the buyer asks"),
        max_length=250,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    care = forms.ChoiceField(label=_("Who cares for them"), choices=list(CARES.items()))


class MapForm(forms.Form):
    """By which lifecycle stage somebody is known to be where."""

    def __init__(self, drawn: Sequence[Spot], data: Any = None) -> None:
        super().__init__(data)
        where = {stage: spot.code.value for spot in drawn for stage in spot.stages}
        choices = [(spot.code.value, spot.name) for spot in drawn]
        for stage in MAPPED:
            self.fields[stage.value] = forms.ChoiceField(
                label=label_of(stage.value),
                choices=[*choices, (NOWHERE, _("No stage"))],
                required=False,
                initial=where.get(stage.value, NOWHERE),
            )


class MapForms:
    """All that is said on the page of the map."""

    def __init__(self, drawn: Sequence[Spot], data: Any = None) -> None:
        self.spots = [
            (
                NAMES[spot.code],
                SpotForm(
                    data,
                    prefix=spot.code.value,
                    initial={"name": spot.name, "question": spot.question, "care": spot.care},
                ),
            )
            for spot in drawn
        ]
        self.map = MapForm(drawn, data)

    def is_valid(self) -> bool:
        forms_here = [self.map, *(form for _name, form in self.spots)]
        answers = [form.is_valid() for form in forms_here]  # each is asked: all errors are told
        return all(answers)

    def drawn(self) -> list[Spot]:
        """As the action takes it."""
        where: dict[str, list[str]] = {}
        for stage, code in self.map.cleaned_data.items():
            where.setdefault(code, []).append(stage)
        return [
            Spot(
                code=code,
                name=form.cleaned_data["name"],
                question=form.cleaned_data["question"],
                care=Care(form.cleaned_data["care"]),
                stages=tuple(where.get(code.value, ())),
            )
            for code, (_name, form) in zip(Code, self.spots, strict=True)
        ]


class ContentForm(forms.Form):
    """What is shown in a stage, and to whom."""

    content = forms.ChoiceField(label=_("What we show"), choices=())
    persona = forms.ModelChoiceField(
        label=_("To whom"),
        queryset=Persona.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=_("Everybody"),
    )

    def __init__(self, *args: Any, choices: Any, personas: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["content"].choices = choices  # type: ignore[attr-defined]
        self.fields["persona"].queryset = personas  # type: ignore[attr-defined]
