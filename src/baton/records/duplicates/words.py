"""What brings two records together, in words."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    "same_name": _("Same name"),
    "like_name": _("Name nearly the same"),
    "swapped_name": _("First and last name swapped"),
    "somehow_name": _("Names alike"),
    "other_name": _("Other name"),
    "same_phone": _("Same number"),
    "same_mail": _("Same address, written otherwise"),
    "like_mail": _("Address nearly the same"),
    "same_mailbox": _("Same name of the mailbox"),
    "same_company": _("Same company"),
    "same_house": _("Mail at the same company"),
    "other_country": _("Other country"),
    "same_firm": _("Same name"),
    "like_firm": _("Name nearly the same"),
    "other_firm": _("Other name"),
    "same_site": _("Same domain, or another ending of it"),
    "same_city": _("Same city"),
    "other_city": _("Other city"),
}


def said(reasons: Iterable[str]) -> str:
    """In the order in which they were found, as one phrase; what is unknown by now is left out."""
    first, *others = [str(REASONS[code]) for code in reasons if code in REASONS] or [""]
    return ", ".join([first, *(f"{one[:1].lower()}{one[1:]}" for one in others)])


FIELDS: dict[str, str | Promise] = {
    "full_name": _("Name"),
    "name": _("Name"),
    "job_title": _("Job title"),
    "company": _("Company"),
    "country": _("Country"),
    "language": _("Language"),
    "zone": _("Time zone"),
    "said_source": _("Heard of us"),
    "owner": _("Owner"),
    "industry": _("Industry"),
    "employee_count": _("Employees"),
    "city": _("City"),
    "region": _("Region"),
    "emails": _("Email"),
    "phones": _("Phone"),
    "domains": _("Domains"),
    "stage": _("Lifecycle"),
}


def field_label(name: str) -> str:
    """As the screen of two sides writes it."""
    return str(FIELDS[name])
