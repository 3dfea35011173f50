"""The page's own words: the same keys in every language, and no key without words."""
import json
import re

from runs import ROOT, Checks

checks = Checks()
PAGE = ROOT / "plugin/page"
FILLED = re.compile(r"\{(\w+)\}")

tables = {file.name: json.loads(file.read_text()) for file in sorted(PAGE.glob("words.*.json"))}
english = tables["words.en.json"]
for name, table in tables.items():
    checks.check(list(table) == list(english), f"{name}: other keys than English, or in another order: {set(table) ^ set(english)}")
    for key, words in table.items():
        checks.check(sorted(FILLED.findall(words)) == sorted(FILLED.findall(english.get(key, ""))), f"{name}: {key} fills in other values")
        checks.check(bool(words) or key == "unchecked", f"{name}: {key} is empty")

code = "".join(file.read_text() for pattern in ("*.js", "*.html") for file in PAGE.glob(pattern))
asked = set(re.findall(r'words\("([\w.-]+)"', code)) | set(re.findall(r'data-(?:words|label)="([\w.-]+)"', code)) | \
    set(re.findall(r'(?:Stop|ReportError)\("([\w.-]+)"', code)) | set(re.findall(r'"((?:error|file|stop)\.[\w-]+)"', code))
checks.check(len(asked) > 80, f"only {len(asked)} keys were found in the page")
for key in sorted(asked - set(english)):
    checks.check(False, f"{key} has no words")
# A key that is put together ends with what it is put together from.
made = set(re.findall(r'words\(`([\w.-]*\.)\$\{', code)) | {"flag.", "status.", "urgency."}
for key in sorted(set(english) - asked):
    checks.check(f'"{key}"' in code or any(key.startswith(start) for start in made) or key.endswith(".do"), f"{key}: nobody says this")
checks.end()
