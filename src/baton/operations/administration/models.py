from django.db import models


class SkippedStep(models.Model):
    """A step of the guide on a new house's home that somebody in charge wants to see no more."""

    name = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.name
