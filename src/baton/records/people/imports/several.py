"""What a row says of one person in several cells, or several times in one."""

from django.utils.translation import gettext

from baton.core.offers import ImportRow, Verdict
from baton.records.people.imports.making import failed
from baton.records.people.models import Phone
from baton.records.people.rules import is_several, split_emails, split_phones

MAILS, PHONES = ("email", "other_email"), ("phone", "mobile", "other_phone")
LONGEST_PHONE = Phone._meta.get_field("number").max_length or 0


def mails_of(row: ImportRow) -> list[str]:
    """Their addresses, the primary one first."""
    text: str | None = row.values.get("email")
    if text and text.count("@") < 2 and not row.values.get("other_email"):
        return [text]  # as nearly all have it
    texts = [text for name in MAILS if (text := row.values.get(name))]
    return [*dict.fromkeys(one for text in texts for one in split_emails(text))]


def numbers_of(row: ImportRow) -> list[str]:
    """Their phone numbers, as the file has them."""
    texts = [text for name in PHONES if (text := row.values.get(name))]
    if len(texts) == 1:
        return [*split_phones(texts[0])]
    return [*dict.fromkeys(one for text in texts for one in split_phones(text))]


def wrong_of(row: ImportRow) -> Verdict | None:
    """The verdict on a row that is not about one person, or has a number that none is."""
    name = row.values.get("full_name")
    if name and is_several(name, mails=len(mails_of(row))):
        words = gettext("“%(text)s” names several people. Give each a line of their own.")
        return failed("full_name", words % {"text": " ".join(name.split())[:60]})
    for field in PHONES:
        text = row.values.get(field) or ""
        if len(text) > LONGEST_PHONE and any(len(o) > LONGEST_PHONE for o in split_phones(text)):
            words = gettext("The number holds more than %(most)s characters. Shorten it.")
            return failed(field, words % {"most": LONGEST_PHONE})
    return None


def with_names(row: ImportRow) -> ImportRow:
    """A “Name” beside a first name that it does not hold is the last name."""
    said = row.values
    first, name = said.get("first_name"), said.get("full_name")
    if not first or not name or said.get("last_name") or first.casefold() in name.casefold():
        return row
    return row._replace(values={**said, "full_name": None, "last_name": name})
