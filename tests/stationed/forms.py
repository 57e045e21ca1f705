"""What a browser sends from the forms of this subject."""

from talent.views.stationed.forms import MEMBERS
from tests import factories

VILLAGE = "990121100201"


def team(*members, **fields):
    """The dispatch form with these people, the further rows left as they were offered."""
    sent = {"village": VILLAGE, "team": "驻第201村工作队", "start": "2024-03-01", "due": "", **fields}
    sent |= {"m-TOTAL_FORMS": str(MEMBERS), "m-INITIAL_FORMS": "0", "m-MIN_NUM_FORMS": "0", "m-MAX_NUM_FORMS": "1000"}
    for place in range(MEMBERS):
        offered = {"role": "team_member" if place else "first_secretary"}
        one = offered | (members[place] if place < len(members) else {})
        sent |= {f"m-{place}-{name}": value for name, value in one.items()}
    return sent


def somebody(name="罗凤", **fields):
    return {
        "name": name,
        "id_number": factories.id_number(),
        "dispatch_unit": "县财政局",
        "unit_level": "county",
    } | fields


def ending(**fields):
    """The form of rotation without a successor."""
    return {"end": "2024-06-30", "end_kind": "rotated", "end_reason": "", "s-role": "first_secretary"} | fields
