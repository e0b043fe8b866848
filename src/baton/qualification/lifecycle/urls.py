from django.urls import path

from baton.qualification.lifecycle.views import companies, people

app_name = "lifecycle"
urlpatterns = [
    path("people/<uuid:key>/move/", people.move, name="move"),
    path("companies/<uuid:key>/move/", companies.move, name="move-company"),
    path("companies/<uuid:key>/free/", companies.free, name="free-company"),
    path("undo/<uuid:batch>/", people.undo, name="undo"),
]
