"""The committee roster against the database: what each row would change, and writing it as one set."""

from talent.roster_apply.compare import compare
from talent.roster_apply.write import write

__all__ = ["compare", "write"]
