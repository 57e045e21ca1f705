"""The kinds of roster as pages offer them: by the page on which their records are seen, in the order of the rail."""

from core.rail import ENTRIES

USUAL = "常用"
PLACES = {entry.label: place for place, entry in enumerate(ENTRIES)}


def grouped(rosters):
    """[(label, [Roster])]: first what offices hand in most, then page by page; inside a group as given."""
    groups = {}
    for roster in rosters:
        groups.setdefault(USUAL if roster.is_main else roster.page, []).append(roster)
    return sorted(groups.items(), key=lambda group: PLACES.get(group[0], -1 if group[0] == USUAL else len(PLACES)))
