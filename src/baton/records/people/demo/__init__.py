"""The people and companies of the demo's story; higher chapters go on with them."""

from baton.core.demo.slots import Chapter, chapters
from baton.records.people.demo.telling import tell_companies, tell_people

chapters.add(Chapter("companies", 29, tell_companies))
chapters.add(Chapter("people", 30, tell_people))
