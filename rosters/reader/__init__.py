"""Located cells → tables: where the headers are, which rows are data, which belong to the frame."""

from rosters.reader.grid import Grid
from rosters.reader.headers import Block, find_blocks
from rosters.reader.tables import Table, read_tables
from rosters.reader.words import header_key

__all__ = ["Block", "Grid", "Table", "find_blocks", "header_key", "read_tables"]
