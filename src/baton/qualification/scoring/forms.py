"""A score rule as it is typed."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core import filters
from baton.core.filters.rows import FilterRows
from baton.qualification.scoring.matching import field_called, value_of, written
from baton.qualification.scoring.models import ScoreModel, ScoreRule
from baton.qualification.scoring.rules import Kind
from baton.qualification.scoring.rules.foretelling import DAYS
from baton.qualification.scoring.rules.models import About
from baton.qualification.scoring.rules.trials import DAYS as TRIAL_DAYS
from baton.qualification.scoring.rules.trials import USUAL_DAYS
from baton.qualification.scoring.words import (
    ABOUT,
    GOAL_WORDS,
    KINDS,
    PEOPLE_HOW,
    asked_words,
    fact_choices,
    payload_fields,
)
from baton.records.audience.models import Persona
from baton.records.purchases.models import Product

# A rule over the score would feed on itself.
OURS = {
    *("person.score", "person.fit", "person.engagement", "person.grade", "person.standing"),
    *("company.score", "company.grade", "deal.score", "deal.grade"),
}


class RuleForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=120,
        help_text=gettext_lazy("As a rep reads it: “Asked for a price”."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Points for"), choices=list(KINDS.items()), widget=forms.RadioSelect
    )
    points = forms.IntegerField(
        label=gettext_lazy("Points"),
        min_value=-1000,
        max_value=1000,
        help_text=gettext_lazy("Below 0 takes points away."),
    )
    cap = forms.IntegerField(
        label=gettext_lazy("At most"),
        min_value=1,
        max_value=1000,
        required=False,
        help_text=gettext_lazy("So many points from this rule. Empty: no limit."),
    )
    fact = forms.ChoiceField(label=gettext_lazy("What happened"), required=False)
    match = forms.CharField(
        label=gettext_lazy("Only where"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One a line, like “form = Request a demo” or “page = Pricing”."),
    )
    half_life_days = forms.IntegerField(
        label=gettext_lazy("Half of it is left after (days)"),
        min_value=1,
        max_value=3650,
        required=False,
    )
    expires_days = forms.IntegerField(
        label=gettext_lazy("Or it ends after (days)"),
        min_value=1,
        max_value=3650,
        required=False,
        help_text=gettext_lazy("Both empty: the points stay."),
    )
    is_active = forms.BooleanField(label=gettext_lazy("Gives points"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    person = forms.CharField(
        label=gettext_lazy("Try on a person"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("A name or the start of a mail address."),
    )

    def __init__(
        self, data: Any = None, *, rule: ScoreRule | None = None, model: ScoreModel | None = None
    ) -> None:
        super().__init__(data, initial=_initial(rule))
        self.rule, self.model = rule, model
        self.about = str(model.about) if model else str(About.PERSON)
        choices = [("", "–"), *fact_choices()]
        self.fields["fact"] = forms.ChoiceField(
            label=gettext_lazy("What happened"), required=False, choices=choices
        )
        tree: Mapping[str, Any] | None = rule.condition if rule else None
        self.rows = FilterRows(data, tree=tree, object_type=self.about, without=OURS)

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.rows.is_valid()])

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("kind") == Kind.ENGAGEMENT:
            if not typed.get("fact"):
                self.add_error("fact", _("Choose what the person did."))
            if typed.get("half_life_days") and typed.get("expires_days"):
                self.add_error("expires_days", _("Fading by half, or an end: choose one."))
            typed["match"] = self._match(typed.get("match", ""), fact=typed.get("fact", ""))
        elif self.rows.is_valid() and not self.rows.tree():
            self.add_error("kind", _("Say below whom this rule is about."))
        return typed

    def _match(self, text: str, *, fact: str) -> dict[str, str]:
        known, match = list(payload_fields(fact)), {}
        for line in filter(None, map(str.strip, text.splitlines())):
            name, _sign, typed = (part.strip() for part in line.partition("="))
            field = field_called(name, known=known)
            if field is None or not typed:
                offered = ", ".join(sorted(map(asked_words, known))) or "–"
                self.add_error("match", _("Write “field = value”. Fields: %s.") % offered)
                return {}
            match[field] = value_of(field, typed)
        return match

    def values(self) -> dict[str, Any]:
        """What the action takes. Raises BadFilter for conditions that cannot be asked."""
        typed = self.cleaned_data
        values: dict[str, Any] = {
            name: typed[name] for name in ("name", "kind", "points", "cap", "is_active")
        }
        if typed["kind"] == Kind.ENGAGEMENT:
            own = ("fact", "match", "half_life_days", "expires_days")
            return values | {name: typed[name] for name in own} | {"condition": None}
        tree = self.rows.tree()
        filters.parse(tree, object_type=self.about)
        days = {"half_life_days": None, "expires_days": None}
        return values | {"condition": tree, "fact": "", "match": {}, **days}


class ModelForm(forms.Form):
    """A model as it is typed: whom it is about, and from where on a grade is given."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    about = forms.ChoiceField(label=gettext_lazy("About"), choices=list(ABOUT.items()))
    persona = forms.ModelChoiceField(
        label=gettext_lazy("Persona"),
        queryset=Persona.objects.none(),
        required=False,
        empty_label=gettext_lazy("Everybody"),
        help_text=gettext_lazy("Only who is one is scored. For people."),
    )
    product = forms.ModelChoiceField(
        label=gettext_lazy("Product"),
        queryset=Product.objects.none(),
        required=False,
        empty_label=gettext_lazy("None"),
        help_text=gettext_lazy("What the score tells how near people are to."),
    )
    fit_bands = forms.CharField(
        label=gettext_lazy("Least points of A, B and C"), max_length=40, initial="30, 20, 10"
    )
    engagement_bands = forms.CharField(
        label=gettext_lazy("Least points of 1, 2 and 3"), max_length=40, initial="50, 25, 10"
    )
    people_how = forms.ChoiceField(
        label=gettext_lazy("A company's people give it"),
        choices=list(PEOPLE_HOW.items()),
        required=False,
    )
    people_top = forms.IntegerField(
        label=gettext_lazy("How many are the best few"), min_value=1, max_value=100, initial=3
    )
    people_cap = forms.IntegerField(
        label=gettext_lazy("Together at most"), min_value=1, max_value=30_000, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, model: ScoreModel | None = None) -> None:
        super().__init__(data, initial=_initial_model(model))
        self.model = model
        cast(Any, self.fields["persona"]).queryset = Persona.objects.living().order_by("name")
        cast(Any, self.fields["product"]).queryset = Product.objects.living().order_by("sort_key")
        if model:
            del self.fields["about"]

    def clean_fit_bands(self) -> list[int]:
        return self._bands("fit_bands")

    def clean_engagement_bands(self) -> list[int]:
        return self._bands("engagement_bands")

    def _bands(self, name: str) -> list[int]:
        try:
            return [int(part) for part in self.cleaned_data[name].split(",")]
        except ValueError:
            raise forms.ValidationError(_("Give three whole numbers, like 30, 20, 10.")) from None

    def values(self) -> dict[str, Any]:
        """What the actions take."""
        aside = ("about", "version")
        return {name: value for name, value in self.cleaned_data.items() if name not in aside}


