"""A second reader of our own PDFs, which trusts nothing but the file: what the content of a page says, glyph code by
glyph code, through each font's ToUnicode map and the ActualText around it. It reads in the order of the content, which
is reading order; what is marked as drawn backwards (ReversedChars) it turns around."""
import base64
import json
import re
import subprocess

TOKEN = re.compile(rb"<<.*?>>(?=\s+BDC)|<[0-9A-Fa-f]*>|\((?:\\.|[^\\)])*\)|/[^\s/<>\[\]()]+|[^\s/<>\[\]()]+|[\[\]]", re.S)
ACTUAL_TEXT = re.compile(rb"/ActualText\s*(<[0-9A-Fa-f]*>|\((?:\\.|[^\\)])*\))", re.S)


class Document:
    def __init__(self, path):
        said = subprocess.run(["qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized", path],
                              capture_output=True, check=True).stdout
        self.objects = json.loads(said)["qpdf"][1]
        self.maps = {}

    def at(self, reference):
        held = self.objects[f"obj:{reference}"] if isinstance(reference, str) else {"value": reference}
        return held.get("value", held.get("stream", {}).get("dict"))

    def stream(self, reference):
        return base64.b64decode(self.objects[f"obj:{reference}"]["stream"]["data"])

    def pages(self, node=None):
        node = node or self.at(self.at(self.objects["trailer"]["value"]["/Root"])["/Pages"])
        for kid in map(self.at, node["/Kids"]):
            yield from [kid] if kid["/Type"] == "/Page" else self.pages(kid)

    def inherited(self, page, key):
        return self.at(page[key] if key in page else self.at(page["/Parent"])[key])

    def to_unicode(self, page, font):
        reference = self.at(self.inherited(page, "/Resources")["/Font"])[font]
        if reference not in self.maps:
            entries = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", self.stream(self.at(reference)["/ToUnicode"]))
            self.maps[reference] = {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
                                    for code, text in entries if len(code) == 4}
        return self.maps[reference]

    def content(self, page):
        contents = page["/Contents"]
        return b"\n".join(map(self.stream, contents if isinstance(contents, list) else [contents]))


def string_bytes(token):
    """A string of content, hexadecimal or literal."""
    if token.startswith(b"<"):
        return bytes.fromhex(token[1:-1].decode())
    named = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
    return re.sub(rb"\\([0-7]{3}|.)", lambda m: bytes([int(m[1], 8)]) if len(m[1]) == 3 else named.get(m[1], m[1]),
                  token[1:-1], flags=re.S)


def text_string(token):
    """A PDF text string: UTF-16 or one byte a character."""
    raw = string_bytes(token)
    return raw[2:].decode("utf-16-be") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")


def read(path):
    """The text of each page, a line for each line of the page, and the glyph codes that its text is drawn with."""
    document = Document(path)
    return [read_page(document, page) for page in document.pages()]


def read_page(document, page):
    text, codes, font = [], [], {}
    marks = []  # what each open mark began: (kind, where in `text`, replacement)
    stack = []
    for token in TOKEN.findall(document.content(page)):
        if token in (b"BDC", b"BMC"):
            actual = ACTUAL_TEXT.search(stack[-1]) if token == b"BDC" else None
            kind = "actual" if actual else "reversed" if stack[-1] == b"/ReversedChars" else "other"
            marks.append((kind, len(text), text_string(actual[1]) if actual else ""))
        elif token == b"EMC":
            kind, begin, replacement = marks.pop()
            if kind == "actual":
                text[begin:] = replacement
            elif kind == "reversed":
                text[begin:] = reversed("".join(text[begin:]))
        elif token == b"Tf":
            font = document.to_unicode(page, stack[-2].decode())
        elif token == b"ET":
            text.append("\n")
        elif token.startswith((b"<", b"(")) and not token.startswith(b"<<"):
            raw = string_bytes(token)
            glyphs = [int.from_bytes(raw[i:i + 2], "big") for i in range(0, len(raw), 2)]
            codes += glyphs
            text += [font.get(code, "\ufffd") for code in glyphs]
        else:
            stack.append(token)
    return "".join(text), codes
