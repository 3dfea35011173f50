"""A site's own codes: what cannot be placed is listed, filled in, and placed in the next run."""
import csv
import io
import json
import pathlib
import re
import tempfile

from runs import AS_OF, ROOT, Checks, legwork

checks = Checks()
TEMPORARY = tempfile.TemporaryDirectory()
FOLDER = pathlib.Path(TEMPORARY.name)
LOCAL = "urn:oid:2.999.1.2.3"


def coded(code, display, text="", system=LOCAL):
    return {"coding": [{"system": system, "code": code, "display": display}], "text": text}


def resource(kind, number, **elements):
    return {"resourceType": kind, "id": f"{kind[0].lower()}{number}", "subject": {"reference": "Patient/p1"}, **elements}


PATIENT = {"resourceType": "Patient", "id": "p1", "name": [{"family": "Plumwhistle", "given": ["Eudora"]}]}
RESOURCES = [
    PATIENT,
    resource("MedicationRequest", 1, status="active", intent="order", authoredOn="2026-05-01",
             medicationCodeableConcept=coded("=M-1", "Tab. A, 5", "for Eudora Plumwhistle")),
    resource("Observation", 1, status="final", effectiveDateTime="2026-10-01", code=coded("L-1", "Store iron"),
             valueQuantity={"value": 18, "unit": "ug/L", "system": "http://unitsofmeasure.org", "code": "ug/L"}),
    resource("Observation", 2, status="final", effectiveDateTime="2026-09-01", code=coded("L-1", "Store iron"),
             valueQuantity={"value": 19, "unit": "ug/L", "system": "http://unitsofmeasure.org", "code": "ug/L"}),
    resource("Condition", 1, code=coded("D-1", 'Swelling, "both" legs')),
    resource("Condition", 2, code=coded("D-9", "Nothing of interest")),
]


def chart(name, resources):
    path = FOLDER / name
    path.write_text(json.dumps({"resourceType": "Bundle", "type": "collection",
                                "entry": [{"resource": each} for each in resources]}))
    return path


def rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text())))


def evidence(*args):
    run = legwork("assess", *args, "--format", "json", *AS_OF)
    checks.check(run.code == 0, f"assess {args[1:]}: exit {run.code}: {run.err[:500]}")
    checks.no_leak(run, "assess with site codes")
    found = json.loads(run.out)
    return [item["text"] for part in found["causes"] + found["redFlags"] for item in part["evidence"]]


CHART = chart("chart.json", RESOURCES)
LIST = FOLDER / "unmapped.csv"

# What is not known is listed, most frequent first, without what a person wrote; the report is not another one.
plain = legwork("assess", CHART, *AS_OF)
listed = legwork("assess", CHART, "--unmapped", LIST, *AS_OF)
checks.check(listed.code == 0 and listed.out == plain.out and not listed.err, f"--unmapped changes the run: {listed}")
text = LIST.read_text()
checks.check("Eudora" not in text and "Plumwhistle" not in text, "free text in the list of unmapped codes")
checks.check([(row["system"], row["code"], row["concept"], row["kind"], row["count"]) for row in rows(LIST)] == [
    (LOCAL, "L-1", "", "observation", "2"), (LOCAL, "'=M-1", "", "medication", "1"),
    (LOCAL, "D-1", "", "condition", "1"), (LOCAL, "D-9", "", "condition", "1")], f"unmapped codes: {text}")
checks.check(rows(LIST)[2]["display"] == 'Swelling, "both" legs', f"display: {text}")

# The same list for any order of the entries.
again = FOLDER / "again.csv"
legwork("assess", chart("backwards.json", RESOURCES[::-1]), "--unmapped", again, *AS_OF)
checks.check(again.read_bytes() == LIST.read_bytes(), "the list depends on the order of entries")

# As it is, the list is a map that says nothing. Filled in, it places what it names.
checks.check(evidence(CHART, "--codes", LIST) == evidence(CHART), "a map that is not filled in says nothing")
concepts = {"L-1": "ferritin", "'=M-1": "amlodipine", "D-1": "leg-swelling"}
filled = rows(LIST)
for row in filled:
    row["concept"] = concepts.get(row["code"], "")
