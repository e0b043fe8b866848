from django.urls import path

from baton.qualification.lifecycle import views

app_name = "lifecycle"
urlpatterns = [
    path("people/<uuid:key>/move/", views.move, name="move"),
    path("undo/<uuid:batch>/", views.undo, name="undo"),
]
