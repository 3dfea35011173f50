#!/usr/bin/env python3
"""axe.py LEGWORK: can everybody read an HTML report? axe-core judges two reports and a worklist in Chromium, on a screen and on a
telephone, and must find what is wrong with a broken one. Also: no report is wider than its window, or asks for anything."""

import html
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROJECT = ROOT / "tests/peers/axe"
CHARTS = ["amlodipine-and-iron", "one-leg-sudden"]  # with no red flag found, and with one
WIDTHS = {"screen": 1280, "telephone": 320}
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
BROKEN = ('<!DOCTYPE html><html><head><title>x</title></head><body style="width:9999px"><img src="data:,">'
          '<p style="color:#ccc">faint</p></body></html>')
ASK = """axe.run(document, {resultTypes: ["violations"]}).then(found => {
  const told = found.violations.flatMap(rule => rule.nodes.map(node => [rule.id, rule.help, node.target.join(" ")]));
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) told.push(["reflow", "wider than its window", root.scrollWidth + " px"]);
  for (const asked of performance.getEntriesByType("resource")) told.push(["request", "asks for something", asked.name]);
  parent.postMessage(JSON.stringify({width: innerWidth, told}), "*");
});"""
# A window of Chromium's is never narrower than 500 px; a frame may be.
FRAME = """<!DOCTYPE html><title>frame</title><iframe src="copy.html" width="{width}" height="900" style="border:0"></iframe>
<pre id="told"></pre><script>onmessage = event => document.getElementById("told").textContent = event.data</script>"""


def tools():
    """Chromium and axe. npm fetches that at the first run; it is found without the network from then on."""
    chromium, npm = shutil.which("chromium"), shutil.which("npm")
    axe = PROJECT / "node_modules/axe-core/axe.min.js"
    if not chromium or not (npm or axe.exists()):
        print("axe.py: skipped: needs chromium and npm")
        sys.exit(0)
    if not axe.exists():
        subprocess.run([npm, "ci", "--silent", "--no-audit", "--no-fund"], cwd=PROJECT, check=True)
    return chromium, axe.read_text()


def judge(chromium, axe, page, width, folder):
    """What is wrong with a page. Its own policy lets no script run, so axe looks at a copy without it."""
    # Not "</script" in it: that would end it.
    script = f"<script>{axe.replace('</script', '<!-- -->')}</script><script>{ASK}</script></body>"
    pathlib.Path(folder, "copy.html").write_text(POLICY.sub("", page).replace("</body>", script))
    frame = pathlib.Path(folder, "frame.html")
    frame.write_text(FRAME.format(width=width))
    run = subprocess.run([chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile",
                          "--window-size=1400,1000", "--virtual-time-budget=60000", "--dump-dom", frame.as_uri()],
                         capture_output=True, text=True, timeout=120)
    told = re.search(r'<pre id="told">(.*?)</pre>', run.stdout, re.DOTALL)
    if not told:
        sys.exit(f"axe.py: Chromium says nothing:\n{run.stderr[-2000:]}")
    return json.loads(html.unescape(told[1]))


def pages_of(legwork, folder):
    """The pages by name: reports, and the worklist of an export."""
    pages = {chart: subprocess.run([legwork, "report", ROOT / f"examples/{chart}.json", "--as-of", "2026-11-22",
                                    "--format", "html", "-o", "-"], check=True, capture_output=True).stdout.decode()
             for chart in CHARTS}
    batch = pathlib.Path(folder, "batch")
    subprocess.run([legwork, "batch", ROOT / "examples/export", "--out", batch, "--as-of", "2026-11-22"], check=True,
                   stdout=subprocess.DEVNULL)
    return pages | {"worklist": (batch / "worklist.html").read_text()}


def main():
    legwork = pathlib.Path(sys.argv[1]).resolve()
    chromium, axe = tools()
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        pages = pages_of(legwork, folder)
        broken = {rule for rule, _, _ in judge(chromium, axe, BROKEN, WIDTHS["screen"], folder)["told"]}
        if not {"image-alt", "color-contrast", "html-has-lang", "reflow"} <= broken:
            sys.exit(f"axe.py: finds too little wrong with a broken page: {sorted(broken)}")
        for chart, page in pages.items():
            for name, width in WIDTHS.items():
                found = judge(chromium, axe, page, width, folder)
                print(f"{chart} on a {name} ({found['width']} px): {len(found['told'])} faults")
                for fault in found["told"]:
                    print("  " + ": ".join(fault))
                faults += len(found["told"])
    sys.exit(faults > 0)


main()
