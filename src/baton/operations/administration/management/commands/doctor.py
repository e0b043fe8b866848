import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from baton.operations.administration.queries import findings


class Command(BaseCommand):
    help = "What is wrong with this installation, and how to mend it. Exit 1 when something is."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        found = findings(at=timezone.now())
        for finding in found:
            mark = "bad " if finding.is_bad else "note"
            self.stdout.write(f"{mark}  {finding.what}\n      {finding.remedy}")
        if not found:
            self.stdout.write("All is well.")
        sys.exit(1 if any(finding.is_bad for finding in found) else 0)
