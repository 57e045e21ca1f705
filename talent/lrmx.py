"""The .lrmx file of the cadre appointment form: plain XML with pinyin tags, read with distrust and written again.

There is no published schema; the tags are those on which the open readers and writers of the format agree."""

import base64
import binascii
import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image
from lxml import etree

MAX_BYTES = 2 * 1024 * 1024
MAX_PHOTO = 1024 * 1024
VERSION = "3.2.1.16"
# Field of ApprovalForm → tag, in the order of the file.
TAGS = {
    "name": "XingMing",
    "sex": "XingBie",
    "born": "ChuShengNianYue",
    "ethnicity": "MinZu",
    "native_place": "JiGuan",
    "birth_place": "ChuShengDi",
    "party_joined": "RuDangShiJian",
    "work_started": "CanJiaGongZuoShiJian",
    "health": "JianKangZhuangKuang",
    "technical_post": "ZhuanYeJiShuZhiWu",
    "expertise": "ShuXiZhuanYeYouHeZhuanChang",
    "full_time_level": "QuanRiZhiJiaoYu_XueLi",
    "full_time_degree": "QuanRiZhiJiaoYu_XueWei",
    "full_time_school": "QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi",
    "full_time_degree_school": "QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi",
    "on_job_level": "ZaiZhiJiaoYu_XueLi",
    "on_job_degree": "ZaiZhiJiaoYu_XueWei",
    "on_job_school": "ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi",
    "on_job_degree_school": "ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi",
    "current_post": "XianRenZhiWu",
    "proposed_post": "NiRenZhiWu",
    "removed_post": "NiMianZhiWu",
    "resume": "JianLi",
    "honours": "JiangChengQingKuang",
    "appraisals": "NianDuKaoHeJieGuo",
    "reason": "RenMianLiYou",
    "reporting_unit": "ChengBaoDanWei",
    "age_on": "JiSuanNianLingShiJian",
    "filled_on": "TianBiaoShiJian",
    "filled_by": "TianBiaoRen",
}
FAMILY = {
    "title": "ChengWei",
    "name": "XingMing",
    "born": "ChuShengRiQi",
    "political_status": "ZhengZhiMianMao",
    "post": "GongZuoDanWeiJiZhiWu",
}
RELATIVES, NUMBER, PHOTO, MADE_BY = "JiaTingChengYuan", "ShenFenZheng", "ZhaoPian", "Version"
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML 1.0 cannot hold


@dataclass
class Filled:
    """A form as it goes out or came in: {field: text}, family lines as {field: text}, the rest."""

    texts: dict
    family: list = field(default_factory=list)
    id_number: str = ""
    photo: bytes | None = None
    others: dict = field(default_factory=dict)


def read(content):
    """The form in the bytes of an .lrmx file. Raises ValidationError in the words that the clerk reads."""
    root = _root(content)
    known = {tag: name for name, tag in TAGS.items()} | {RELATIVES: "", NUMBER: "", PHOTO: ""}
    texts = {known[one.tag]: _text(one) for one in root if known.get(one.tag)}
    others = {
        one.tag: _text(one) for one in root if isinstance(one.tag, str) and one.tag not in known and len(one) == 0
    }
    family = [
        {name: _text(item.find(tag)) for name, tag in FAMILY.items()} for item in root.iterfind(f"{RELATIVES}/Item")
    ]
    return Filled(
        texts=texts,
        family=[line for line in family if any(line.values())],
        id_number=_text(root.find(NUMBER)).strip(),
        photo=_photo(_text(root.find(PHOTO))),
        others=others,
    )


def write(filled):
    """The bytes of an .lrmx file, UTF-8."""
    root = etree.Element("Person")
    for name, tag in TAGS.items():
        _add(root, tag, filled.texts.get(name, ""))
        if name == "reason":
            relatives = _add(root, RELATIVES, "")
            for line in filled.family:
                item = etree.SubElement(relatives, "Item")
                for part, part_tag in FAMILY.items():
                    _add(item, part_tag, line.get(part, ""))
    _add(root, NUMBER, filled.id_number)
    _add(root, PHOTO, base64.b64encode(filled.photo).decode() if filled.photo else "")
    for tag, text in {MADE_BY: VERSION, **filled.others}.items():
        _add(root, tag, text)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def check_photo(content):
    """Raises ValidationError unless the bytes are a JPEG or PNG that Word can show, of at most 1 MB."""
    if len(content) > MAX_PHOTO:
        raise ValidationError("照片超过 1 MB，请缩小后再上传。")
    try:
        shown = Image.from_blob(content).content_type in {"image/jpeg", "image/png"}
    except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError, ValueError, KeyError):
        shown = False
    if not shown:
        raise ValidationError("照片不是能读的 JPG 或 PNG 图片，请换一张。")


def _root(content):
    if len(content) > MAX_BYTES:
        raise ValidationError(f"文件超过 {MAX_BYTES // 1024 // 1024} MB，不像一份任免审批表。")
    # No entity is ever resolved, no DTD loaded, nothing fetched; what declares one is refused as a whole.
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise ValidationError("这不是 .lrmx 文件（里面不是完整的 XML），请从任免审批表软件里重新导出。") from None
    if root.getroottree().docinfo.doctype:
        raise ValidationError("文件里有 DOCTYPE 声明，可能有害，没有读取。请从任免审批表软件里重新导出。")
    if root.tag != "Person":
        raise ValidationError("这不是一份任免审批表：文件的最外层应当是 Person。")
    return root


def _text(element):
    """The text as it stands; "" for one of blanks only."""
    text = "" if element is None else element.text or ""
    return text if text.strip() else ""


def _photo(text):
    if not text:
        return None
    try:
        content = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise ValidationError("文件里的照片读不出来，请从任免审批表软件里重新导出。") from None
    check_photo(content)
    return content


def _add(parent, tag, text):
    element = etree.SubElement(parent, tag)
    element.text = UNWRITABLE.sub("", text or "")
    return element
