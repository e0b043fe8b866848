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

    @classmethod
    def of(cls, user: User) -> "TimesForm":
        """With what the user has chosen."""
        minute = habits_of(user).digest_minute
        return cls(initial={"digest_at": time(minute // 60, minute % 60)})

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        at: time = self.cleaned_data["digest_at"]
        return {"digest_minute": at.hour * 60 + at.minute}
