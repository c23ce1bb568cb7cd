"""Breaks the code that sends on purpose, one place at a time, and runs its rooms' tests: `make mutants`.

    .venv/bin/python tests/mutants/run.py [WORD ...]    only the modules whose path holds one of the words

What the tests do not notice must be explained in explained.toml beside this file: 1 where something is not, or where an
explanation has nothing left to explain. Works on a copy below build/mutants, where each module has a file of what is
known: as long as neither the module nor the choice of mutations changes, what was caught is not tried again.
"""

import ast
import hashlib
import importlib
import json
import multiprocessing
import os
import re
import resource
import shutil
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from cosmic_ray.commands import init
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome, WorkerOutcome, WorkResult

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "mutants"
COPY = BUILD / "copy"
EXPLAINED = Path(__file__).with_name("explained.toml")

# What decides, what sends and what remembers it, each with the tests of its own room.
ROOMS = {
    "tests/app/completion": ("app/completion/*.py",),
    "tests/app/outcomes": ("app/outcomes/sender.py", "app/outcomes/service.py", "app/outcomes/batches.py"),
    "tests/app/storage/journal": ("app/storage/journal/*.py",),
}
# A comparison is turned round and moved by one, an arithmetic sign turned round: more of a kind finds nothing more.
# What stands between types (|) and in front of arguments (* and **) is the type checker's.
OPERATORS = re.compile(
    r"core/("
    r"AddNot|NumberReplacer|ExceptionReplacer|ZeroIterationForLoop|RemoveDecorator"
    r"|Replace(TrueWithFalse|FalseWithTrue|AndWithOr|OrWithAnd|BreakWithContinue|ContinueWithBreak)"
    r"|ReplaceUnaryOperator_Delete_(Not|USub)"
    r"|ReplaceBinaryOperator_(Add_Sub|Sub_Add|Mul_Div|Div_Mul|FloorDiv_Mul|Mod_Mul)"
    r"|ReplaceComparisonOperator_"
    r"(Eq_NotEq|NotEq_Eq|Is_IsNot|IsNot_Is|Lt_(LtE|Gt)|LtE_(Lt|GtE)|Gt_(GtE|Lt)|GtE_(Gt|LtE))"
    r")"
)
# Whether a class is frozen is seen in review, not in what it does.
LEFT_ALONE = re.compile(r"\s*@dataclass\b")

LONGEST_SECONDS = 300  # one that waits for what never comes
CPU_MARGIN_SECONDS = 10
_PYTEST = [
    "-x", "-q", "--no-header", "--tb=line", "-p", "no:xdist", "-m", "not window and not socket",
    "--hypothesis-profile", "quick", "--timeout", "60", "-W", "ignore::pytest.PytestAssertRewriteWarning",
]  # fmt: skip
# They have to be the first to import what they bring along.
_PLUGINS = ("_hypothesis", "_pytest", "pytest", "xdist")


@dataclass(frozen=True)
class Survivor:
    """`line` is the code that was changed, without its indent; `became` what stood there then, nothing
    where it was taken out."""

    module: str
    line: str
    became: str

    def __str__(self) -> str:
        return f"{self.module}\n    {self.line}\n    {self.became or '(gone)'}"


@dataclass(frozen=True)
class Mutant:
    job_id: str
    code: str
    shown: Survivor


