from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.notices.choices import habits_of


class TimesForm(forms.Form):
    """On the clock of one's own wall."""

    digest_at = forms.TimeField(
        label=_("Mail of the day at"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Enter a time, like 08:30.")},
    )

    keeps_quiet = forms.BooleanField(
        label=_("No pushes, no chat outside my working hours"),
        required=False,
        help_text=_("They come when work begins. Clocks of the agreement ring at any hour."),
    )

    @classmethod
    def of(cls, user: User) -> "TimesForm":
        """With what the user has chosen."""
        habits = habits_of(user)
        at = time(habits.digest_minute // 60, habits.digest_minute % 60)
        return cls(initial={"digest_at": at, "keeps_quiet": habits.keeps_quiet})

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        at: time = self.cleaned_data["digest_at"]
        is_quiet = self.cleaned_data["keeps_quiet"]
        return {"digest_minute": at.hour * 60 + at.minute, "keeps_quiet": is_quiet}
