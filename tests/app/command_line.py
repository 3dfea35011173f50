"""The command line: what it answers, and with which exit code."""
import json
import tempfile

from runs import AS_OF, ROOT, Checks, assess_json, legwork

CHART = ROOT / "examples/amlodipine-and-iron.json"
ANSWERS = ROOT / "examples/answers/amlodipine-and-iron.json"
PACK = ROOT / "packs/heavy-legs"
checks = Checks()

# Wrong use: exit 2, one line that says what is wrong.
WRONG = [
    ([], "report, assess, fetch-export, batch, serve, verify, feedback, pack or template"),
    (["diagnose"], "diagnose"),
    (["assess"], "chart is required"),
    (["assess", CHART, "--format", "yaml"], "yaml"),
    (["assess", CHART, "--as-of", "yesterday"], "write it as 2026-11-22"),
    (["assess", CHART, "--as-of", "2026-02-30"], "write it as 2026-11-22"),
    (["assess", CHART, "--as-of", "2026"], "needs a day"),
    (["assess", CHART, "--as-of", "2026-11-22", "--onset", "2026-12-01"], "lies after"),
    (["assess", "-", "-"], "only once"),
    (["report", CHART, "-o", CHART], "is the chart itself"),
    (["assess", CHART, "--explain", "gout"], "no cause or red flag 'gout'; it has chronic-venous-insufficiency, "),
    (["pack"], "report, assess, fetch-export, batch, serve, verify, feedback, pack or template"),
    (["assess", CHART, "--unknown"], "--unknown"),
    (["assess", CHART, "--explain", "nsaid", "--format", "cards"], "leave out --format cards"),
    (["assess", CHART, "--previous", CHART, "--format", "cards"], "is told as text only"),
    (["feedback"], "--database is required"),
    (["feedback", "--database", "f.db", "--since", "2026"], "needs a day"),
]
for args, says in WRONG:
    run = legwork(*args)
    what = f"legwork {' '.join(map(str, args))}"
    checks.check(run.code == 2, f"{what}: exit {run.code}, expected 2")
    checks.check(says in run.err and len(run.err.splitlines()) == 1, f"{what}: {run.err!r}")
    checks.check(run.out == b"", f"{what}: wrote to standard output")

for args, says in [(["--version"], b"legwork 0."), (["--help"], b"Exit codes"), (["report", "--help"], b"--template"),
                   (["assess", "--help"], b"--onset"), (["pack", "check", "--help"], b"DIR")]:
    run = legwork(*args)
    checks.check(run.code == 0 and says in run.out and not run.err, f"legwork {' '.join(args)}: {run}")

# Something that is not there: exit 3.
for args, where in [(["assess", "none.json"], "none.json: is not there"),
                    (["assess", CHART, "--pack", "none"], "none: is not there"),
                    (["assess", CHART, "--answers", "none.json"], "none.json: is not there"),
                    (["report", CHART, "--template", "none"], str(ROOT / "templates/none.xml")),
                    (["report", CHART, "--template", "patient", "--lang", "xx"], str(ROOT / "templates/patient.xx.xml")),
                    (["pack", "check", "none"], "none: is not there")]:
    checks.one_message(legwork(*args), where, f"legwork {' '.join(map(str, args))}")

run = legwork("assess", CHART, env={"LEGWORK_DATA": "/none"})
checks.one_message(run, "/none: holds no packs", "LEGWORK_DATA that is not there")

# A source whose review is overdue is a fault of the pack, told by pack check and by nothing else.
run = legwork("pack", "check", PACK, "--as-of", "2026-11-22")
checks.check(run.code == 0 and b"no faults" in run.out, f"the pack has faults: {run}")
run = legwork("pack", "check", PACK, "--as-of", "2040-01-01")
checks.check(run.code == 3 and "sources.xml:" in run.err and "was last reviewed on" in run.err, f"overdue: {run.err[:200]}")
checks.check(legwork("assess", CHART, "--as-of", "2040-01-01").code == 0, "an overdue pack still assesses")

# Another article's pack loads and reports with the same program.
COUGH = ROOT / "tests/packs/cough"
with tempfile.TemporaryDirectory() as folder:
    run = legwork("report", CHART, "--pack", COUGH, "-o", f"{folder}/cough.pdf", *AS_OF)
    with open(f"{folder}/cough.pdf", "rb") as file:
        checks.check(run.code == 0 and file.read(5) == b"%PDF-", f"a second pack's report: {run}")