class Room:
    """The tests of one room, run in a child of this process for each mutant: what they import from elsewhere is there
    already, what they import from the copy is read anew."""

    def __init__(self, tests: str) -> None:
        self._files = sorted(str(path) for path in Path(tests).glob("test_*.py"))
        self._cpu_seconds = 0.0

    def prepare(self) -> None:
        """Runs the tests twice without any mutation: to see what they import, and as they will run for each mutant.

        Raises SystemExit where they fail.
        """
        imported = BUILD / "imported.json"
        self._must_pass(imported)
        for name in json.loads(imported.read_text(encoding="utf-8")):
            with suppress(Exception):
                importlib.import_module(name)
        before = _cpu_seconds_of_children()
        self._must_pass()
        self._cpu_seconds = _cpu_seconds_of_children() - before

    def catches(self, module: Path) -> bool:
        """Whether a test fails on the module as it lies in the copy now. Most do in the files that bear its name."""
        own = [file for file in self._files if module.stem in Path(file).stem]
        others = [file for file in self._files if file not in own]
        return any(not self._passes(files) for files in (own, others) if files)

    def _must_pass(self, imported: Path | None = None) -> None:
        if not self._passes(self._files, imported):
            raise SystemExit(f"The tests fail as they are:\n{_last_output()}")

    def _passes(self, files: Sequence[str], imported: Path | None = None) -> bool:
        child = multiprocessing.get_context("fork").Process(target=self._run, args=(files, imported))
        child.start()
        child.join(LONGEST_SECONDS)
        if child.exitcode is None:
            os.killpg(child.pid, 9)
            child.join()
        if child.exitcode in (pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR):
            raise SystemExit(f"No test was run:\n{_last_output()}")
        return child.exitcode == pytest.ExitCode.OK

    def _run(self, files: Sequence[str], imported: Path | None) -> None:
        os.setsid()
        if self._cpu_seconds:
            most = int(3 * self._cpu_seconds + CPU_MARGIN_SECONDS)
            resource.setrlimit(resource.RLIMIT_CPU, (most, most))
        with (BUILD / "output.txt").open("w", encoding="utf-8") as output:
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
            with redirect_stdout(output), redirect_stderr(output):
                code = pytest.main([*_PYTEST, *files])
        if imported:
            imported.write_text(json.dumps(list(_imported_from_elsewhere())), encoding="utf-8")
        os._exit(code)


def main(words: Sequence[str]) -> int:
    _copy_code()
    os.chdir(COPY)
    # For the tests that start other processes.
    os.environ |= {"PYTHONPATH": str(COPY), "PYTHONDONTWRITEBYTECODE": "1"}
    sys.path[:0] = [str(COPY)]
    survivors: list[Survivor] = []
    tried: list[str] = []
    caught = Counter[str]()
    total = Counter[str]()
    for tests, patterns in ROOMS.items():
        modules = [
            path
            for pattern in patterns
            for path in sorted(Path().glob(pattern))
            if path.name != "__init__.py" and (not words or any(word in str(path) for word in words))
        ]
        if not modules:
            continue
        room = Room(tests)
        # What does not change is compiled once, whatever the developer's own environment says.
        sys.dont_write_bytecode = False
        room.prepare()
        sys.dont_write_bytecode = True
        for module in modules:
            found, count = _tried(module, room)
            survivors += found
            tried.append(str(module))
            total[tests] += count
            caught[tests] += count - len(found)
            print(f"{count - len(found):4} of {count:4} caught  {module}", flush=True)
    for tests in total:
        print(f"{caught[tests]:4} of {total[tests]:4} caught  by {tests} ({caught[tests] / total[tests]:.1%})")
    return _compared(survivors, tried)


def _tried(module: Path, room: Room) -> tuple[list[Survivor], int]:
    """The module's mutants that no test notices, and how many there are in all."""
    source = module.read_text(encoding="utf-8")
    mark = hashlib.sha256(f"{source}{OPERATORS.pattern}".encode()).hexdigest()[:16]
    session = BUILD / f"{'.'.join(module.with_suffix('').parts)}-{mark}.sqlite"
    survivors = []
    with _opened(session, module) as work:
        mutants = list(_mutants(work, source))
        known = dict(work.results)
        for mutant in mutants:
            result = known.get(mutant.job_id)
            if result is None or result.test_outcome is TestOutcome.SURVIVED:
                result = _result(mutant, module, source, room)
                work.set_result(mutant.job_id, result)
            if result.test_outcome is TestOutcome.SURVIVED:
                survivors.append(mutant.shown)
    return survivors, len(mutants)


