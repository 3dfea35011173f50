"""The patient's page can be read with 6 years of school: the pack's words, the templates' texts, and the pages of
every chart, in both languages. That the measure itself counts right is checked first."""
import pathlib
import re
import subprocess
import shutil
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

from reading_ease import english_syllables, fernandez_huerta, grade, spanish_syllables
from runs import AS_OF, ROOT, Checks, examples, legwork, skip

for tool in ("pdfinfo", "pdftotext"):
    if not shutil.which(tool):
        skip(f"{tool} is not there: install poppler-utils")

checks = Checks()
HARDEST = 6
data = pathlib.Path(sys.argv[2])

# The measure.
KNOWN = {"en": (english_syllables, {
             "legs": 1, "heavy": 2, "iron": 2, "moved": 1, "wanted": 2, "little": 2, "raise": 1, "raises": 2,
             "because": 2, "swollen": 2, "ultrasound": 3, "medicine": 3, "today": 2, "clinic": 2, "trouble": 2,
             "breathing": 2, "muscles": 2, "ankles": 2, "18": 1, "needed": 2, "walked": 1, "fluid": 2}),
         "es": (spanish_syllables, {
             "piernas": 2, "hierro": 2, "sangre": 2, "pie": 1, "usted": 2, "líquido": 3, "guía": 2, "queso": 2,
             "aún": 2, "veía": 3, "cuerpo": 2, "hinchadas": 3, "medicamento": 5, "muy": 1, "cree": 2, "agua": 2,
             "día": 2, "corazón": 3, "pingüino": 3, "oír": 2})}
for language, (count, words) in KNOWN.items():
    for word, syllables in words.items():
        checks.check(count(word) == syllables, f"{language}: '{word}' has {syllables}, counted {count(word)}")
# "The cat sat on the mat." 6 words of one syllable: 0.39 * 6 + 11.8 - 15.59
checks.check(abs(grade(["The cat sat on the mat."], "en") - -1.45) < 0.01, "the Flesch-Kincaid grade")
# 4 words, 7 syllables, 1 sentence: -0.205 * 25 + 0.049 * 175 - 3.407, and 206.84 - 60 * 1.75 - 1.02 * 4
checks.check(abs(grade(["Mi casa tiene patio."], "es") - 0.043) < 0.01, "the Crawford grade")
checks.check(abs(fernandez_huerta(["Mi casa tiene patio."]) - 97.76) < 0.01, "Fernandez Huerta")
checks.check(grade(["Hypothyroidism necessitates endocrinological consultation."], "en") > 20, "hard words are hard")


def filled(text):
    """The text as a patient may read it: with a long drug and a long list."""
    given = {"drug": "amlodipine", "interval": "7 weeks", "value": "18", "low": "30", "high": "400", "number": "911",
             "list": "iron", "date": "14 March 2025", "count": "7", "page": "1", "pages": "1", "label": "Number",
             "day": "1", "month": "March", "year": "2025"}
    return re.sub(r"\{(\w+)\}", lambda name: given[name[1]], " ".join(text.split()))


def check(what, pieces, language):
    """All of it; and the longer texts alone, which headings and lines of lists would make look easier."""
    long = [piece for piece in pieces if len(piece.split()) >= 6]
    hard = max(grade(pieces, language), grade(long, language) if long else 0)
    checks.check(hard <= HARDEST, f"{what}: grade {hard:.1f}")
    if language == "es":
        ease = fernandez_huerta(pieces)
        checks.check(ease >= 70, f"{what}: Fernandez Huerta {ease:.0f}")
    return hard


def words_of_pack(language):
    root = ElementTree.parse(ROOT / f"packs/heavy-legs/patient.{language}.xml").getroot()
    pieces = [element.text for element in root.iter() if element.text and element.text.strip()]
    return [filled(piece) for piece in pieces + [element.get("lead") for element in root.iter() if element.get("lead")]]


TEMPLATES = {"en": "patient.xml", "es": "patient.es.xml"}
NO_PROSE = {"months", "page.of", "date.day", "patient.number", "subject"}


def words_of_template(language):
    root = ElementTree.parse(ROOT / "templates" / TEMPLATES[language]).getroot()
    return [filled(text.text) for text in root.iter("text") if text.get("key") not in NO_PROSE]


def page_texts(pdf):
    """The page's texts, one by one, as its structure has them; without sender, name and numbers."""
    said = subprocess.run(["pdfinfo", "-struct-text", pdf], capture_output=True, text=True).stdout
    pieces, now = [], []
    for line in said.splitlines():
        text = re.match(r'\s*"(.*)"$', line)
        if text:
            now.append(text[1])
        elif now:
            pieces.append("".join(now))
            now = []
    pieces.append("".join(now))
    return [piece.strip() for piece in pieces if piece.strip()]


grades = {}
for language in ("en", "es"):
    for text in words_of_pack(language):
        # No text of several sentences is harder than the whole may be; a short one may hold a long word.
        if len(text.split()) >= 8:
            checks.check(grade([text], language) <= 8, f"{language}: {text!r}: grade {grade([text], language):.1f}")
    grades[f"pack {language}"] = check(f"the pack's words in {language}", words_of_pack(language), language)
    grades[f"template {language}"] = check(f"the template's texts in {language}", words_of_template(language), language)

charts = examples() + sorted(data.glob("charts/*.json"))
with tempfile.TemporaryDirectory() as folder:
    for language in ("en", "es"):
        hardest = -9.0
        for chart in charts:
            pdf = f"{folder}/page.pdf"
            run = legwork("report", chart, *AS_OF, "--template", "patient", "--lang", language, "-o", pdf)
            checks.check(run.code == 0 and not run.err, f"{chart.name}: exit {run.code}: {run.err[:300]}")
            checks.no_leak(run, chart.name)
            if run.code:
                continue
            info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True).stdout
            checks.check(re.search(r"Pages:\s+1\n", info), f"{chart.name} in {language}: not one page")
            pieces = page_texts(pdf)
            checks.check(len(pieces) > 15, f"{chart.name} in {language}: only {len(pieces)} texts were read")
            # The first two are the sender and the patient's name.
            hardest = max(hardest, check(f"{chart.name} in {language}", pieces[2:], language))
            shown = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True).stdout
            checks.check("%" not in shown and "{" not in shown, f"{chart.name} in {language}: a percentage or a brace")
        grades[f"pages {language}"] = hardest
print("hardest grades:", {name: round(value, 1) for name, value in grades.items()})
checks.end()
