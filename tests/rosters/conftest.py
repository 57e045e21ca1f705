"""The county of the example workbooks, built from rows: reading needs no database."""

import csv
import datetime
from pathlib import Path

import pytest

from rosters.reading import Context
from villages.names import Gazetteer, VillageEntry

DATA = Path(__file__).parent / "data"


def county():
    with open(DATA / "divisions.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    villages = [
        VillageEntry(
            row["village_code"],
            row["village"],
            "community" if row["kind"] == "社区" else "village",
            row["township_code"],
            row["township"],
        )
        for row in rows
    ]
    return Gazetteer("光泽县", {row["township_code"]: row["township"] for row in rows}, villages)


GAZETTEER = county()


@pytest.fixture(scope="session")
def context():
    return Context("350723", datetime.date(2026, 11, 22), GAZETTEER)


@pytest.fixture
def clerk(db, client):
    """A township's clerk with the county loaded, signed in."""
    from tests.rosters import county as ledger  # which imports this file

    ledger.load()
    user = ledger.clerk()
    client.force_login(user)
    return user
