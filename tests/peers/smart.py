#!/usr/bin/env python3
"""smart.py LEGWORK [SCREENSHOTS]: the page in Chromium, launched from an EHR: HAPI FHIR behind an authorization server that
is strict about SMART App Launch. smart_page/page.mjs says what is done and looked at. Nothing leaves the loopback."""

import http.client
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading

from maven import class_path
from smart_page.ehr import Ehr
from smart_page.server import start

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROJECT = ROOT / "tests/peers/smart_page"
MINUTES = 10

# Names and words that try to be markup, and prescriptions that only point at a medicine.
MARKUP = "<img src=x onerror=\"window.planted=1\"><script>window.planted=1</script>"


def tools():
    chromium, node, npm, java = (shutil.which(name) for name in ("chromium", "node", "npm", "java"))
    ready = (PROJECT / "node_modules/playwright-core").exists() and (PROJECT / "node_modules/axe-core").exists()
    if not chromium or not node or not java or not (npm or ready):
        print("smart.py: skipped: needs chromium, node, npm and java")
        sys.exit(0)
    if not ready:
        subprocess.run([npm, "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=PROJECT, check=True)
    return chromium, node


def example(name, prefix):
    """An invented patient's resources, under ids of their own."""
    text = (ROOT / f"examples/{name}.json").read_text()
    text = re.sub(r'"reference":\s*"(\w+)/([\w-]+)"', rf'"reference": "\1/{prefix}-\2"', text)
    for entry in json.loads(text)["entry"]:
        resource = entry["resource"]
        yield {**resource, "id": f"{prefix}-{resource['id']}"}


def crowded(prefix="c"):
    """More than a page of everything, medicines by reference, and markup wherever text may stand."""
    subject = {"reference": f"Patient/{prefix}-p1"}
    yield {"resourceType": "Patient", "id": f"{prefix}-p1", "name": [{"text": MARKUP}], "gender": "female", "birthDate": "1950-05-05",
           "identifier": [{"system": "urn:example:mrn", "value": MARKUP}]}
    yield {"resourceType": "Condition", "id": f"{prefix}-c1", "subject": subject, "code": {"text": f"heavy legs {MARKUP}"}}
    for at in range(45):
        yield {"resourceType": "Observation", "id": f"{prefix}-o{at}", "subject": subject, "status": "final",
               "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory"}]}],
               "code": {"coding": [{"system": "http://loinc.org", "code": "2276-4"}], "text": "Ferritin"},
               "effectiveDateTime": f"2025-{at % 12 + 1:02}-{at % 27 + 1:02}",
               "valueQuantity": {"value": 20 + at, "system": "http://unitsofmeasure.org", "code": "ug/L"}}
    yield {"resourceType": "Medication", "id": f"{prefix}-m1", "code": {
        "coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "17767"}], "text": f"amlodipine {MARKUP}"}}
    yield {"resourceType": "MedicationRequest", "id": f"{prefix}-r1", "subject": subject, "status": "active", "intent": "order",
           "medicationReference": {"reference": f"Medication/{prefix}-m1"}, "authoredOn": "2026-10-01"}


def start_fhir(ehr):
    """HAPI FHIR with the patients in it; the caller stops it."""
    process = subprocess.Popen(["java", "-XX:TieredStopAtLevel=1", "-cp", class_path(PROJECT), str(PROJECT / "FhirServer.java"),
                                f"{ehr.origin}/fhir"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    ehr.fhir_port = int(process.stdout.readline())
    connection = http.client.HTTPConnection("127.0.0.1", ehr.fhir_port, timeout=30)
    for resource in [*example("amlodipine-and-iron", "a"), *example("one-leg-sudden", "b"), *crowded()]:
        connection.request("PUT", f"/{resource['resourceType']}/{resource['id']}", json.dumps(resource),
                           {"Content-Type": "application/fhir+json"})
        answer = connection.getresponse()
        if answer.status not in (200, 201):
            sys.exit(f"smart.py: HAPI FHIR refuses {resource['resourceType']}: {answer.read()[:300]}")
        answer.read()
    return process


def main():
    legwork = pathlib.Path(sys.argv[1]).resolve()
    chromium, node = tools()
    pictures = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / "out/smart").resolve()
    pictures.mkdir(parents=True, exist_ok=True)
    ehr = Ehr()
    with tempfile.TemporaryDirectory() as work:
        server = start(legwork, ehr, pathlib.Path(work))
        ehr.redirect = f"{server.origin}/app"
        fhir = start_fhir(ehr)
        try:
            told = {"chromium": chromium, "app": server.origin, "ehr": ehr.origin, "fhir": f"http://127.0.0.1:{ehr.fhir_port}",
                    "pictures": str(pictures), "root": str(ROOT), "only": sys.argv[3:]}
            process = subprocess.Popen([node, PROJECT / "page.mjs", json.dumps(told)])
            watch = threading.Timer(MINUTES * 60, process.kill)
            watch.start()
            code = process.wait()
            watch.cancel()
        finally:
            fhir.kill()
            fhir.wait()
            server.stop()
    if leaked := [word for word in ("Brightwater", "Odalys", "BW-204417", "onerror") if word in "".join(server.log)]:
        print(f"FAIL the server's log names patients: {leaked}")
        code = 1
    for fault in ehr.faults:
        print(f"FAIL the authorization server: {fault}")
    if any(referrer for _, _, referrer in ehr.seen):
        print("FAIL the page told the EHR where it was called from")
        code = 1
    sys.exit(code or bool(ehr.faults))


main()
