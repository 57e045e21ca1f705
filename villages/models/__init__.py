from villages.models.division import Division
from villages.models.figures import VillageFigures
from villages.models.term import Term
from villages.models.village import Village, VillageLabel, VillageName

__all__ = ["Division", "Term", "Village", "VillageFigures", "VillageLabel", "VillageName"]
