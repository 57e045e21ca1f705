"""The .lrmx file: read with distrust, written again, and nothing lost between the two."""

import base64
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from lxml import etree

from talent import lrmx

FAMILY = "".join(
    f"<Item><ChengWei>{title}</ChengWei><XingMing>林某</XingMing><ChuShengRiQi>195{n}03</ChuShengRiQi>"
    f"<ZhengZhiMianMao>群众</ZhengZhiMianMao><GongZuoDanWeiJiZhiWu>务农</GongZuoDanWeiJiZhiWu></Item>"
    for n, title in enumerate(("父亲", "母亲"))
)


def picture():
    """The bytes of a PNG of one point."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
    )


def file(**texts):
    """The bytes of a whole file: every known tag filled, others of newer programs, a family and a photograph."""
    known = {tag: f"内容{number}" for number, tag in enumerate(lrmx.TAGS.values())}
    known |= {"JianLi": "1990.07--2005.05  村民\n2005.05--         <书记> & 主任", "DaoLingNianYue": "204506"}
    told = "".join(f"<{tag}>{escaped(text)}</{tag}>" for tag, text in (known | texts).items())
    photo = base64.b64encode(picture()).decode()
    return (
        f'<?xml version="1.0" encoding="utf-8"?><Person>{told}<JiaTingChengYuan>{FAMILY}</JiaTingChengYuan>'
        f"<ShenFenZheng></ShenFenZheng><ZhaoPian>{photo}</ZhaoPian><Version>3.2.1.6</Version></Person>"
    ).encode()


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def everything(content):
    """{path: text} of all that a file says."""
    root = etree.fromstring(content)
    return {root.getroottree().getpath(one): one.text for one in root.iter() if len(one) == 0 and one.text}


def test_what_is_read_is_written_again():
    content = file()
    again = lrmx.write(lrmx.read(content))
    assert everything(again) == everything(content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "不是 .lrmx"),
        (b"\0\0\0", "不是 .lrmx"),
        (b"<Person><XingMing>", "不是 .lrmx"),
        (b"<Other/>", "最外层应当是 Person"),
        (b'<!DOCTYPE Person [<!ENTITY a "b">]><Person><XingMing>&a;</XingMing></Person>', "DOCTYPE"),
        ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE Person SYSTEM "file:///etc/passwd"><Person/>'.encode("utf-16"), "DOCTYPE"),
        (b"<Person><ZhaoPian>***</ZhaoPian></Person>", "照片读不出来"),
        (b"<Person><ZhaoPian>" + base64.b64encode(b"GIF89a nothing") + b"</ZhaoPian></Person>", "照片不是能读的"),
        (b"<Person>" + b" " * (lrmx.MAX_BYTES + 1) + b"</Person>", "超过 2 MB"),
        (b"<Person>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</Person>", "不是 .lrmx"),
    ],
)  # fmt: skip
def test_what_is_no_form_is_refused_in_words(content, said):
    with pytest.raises(ValidationError, match=said):
        lrmx.read(content)


def test_what_xml_cannot_hold_does_not_stop_the_writing():
    found = lrmx.read(lrmx.write(lrmx.Filled({"name": "张\x00三\x0b", "resume": "一\ud800二"})))
    assert (found.texts["name"], found.texts["resume"]) == ("张三", "一二")
