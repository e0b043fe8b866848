"""What is typed: verdicts and calls, what heads agree on, who takes turns."""

from baton.qualification.handoff.forms.agreement import AgreementForm
from baton.qualification.handoff.forms.executives import (
    ExecutivesForm,
    HandOnForm,
    QualifyAndHandOnForm,
    ReturnForm,
    terms_typed,
)
from baton.qualification.handoff.forms.owners import OwnersForm, owners_typed
from baton.qualification.handoff.forms.pauses import PauseForm, RestForm
from baton.qualification.handoff.forms.replies import ReplyForm
from baton.qualification.handoff.forms.routing import (
    MemberForm,
    NewMemberForm,
    PoolForm,
    RoutingRuleForm,
)
from baton.qualification.handoff.forms.verdicts import (
    ChoicesForm,
    ContactForm,
    DisqualifyForm,
    GiveForm,
    NeedForm,
    RejectForm,
    able_users,
)

__all__ = [
    "AgreementForm",
    "ChoicesForm",
    "ContactForm",
    "DisqualifyForm",
    "ExecutivesForm",
    "GiveForm",
    "HandOnForm",
    "MemberForm",
    "NeedForm",
    "NewMemberForm",
    "OwnersForm",
    "PauseForm",
    "PoolForm",
    "QualifyAndHandOnForm",
    "RejectForm",
    "ReplyForm",
    "RestForm",
    "ReturnForm",
    "RoutingRuleForm",
    "able_users",
    "owners_typed",
    "terms_typed",
]
