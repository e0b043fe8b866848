"""scikit-learn takes seconds and a hundred megabytes: no process of the web or worker has it, nor
numpy, which the matcher of files brings."""

import re
from pathlib import Path

import baton

ROOT = Path(baton.__file__).parent
BRINGS = r"baton\.qualification\.scoring\.rules\.foresight"
MATCHES = r"baton\.records\.duplicates\.rules"
HEAVY = re.compile(
    r"^(?:import|from) (?:numpy|scipy|sklearn|threadpoolctl)\b"
    rf"|^from {BRINGS}(?:\.| import )(?:blending|encoding|evidence|judging|leaking)\b"
    rf"|^from {BRINGS}(?:\.| import )(?:learning|reporting|training)\b"
    rf"|^from {MATCHES}(?:\.| import )(?:blocking|evaluating|levels|matching|weighing)\b",
    re.MULTILINE,
)
ALLOWED = {
    "records/duplicates/management/commands/duplicates.py",
    "records/duplicates/rules/blocking.py",
    "records/duplicates/rules/evaluating.py",
    "records/duplicates/rules/levels.py",
    "records/duplicates/rules/matching.py",
    "records/duplicates/rules/weighing.py",
    "operations/exchange/management/commands/score.py",
    "qualification/scoring/rules/foresight/blending.py",
    "qualification/scoring/rules/foresight/encoding.py",
    "qualification/scoring/rules/foresight/evidence.py",
    "qualification/scoring/rules/foresight/judging.py",
    "qualification/scoring/rules/foresight/leaking.py",
    "qualification/scoring/rules/foresight/learning.py",
    "qualification/scoring/rules/foresight/reporting.py",
    "qualification/scoring/rules/foresight/training.py",
}


def test_only_commands_bring_scikit_learn():
    heavy = {
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        if "tests" not in path.parts and HEAVY.search(path.read_text(encoding="utf-8"))
    }

    assert heavy == ALLOWED
