"""Streaming XML without tree, entities or DOCTYPE: one function called per start tag."""

import re
from xml.parsers import expat

from rosters.child.sniff import corrupt
from rosters.limits import Refused

ROOT_WITHOUT_PREFIX = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*\?>\s*)*<[A-Za-z0-9_.-]+[\s>]")


def _refuse_doctype(*_):
    raise Refused(
        "xml_declaration", "文件内部含有 DOCTYPE 或实体声明，可能有害，未予读取。请在 Excel 里另存一份再上传。"
    )


def stream(part, start, end=None, text=None):
    """Calls `start(tag, attributes)`, `end(tag)`, `text(data)`; tags lose their prefix, whatever the producer chose."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    parser.buffer_text = True
    if ROOT_WITHOUT_PREFIX.match(part[:2000]):
        # Nearly every file: half a million calls less for a large sheet.
        parser.StartElementHandler, parser.EndElementHandler = start, end
    else:
        parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
        parser.EndElementHandler = (lambda tag: end(tag.rpartition(":")[2])) if end else None
    if text:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(part, True)
    except expat.ExpatError:
        raise corrupt() from None


def local(attributes):
    """The attributes without their prefixes."""
    return {name.rpartition(":")[2]: value for name, value in attributes.items()}
