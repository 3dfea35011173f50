"""`legwork pack diff`: which patients a changed pack judges differently."""
import json
import pathlib
import shutil
import tempfile

from runs import AS_OF, PLANTED, ROOT, Checks, examples, legwork

checks = Checks()
TEMPORARY = tempfile.TemporaryDirectory()
FOLDER = pathlib.Path(TEMPORARY.name)
OLD = ROOT / "packs/heavy-legs"
COUGH = ROOT / "tests/packs/cough"


def changed_cough():
    """The pack of the cough, with another threshold, and a claim that stands under another id."""
    folder = FOLDER / "cough"
    shutil.copytree(COUGH, folder, dirs_exist_ok=True)
    causes = folder / "causes.xml"
    text = causes.read_text()
    before = '<strong id="eosinophils-high" claim="eosinophils-high">\n      <observation concept="eosinophils" above="0.3"'
    checks.check(text.count(before) == 1, "the cough pack is not the one that this test changes")
    causes.write_text(text.replace(before, before.replace("0.3", "0.6")))
    return folder


def chart(name, eosinophils):
    path = FOLDER / name
    path.write_text("\n".join(map(json.dumps, [
        {"resourceType": "Patient", "id": f"p-{path.stem}", "name": [{"family": "Plumwhistle", "given": ["Eudora"]}]},
        {"resourceType": "Observation", "id": "o1", "status": "final", "effectiveDateTime": "2026-10-01",
         "code": {"coding": [{"system": "http://loinc.org", "code": "711-2"}]},
         "valueQuantity": {"value": eosinophils, "unit": "10*9/L", "system": "http://unitsofmeasure.org",
                           "code": "10*9/L"}}])))
    return path


def diff(*args):
    run = legwork("pack", "diff", *args, *AS_OF)
    checks.no_leak(run, "pack diff")
    checks.check(not any(name.encode() in run.out for name in PLANTED), f"a name in the output: {run.out[:500]}")
    return run


# A pack does not differ from itself.
same = diff(OLD, OLD, *examples())
checks.check(same.code == 0 and b"0 of %d patients differ" % len(examples()) in same.out, f"same pack: {same}")
checks.check(b"The packs have the same ids and thresholds." in same.out, f"same pack: {same.out}")

# A threshold moves: who lies between the old and the new one loses the cause.
NEW = changed_cough()
between, beyond = chart("between.ndjson", 0.4), chart("beyond.ndjson", 0.9)
run = diff(COUGH, NEW, between, beyond)
checks.check(run.code == 0, f"differences are no failure: {run.code} {run.err}")
text = run.out.decode()
checks.check("added    thresholds asthma-cough/eosinophils-high: Eosinophils above 0.6 10*9/L within 12 months" in text, text)
checks.check("removed  thresholds asthma-cough/eosinophils-high: Eosinophils above 0.3 10*9/L within 12 months" in text, text)
checks.check(f"{between} (Patient/p-between)\n" in text and str(beyond) not in text, text)
checks.check("lost      cause     asthma-cough: supported -> undetermined\n" in text, text)
checks.check("1 of 2 patients differ\n" in text and "       0      1       0  cause     asthma-cough\n" in text, text)

found = json.loads(diff(COUGH, NEW, between, beyond, "--format", "json").out)
checks.check(found["compared"] == 2 and found["different"] == 1 and found["rejected"] == 0, f"{found}")
line = next(line for line in found["charts"][0]["lines"] if line["kind"] == "cause")
checks.check((line["id"], line["was"], line["is"], line["turn"]) == ("asthma-cough", "supported", "undetermined", "lost"),
             f"{line}")
checks.check({"kind": "cause", "id": "asthma-cough", "label": "Asthma", "gained": 0, "lost": 1, "changed": 0}
             in found["totals"], f"{found['totals']}")

# Another pack altogether: everything is added or removed, and the day counts.
found = json.loads(diff(COUGH, OLD, between, "--format", "json").out)
checks.check("drug-cough" in found["packs"]["causes"]["removed"] and "low-iron" in found["packs"]["causes"]["added"],
             f"{found['packs']['causes']}")
checks.check(found["asOf"] == "2026-11-22", f"{found['asOf']}")

# A folder is many patients; a chart that cannot be read is told, and the others are compared.
charts = FOLDER / "charts"
charts.mkdir()
shutil.copy(between, charts)
shutil.copy(beyond, charts)
(charts / "broken.json").write_text('{"resourceType": "Patient", "name": [{"family": "Plumwhistle"')
run = diff(COUGH, NEW, charts, FOLDER / "none.json")
checks.check(run.code == 1, f"a rejected chart: exit {run.code}")
checks.check([line.split(": ")[1] for line in run.err.splitlines()] == [f"{charts}/broken.json", f"{FOLDER}/none.json"],
             f"rejected charts: {run.err}")
checks.check(b"1 of 2 patients differ; 2 charts were rejected\n" in run.out, f"{run.out}")
run = diff(OLD, OLD, ROOT / "tests/cases/damaged/chart.json")
checks.check(run.code == 1 and "legwork assess" in run.err, f"a chart that is read in part: {run}")

# Nothing could be done.
checks.one_message(diff(COUGH, NEW, charts / "broken.json"), f"{charts}/broken.json", "no chart can be read")
checks.one_message(diff(COUGH, "none", between), "none: is not there", "no new pack")
(NEW / "pack.xml").write_text("<pack id='x'>\n<nonsense/>\n</pack>\n")
run = diff(NEW, COUGH, between)
checks.check(run.code == 3 and f"{NEW}/pack.xml:" in run.err and not run.out, f"a pack with faults: {run}")
for args, says in [([], "old is required"), ([OLD, OLD], "chart is required"), ([OLD, OLD, between, "--as-of", "2026"],
                   "needs a day"), ([OLD, OLD, between, "--format", "xml"], "xml")]:
    run = legwork("pack", "diff", *args)
    checks.check(run.code == 2 and says in run.err and not run.out, f"pack diff {args[2:]}: {run}")

TEMPORARY.cleanup()
checks.end()
