"""Who is a near relative of whom (近亲属): what the rules of avoidance ask about a village's team."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from core.scope import ScopedQuerySet, within


class KinshipQuerySet(ScopedQuerySet):
    def in_scope(self, code):
        """Both files are kept in scope: nobody learns the name of another township's relative."""
        return within("first__village_id", code) & within("second__village_id", code)


class Kinship(models.Model):
    """Two people and what they are to each other; one row a pair, whoever is named first."""

    class Relation(models.TextChoices):
        SPOUSE = "spouse", "夫妻"
        PARENT = "parent", "父母子女"
        GRANDPARENT = "grandparent", "祖孙"
        SIBLING = "sibling", "兄弟姐妹"
        IN_LAW = "in_law", "近姻亲"
        COLLATERAL = "collateral", "三代以内旁系"

    first = models.ForeignKey("talent.Person", models.CASCADE, verbose_name="甲", related_name="kin_after")
    second = models.ForeignKey("talent.Person", models.CASCADE, verbose_name="乙", related_name="kin_before")
    relation = models.CharField("亲属关系", max_length=12, choices=Relation.choices)
    remarks = models.CharField("备注", max_length=200, blank=True)

    objects = KinshipQuerySet.as_manager()
    scope_path = "first__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "近亲属关系"
        ordering = ["first_id", "second_id"]
        constraints = [
            models.UniqueConstraint(
                Least("first", "second"), Greatest("first", "second"), name="kinship_once",
                violation_error_message="这两个人的亲属关系已经登记了。",
            ),
            models.CheckConstraint(
                condition=~Q(first=F("second")), name="kinship_of_two",
                violation_error_message="请选择两个不同的人。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.first}、{self.second} {self.get_relation_display()}"
