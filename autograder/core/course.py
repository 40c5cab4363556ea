"""A course on disk: where its assignments lie and what their settings are."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from functools import cached_property
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.parse import quote
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from autograder.core import bundle, kit
from autograder.core.errors import CourseError

DATA_VARIABLE = "AUTOGRADER_DATA"
"""Names the folder of data that lie on this machine; checks look there before they look anywhere else."""


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


S = TypeVar("S", bound=_Settings)


class CourseSettings(_Settings):
    """`course.toml`: what holds for every assignment. `files`: the web address of the course's folder, from which large
    files are fetched; without it they are fetched from the repository."""

    title: str
    repository: str = Field(default="", pattern=r"^([\w.-]+/[\w.-]+)?$")
    branch: str = "main"
    files: str = Field(default="", pattern=r"^(https?://\S+)?$")
    late_days: int = Field(default=0, ge=0)
    """Days that every student may be late at no cost, in all assignments together."""

    def source(self, path: str) -> str:
        """Where a file of the course can be fetched, `path` within it: below `files`, or from GitHub, or nowhere."""
        if self.files:
            return f"{self.files.rstrip('/')}/{quote(path)}"
        raw = f"https://raw.githubusercontent.com/{self.repository}/{self.branch}/{quote(path)}"
        return raw if self.repository else ""

    def address(self, path: str) -> str:
        """Where GitHub shows a file of the course, `path` within its repository; nothing if no repository is named."""
        return f"https://github.com/{self.repository}/blob/{self.branch}/{path}" if self.repository else ""

    def badge(self, path: str) -> str:
        """The address that opens a notebook of the course in Colab; nothing if no repository is named."""
        return self.address(path).replace("https://github.com/", "https://colab.research.google.com/github/", 1)


class LimitSettings(_Settings):
    """What one submission may use: MiB and seconds."""

    memory_mib: int = Field(default=2048, ge=64)
    cpu_seconds: int = Field(default=120, ge=1)
    cell_seconds: float = Field(default=20.0, gt=0)
    extra_cell_seconds: float = Field(default=10.0, gt=0)
    submission_seconds: float = Field(default=180.0, gt=0)


class LateSettings(_Settings):
    """What being late costs: shares (0..1) of the assignment's points; see `results.late.Policy`."""

    per_day: float = Field(default=0.0, ge=0, le=1)
    per_hour: float = Field(default=0.0, ge=0, le=1)
    grace_minutes: float = Field(default=0.0, ge=0)
    cap: float = Field(default=1.0, ge=0, le=1)
    cutoff_hours: float | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _one_share(self) -> Self:
        if self.per_day and self.per_hour:
            raise ValueError("late work costs a share per day or per hour, not both")
        return self


class AssignmentSettings(_Settings):
    """`assignment.toml`: what holds for one assignment.

    `packages`: what students may import beyond PyTorch, NumPy, matplotlib, Python's own and what only shows something.
    `zone` is an IANA name, as "Europe/Berlin". A deadline without an offset is in this zone; a date alone is the last
    second of that day there.
    """

    title: str
    packages: tuple[str, ...] = ()
    zone: str = ""
    deadline: AwareDatetime | None = None
    limits: LimitSettings = LimitSettings()
    late: LateSettings = LateSettings()

    @model_validator(mode="before")
    @classmethod
    def _deadline_in_its_zone(cls, table: Any) -> Any:
        if not isinstance(table, dict) or "deadline" not in table:
            return table
        return table | {"deadline": _in_zone(table["deadline"], str(table.get("zone", "")))}

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        if name:
            _zone(name)
        return name

    @property
    def local_zone(self) -> tzinfo:
        """The zone of times that do not tell theirs: `zone`, else the deadline's, else UTC."""
        if self.zone:
            return _zone(self.zone)
        return self.deadline.tzinfo if self.deadline and self.deadline.tzinfo else UTC


def _in_zone(deadline: object, zone: str) -> object:
    """A deadline as TOML gives it, in `zone` where it has no offset of its own. Raises ValueError where neither is."""
    if isinstance(deadline, str):
        raise ValueError("the deadline stands in quotes; write it without, as 2026-12-01 or 2026-12-01T18:00:00")
    if isinstance(deadline, date) and not isinstance(deadline, datetime):
        deadline = datetime.combine(deadline, time(23, 59, 59))
    if not isinstance(deadline, datetime) or (deadline.tzinfo and not zone):
        return deadline
    if not zone:
        raise ValueError('the deadline has no time zone; add a line such as zone = "Europe/Berlin"')
    return deadline.astimezone(_zone(zone)) if deadline.tzinfo else deadline.replace(tzinfo=_zone(zone))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f'no time zone is called "{name}"; write its IANA name, as "Europe/Berlin"') from error


