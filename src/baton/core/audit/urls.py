from django.urls import path

from baton.core.audit import views

app_name = "audit"
urlpatterns = [path("", views.audit, name="list")]