MAP = FOLDER / "site.csv"
with open(MAP, "w", newline="", encoding="utf-8-sig") as file:  # as a spreadsheet writes it
    writer = csv.DictWriter(file, filled[0].keys())
    writer.writeheader()
    writer.writerows(filled)
said = evidence(CHART, "--codes", MAP)
for what in ("amlodipine", "Ferritin", "Swelling"):
    marked = [one for one in said if what.lower() in one.lower() and one.endswith("(by the site's code map)")]
    checks.check(marked, f"{what} is not placed by the site's map: {said}")
rest = FOLDER / "rest.csv"
legwork("assess", CHART, "--codes", MAP, "--unmapped", rest, *AS_OF)
checks.check([row["code"] for row in rows(rest)] == ["D-9"], f"left over: {rest.read_text()}")

# A report takes both; the list can be shown instead of written.
run = legwork("report", CHART, "--codes", MAP, "--unmapped", "-", "-o", FOLDER / "report.pdf", *AS_OF)
checks.check(run.code == 0 and (FOLDER / "report.pdf").exists(), f"report: {run.code} {run.err}")
checks.check(f"{LOCAL}|D-9 Nothing of interest" in run.err, f"shown: {run.err!r}")
run = legwork("assess", chart("bare.json", [PATIENT]), "--unmapped", "-", *AS_OF)
checks.check(run.err == "The pack knows all codes.\n", f"nothing to show: {run.err!r}")

# Faults: all of them, with file, line and remedy; nothing is done.
bad = FOLDER / "bad.csv"
bad.write_text(f"system,code,concept\n{LOCAL},L-1,feritin\n,L-2,ferritin\n{LOCAL},,ferritin\n"
               f"{LOCAL},L-3,ferritin\n{LOCAL},L-3,amlodipine\nhttp://loinc.org,2276-4,amlodipine\n")
run = legwork("report", CHART, "--codes", bad, "-o", FOLDER / "none.pdf", *AS_OF)
places = [line.split(": ")[1] for line in run.err.splitlines()]
checks.check(run.code == 3 and places == [f"{bad}:{line}" for line in (2, 3, 4, 6, 7)], f"faults: {run}")
checks.check("did you mean ferritin" in run.err, f"no near id: {run.err}")
checks.check(not (FOLDER / "none.pdf").exists(), "a report in spite of faults")

# The map in the document is one.
block = re.search(r"^```csv\n(.*?)^```$", (ROOT / "docs/site-codes.md").read_text(), re.MULTILINE | re.DOTALL)
(FOLDER / "documented.csv").write_text(block[1])
run = legwork("assess", CHART, "--codes", FOLDER / "documented.csv", *AS_OF)
checks.check(run.code == 0, f"the map in docs/site-codes.md: {run.err}")

# Another file by mistake: one message, which quotes nothing of it.
checks.one_message(legwork("assess", CHART, "--codes", CHART, *AS_OF), CHART, "a chart as the map")
checks.one_message(legwork("assess", CHART, "--codes", "none.csv", *AS_OF), "none.csv: is not there", "no map")

# The list never takes the place of what is read, nor is it written where the chart cannot be read.
for args, says in [(["assess", CHART, "--unmapped", CHART], "is the chart itself"),
                   (["assess", CHART, "--codes", MAP, "--unmapped", MAP], "is read by this command"),
                   (["report", CHART, "-o", "both.pdf", "--unmapped", "both.pdf"], "name two files")]:
    run = legwork(*args, cwd=FOLDER)
    checks.check(run.code == 2 and says in run.err and not run.out, f"{args[2:]}: {run}")
run = legwork("assess", chart("nobody.json", RESOURCES[1:]), "--unmapped", FOLDER / "nobody.csv", *AS_OF)
checks.check(run.code == 3 and not (FOLDER / "nobody.csv").exists(), "a list of a chart that was refused")
run = legwork("assess", CHART, "--unmapped", FOLDER / "none/list.csv", *AS_OF)
checks.one_message(run, f"{FOLDER}/none", "a list in a folder that is not there")

TEMPORARY.cleanup()
checks.end()
