import getpass
import os
import secrets
import sys
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from email_validator import EmailNotValidError, validate_email

from baton.core.errors import RuleViolation
from baton.core.money.rules import check_currency
from baton.core.worktime.rules import find_zone
from baton.operations.administration import actions

Found = TypeVar("Found")


class Command(BaseCommand):
    help = "Make the database, the company and the first admin. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--admin", required=True, metavar="EMAIL", help="Who signs in first.")
        parser.add_argument("--company", default="", help="The company's name.")
        parser.add_argument("--zone", default="UTC", help="Its time zone, like Europe/Berlin.")
        parser.add_argument("--currency", default="EUR", help="Its currency, like EUR.")
        parser.add_argument("--demo", action="store_true", help="Add the demo company's story.")

    def handle(self, *args: Any, **options: Any) -> None:
        email = _checked(options["admin"])
        currency = _known("--currency", check_currency, options["currency"])
        zone = _known("--zone", find_zone, options["zone"]).key
        call_command("migrate", verbosity=0, interactive=False)
        password = _password()
        admin, is_new = actions.set_up(
            admin_email=email,
            password=password,
            at=timezone.now(),
            company=options["company"],
            zone=zone,
            currency=currency,
        )
        if is_new:
            self.stdout.write(f"Sign in as {admin.email} with the password {password}")
        else:
            self.stdout.write(f"{admin.email} has an account already; nothing was changed for it.")
        if options["demo"]:
            call_command("demo", people=0)


def _checked(email: str) -> str:
    try:
        return validate_email(email, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise CommandError(f"--admin needs a mail address: {error}", returncode=2) from error


def _known(option: str, check: Callable[[str], Found], text: str) -> Found:
    """Before anything is made: an option that nothing can be done with is a wrong command."""
    try:
        return check(text)
    except RuleViolation as no:
        raise CommandError(f"{option}: {no}", returncode=2) from no


def _password() -> str:
    """From BATON_ADMIN_PASSWORD, typed at a terminal, or made up and shown once."""
    if password := os.environ.get("BATON_ADMIN_PASSWORD"):
        return password
    if sys.stdin.isatty() and (typed := getpass.getpass("Password (empty = make one): ")):
        return typed
    return secrets.token_urlsafe(12)
