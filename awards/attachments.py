"""Which files may be handed in with a nomination or a score: kinds told by their content, as large as an uploaded roster."""

import hashlib
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError

from core.text import plain
from rosters.limits import MAX_BYTES, MEGABYTE

# ending: (how the content begins, content type when it is taken away again)
OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
KINDS = {
    ".pdf": ((b"%PDF-",), "application/pdf"),
    ".jpg": ((b"\xff\xd8\xff",), "image/jpeg"),
    ".jpeg": ((b"\xff\xd8\xff",), "image/jpeg"),
    ".png": ((b"\x89PNG\r\n\x1a\n",), "image/png"),
    ".docx": (OFFICE, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".doc": (OFFICE, "application/msword"),
    ".xlsx": (OFFICE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".xls": (OFFICE, "application/vnd.ms-excel"),
}
LONGEST = 100
MOST_FILES = 5
MEGABYTES = MAX_BYTES // MEGABYTE
ALLOWED = "PDF、JPG、PNG、Word、Excel"


def ending(filename):
    return PurePosixPath(filename).suffix.lower()


def taken(file):
    """(name, content) of an uploaded file; ValidationError for what is none of the kinds or too large."""
    if file is None:
        raise ValidationError("还没有选择文件。")
    name = plain(PurePosixPath(file.name.replace("\\", "/")).name)
    if len(name) > LONGEST:
        raise ValidationError(f"文件名超过 {LONGEST} 个字，请改短后再传。")
    if file.size > MAX_BYTES:
        raise ValidationError(f"文件超过 {MEGABYTES} MB，请压缩后再传。")
    begins = KINDS.get(ending(name), ((), ""))[0]
    content = file.read()
    if not any(content.startswith(one) for one in begins):
        raise ValidationError(f"不是可以收的文件，请上传 {ALLOWED} 文件（扩展名要和内容相符）。")
    return name, content


def digest_beside(kept, content, called):
    """The digest of a file that comes beside the files `kept` (of what is `called`); ValidationError for one too many or one
    that is there."""
    if kept.count() >= MOST_FILES:
        raise ValidationError(f"{called}最多 {MOST_FILES} 个附件，请先删去不用的。")
    digest = hashlib.sha256(content).hexdigest()
    if kept.filter(digest=digest).exists():
        raise ValidationError("这个文件已经上传过。")
    return digest


def content_type(filename):
    return KINDS.get(ending(filename), ((), "application/octet-stream"))[1]
