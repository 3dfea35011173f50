"""A Bulk Data export that the tests make: the examples taken apart, many times over, under ids that tell nothing."""
import gzip
import json
import random
import re
import shutil
import subprocess

from runs import ROOT

SOURCES = sorted((ROOT / "examples").glob("*.json"))


def write_key(folder):
    """The secret that reports' names are made with, so that results can be compared."""
    path = folder / "secret"
    path.write_bytes(b"0123456789abcdef0123456789abcdef")
    path.chmod(0o600)
    return path


def chart_of(source, patient):
    """An example as the chart of another patient: every id begins with the patient's."""
    text = source.read_text()
    for resource in (entry["resource"] for entry in json.loads(text)["entry"]):
        kind, old = resource["resourceType"], resource["id"]
        new = patient if kind == "Patient" else f"{patient}-{old}"
        text = re.sub(rf'\b{kind}/{re.escape(old)}"', f'{kind}/{new}"', text)
        text = re.sub(rf'("resourceType":\s*"{kind}",\s*"id":\s*)"{re.escape(old)}"', rf'\1"{new}"', text)
    return json.loads(text)


def well(patient):
    """Somebody who has nothing of the kind."""
    return {"resourceType": "Bundle", "type": "collection", "entry": [
        {"resource": {"resourceType": "Patient", "id": patient, "gender": "female", "birthDate": "1980-05-04",
                      "name": [{"family": "Plumwhistle", "given": ["Eudora"]}],
                      "identifier": [{"system": "urn:example:mrn", "value": f"MRN-{patient}"}]}},
        {"resource": {"resourceType": "Observation", "id": f"{patient}-weight", "status": "final",
                      "subject": {"reference": f"Patient/{patient}"}, "effectiveDateTime": "2026-01-05",
                      "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}]},
                      "valueQuantity": {"value": 70, "unit": "kg", "system": "http://unitsofmeasure.org",
                                        "code": "kg"}}}]}


def charts(count):
    """Charts by patient's id: the examples in turn, and every eighth is well."""
    made = {}
    for i in range(count):
        patient = f"q{i}"
        made[patient] = well(patient) if i % 8 == 7 else chart_of(SOURCES[i % 8 % len(SOURCES)], patient)
    return made


def lines_by_type(some):
    """The lines of each type's file, shuffled; with claims, that no chart needs."""
    lines = {"Claim": [], "Medication": []}
    for patient, bundle in some.items():
        lines["Claim"].append({"resourceType": "Claim", "id": f"{patient}-claim",
                               "patient": {"reference": f"Patient/{patient}"}})
        for entry in bundle["entry"]:
            lines.setdefault(entry["resource"]["resourceType"], []).append(entry["resource"])
    shuffled = random.Random(7)
    for kind in sorted(lines):
        shuffled.shuffle(lines[kind])
    return {kind: [json.dumps(one, ensure_ascii=False) for one in some] for kind, some in lines.items() if some}


def write_plain(folder, lines):
    """One file a type; the last line of each is not ended."""
    folder.mkdir(parents=True)
    for kind, some in lines.items():
        (folder / f"{kind}.ndjson").write_text("\n".join(some), encoding="utf-8")
    return folder


def write_gzip(folder, plain):
    """Each file in members that end in the middle of lines."""
    folder.mkdir()
    for path in plain.iterdir():
        data = path.read_bytes()
        half = len(data) // 2
        (folder / f"{path.name}.gz").write_bytes(gzip.compress(data[:half]) + gzip.compress(data[half:]))
    return folder


def write_zstd(folder, plain):
    """Null where there is no `zstd`."""
    if not shutil.which("zstd"):
        return None
    folder.mkdir()
    for path in plain.iterdir():
        subprocess.run(["zstd", "-q", path, "-o", folder / f"{path.name}.zst"], check=True)
    return folder


def write_bundles(folder, some):
    folder.mkdir()
    for patient, bundle in some.items():
        (folder / f"{patient}.json").write_text(json.dumps(bundle, ensure_ascii=False), encoding="utf-8")
    return folder


