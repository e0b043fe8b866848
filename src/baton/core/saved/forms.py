from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.access.roles import Scope
from baton.core.saved.models import SavedView
from baton.core.saved.rules import LONGEST_NAME, Sharing
from baton.core.saved.slots import SavedList

WHO = {Sharing.PRIVATE: _("Only me"), Sharing.TEAM: _("My team"), Sharing.ALL: _("Everybody")}


class ViewForm(forms.Form):
    """Its name, and who finds it."""

    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"data-focus": True, "autocomplete": "off"}),
    )
    sharing = forms.ChoiceField(
        label=_("Who finds it"),
        widget=forms.RadioSelect,
        help_text=_("Others can open and pin it, and see there what is theirs to see."),
    )
    is_pinned = forms.BooleanField(label=_("Pin it in the sidebar"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, user: User, place: SavedList, view: SavedView | None = None
    ) -> None:
        names = ("name", "sharing", "is_pinned", "version")
        initial = {name: getattr(view, name) for name in names} if view else {}
        super().__init__(data, initial=initial or {"sharing": Sharing.PRIVATE})
        kept = view.sharing if view else Sharing.PRIVATE
        open_to = {
            Sharing.PRIVATE: True,
            Sharing.TEAM: bool(user.team_id),
            Sharing.ALL: user.scope(place.permission) == Scope.ALL,  # a rep fills nobody's tabs
        }
        choices = [(who.value, words) for who, words in WHO.items() if open_to[who] or who == kept]
        sharing = cast(forms.ChoiceField, self.fields["sharing"])
        sharing.choices = choices
        if len(choices) == 1:
            sharing.help_text = _("You are in no team, so only you find it.")

    def values(self) -> dict[str, Any]:
        """What the actions take."""
        return {name: self.cleaned_data[name] for name in ("name", "sharing")}
