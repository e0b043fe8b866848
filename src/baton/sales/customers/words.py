"""How the codes of the rules are called."""

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from baton.records.timeline.rules import Kind, Outcome
from baton.sales.customers.rules import (
    TOP,
    ChurnReason,
    FavourKind,
    FavourOutcome,
    Handover,
    Level,
    Mood,
    Promise,
    Reason,
    Rhythm,
    Sign,
    State,
    SurveyKind,
    Whose,
    read_reasons,
)

HANDOVERS: dict[str, Lazy] = {
    Handover.WAITING: _("To be taken over"),
    Handover.ACCEPTED: _("First call due"),
    Handover.DONE: _("Handed over"),
    Handover.NONE: _("Without handover"),
}
HANDOVER_HUES: dict[str, str] = {
    Handover.WAITING: "amber",
    Handover.ACCEPTED: "blue",
    Handover.DONE: "green",
    Handover.NONE: "gray",
}
PROMISES: dict[str, Lazy] = {
    Promise.ACCEPT: _("Taken over too late"),
    Promise.CALL: _("First call too late"),
}
WHOSE: dict[str, Lazy] = {
    Whose.OWNER: _("Owner"),
    Whose.SELLER: _("Seller"),
    Whose.CUSTOMER: _("Customer"),
}
LEVELS: dict[str, Lazy] = {
    Level.GREEN: _("Well"),
    Level.AMBER: _("Watch"),
    Level.RED: _("At risk"),
    Level.GRAY: _("Gone"),
}
SIGNS: dict[str, Lazy] = {
    Sign.HANDOVER: _("Handover late"),
    Sign.STEPS: _("Onboarding step late"),
    Sign.QUIET: _("No word for long"),
    Sign.ISSUE: _("Issue open"),
    Sign.RENEWAL: _("Renewal without a next step"),
    Sign.NPS: _("Would not recommend us"),
}
CHURN: dict[str, Lazy] = {
    ChurnReason.PRICE: _("Too dear"),
    ChurnReason.NO_USE: _("Hardly used it"),
    ChurnReason.MISSING: _("Something was missing"),
    ChurnReason.SERVICE: _("Not content with us"),
    ChurnReason.COMPETITOR: _("Went to a competitor"),
    ChurnReason.CLOSED: _("Need or company is gone"),
    ChurnReason.OTHER: _("Something else"),
}
FAVOUR_KINDS: dict[str, Lazy] = {
    FavourKind.REVIEW: _("Review"),
    FavourKind.REFERRAL: _("Referral"),
}
FAVOUR_SUMS: dict[str, Lazy] = {
    FavourKind.REVIEW: _("Reviews"),
    FavourKind.REFERRAL: _("Referrals"),
}
FAVOUR_OUTCOMES: dict[str, Lazy] = {
    "": _("Asked"),
    FavourOutcome.REVIEWED: _("Reviewed"),
    FavourOutcome.REFERRED: _("Referred"),
    FavourOutcome.DECLINED: _("Declined"),
}
FAVOUR_HUES: dict[str, str] = {
    "": "gray",
    FavourOutcome.REVIEWED: "green",
    FavourOutcome.REFERRED: "green",
    FavourOutcome.DECLINED: "amber",
}
SPOKEN: dict[str, Lazy] = {  # kind and outcome, as the timeline calls them
    f"{Kind.CALL}-{Outcome.CONVERSATION}": _("Call: we spoke"),
    f"{Kind.MEETING}-{Outcome.HELD}": _("Meeting: held"),
    f"{Kind.MAIL}-{Outcome.SENT}": _("Mail: sent"),
    f"{Kind.MAIL}-{Outcome.RECEIVED}": _("Mail: they wrote"),
    f"{Kind.CALL}-{Outcome.UNANSWERED}": _("Call: nobody answered"),
    f"{Kind.CALL}-{Outcome.VOICEMAIL}": _("Call: left a message"),
    f"{Kind.MEETING}-{Outcome.NO_SHOW}": _("Meeting: nobody came"),
}
SURVEY_KINDS: dict[str, Lazy] = {
    SurveyKind.NPS: _("NPS"),
    SurveyKind.CSAT: _("CSAT"),
}
SURVEY_ASKS: dict[str, Lazy] = {
    SurveyKind.NPS: _("NPS: would they recommend us, 0 to 10"),
    SurveyKind.CSAT: _("CSAT: how satisfied are they, 1 to 5"),
}
SURVEY_ENDS: dict[str, tuple[Lazy, Lazy]] = {
    SurveyKind.NPS: (_("not at all likely"), _("extremely likely")),
    SurveyKind.CSAT: (_("not at all"), _("very satisfied")),
}
SURVEY_STATES: dict[str, Lazy] = {
    State.OPEN: _("Asked"),
    State.ANSWERED: _("Answered"),
    State.CLOSED: _("Answered"),
    State.EXPIRED: _("Not answered"),
    State.GONE: _("Taken back"),
}
MOODS: dict[tuple[str, str], Lazy] = {
    (SurveyKind.NPS, Mood.GOOD): _("Promoter"),
    (SurveyKind.NPS, Mood.MIDDLE): _("Passive"),
    (SurveyKind.NPS, Mood.BAD): _("Detractor"),
    (SurveyKind.CSAT, Mood.GOOD): _("Satisfied"),
    (SurveyKind.CSAT, Mood.MIDDLE): _("Neither"),
    (SurveyKind.CSAT, Mood.BAD): _("Not satisfied"),
}
MOOD_HUES: dict[str, str] = {Mood.GOOD: "green", Mood.MIDDLE: "amber", Mood.BAD: "red"}


