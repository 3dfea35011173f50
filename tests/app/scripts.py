"""A name is printed in the script it is written in, and reads back as it was written: beside the report's title, in the
foot of every page, and among Latin words and numbers.

Two readers: poppler's pdftotext, and pdf_text.py, which decodes the content itself. Poppler guesses where right-to-left
text begins and ends. It knows neither N'Ko nor that a mark belongs to the letter before it, so a word whose last letter
has a mark comes out with that mark in the wrong place; the scripts for which that is so are named below."""
import json
import pathlib
import shutil
import subprocess
import tempfile
import unicodedata

from pdf_text import read
from planted import NAMES_BY_SCRIPT
from runs import AS_OF, ROOT, Checks, legwork, skip

# Where poppler reorders what the file says in the right order.
MISREAD_BY_POPPLER = {"Arabic", "Thaana", "N'Ko"}
DIRECTION_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c"))  # which pdftotext adds

for tool in ("qpdf", "pdffonts", "pdftotext"):
    if not shutil.which(tool):
        skip(f"{tool} is not there: install qpdf and poppler-utils")
for font in ("opentype/noto/NotoSansCJK-Regular.ttc", "truetype/ancient-scripts/Symbola_hint.ttf"):
    if not pathlib.Path("/usr/share/fonts", font).exists():
        skip(f"{font} is not there: install fonts-noto-cjk and fonts-symbola")

checks = Checks()
chart = json.loads((ROOT / "examples" / "amlodipine-and-iron.json").read_text())


def plain(text):
    """Composed, in one line: what two texts must have in common to be the same to a reader."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def named(name):
    """The chart of a patient of this name, who is allergic to something with the name amid Latin and numbers."""
    for entry in chart["entry"]:
        resource = entry["resource"]
        if resource["resourceType"] == "Patient":
            resource["name"] = [{"text": name}]
        if resource["resourceType"] == "AllergyIntolerance":
            resource["code"] = {"text": sentence(name)}
    return json.dumps(chart).encode()


def sentence(name):
    return f"Latex 12.5 {name} type 10 (seen)"


def poppler_pages(pdf):
    said = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True).stdout.decode()
    return [page.translate(DIRECTION_MARKS) for page in said.split("\f")[:-1]]


def check_text(script, reader, pages, name):
    for number, text in enumerate(map(plain, pages), 1):
        checks.check(plain(name) in text[-400:], f"{script}: {reader}: page {number} is not signed with the name")
    first = plain(pages[0])
    checks.check(first.count(plain(name)) == 3, f"{script}: {reader}: the name stands {first.count(plain(name))} times on "
                 "page 1, not as title, in the foot, and in a sentence")
    checks.check(plain(sentence(name)) in first, f"{script}: {reader}: the sentence around the name is torn apart")


with tempfile.TemporaryDirectory() as folder:
    for script, name in NAMES_BY_SCRIPT.items():
        pdf = f"{folder}/report.pdf"
        run = legwork("report", "-", *AS_OF, "-o", pdf, stdin=named(name))
        checks.check(run.code == 0 and not run.err, f"{script}: exit {run.code}, {len(run.err)} bytes of errors")
        checks.no_leak(run, script)
        if run.code != 0:
            continue
        own = read(pdf)
        check_text(script, "content", [text for text, _ in own], name)
        if script not in MISREAD_BY_POPPLER:
            check_text(script, "pdftotext", poppler_pages(pdf), name)
        checks.check(not any(0 in codes for _, codes in own), f"{script}: a glyph that stands for a missing one")
        checks.check(not any("[U+" in text for text, _ in own), f"{script}: a character that no font has")
        fonts = subprocess.run(["pdffonts", pdf], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
        checks.check(all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts),
                     f"{script}: a font is not embedded, cut and mapped to Unicode: {fonts}")
checks.end()
