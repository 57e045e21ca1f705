"""The rosters of people: declared once each, registered at import."""

from talent.rosters import applicants, committee, reserve, rural_talent, secretaries, stationed

__all__ = ["applicants", "committee", "reserve", "rural_talent", "secretaries", "stationed"]