def _initial_model(model: ScoreModel | None) -> dict[str, Any]:
    if model is None:
        return {}
    names = ("name", "persona", "product", "people_how", "people_top", "people_cap", "version")
    bands = {
        "fit_bands": ", ".join(map(str, model.fit_bands)),
        "engagement_bands": ", ".join(map(str, model.engagement_bands)),
    }
    return {name: getattr(model, name) for name in names} | bands


class TrialForm(forms.Form):
    """For how long a draft is tried on the past, and whom a score hands off."""

    days = forms.TypedChoiceField(
        label=gettext_lazy("The latest days"),
        choices=[(days, str(days)) for days in TRIAL_DAYS],
        coerce=int,
        initial=USUAL_DAYS,
    )
    threshold = forms.IntegerField(
        label=gettext_lazy("Handed off from"),
        min_value=1,
        max_value=30_000,
        required=False,
        help_text=gettext_lazy("Points; as the agreement asks, unless you try another."),
    )


class ForesightForm(forms.Form):
    """What is to be foreseen; what was chosen last is offered again."""

    goal = forms.ChoiceField(label=gettext_lazy("Who becomes"), choices=list(GOAL_WORDS.items()))
    days = forms.TypedChoiceField(
        label=gettext_lazy("Days after the handoff"),
        choices=[(days, str(days)) for days in DAYS],
        coerce=int,
        initial=90,
        help_text=gettext_lazy("Only handoffs that are older teach."),
    )


def _initial(rule: ScoreRule | None) -> dict[str, Any]:
    if rule is None:
        return {"kind": Kind.ENGAGEMENT, "is_active": True, "half_life_days": 30}
    names = ["name", "kind", "points", "cap", "fact", "is_active", "version"]
    names += ["half_life_days", "expires_days"]
    return {name: getattr(rule, name) for name in names} | {"match": written(rule.match)}
