"""Reading a county's list of townships and villages (CSV), and bringing the database in step with it."""

import csv
import dataclasses
import io

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core import audit
from core.text import tight
from villages import actions
from villages.models import Division, Village

COLUMNS = ("township_code", "township", "village_code", "village", "kind")
KINDS = {label: kind for kind, label in Village.Kind.choices} | {kind: kind for kind in Village.Kind.values}


@dataclasses.dataclass(frozen=True)
class Line:
    number: int
    township_code: str
    township: str
    village_code: str
    village: str
    kind: str

    @property
    def problem(self):
        """What is wrong with the line by itself, in words for the person who wrote the file; "" when nothing is."""
        if not (self.township and self.village):
            return "乡镇名称和村名都要填"
        if not _is_code(self.township_code, 9):
            return f"乡镇代码“{self.township_code}”应为 9 位数字"
        if not _is_code(self.village_code, 12):
            return f"村级代码“{self.village_code}”应为 12 位数字"
        if not self.village_code.startswith(self.township_code):
            return f"村级代码“{self.village_code}”的前 9 位应是乡镇代码“{self.township_code}”"
        if self.kind not in KINDS:
            return f"类型“{self.kind}”应为“村”或“社区”"
        return ""


@dataclasses.dataclass
class Outcome:
    """What loading changed; `missing` are villages of the county that the file no longer has: reported, never removed."""

    county: str
    lines: int
    added: list = dataclasses.field(default_factory=list)
    renamed: list = dataclasses.field(default_factory=list)
    missing: list = dataclasses.field(default_factory=list)

    @property
    def changes(self):
        return len(self.added) + len(self.renamed)


def read(content):
    """The lines of a CSV in UTF-8 or GBK; ValidationError with every problem and its line number."""
    reader = csv.DictReader(io.StringIO(_decoded(content)))
    names = [tight(name) for name in reader.fieldnames or []]
    absent = [column for column in COLUMNS if column not in names]
    if absent:
        raise ValidationError(f"第 1 行：缺少列 {'、'.join(absent)}；表头应为 {','.join(COLUMNS)}。")
    reader.fieldnames = names
    lines = []
    for record in reader:
        cells = {column: tight(record[column] or "") for column in COLUMNS}
        if any(cells.values()):
            lines.append(Line(reader.line_num, **cells))
    problems = _problems(lines)
    if problems:
        raise ValidationError(problems)
    return lines


@transaction.atomic
def load(lines, *, county_name, valid_from, renamed_on, by):
    """Add what is new and rename what is called otherwise; once more with the same lines changes nothing.

    A former name is kept with `renamed_on` as its last day. ValidationError when names collide."""
    county = lines[0].village_code[:6]
    outcome = Outcome(county_name, len(lines))
    try:
        with transaction.atomic():
            _load_divisions(county, county_name, lines, renamed_on, outcome, by)
            _load_villages(county, lines, valid_from, renamed_on, outcome, by)
    except IntegrityError as error:
        raise ValidationError("名称与库中同一乡镇的村重复（例如两个村互换了名称），请分两次装载。") from error
    if outcome.changes:
        about = f"{county_name}区划 {len(lines)} 行，{outcome.changes} 处变化"
        audit.record(by=by, verb="load", obj=Division.objects.get(code=county), about=about)
    return outcome


def _load_divisions(county, county_name, lines, renamed_on, outcome, by):
    wanted = {county: county_name} | {line.township_code: line.township for line in lines}
    known = {division.code: division for division in Division.objects.filter(code__in=wanted)}
    new = [Division(code=code, name=name) for code, name in wanted.items() if code not in known]
    renamed = {found: wanted[code] for code, found in known.items() if found.name != wanted[code]}
    outcome.added += [division.name for division in new]
    outcome.renamed += [f"{division.name} → {name}" for division, name in renamed.items()]
    actions.add_divisions(new, by=by)
    actions.rename_divisions(renamed, until=renamed_on, by=by)


def _load_villages(county, lines, valid_from, renamed_on, outcome, by):
    known = {village.code: village for village in Village.objects.below(county)}
    new = [_village(line, valid_from) for line in lines if line.village_code not in known]
    renamed = {
        known[line.village_code]: line.village
        for line in lines
        if line.village_code in known and known[line.village_code].name != line.village
    }
    outcome.added += [village.name for village in new]
    outcome.renamed += [f"{village.name} → {name}" for village, name in renamed.items()]
    listed = {line.village_code for line in lines}
    outcome.missing += [
        f"{village.code} {village.name}"
        for code, village in sorted(known.items())
        if code not in listed and village.end is None
    ]
    actions.rename_villages(renamed, until=renamed_on, by=by)
    actions.add_villages(new, by=by)


def _village(line, valid_from):
    return Village(
        code=line.village_code,
        township_id=line.township_code,
        name=line.village,
        kind=KINDS[line.kind],
        start=valid_from,
    )


def _problems(lines):
    """One text per problem: of single lines first, then of lines that do not go together."""
    alone = [f"第 {line.number} 行：{line.problem}。" for line in lines if line.problem]
    if alone or not lines:
        return alone or ["文件里没有数据行。"]
    found, codes, names, townships = [], {}, {}, {}
    for line in lines:
        if line.village_code[:6] != lines[0].village_code[:6]:
            found.append(f"第 {line.number} 行：一个文件只放一个县，这一行属于 {line.village_code[:6]}。")
        for seen, key, what in (
            (codes, line.village_code, f"村级代码 {line.village_code}"),
            (names, (line.township_code, line.village), f"{line.township}{line.village}"),
        ):
            if key in seen:
                found.append(f"第 {line.number} 行：{what} 与第 {seen[key]} 行重复。")
            seen.setdefault(key, line.number)
        first = townships.setdefault(line.township_code, line)
        if first.township != line.township:
            found.append(
                f"第 {line.number} 行：乡镇代码 {line.township_code} 在第 {first.number} 行叫“{first.township}”，这里叫“{line.township}”。"
            )
    return found


def _decoded(content):
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError("文件的编码认不出来，请另存为 UTF-8 或 GBK 编码的 CSV。")


def _is_code(text, length):
    return len(text) == length and text.isascii() and text.isdigit()
