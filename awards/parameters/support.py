"""What a county sets about support policies: the templates that a new policy is copied from, and when something is late."""

import re

from django.core.exceptions import ValidationError

from awards.models import SupportCondition
from core.parameters import parameter

SUPPORT = "扶持政策"
LOCAL = "县级扶持政策；上级没有统一规定，按本县文件修改"
SAMPLE = "扶持政策的常见类型（创业贷款贴息、税收减免、土地流转优惠、一次性补贴）；标准和条件是示例，按本县文件修改"
FORMULAS = (
    ("percent", re.compile(r"(?P<base>[^\d%]{1,30})的 ?(?P<rate>\d+(\.\d{1,2})?)%")),
    ("per_unit", re.compile(r"每(?P<base>[^\d ]{1,30}) ?(?P<rate>\d+(\.\d{1,2})?) ?元")),
    ("fixed", re.compile(r"(?P<base>)(?P<rate>\d+(\.\d{1,2})?) ?元")),
)
CAP = re.compile(r"(?P<formula>.+?)(，最高 ?(?P<cap>\d+(\.\d{1,2})?) ?元)?")
AGAIN = re.compile(r"间隔 ?(?P<years>\d{1,2}) ?年|只能一次")
RANGE = re.compile(r"(不少于 ?(?P<least>\d{1,4}))?，?(不超过 ?(?P<most>\d{1,4}))?")
SHAPE = (
    "“{line}”看不懂，请按这些样子写：名称：创业贷款贴息；标准：当年付息的 50%，最高 20000 元；标准：每亩 200 元；标准：5000 元；"
    "再次享受：间隔 1 年；再次享受：只能一次；年龄（周岁）不超过 60；身份：在库乡村人才、在任村干部。"
)


def template_part(line):
    """({field of SupportPolicy: value}, unsaved SupportCondition or None) of a line; ValidationError where it is neither."""
    head, _, said = (text.strip() for text in line.partition("："))
    if head in PARTS and (found := PARTS[head](said)):
        return found, None
    if condition := _condition(line.strip()):
        return {}, condition
    raise ValidationError(SHAPE.format(line=line))


def _name(said):
    return {"name": said} if said else None


def _formula(said):
    whole = CAP.fullmatch(said)
    for formula, shape in FORMULAS if whole else ():
        if found := shape.fullmatch(whole["formula"]):
            return {"formula": formula, "rate": found["rate"], "base": found["base"], "cap": whole["cap"] or ""}
    return None


def _again(said):
    found = AGAIN.fullmatch(said)
    return {"repeat_years": int(found["years"] or 0)} if found else None


PARTS = {"名称": _name, "标准": _formula, "再次享受": _again}


def _condition(line):
    """The condition that a line says in the words of a policy's page, or None; ValidationError for words that none may be."""
    for kind in SupportCondition.Kind:
        rest = line.removeprefix(kind.label)
        if rest == line:
            continue
        if kind in SupportCondition.NUMBERS:
            found = RANGE.fullmatch(rest)
            ends = {name: int(text) for name, text in found.groupdict().items() if text} if found else {}
            if ends and ends.get("least", 0) <= ends.get("most", ends.get("least", 0)):
                return SupportCondition(kind=kind, **ends)
        elif rest.startswith("：") and rest[1:].strip():
            row = SupportCondition(kind=kind, words=rest[1:].strip())
            try:
                row.clean()
            except ValidationError as refused:
                raise ValidationError(refused.messages) from refused
            return row
    return None


TEMPLATES = {
    "loan": parameter(
        "support_template_loan", "政策样表：创业贷款贴息",
        ("名称：创业贷款贴息", "标准：当年付息的 50%，最高 20000 元", "再次享受：间隔 1 年", "年龄（周岁）不超过 60", "身份：在任村干部、在库乡村人才"),
        group=SUPPORT, basis=SAMPLE, line=template_part,
    ),
    "tax": parameter(
        "support_template_tax", "政策样表：税收减免",
        ("名称：创业税收减免补助", "标准：当年纳税的 30%，最高 8000 元", "再次享受：间隔 1 年", "年龄（周岁）不超过 60"),
        group=SUPPORT, basis=SAMPLE, line=template_part,
    ),
    "land": parameter(
        "support_template_land", "政策样表：土地流转优惠",
        ("名称：土地流转补贴", "标准：每亩 200 元，最高 10000 元", "再次享受：间隔 1 年", "身份：在库乡村人才", "经营类型：种植、养殖"),
        group=SUPPORT, basis=SAMPLE, line=template_part,
    ),
    "one_off": parameter(
        "support_template_one_off", "政策样表：一次性补贴",
        ("名称：返乡创业一次性补贴", "标准：5000 元", "再次享受：只能一次", "年龄（周岁）不超过 55", "引育方式：返乡、引进"),
        group=SUPPORT, basis=SAMPLE, line=template_part,
    ),
}  # fmt: skip
DECISION_DAYS = parameter(
    "support_decision_days", "扶持申请应在提交后审批", 30, group=SUPPORT, unit="天内", low=1, high=365, basis=LOCAL
)
PAYMENT_DAYS = parameter(
    "support_payment_days", "扶持申请批准后应付清", 60, group=SUPPORT, unit="天内", low=1, high=365, basis=LOCAL
)
VISIT_DAYS = parameter(
    "support_visit_days",
    "批准满 1 年、满 3 年后应登记回访",
    30,
    group=SUPPORT,
    unit="天内",
    low=0,
    high=365,
    basis=LOCAL,
)
