"""Validators that fields of several apps share, with the words the clerk reads."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from core.identity import credit_code_valid, id_problem

ID_MESSAGES = {
    "id_length": "身份证号应为 17 位数字加 1 位数字或 X，请对照身份证补全。",
    "id_birth_invalid": "身份证号第 7 至 14 位不是有效日期，请对照身份证核对。",
    "id_checksum": "身份证号末位校验不符，多为抄错一位，请对照身份证核对。",
}
digits = RegexValidator(r"^[0-9]+$", "代码只能是数字。")
mobile = RegexValidator(r"^1[3-9][0-9]{9}$", "请填一个 11 位手机号码。")


def id_number(value):
    """Raise unless `value` is a valid 公民身份号码 (GB 11643)."""
    problem = id_problem(value)
    if problem:
        raise ValidationError(ID_MESSAGES[problem], code=problem)


def credit_code(value):
    """Raise unless `value` is a valid 统一社会信用代码 (GB 32100)."""
    if not credit_code_valid(value):
        raise ValidationError("统一社会信用代码应为 18 位且校验位正确，请对照证书核对。", code="credit_code")
