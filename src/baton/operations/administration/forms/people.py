from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import Team, User
from baton.core.access.queries import teams_within
from baton.core.access.roles import LABELS
from baton.operations.administration.forms.zones import country_choices, zone_choices

REGION = forms.TextInput(attrs={"list": "regions", "autocomplete": "off"})


class UserForm(forms.ModelForm[User]):
    """A colleague: who they are, what they may do, whom they work with."""

    role = forms.ChoiceField(label=_("Role"), choices=[(str(k), v) for k, v in LABELS.items()])
    zone = forms.ChoiceField(
        label=_("Time zone"), required=False, choices=lambda: [("", "—"), *zone_choices()]
    )
    country = forms.ChoiceField(label=_("Public holidays"), required=False, choices=country_choices)
    team = forms.ModelChoiceField(
        label=_("Team"),
        required=False,
        empty_label="—",
        queryset=Team.objects.filter(deleted_at=None).order_by("name", "pk"),
    )
    manager = forms.ModelChoiceField(
        label=_("Manager"), required=False, empty_label="—", queryset=User.objects.none()
    )

    class Meta:
        model = User
        fields = (
            "name",
            "email",
            "role",
            "team",
            "manager",
            "region",
            "zone",
            "country",
            "is_active",
        )
        labels = {
            "name": _("Name"),
            "email": _("Mail"),
            "region": _("Region"),
            "is_active": _("May sign in"),
        }
        widgets = {"region": REGION}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["manager"].queryset = _heads(self.instance.manager_id).exclude(  # type: ignore[attr-defined] # a model choice
            pk=self.instance.pk
        )

    def clean_email(self) -> str | None:
        """Empty means: owns records, cannot sign in."""
        email = self.cleaned_data["email"] or None
        taken = User.objects.filter(email__iexact=email, deleted_at=None).exclude(
            pk=self.instance.pk
        )
        if email and taken.exists():
            raise ValidationError(_("Somebody else signs in with this mail."))
        return email


class TeamForm(forms.ModelForm[Team]):
    """People who work the same records."""

    parent = forms.ModelChoiceField(
        label=_("Lies within"), required=False, empty_label="—", queryset=Team.objects.none()
    )
    manager = forms.ModelChoiceField(
        label=_("Manager"), required=False, empty_label="—", queryset=User.objects.none()
    )

    class Meta:
        model = Team
        fields = ("name", "parent", "manager", "region")
        labels = {"name": _("Name"), "region": _("Region")}
        widgets = {"region": REGION}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        around = Team.objects.filter(deleted_at=None).order_by("name", "pk")
        if self.instance.pk:
            around = around.exclude(pk__in=teams_within(self.instance))
        self.fields["parent"].queryset = around  # type: ignore[attr-defined] # a model choice
        self.fields["manager"].queryset = _heads(self.instance.manager_id)  # type: ignore[attr-defined] # a model choice

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        taken = Team.objects.filter(name__iexact=name, deleted_at=None)
        if taken.exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is a team of this name."))
        return name


def _heads(now_id: int | None) -> Any:
    """Who may be chosen to manage; who does now stays, even when they have left."""
    able = Q(is_active=True, deleted_at=None)
    return User.objects.filter(able | Q(pk=now_id)).order_by("name", "pk")
