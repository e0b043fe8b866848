from django.urls import path

from baton.sales.customers.views import acts, listing, records, settings

app_name = "customers"
urlpatterns = [
    path("", listing.customers, name="customers"),
    path("agreement/", settings.agreement, name="agreement"),
    path("start/<uuid:key>/", acts.start, name="start"),
    path("<uuid:key>/", records.customer, name="customer"),
    path("<uuid:key>/accept/", acts.accept, name="accept"),
    path("<uuid:key>/called/", acts.called, name="called"),
    path("<uuid:key>/give/", acts.give, name="give"),
    path("<uuid:key>/delete/", acts.delete, name="delete"),
]
