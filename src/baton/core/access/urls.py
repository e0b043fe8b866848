from django.urls import path

from baton.core.access import views

app_name = "access"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("password/", views.own_password, name="password"),
    path("theme/", views.set_theme, name="theme"),
]
mounted_at = ""
