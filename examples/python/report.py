"""report.py LIBRARY CHART REPORT [DAY]: one patient's chart in, a PDF out, by ctypes alone.

    python3 report.py /usr/local/lib/liblegwork.so chart.json report.pdf 2026-11-22
"""
import ctypes
import sys
from ctypes import POINTER, c_char_p, c_int, c_size_t, c_void_p

DONE, IN_PART, MISUSE, NOTHING = range(4)
ASSESSMENT, PDF, HTML, PLAIN_TEXT, DOCUMENT = range(5)


class Text(ctypes.Structure):
    _fields_ = [("data", c_char_p), ("size", c_size_t)]


class Options(ctypes.Structure):
    _fields_ = [("size", c_size_t)] + [
        (name, c_char_p) for name in ("as_of", "onset", "subject", "layout", "language")]

    def __init__(self, **said):
        super().__init__(ctypes.sizeof(Options), **{k: v.encode() for k, v in said.items() if v})


def load(path):
    """The library, with what it takes and gives."""
    library = ctypes.CDLL(path)
    library.legwork_open.argtypes = [c_char_p, POINTER(c_void_p)]
    library.legwork_open_problems.restype = c_char_p
    library.legwork_close.argtypes = [c_void_p]
    library.legwork_ask.argtypes = [c_void_p, POINTER(Text), c_size_t, c_int, POINTER(Options)]
    library.legwork_ask.restype = c_void_p
    for name, result in (("status_of", c_int), ("data", c_void_p), ("size", c_size_t),
                         ("problems", c_char_p), ("free", None)):
        function = getattr(library, f"legwork_{name}")
        function.argtypes, function.restype = [c_void_p], result
    return library


class Legwork:
    def __init__(self, path, data=None):
        self.library = load(path)
        self.knowledge = c_void_p()
        if self.library.legwork_open(data and data.encode(), ctypes.byref(self.knowledge)) != DONE:
            raise RuntimeError(self.library.legwork_open_problems().decode())

    def ask(self, charts, form=PDF, **options):
        """What was made, and an OperationOutcome about what could not be used ("": all was)."""
        texts = (Text * len(charts))(*(Text(chart, len(chart)) for chart in charts))
        result = self.library.legwork_ask(self.knowledge, texts, len(texts), form,
                                          ctypes.byref(Options(**options)))
        try:
            problems = self.library.legwork_problems(result).decode()
            if self.library.legwork_status_of(result) > IN_PART:
                raise ValueError(problems)
            made = ctypes.string_at(self.library.legwork_data(result),
                                    self.library.legwork_size(result))
            return made, problems
        finally:
            self.library.legwork_free(result)

    def close(self):
        self.library.legwork_close(self.knowledge)


if __name__ == "__main__":
    library, chart, report = sys.argv[1:4]
    legwork = Legwork(library)
    with open(chart, "rb") as file:
        pdf, problems = legwork.ask([file.read()], as_of="".join(sys.argv[4:5]))
    legwork.close()
    with open(report, "wb") as file:
        file.write(pdf)
    print(problems, end="", file=sys.stderr)
