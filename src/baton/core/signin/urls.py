from django.urls import path

from baton.core.signin.views import account, enter

app_name = "signin"
mounted_at = ""
urlpatterns = [
    path("sign-in/", enter.sign_in, name="sign-in"),
    path("sign-out/", enter.sign_out, name="sign-out"),
    path("account/password/", account.own_password, name="password"),
    path("account/sessions/", account.sessions, name="sessions"),
    path("account/sessions/end-others/", account.end_others, name="end-others"),
    path("account/sessions/<uuid:key>/end/", account.end_one, name="end-session"),
]
