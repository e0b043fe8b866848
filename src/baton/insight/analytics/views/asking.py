"""How a report begins: who asks, what for, and the answer to what cannot be asked."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from baton.insight.analytics.forms import PeriodForm
from baton.insight.analytics.queries import today
from baton.insight.analytics.rules import Period, quick_choices
from baton.insight.analytics.views.addresses import Address, days
from baton.insight.analytics.words import CHOICES, days_words, period_words


def refused(request: HttpRequest, form: PeriodForm, *, page: str, title: Any) -> HttpResponse:
    """A page that says what is wrong with the address, and leads to one that is right."""
    context = {"sentences": form.sentences, "title": title, "url": Address({}).to(page)}
    return render(request, "analytics/refused.html", context, status=422)


def periods(address: Address, chosen: Period, *, page: str) -> list[tuple[Any, str, bool]]:
    """The quick choices: label, address, whether it is the one shown."""
    return [
        (CHOICES[choice], address.to(page, compare=None, **days(period)), period == chosen)
        for choice, period in quick_choices(today()).items()
    ]


def frame_of(
    form: PeriodForm, address: Address, *, page: str, asked: tuple[str, ...] = ("basis",)
) -> dict[str, Any]:
    """What the tool bar of a report needs; ``asked`` is what its form asks for beside the days."""
    return {
        "form": form,
        "period": form.period,
        "period_words": period_words(form.period),
        "days_words": days_words(form.period),
        "periods": periods(address, form.period, page=page),
        "kept": address.kept("from", "to", "compare", *asked),
        "at": timezone.now(),
    }
