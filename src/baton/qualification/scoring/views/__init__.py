from baton.qualification.scoring.views.foresight import ask, foresight, stop, use
from baton.qualification.scoring.views.points import delete, edit, person_panel, rules

__all__ = ["ask", "delete", "edit", "foresight", "person_panel", "rules", "stop", "use"]
