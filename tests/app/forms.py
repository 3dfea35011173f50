"""The other forms of a report: which one is written where, and that each says what the chart says."""
import base64
import html.parser
import json
import pathlib
import re
import tempfile

from runs import AS_OF, ROOT, Checks, examples, legwork

CHART = ROOT / "examples/amlodipine-and-iron.json"
BEGINNINGS = {"pdf": b"%PDF-", "html": b"<!DOCTYPE html>", "text": b"legwork\n", "fhir": b'{\n  "resourceType": "Bundle"'}
checks = Checks()


def form_of(written):
    return next((form for form, begins in BEGINNINGS.items() if written.startswith(begins)), "none")


def check_choice():
    """By the ending of the output's name, unless told otherwise."""
    for arguments, form in (
            (["-o", "r.pdf"], "pdf"), (["-o", "r.html"], "html"), (["-o", "r.htm"], "html"), (["-o", "r.txt"], "text"),
            (["-o", "r.json"], "fhir"), (["-o", "r"], "pdf"), (["-o", "r.html", "--format", "pdf"], "pdf"),
            (["-o", "r", "--format", "text"], "text"), (["-o", "r.txt", "--fhir"], "fhir")):
        with tempfile.TemporaryDirectory() as folder:
            run = legwork("report", CHART, *AS_OF, *arguments, cwd=folder)
            written = pathlib.Path(folder, arguments[1]).read_bytes()
            checks.check(run.code == 0 and form_of(written) == form, f"{arguments}: {form_of(written)}, {run.err[:200]}")
            checks.check(len(list(pathlib.Path(folder).iterdir())) == 1, f"{arguments}: writes more than one file")
    for form, name in (("pdf", "report.pdf"), ("html", "report.html"), ("text", "report.txt"), ("fhir", "report.json")):
        with tempfile.TemporaryDirectory() as folder:
            legwork("report", CHART, *AS_OF, "--format", form, cwd=folder)
            checks.check([path.name for path in pathlib.Path(folder).iterdir()] == [name], f"{form} goes to {name}")
        piped = legwork("report", CHART, *AS_OF, "--format", form, "-o", "-")
        checks.check(form_of(piped.out) == form, f"{form} to standard output")
    checks.check(legwork("report", CHART, "--format", "docx").code == 2, "a form that there is not")
    checks.check(legwork("report", CHART, "--fhir", "--format", "html").code == 2, "two forms at once")


class Page(html.parser.HTMLParser):
    """The words of a page, and whether its elements nest."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.sound, self.words = [], True, []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        self.sound &= bool(self.open) and self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def unspaced(text):
    return re.sub(r"\s", "", text)


def written(chart, form):
    run = legwork("report", chart, *AS_OF, "--format", form, "-o", "-")
    checks.check(run.code == 0 and not run.err, f"{chart.name} as {form}: exit {run.code}: {run.err[:300]}")
    checks.no_leak(run, chart.name)
    checks.check(run.out == legwork("report", chart, *AS_OF, "--format", form, "-o", "-").out,
                 f"{chart.name} as {form}: other bytes the second time")
    return run.out.decode() if form != "pdf" else run.out


def check_words(chart):
    """All causes and the patient's name, where the two pages may have no room for them."""
    found = json.loads(legwork("assess", chart, *AS_OF, "--format", "json").out)
    page, text = Page(written(chart, "html")), unspaced(written(chart, "text"))
    checks.check(page.sound and not page.open, f"{chart.name}: the page's elements do not nest")
    words = unspaced("".join(page.words))
    for cause in found["causes"] + [item for item in found["workup"] if item["status"] == "recommended"]:
        for form, said in (("html", words), ("text", text)):
            checks.check(unspaced(cause["label"]) in said, f"{chart.name} as {form}: lacks {cause['label']}")


