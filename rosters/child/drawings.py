"""The drawings of a clerk's sheets (pictures, text boxes, shapes, charts) carried over byte for byte: openpyxl knows no text
boxes, and pictures only where Pillow is installed. What cannot come along is named, so that the clerk is told."""

import posixpath
import re
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree.ElementTree import Element, tostring
from zipfile import ZipFile

from openpyxl.packaging import manifest

from rosters.child.xml import local, stream
from rosters.limits import Refused

FOLDER = "xl/kept"  # apart from what openpyxl writes under the usual names
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
# What a drawing may bring along, by the last word of the relationship's type; embedded programs and files may not come.
CARRIED = {
    "image", "chart", "chartUserShapes", "chartStyle", "chartColorStyle", "themeOverride", "diagramData", "diagramLayout",
    "diagramQuickStyle", "diagramColors", "diagramDrawing",
}  # fmt: skip
LINK = "hyperlink"
ENDINGS = {".xml", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".svg", ".emf", ".wmf"}
manifest.mimetypes.add_type("image/x-wmf", ".wmf")  # openpyxl asks it for every ending in a file
# Elements of a sheet's XML whose parts stay behind.
LEFT_BEHIND = {
    "controls": "按钮、复选框等控件",
    "oleObjects": "嵌入的对象",
    "legacyDrawingHF": "页眉页脚里的图片",
    "picture": "工作表的背景图",
}
SOME_DRAWINGS = "图片和图形"
# A form control's shape in a drawing is nothing without the control.
ALTERNATIVE = re.compile(rb"<mc:AlternateContent\b.*?</mc:AlternateContent>", re.DOTALL)
OF_A_CONTROL = b"compatExt"


@dataclass
class Drawing:
    """A sheet's drawing: the part that the sheet points at, and all parts {path: (bytes, content type)} below it."""

    path: str
    parts: dict = field(default_factory=dict)


class _NotCarried(Exception):
    """Something in the drawing that must or can not come along."""


class Drawings:
    """Carries drawings of one file. `archive` was opened with distrust already, `content` has its pictures too."""

    def __init__(self, archive, content):
        self.archive, self.zip = archive, ZipFile(BytesIO(content))
        self.names = {name.lower(): name for name in self.zip.namelist()}
        self.types = _content_types(archive.part("[Content_Types].xml"))

    def of(self, sheet, key):
        """The Drawing that the sheet at this path points at by the relationship `key`; None where it stays behind."""
        found = next((target for name, _, target, inside in self._relations(sheet) if name == key and inside), None)
        if found is None:
            return None
        drawing = Drawing(_moved(found))
        try:
            self._carry(found, drawing.parts)
            part, kind = drawing.parts[drawing.path]
            part = ALTERNATIVE.sub(lambda one: b"" if OF_A_CONTROL in one[0] else one[0], part)
            stream(part, lambda *_: None)
        except (_NotCarried, Refused):
            return None
        drawing.parts[drawing.path] = (part, kind)
        return drawing if b"Anchor" in part else None

    def _carry(self, path, parts):
        if _moved(path) in parts:
            return
        name, kind = self.names.get(path.lower()), self._type_of(path)
        ending = posixpath.splitext(path)[1].lower()
        if name is None or kind is None or ending not in ENDINGS:
            raise _NotCarried
        parts[_moved(path)] = (self.zip.read(name), kind)
        relations = self._relations(path)
        for _, kind, target, inside in relations:
            word = kind.rpartition("/")[2]
            if inside and word in CARRIED:
                self._carry(target, parts)
            elif inside or word != LINK:
                raise _NotCarried
        if relations:
            parts[_relations_path(_moved(path))] = (_written(relations), None)

    def _relations(self, path):
        """[(id, type, target, whether it lies in the file)] of a part."""
        found = []

        def relation(tag, attributes):
            if tag.rpartition(":")[2] == "Relationship":
                told = local(attributes)
                inside, target = told.get("TargetMode") != "External", told.get("Target", "")
                if inside:
                    target = posixpath.normpath(posixpath.join("/", posixpath.dirname(path), target)).lstrip("/")
                found.append((told.get("Id"), told.get("Type", ""), target, inside))

        part = self.archive.part(_relations_path(path))
        if part:
            stream(part, relation)
        return found

    def _type_of(self, path):
        return self.types.get("/" + path.lower()) or self.types.get(posixpath.splitext(path)[1].lower())


def _moved(path):
    return f"{FOLDER}/{path.removeprefix('xl/')}"


def _relations_path(path):
    folder, name = posixpath.split(path)
    return f"{folder}/_rels/{name}.rels"


def _written(relations):
    """A part's relationships, in the folder that everything is moved to."""
    tree = Element("Relationships", xmlns=PACKAGE)
    for key, kind, target, inside in relations:
        told = {"Id": key, "Type": kind, "Target": f"/{_moved(target)}" if inside else target}
        tree.append(Element("Relationship", told if inside else {**told, "TargetMode": "External"}))
    return tostring(tree, encoding="utf-8", xml_declaration=True)


def _content_types(part):
    """{"/part's path" or ".ending": content type}, in small letters as their names are compared."""
    found = {}

    def kind(tag, attributes):
        told, word = local(attributes), tag.rpartition(":")[2]
        if word == "Override":
            found[told.get("PartName", "").lower()] = told.get("ContentType")
        elif word == "Default":
            found[f".{told.get('Extension', '').lower()}"] = told.get("ContentType")

    if part:
        stream(part, kind)
    return found
