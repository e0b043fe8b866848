from baton.operations.administration.queries.health import Finding, findings
from baton.operations.administration.queries.people import members_of, regions, teams_with_members

__all__ = ["Finding", "findings", "members_of", "regions", "teams_with_members"]
