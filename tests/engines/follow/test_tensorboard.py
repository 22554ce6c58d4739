import math
import struct
from pathlib import Path

import pytest

from mikazuki.engines.follow.tensorboard import EventFile, EventFolder, Scalar, by_step, crc32c, masked_crc, scalars
from tests.engines.follow.recordings import EVENTS


def varint(number: int) -> bytes:
    more = number >> 7
    return bytes([number & 0x7F | 0x80]) + varint(more) if more else bytes([number])


def message(number: int, data: bytes) -> bytes:
    return varint(number << 3 | 2) + varint(len(data)) + data


def value(tag: str, number: float) -> bytes:
    return message(1, message(1, tag.encode()) + varint(2 << 3 | 5) + struct.pack("<f", number))


def event(step: int, *values: bytes) -> bytes:
    return varint(1 << 3 | 1) + struct.pack("<d", 1.5) + varint(2 << 3) + varint(step) + message(5, b"".join(values))


def record(data: bytes) -> bytes:
    head = struct.pack("<Q", len(data))
    return head + struct.pack("<I", masked_crc(head)) + data + struct.pack("<I", masked_crc(data))


def test_the_checksum_is_the_one_of_the_standard() -> None:
    assert crc32c(b"123456789") == 0xE3069283
    assert crc32c(bytes(32)) == 0x8A9136AA, "RFC 3720 appendix B.4"


def test_the_recorded_file_gives_every_scalar() -> None:
    found = EventFile(EVENTS).read()
    losses = [(scalar.step, round(scalar.value, 4)) for scalar in found if scalar.tag == "loss/current"]
    assert losses == [(1, 1.1377), (2, 1.2086), (3, 1.2102), (4, 1.1638)]
    assert [scalar.value for scalar in found if scalar.tag == "lr/unet"] == [pytest.approx(1e-4)] * 4
    assert len(found) == 4 * 4 + 2 * 3


def test_the_recorded_file_grows_byte_by_byte(tmp_path: Path) -> None:
    data, path = EVENTS.read_bytes(), tmp_path / "events.out.tfevents.1"
    file = EventFile(path)
    assert file.read() == [], "it is not there yet"
    found: list[Scalar] = []
    for at in range(0, len(data), 3):
        with path.open("ab") as out:
            out.write(data[at : at + 3])
        found += file.read()
    assert found == EventFile(EVENTS).read()


@pytest.mark.parametrize("place", [3, 9, 20, -2])
def test_a_broken_record_ends_the_reading_and_what_was_whole_stays(tmp_path: Path, place: int) -> None:
    good, bad = record(event(1, value("loss", 0.5))), bytearray(record(event(2, value("loss", 0.25))))
    bad[place] ^= 0x10
    path = tmp_path / "e"
    path.write_bytes(good + bad + good)
    file = EventFile(path)
    assert file.read() == [Scalar(1, "loss", 0.5)]
    assert file.broken
    assert file.read() == []


def test_numbers_that_are_none_and_large_steps() -> None:
    (found,) = scalars(event(300_000, value("loss/current", math.nan)))
    assert found.step == 300_000
    assert math.isnan(found.value)


def test_a_tensor_of_one_float_is_a_scalar_and_text_is_none() -> None:
    tensor = message(8, varint(1 << 3) + varint(1) + message(5, struct.pack("<f", 2.5)))
    assert list(scalars(event(7, message(1, message(1, b"a") + tensor)))) == [Scalar(7, "a", 2.5)]
    assert list(scalars(event(7, message(1, message(1, b"a") + message(8, message(8, b"text")))))) == []


@pytest.mark.parametrize("data", [b"\xff", b"\x0f\x01", b"\x2a\xff\x01", b"\x2a\x03\x0a\x09\x01"])
def test_what_is_no_event_gives_nothing(data: bytes) -> None:
    assert list(scalars(data)) == []


def test_only_files_of_this_run_are_followed(tmp_path: Path) -> None:
    def write(name: str, step: int) -> None:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(record(event(step, value("loss", step))))

    write("before/network_train/events.out.tfevents.1.host", 1)
    folder = EventFolder(tmp_path)
    assert folder.read() == []
    write("now/network_train/events.out.tfevents.2.host", 2)
    assert [scalar.step for scalar in folder.read()] == [2]
    write("now/network_train/more/events.out.tfevents.3.host", 3)
    assert [scalar.step for scalar in folder.read()] == [3]
    assert folder.read() == []
    assert folder.broken == []


def test_no_folder_is_no_scalars(tmp_path: Path) -> None:
    assert EventFolder(None).read() == []
    assert EventFolder(tmp_path / "not there").read() == []


def test_scalars_of_a_step_stand_together_and_epochs_follow_their_last_step() -> None:
    found = [
        Scalar(3, "loss", 0.5),
        Scalar(3, "lr/unet", 0.1),
        Scalar(1, "loss/epoch_average", 0.6),
        Scalar(1, "loss/validation/epoch_average", 0.7),
        Scalar(4, "loss", 0.4),
        Scalar(4, "loss", 0.3),
    ]
    assert by_step(found) == [
        (3, {"loss": 0.5, "lr/unet": 0.1, "loss/epoch_average": 0.6, "loss/validation/epoch_average": 0.7}),
        (4, {"loss": 0.4}),
        (4, {"loss": 0.3}),
    ]
    assert by_step([Scalar(2, "loss/epoch", 1.0)], after=9) == [(9, {"loss/epoch": 1.0})]
