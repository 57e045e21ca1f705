"""What the REST door tells of kinds, batches and rows: what the pages tell, numbers of persons masked."""

from django.utils import timezone
from rest_framework import serializers

from core.identity import mask_text
from core.models import Job
from rosters import importer, preview, spec
from rosters.cleaning import as_text
from rosters.importer.delivery import COMMIT, READ
from rosters.importer.undoing import UNDO
from rosters.limits import MAX_ROWS
from rosters.models import RosterSetting, Upload, UploadRow

COUNTY = 6  # digits
PLACES = ("township", "village")  # a drop-down of theirs is the list of villages, which has an address of its own


class WordSerializer(serializers.Serializer):
    """可以填的一个值：代码和名册里的写法都认"""

    value = serializers.CharField(label="代码")
    label = serializers.CharField(label="写法")


class ColumnSerializer(serializers.Serializer):
    """名册的一列"""

    name = serializers.CharField(label="列名", help_text="写入时用它；也可用 label 或表头的常见写法")
    label = serializers.CharField(label="名称")
    kind = serializers.CharField(label="值的种类")
    required = serializers.BooleanField(label="必填")
    compared_only = serializers.BooleanField(label="只比对", help_text="与系统算出的比对，不入库")
    choices = WordSerializer(many=True, label="可选的值", help_text="空为没有固定的选项")


class ChoiceSerializer(serializers.Serializer):
    """这批行可以是关于哪一个"""

    id = serializers.IntegerField(label="编号")
    label = serializers.CharField(label="名称")


class KindSerializer(serializers.Serializer):
    """一种名册：能写的列，以及写入时要不要说明是哪个班次、轮次"""

    slug = serializers.CharField(label="代码")
    title = serializers.CharField(label="名称")
    purpose = serializers.CharField(label="用途", allow_blank=True)
    matching = serializers.CharField(label="一行怎样找到系统里的记录", allow_blank=True)
    writable = serializers.BooleanField(label="现在能写", help_text="只读令牌、省市账号为 false")
    needs_review = serializers.BooleanField(label="乡镇写入的要县里审核后才入库")
    most_rows = serializers.IntegerField(label="一次最多几条")
    target = serializers.CharField(label="要说明是关于什么的", allow_null=True, help_text="空为不需要")
    targets = ChoiceSerializer(many=True, label="现在可以选的")
    columns = ColumnSerializer(many=True, label="列")


def kind_of(roster, user, *, writable, reviewed, words=None):
    """A kind as KindSerializer says; `words` {field: [texts]} are what its lists hold today."""
    return {
        "slug": roster.slug,
        "title": roster.title,
        "purpose": roster.purpose,
        "matching": roster.matching,
        "writable": writable,
        "needs_review": roster.slug in reviewed,
        "most_rows": MAX_ROWS,
        "target": roster.target.label if roster.target else None,
        "targets": [{"id": pk, "label": text} for pk, text in importer.offered_targets(roster, user)],
        "columns": [_column(roster, column, words or {}) for column in roster.columns],
    }


def _column(roster, column, words):
    options = column.kind.options
    if not options and column.field not in PLACES:
        options = [(text, text) for text in words.get(column.field, ())]
    needed = column.field in roster.required or (column.field == "village" and roster.village_required)
    return {
        "name": column.field,
        "label": column.label,
        "kind": column.kind.name,
        "required": needed,
        "compared_only": column.compared_only,
        "choices": [{"value": value, "label": label} for value, label in options],
    }


def reviewed_kinds(user):
    """The slugs of the kinds that the county looks at before they are written, for a township's account."""
    if len(user.division_id) <= COUNTY:
        return set()
    settings = RosterSetting.objects.filter(division_id=user.division_id[:COUNTY], needs_review=True)
    return set(settings.values_list("kind", flat=True))


class ProblemSerializer(serializers.Serializer):
    """一条里的一个问题或提醒"""

    row = serializers.IntegerField(
        label="行号", help_text="与网页和 message 里的行号一致：列名是第 1 行，第一条是第 2 行"
    )
    index = serializers.IntegerField(label="在 rows 里的位置", help_text="从 0 数起")
    column = serializers.CharField(label="列名", allow_blank=True)
    label = serializers.CharField(label="列的名称", allow_blank=True)
    level = serializers.ChoiceField(
        choices=[("error", "不能入库"), ("warn", "提醒，照样入库"), ("info", "提示")], label="轻重"
    )
    code = serializers.CharField(label="代码")
    message = serializers.CharField(label="说明")


class OutcomeSerializer(serializers.Serializer):
    """一条的结果"""

    index = serializers.IntegerField(label="在 rows 里的位置", help_text="从 0 数起")
    row = serializers.IntegerField(label="行号")
    outcome = serializers.ChoiceField(choices=UploadRow.Outcome.choices, label="结果")
    change = serializers.ChoiceField(choices=UploadRow.Change.choices, label="变化")
    problems = ProblemSerializer(many=True, label="问题和提醒")


class RowSerializer(OutcomeSerializer):
    """一条的结果和内容"""

    sheet = serializers.CharField(label="工作表", allow_null=True)
    village = serializers.CharField(label="村级代码", allow_null=True)
    cells = serializers.DictField(child=serializers.CharField(), label="所填内容", help_text="身份证号和电话打码")
    diff = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField(allow_blank=True)), label="列名 → [系统里的, 写入后的]"
    )


