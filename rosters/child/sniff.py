"""Tells what a file is by its content; the name of a file says nothing."""

import zipfile
from io import BytesIO

from rosters.limits import Refused

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GIVEN_START = b'{"fields":['  # of rows that another system gave, see rosters.child.given
BIFF_STARTS = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
OTHER_KINDS = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"II*\x00", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"MZ", "程序"),
    (b"\x7fELF", "程序"),
    (b"{\\rtf", "Word 文档"),
    (b"SQLite format", "数据库"),
)


def not_a_spreadsheet(what):
    return Refused("not_spreadsheet", f"这不是电子表格，而是{what}。请上传 .xlsx、.xls、.ods 或 .csv 表格。")


def corrupt():
    return Refused("corrupt", "文件不完整或已损坏，打不开。请在电脑上打开确认后另存一份再上传。")


def encrypted():
    return Refused("encrypted", "文件设有打开密码，系统读不了。请取消密码后另存再上传。")


def sniff(content):
    """One of xlsx, ods, xls, xml2003, html, text, given."""
    if not content:
        raise Refused("empty_file", "文件是空的（0 字节），请检查是否选错了文件。")
    if content[:4] == b"PK\x03\x04" or content[:4] == b"PK\x05\x06":
        return sniff_zip(content)
    if content.startswith(OLE_MAGIC):
        return "xls"
    if content.startswith(GIVEN_START):
        return "given"
    for magic, what in OTHER_KINDS:
        if content.startswith(magic):
            raise not_a_spreadsheet(what)
    if content[:2] in BIFF_STARTS and len(content) > 8 and content[3] == 0:
        return "xls"
    return sniff_text(content)


def sniff_zip(content):
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = {entry.filename for entry in archive.infolist()}
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        raise corrupt() from None
    if any(name.lower() == "xl/workbook.xml" for name in names):
        return "xlsx"
    if b"opendocument.spreadsheet" in mimetype or (not mimetype and "content.xml" in names):
        return "ods"
    if "xl/workbook.bin" in names:
        raise Refused("unsupported", "这是 .xlsb 二进制表格，请在 Excel 里另存为 .xlsx 再上传。")
    if any(name.startswith("word/") for name in names) or b"opendocument.text" in mimetype:
        raise not_a_spreadsheet("Word 文档")
    if any(name.startswith("ppt/") for name in names):
        raise not_a_spreadsheet("演示文稿")
    if "[Content_Types].xml" in names:
        raise corrupt()
    raise not_a_spreadsheet("压缩包")


def sniff_text(content):
    head = content[:4096]
    if not is_wide(head) and b"\x00" in head:
        raise not_a_spreadsheet("无法识别的文件")
    plain = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in plain and plain.startswith((b"<?xml", b"<workbook")):
        return "xml2003"
    if plain.startswith(b"<") and any(
        tag in plain for tag in (b"<html", b"<table", b"<!doctype html", b"<head", b"<tr")
    ):
        return "html"
    if plain.startswith((b"<?xml", b"<!doctype")):
        raise not_a_spreadsheet("网页或 XML 文件")
    if plain.startswith((b"mime-version:", b"content-type: multipart")):
        raise Refused("unsupported", "这是单个网页文件（MHTML），请在 Excel 里另存为 .xlsx 再上传。")
    return "text"


def is_wide(head):
    """UTF-16: by its mark, or by the NULs beside line ends, commas and digits, all on the same side."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    even, odd = head[::2].count(0), head[1::2].count(0)
    return min(even, odd) == 0 and max(even, odd) * 40 > len(head)
