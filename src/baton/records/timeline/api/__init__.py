"""Notes, activities, tasks and timelines over /api/v1/timeline/."""

from baton.records.timeline.api import entries, tasks, written
from baton.records.timeline.api.routes import router

__all__ = ["entries", "router", "tasks", "written"]
