"""The words on the demo company's pages. Fennmark makes meters for factories."""

from dataclasses import dataclass, field

from baton.marketing.capture.rules import BlockKind, FieldKind, Fills, FormField

Texts = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class FormWords:
    """A form of the story."""

    name: str
    code: str
    fields: tuple[FormField, ...]
    button: str
    thanks: str
    note: str = ""
    consent_wording: str = ""


@dataclass(frozen=True, kw_only=True)
class PageWords:
    """A page of the story; ``form`` is a form's code."""

    slug: str
    title: str
    description: str
    form: str = ""
    blocks: tuple[tuple[BlockKind, Texts], ...] = field(default=())


def _choice(code: str, label: str, *choices: str, fills: Fills = Fills.NOTHING) -> FormField:
    return FormField(code=code, kind=FieldKind.CHOICE, label=label, choices=choices, fills=fills)


NAME = FormField(
    code="name", kind=FieldKind.TEXT, label="Your name", is_required=True, fills=Fills.FULL_NAME
)
EMAIL = FormField(code="email", kind=FieldKind.EMAIL, label="Work email", is_required=True)
COMPANY = FormField(code="company", kind=FieldKind.COMPANY, label="Company")
PHONE = FormField(code="phone", kind=FieldKind.PHONE, label="Phone", help="If you like a call.")
JOB = FormField(code="job", kind=FieldKind.TEXT, label="What you do", fills=Fills.JOB_TITLE)
HEARD = FormField(
    code="heard",
    kind=FieldKind.TEXT,
    label="How did you hear about us?",
    fills=Fills.SAID_SOURCE,
)
PLANTS = _choice("plants", "How many plants?", "One", "2 to 5", "6 or more", "I advise others")
NEED = FormField(
    code="need", kind=FieldKind.TEXTAREA, label="What would you like to see?", is_required=True
)
LETTER = FormField(
    code="letter",
    kind=FieldKind.CONSENT,
    label="Also send the monthly letter",
    help="One mail a month. Leave with one click.",
)
WORDING = "Also send the monthly letter. One mail a month. Leave with one click."

FORMS = (
    FormWords(
        name="Guide download",
        code="guide-download",
        fields=(NAME, EMAIL, COMPANY, PLANTS, HEARD, LETTER),
        button="Send me the guide",
        thanks="The guide is on its way to your mailbox.\n\nIt takes an hour to read. Chapter two "
        "saves most people the first week.",
        note="One mail with the link. Nobody calls you for it.",
        consent_wording=WORDING,
    ),
    FormWords(
        name="Request a demo",
        code="request-demo",
        fields=(NAME, EMAIL, COMPANY, PHONE, NEED, HEARD),
        button="Ask for a demo",
        thanks="Thank you. A colleague who knows plants like yours answers within the day.",
        note="Half an hour, on your own figures if you send some.",
    ),
    FormWords(
        name="Webinar sign-up",
        code="webinar-signup",
        fields=(NAME, EMAIL, JOB, COMPANY, HEARD, LETTER),
        button="Keep me a seat",
        thanks="Your seat is kept. The link comes a day before.",
        consent_wording=WORDING,
    ),
)

FOOTER = "Fennmark, Speicherstrasse 4, Lübeck. What you send us stays on our own servers."
NIGHT = (
    BlockKind.CHART,
    {
        "title": "A Sunday in a dairy of 120 people",
        "text": "Kilowatts by the hour. Nobody was there, and the plant used 41 % of a weekday.",
        "values": "38 37 37 36 36 37 41 44 45 44 43 43 42 42 43 44 46 52 49 44 41 39 38 38",
        "marked": "1-6, 19-24",
        "ticks": "0 h | 6 | 12 | 18 | 24",
        "say": "chillers and air, all night",
    },
)
FORM = (BlockKind.FORM, {"title": ""})

