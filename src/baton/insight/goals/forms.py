"""What is typed about goals; targets of shares in percent."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import Team, User
from baton.core.access.queries import who_can_sign_in
from baton.insight.analytics.rules import months_on
from baton.insight.goals.models import Goal
from baton.insight.goals.queries import FIGURES, Kind
from baton.insight.goals.rules import Span, Unit, span_of
from baton.insight.goals.words import span_words

AHEAD = {Unit.MONTH: 7, Unit.QUARTER: 5, Unit.YEAR: 2}  # so many to choose from
MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
COMPANY = "company"
HUNDRED = Decimal(100)


def target_field(label: Any = "", *, required: bool = True) -> forms.DecimalField:
    return forms.DecimalField(
        label=label or _("Target"),
        required=required,
        min_value=Decimal("0.0001"),
        max_digits=18,
        decimal_places=4,
        widget=forms.NumberInput(attrs={"step": "any"}),
        help_text=_("Money in the company's currency, shares in percent, times in minutes."),
    )


def spans_ahead(today: date) -> Iterator[tuple[Unit, Span]]:
    """The present months, quarters and years, and those that follow."""
    for unit, count in AHEAD.items():
        first = span_of(unit, today).first
        for number in range(count):
            yield unit, span_of(unit, months_on(first, MONTHS[unit] * number))


def _period(unit: Unit, span: Span) -> str:
    return f"{unit}:{span.first.isoformat()}"


def period_choices(today: date) -> list[tuple[str, str]]:
    return [(_period(unit, span), span_words(span)) for unit, span in spans_ahead(today)]


def read_period(value: str) -> tuple[Unit, date]:
    unit, _mark, day = value.partition(":")
    return Unit(unit), date.fromisoformat(day)


class GoalForm(forms.Form):
    """Who answers for it, and how much it is."""

    target = target_field()
    owner = forms.ModelChoiceField(
        label=_("Who answers for it"),
        queryset=User.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=_("Nobody"),
    )
    note = forms.CharField(label=_("Note"), max_length=250, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, of_figure: str = "", **named: Any) -> None:
        super().__init__(*args, **named)
        self.of_figure = of_figure
        self.fields["owner"].queryset = who_can_sign_in().order_by("name")  # type: ignore[attr-defined]

    def clean_target(self) -> Decimal:
        """A share as a fraction."""
        target: Decimal = self.cleaned_data["target"]
        known = FIGURES.get(self.cleaned_data.get("figure") or self.of_figure)
        return target / HUNDRED if known and known.kind is Kind.SHARE else target


class NewGoalForm(GoalForm):
    """A figure, whose, and when."""

    figure = forms.ChoiceField(label=_("Figure"), choices=())
    whose = forms.ChoiceField(label=_("Of"), choices=())
    period = forms.ChoiceField(label=_("Period"), choices=())
    field_order = ("figure", "whose", "period", "target", "owner", "note")

    def __init__(self, *args: Any, today: date, **named: Any) -> None:
        super().__init__(*args, **named)
        figures = [(one.name, one.label) for one in FIGURES.values()]
        self._choose("figure", figures)
        self._choose("period", period_choices(today))
        self._teams = {f"team:{one.key}": one for one in _teams()}
        self._reps = {f"rep:{one.key}": one for one in who_can_sign_in().order_by("name")}
        self._choose("whose", [(COMPANY, _t("Company")), *self._others()])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = choices

    def _others(self) -> Iterator[tuple[str, Any]]:
        if self._teams:
            yield _t("Teams"), [(key, team.name) for key, team in self._teams.items()]
        yield _t("People"), [(key, rep.name) for key, rep in self._reps.items()]

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        typed = dict(self.cleaned_data)
        typed.pop("version")
        whose = typed.pop("whose")
        unit, day = read_period(typed.pop("period"))
        return {
            **typed,
            "unit": unit,
            "day": day,
            "team": self._teams.get(whose),
            "rep": self._reps.get(whose),
        }


def _teams() -> list[Team]:
    return list(Team.objects.filter(deleted_at=None).order_by("name"))


def goal_form(goal: Goal, data: Any = None) -> GoalForm:
    """The form with what the goal says now."""
    is_share = goal.figure in FIGURES and FIGURES[goal.figure].kind is Kind.SHARE
    target = goal.target * HUNDRED if is_share else goal.target
    initial = {
        "target": f"{target.normalize():f}",
        "owner": goal.owner and goal.owner.key,
        "note": goal.note,
        "version": goal.version,
    }
    return GoalForm(data, initial=initial, of_figure=goal.figure)


class QuotaForm(forms.Form):
    """One field a rep; empty: none."""

    def __init__(self, data: Any = None, *, reps: list[User], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.reps = reps
        for rep in reps:
            field = target_field(rep.name, required=False)
            field.help_text = ""
            self.fields[f"rep_{rep.key}"] = field

    def quotas(self) -> list[tuple[User, Decimal | None]]:
        return [(rep, self.cleaned_data[f"rep_{rep.key}"]) for rep in self.reps]
