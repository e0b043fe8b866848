from django.urls import include, path

from baton.sales.customers.views import (
    acts,
    answering,
    keeping,
    listing,
    plans,
    records,
    renewals,
    settings,
    steps,
    surveys,
)

app_name = "customers"
mounted_at = ""  # customers answer at /ask/, the staff's pages are below /customers/
office = [
    path("", listing.customers, name="customers"),
    path("agreement/", settings.agreement, name="agreement"),
    path("plan/", plans.template, name="template"),
    path("plan/usual/", plans.usual, name="usual"),
    path("plan/<uuid:key>/", plans.template_step, name="template-step"),
    path("plan/<uuid:key>/remove/", plans.remove_template_step, name="remove-template-step"),
    path("steps/", steps.listed, name="steps"),
    path("steps/<uuid:key>/", steps.tick, name="step"),
    path("steps/<uuid:key>/remove/", steps.remove, name="remove-step"),
    path("renewals/", renewals.renewals, name="renewals"),
    path("surveys/", surveys.surveys, name="surveys"),
    path("surveys/<uuid:key>/take-back/", surveys.take_back, name="take-back"),
    path("start/<uuid:key>/", acts.start, name="start"),
    path("<uuid:key>/", records.customer, name="customer"),
    path("<uuid:key>/accept/", acts.accept, name="accept"),
    path("<uuid:key>/called/", acts.called, name="called"),
    path("<uuid:key>/give/", acts.give, name="give"),
    path("<uuid:key>/plan/", steps.begin, name="begin-plan"),
    path("<uuid:key>/steps/", steps.add, name="add-step"),
    path("<uuid:key>/first-value/", keeping.first_value, name="first-value"),
    path("<uuid:key>/issue/", keeping.issue, name="issue"),
    path("<uuid:key>/issue/solved/", keeping.solved, name="solved"),
    path("<uuid:key>/contract/", renewals.contract, name="contract"),
    path("<uuid:key>/renew/", renewals.renew, name="renew"),
    path("<uuid:key>/churn/", renewals.churn, name="churn"),
    path("<uuid:key>/won-back/", renewals.won_back, name="won-back"),
    path("<uuid:key>/next-deal/", renewals.next_deal, name="next-deal"),
    path("<uuid:key>/ask/", surveys.ask, name="ask"),
    path("<uuid:key>/delete/", acts.delete, name="delete"),
]
urlpatterns = [
    path("ask/<str:token>/", answering.answer, name="answer"),
    path("customers/", include(office)),
]
