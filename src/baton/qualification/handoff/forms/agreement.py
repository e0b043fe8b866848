"""What heads agree on, as it is typed."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.filters.rows import FilterRows
from baton.marketing.capture.models import Form
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.models.agreements import GOAL
from baton.qualification.handoff.rules import (
    AT_LEAST,
    AT_MOST,
    AT_MOST_BY_CODE,
    LADDER,
    REST_REASONS,
    Goal,
)
from baton.qualification.handoff.slots import clocked_deals
from baton.qualification.handoff.words import no_form, reason_label, role_label


def number_field(name: str, label: Any, help_text: Any = "", *, required: bool = True) -> Any:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=AT_LEAST.get(name, 1),
        max_value=AT_MOST[name],
        required=required,
    )


def late_field() -> Any:
    return forms.CharField(
        label=_("When a side is late"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def start_field() -> Any:
    return forms.DateField(
        label=_("In force from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: as soon as both have signed."),
    )


def _proposed(fields: Mapping[str, forms.Field], asked: Mapping[str, str]) -> dict[str, int]:
    """The numbers of an address that may stand in these fields."""
    found = {}
    for name, field in fields.items():
        if isinstance(field, forms.IntegerField) and asked.get(name):
            with suppress(forms.ValidationError):
                found[name] = field.clean(asked[name])
    return found


def _rest(code: str) -> str:
    return f"rest_{code}"


def rung_name(role: str) -> str:
    return f"ladder_{role}"


def _stage(key: str) -> str:
    return f"idle_{key}"


def _stages() -> dict[str, str]:
    """Key and name of each stage that may have a number of its own."""
    return {key: name for kind in clocked_deals for key, name in kind.stages().items()}


def _optional(name: str, label: Any) -> Any:
    return forms.IntegerField(
        label=label,
        min_value=AT_LEAST.get(name, 1),
        max_value=AT_MOST_BY_CODE[name],
        required=False,
    )


def _by_code(agreement: Agreement | None) -> dict[str, int]:
    """What the version says by reason and by role, by the names of the fields."""
    if agreement is None:
        return {}
    rests = {_rest(code): days for code, days in agreement.rest_days.items()}
    stages = {_stage(key): days for key, days in agreement.idle_by_stage.items()}
    return rests | stages | {rung_name(role): minutes for role, minutes in agreement.ladder.items()}


def given(typed: Mapping[str, int | None]) -> dict[str, int]:
    return {name: number for name, number in typed.items() if number is not None}


class AgreementForm(forms.Form):
    """All terms of a version; ``proposed`` are numbers that a report suggests."""

    threshold = number_field("threshold", _("Score that makes an MQL"))
    mqls_a_month = number_field("mqls_a_month", _("MQLs a month"), required=False)
    revenue_goal = number_field("revenue_goal", _("Revenue goal a month"), required=False)
    marketing_share = number_field(
        "marketing_share", _("Marketing's share"), _("Percent of the goal."), required=False
    )
    average_deal = number_field("average_deal", _("Average deal"), required=False)
    hand_raise_forms = forms.MultipleChoiceField(
        label=_("Forms that raise a hand"), required=False, widget=forms.CheckboxSelectMultiple
    )
    accept_minutes = number_field(
        "accept_minutes", _("Accept or reject within"), _("Working minutes.")
    )
    respond_minutes = number_field(
        "respond_minutes", _("First response within"), _("Working minutes from accepting.")
    )
    hand_raise_accept_minutes = number_field(
        "hand_raise_accept_minutes", _("Accept or reject a hand-raise within")
    )
    hand_raise_respond_minutes = number_field(
        "hand_raise_respond_minutes", _("First response to a hand-raise within")
    )
    grace_minutes = number_field(
        "grace_minutes", _("A late lead goes on after"), _("Working minutes after it fell due.")
    )
    max_rounds = number_field("max_rounds", _("Rounds before the queue"))
    attempts = number_field("attempts", _("Attempts"))
    attempt_days = number_field("attempt_days", _("Within working days"))
    recycle_days = number_field("recycle_days", _("Rejected leads rest for days"))
    reply_minutes = number_field(
        "reply_minutes",
        _("Answer a message within"),
        _("Working minutes. Empty: not promised."),
        required=False,
    )
    idle_days = number_field(
        "idle_days",
        _("No deal lies idle for"),
        _("Working days without a touch or a move. Empty: not promised."),
        required=False,
    )
    step_days = number_field(
        "step_days",
        _("Each deal has a next step within"),
        _("Working days without one, or after its day. Empty: not promised."),
        required=False,
    )
    pause_days = number_field(
        "pause_days",
        _("These clocks may pause for"),
        _("Days, when they ask us to wait. Empty: none pauses."),
        required=False,
    )
    when_late = late_field()
    starts_on = start_field()

    def __init__(
        self,
        data: Any = None,
        *,
        agreement: Agreement | None = None,
        proposed: Mapping[str, str] | None = None,
    ) -> None:
        names = list(self.base_fields)
        initial = {name: getattr(agreement, name) for name in names} if agreement else {}
        initial |= _proposed(self.base_fields, proposed or {})
        if agreement and agreement.valid_from:
            initial["starts_on"] = None
        super().__init__(data, initial=initial | _by_code(agreement))
        self._own = _stages()
        self.fields |= {
            **{_rest(code): _optional("rest_days", reason_label(code)) for code in REST_REASONS},
            **{rung_name(role): _optional("ladder", role_label(role)) for role in LADDER},
            **{_stage(key): _optional("idle_by_stage", name) for key, name in self._own.items()},
        }
        agreed = agreement.rest_conditions if agreement else {}
        self.backs = {
            code: FilterRows(data, tree=agreed.get(code), prefix=f"back-{code}-", spare=1)
            for code in REST_REASONS
        }
        known = dict(Form.objects.living().order_by("name").values_list("code", "name"))
        kept = {code: no_form(code) for code in initial.get("hand_raise_forms", [])}
        self.fields["hand_raise_forms"] = forms.MultipleChoiceField(
            label=_("Forms that raise a hand"),
            required=False,
            choices=list((kept | known).items()),
            widget=forms.CheckboxSelectMultiple,
        )

    def clean(self) -> dict[str, Any]:
        for code, rows in self.backs.items():
            if not rows.is_valid() or rows.is_unfinished():
                words = _(
                    "After “%(reason)s”: say by field, comparison and value when they return."
                )
                self.add_error(None, words % {"reason": reason_label(code)})
        return super().clean() or {}

    def rests(self) -> list[tuple[forms.BoundField, FilterRows]]:
        """By reason, how many days, and by what they return before; empty ones rest as long as
        all others."""
        return [(self[_rest(code)], self.backs[code]) for code in REST_REASONS]

    def has_own_rests(self) -> bool:
        return any(field.value() or rows.stored for field, rows in self.rests())

    def ladder(self) -> list[forms.BoundField]:
        """By role, after how many working minutes of lateness; empty ones are not told."""
        return [self[rung_name(role)] for role in LADDER]

    def stages(self) -> list[forms.BoundField]:
        """By stage, how many working days; empty ones as all others, 0 is no promise there."""
        return [self[_stage(key)] for key in self._own]

    def has_own_stages(self) -> bool:
        return any(field.value() is not None for field in self.stages())

    def values(self) -> dict[str, Any]:
        """By the names of the agreement's own terms."""
        typed = self.cleaned_data
        found = {name: typed[name] for name in self.base_fields}
        found["rest_days"] = given({code: typed[_rest(code)] for code in REST_REASONS})
        trees = {code: rows.tree() for code, rows in self.backs.items()}
        found["rest_conditions"] = {code: tree for code, tree in trees.items() if tree}
        found["ladder"] = given({role: typed[rung_name(role)] for role in LADDER})
        found["idle_by_stage"] = given({key: typed[_stage(key)] for key in self._own})
        return found

    def goal(self) -> Goal | None:
        """As it is typed now, or was agreed; None unless all three numbers are there."""
        try:
            numbers = [self.fields[name].clean(self[name].value()) for name in GOAL]
        except forms.ValidationError:
            return None
        if not all(numbers):
            return None
        revenue, share, average_deal = numbers
        return Goal(revenue=revenue, share=share, average_deal=average_deal)
