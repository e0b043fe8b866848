"""Companies are known by their domains; mail providers are nobody's company."""

import re
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

_PROVIDERS = """
    aol.com bol.com.br fastmail.com free.fr gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net
    googlemail.com hey.com hotmail.co.uk hotmail.com hotmail.com.br hotmail.de hotmail.fr icloud.com
    laposte.net libero.it live.com mac.com mail.com mail.ru me.com msn.com orange.fr outlook.com
    outlook.com.br outlook.de pm.me posteo.de proton.me protonmail.com qq.com seznam.cz t-online.de
    terra.com.br tuta.io uol.com.br wanadoo.fr web.de wp.pl yahoo.co.uk yahoo.com yahoo.com.br
    yahoo.de yahoo.fr yandex.ru ymail.com zoho.com 126.com 163.com"""
FREEMAIL = frozenset(_PROVIDERS.split())
REMEMBERED = 8192  # a file names each of its domains in many rows


@lru_cache(maxsize=REMEMBERED)
def read_domain(text: str) -> str:
    """ "https://www.Halden.example/jobs" is "halden.example"; "" when there is no domain in it."""
    host = text.strip().lower().partition("://")[2] or text.strip().lower()
    host = re.split(r"[/?#:]", host.rpartition("@")[2], maxsplit=1)[0].strip(".")
    try:
        found = validate_email(f"somebody@{host}", check_deliverability=False)
    except EmailNotValidError:
        return ""
    return found.ascii_domain.lower().removeprefix("www.")


def is_freemail(domain: str) -> bool:
    """Whether anybody can have a mailbox there: says nothing about a company."""
    return domain in FREEMAIL


def domain_of(normalised_email: str) -> str:
    """The company's domain behind an address; "" for providers of private mail."""
    domain = normalised_email.rpartition("@")[2].removeprefix("www.")
    return "" if is_freemail(domain) else domain