def write_hard(folder, some):
    """Everything that a batch has rules for: references of all kinds, drugs that stand alone, deletions, errors, torn lines, a Bundle."""
    lines = lines_by_type(some)
    system = "urn:a\tb%\n"
    patients = []
    for line in lines["Patient"]:
        patient = json.loads(line)
        patient["identifier"] = [{"system": system, "value": f"MRN-{patient['id']}"}]
        patients.append(json.dumps(patient))
    conditions = []
    for number, line in enumerate(lines["Condition"]):
        resource = json.loads(line)
        who = resource["subject"]["reference"].split("/")[1]
        resource["subject"] = [{"identifier": {"system": system, "value": f"MRN-{who}"}},
                               {"reference": f"urn:uuid:{who}"}, resource["subject"]][number % 3]
        conditions.append(json.dumps(resource))
    conditions.insert(3, json.dumps({**json.loads(lines["Condition"][0]), "id": "lost",
                                     "subject": {"identifier": {"value": "?"}}}))
    requests, drugs = [], []
    for number, line in enumerate(lines["MedicationRequest"]):
        request = json.loads(line)
        if number % 3 == 0 and "medicationCodeableConcept" in request:
            drugs.append({"resourceType": "Medication", "id": f"m{number}", "code": request.pop("medicationCodeableConcept")})
            request["medicationReference"] = {"reference": f"Medication/m{number}"}
        requests.append(json.dumps(request))
    older = [{**drug, "meta": {"lastUpdated": "2020-01-01T00:00:00Z"}, "code": {"text": "copied"}} for drug in drugs]
    newer = [{**drug, "meta": {"lastUpdated": "2026-01-01T00:00:00Z"}} for drug in drugs]
    lines |= {"Patient": patients, "Condition": conditions, "MedicationRequest": requests,
              "Medication": list(map(json.dumps, [*newer, *older])),
              "Observation": ["{\"torn", "", *lines["Observation"], "{\"resourceType\":\"Observation\""]}
    write_plain(folder, lines)
    # Of one version of one resource two texts: which counts is a matter of order.
    twice = {**json.loads(lines["Observation"][2]), "note": [{"text": "copied"}]}
    (folder / "Observation_0.ndjson").write_text(json.dumps(twice))
    (folder / "gone.ndjson").write_text("no Bundle\n" + json.dumps({"resourceType": "Bundle", "entry": [
        {"request": {"method": "DELETE", "url": "Patient/q2"}}]}))
    (folder / "err.ndjson").write_text(json.dumps(
        {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "processing"}]}))
    (folder / "one.json").write_text(json.dumps(chart_of(SOURCES[0], "bundled"), indent="\t"))
    address = "https://ehr.example.org/1/"
    (folder / "manifest.json").write_text(json.dumps({
        "transactionTime": "2026-11-20T00:00:00Z",
        "output": [{"type": kind, "url": f"{address}{kind}.ndjson", "count": 10000 if kind == "Procedure" else 1}
                   for kind in [*lines, "Procedure_2"]],
        "deleted": [{"type": "Bundle", "url": f"{address}gone.ndjson"}],
        "error": [{"type": "OperationOutcome", "url": f"{address}err.ndjson"}]}))
    return folder


def write_blocks(folder, some):
    """One file of all types, patient by patient, as `organizeOutputBy=Patient` asks for."""
    folder.mkdir()
    lines = []
    for patient, bundle in some.items():
        lines.append({"resourceType": "Parameters", "parameter": [
            {"name": "header", "valueReference": {"reference": f"Patient/{patient}"}}]})
        lines += [entry["resource"] for entry in bundle["entry"]]
    (folder / "blocks.ndjson").write_text("\n".join(map(json.dumps, lines)))
    return folder


def tree(folder):
    """Every file of a result and its bytes, but for the secret."""
    return {path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "key"}


def comparable(folder):
    """The same for runs on one machine and on many. Lines stand in the order of shelves, which only the first has."""
    return {name: sorted(data.splitlines()) if name.endswith(".ndjson") else data for name, data in tree(folder).items()}


def adds_up(manifest):
    lines, patients = manifest["lines"], manifest["patients"]
    return (manifest["complete"] and lines["read"] == lines["used"] + lines["notNeeded"] + lines["rejected"]
            and patients["seen"] == patients["reported"] + patients["notSymptomatic"] + patients["rejected"]
            + patients["unchanged"])
