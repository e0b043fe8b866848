"""Names, addresses, origins. No database, no clock."""

from baton.records.people.rules.domains import domain_of, is_freemail, read_domain
from baton.records.people.rules.emails import MailAddress, UnreadableAddress, read_email
from baton.records.people.rules.names import MadeName, make_name, sort_key, tidy
from baton.records.people.rules.origins import Origin, origins_open_to, usual_origin
from baton.records.people.rules.phones import ReadPhone, read_phone, region_of

__all__ = [
    "MadeName",
    "MailAddress",
    "Origin",
    "ReadPhone",
    "UnreadableAddress",
    "domain_of",
    "is_freemail",
    "make_name",
    "origins_open_to",
    "read_domain",
    "read_email",
    "read_phone",
    "region_of",
    "sort_key",
    "tidy",
    "usual_origin",
]
