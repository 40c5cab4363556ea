"""What a sandbox may use, and how strongly it can be walled off."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MIB = 1 << 20


class Mode(StrEnum):
    """How student code is walled off, best first; `UNCONFINED` is never chosen unless asked for."""

    ROOT = "root"
    USER = "user"
    REDUCED = "reduced"
    UNCONFINED = "unconfined"


class Layer(StrEnum):
    """One wall. All are applied; leaving one out is for tests that show what it stops."""

    NAMESPACES = "namespaces"
    LANDLOCK = "landlock"
    SECCOMP = "seccomp"
    RLIMITS = "rlimits"
    PRIVILEGES = "privileges"
    DESCRIPTORS = "descriptors"
    ENVIRONMENT = "environment"


ALL_LAYERS = frozenset(Layer)


@dataclass(frozen=True)
class Limits:
    """What one submission may use.

    `memory_mib` is address space on top of the warm process (MiB); `cpu_seconds` holds for each process;
    `files_mib` is the scratch folder, which also holds /tmp and /dev/shm, `data_mib` the folder for files that checks
    hand over, `files` the most files in each; `output_kib` is what is kept of
    stdout and stderr together. `cpus` pins the process to these processors (None: all). All times are seconds.
    """

    memory_mib: int = 2048
    cpu_seconds: int = 120
    files_mib: int = 64
    data_mib: int = 128
    files: int = 4096
    output_kib: int = 64
    threads: int = 1
    cpus: tuple[int, ...] | None = None
    cell_seconds: float = 20.0
    extra_cell_seconds: float = 10.0
    submission_seconds: float = 600.0
