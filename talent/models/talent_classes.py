"""How talents and the needs for them are classed: five classes, twenty sub-classes, manners of working, lists of words."""

import re

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.constraints import CheckConstraint

BETWEEN_WORDS = re.compile(r"[、,，;；/|\s]+")
JOIN = "、"


class TalentClass(models.TextChoices):
    """The five classes of 中办国办《关于加快推进乡村人才振兴的意见》(2021)."""

    PRODUCTION = "production", "农业生产经营人才"
    INDUSTRY = "industry", "农村二三产业发展人才"
    SERVICE = "service", "乡村公共服务人才"
    GOVERNANCE = "governance", "乡村治理人才"
    SCIENCE = "science", "农业农村科技人才"


class SubClass(models.TextChoices):
    """The twenty sub-classes of the same paper, in its order."""

    FARMER = "farmer", "高素质农民"
    FARM_LEADER = "farm_leader", "家庭农场经营者、农民合作社带头人"
    FOUNDER = "founder", "农村创业创新带头人"
    E_COMMERCE = "e_commerce", "农村电商人才"
    CRAFTSMAN = "craftsman", "乡村工匠"
    LABOUR_BRAND = "labour_brand", "农民工劳务输出品牌人才"
    TEACHER = "teacher", "乡村教师"
    HEALTH = "health", "乡村卫生健康人才"
    CULTURE = "culture", "乡村文化旅游体育人才"
    PLANNING = "planning", "乡村规划建设人才"
    TOWNSHIP_OFFICIAL = "official", "乡镇党政人才"
    PARTY_LEADER = "party_leader", "村党组织带头人"
    COLLEGE_STUDENT = "college", "一村一名大学生"
    SOCIAL_WORK = "social_work", "农村社会工作人才"
    MANAGEMENT = "management", "农村经营管理人才"
    LAW = "law", "农村法律人才"
    LEADING_SCIENTIST = "scientist", "农业农村高科技领军人才"
    INNOVATION = "innovation", "农业农村科技创新人才"
    EXTENSION = "extension", "农业农村科技推广人才"
    SPECIALIST = "specialist", "科技特派员"


class Business(models.TextChoices):
    """What somebody lives by in the village, as support policies ask for it."""

    PLANTING = "planting", "种植"
    BREEDING = "breeding", "养殖"
    PROCESSING = "processing", "农产品加工"
    TOURISM = "tourism", "乡村旅游"
    COMMERCE = "commerce", "电商物流"
    CRAFT = "craft", "手工技艺"
    SERVICE = "service", "生产生活服务"
    OTHER = "other", "其他"


SUB_CLASSES = {
    TalentClass.PRODUCTION: (SubClass.FARMER, SubClass.FARM_LEADER),
    TalentClass.INDUSTRY: (SubClass.FOUNDER, SubClass.E_COMMERCE, SubClass.CRAFTSMAN, SubClass.LABOUR_BRAND),
    TalentClass.SERVICE: (SubClass.TEACHER, SubClass.HEALTH, SubClass.CULTURE, SubClass.PLANNING),
    TalentClass.GOVERNANCE: (
        SubClass.TOWNSHIP_OFFICIAL, SubClass.PARTY_LEADER, SubClass.COLLEGE_STUDENT, SubClass.SOCIAL_WORK,
        SubClass.MANAGEMENT, SubClass.LAW,
    ),
    TalentClass.SCIENCE: (SubClass.LEADING_SCIENTIST, SubClass.INNOVATION, SubClass.EXTENSION, SubClass.SPECIALIST),
}  # fmt: skip
CLASS_OF = {sub.value: one.value for one, subs in SUB_CLASSES.items() for sub in subs}
GROUPED_SUB_CLASSES = [(one.label, [(sub.value, sub.label) for sub in subs]) for one, subs in SUB_CLASSES.items()]


class Manner(models.TextChoices):
    """How a village wants somebody to work for it."""

    FULL_TIME = "full_time", "全职"
    FLEXIBLE = "flexible", "柔性"
    GUIDANCE = "guidance", "技术指导"


class Willing(models.TextChoices):
    """What somebody in the pool is ready for; each takes in what asks for less."""

    FULL_TIME = "full_time", "可全职"
    FLEXIBLE = "flexible", "可柔性服务"
    GUIDANCE = "guidance", "只作技术指导"
    NONE = "none", "暂不便服务"


READY_FOR = {
    Willing.FULL_TIME: (Manner.FULL_TIME, Manner.FLEXIBLE, Manner.GUIDANCE),
    Willing.FLEXIBLE: (Manner.FLEXIBLE, Manner.GUIDANCE),
    Willing.GUIDANCE: (Manner.GUIDANCE,),
    Willing.NONE: (),
}


def sub_class_fits(prefix):
    """The constraint that a sub-class stands under its own class."""
    fits = Q(sub_class="")
    for one, subs in SUB_CLASSES.items():
        fits |= Q(talent_class=one.value, sub_class__in=[sub.value for sub in subs])
    return CheckConstraint(
        condition=fits,
        name=f"{prefix}_sub_class_fits",
        violation_error_message="这个小类不属于所选的大类，请核对大类和小类。",
    )


def words_of(text):
    """The words of a typed list, each once, in their order."""
    return list(dict.fromkeys(filter(None, BETWEEN_WORDS.split(text or ""))))


def tidy_words(text):
    """A typed list as it is kept: its words joined by 、."""
    return JOIN.join(words_of(text))


def words_in(field):
    """An SQL array of the words kept in `field`: `.annotate(w=words_in("tags")).filter(w__contains=["土专家"])`."""
    return Func(
        F(field), Value(JOIN), function="string_to_array", output_field=ArrayField(models.TextField())
    )  # fmt: skip
