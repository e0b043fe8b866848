from django.urls import path

from baton.core.changes import views

app_name = "changes"
urlpatterns = [path("<uuid:batch>/undo/", views.undo, name="undo")]
