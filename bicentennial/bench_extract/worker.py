"""Run one extractor over some files in this process, so that its time and its memory are its own.

`python -m bicentennial.bench_extract.worker` reads a job as JSON from standard input and writes its result as JSON
to standard output; `run` starts it with a chosen interpreter.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from bicentennial.bench_extract.extractors import EXTRACTORS, NotInstalledError, Spans
from bicentennial.settings import PROJECT

NOT_INSTALLED = 3
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class WorkerError(Exception):
    """A worker failed; the message is the end of what it said."""


@dataclass(frozen=True)
class Measured:
    """What one extractor found and took: spans by file name, processor seconds, bytes.

    `seconds` are for all files together, the best of the rounds. `load_seconds` are for imports, models and reference
    tables, and are not in `seconds`. `peak_bytes` is the largest resident set of the whole process.
    """

    spans: dict[str, Spans]
    seconds: float
    load_seconds: float
    peak_bytes: int
    version: str


def measure(name: str, files: list[Path], rounds: int, spacy_model: str) -> Measured:
    """Measure an extractor here. The first round is counted too: `seconds` is that of the best.

    Raises:
        NotInstalledError: when the extractor or its model is not there.
    """
    started = time.process_time()
    extractor = EXTRACTORS[name]
    try:
        find = extractor.load(spacy_model)
    except ModuleNotFoundError as error:
        raise NotInstalledError(f"{error.name} is not installed in this environment: make bench-extract") from error
    load_seconds = time.process_time() - started
    seconds = float("inf")
    spans: dict[str, Spans] = {}
    for _ in range(rounds):
        started = time.process_time()
        spans = {path.name: find(path) for path in files}
        seconds = min(seconds, time.process_time() - started)
    return Measured(spans, seconds, load_seconds, peak_bytes(), extractor.version)


def run(interpreter: Path, name: str, files: list[Path], rounds: int, spacy_model: str) -> Measured:
    """Measure an extractor in a process of its own, in the environment of `interpreter`, on one thread.

    Raises:
        NotInstalledError: when the extractor or its model is not there.
        WorkerError: when the process fails otherwise.
    """
    job = {"name": name, "files": [str(path) for path in files], "rounds": rounds, "spacy_model": spacy_model}
    done = subprocess.run(
        [str(interpreter), "-m", "bicentennial.bench_extract.worker"], input=json.dumps(job), capture_output=True,
        text=True, encoding="utf-8", check=False, cwd=PROJECT,
        env=os.environ | ONE_THREAD | {"PYTHONPATH": str(PROJECT), "PYTHONWARNINGS": "ignore", "PYTHONUTF8": "1"},
    )  # fmt: skip
    if done.returncode == NOT_INSTALLED:
        raise NotInstalledError(done.stderr.strip())
    if done.returncode:
        raise WorkerError(f"{name}: exit code {done.returncode}: {done.stderr.strip()[-600:]}")
    result = json.loads(done.stdout)
    result["spans"] = {file: [(start, end) for start, end in spans] for file, spans in result["spans"].items()}
    return Measured(**result)


def peak_bytes() -> int:
    """The largest resident set of this process so far.

    Linux: from the process's own memory map; what `getrusage` gives there is inherited from the process that started
    this one, if that was larger.
    """
    return _status("VmHWM") or _maximum()


def resident_bytes() -> int:
    """The resident set now; where the system does not tell, the largest so far, which cannot hide growth either."""
    return _status("VmRSS") or _maximum()


def _status(field: str) -> int:
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{field}:")), 0)


def _maximum() -> int:
    import resource

    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest if sys.platform == "darwin" else largest * 1024


def main() -> None:
    job = json.load(sys.stdin)
    try:
        found = measure(job["name"], [Path(file) for file in job["files"]], job["rounds"], job["spacy_model"])
    except NotInstalledError as error:
        print(error, file=sys.stderr)
        sys.exit(NOT_INSTALLED)
    json.dump(asdict(found), sys.stdout)


if __name__ == "__main__":
    main()
