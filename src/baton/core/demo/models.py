from django.db import models


class DemoRow(models.Model):
    """That this row came with the demo, so that it can go with it."""

    model = models.CharField(max_length=80)  # app_label.ModelName
    object_id = models.PositiveBigIntegerField()
    # Of a login: what it was like when the demo made it. One that differs is somebody's by now.
    seal = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "object_id"], name="demo_row_once")]

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}"
