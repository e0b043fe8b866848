"""People and companies out of files: new ones in bulk, known ones edited where they differ."""

from baton.core.offers import import_targets
from baton.records.people.imports.companies import COMPANIES
from baton.records.people.imports.consents import CONSENTS
from baton.records.people.imports.people import PEOPLE

import_targets.add(COMPANIES)
import_targets.add(PEOPLE)
import_targets.add(CONSENTS)
