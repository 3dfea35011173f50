"""legwork pack export --fhir: what it writes, where, and what it refuses."""
import json
import os
import pathlib
import tempfile

from runs import ROOT, Checks, legwork

PACK = ROOT / "packs/heavy-legs"
COUGH = ROOT / "tests/packs/cough"
R5_TYPES = {"ClinicalUseDefinition"}
checks = Checks()


def exported(folder):
    """Every file of a folder as a value, by its name. A file that is no JSON fails the test."""
    return {path.name: json.loads(path.read_bytes()) for path in pathlib.Path(folder).iterdir()}


with tempfile.TemporaryDirectory() as work:
    folder = pathlib.Path(work, "new")
    run = legwork("pack", "export", "--fhir", PACK, "--out", folder)
    checks.check(run.code == 0 and not run.out and not run.err, f"pack export: {run}")
    files = exported(folder)
    checks.check({value["resourceType"] for value in files.values()} == {
        "Library", "PlanDefinition", "ActivityDefinition", "Questionnaire", "ValueSet", "ClinicalUseDefinition"},
        "a pack is six types of resources")
    for name, value in files.items():
        checks.check(name == f"{value['resourceType']}-{value['id']}.json", f"{name} is called as what it holds")

    # One file is the same resources in one Bundle, a FHIR version each.
    run = legwork("pack", "export", "--fhir", "-o", "r4.json", "--r5", "r5.json", cwd=work)
    checks.check(run.code == 0, f"pack export -o: {run}")
    for bundle_name, is_r5 in (("r4.json", False), ("r5.json", True)):
        bundle = json.loads(pathlib.Path(work, bundle_name).read_bytes())
        expected = [value for value in files.values() if (value["resourceType"] in R5_TYPES) == is_r5]
        inside = [entry["resource"] for entry in bundle["entry"]]
        by_name = lambda value: (value["resourceType"], value["id"])
        checks.check(bundle["type"] == "collection" and sorted(inside, key=by_name) == sorted(expected, key=by_name),
                     f"{bundle_name} holds what the folder holds")
    piped = legwork("pack", "export", "--fhir", "-o", "-")
    checks.check(piped.out == pathlib.Path(work, "r4.json").read_bytes(), "-o - writes the same to standard output")

    # Again into the same folder: the same bytes, and nothing beside them.
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    again = legwork("pack", "export", "--fhir", PACK, "--out", folder)
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    checks.check(again.code == 0 and before == after, "the same pack gives the same bytes")

    # What is not of this export would be taken for a part of it.
    other = legwork("pack", "export", "--fhir", COUGH, "--out", folder)
    checks.one_message(other, f"{folder}/", "into another pack's folder")
    checks.check("is no part of this export" in other.err and len(exported(folder)) == len(files),
                 f"another pack's folder is left as it is: {other.err}")

    # Where nothing can be written.
    pathlib.Path(work, "file").write_text("old")
    checks.one_message(legwork("pack", "export", "--fhir", "--out", f"{work}/file"), f"{work}/file: cannot be made",
                       "--out FILE")
    checks.one_message(legwork("pack", "export", "--fhir", "--out", f"{work}/none/deep"),
                       f"{work}/none/deep: cannot be made", "--out into no folder")
    checks.one_message(legwork("pack", "export", "--fhir", "-o", f"{work}/none/r4.json"), f"{work}/none: is not there",
                       "-o into no folder")
    checks.one_message(legwork("pack", "export", "--fhir", "-o", "/dev/full"), "/dev/full: does not fit", "a full disk")
    checks.one_message(legwork("pack", "export", "--fhir", f"{work}/none", "-o", "-"), f"{work}/none: is not there",
                       "no pack")
    if os.getuid():  # root may write everywhere
        os.chmod(folder, 0o500)
        checks.one_message(legwork("pack", "export", "--fhir", "--out", folder), f"{folder}/", "a folder without rights")
        os.chmod(folder, 0o700)

for args, says in [(["pack", "export", "-o", "-"], "--fhir is required"), (["pack", "export", "--fhir"], "required"),
                   (["pack", "export", "--fhir", "--out", "a", "-o", "b"], "1"),
                   (["pack", "export", "--fhir", "--out", "a", "--r5", "b"], "--r5")]:
    run = legwork(*args)
    checks.check(run.code == 2 and says in run.err and len(run.err.splitlines()) == 1, f"legwork {' '.join(args)}: {run}")
checks.end()
