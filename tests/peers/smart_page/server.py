"""`legwork serve` with the page, for an EHR of the tests; or what stands in for it where a legwork cannot serve yet."""

import re
import subprocess
import threading

from .stand_in import StandIn


class Server:
    """Runs until stop()."""

    def __init__(self, legwork, ehr, folder):
        bases = [*ehr.bases(), f"{ehr.origin}/elsewhere"]
        config = folder / "legwork.toml"
        frames = [ehr.origin, ehr.origin.replace("127.0.0.1", "localhost")]
        config.write_text(f"frame-ancestors = {frames}\n[client.ehr]\nissuer = 'https://ehr.example.org'\n"
                          f"jku = ['https://ehr.example.org/keys.json']\nfhir-servers = {bases}\n"
                          "smart-client-id = \"legwork-page\"\n".replace("'", '"'))
        self.process = subprocess.Popen([legwork, "serve", "--listen", "127.0.0.1:0", "--config", config],
                                        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        self.log = []
        for line in self.process.stderr:
            self.log.append(line)
            if found := re.search(r"listening on (http://\S+)", line):
                self.origin = found[1]
                break
        else:
            raise SystemExit(f"smart.py: legwork serve does not start: {''.join(self.log)}")
        threading.Thread(target=self.log.extend, args=(self.process.stderr,), daemon=True).start()

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)


def start(legwork, ehr, folder):
    if subprocess.run([legwork, "serve", "--help"], capture_output=True).returncode == 0:
        return Server(legwork, ehr, folder)
    print("smart.py: this legwork cannot serve; its command line stands in")
    return StandIn(legwork, ehr)
