"""Territories, named accounts, and what reps bring along: as they are typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.languages import language_name
from baton.core.ui.spreadsheets import text_of
from baton.qualification.handoff.forms.verdicts import able_users
from baton.qualification.handoff.models import Pool, RepProfile, Territory
from baton.qualification.handoff.rules import BadFile, lines_of_file

LISTED = ("countries", "regions", "postcodes", "industries")


class Listed(forms.CharField):
    """Several values, parted by commas or lines."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(required=False, max_length=2000, **rest)

    def to_python(self, value: Any) -> Any:
        text = (super().to_python(value) or "").replace("\n", ",").replace(";", ",")
        parts = (" ".join(part.split()) for part in text.split(","))
        return list(dict.fromkeys(part for part in parts if part))


class OwnerForm(forms.Form):
    """A rep or a pool in one choice."""

    owner = forms.ChoiceField(label=_("Belongs to"))

    def __init__(self, *args: Any, is_required: bool = True, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.reps: dict[str, User] = {f"rep {user.key}": user for user in able_users()}
        pools = Pool.objects.living().filter(is_catch_all=False).order_by("name")
        self.pools: dict[str, Pool] = {f"pool {pool.key}": pool for pool in pools}
        choices = [
            ("", _("Choose a pool or a rep")),
            (_("Pools"), [(value, pool.name) for value, pool in self.pools.items()]),
            (_("Reps"), [(value, user.name) for value, user in self.reps.items()]),
        ]
        self.fields["owner"] = forms.ChoiceField(
            label=_("Belongs to"), choices=choices, required=is_required
        )

    def chosen(self) -> dict[str, Any]:
        """Rep and pool, one of them None."""
        value = self.cleaned_data.get("owner", "")
        return {"rep": self.reps.get(value), "pool": self.pools.get(value)}


def owner_value(row: Any) -> str:
    """The choice that stands for whose it is."""
    if row.pool:
        return f"pool {row.pool.key}"
    return f"rep {row.rep.key}" if row.rep else ""


class TerritoryForm(OwnerForm):
    name = forms.CharField(label=_("Name"), max_length=80)
    countries = Listed(label=_("Countries"), help_text=_("Parted by commas."))
    regions = Listed(label=_("Regions"))
    postcodes = Listed(label=_("Postcodes begin with"), help_text=_("For example 69, 38, 01."))
    industries = Listed(label=_("Industries"))
    size_from = forms.IntegerField(label=_("Employees from"), min_value=0, required=False)
    size_to = forms.IntegerField(label=_("to"), min_value=0, required=False)
    is_active = forms.BooleanField(label=_("In use"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, territory: Territory | None = None) -> None:
        initial: dict[str, Any] = {"is_active": True}
        if territory:
            names = ("name", "size_from", "size_to", "is_active", "version")
            initial = {name: getattr(territory, name) for name in names}
            initial |= {name: ", ".join(getattr(territory, name)) for name in LISTED}
            initial["owner"] = owner_value(territory)
        super().__init__(data, initial=initial)

    def values(self) -> dict[str, Any]:
        typed = {name: self.cleaned_data[name] for name in ("name", *Territory.MARKS, "is_active")}
        return typed | self.chosen()


class NamedForm(OwnerForm):
    text = forms.CharField(
        label=_("Companies or domains, one a line"),
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Behind a comma: whose it is, by mail or name of a rep or name of a pool."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, is_required=False)
        self.fields["owner"].label = _("Those without a name behind them belong to")


class NamedFileForm(OwnerForm):
    """A file, and once it was looked through its lines."""

    uploaded = forms.FileField(label=_("CSV file"), required=False)
    # As it was looked through: at its beginning even an empty cell counts.
    text = forms.CharField(
        max_length=600_000, required=False, strip=False, widget=forms.HiddenInput
    )
    scope = forms.ChoiceField(
        label=_("What is named already and not in the file"),
        choices=[("some", _("stays as it is")), ("all", _("is named no more"))],
        widget=forms.RadioSelect,
        initial="some",
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, is_required=False, **rest)
        self.fields["owner"].label = _("Lines that say nobody belong to")

    def clean(self) -> dict[str, Any]:
        """The lines of the file go before what was looked through earlier."""
        cleaned = super().clean() or self.cleaned_data
        sent = cleaned.get("uploaded")
        if sent:
            cleaned["text"] = _lines(sent)
        elif not cleaned.get("text") and not self.errors:
            self.add_error("uploaded", _("Choose a file."))
        return cleaned

    @property
    def is_all(self) -> bool:
        return bool(self.cleaned_data["scope"] == "all")

    def asked(self) -> dict[str, Any]:
        """As the actions take it."""
        return {"text": self.cleaned_data["text"], "is_all": self.is_all, **self.chosen()}


def _lines(sent: Any) -> str:
    text = text_of(sent.read())
    if text is None:
        no = _("This is no CSV file: it does not hold text.")
        raise forms.ValidationError({"uploaded": no})
    try:
        return lines_of_file(text)
    except BadFile as no:
        raise forms.ValidationError({"uploaded": str(no)}) from no


class ProfileForm(forms.Form):
    languages = Listed(label=_("Speaks"), help_text=_("For example German, French."))
    skills = Listed(label=_("Knows about"), help_text=_("For example food, public sector."))

    def __init__(self, data: Any = None, *, profile: RepProfile | None = None) -> None:
        said = profile or RepProfile()
        initial = {
            "languages": ", ".join(map(language_name, said.languages)),
            "skills": ", ".join(said.skills),
        }
        super().__init__(data, initial=initial)


class PoolSettingsForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    is_pull = forms.BooleanField(
        label=_("Leads lie in its queue until a member takes one"), required=False
    )
    asks_workers = forms.BooleanField(label=_("Ask those who work now first"), required=False)
    clock_minutes = forms.IntegerField(
        label=_("Its queue's clock, in working minutes"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=_("Empty: as the agreement says."),
    )
    escalates_to = forms.ModelChoiceField(
        label=_("What nobody takes goes to"),
        queryset=Pool.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=_("the next rule"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, pool: Pool) -> None:
        names = ("name", "is_pull", "asks_workers", "clock_minutes", "version")
        initial = {name: getattr(pool, name) for name in names}
        behind = {"escalates_to": pool.escalates_to.key} if pool.escalates_to else {}
        super().__init__(data, initial=initial | behind)
        others = Pool.objects.living().filter(is_catch_all=False).exclude(pk=pool.pk)
        self.fields["escalates_to"].queryset = others.order_by("name")  # type: ignore[attr-defined] # of a model
        if pool.is_catch_all:
            del self.fields["is_pull"]
