"""Campaigns and their members, out of the exports of Salesforce and Zoho."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from baton.core.facts.models import FactRecord
from baton.marketing.campaigns.actions import create_campaign
from baton.marketing.campaigns.models import Campaign, CampaignMember, Cost
from baton.marketing.campaigns.tests.factories import a_cost
from baton.operations.exchange.models import Import
from baton.operations.exchange.tests.conftest import created
from baton.records.people.models import Person
from baton.records.people.tests.factories import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]

FAIR = {
    "Id": "701A",
    "Name": "Fair 2025",
    "Type": "Trade Show",
    "StartDate": "2025-03-01",
    "EndDate": "2025-03-03",
    "ActualCost": "4000.50",
    "BudgetedCost": "5000",
    "Description": "Meet bakers",
    "IsDeleted": "0",
}
LENA = {
    "Id": "003A",
    "LastName": "Fischer",
    "FirstName": "Lena",
    "AccountId": "",
    "Email": "lena@halden.example",
    "CreatedDate": "2025-02-01T08:00:00.000Z",
    "OwnerId": "",
}
CAME = {
    "Id": "00vA",
    "CampaignId": "701A",
    "ContactId": "003A",
    "LeadId": "",
    "Status": "Responded",
    "HasResponded": "true",
    "FirstRespondedDate": "2025-03-02",
    "CreatedDate": "2025-02-20T08:00:00.000Z",
}
RESPONDED = datetime(2025, 3, 2, tzinfo=UTC)


@pytest.fixture
def files(write):
    return [write("Campaign", FAIR), write("Contact", LENA), write("CampaignMember", CAME)]


def test_salesforce_campaign_comes_with_period_cost_and_who_responded(run_known, files):
    data = run_known(*files)

    assert created(data) == {"campaign": 1, "person": 1, "consent": 0, "member": 1}
    fair = Campaign.objects.get()
    assert (fair.name, fair.channel, fair.starts_on) == ("Fair 2025", "event", date(2025, 3, 1))
    assert fair.goal == "Meet bakers\nBudgetedCost: 5000"
    [cost] = Cost.objects.all()
    assert (cost.amount, cost.kind, cost.to_on) == (Decimal("4000.50"), "other", fair.ends_on)
    [member] = CampaignMember.objects.all()
    assert (member.status, member.at) == ("responded", RESPONDED)
    facts = FactRecord.objects.filter(name="campaign.joined").order_by("happened_at")
    assert [(fact.payload["status"], fact.origin) for fact in facts] == [
        ("reached", "import"),
        ("responded", "import"),
    ]


def test_same_files_again_change_nothing_and_nobody_goes_back(run_known, files, write):
    run_known(*files)

    again = run_known(*files)
    less = run_known(write("members", CAME | {"HasResponded": "0", "FirstRespondedDate": ""}))

    assert again["totals"] | {"unchanged": 0} == dict.fromkeys(again["totals"], 0)
    assert less["objects"]["member"]["unchanged"] == 1
    assert CampaignMember.objects.get().status == "responded"


def test_undo_takes_campaigns_costs_and_members_back(run_known, files, undone):
    run_known(*files)

    undone(Import.objects.get())

    assert not CampaignMember.objects.exists()
    assert not FactRecord.objects.standing().filter(name="campaign.joined").exists()
    left = [kind.objects.living().count() for kind in (Campaign, Cost, Person)]
    assert left == [0, 0, 0]
    assert created(run_known(*files))["member"] == 1


def test_campaign_that_is_here_keeps_its_own_costs_and_is_told_of_the_other(run_known, write):
    ours = create_campaign(name="Fair 2025", channel="display", by=None, at=AT)
    day = date(2025, 3, 1)
    a_cost(campaign=ours, amount=Decimal(10), from_on=day, to_on=day)

    data = run_known(write("Campaign", FAIR))

    assert (Cost.objects.count(), Campaign.objects.count()) == (1, 1)
    assert [one["field"] for one in data["conflicts"]] == ["actual_cost"]
    ours.refresh_from_db()
    assert (ours.channel, ours.starts_on) == ("display", date(2025, 3, 1))


def test_zoho_campaign_and_members_of_leads(run_known, write):
    campaign = {
        "Record Id": "z1",
        "Campaign Name": "Letter",
        "Type": "Email",
        "Status": "Active",
        "Start Date": "2025-03-01",
        "End Date": "2025-03-31",
        "Budgeted Cost": "",
        "Actual Cost": "20",
        "Created Time": "2025-02-01 08:00:00",
    }
    lead = {
        "Record Id": "z2",
        "Lead Source": "Web",
        "Lead Status": "New",
        "First Name": "Lena",
        "Last Name": "Fischer",
        "Email": "lena@halden.example",
        "Created Time": "2025-02-01 08:00:00",
    }
    member = {
        "Record Id": "z3",
        "Campaign.id": "z1",
        "Lead.id": "z2",
        "Member Status": "Responded",
        "Created Time": "2025-03-02 09:00:00",
    }

    data = run_known(write("Campaigns", campaign), write("Leads", lead), write("M", member))

    assert created(data) == {"campaign": 1, "person": 1, "consent": 0, "member": 1}
    [kept] = CampaignMember.objects.all()
    assert (kept.status, kept.campaign.channel) == ("responded", "email")
