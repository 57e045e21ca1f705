"""The frame of tables of a thing and its parts, as rosters about training use it."""

from talent.roster_apply.catalogues import Plan, Said, compare, misfits, settle

__all__ = ["Plan", "Said", "compare", "misfits", "settle"]
