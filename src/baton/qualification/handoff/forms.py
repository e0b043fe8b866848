"""What a rep types: verdicts, needs, calls; and what heads agree on."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.core.calendars.models import Leave
from baton.core.calendars.queries import leave_now
from baton.core.calendars.words import away_words
from baton.core.filters.rows import FilterRows
from baton.marketing.capture.models import Form
from baton.qualification.handoff.models import Agreement, Pool, RoutingRule
from baton.qualification.handoff.models.agreements import GOAL
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS
from baton.qualification.handoff.rules import AT_LEAST, AT_MOST, DISQUALIFY, REJECT, Goal, Reason
from baton.qualification.handoff.words import reason_label
from baton.records.timeline.rules import Kind, Outcome

DIGITS = "1234567890"
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _reasons(reasons: tuple[Reason, ...]) -> list[tuple[str, Any]]:
    return [(reason.code, reason_label(reason.code)) for reason in reasons]


class ChoicesForm(forms.Form):
    """A form whose first field is picked by digits."""

    picks = ""  # name of that field

    def pick_errors(self) -> list[str]:
        return [str(error) for error in self[self.picks].errors]

    def picked(self) -> list[tuple[str, Any, str, bool]]:
        """Value, label, digit, and whether it is the one chosen."""
        field = cast(forms.ChoiceField, self.fields[self.picks])
        choices = cast(Iterable[tuple[str, Any]], field.choices)
        chosen = self[self.picks].value()
        digits = [*DIGITS, *[""] * 10]
        return [
            (str(value), label, digits[place], value == chosen)
            for place, (value, label) in enumerate(choices)
        ]


class RejectForm(ChoicesForm):
    picks = "reason"
    reason = forms.ChoiceField(
        choices=_reasons(REJECT), error_messages={"required": _("Choose a reason.")}
    )
    note = forms.CharField(label=_("Note for marketing"), required=False, max_length=2000)
    revisit_on = forms.DateField(
        label=_("Ask again on"), required=False, widget=DAY, help_text=_("With bad timing.")
    )


class DisqualifyForm(ChoicesForm):
    picks = "reason"
    reason = forms.ChoiceField(
        choices=_reasons(DISQUALIFY), error_messages={"required": _("Choose a reason.")}
    )
    note = forms.CharField(label=_("Note for marketing"), required=False, max_length=2000)
    competitor = forms.CharField(label=_("Which competitor"), required=False, max_length=120)
    revisit_on = forms.DateField(
        label=_("Ask again on"), required=False, widget=DAY, help_text=_("With bad timing.")
    )


class NeedForm(forms.Form):
    need = forms.CharField(
        label=_("What they need"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    impact = forms.CharField(
        label=_("What it means for them"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Money, time or risk, in their words."),
    )


class ContactForm(ChoicesForm):
    """What was tried; kind and outcome of the timeline in one choice."""

    picks = "contact"
    contact = forms.ChoiceField(
        choices=[
            (f"{Kind.CALL}:{Outcome.UNANSWERED}", _("No answer")),
            (f"{Kind.CALL}:{Outcome.VOICEMAIL}", _("Left a message")),
            (f"{Kind.CALL}:{Outcome.CONVERSATION}", _("Talked")),
            (f"{Kind.MAIL}:{Outcome.SENT}", _("Wrote a mail to them")),
            (f"{Kind.MEETING}:{Outcome.HELD}", _("Met")),
        ],
        error_messages={"required": _("Choose how it went.")},
    )
    note = forms.CharField(label=_("What was said"), required=False, max_length=4000)

    def kind_and_outcome(self) -> tuple[str, str]:
        kind, _colon, outcome = self.cleaned_data["contact"].partition(":")
        return kind, outcome


def able_users() -> list[User]:
    """Everybody who may answer leads, and can sign in to do so, by name."""
    return [user for user in who_can_sign_in() if user.may(ANSWER_HANDOFFS)]


class GiveForm(forms.Form):
    rep = forms.ChoiceField(label=_("Give to"))

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        away = leave_now(timezone.now())
        choices = [
            (str(user.key), ", ".join([user.name, *_away(away.get(user.pk))]))
            for user in able_users()
        ]
        self.fields["rep"] = forms.ChoiceField(label=_("Give to"), choices=choices)


def _away(leave: Leave | None) -> list[str]:
    return [away_words(leave)] if leave else []


def _number(name: str, label: Any, help_text: Any = "", *, required: bool = True) -> Any:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=AT_LEAST.get(name, 1),
        max_value=AT_MOST[name],
        required=required,
    )


def _proposed(fields: Mapping[str, forms.Field], asked: Mapping[str, str]) -> dict[str, int]:
    """The numbers of an address that may stand in these fields."""
    found = {}
    for name, field in fields.items():
        if isinstance(field, forms.IntegerField) and asked.get(name):
            with suppress(forms.ValidationError):
                found[name] = field.clean(asked[name])
    return found


class AgreementForm(forms.Form):
    """All terms of a version; ``proposed`` are numbers that a report suggests."""

    threshold = _number("threshold", _("Score that makes an MQL"))
    mqls_a_month = _number("mqls_a_month", _("MQLs a month"), required=False)
    revenue_goal = _number("revenue_goal", _("Revenue goal a month"), required=False)
    marketing_share = _number(
        "marketing_share", _("Marketing's share"), _("Percent of the goal."), required=False
    )
    average_deal = _number("average_deal", _("Average deal"), required=False)
    hand_raise_forms = forms.MultipleChoiceField(
        label=_("Forms that raise a hand"), required=False, widget=forms.CheckboxSelectMultiple
    )
    accept_minutes = _number("accept_minutes", _("Accept or reject within"), _("Working minutes."))
    respond_minutes = _number(
        "respond_minutes", _("First response within"), _("Working minutes from accepting.")
    )
    hand_raise_accept_minutes = _number(
        "hand_raise_accept_minutes", _("Accept or reject a hand-raise within")
    )
    hand_raise_respond_minutes = _number(
        "hand_raise_respond_minutes", _("First response to a hand-raise within")
    )
    grace_minutes = _number(
        "grace_minutes", _("A late lead goes on after"), _("Working minutes after it fell due.")
    )
    max_rounds = _number("max_rounds", _("Rounds before the queue"))
    attempts = _number("attempts", _("Attempts"))
    attempt_days = _number("attempt_days", _("Within working days"))
    recycle_days = _number("recycle_days", _("Rejected leads rest for days"))
    when_late = forms.CharField(
        label=_("When a side is late"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

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
        super().__init__(data, initial=initial)
        known = dict(Form.objects.living().order_by("name").values_list("code", "name"))
        kept = {code: code for code in initial.get("hand_raise_forms", [])}
        self.fields["hand_raise_forms"] = forms.MultipleChoiceField(
            label=_("Forms that raise a hand"),
            required=False,
            choices=list((kept | known).items()),
            widget=forms.CheckboxSelectMultiple,
        )

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


class MemberForm(forms.Form):
    weight = forms.IntegerField(label=_("Weight"), min_value=1, max_value=100)
    open_cap = forms.IntegerField(
        label=_("At most open"), min_value=1, max_value=1000, required=False
    )
    is_available = forms.BooleanField(label=_("Available"), required=False)


class NewMemberForm(MemberForm):
    user = forms.ChoiceField(label=_("Who"))

    def __init__(self, *args: Any, pool: Pool, **rest: Any) -> None:
        super().__init__(*args, **rest)
        inside = set(pool.members.values_list("user_id", flat=True))
        choices = [(str(user.key), user.name) for user in able_users() if user.pk not in inside]
        self.fields["user"] = forms.ChoiceField(label=_("Who"), choices=choices)


class PoolForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)


class RoutingRuleForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    pool = forms.ModelChoiceField(
        label=_("Goes to"),
        queryset=Pool.objects.none(),
        to_field_name="key",
        empty_label=_("Choose a pool"),
    )
    position = forms.IntegerField(label=_("Tried as number"), min_value=1, max_value=999)
    is_active = forms.BooleanField(label=_("In use"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, rule: RoutingRule | None = None) -> None:
        names = ("name", "position", "is_active", "version")
        initial = {name: getattr(rule, name) for name in names} if rule else {"is_active": True}
        super().__init__(data, initial=initial | ({"pool": rule.pool.key} if rule else {}))
        field = cast(forms.ModelChoiceField[Pool], self.fields["pool"])
        field.queryset = Pool.objects.living().filter(is_catch_all=False).order_by("name")
        self.rows = FilterRows(data, tree=rule.condition if rule else None)

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.rows.is_valid()])