@contextmanager
def _opened(session: Path, module: Path) -> Iterator[WorkDB]:
    is_new = not session.exists()
    if is_new:
        for old in BUILD.glob(f"{session.name.rpartition('-')[0]}-*.sqlite"):
            old.unlink()
    with use_db(str(session)) as work:
        if is_new:
            init([module], work, {})
        yield work


def _mutants(work: WorkDB, source: str) -> Iterator[Mutant]:
    """Those of the chosen kinds that are programs, and not this one again."""
    seen = {ast.dump(ast.parse(source))}
    for item in sorted(
        work.work_items, key=lambda item: (item.mutations[0].start_pos, item.mutations[0].operator_name)
    ):
        mutation = item.mutations[0]
        first = source.splitlines()[mutation.start_pos[0] - 1]
        is_star_of_arguments = first.startswith("*,", mutation.start_pos[1])
        if not OPERATORS.fullmatch(mutation.operator_name) or LEFT_ALONE.match(first) or is_star_of_arguments:
            continue
        code = mutate_code(source, get_operator(mutation.operator_name)(), mutation.occurrence)
        try:
            shape = ast.dump(ast.parse(code))
        except SyntaxError:
            continue
        if shape not in seen:
            seen.add(shape)
            yield Mutant(item.job_id, code, _shown(mutation, source, code))


def _shown(mutation: MutationSpec, source: str, code: str) -> Survivor:
    line = mutation.start_pos[0] - 1
    lines, changed = source.splitlines(), code.splitlines()
    was, became = lines[line].strip(), changed[line].strip() if len(changed) == len(lines) else ""
    return Survivor(str(mutation.module_path), was, became)


def _result(mutant: Mutant, module: Path, source: str, room: Room) -> WorkResult:
    module.write_text(mutant.code, encoding="utf-8")
    for compiled in (module.parent / "__pycache__").glob(f"{module.stem}.*.pyc"):
        compiled.unlink()
    began = time.monotonic()
    try:
        caught = room.catches(module)
    finally:
        module.write_text(source, encoding="utf-8")
    if not caught:
        print(f"survived ({time.monotonic() - began:.0f} s): {mutant.shown}", flush=True)
    return WorkResult(
        WorkerOutcome.NORMAL, _last_output(), TestOutcome.KILLED if caught else TestOutcome.SURVIVED, str(mutant.shown)
    )


def _compared(survivors: Sequence[Survivor], tried: Sequence[str]) -> int:
    """1 where what survived, and what is explained of the modules that were tried, are not the same."""
    entries = tomllib.loads(EXPLAINED.read_text(encoding="utf-8")).get("mutant", [])
    explained = Counter(
        Survivor(entry["module"], entry["line"], entry["became"]) for entry in entries if entry["module"] in tried
    )
    found = Counter(survivors)
    for survivor in (found - explained).elements():
        print(f"Neither caught nor explained: {survivor}")
    for survivor in (explained - found).elements():
        print(f"Explained, but caught or gone: {survivor}")
    return 0 if found == explained else 1


def _copy_code() -> None:
    """What git would take along, so that nothing here is ever broken. Files that did not change keep their time."""
    BUILD.mkdir(parents=True, exist_ok=True)
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    wanted = {COPY / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()}
    for path in [path for path in COPY.rglob("*") if path.is_file() and path.suffix != ".pyc" and path not in wanted]:
        path.unlink()
    for target in wanted:
        original = ROOT / target.relative_to(COPY)
        if not target.exists() or target.read_bytes() != original.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(original, target)


def _imported_from_elsewhere() -> Iterator[str]:
    for name, module in sys.modules.items():
        origin = getattr(module, "__file__", None) or ""
        if origin and not origin.startswith(str(COPY)) and not name.startswith(_PLUGINS):
            yield name


def _cpu_seconds_of_children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _last_output() -> str:
    return (BUILD / "output.txt").read_text(encoding="utf-8", errors="replace")[-4000:]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
