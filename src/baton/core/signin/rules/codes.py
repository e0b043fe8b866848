"""Codes of an app on the phone (RFC 6238), and recovery codes on paper."""

import base64
import hashlib
import hmac
from datetime import datetime
from urllib.parse import quote, urlencode

SECONDS, DIGITS = 30, 6  # what every app understands
DRIFT = 1  # steps that a phone's clock may be ahead or behind


def step_at(at: datetime) -> int:
    """Which half minute it is."""
    return int(at.timestamp()) // SECONDS


def code_at(secret: bytes, step: int, *, digits: int = DIGITS) -> str:
    """RFC 4226 over the number of the step."""
    digest = hmac.new(secret, step.to_bytes(8, "big"), hashlib.sha1).digest()
    place = digest[-1] & 15
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def step_of(code: str, secret: bytes, *, at: datetime) -> int | None:
    """The step whose code this is, now or one off; None for a wrong one. All are compared."""
    now = step_at(at)
    steps = range(now - DRIFT, now + DRIFT + 1)
    fitting = [step for step in steps if hmac.compare_digest(code_at(secret, step), code)]
    return max(fitting, default=None)


def cleaned(typed: str) -> str:
    """As the app or the paper has it, however it was typed: no gaps, no hyphens, capitals."""
    return "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())


def is_of_app(code: str) -> bool:
    return len(code) == DIGITS and code.isdecimal()


def written(secret: bytes) -> str:
    """Base32, as apps take it by hand."""
    return base64.b32encode(secret).decode().rstrip("=")


def in_groups(text: str, *, size: int = 4, gap: str = " ") -> str:
    """Four signs at a time are easy to read off."""
    return gap.join(text[at : at + size] for at in range(0, len(text), size))


def address_of(secret: bytes, *, issuer: str, account: str) -> str:
    """What the picture says to the app."""
    label = f"{quote(issuer, safe='')}:{quote(account, safe='@')}"
    asked = urlencode({"secret": written(secret), "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{label}?{asked}"
