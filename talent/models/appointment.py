"""Posts that people hold in villages, with dates (任职)."""

from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from core.periods import NoOverlap, date_range, end_not_before_start, in_force
from core.ranges import choice_range_of, code_range_of, id_range_of
from core.scope import ScopedQuerySet
from talent.models.person import PoliticalStatus


class Committee(models.TextChoices):
    PARTY = "party", "村党组织"
    VILLAGERS = "villagers", "村（居）民委员会"
    SUPERVISION = "supervision", "村务监督委员会"
    OTHER = "other", "其他"


class Post(models.TextChoices):
    """Posts in order of rank."""

    PARTY_SECRETARY = "party_secretary", "党组织书记"
    PARTY_DEPUTY_SECRETARY = "party_deputy_secretary", "党组织副书记"
    PARTY_COMMITTEE_MEMBER = "party_committee_member", "党组织委员"
    VILLAGE_DIRECTOR = "village_director", "村（居）委会主任"
    VILLAGE_DEPUTY_DIRECTOR = "village_deputy_director", "村（居）委会副主任"
    VILLAGE_COMMITTEE_MEMBER = "village_committee_member", "村（居）委会委员"
    SUPERVISION_DIRECTOR = "supervision_director", "监委会主任"
    SUPERVISION_MEMBER = "supervision_member", "监委会委员"
    CLERK = "clerk", "文书"
    FIRST_SECRETARY = "first_secretary", "第一书记"
    TEAM_LEADER = "team_leader", "工作队队长"
    TEAM_MEMBER = "team_member", "工作队队员"

    @property
    def committee(self):
        return next((body for body, posts in POSTS_OF.items() if self in posts), Committee.OTHER)


POSTS_OF = {
    Committee.PARTY: (Post.PARTY_SECRETARY, Post.PARTY_DEPUTY_SECRETARY, Post.PARTY_COMMITTEE_MEMBER),
    Committee.VILLAGERS: (Post.VILLAGE_DIRECTOR, Post.VILLAGE_DEPUTY_DIRECTOR, Post.VILLAGE_COMMITTEE_MEMBER),
    Committee.SUPERVISION: (Post.SUPERVISION_DIRECTOR, Post.SUPERVISION_MEMBER),
}
# 村“两委”成员: the party organisation and the villagers' committee; also who counts as 村干部 here.
TWO_COMMITTEES = POSTS_OF[Committee.PARTY] + POSTS_OF[Committee.VILLAGERS]
# Posts of people sent in are Stationing rows, never Appointments.
SENT_IN = (Post.FIRST_SECRETARY, Post.TEAM_LEADER, Post.TEAM_MEMBER)
POST_LABELS = dict(Post.choices)  # get_post_display builds it anew for each row of a set
VILLAGE_POSTS = tuple(post for post in Post if post not in SENT_IN)
VILLAGE_POST_CHOICES = [(post.value, post.label) for post in VILLAGE_POSTS]


class How(models.TextChoices):
    ELECTED = "elected", "选举"
    BY_ELECTION = "by_election", "补选"
    APPOINTED = "appointed", "任命"
    SENT = "sent", "下派"
    HIRED = "hired", "聘用"


class EndReason(models.TextChoices):
    TERM_END = "term_end", "届满未连任"
    UNFIT = "unfit", "届中调整（不胜任不尽职）"
    RESIGNED = "resigned", "辞职"
    DISMISSED = "dismissed", "免职"
    RECALLED = "recalled", "罢免"
    TRANSFERRED = "transferred", "调任"
    CHANGED = "changed", "职务调整"
    CIVIL_SERVANT = "civil", "录用公务员"
    PUBLIC_STAFF = "public_staff", "录用事业编制"
    TOWNSHIP_LEADER = "township", "选拔进乡镇领导班子"
    RETIRED = "retired", "到龄退休"
    DIED = "died", "去世"
    MERGED = "merged", "村撤并"
    OTHER = "other", "其他"


class AppointmentQuerySet(ScopedQuerySet):
    def serving(self, on):
        """Seats in force on `on` (the last day in office included); one person may hold several."""
        return self.filter(in_force(on))

    def cadres(self, on):
        """Seats of the two committees in force on `on`."""
        return self.serving(on).filter(post__in=TWO_COMMITTEES)


class Appointment(models.Model):
    person = models.ForeignKey(
        "talent.Person", models.PROTECT, verbose_name="人员", related_name="appointments", db_index=False
    )
    village = models.ForeignKey(
        "villages.Village",
        models.PROTECT,
        to_field="code",
        verbose_name="村",
        related_name="appointments",
        db_index=False,
    )
    post = models.CharField("职务", max_length=30, choices=VILLAGE_POST_CHOICES)
    start = models.DateField("任现职时间")
    end = models.DateField("免职日期", null=True, blank=True, help_text="在任的最后一天；仍在任则不填。")
    how = models.CharField("任职方式", max_length=12, choices=How.choices, blank=True)
    term = models.ForeignKey("villages.Term", models.PROTECT, null=True, blank=True, verbose_name="届次")
    document_no = models.CharField("任职文号", max_length=50, blank=True)
    end_reason = models.CharField("离任原因", max_length=12, choices=EndReason.choices, blank=True)
    end_document_no = models.CharField("免职文号", max_length=50, blank=True)
    remarks = models.TextField("备注", blank=True)

    objects = AppointmentQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ["village_id", "post", "-start", "pk"]
        # They begin with the foreign keys, which need no index of their own then.
        indexes = [
            models.Index(fields=["village", "post", "start"], name="appointment_village_post"),
            models.Index(fields=["person", "start"], name="appointment_person"),
        ]
        constraints = [
            end_not_before_start("appointment"),
            models.CheckConstraint(
                condition=Q(end_reason="") | Q(end__isnull=False),
                name="appointment_reason_needs_end",
                violation_error_message="填了离任原因，请一并填写免职日期。",
            ),
            models.CheckConstraint(
                condition=Q(post__in=[post.value for post in VILLAGE_POSTS]),
                name="appointment_post_known",
                violation_error_message="这里没有这个职务；驻村职务请记在驻村与挂职中。",
            ),
            NoOverlap(
                name="appointment_no_overlap",
                expressions=[
                    (id_range_of("person"), RangeOperators.OVERLAPS),
                    (code_range_of("village"), RangeOperators.OVERLAPS),
                    (choice_range_of("post"), RangeOperators.OVERLAPS),
                    (date_range(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="这个人在这个村担任同一职务的时间段重叠了，请核对任职和免职日期。",
            ),
            NoOverlap(
                name="appointment_one_secretary",
                expressions=[
                    (code_range_of("village"), RangeOperators.OVERLAPS),
                    (date_range(), RangeOperators.OVERLAPS),
                ],
                condition=Q(post=Post.PARTY_SECRETARY.value),
                violation_error_message="这个村在这段时间已有党组织书记，请先办理原书记的免职。",
            ),
        ]

    def __str__(self):
        return f"{self.person} {self.village} {POST_LABELS.get(self.post, self.post)}"

    def clean(self):
        """A secretary in office is a full party member (党章), as a roster's row is told."""
        if self.post != Post.PARTY_SECRETARY or self.end is not None or self.person_id is None:
            return
        if self.person.political_status not in {"", PoliticalStatus.PARTY_MEMBER}:
            raise ValidationError({"post": "党组织书记须是中共正式党员，请核对政治面貌或职务。"})
