"""Who stands for which post in a round of elections (候选人), and what the departments of the joint review found."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from core.periods import dated_after, dated_by
from core.scope import ScopedQuerySet, scope_code
from talent.models.appointment import POST_LABELS, TWO_COMMITTEES, Committee, Post
from talent.models.appointment import POSTS_OF as POSTS_OF_BODY
from talent.models.election import ElectionRound

ELECTED_POSTS = (*TWO_COMMITTEES, *POSTS_OF_BODY[Committee.SUPERVISION])
POST_CHOICES = [(post.value, post.label) for post in ELECTED_POSTS]


class CandidateQuerySet(ScopedQuerySet):
    def standing(self):
        """Those still in it: neither struck off nor voted on."""
        return self.filter(status__in=[status.value for status in Candidate.STANDING])

    def at(self, on):
        """Those nominated by `on`, each with its status on that day (`status_then`): a vote held later is not yet known, who
        was voted on was a formal candidate before. Between nomination and vote a status has no day: it is the present one."""
        then = Case(When(dated_after(on, "decided_on"), then=Value(Candidate.Status.FORMAL)), default=F("status"))
        return self.filter(dated_by(on, "nominated_on")).annotate(status_then=then)

    def blocked(self, on):
        """Those about whom the joint review has said 有 in a document of `on` or earlier."""
        found = JointReviewMark.objects.filter(
            dated_by(on, "decided_on"), person=OuterRef("person"), item__department__round=OuterRef("round"),
            result=JointReviewMark.Result.FOUND,
        )  # fmt: skip
        return self.filter(Exists(found))

    def unreviewed(self, on=None):
        """Those for whom some item of the round's joint review has no result yet; nobody where a round has no items.

        With `on` only results count that a document of that day or earlier gave."""
        marked = JointReviewMark.objects.filter(item=OuterRef("pk"), person=OuterRef(OuterRef("person")))
        marked = marked.filter(dated_by(on, "decided_on")) if on else marked
        items = JointReviewItem.objects.filter(department__round=OuterRef("round"))
        return self.filter(Exists(items.filter(~Exists(marked))))


class Candidate(models.Model):
    """A person × village × post sought in a round."""

    class Status(models.TextChoices):
        NOMINATED = "nominated", "提名"
        SHORTLISTED = "shortlisted", "初步人选"
        FORMAL = "formal", "正式候选人"
        ELECTED = "elected", "当选"
        NOT_ELECTED = "not_elected", "落选"
        DISQUALIFIED = "disqualified", "取消资格"

    class Source(models.TextChoices):
        INCUMBENT = "incumbent", "现任连任"
        RESERVE = "reserve", "后备干部"
        PROSPEROUS = "prosperous", "致富带头人"
        RETURNING = "returning", "返乡人员"
        VETERAN = "veteran", "退役军人"
        GRADUATE = "graduate", "高校毕业生"
        COOPERATIVE = "cooperative", "合作社负责人"
        OFFICIAL = "official", "机关下派"
        VILLAGER = "villager", "其他村民"

    class NominatedBy(models.TextChoices):
        VILLAGERS = "villagers", "村民提名"
        MEMBERS = "members", "党员推荐"
        ORGANIZATION = "organization", "组织推荐"
        SELF = "self", "个人自荐"

    STANDING = (Status.NOMINATED, Status.SHORTLISTED, Status.FORMAL)

    round = models.ForeignKey(ElectionRound, models.PROTECT, verbose_name="换届轮次", related_name="candidates")
    person = models.ForeignKey("talent.Person", models.PROTECT, verbose_name="人员", related_name="candidacies")
    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", verbose_name="村", related_name="candidates"
    )
    post = models.CharField("拟任职务", max_length=30, choices=POST_CHOICES)
    source = models.CharField("人员来源", max_length=12, choices=Source.choices, blank=True)
    nominated_by = models.CharField("提名方式", max_length=12, choices=NominatedBy.choices, blank=True)
    nominated_on = models.DateField("提名日期")
    status = models.CharField("状态", max_length=12, choices=Status.choices, default=Status.NOMINATED)
    # Kept by the action that writes the marks, so that the database can refuse what follows from them.
    blocked_reason = models.TextField("联审否决原因", blank=True, editable=False)
    out_reason = models.CharField("取消资格原因", max_length=200, blank=True)
    votes = models.PositiveIntegerField("得票", null=True, blank=True)
    decided_on = models.DateField("选举日期", null=True, blank=True)
    remarks = models.TextField("备注", blank=True)

    objects = CandidateQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "候选人"
        ordering = ["round_id", "village_id", "post", "pk"]
        indexes = [models.Index(fields=["village", "round", "post"], name="candidate_village_round")]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person", "village", "post"], name="candidate_once",
                violation_error_message="此人已是这个村这一职务的候选人。",
            ),
            models.CheckConstraint(
                condition=Q(post__in=[post.value for post in ELECTED_POSTS]), name="candidate_post_elected",
                violation_error_message="这个职务不由换届选举产生，请另选。",
            ),
            models.CheckConstraint(
                condition=Q(blocked_reason="") | ~Q(status__in=["formal", "elected"]), name="candidate_not_blocked",
                violation_error_message="县级联审有“有”的结论，不能作为正式候选人，也不能当选。",
            ),
            models.CheckConstraint(
                condition=~Q(status="disqualified") | ~Q(out_reason=""), name="candidate_out_reason",
                violation_error_message="取消资格请写明原因。",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["elected", "not_elected"], decided_on__isnull=False)
                | (~Q(status__in=["elected", "not_elected"]) & Q(decided_on__isnull=True)),
                name="candidate_decided_with_day",
                violation_error_message="当选、落选的要有选举日期，其他状态没有选举日期。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.person} {self.village} {POST_LABELS.get(self.post, self.post)}候选人"

    @property
    def committee(self):
        return Post(self.post).committee


class JointReviewDepartmentQuerySet(ScopedQuerySet):
    def fillable_by(self, user, on):
        """The columns that `user` fills in on `on`: a department its own ones of open rounds, the county all it sees."""
        if user.has_perm("talent.change_jointreviewmark"):
            return self.visible_to(user)
        if not user.has_perm("talent.fill_jointreviewmark") or scope_code(user) is None:
            return self.none()
        running = ElectionRound.objects.open(on)
        return self.filter(self.in_scope(scope_code(user)), round__in=running, account=user)


class JointReviewDepartment(models.Model):
    """A department of a round's joint review (县级联审), and the account that fills in its column."""

    round = models.ForeignKey(ElectionRound, models.CASCADE, verbose_name="换届轮次", related_name="departments")
    name = models.CharField("联审部门", max_length=40)
    account = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, verbose_name="填报账号", related_name="review_departments"
    )

    objects = JointReviewDepartmentQuerySet.as_manager()
    scope_path = "round__division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "联审部门"
        ordering = ["round_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "name"],
                name="review_department_once",
                violation_error_message="这个部门已在这一轮联审中。",
            )
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Only an account of the role 联审部门 of this county fills in a column."""
        if self.account_id and (self.account.role != "reviewer" or self.account.division_id != self.round.division_id):
            raise ValidationError({"account": "请选本县角色为“联审部门”的账号。"})


class JointReviewItem(models.Model):
    """What a department looks for, as this round has it."""

    department = models.ForeignKey(JointReviewDepartment, models.CASCADE, verbose_name="联审部门", related_name="items")
    title = models.CharField("联审事项", max_length=40)

    objects = ScopedQuerySet.as_manager()
    scope_path = "department__round__division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "联审事项"
        ordering = ["department_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "title"],
                name="review_item_once",
                violation_error_message="这个部门已有这一事项。",
            )
        ]

    def __str__(self):
        return f"{self.department}：{self.title}"


class JointReviewMark(models.Model):
    """What a department says of a person on one item; the results come offline, with a document number."""

    class Result(models.TextChoices):
        CLEAR = "clear", "无"
        FOUND = "found", "有"
        UNKNOWN = "unknown", "不掌握"

    item = models.ForeignKey(JointReviewItem, models.PROTECT, verbose_name="联审事项", related_name="marks")
    person = models.ForeignKey("talent.Person", models.PROTECT, verbose_name="人员", related_name="review_marks")
    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", verbose_name="村", related_name="review_marks"
    )
    result = models.CharField("结论", max_length=10, choices=Result.choices)
    reason = models.CharField("具体情况", max_length=200, blank=True)
    document_no = models.CharField("文号", max_length=50, blank=True)
    decided_on = models.DateField("出具日期")
    reviewer = models.CharField("审核人", max_length=50, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "联审结论"
        ordering = ["village_id", "person_id", "item_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "person"], name="review_mark_once", violation_error_message="此人这一事项已有结论。"
            ),
            models.CheckConstraint(
                condition=~Q(result="found") | ~Q(reason=""), name="review_found_reason",
                violation_error_message="结论为“有”的，请写明具体情况。",
            ),
            models.CheckConstraint(
                condition=Q(result__in=["clear", "found", "unknown"]), name="review_mark_result",
                violation_error_message="结论请填 无、有 或 不掌握。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.person} {self.item} {self.get_result_display()}"
