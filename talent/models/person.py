"""One file per human (一人一档); the key is the 公民身份号码."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value

from core import identity, validators
from core.fields import DigestField, EncryptedTextField, InitialsField, PinyinField, digest
from core.periods import age_on, in_force
from core.scope import ScopedQuerySet, within


class Sex(models.TextChoices):
    MALE = "male", "男"
    FEMALE = "female", "女"


class PoliticalStatus(models.TextChoices):
    PARTY_MEMBER = "party_member", "中共党员"
    PROBATIONARY = "probationary_party_member", "中共预备党员"
    YOUTH_LEAGUE = "youth_league", "共青团员"
    DEMOCRATIC_PARTY = "democratic_party", "民主党派"
    MASSES = "masses", "群众"


class Background(models.TextChoices):
    """What somebody was before serving a village (来源), as the tables for the superior group them."""

    PROSPEROUS = "prosperous_household", "致富能手"
    RETURNING_YOUTH = "returning_youth", "返乡知识青年"
    VETERAN = "veteran", "退役军人"
    MIGRANT_RETURNEE = "migrant_returnee", "外出务工返乡人员"
    GRADUATE = "graduate", "高校毕业生"
    VILLAGE_OFFICIAL = "village_official", "大学生村官"
    COOPERATIVE_LEADER = "cooperative_leader", "合作社负责人"
    OTHER = "other", "其他"


def name_characters(expression):
    """The characters of a name as an array: a GIN index over it answers 志强 without pg_trgm."""
    return Func(
        expression,
        Value(None, output_field=models.CharField()),
        function="string_to_array",
        output_field=ArrayField(models.TextField()),
    )


class PersonQuerySet(ScopedQuerySet):
    def in_scope(self, code):
        """Their own managing village is in scope, or a role row of theirs is: seeing the role gives reading the file."""
        from talent.models import (
            Appointment,
            Candidate,
            ReserveCandidate,
            RuralTalent,
            Secondment,
            ServiceVisit,
            Stationing,
        )

        roles = (Appointment, ReserveCandidate, Stationing, RuralTalent, Candidate, Secondment, ServiceVisit)
        first, *others = (role.objects.below(code).order_by().values("person_id") for role in roles)
        # One list of keys: PostgreSQL asks it once a person, and seven EXISTS seven times (bench/scope.py).
        return super().in_scope(code) | Q(pk__in=first.union(*others, all=True))

    def managed_in(self, code):
        """People whose managing village is in the division `code`."""
        return self.filter(within("village_id", code))

    def with_id_number(self, number):
        """The person with this whole ID number (any spelling of it)."""
        return self.filter(id_digest=digest(number))

    def serving(self, on):
        """People with at least one post of a village's own cadres in force on `on`, once each."""
        from talent.models import Appointment

        return self.filter(Exists(Appointment.objects.cadres(on).filter(person=OuterRef("pk"))))

    def stationed(self, on):
        """People sent into a village (驻村) on `on`, once each."""
        from talent.models import Stationing

        return self.filter(Exists(Stationing.objects.filter(in_force(on)).filter(person=OuterRef("pk"))))

    def with_education(self, on):
        """Annotate `education`: the code of the highest level completed by `on`, or None."""
        from talent.models import Education

        highest = Education.objects.completed(on).filter(person=OuterRef("pk")).order_by("-rank", "pk")
        return self.annotate(education=models.Subquery(highest.values("level")[:1]))

    def search(self, words):
        """By part of the name, pinyin, pinyin initials, or a whole ID number or mobile number."""
        words = "".join(words.split())
        if len(words) in {11, 18} and words[:-1].isdigit():
            return self.filter(Q(id_digest=digest(words)) | Q(phone_digest=digest(words)))
        if words.isascii():
            return self.filter(Q(pinyin__startswith=words.lower()) | Q(initials__startswith=words.lower()))
        return self.annotate(name_array=name_characters(F("name"))).filter(
            name_array__contains=list(words), name__contains=words
        )