PAGES = (
    PageWords(
        slug="welcome",
        title="Know what every machine uses",
        description="Meters that fit in a shift, and one screen that says which machine to look at "
        "first. For plants of 50 people and more.",
        blocks=(
            (
                BlockKind.LINKS,
                {"items": "Ask for a demo | demo\nRead the guide | energy-guide\nPrices | pricing"},
            ),
            NIGHT,
            (
                BlockKind.FIGURES,
                {
                    "items": "61 plants | metered in eight countries | Since 2019\n"
                    "17 % | less energy in the first year, the middle of all | By their own bills\n"
                    "1 shift | to fit a line, without stopping it | Longest so far: two"
                },
            ),
            (
                BlockKind.LIST,
                {
                    "title": "What you get",
                    "items": "1 | Clamps that go on while the line runs\n"
                    "2 | A curve for each machine, every minute\n"
                    "3 | A morning mail that names the one machine to look at\n"
                    "4 | The proof your auditor asks for, as a file",
                },
            ),
            (
                BlockKind.QUOTE,
                {
                    "text": "“The oven was fine. It was the door that stood open between two "
                    "batches, four hundred times a week.”",
                    "by": "Hugo Martin, Umber Bakery",
                },
            ),
        ),
    ),
    PageWords(
        slug="pricing",
        title="What it costs",
        description="A price for each measuring point and month, hardware included. You can stop "
        "at the end of any month.",
        blocks=(
            (
                BlockKind.LINKS,
                {
                    "items": "Ask for a demo | demo\nBack to the start | welcome\n"
                    "Read the guide | energy-guide"
                },
            ),
            (
                BlockKind.FIGURES,
                {
                    "items": "€19 | a point and month, up to 50 points | Gateway included\n"
                    "€14 | a point and month, above 50 points | Gateway included\n"
                    "€0 | for fitting, if a meter pays less than it costs | In the first year"
                },
            ),
            (
                BlockKind.LIST,
                {
                    "title": "Always included",
                    "items": "Clamps and gateways, and new ones when they break\nThe morning mail\n"
                    "Export for your ISO 50001 audit\nAs many colleagues as you like",
                },
            ),
            (
                BlockKind.QUOTE,
                {
                    "text": "“We had the price of a meter in our heads. It was the electrician "
                    "that cost, and that part fell away.”",
                    "by": "Lena Fischer, Halden Foods",
                },
            ),
        ),
    ),
    PageWords(
        slug="energy-guide",
        title="Find what your plant uses while it sleeps",
        description="Forty pages for energy and plant managers: where to measure first, how to "
        "read a night curve, and what an auditor wants to see.",
        form="guide-download",
        blocks=(
            NIGHT,
            (BlockKind.FORM, {"title": "Send me the guide"}),
            (
                BlockKind.FIGURES,
                {
                    "items": "40 pages | without a word about our products | Second edition\n"
                    "3 machines | make up most of a quiet plant's bill | Of 61 plants\n"
                    "€0 | and the worksheets are yours to change | As a spreadsheet, too"
                },
            ),
            (
                BlockKind.LIST,
                {
                    "title": "Inside",
                    "items": "5 | Read a night curve\n9 | The three machines to measure first\n"
                    "17 | What standby costs, and whom to tell\n26 | Eleven questions of an audit\n"
                    "34 | Worksheets for ninety days",
                },
            ),
            (
                BlockKind.QUOTE,
                {
                    "text": "“I read it on the train and switched off a compressor before lunch.”",
                    "by": "Clara Moreau, Vantage Seafood",
                },
            ),
        ),
    ),
    PageWords(
        slug="demo",
        title="See your own plant on one screen",
        description="Half an hour with somebody who has fitted meters in plants like yours. Bring "
        "a bill or a load curve, and we look at it together.",
        form="request-demo",
        blocks=(
            (
                BlockKind.TEXT,
                {
                    "text": "You see a plant of your trade, live: its night, its start in the "
                    "morning, and the machine that gave itself away.\n\nThen we go through what "
                    "fitting would mean for you, and what it would not."
                },
            ),
            (
                BlockKind.LINKS,
                {"items": "What it costs | pricing\nRead the guide first | energy-guide"},
            ),
            (BlockKind.FORM, {"title": "Ask for a demo"}),
        ),
    ),
    PageWords(
        slug="audit-guide",
        title="Ready for the audit in ninety days",
        description="What ISO 50001 asks of a plant with one electrician: the measuring plan, the "
        "proof, and the order to do it in.",
        form="guide-download",
        blocks=(
            (
                BlockKind.TEXT,
                {
                    "text": "Most plants fail on the same page: nobody can show what one machine "
                    "used on one night. The guide begins there."
                },
            ),
            (BlockKind.FORM, {"title": "Send me the guide"}),
        ),
    ),
    PageWords(
        slug="energy-monitoring",
        title="Energy monitoring that says where to look",
        description="Not another wall of charts: one machine a day, with what it costs and why we "
        "think so.",
        form="request-demo",
        blocks=(NIGHT, (BlockKind.LINKS, {"items": "What it costs | pricing"}), FORM),
    ),
    PageWords(
        slug="iso-webinar",
        title="ISO 50001 with the team you have",
        description="An hour with two plants that passed this year, and their auditor. Bring your "
        "questions.",
        form="webinar-signup",
        blocks=(
            (
                BlockKind.LIST,
                {
                    "title": "What we go through",
                    "items": "What was ready, and what was not\nThe measuring plan on one page\n"
                    "What the auditor looked at first",
                },
            ),
            (BlockKind.FORM, {"title": "Keep me a seat"}),
        ),
    ),
)
