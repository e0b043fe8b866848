"""Who takes turns, and which people go to whom."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.filters.rows import FilterRows
from baton.core.languages import language_code, language_name
from baton.qualification.handoff.forms.verdicts import able_users
from baton.qualification.handoff.models import Pool, RoutingRule
from baton.qualification.handoff.rules import skill_name


class MemberForm(forms.Form):
    weight = forms.IntegerField(label=_("Weight"), min_value=1, max_value=100)
    open_cap = forms.IntegerField(
        label=_("At most open"), min_value=1, max_value=1000, required=False
    )
    daily_cap = forms.IntegerField(
        label=_("New a day"), min_value=1, max_value=1000, required=False
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
    language = forms.CharField(
        label=_("Language"),
        required=False,
        max_length=40,
        help_text=_("Who speaks it is asked first; empty: the person's own."),
    )
    skill = forms.CharField(
        label=_("Skill"),
        required=False,
        max_length=60,
        help_text=_("Who has it is asked first."),
    )
    is_active = forms.BooleanField(label=_("In use"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, rule: RoutingRule | None = None) -> None:
        names = ("name", "position", "is_active", "version")
        initial = {name: getattr(rule, name) for name in names} if rule else {"is_active": True}
        if rule:
            initial |= {"language": language_name(rule.language), "skill": rule.skill}
        super().__init__(data, initial=initial | ({"pool": rule.pool.key} if rule else {}))
        field = cast(forms.ModelChoiceField[Pool], self.fields["pool"])
        field.queryset = Pool.objects.living().filter(is_catch_all=False).order_by("name")
        self.rows = FilterRows(data, tree=rule.condition if rule else None)

    def clean_language(self) -> str:
        return language_code(self.cleaned_data["language"])

    def clean_skill(self) -> str:
        return skill_name(self.cleaned_data["skill"])

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.rows.is_valid()])
