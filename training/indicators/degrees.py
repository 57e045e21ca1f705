"""Figures about degree study."""

from dataclasses import replace

from django.db.models import Exists, OuterRef

from core.indicators import indicator
from talent.indicators.sources import cadres, person_of
from training.indicators.classes import TRAINING
from training.models import DegreeStudy


@indicator(
    "degree_students", "参加学历提升的村干部", "名", group=TRAINING,
    definition="时点在任的村“两委”干部中学历提升在读的人数；已毕业、退学的不计。",
)  # fmt: skip
def degree_students(on):
    studying = DegreeStudy.objects.studying(on).filter(person=OuterRef("person"))
    serving = cadres(on)
    return replace(serving, queryset=serving.queryset.filter(Exists(studying)))


@indicator(
    "degree_graduated", "学历提升毕业人员", "人", group=TRAINING,
    definition="截至时点通过学历提升取得毕业的人数，一人计一次，不论现在是否在任；退学的、在读的不计。",
)  # fmt: skip
def degree_graduated(on):
    done = DegreeStudy.objects.graduated(on)
    return person_of(done, details={"院校": "school", "专业": "major", "层次": "target", "毕业时间": "end"})
