"""Follows the event files of TensorBoard while they grow: scalars by tag and step, read without TensorBoard.

Formats: TFRecord (length, masked CRC-32C of the length, data, masked CRC-32C of the data) around the protocol buffer
``Event`` of tensorboard/compat/proto/event.proto.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FILES: Final = "events.out.tfevents.*"
HEAD: Final = struct.Struct("<QI")
FOOT: Final = struct.Struct("<I")
MAX_RECORD: Final = 1 << 28
"""Bytes; a longer length is a broken one."""

EPOCH_AXIS: Final = re.compile(r"(^|/)epoch(_|$)")
"""Tags that upstream logs with the number of the epoch where others have the step."""

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
EVENT_STEP: Final = 2
EVENT_SUMMARY: Final = 5
SUMMARY_VALUE: Final = 1
VALUE_TAG: Final = 1
VALUE_SIMPLE: Final = 2
VALUE_TENSOR: Final = 8
TENSOR_FLOATS: Final = 5
"""Field numbers of event.proto, summary.proto and tensor.proto."""


def _crc_table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        crc = byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
        table.append(crc)
    return tuple(table)


CRC_TABLE: Final = _crc_table()


def crc32c(data: bytes) -> int:
    """Return the CRC-32C (Castagnoli, reflected polynomial 0x82F63B78; RFC 3720 appendix B.4) of ``data``."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc = CRC_TABLE[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


def masked_crc(data: bytes) -> int:
    """Return the checksum as TFRecord stores it: rotated right by 15 bits, plus 0xA282EAD8."""
    crc = crc32c(data)
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


@dataclass(frozen=True)
class Scalar:
    """One number."""

    step: int
    tag: str
    value: float


class EventFile:
    """One growing file; a record still being written waits, a broken one ends the reading for good."""

    def __init__(self, path: Path) -> None:
        """Begin at the start."""
        self.path = path
        self.broken = False
        self._offset = 0

    def read(self) -> list[Scalar]:
        """Return the scalars of the records that were completed since the last call."""
        if self.broken:
            return []
        try:
            with self.path.open("rb") as file:
                file.seek(self._offset)
                data = file.read()
        except OSError:
            return []
        return [scalar for record in self._records(data) for scalar in scalars(record)]

    def _records(self, data: bytes) -> Iterator[bytes]:
        at = 0
        while at + HEAD.size <= len(data):
            length, check = HEAD.unpack_from(data, at)
            if masked_crc(data[at : at + 8]) != check or length > MAX_RECORD:
                self.broken = True
                return
            end = at + HEAD.size + length + FOOT.size
            if end > len(data):
                return
            record = data[at + HEAD.size : end - FOOT.size]
            if masked_crc(record) != FOOT.unpack_from(data, end - FOOT.size)[0]:
                self.broken = True
                return
            self._offset += end - at
            at = end
            yield record


def scalars(record: bytes) -> Iterator[Scalar]:
    """Return the scalars of one ``Event``; text, pictures and what cannot be read have none."""
    try:
        fields = list(_fields(record))
        step = next((value for number, value in fields if number == EVENT_STEP and isinstance(value, int)), 0)
        for number, summary in fields:
            if number == EVENT_SUMMARY and isinstance(summary, bytes):
                yield from _summary(summary, step)
    except (IndexError, struct.error, UnicodeDecodeError, ValueError):
        return


def _summary(data: bytes, step: int) -> Iterator[Scalar]:
    for number, value in _fields(data):
        if number == SUMMARY_VALUE and isinstance(value, bytes):
            found = dict(_fields(value))
            tag = found.get(VALUE_TAG)
            figure = _figure(found)
            if isinstance(tag, bytes) and figure is not None:
                yield Scalar(step, tag.decode("utf-8"), figure)


def _figure(value: dict[int, int | bytes]) -> float | None:
    """Read a ``simple_value``, or a tensor of one float as newer writers store it."""
    simple, tensor = value.get(VALUE_SIMPLE), value.get(VALUE_TENSOR)
    if isinstance(simple, bytes):
        return float(struct.unpack("<f", simple)[0])
    floats = dict(_fields(tensor)).get(TENSOR_FLOATS) if isinstance(tensor, bytes) else None
    return float(struct.unpack("<f", floats)[0]) if isinstance(floats, bytes) and len(floats) == FOOT.size else None


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Walk through a protocol buffer: field number and value, fixed-size numbers as their bytes.

    Raises:
        ValueError: A kind of field that the format does not have, or one that ends behind the data.
        IndexError: A number that ends behind the data.
    """
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        kind = key & 7
        if kind == VARINT:
            value, at = _varint(data, at)
            yield key >> 3, value
            continue
        if kind not in {FIXED64, BYTES, FIXED32}:
            raise ValueError(f"wire type {kind}")
        if kind == BYTES:
            length, at = _varint(data, at)
        else:
            length = 8 if kind == FIXED64 else 4
        if at + length > len(data):
            raise ValueError("a field ends behind its message")
        yield key >> 3, data[at : at + length]
        at += length


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Read a base-128 number; return it and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if not byte & 0x80:
            return value, at
        shift += 7


class EventFolder:
    """All event files below a folder that were not there when the following began."""

    def __init__(self, folder: Path | None) -> None:
        """Remember what is there already; None follows nothing."""
        self._folder = folder
        self._old = frozenset(_event_files(folder))
        self._files: dict[Path, EventFile] = {}

    def read(self) -> list[Scalar]:
        """Return the scalars that were written since the last call, file by file."""
        roots = {path.parent for path in self._files} or ({self._folder} if self._folder else set())
        for root in sorted(roots):
            for path in _event_files(root):
                if path not in self._old:
                    self._files.setdefault(path, EventFile(path))
        return [scalar for file in list(self._files.values()) for scalar in file.read()]

    @property
    def broken(self) -> list[Path]:
        """Files whose reading ended at a broken record."""
        return [path for path, file in self._files.items() if file.broken]


def _event_files(folder: Path | None) -> list[Path]:
    return sorted(folder.rglob(FILES)) if folder and folder.is_dir() else []


def by_step(found: list[Scalar], after: int = 0) -> list[tuple[int, dict[str, float]]]:
    """Put scalars of one step together, in their order; a tag that comes again begins a new group.

    What was logged with an epoch's number gets the step it follows, ``after`` where none stands before it.
    """
    groups: list[tuple[int, dict[str, float]]] = []
    for scalar in found:
        after = after if EPOCH_AXIS.search(scalar.tag) else scalar.step
        if not groups or groups[-1][0] != after or scalar.tag in groups[-1][1]:
            groups.append((after, {}))
        groups[-1][1][scalar.tag] = scalar.value
    return groups
