"""Our own clinical vignettes: one patient each, and what a careful clinician must be told about them.

usage: own_vignettes.py LEGWORK [VIGNETTE.json | FOLDER]...      (default: tests/vignettes)
A vignette is {"id", "says", "asOf", "args", "input": {"name", "text"}, "expect"}. What `expect` may hold:
  exit            the exit code, which must come with a message (otherwise 0 or 1)
  complaint       the complaint's status
  causes          {id: [statuses, any of which will do]}; redFlags the same
  workup          {id: {"status": [...], "urgency": [...]}}
  questions       ids that must be asked
  evidence        {cause: [references that must be among its evidence]}
  evidence_not    {cause: [references that must not be]}; evidence_not_for: that must not speak for it
  evidence_text   {cause: [words that some of its evidence must say]}
  notes           references that a note must name; notes_any: any one of them; notes_text: words a note must say
  before          [[a, b]]: cause a is listed before cause b; order_workup the same for tests
  scores          {id: {"low": n, "high": n}}
Two run at a time: the machine that tests has two cores.
"""
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from runs import PLANTED, ROOT

LEGWORK = pathlib.Path(sys.argv[1]).resolve()
HERE = ROOT / "tests" / "vignettes"
AT_ONCE = 2
SECONDS = 60
KNOWN = {"exit", "complaint", "causes", "redFlags", "workup", "questions", "evidence", "evidence_not", "evidence_not_for",
         "evidence_text", "notes", "notes_any", "notes_text", "before", "order_workup", "scores"}


def assess(vignette, folder):
    """Runs legwork on the vignette's chart. An argument that is JSON stands for a file that holds it."""
    chart = folder / vignette["input"]["name"]
    chart.write_text(vignette["input"]["text"], newline="")
    args = []
    for number, arg in enumerate(vignette["args"]):
        if arg.startswith("{"):
            path = folder / f"arg{number}.json"
            path.write_text(arg)
            arg = str(path)
        args.append(arg)
    return subprocess.run([LEGWORK, "assess", chart, "--format", "json", "--as-of", vignette["asOf"], *args],
                          capture_output=True, text=True, timeout=SECONDS, env={**os.environ, "LC_ALL": "C.UTF-8"})


def by_id(assessment, key):
    return {entry["id"]: entry for entry in assessment.get(key, [])}


def references(cause, says=None):
    return {entry.get("reference", "").split("/_history")[0] for entry in cause.get("evidence", [])
            if says is None or entry["says"] == says}


def statuses(expected, found, what):
    for name, wanted in expected.items():
        status = found.get(name, {}).get("status", "(not listed)")
        if status not in wanted:
            yield f"{what} {name}: {status}, expected {' or '.join(wanted)}"


def evidence(expect, causes):
    for name, wanted in expect.get("evidence", {}).items():
        for reference in set(wanted) - references(causes.get(name, {})):
            yield f"{name}: {reference} is not among its evidence"
    for name, unwanted in expect.get("evidence_not", {}).items():
        for reference in set(unwanted) & references(causes.get(name, {})):
            yield f"{name}: {reference} is among its evidence"
    for name, unwanted in expect.get("evidence_not_for", {}).items():
        for reference in set(unwanted) & references(causes.get(name, {}), "for"):
            yield f"{name}: {reference} speaks for it"
    for name, words in expect.get("evidence_text", {}).items():
        texts = [entry["text"] for entry in causes.get(name, {}).get("evidence", [])]
        for word in words:
            if not any(word in text for text in texts):
                yield f"{name}: no evidence says {word!r}: {texts}"


def workup(expect, found):
    for name, wanted in expect.get("workup", {}).items():
        for key, values in wanted.items():
            value = found.get(name, {}).get(key, "(none)")
            if value not in values:
                yield f"work-up {name}: {key} {value}, expected {' or '.join(values)}"


def notes(expect, found):
    named = {note.get("reference", "") for note in found}
    for reference in set(expect.get("notes", [])) - named:
        yield f"no note names {reference}"
    if "notes_any" in expect and not named & set(expect["notes_any"]):
        yield f"no note names any of {expect['notes_any']}"
    for words in expect.get("notes_text", []):
        if not any(words in note["text"].lower() for note in found):
            yield f"no note says {words!r}"


def order(pairs, listed, what):
    for first, second in pairs:
        if first not in listed or second not in listed or listed.index(first) > listed.index(second):
            yield f"{what}: {first} should stand before {second}"


def scores(expect, found):
    for name, wanted in expect.get("scores", {}).items():
        score = found.get(name, {})
        for key, value in wanted.items():
            if score.get(key) != value:
                yield f"score {name}: {key} {score.get(key)}, expected {value}"


def differences(expect, assessment):
    yield from (f"no such expectation: {key}" for key in expect.keys() - KNOWN)
    causes = by_id(assessment, "causes")
    yield from statuses(expect.get("causes", {}), causes, "cause")
    yield from statuses(expect.get("redFlags", {}), by_id(assessment, "redFlags"), "red flag")
    if "complaint" in expect and assessment["complaint"]["status"] != expect["complaint"]:
        yield f"complaint {assessment['complaint']['status']}, expected {expect['complaint']}"
    yield from evidence(expect, causes)
    yield from workup(expect, by_id(assessment, "workup"))
    asked = by_id(assessment, "questions")
    yield from (f"question {name} is not asked" for name in expect.get("questions", []) if name not in asked)
    yield from notes(expect, assessment["notes"])
    yield from order(expect.get("before", []), list(causes), "causes")
    yield from order(expect.get("order_workup", []), list(by_id(assessment, "workup")), "work-up")
    yield from scores(expect, by_id(assessment, "scores"))


def failures(vignette):
    """What differs from what the vignette expects, one line each."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            run = assess(vignette, pathlib.Path(folder))
        except subprocess.TimeoutExpired:
            return [f"no answer in {SECONDS} seconds"]
    expect = vignette["expect"]
    if any(word in run.stderr for word in PLANTED):
        return ["patient data on standard error"]
    if run.returncode not in ([expect["exit"]] if "exit" in expect else [0, 1]):
        return [f"exit {run.returncode}: {run.stderr.strip()[:300]}"]
    if "exit" in expect:
        return [] if run.stderr.strip() else ["no message on standard error"]
    return list(differences(expect, json.loads(run.stdout)))


def main():
    places = [pathlib.Path(arg) for arg in sys.argv[2:]] or [HERE]
    files = [file for place in places for file in (sorted(place.glob("*.json")) if place.is_dir() else [place])]
    vignettes = [json.loads(file.read_text()) for file in files]
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        results = list(pool.map(failures, vignettes))
    for vignette, lines in zip(vignettes, results):
        if lines:
            print("\n    ".join([f"FAIL {vignette['id']}: {vignette['says']}", *lines]))
    failed = sum(map(bool, results))
    print(f"{len(results) - failed} passed, {failed} failed")
    sys.exit(failed > 0 or not results)


if __name__ == "__main__":
    main()
