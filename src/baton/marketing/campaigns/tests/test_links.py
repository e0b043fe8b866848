import pytest

from baton.marketing.campaigns.tests.factories import a_campaign
from baton.marketing.campaigns.tests.test_screens import NEW
from baton.marketing.capture.tests.factories import a_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture
def browser(marketer, signed_in):
    return signed_in(marketer)


def test_campaign_hands_out_the_links_of_published_pages(browser):
    a_page(title="Energy guide", slug="energy-guide")
    campaign = a_campaign(code="winter", channel="email")

    html = browser.get(campaign.get_absolute_url()).content.decode()

    link = "http://testserver/p/energy-guide/?utm_medium=email&amp;utm_campaign=winter"
    assert f'<b-copy data-text="{link}">' in html


def test_channel_is_chosen_never_guessed(browser, marketer):
    fresh = browser.get("/campaigns/new/").content.decode()
    refused = browser.post("/campaigns/new/", {**NEW, "channel": "", "owner": marketer.key})

    assert '<option value="" selected>How does it reach people?</option>' in fresh
    assert refused.status_code == 422
