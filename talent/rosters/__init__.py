"""The rosters of people: declared once each, registered at import."""

from talent.rosters import candidates, committee, reserve, rural_talent, secretaries, stationed

__all__ = ["candidates", "committee", "reserve", "rural_talent", "secretaries", "stationed"]
from talent.rosters import applicants, committee, reserve, rural_talent, secretaries, stationed

__all__ = ["applicants", "committee", "reserve", "rural_talent", "secretaries", "stationed"]
from talent.rosters import committee, demands, reserve, rural_talent, secretaries, stationed

__all__ = ["committee", "demands", "reserve", "rural_talent", "secretaries", "stationed"]
