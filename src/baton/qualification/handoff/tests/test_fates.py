"""How the leads of the demo's year fare."""

from baton.qualification.handoff.demo.fates import share_in_need


def test_who_fits_needs_us_more_often_so_that_a_score_can_be_learned():
    shares = [share_in_need(fit=points) for points in (-40, 0, 20, 40, 60)]

    assert shares == sorted(shares)
    assert shares[0] == shares[1] < 0.2
    assert 0.5 < shares[2] < 0.6
    assert shares[-1] > 0.9