@dataclass(frozen=True)
class Assignment:
    """One folder below `assignments/` and the places generated from it. Nothing is read before it is asked for."""

    root: Path
    name: str

    @property
    def folder(self) -> Path:
        return self.root / "assignments" / self.name

    @property
    def master(self) -> Path:
        return self.folder / f"{self.name}.ipynb"

    @property
    def checks(self) -> Path:
        return self.folder / f"test_{self.name}.py"

    @property
    def release(self) -> Path:
        return self.root / "release" / self.name / f"{self.name}.ipynb"

    @property
    def solution(self) -> Path:
        return self.root / "solutions" / self.name / f"{self.name}.ipynb"

    def must_be_built(self) -> None:
        """Raises CourseError where there is no release or no solution yet."""
        for path in (self.release, self.solution):
            if not path.exists():
                raise CourseError(f"{path}: there is no release yet. Run autograder build {self.name}.")

    @cached_property
    def settings(self) -> AssignmentSettings:
        return _settings(self.folder / "assignment.toml", AssignmentSettings)

    @property
    def own_stand_ins(self) -> str:
        """Source of `stand_ins.py`, or nothing where the assignment needs none."""
        return _text_or_nothing(self.folder / "stand_ins.py")

    @property
    def stand_ins(self) -> str:
        """What goes into a student's process: `stand_ins.py` and what it imports from `torchlab.inside`, as one."""
        return bundle.written_out(self.own_stand_ins)

    @property
    def hints(self) -> str:
        """Text of `hints.toml` and below it what it includes, or nothing where the assignment has no hints.

        Raises CourseError where it cannot be read.
        """
        path = self.folder / "hints.toml"
        try:
            return bundle.with_included_hints(_text_or_nothing(path))
        except ValueError as error:
            raise CourseError(f"{path}: {error}. Correct what is named here.") from error

    @property
    def pictures(self) -> dict[str, str]:
        """What shows pictures in the notebook: `pictures.py` or the files of `pictures/`, source by path."""
        found = [self.folder / "pictures.py", *sorted(self.folder.glob("pictures/*.py"))]
        return {path.relative_to(self.folder).as_posix(): path.read_text("utf-8") for path in found if path.exists()}

    @property
    def files(self) -> dict[str, Path]:
        """What students get beside the notebook, and what lies in the sandbox's working folder: path by name there."""
        return _below(self.folder / "files")

    @property
    def private(self) -> dict[str, Path]:
        """What only checks may read: path by name below `private/`."""
        return _below(self.folder / "private")

    @property
    def helpers(self) -> dict[str, str]:
        """The modules beside the master that checks may import: source by name."""
        known = {self.checks.name, "stand_ins.py", "pictures.py"}
        return {path.stem: path.read_text("utf-8") for path in self.folder.glob("*.py") if path.name not in known}

    @property
    def needed(self) -> list[Path]:
        """All files that grading needs, the release among them."""
        beside = [path for path in self.folder.iterdir() if path.is_file() and path != self.master]
        pictures = [self.folder / name for name in self.pictures]
        return [*dict.fromkeys([*beside, *pictures, *self.files.values(), *self.private.values(), self.release])]

    def imports(self, module: str) -> bool:
        """Whether any Python beside the master imports a module of this full name, wherever in it."""
        return any(bundle.imports(path.read_text("utf-8"), module) for path in self.folder.glob("*.py"))

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of all that decides a mark: release, checks and what they import, probes, stand-ins, hints,
        limits, files, kit version.

        Deadline and late policy are left out: they are reckoned with when grades leave, and nothing is graded again.
        """
        digest = hashlib.sha256(kit.version().encode())
        decisive = [self.release, self.checks]
        files = {path.name: path.read_bytes() if path.exists() else b"" for path in decisive}
        files["assignment.toml"] = self.settings.model_dump_json(exclude={"deadline", "late", "zone"}).encode()
        files["hints.toml"] = self.hints.encode()
        files["stand_ins.py"] = self.stand_ins.encode()
        files |= {name: text.encode() for name, text in bundle.lab_modules(_text_or_nothing(self.checks)).items()}
        files |= {f"{name}.py": text.encode() for name, text in self.helpers.items()}
        for folder, found in (("files", self.files), ("private", self.private)):
            files |= {f"{folder}/{name}": path.read_bytes() for name, path in found.items()}
        for name, data in files.items():
            digest.update(f"\0{name} {len(data)}\0".encode() + data)
        return digest.hexdigest()


@dataclass(frozen=True)
class Course:
    """A folder with `course.toml` and `assignments/`."""

    root: Path

    @classmethod
    def at(cls, start: Path) -> Course:
        """The course that `start` lies in. Raises CourseError where there is none."""
        for folder in (start.resolve(), *start.resolve().parents):
            if (folder / "course.toml").is_file():
                return cls(folder)
        raise CourseError(
            f"{start}: neither this folder nor one above it holds a course.toml. Go to the course first, or begin one "
            'here: a file course.toml with the line title = "My course".'
        )

    @cached_property
    def settings(self) -> CourseSettings:
        return _settings(self.root / "course.toml", CourseSettings)

    @property
    def assignments(self) -> list[str]:
        """Names of all assignments, sorted: the folders that hold a master notebook."""
        return sorted(
            path.parent.name for path in self.root.glob("assignments/*/*.ipynb") if path.stem == path.parent.name
        )

    def assignment(self, name: str) -> Assignment:
        """One assignment. Raises CourseError that names those there are."""
        if name not in self.assignments:
            known = ", ".join(self.assignments) or "none"
            raise CourseError(f"{self.root / 'assignments' / name}: no such assignment. This course has: {known}.")
        return Assignment(self.root, name)


def _settings(path: Path, kind: type[S]) -> S:
    try:
        table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return kind.model_validate(table)
    except FileNotFoundError as error:
        raise CourseError(f"{path}: this file is missing. Copy it from another assignment and adapt it.") from error
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{path}: {error}. Correct the line named here.") from error
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise CourseError(f"{path}: {wrong}. Correct what is named here.") from error


def _below(folder: Path) -> dict[str, Path]:
    """The files below a folder by their names there, without those that editors and systems leave."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    names = {path.relative_to(folder): path for path in found}
    return {
        name.as_posix(): path
        for name, path in names.items()
        if not any(part.startswith(".") or part == "__pycache__" for part in name.parts)
    }


def _text_or_nothing(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
