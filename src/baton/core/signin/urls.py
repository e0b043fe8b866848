from django.urls import path

from baton.core.signin.views import account, enter, invited, second_step

app_name = "signin"
mounted_at = ""
urlpatterns = [
    path("sign-in/", enter.sign_in, name="sign-in"),
    path("sign-in/code/", enter.code, name="code"),
    path("invited/<str:secret>/", invited.invited, name="invited"),
    path("sign-out/", enter.sign_out, name="sign-out"),
    path("account/password/", account.own_password, name="password"),
    path("account/sessions/", account.sessions, name="sessions"),
    path("account/sessions/end-others/", account.end_others, name="end-others"),
    path("account/sessions/<uuid:key>/end/", account.end_one, name="end-session"),
    path("account/second-step/", second_step.second_step, name="second-step"),
    path("account/second-step/begin/", second_step.begin, name="begin-second-step"),
    path("account/second-step/codes/", second_step.new_codes, name="new-codes"),
    path("account/second-step/end/", second_step.end, name="end-second-step"),
]
