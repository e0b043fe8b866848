from django.urls import path

from baton.records.material.views import library, sending, working

app_name = "material"
mounted_at = "material/"
urlpatterns = [
    path("", library.library, name="library"),
    path("new/", library.edit, name="new"),
    path("works/", working.works, name="works"),
    path("people/<uuid:key>/", sending.for_person, name="person"),
    path("<uuid:key>/", library.material, name="material"),
    path("<uuid:key>/edit/", library.edit, name="edit"),
    path("<uuid:key>/retire/", library.retire, name="retire"),
    path("<uuid:key>/delete/", library.delete, name="delete"),
    path("send/", sending.send, name="send"),
]
