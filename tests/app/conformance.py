"""Each test that docs/conformance.md calls a proof is there: a test case by its whole name, or a script."""
import re

from runs import ROOT, Checks

checks = Checks()
CASE = re.compile(r'TEST_CASE\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)')
cases = set()
for source in (ROOT / "tests").rglob("*_test.cpp"):
    for written in CASE.findall(source.read_text()):
        cases.add("".join(re.findall(r'"((?:[^"\\]|\\.)*)"', written)))
for source in (ROOT / "tests/peers/smart_page").glob("*.mjs"):
    cases.update(re.findall(r'^\s*(?:async )?"([^"]+)"\s*[:(]', source.read_text(), re.MULTILINE))
scripts = {path.name for folder in ("app", "peers") for path in (ROOT / "tests" / folder).glob("*.py")}

table = (ROOT / "docs/conformance.md").read_text()
named = re.findall(r'"([^"|]+)"(?=<br>| \|)', table)
run = re.findall(r"`(\w+\.py)`(?=<br>| \|)", table)
checks.check(len(named) > 80 and len(run) > 10, f"only {len(named)} cases and {len(run)} scripts found: is the table as it was?")
for name in named:
    checks.check(name in cases, f'no test case is called "{name}"')
for name in run:
    checks.check(name in scripts, f"no script is called {name}")
for row in table.splitlines():
    if re.match(r"\| (?!clause|what|-)", row) and not re.search(r'"|`\w+\.py`', row):
        checks.check("measured, not tested" in row, f"no test: {row}")
checks.end()
