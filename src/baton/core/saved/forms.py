from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.saved.models import SavedView
from baton.core.saved.rules import LONGEST_NAME, Sharing

WHO = {Sharing.PRIVATE: _("Only me"), Sharing.TEAM: _("My team")}


class ViewForm(forms.Form):
    """Its name, and who finds it."""

    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"data-focus": True, "autocomplete": "off"}),
    )
    sharing = forms.ChoiceField(
        label=_("Who finds it"),
        choices=[(who.value, words) for who, words in WHO.items()],
        widget=forms.RadioSelect,
        help_text=_("Your team can open and pin it; only you change it."),
    )
    is_pinned = forms.BooleanField(label=_("Pin it in the sidebar"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, user: User, view: SavedView | None = None) -> None:
        names = ("name", "sharing", "is_pinned", "version")
        initial = {name: getattr(view, name) for name in names} if view else {}
        super().__init__(data, initial=initial or {"sharing": Sharing.PRIVATE})
        if not user.team_id and not (view and view.is_for_team):
            self.fields["sharing"].help_text = _("You are in no team, so only you find it.")
            self.fields["sharing"].choices = [(Sharing.PRIVATE.value, WHO[Sharing.PRIVATE])]  # type: ignore[attr-defined] # of a ChoiceField

    def values(self) -> dict[str, Any]:
        """What the actions take."""
        return {name: self.cleaned_data[name] for name in ("name", "sharing")}