def question(kind: str, name: str) -> str:
    """As the customer reads it; ``name`` is what the company calls itself."""
    if kind == SurveyKind.NPS:
        asked = gettext("How likely are you to recommend %(name)s to a friend or colleague?")
    else:
        asked = gettext("How satisfied are you with %(name)s?")
    return asked % {"name": name}


def favour_text(kind: str, *, ours: str, url: str) -> str:
    """What somebody who is content is written; to be changed by who sends it."""
    if kind == FavourKind.REVIEW:
        asked = gettext(
            "thank you for saying how content you are with %(name)s.\n"
            "Would you tell others, too? A few sentences here are enough:\n%(url)s"
        )
    else:
        asked = gettext(
            "thank you for saying how content you are with %(name)s.\n"
            "Is there somebody whom we could help just as well? "
            "A name and how to reach them is all we need, if they agree."
        )
    said = asked % {"name": ours, "url": url}
    return "\n\n".join([gettext("Hello,"), said, gettext("Kind regards")])


def score_words(kind: str, score: int) -> str:
    """Like NPS 9 of 10."""
    words = gettext("%(kind)s %(score)s of %(top)s")
    return words % {"kind": SURVEY_KINDS[kind], "score": score, "top": TOP[SurveyKind(kind)]}


def reason_words(reason: Reason) -> str:
    """One reason as a sentence that names its figure."""
    n = reason.number
    match reason.sign:
        case Sign.STEPS:
            return ngettext("%(n)d step late", "%(n)d steps late", n) % {"n": n}
        case Sign.QUIET:
            return ngettext("no word for %(n)d day", "no word for %(n)d days", n) % {"n": n}
        case Sign.ISSUE:
            return ngettext("issue open for %(n)d day", "issue open for %(n)d days", n) % {"n": n}
        case Sign.RENEWAL:
            words = ngettext(
                "renewal in %(n)d day, no next step", "renewal in %(n)d days, no next step", n
            )
            return words % {"n": n}
        case Sign.NPS:
            return gettext("last NPS %(n)d of 10") % {"n": n}
        case _:
            return str(SIGNS[reason.sign])


def reasons_in_words(text: str) -> list[tuple[str, str]]:
    """(words, hue) of each reason that a row keeps."""
    return [(reason_words(one), one.level.value) for one in read_reasons(text)]


def rhythm_words(rhythm: Rhythm, level: Level) -> str:
    """Why it is every so many days."""
    if rhythm.own is not None and rhythm.days(level) == rhythm.own:
        return gettext("said for this customer")
    if rhythm.rule:
        return gettext("by the row “%(rule)s”") % {"rule": rhythm.rule}
    return gettext("as agreed for everybody else")