told = assess_json(CHART, "--pack", COUGH)
checks.check({cause["id"] for cause in told["causes"]} == {"drug-cough", "asthma-cough", "both"}, "its causes are its own")

# Every output says whose rules these are, and that nothing is learnt from data.
text = legwork("assess", CHART, *AS_OF).out.decode()
attributes = assess_json(CHART)["pack"]["sourceAttributes"]
checks.check(len(attributes) == 13, f"{len(attributes)} source attributes, not 13")
for attribute in attributes:
    checks.check(f"{attribute['name']}: {attribute['text']}" in text, f"the text lacks {attribute['name']}")
checks.check("no output is learnt from data" in text, "the text lacks the statement")

# Files, a folder, and standard input are the same chart.
from_file = legwork("assess", CHART, "--format", "json", *AS_OF)
from_stdin = legwork("assess", "-", "--format", "json", *AS_OF, stdin=CHART.read_bytes())
checks.check(from_file.code == 0 and from_file.out == from_stdin.out, "standard input is read as a file is")
with tempfile.TemporaryDirectory() as folder:
    with open(f"{folder}/chart.json", "wb") as file:
        file.write(CHART.read_bytes())
    from_folder = legwork("assess", folder, "--format", "json", *AS_OF)
checks.check(from_file.out == from_folder.out, "a folder is read as its files are")

# Text is the default; colors are for terminals only.
text = legwork("assess", CHART, *AS_OF)
checks.check(text.code == 0 and b"\x1b" not in text.out and b"Red flags" in text.out, "plain text is the default")

# Answers and onset change what is found.
before, after = assess_json(CHART), assess_json(CHART, "--answers", ANSWERS)
asked = lambda assessment: {question["id"] for question in assessment["questions"]}
checks.check("urge-to-move" in asked(before), "what was not asked is a question")
checks.check("urge-to-move" not in asked(after), "what was answered is none")
checks.check(assess_json(CHART, "--onset", "2020-05")["complaint"]["onset"] == "2020-05", "--onset sets the onset")

good = legwork("pack", "check", PACK)
checks.check(good.code == 0 and b"no faults" in good.out and not good.err, f"the pack has faults: {good.err[:500]}")
with tempfile.TemporaryDirectory() as folder:
    with open(f"{folder}/pack.xml", "w") as file:
        file.write("<pack id='x'>\n<nonsense/>\n</pack>\n")
    bad = legwork("pack", "check", folder)
checks.check(bad.code == 3 and f"{folder}/pack.xml:2" in bad.err, f"a fault without its place: {bad}")

# Cards are what an EHR gets, byte by byte the same each time.
cards = legwork("assess", CHART, "--format", "cards", *AS_OF)
again = legwork("assess", CHART, "--format", "cards", *AS_OF)
topics = [card["source"]["topic"]["code"] for card in json.loads(cards.out)["cards"]]
checks.check(cards.code == 0 and cards.out == again.out, f"cards: {cards.err[:500]}")
checks.check(topics == ["drug-cause", "work-up"], f"cards about {topics}")
checks.check(all(len(card["summary"]) < 140 for card in json.loads(cards.out)["cards"]), "a summary is too long")

# Feedback: a database that is not there, one that is none, and an empty one.
with tempfile.TemporaryDirectory() as folder:
    missing = legwork("feedback", "--database", f"{folder}/none.db")
    checks.check(missing.code == 3 and "no such file" in missing.err, f"no database: {missing}")
    with open(f"{folder}/junk.db", "w") as file:
        file.write("no database at all, but long enough to be told from one")
    junk = legwork("feedback", "--database", f"{folder}/junk.db")
    checks.check(junk.code == 3 and "move the file away" in junk.err, f"a file that is no database: {junk}")
    open(f"{folder}/empty.db", "w").close()
    empty = legwork("feedback", "--database", f"{folder}/empty.db")
    checks.check(empty.out.startswith(b"date,location,tenant,service,intervention,") and empty.out.count(b"\n") == 1,
                 f"an empty database: {empty}")
    as_json = legwork("feedback", "--database", f"{folder}/empty.db", "--format", "json")
    checks.check(as_json.out == b"[]\n", f"an empty database as JSON: {as_json}")

full = legwork("assess", CHART, *AS_OF)
checks.no_leak(full, "assess")
checks.end()
