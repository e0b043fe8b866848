"""Each module's screens under its own name, each module's routes under /api/v1/."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from ninja import Router

from baton.core import modules
from baton.core.api.bodies import ObjectParser
from baton.core.api.contract import HouseAPI
from baton.core.api.doors import KeyDoor
from baton.core.api.problems import speak_problems

# No page of documentation: it would load scripts from elsewhere. docs/api.md and openapi.json tell.
api = HouseAPI(
    title="Baton",
    version="1",
    auth=KeyDoor(),
    parser=ObjectParser(),
    urls_namespace="api",
    docs_url=None,
)
speak_problems(api)
for name, router in modules.exported("api", "router"):
    assert isinstance(router, Router)
    api.add_router(f"/{name}/", router)


def _screens() -> list[URLPattern | URLResolver]:
    """``urls.py`` of a module, at the place its ``mounted_at`` names (its own name by default)."""
    found: list[URLPattern | URLResolver] = []
    for module in [*modules.core_apps(), *modules.installed()]:
        if modules.has(module, "urls"):
            place = modules.mounted_at(module)
            found.append(path(place, include(f"{module}.urls")))
    return found


urlpatterns = [
    path("api/v1/", api.urls),
    path("favicon.ico", RedirectView.as_view(url="/static/ui/icon.svg")),
    *_screens(),
]
handler400 = "baton.config.refusals.bad_request"
handler403 = "baton.core.ui.views.forbidden"
handler404 = "baton.config.refusals.not_found"
handler500 = "baton.config.refusals.broken"
