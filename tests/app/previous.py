"""`--previous assessment.json`: a report and an assessment say what changed since, refuse another patient's
and a later assessment, and refuse a damaged one; in no case is patient data on standard error."""
import json
import pathlib
import re
import shutil
import subprocess
import tempfile

from runs import AS_OF, ROOT, Checks, legwork, skip

if not shutil.which("pdftotext"):
    skip("pdftotext is not there: install poppler-utils")

checks = Checks()
EARLIER = ["--as-of", "2026-11-21"]
CHART = ROOT / "examples/amlodipine-and-iron.json"
ANSWERS = ROOT / "examples/answers/amlodipine-and-iron.json"


def flat(text):
    return re.sub(r"\s+", " ", text)


def words_of(pdf):
    return flat(subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True).stdout)


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    report, previous = folder / "report.pdf", folder / "previous.json"

    def assessed(chart, *args):
        return legwork("assess", chart, "--format", "json", *args).out

    def strip(chart, *args):
        """What the report says of changes: from the label to the first steps."""
        run = legwork("report", chart, "--previous", previous, "-o", report, *args)
        checks.check(run.code == 0 and not run.err, f"report --previous: exit {run.code}: {run.err[:400]}")
        checks.no_leak(run, "report --previous")
        found = re.search(r"Since 21-Nov-2026.*?First steps", words_of(report))
        return found[0] if found else ""

    # The same chart on two days.
    previous.write_bytes(assessed(CHART, *EARLIER))
    checks.check("Since 21-Nov-2026 Nothing has changed" in strip(CHART, *AS_OF), "the same chart has changed")
    run = legwork("assess", CHART, "--previous", previous, *AS_OF)
    checks.check(b"Since 2026-11-21\n  Nothing has changed" in run.out, "assess --previous does not say so")

    # Without an earlier assessment there is no strip at all.
    legwork("report", CHART, *AS_OF, "-o", report)
    checks.check("Nothing has changed" not in words_of(report), "a strip without an earlier assessment")

    # Questions that were answered since.
    said = strip(CHART, "--answers", ANSWERS, *AS_OF)
    checks.check("Asked then, settled now:" in said, f"an answered question is not told: {said}")
    checks.check("Nothing has changed" not in said, f"answers changed nothing: {said}")

    # A result and a medicine since.
    bundle = json.loads(CHART.read_text())
    patient = next(entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == "Patient")
    about = {"reference": f"Patient/{patient['id']}"}
    bundle["entry"] += [
        {"resource": {"resourceType": "Observation", "id": "new-potassium", "status": "final", "subject": about,
                      "code": {"coding": [{"system": "http://loinc.org", "code": "2823-3"}]},
                      "effectiveDateTime": "2026-11-22",
                      "valueQuantity": {"value": 3.1, "unit": "mmol/L", "system": "http://unitsofmeasure.org",
                                        "code": "mmol/L"}}},
        {"resource": {"resourceType": "MedicationRequest", "id": "new-drug", "status": "active", "intent": "order",
                      "subject": about, "authoredOn": "2026-11-22",
                      "medicationCodeableConcept": {"text": "naproxen 500 mg tablet"}}}]
    later = folder / "later.json"
    later.write_text(json.dumps(bundle))
    said = strip(later, *AS_OF)
    checks.check("Started: naproxen" in said, f"a new medicine is not told: {said}")
    checks.check(re.search(r"New result: Potassium 3\.1.mmol/L \(22-Nov-2026\)", said), f"nor a new result: {said}")
    run = legwork("assess", later, "--previous", previous, *AS_OF)
    checks.check(b"naproxen" in run.out.split(b"Red flags")[0], "assess --previous does not tell the new medicine")

    # Other rules are said.
    earlier = json.loads(previous.read_text())
    earlier["pack"]["version"] = "0.0.9"
    previous.write_text(json.dumps(earlier))
    said = strip(CHART, *AS_OF)
    checks.check("The rules changed too: heavy-legs 0.0.9 then, heavy-legs" in said, f"other rules untold: {said}")

    # What must not be compared.
    def refused(content, why, *args):
        previous.write_bytes(content)
        report.unlink(missing_ok=True)
        for command in (["report", CHART, "-o", report], ["assess", CHART]):
            run = legwork(*command, "--previous", previous, *(args or AS_OF))
            checks.one_message(run, str(previous), why)
            checks.check(why in run.err, f"{command[0]}: not refused because {why!r}: {run.err[:300]}")
            checks.check(patient["name"][0]["family"] not in run.err, f"{why}: names the patient")
        checks.check(not report.exists(), f"{why}: a report was written")

    good = assessed(CHART, *EARLIER)
    refused(assessed(ROOT / "examples/restless-legs-and-veins.json", *EARLIER), "of another patient")
    other = json.loads(good)
    other["patient"]["birthDate"] = "1950-01-01"
    refused(json.dumps(other).encode(), "of another patient")
    other = json.loads(good)
    other["patient"]["name"] = "Odalys Brightwater"
    refused(json.dumps(other).encode(), "of another patient")
    refused(good, "made for a later day", "--as-of", "2026-11-20")
    refused(good[:-2], "is not JSON")
    refused(b"", "is not JSON")
    refused(CHART.read_bytes(), "is absent")
    refused(good.replace(b'"schemaVersion":1', b'"schemaVersion":2'), "newer legwork")
    refused(b"[" * 100000, "is not JSON")

    run = legwork("assess", CHART, "--previous", previous, "--format", "json", *AS_OF)
    checks.check(run.code == 2, f"assess --previous as JSON: exit {run.code}")
    run = legwork("report", CHART, "--previous", previous, "-o", previous, *AS_OF)
    checks.check(run.code == 2, f"the report may overwrite the earlier assessment: exit {run.code}")
checks.end()
