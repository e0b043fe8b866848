from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from baton.core.access.queries import who_can_sign_in
from baton.core.signin.actions import end_second_step


class Command(BaseCommand):
    help = "Take the second step of somebody off who has neither phone nor recovery codes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL")

    def handle(self, *args: Any, **options: Any) -> None:
        user = who_can_sign_in().filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {options['email']}.", returncode=2)
        if not end_second_step(user=user, by=None, at=timezone.now()):
            raise CommandError(f"{user.email} has no second step.", returncode=2)
        self.stdout.write(f"{user.email} signs in by password alone now.")
