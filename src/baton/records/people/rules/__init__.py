"""Names, addresses, origins. No database, no clock."""

from baton.records.people.rules.countries import read_country, region_of, spellings_of
from baton.records.people.rules.domains import domain_of, is_freemail, read_domain
from baton.records.people.rules.emails import MailAddress, UnreadableAddress, read_email
from baton.records.people.rules.links import UnreadableLink, read_linkedin, read_website, read_x
from baton.records.people.rules.names import MadeName, make_name, sort_key, tidy
from baton.records.people.rules.origins import Origin, origins_open_to, usual_origin
from baton.records.people.rules.phones import ReadPhone, read_phone
from baton.records.people.rules.postal import PARTS as POSTAL_PARTS
from baton.records.people.rules.postal import AddressKind, postal_line, read_postal
from baton.records.people.rules.profile import (
    BuyingRole,
    NoSuchChoice,
    Seniority,
    read_choice,
)
from baton.records.people.rules.several import is_several, split_emails, split_phones
from baton.records.people.rules.tags import PREFIX as TAG
from baton.records.people.rules.tags import each_once, normalised_tag, split_tags

__all__ = [
    "POSTAL_PARTS",
    "TAG",
    "AddressKind",
    "BuyingRole",
    "MadeName",
    "MailAddress",
    "NoSuchChoice",
    "Origin",
    "ReadPhone",
    "Seniority",
    "UnreadableAddress",
    "UnreadableLink",
    "domain_of",
    "each_once",
    "is_freemail",
    "is_several",
    "make_name",
    "normalised_tag",
    "origins_open_to",
    "postal_line",
    "read_choice",
    "read_country",
    "read_domain",
    "read_email",
    "read_linkedin",
    "read_phone",
    "read_postal",
    "read_website",
    "read_x",
    "region_of",
    "sort_key",
    "spellings_of",
    "split_emails",
    "split_phones",
    "split_tags",
    "tidy",
    "usual_origin",
]
