"""Codes of the rules, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.marketing.capture.rules.blocks import BlockKind
from baton.marketing.capture.rules.channels import Channel
from baton.marketing.capture.rules.fields import FieldKind, Fills, Flaw, FormField
from baton.marketing.capture.rules.internal import Internal

CHANNELS: dict[str, str | Promise] = {
    Channel.ORGANIC_SEARCH: gettext_lazy("Organic search"),
    Channel.PAID_SEARCH: gettext_lazy("Paid search"),
    Channel.SOCIAL: gettext_lazy("Social"),
    Channel.PAID_SOCIAL: gettext_lazy("Paid social"),
    Channel.EMAIL: gettext_lazy("Email"),
    Channel.REFERRAL: gettext_lazy("Referral"),
    Channel.DISPLAY: gettext_lazy("Display"),
    Channel.AFFILIATE: gettext_lazy("Affiliate"),
    Channel.VIDEO: gettext_lazy("Video"),
    Channel.EVENT: gettext_lazy("Event"),
    Channel.DIRECT: gettext_lazy("Direct"),
    Channel.OTHER: gettext_lazy("Other"),
}
INTERNAL: dict[str, str | Promise] = {
    Internal.NETWORK: gettext_lazy("From an own network"),
    Internal.MACHINE: gettext_lazy("By an own machine"),
}
FIELD_KINDS: dict[FieldKind, str | Promise] = {
    FieldKind.TEXT: gettext_lazy("Short text"),
    FieldKind.EMAIL: gettext_lazy("Email address"),
    FieldKind.PHONE: gettext_lazy("Phone number"),
    FieldKind.COMPANY: gettext_lazy("Company"),
    FieldKind.CHOICE: gettext_lazy("Choice"),
    FieldKind.TEXTAREA: gettext_lazy("Long text"),
    FieldKind.CHECKBOX: gettext_lazy("Tick box"),
    FieldKind.CONSENT: gettext_lazy("Newsletter consent"),
    FieldKind.OWN: gettext_lazy("Own field"),
}
FILLS: dict[Fills, str | Promise] = {
    Fills.NOTHING: gettext_lazy("The answer only"),
    Fills.FULL_NAME: gettext_lazy("Name"),
    Fills.FIRST_NAME: gettext_lazy("First name"),
    Fills.LAST_NAME: gettext_lazy("Last name"),
    Fills.JOB_TITLE: gettext_lazy("Job title"),
    Fills.COUNTRY: gettext_lazy("Country"),
    Fills.SAID_SOURCE: gettext_lazy("How they heard about us"),
}
BLOCK_KINDS: dict[BlockKind, str | Promise] = {
    BlockKind.HEADING: gettext_lazy("Heading"),
    BlockKind.TEXT: gettext_lazy("Text"),
    BlockKind.CHART: gettext_lazy("Bar chart"),
    BlockKind.FIGURES: gettext_lazy("Figures"),
    BlockKind.LIST: gettext_lazy("List"),
    BlockKind.QUOTE: gettext_lazy("Quote"),
    BlockKind.LINKS: gettext_lazy("Links"),
    BlockKind.FORM: gettext_lazy("Form"),
}


def channel_words(code: str) -> str:
    """A channel as people read it; one that an import brought stays as it is."""
    return str(CHANNELS.get(code, code.replace("_", " ").capitalize()))


def sentence(flaw: Flaw, field: FormField) -> str:
    """One sentence that says what to do."""
    if flaw is Flaw.MISSING:
        return _choose_or_fill(field)
    if flaw is Flaw.TOO_LONG:
        return _("Use at most %(count)d characters.") % {"count": field.longest()}
    if flaw is Flaw.NO_EMAIL:
        return _("Write the whole address, like name@company.com.")
    if flaw is Flaw.NO_PHONE:
        return _("Write a phone number, like +49 421 555 0101.")
    if flaw is Flaw.UNREADABLE:
        return _("There are signs in it that nobody can read. Type it again.")
    return _("Choose one of the answers.")


def _choose_or_fill(field: FormField) -> str:
    if field.kind is FieldKind.CHOICE:
        return _("Choose an answer.")
    if field.kind in {FieldKind.CHECKBOX, FieldKind.CONSENT}:
        return _("Tick this to go on.")
    return _("Fill this in.")
