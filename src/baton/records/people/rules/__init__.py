"""Names, addresses, origins. No database, no clock."""

from baton.records.people.rules.domains import domain_of, is_freemail, read_domain
from baton.records.people.rules.emails import MailAddress, UnreadableAddress, read_email
from baton.records.people.rules.names import MadeName, make_name, sort_key, tidy
from baton.records.people.rules.origins import Origin, origins_open_to, usual_origin
from baton.records.people.rules.phones import ReadPhone, read_phone, region_of
from baton.records.people.rules.tags import PREFIX as TAG
from baton.records.people.rules.tags import each_once, normalised_tag, split_tags

__all__ = [
    "TAG",
    "MadeName",
    "MailAddress",
    "Origin",
    "ReadPhone",
    "UnreadableAddress",
    "domain_of",
    "each_once",
    "is_freemail",
    "make_name",
    "normalised_tag",
    "origins_open_to",
    "read_domain",
    "read_email",
    "read_phone",
    "region_of",
    "sort_key",
    "split_tags",
    "tidy",
    "usual_origin",
]
