"""The codes of every problem and refusal that the product's code can tell, read from the code itself."""

import ast
import re

APPS = ("core", "rosters", "talent", "training", "awards", "villages")
CODE = re.compile(r"[a-z]+(_[a-z]+)+(:[a-z_*]+)?|\*_[a-z]+|[a-z]{4,}")
HAN = re.compile(r"[\u4e00-\u9fff]")
# Calls whose argument at that place is a code.
PLACES = {"Refused": 0, "Found": 0, "problem": 1, "hint": 1, "Problem": 1, "refuse": 1, "warn": 1, "choice": 2}
REFUSING = frozenset(("NotNow", "PermissionDenied", "Refused"))
SHORTEST_MESSAGE = 8
# Stand where a code may stand and are how bad something is, or how two texts differ.
LEVELS = frozenset(("error", "warn", "info", "differs"))


def in_code(root):
    """{code: {"path:line"}} of what is written in the apps below `root`; "*" stands for what is put in when it runs."""
    found = {}
    for app in APPS:
        for path in sorted((root / app).rglob("*.py")):
            if not {"migrations", "models", "admin"}.intersection(path.parts):
                for code, line in _codes(ast.parse(path.read_text(encoding="utf-8"))):
                    found.setdefault(code, set()).add(f"{path.relative_to(root)}:{line}")
    return found


def refusals(folder):
    """(path:line, message) of everything that is refused below `folder`; "*" stands for what is put in when it runs."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in REFUSING and node.args:
                message = _text(node.args[-1])
                if HAN.search(message):
                    yield f"{path.relative_to(folder.parent)}:{node.lineno}", message


def _codes(tree):
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _of_call(node, constants)
        elif isinstance(node, ast.Tuple):
            yield from _before_a_message(node.elts, constants)
        elif isinstance(node, ast.Return) and re.fullmatch(r"id_[a-z_]+", _text(node.value)):
            yield _text(node.value), node.lineno


def _of_call(node, constants):
    place = PLACES.get(getattr(node.func, "id", None) or getattr(node.func, "attr", ""))
    if place is not None and len(node.args) > place:
        yield from _code_of(constants.get(getattr(node.args[place], "id", ""), node.args[place]))


def _before_a_message(parts, constants):
    """(field, code, message), or (code, message); the message may have a name."""
    if len(parts) in (2, 3):
        message = constants.get(getattr(parts[-1], "id", ""), parts[-1])
        named = len(parts) == 3 and isinstance(parts[-1], ast.Name)
        told = len(_text(message)) >= SHORTEST_MESSAGE and HAN.search(_text(message))
        if told or (named and CODE.fullmatch(_text(parts[0])) and "_" in _text(parts[1]) and message is parts[-1]):
            yield from _code_of(parts[-2])


def _code_of(node):
    text = _text(node)
    if CODE.fullmatch(text) and text not in LEVELS:
        yield text, node.lineno


def _text(node):
    """A text, "*" where something is put in; "" for what is no text."""
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "*" for part in node.values)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return _text(node.func.value)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
