from baton.records.audience.rules import clean_lines


def test_lines_are_tidied_and_told_once():
    assert clean_lines([" Saves  time ", "", "Saves time", "Cuts cost"]) == [
        "Saves time",
        "Cuts cost",
    ]