def outcome_of(row, labels):
    """A row as OutcomeSerializer says; `labels` as of `labels_of`."""
    return {
        "index": row.order,
        "row": row.excel_row,
        "outcome": row.outcome,
        "change": row.change,
        "problems": [_problem(row, found, labels) for found in row.problems],
    }


def labels_of(roster):
    """{field: label}, a whole field by the first of its columns where it has none of its own."""
    found = {column.target: column.label for column in reversed(roster.columns)}
    return found | {column.field: column.label for column in roster.columns}


def _problem(row, found, labels):
    name = found["field"]
    return {
        "row": row.excel_row,
        "index": row.order,
        "column": name,
        "label": labels.get(name, ""),
        "level": found["level"],
        "code": found["code"],
        "message": found["message"],
    }


def row_of(row, labels, kinds):
    """A row as RowSerializer says; `kinds` {field: kind of its values}. A batch without a file has texts, no cells."""
    texts = {name: value for name, value in (row.values or {}).items() if isinstance(value, str)}
    cells = texts if row.typed is None else row.typed
    shown = {name: preview.masked(as_text(raw), kinds.get(name, "")) for name, raw in cells.items()}
    diff = {
        name: [preview.masked(text or "", kinds.get(name, "")) for text in texts]
        for name, texts in (row.diff or {}).items()
    }
    more = {"sheet": row.sheet, "village": row.village_code or None, "cells": shown, "diff": diff}
    return outcome_of(row, labels) | more


class CountsSerializer(serializers.Serializer):
    """一批的计数"""

    rows = serializers.IntegerField(label="共几条")
    new = serializers.IntegerField(label="新增")
    changed = serializers.IntegerField(label="变更")
    unchanged = serializers.IntegerField(label="未变")
    error = serializers.IntegerField(label="有问题")
    warn = serializers.IntegerField(label="有提醒")


class WorkSerializer(serializers.Serializer):
    """后台办理的情况"""

    state = serializers.ChoiceField(choices=Job.Status.choices, label="状态")
    step = serializers.CharField(label="正在做", allow_blank=True)
    error = serializers.CharField(label="没有完成的原因", allow_blank=True)


class UploadSerializer(serializers.Serializer):
    """一批：网页上传的、接口写入的、撤销的"""

    id = serializers.IntegerField(label="批次")
    kind = serializers.CharField(label="名册", allow_blank=True)
    title = serializers.CharField(label="名册名称", allow_blank=True)
    target = serializers.IntegerField(label="所属", allow_null=True)
    target_label = serializers.CharField(label="所属的名称", allow_blank=True)
    filename = serializers.CharField(label="文件名")
    state = serializers.ChoiceField(choices=Upload.Status.choices, label="状态")
    state_label = serializers.CharField(label="状态说明")
    as_of = serializers.DateField(label="数据日期")
    division = serializers.CharField(label="单位代码")
    division_label = serializers.CharField(label="单位")
    by = serializers.CharField(label="提交人")
    counts = CountsSerializer(label="计数")
    refused = serializers.CharField(label="未读原因", allow_blank=True)
    review_comment = serializers.CharField(label="审核意见", allow_blank=True)
    undoes = serializers.IntegerField(label="撤销的是哪一批", allow_null=True)
    undone_by = serializers.IntegerField(label="被哪一批撤销", allow_null=True)
    created_at = serializers.DateTimeField(label="提交时间")
    committed_at = serializers.DateTimeField(label="入库时间", allow_null=True)


class BatchSerializer(UploadSerializer):
    """一批和它的后台办理情况"""

    notes = serializers.ListField(child=serializers.CharField(), label="关于整批的说明")
    work = WorkSerializer(label="后台办理", allow_null=True, help_text="没有在后台办理的为空")


class AnsweredSerializer(BatchSerializer):
    """写入的结果：每条的结果都在 rows 里"""

    rows = OutcomeSerializer(many=True, label="每条的结果")


def upload_of(upload):
    """An upload as UploadSerializer says, after `rosters.views.targets.name_all`."""
    titles = {roster.slug: roster.title for roster in spec.all()}
    undone_by = getattr(upload, "undone_by", None)
    return {
        "id": upload.pk,
        "kind": upload.kind,
        "title": titles.get(upload.kind, ""),
        "target": upload.target_id,
        "target_label": upload.target,
        "filename": upload.filename,
        "state": upload.status,
        "state_label": upload.get_status_display(),
        "as_of": upload.as_of.isoformat(),
        "division": upload.division_id,
        "division_label": str(upload.division),
        "by": upload.by.name,
        "counts": {name: upload.count(name) for name in CountsSerializer().fields},
        "refused": upload.refusal_message,
        "review_comment": mask_text(upload.review_comment),
        "undoes": upload.undoes_id,
        "undone_by": undone_by.pk if undone_by else None,
        "created_at": _moment(upload.created_at),
        "committed_at": _moment(upload.committed_at),
    }


def _moment(at):
    return timezone.localtime(at).isoformat() if at else None


def batch_of(upload):
    """The same with the work in the background that it waits for, or that was not finished."""
    notes = preview.notes(spec.get(upload.kind), upload.tables) if upload.kind and upload.tables else []
    return upload_of(upload) | {"notes": notes, "work": _work(upload)}


def _work(upload):
    job = Job.objects.filter(kind__in=(READ, COMMIT, UNDO), target_id=upload.pk).order_by("-pk").first()
    return {"state": job.status, "step": job.step, "error": job.error} if job else None
