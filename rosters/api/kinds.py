"""REST door to the kinds of rosters: what each takes, and rows of any of them in bulk."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from core.api import RowInput
from core.models import ApiToken, Job
from core.rest import Conflict, Refused
from core.scope import scope_code
from rosters import given, importer, spec
from rosters.api import shown
from rosters.api.uploads import kept_upload
from rosters.importer import delivery
from rosters.limits import MAX_ROWS
from rosters.models import Upload
from rosters.problems import problem
from rosters.views import delivering

ALL_OR_NOTHING = "all_or_nothing"
MODES = (("valid_rows", "没有问题的行入库"), (ALL_OR_NOTHING, "全部无误才入库"))
EXAMPLE = {
    "rows": [
        {
            "village": "东山村",
            "name": "张建国",
            "id_number": "990121198506120011",
            "posts": "村委会主任",
            "start_date": "2021-03",
            "phone": None,
        }
    ],
    "mode": "valid_rows",
    "dry_run": False,
}


@extend_schema_field(
    {
        "type": "array",
        "minItems": 1,
        "maxItems": MAX_ROWS,
        "items": {"type": "object", "additionalProperties": True},
        "description": "每条是“列名：值”；值可以是文本、数字、true/false、它们的列表；没有写的和 null 不改动，写“清空”清掉",
    }
)
class RowsField(serializers.Field):
    """The rows as they are: what is wrong with one of them is told by its place."""

    default_error_messages = {
        "not_a_list": "应是列表，每条是“列名：值”的对象。",
        "empty": "没有一条内容。",
        "max_length": f"一次最多 {MAX_ROWS:,} 条，请分几次写入。",
    }

    def to_internal_value(self, rows):
        if not isinstance(rows, list):
            self.fail("not_a_list")
        if not rows:
            self.fail("empty")
        if len(rows) > MAX_ROWS:
            self.fail("max_length")
        return rows


class RowsInput(RowInput):
    """一批行，与上传一份名册相同"""

    rows = RowsField(label="内容")
    target = serializers.IntegerField(
        required=False, allow_null=True, label="所属", help_text="培训班次、表彰轮次等的编号，见这种名册的 targets"
    )
    mode = serializers.ChoiceField(choices=MODES, default="valid_rows", label="有的行有问题时")
    dry_run = serializers.BooleanField(default=False, label="只试一下", help_text="照样检查和比对，什么都不写")
    as_of = serializers.DateField(required=False, allow_null=True, label="数据日期", help_text="不填为今天")

    def validate_as_of(self, day):
        if day and day > timezone.localdate():
            raise serializers.ValidationError("请填一个不晚于今天的日期。", code="in_future")
        return day


class RosterViewSet(viewsets.ViewSet):
    """Every kind of roster, and its rows in bulk: what a workbook can hold, through the same door as a workbook."""

    model = Upload
    verbs = {"take": "upload"}
    lookup_field = "kind"
    lookup_value_regex = "[a-z_]+"

    @extend_schema(
        description="能成批写入的各种名册，每种有哪些列",
        responses={200: shown.KindSerializer(many=True)},
        filters=False,
    )
    def list(self, request):
        told = self._told()
        return Response(
            [
                shown.kind_of(roster, request.user, **told)
                for roster in spec.importable(request.user)
                if not roster.own_door
            ]
        )

    @extend_schema(description="一种名册；文本列今天有哪些选项也列出", responses={200: shown.KindSerializer})
    def retrieve(self, request, kind):
        roster = _roster(kind, request.user)
        code = request.user.division_id
        here = roster.choices and len(code) >= shown.COUNTY
        words = roster.choices(code, timezone.localdate()) if here else {}
        return Response(shown.kind_of(roster, request.user, words=words, **self._told()))

    def _told(self):
        """What holds for all kinds: whether the caller may write, and which kinds go through the county's review."""
        user, token = self.request.user, self.request.auth
        may = importer.may_upload(user) and len(scope_code(user) or "") >= shown.COUNTY
        read_only = isinstance(token, ApiToken) and not token.can_write
        return {"writable": may and not read_only, "reviewed": shown.reviewed_kinds(user)}

    @extend_schema(
        description="成批写入，与上传一份名册相同的检查、比对和入库；内容多的由后台办理，返回 202，到 Location 去看",
        request=RowsInput,
        responses={201: shown.AnsweredSerializer, 202: shown.BatchSerializer},
        examples=[OpenApiExample("两委干部一条", value=EXAMPLE, request_only=True)],
    )
    def take(self, request, kind):
        """Rows in bulk: checked, compared and written like an uploaded workbook; large ones by the worker (202)."""
        roster = _roster(kind, request.user)
        importer.county_of(request.user)
        serializer = RowsInput(data=request.data)
        serializer.is_valid(raise_exception=True)
        asked = serializer.validated_data
        wish = importer.Wish(asked["mode"] == ALL_OR_NOTHING, asked["dry_run"])
        return _answer(roster, *_hand_in(request.user, _file(roster, asked, request.user), wish))


def _roster(kind, user):
    found = next((roster for roster in spec.importable(user) if roster.slug == kind and not roster.own_door), None)
    if found is None:
        raise Http404
    return found


def _file(roster, asked, user):
    """What the importer is given: the rows as the content of an upload. Raises Refused."""
    target_id = asked.get("target")
    problems = _target_problems(roster, target_id, user)
    if problems:
        raise Refused(problems)
    try:
        content = given.content_of(roster, asked["rows"])
    except given.Unfit as unfit:
        raise Refused(unfit.problems) from None
    return {
        "filename": f"{roster.title}（接口写入）.json",
        "content": content,
        "kind": roster.slug,
        "as_of": asked.get("as_of"),
        "target_id": target_id,
    }


def _target_problems(roster, target_id, user):
    if roster.target is None:
        return [problem("target", "no_target", "这种名册不分班次、轮次，不用写 target。")] if target_id else []
    label = roster.target.label
    if target_id is None:
        return [problem("target", "missing_target", f"请写明是哪个{label}，可选的见 GET 同一地址的 targets。")]
    if target_id not in dict(importer.offered_targets(roster, user)):
        words = f"没有这个{label}，或者它不归本单位使用、已经截止。"
        return [problem("target", importer.UNKNOWN_TARGET, words)]
    return []


def _hand_in(user, file, wish):
    """(the upload, the rows are told now) after what a page would do: at once what is small, the rest by the worker."""
    kept = delivering.read_now(user, file)
    if kept is None:
        return delivery.deliver_rows(file, wish, by=user), False
    if kept.status == Upload.Status.REFUSED:
        raise Refused([problem("rows", kept.refusal_code, kept.refusal_message)])
    try:
        confirmed = importer.settle(kept, wish, by=user, confirm=delivering.confirm)
    except importer.NotNow as error:
        raise Conflict(str(error)) from None
    return kept, not isinstance(confirmed, Job)


def _answer(roster, kept, told_now):
    upload = kept_upload(kept.pk)
    found, status = shown.batch_of(upload), 202
    if told_now:
        labels, status = shown.labels_of(roster), 201
        rows = upload.rows.defer("values", "typed", "diff", "corrections").order_by("order")
        found["rows"] = [shown.outcome_of(row, labels) for row in rows]
    return Response(found, status=status, headers={"Location": reverse("api:upload-detail", args=[upload.pk])})
