"""The county of the example workbooks in the database, and its accounts."""

import io

from django.core.management import call_command

from core.models import User
from tests import factories
from tests.rosters.conftest import DATA

COUNTY, TOWNSHIP = "350723", "350723101"  # 光泽县, 寨里镇
FIRST = next(DATA.glob("01*.xlsx"))
SECOND = next(DATA.glob("02*.xlsx"))
THIRD = next(DATA.glob("03*.xlsx"))


def load():
    """Load the county's divisions once."""
    call_command("load_divisions", str(DATA / "divisions.csv"), county_name="光泽县", stdout=io.StringIO())


def user(username, code=COUNTY, role="county_staff"):
    found = User.objects.filter(username=username).first()
    return found or factories.user(role, code, username=username)


def clerk(code=TOWNSHIP):
    return user(f"clerk_{code}", code, "township_clerk")


def staff():
    return user("staff")
