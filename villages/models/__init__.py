from villages.models.division import Division, DivisionName
from villages.models.figures import VillageFigures
from villages.models.term import Term
from villages.models.village import Village, VillageLabel, VillageName

__all__ = ["Division", "DivisionName", "Term", "Village", "VillageFigures", "VillageLabel", "VillageName"]