class Person(models.Model):
    """A person known to the county. Sex and birth date follow the ID number; a differing 档案 date is kept beside it."""

    name = models.CharField("姓名", max_length=50)
    # Letters a to z: byte order is their order, and one index then serves lists, which stand by it, and searches by its start.
    pinyin = PinyinField("拼音", max_length=200, source="name", blank=True, default="", db_collation="C")
    initials = InitialsField("拼音首字母", max_length=50, source="name", blank=True, default="")
    id_number = EncryptedTextField("身份证号", null=True, blank=True, validators=[validators.id_number])
    id_digest = DigestField("身份证号摘要", max_length=64, source="id_number", null=True, blank=True)
    sex = models.CharField("性别", max_length=6, choices=Sex.choices, blank=True)
    birth_date = models.DateField("出生日期", null=True, blank=True)
    archive_birth_date = models.DateField(
        "档案出生年月", null=True, blank=True, help_text="与身份证不同才填；只知年月的填当月 1 日。"
    )
    ethnicity = models.CharField("民族", max_length=20, blank=True)
    native_place = models.CharField("籍贯", max_length=100, blank=True)
    political_status = models.CharField("政治面貌", max_length=30, choices=PoliticalStatus.choices, blank=True)
    party_joined = models.DateField("入党时间", null=True, blank=True)
    work_started = models.DateField("参加工作时间", null=True, blank=True)
    background = models.CharField(
        "人员来源", max_length=24, choices=Background.choices, blank=True, help_text="担任村干部之前的身份。"
    )
    phone = EncryptedTextField("联系电话", null=True, blank=True, validators=[validators.mobile])
    phone_digest = DigestField("电话摘要", max_length=64, source="phone", null=True, blank=True)
    village = models.ForeignKey(
        "villages.Village",
        models.PROTECT,
        to_field="code",
        verbose_name="管理村",
        related_name="people",
        db_index=False,
    )
    remarks = models.TextField("备注", blank=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    objects = PersonQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering = ["pinyin", "pk"]
        # Digests are looked up whole: unique=True or db_index=True would add a second index each, for LIKE.
        indexes = [
            models.Index(fields=["phone_digest"], name="person_phone_digest"),
            models.Index(fields=["village", "pinyin", "id"], name="person_village_pinyin"),
            models.Index(fields=["pinyin", "id"], name="person_pinyin"),
            models.Index(fields=["initials"], name="person_initials_prefix", opclasses=["varchar_pattern_ops"]),
            GinIndex(name_characters(F("name")), name="person_name_characters"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["id_digest"], name="person_id_once", violation_error_message="这个身份证号已在系统中。"
            ),
            models.CheckConstraint(
                condition=~Q(name=""), name="person_has_a_name", violation_error_message="请填写姓名。"
            ),
            models.CheckConstraint(
                condition=Q(birth_date__isnull=True)
                | Q(party_joined__isnull=True)
                | Q(party_joined__gt=F("birth_date")),
                name="person_joined_after_birth",
                violation_error_message="入党时间早于出生日期，请核对。",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Take sex and birth date from the ID number; a differing typed date becomes the 档案 date."""
        if not self.id_number or identity.id_problem(self.id_number):
            return
        if Person.objects.with_id_number(self.id_number).exclude(pk=self.pk).exists():
            raise ValidationError({"id_number": "这个身份证号已在系统中。"})
        if self.sex and self.sex != identity.id_sex(self.id_number):
            raise ValidationError({"sex": "性别与身份证号第 17 位不符，请核对。"})
        self.take_from_id()

    def take_from_id(self):
        """Fill sex and birth date from a valid ID number."""
        born = identity.id_birth(self.id_number)
        if self.birth_date and self.birth_date != born and not self.archive_birth_date:
            self.archive_birth_date = self.birth_date
        self.sex, self.birth_date = identity.id_sex(self.id_number), born

    @property
    def id_masked(self):
        return identity.mask_id(self.id_number) if self.id_number else ""

    @property
    def phone_masked(self):
        return identity.mask_phone(self.phone) if self.phone else ""

    def age(self, on):
        """Full years on `on`, or None without a birth date."""
        return age_on(self.birth_date, on) if self.birth_date else None
