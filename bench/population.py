#!/usr/bin/env python3
"""population.py [PATIENTS ...]: what a patient costs in a population of that many (10000 100000).

For each size an export is made (NDJSON by type, each file in an order of its own; one patient in a hundred is one of the
examples, the others have ten resources of which a chart needs four) and run through `legwork batch` with 64 MB for what waits.
Prints seconds, patients a second, microseconds of processor time a patient, and peak memory. A patient of the largest
population must not cost more than one of the smallest, and memory must not grow with their number.
"""
import json
import math
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
LEGWORK = ROOT / "build/release/legwork"
MEMORY = 64
ID = "@"  # stands for the patient's number in a template


def resource(kind, number, **rest):
    about = {} if kind == "Patient" else {"subject": {"reference": f"Patient/p{ID}"}}
    return kind, json.dumps({"resourceType": kind, "id": f"p{ID}" if kind == "Patient" else f"p{ID}-{number}", **about, **rest})


def coding(system, code, display):
    return {"coding": [{"system": system, "code": code, "display": display}], "text": display}


def result(number, code, display, value, unit):
    return resource("Observation", number, status="final", effectiveDateTime="2026-01-05", code=coding("http://loinc.org", code, display),
                    valueQuantity={"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit})


def well():
    """The resources of somebody who has nothing of the kind."""
    some = [resource("Patient", 0, gender="female", birthDate="1980-05-04", identifier=[{"system": "urn:example:mrn", "value": f"M{ID}"}],
                     name=[{"family": f"Family{ID}", "given": ["Given"]}]),
            result(1, "29463-7", "Body weight", 70, "kg"), result(2, "2276-4", "Ferritin", 80, "ug/L"),
            result(3, "718-7", "Hemoglobin", 13.5, "g/dL"), result(4, "72514-3", "Pain severity", 2, "{score}"),
            resource("Condition", 5, code=coding("http://snomed.info/sct", "195662009", "Acute viral pharyngitis"))]
    encounters = [resource("Encounter", n, status="finished", period={"start": "2026-01-05", "end": "2026-01-05"},
                           type=[coding("http://snomed.info/sct", "185349003", "Encounter for check up")]) for n in (6, 7)]
    claims = [resource("Claim", n, status="active", created="2026-01-05", use="claim") for n in (8, 9)]
    return some + encounters + claims


def example(path):
    """An example under an id of its own. Ids of the examples stand in quotes or behind a slash."""
    entries = [entry["resource"] for entry in json.loads(path.read_text())["entry"]]
    text = json.dumps(entries)
    for one in entries:
        new = f"p{ID}" if one["resourceType"] == "Patient" else f"p{ID}-{one['id']}"
        text = text.replace(f'"{one["resourceType"]}/{one["id"]}"', f'"{one["resourceType"]}/{new}"')
        text = text.replace(f'"id": "{one["id"]}"', f'"id": "{new}"')
    return [(one["resourceType"], json.dumps(one)) for one in json.loads(text)]


def make(folder, patients):
    """The files of one type are in no patient order: each steps through the patients by a stride of its own."""
    folder.mkdir()
    ill = [example(ROOT / "examples" / name) for name in ("amlodipine-and-iron.json", "restless-legs-and-veins.json", "one-leg-sudden.json")]
    healthy = well()
    kinds = sorted({kind for template in (*ill, healthy) for kind, _ in template})
    for turn, kind in enumerate(kinds):
        stride = next(n for n in range(patients // (turn + 3) + 7, 2 * patients + 9) if math.gcd(n, patients) == 1)
        ill_lines = [[text for one, text in template if one == kind] for template in ill]
        well_lines = [text for one, text in healthy if one == kind]
        with open(folder / f"{kind}.ndjson", "w", buffering=1 << 20) as file:
            for step in range(patients):
                number = step * stride % patients
                lines = ill_lines[number // 100 % len(ill)] if number % 100 == 0 else well_lines
                for line in lines:
                    file.write(line.replace(ID, str(number)) + "\n")
    return sum(path.stat().st_size for path in folder.iterdir()) / 1e6


def run(source, out):
    begin = time.perf_counter()
    process = subprocess.Popen([LEGWORK, "batch", source, "--out", out, "--memory", f"{MEMORY}MB", "--as-of", "2026-11-22"],
                               stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"legwork batch: exit {process.returncode}")
    return time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    sizes = [int(one) for one in sys.argv[1:]] or [10_000, 100_000]
    costs = {}
    for patients in sizes:
        with tempfile.TemporaryDirectory(dir=os.environ.get("LEGWORK_BENCH_FOLDER")) as name:
            size = make(pathlib.Path(name, "export"), patients)
            seconds, cpu, peak = run(pathlib.Path(name, "export"), pathlib.Path(name, "out"))
            patients_made = json.loads(pathlib.Path(name, "out/manifest.json").read_text())["patients"]
            if patients_made["seen"] != patients:
                sys.exit(f"{patients_made}: not all patients were seen")
            shutil.rmtree(pathlib.Path(name, "export"))
        costs[patients] = cpu / patients * 1e6
        print(f"{patients:9,} patients {size:8.0f} MB {seconds:7.1f} s {patients / seconds:7.0f} patients/s "
              f"{costs[patients]:5.0f} us of processor a patient {peak:5.0f} MB; {patients_made['reported']:,} reports", flush=True)
    print(f"a patient among {max(sizes):,} costs {costs[max(sizes)] / costs[min(sizes)]:.2f} times one among {min(sizes):,}")


if __name__ == "__main__":
    main()
