"""What the engine asks of whoever knows the county's townships and villages (villages.names.Gazetteer)."""

from dataclasses import dataclass
from typing import Protocol

from rosters.problems import Found


@dataclass(frozen=True)
class Place:
    """Where a row belongs. Names are the official ones; None for what could not be told. `found`: (field, Found)."""

    township: str | None = None
    village: str | None = None
    township_code: str | None = None
    village_code: str | None = None
    found: tuple[tuple[str, Found], ...] = ()
    # True when the township came out of the village's cell.
    township_in_cell: bool = False


class Gazetteer(Protocol):
    county_name: str

    def resolve(self, township: str, village: str, assumed: str | None = None) -> Place:
        """`township` and `village` as typed; `assumed` an official township name to fall back on."""

    def township_named(self, text: str) -> str | None:
        """The official name when the text is a township's name."""

    def township_mentioned(self, text: str) -> str | None:
        """The official name when exactly one township is named somewhere in the text."""

    def is_village(self, text: str, township: str | None = None) -> bool:
        """True when the text names at least one village of the county (of the township)."""

    def village_mentioned(self, text: str, township: str | None) -> str | None:
        """The name of the one village (of the township) that is named in full somewhere in the text."""

    def village_choices(self, code: str) -> list[tuple[str, str]]:
        """(code, name with township) of the villages of the division `code`."""


_gazetteers = []


def register_gazetteers(factory):
    """`factory(county_code, on)` gives the Gazetteer of a county; called by the app that keeps the villages."""
    _gazetteers[:] = [factory]


def gazetteer_of(county_code, on):
    """The Gazetteer of a county on the date `on`."""
    return _gazetteers[0](county_code, on)


class HomeGazetteer:
    """A county's gazetteer for somebody of one township: what fits several townships is the one at home."""

    def __init__(self, county, home):
        self.county, self.home = county, home

    def __getattr__(self, name):
        return getattr(self.county, name)

    def resolve(self, township, village, assumed=None):
        place = self.county.resolve(township, village, assumed)
        if place.village_code or assumed or township:
            return place
        at_home = self.county.resolve(township, village, self.home)
        return at_home if at_home.village_code else place
