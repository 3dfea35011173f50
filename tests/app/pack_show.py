"""`legwork pack show`: the page is sound HTML, asks for nothing from outside, and its links arrive."""
import html.parser
import pathlib
import tempfile

from runs import ROOT, Checks, legwork

checks = Checks()
VOID = {"meta", "input", "br"}
LOADS = {"src", "srcset", "poster", "data", "action", "formaction", "background", "manifest"}


class Page(html.parser.HTMLParser):
    """What stands in a page, and what is wrong with how its elements nest."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.faults, self.ids, self.links, self.tags, self.headings = [], [], [], [], [], []
        self.tables, self.captions = 0, 0
        self.lang = None
        self.feed(text)
        self.close()
        self.faults += [f"<{tag}> is not closed" for tag in self.open]

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "html":
            self.lang = given.get("lang")
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(given["href"])
        self.faults += [f"<{tag} {name}> loads something" for name in given if name in LOADS]
        self.tables += tag == "table"
        self.captions += tag == "caption"
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()} closes nothing")


def check_page(pack):
    run = legwork("pack", "show", pack, "--format", "html")
    text = run.out.decode()
    page = Page(text)
    what = pack.name
    checks.check(run.code == 0 and not run.err, f"{what}: exit {run.code}: {run.err[:300]}")
    checks.check(not page.faults, f"{what}: {page.faults[:5]}")
    checks.check(page.lang == "en", f"{what}: says no language")
    checks.check(len(set(page.ids)) == len(page.ids), f"{what}: an id stands twice")
    lost = {link for link in page.links if link.startswith("#") and link[1:] not in page.ids}
    checks.check(not lost, f"{what}: links that lead nowhere: {sorted(lost)[:5]}")
    checks.check(page.tables == page.captions > 0, f"{what}: {page.tables} tables, {page.captions} captions")
    checks.check(not {"link", "img", "iframe", "object", "embed", "base"} & set(page.tags), f"{what}: loads something")
    checks.check("url(" not in text and "@import" not in text, f"{what}: its style loads something")
    skipped = [pair for pair in zip(page.headings, page.headings[1:]) if pair[1] > pair[0] + 1]
    checks.check(page.headings[0] == 1 and not skipped, f"{what}: heading levels are skipped: {skipped[:3]}")


for pack in (ROOT / "packs/heavy-legs", ROOT / "tests/packs/cough"):
    check_page(pack)

# Text is for a terminal or a file; the pack that legwork brings along is shown where none is named.
named = legwork("pack", "show", ROOT / "packs/heavy-legs")
checks.check(named.out == legwork("pack", "show").out and named.out.startswith(b"Heavy legs"), "the default pack")
checks.check(b"\x1b" not in named.out, "text holds control sequences")
with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "pack.html"
    run = legwork("pack", "show", "--format", "html", "-o", path)
    checks.check(run.code == 0 and run.out == b"" and path.read_bytes().startswith(b"<!DOCTYPE html>"), "-o FILE")
checks.check(legwork("pack", "show", "--format", "pdf").code == 2, "a format that there is not")
checks.one_message(legwork("pack", "show", "none"), "none: is not there", "a pack that is not there")
checks.end()