def references_in(value):
    """Every Reference.reference at any depth."""
    if isinstance(value, list):
        return {found for item in value for found in references_in(item)}
    if not isinstance(value, dict):
        return set()
    own = {value["reference"]} if isinstance(value.get("reference"), str) else set()
    return own | {found for item in value.values() for found in references_in(item)}


def resources_of(chart):
    """The chart's resources by type and id; of XML none."""
    if chart.suffix == ".xml":
        return {}
    if chart.suffix == ".ndjson":
        found = [json.loads(line) for line in chart.read_text().splitlines() if line]
    else:
        found = [entry["resource"] for entry in json.loads(chart.read_text())["entry"]]
    return {(resource["resourceType"], resource["id"]): resource for resource in found}


OURS = {"Composition", "Device", "ServiceRequest", "DocumentReference"}


def check_fhir(chart):
    bundle = json.loads(written(chart, "fhir"))
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    resources = [entry["resource"] for entry in bundle["entry"]]
    composition = resources[0]
    checks.check(bundle["type"] == "document" and composition["resourceType"] == "Composition", f"{chart.name}: a document")
    checks.check(len(set(urls)) == len(urls), f"{chart.name}: a full URL stands twice")
    ours = [resource for resource in resources if resource["resourceType"] in OURS]
    lost = references_in(ours) - set(urls)
    checks.check(not lost, f"{chart.name}: refers to what it does not hold: {sorted(lost)[:3]}")

    source = resources_of(chart)
    copied = [resource for resource in resources if resource["resourceType"] not in OURS]
    for resource in copied if source else []:
        key = (resource["resourceType"], resource["id"])
        checks.check(resource == source.get(key), f"{chart.name}: {key} is not as it was sent")
    checks.check(sum(resource["resourceType"] == "Patient" for resource in copied) == 1, f"{chart.name}: one Patient")
    named = [entry for section in composition["section"] for entry in section.get("entry", []) if "display" in entry]
    checks.check(bool(named) == (chart.suffix == ".xml"), f"{chart.name}: {len(named)} entries only named")

    attachment = next(resource for resource in ours if resource["resourceType"] == "DocumentReference")["content"][0]["attachment"]
    pdf = base64.b64decode(attachment["data"])
    checks.check(pdf == written(chart, "pdf") and attachment["size"] == len(pdf), f"{chart.name}: the PDF is the report's")


check_choice()
for example in examples():
    check_words(example)
    check_fhir(example)

# The patient's page in these forms: the same words, in both languages, and nothing but them.
for language, words in (("en", ["Your iron is low.", "Call 911 now", "amlodipine", "My legs, ankles or feet are swollen."]),
                        ("es", ["Su hierro está bajo.", "Llame ya al 911", "amlodipine", "Tengo hinchados los pies"])):
    for form in ("html", "text"):
        run = legwork("report", CHART, *AS_OF, "--template", "patient", "--lang", language, "--format", form, "-o", "-")
        page = " ".join(Page(run.out.decode()).words if form == "html" else run.out.decode().split())
        missing = [each for each in words if each not in " ".join(page.split())]
        checks.check(run.code == 0 and not missing, f"patient, {language}, {form}: lacks {missing}")
    bundle = json.loads(legwork("report", CHART, *AS_OF, "--template", "patient", "--lang", language, "--fhir", "-o", "-").out)
    checks.check(bundle["entry"][0]["resource"]["language"] == language, f"patient, {language}: language of the document")

# Nothing is written over what is read, and nothing about the patient is told when nothing can be written.
with tempfile.TemporaryDirectory() as work:
    copy = pathlib.Path(work, "chart.json")
    copy.write_bytes(CHART.read_bytes())
    checks.check(legwork("report", copy, "--fhir", "-o", copy).code == 2, "over the chart itself")
    checks.check(copy.read_bytes() == CHART.read_bytes(), "the chart is as it was")
    checks.one_message(legwork("report", CHART, *AS_OF, "-o", f"{work}/none/r.html"), f"{work}/none", "into no folder")
checks.end()
