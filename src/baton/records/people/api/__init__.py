"""People and companies over the REST API: /api/v1/people/, many and /api/v1/people/companies/."""

from ninja import Router

from baton.records.people.api import companies, many, people

router = Router(tags=["people"])
router.add_router("/companies/", companies.router, tags=["companies"])
router.add_router("/many/", many.router, tags=["people"])
router.add_router("/", people.router, tags=["people"])

__all__ = ["router"]
