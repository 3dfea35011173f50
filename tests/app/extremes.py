"""Charts far beyond what pages hold, and every chart there is, at both papers, with every template: words keep apart
from each other and within the margins, the pages are no more than they may be, and each names the patient."""
import datetime
import html
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from runs import AS_OF, ROOT, Checks, examples, legwork

MARGIN = 39.5  # points; every template has 40 at the sides
TEMPLATES = [("clinician", 2), ("compact", 2), ("patient", 1), ("patient.es", 1)]
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
checks = Checks()


def bundle(*resources):
    return json.dumps({"resourceType": "Bundle", "type": "collection",
                       "entry": [{"resource": {"subject": {"reference": "Patient/p"}, **resource}} for resource in resources]})


def patient(family, *given):
    return {"resourceType": "Patient", "id": "p", "name": [{"family": family, "given": list(given)}],
            "birthDate": "1950-02-03", "identifier": [{"type": {"text": "MRN"}, "value": "XT-700001"}]}


def medication(i):
    names = ["amlodipine 10 MG", "ibuprofen 400 MG", "prednisone 5 MG", "simvastatin 20 MG", "furosemide 40 MG", "gabapentin 300 MG"]
    day = datetime.date(2019, 1, 1) + datetime.timedelta(days=7 * i)
    return {"resourceType": "MedicationRequest", "id": f"m{i}", "status": "active", "intent": "order",
            "medicationCodeableConcept": {"text": f"{names[i % 6]} Oral Tablet"}, "authoredOn": day.isoformat()}


def laboratory(i):
    code, unit, low, high = [("2276-4", "ug/L", 30, 300), ("718-7", "g/dL", 12, 16), ("2823-3", "mmol/L", 3.5, 5.1),
                             ("2132-9", "ng/L", 200, 900), ("2160-0", "mg/dL", 0.6, 1.2)][i % 5]
    day = datetime.date(2026, 11, 20) - datetime.timedelta(days=i)
    return {"resourceType": "Observation", "id": f"o{i}", "status": "final", "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
            "effectiveDateTime": day.isoformat(), "valueQuantity": {"value": low * (0.5 + i % 7 / 4), "unit": unit,
                                                                  "system": "http://unitsofmeasure.org", "code": unit},
            "referenceRange": [{"low": {"value": low, "unit": unit}, "high": {"value": high, "unit": unit}}]}


EXTREMES = {
    "400 medications": bundle(patient("Sandringham", "Ulla"), *map(medication, range(400))),
    "3000 results": bundle(patient("Sandringham", "Ulla"), *map(laboratory, range(3000))),
    "a name of 200 letters": bundle(patient("Sandringham" * 9 + "X", "Ulla" * 25)),
    "an empty chart": bundle({**patient("", ""), "name": []}),
}


def overlaps(words):
    """Pairs of words that share ground. A word's box is as tall as its font may be, which for Arabic is far more than
    its letters: the outer fifths are left out."""
    def core(word):
        fifth = (word[3] - word[1]) / 5
        return word[0], word[1] + fifth, word[2], word[3] - fifth, word[4]

    rows = sorted(map(core, words), key=lambda word: word[1])
    found = []
    for i, a in enumerate(rows):
        for b in rows[i + 1:]:
            if b[1] >= a[3]:
                break
            deep = min(a[3], b[3]) - max(a[1], b[1])
            wide = min(a[2], b[2]) - max(a[0], b[0])
            if wide > 1 and deep > 0.1 * min(a[3] - a[1], b[3] - b[1]):
                found.append((a[4], b[4]))
    return found


def check_pages(what, pdf, most_pages, name):
    said = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True).stdout
    pages = re.findall(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', said, re.S)
    checks.check(1 <= len(pages) <= most_pages, f"{what}: {len(pages)} pages of at most {most_pages}")
    for number, (width, height, content) in enumerate(pages, 1):
        words = [(*map(float, found[:4]), html.unescape(found[4])) for found in WORD.findall(content)]
        outside = [word for *box, word in words
                   if box[0] < MARGIN - 1 or box[2] > float(width) - MARGIN + 1 or box[1] < 10 or box[3] > float(height) - 5]
        checks.check(not outside, f"{what}, page {number}: outside the margins: {outside[:5]}")
        together = overlaps(words)
        checks.check(not together, f"{what}, page {number}: on top of each other: {together[:5]}")
        checks.check(not name or any(name in word[4].upper() for word in words), f"{what}, page {number}: names nobody")


def family_name(chart):
    """The beginning of the family name, as far as a line always holds it; none for charts in other notations."""
    try:
        resources = [entry["resource"] for entry in json.loads(chart)["entry"]]
        names = next(resource for resource in resources if resource["resourceType"] == "Patient")["name"]
        family = names[0]["family"]
    except (ValueError, KeyError, IndexError):
        return ""
    return family[:11].upper() if family.isascii() and "-" not in family else ""


shared = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
charts = {path.name: path.read_text() for path in examples() if path.suffix == ".json"}
if shared and shared.is_dir():
    charts |= {path.name: path.read_text() for path in sorted((shared / "charts").glob("*.json"))}
with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    forms = []
    for template, most_pages in TEMPLATES:
        text = (ROOT / "templates" / f"{template}.xml").read_text()
        for paper in ("A4", "Letter"):
            form = folder / f"{template}-{paper}.xml"
            form.write_text(re.sub(r'paper="\w+"', f'paper="{paper}"', text, count=1))
            forms.append((form, most_pages))
    for name, chart in {**EXTREMES, **charts}.items():
        (folder / "chart.json").write_text(chart)
        for form, most_pages in forms:
            if name in charts and name not in list(charts)[:8] and form.stem.endswith("Letter") and "clinician" not in form.stem:
                continue  # the public charts differ little: all at A4, and the summary at Letter
            run = legwork("report", folder / "chart.json", *AS_OF, "--template", form, "-o", folder / "x.pdf")
            what = f"{name}, {form.stem}"
            checks.check(run.code in (0, 1), f"{what}: exit {run.code}: {run.err[:300]}")
            if run.code in (0, 1):
                check_pages(what, folder / "x.pdf", most_pages, family_name(chart))
checks.check(overlaps([(0, 0, 10, 10, "a"), (5, 1, 15, 11, "b")]), "words on top of each other are not seen")
checks.end()
