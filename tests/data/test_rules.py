"""Buckets, repeats and regularisation on 10,000 random cases, against another statement of sd-scripts' rules.

What is stated here goes the other way round than the code: by search over everything possible, in exact fractions, one
picture at a time.
"""

import struct
import zlib
from collections import Counter
from fractions import Fraction
from math import floor, isqrt
from pathlib import Path
from random import Random

from mikazuki.data.balance import balanced
from mikazuki.data.batches import epoch_batches
from mikazuki.data.buckets import Crop, Size, bucket_list, choose, geometry, no_upscale_bucket
from mikazuki.data.plan import Plan, make_plan
from tests.data.conftest import MakeSettings

CASES = 10_000
LISTS = 500
HALF = Fraction(1, 2)
ROUNDING = Fraction(1, 10**9)


def random_size(rng: Random) -> Size:
    """A picture's size: mostly usual, sometimes a strip, sometimes exactly a multiple of 64."""
    kind = rng.random()
    if kind < 0.1:
        return rng.randint(1, 4000), rng.randint(1, 40)
    if kind < 0.3:
        return 64 * rng.randint(1, 24), 64 * rng.randint(1, 24)
    return rng.randint(64, 3000), rng.randint(64, 3000)


def random_sizes(rng: Random) -> tuple[Size, int, int, int]:
    """A resolution with a step and bounds that permit it."""
    step = rng.choice([8, 32, 64, 64])
    resolution = (rng.randint(64, 1200), rng.randint(64, 1200))
    low = rng.randint(8, min(resolution))
    return resolution, low, rng.randint(max(resolution), 2100), step


def stated_buckets(resolution: Size, smallest: int, largest: int, step: int) -> set[Size]:
    """The largest square, and to every side within the bounds the longest other side that the area has room for."""
    area = resolution[0] * resolution[1]
    low = max(side for side in range(0, smallest + 1, step))
    high = next(side for side in range(0, largest + step, step) if side >= largest)
    sides = range(max(low, step), high + 1, step)
    square = max(side for side in range(step, isqrt(area) + 1, step))
    found = {(square, square)}
    for side in sides:
        others = [other for other in sides if side * other <= area]
        if others:
            found |= {(side, others[-1]), (others[-1], side)}
    return found


def is_rounded(found: int, exact: Fraction) -> bool:
    """Say whether a number is rounded half up; at a half itself a float may fall to either side."""
    return found == floor(exact + HALF) or abs((exact + HALF) % 1) < ROUNDING or (exact + HALF) % 1 > 1 - ROUNDING


def test_lists_of_buckets() -> None:
    rng = Random(1)
    for _ in range(LISTS):
        resolution, low, high, step = random_sizes(rng)
        assert bucket_list(resolution, low, high, step) == sorted(stated_buckets(resolution, low, high, step))


def test_choice_and_crop() -> None:
    rng = Random(2)
    lists = [bucket_list(*random_sizes(rng)) for _ in range(40)]
    # some with several of one shape
    lists[:8] = [sorted({*buckets, *((2 * width, 2 * height) for width, height in buckets)}) for buckets in lists[:8]]
    aspects = [{bucket: Fraction(*bucket) for bucket in buckets} for buckets in lists]
    for _ in range(CASES):
        shapes = rng.choice(aspects)
        buckets = list(shapes)
        size = rng.choice(buckets) if rng.random() < 0.1 else random_size(rng)
        bucket, own = choose(size, buckets), Fraction(*size)
        if size in shapes:
            assert bucket == size
        else:
            assert abs(shapes[bucket] - own) - min(abs(shape - own) for shape in shapes.values()) < ROUNDING
            # of several of one shape the first
            assert bucket == next(other for other, shape in shapes.items() if shape == shapes[bucket])
        check_crop(size, bucket, geometry(size, bucket))


def check_crop(size: Size, bucket: Size, crop: Crop) -> None:
    """The least enlargement that covers the bucket in both directions; the same to cut off on both sides."""
    scale = max(Fraction(bucket[0], size[0]), Fraction(bucket[1], size[1]))
    assert all(is_rounded(found, own * scale) for found, own in zip(crop.resized, size, strict=True))
    for start, long, short in zip((crop.left, crop.top), crop.resized, bucket, strict=True):
        assert start >= 0
        assert start == (long - short) - start or start + 1 == (long - short) - start


def test_no_upscale() -> None:
    rng = Random(3)
    tried = 0
    for _ in range(CASES):
        (resolution, _, _, step), size = random_sizes(rng), random_size(rng)
        possible = stated_shrinking(size, resolution[0] * resolution[1], step)
        if not possible or any(min(resized) < step for resized in possible):
            continue  # sd-scripts has no bucket for these
        tried += 1
        bucket, crop = no_upscale_bucket(size, resolution, step)
        assert crop.resized in possible
        assert bucket == tuple(side - side % step for side in crop.resized)
        assert (crop.left, crop.top) == tuple((r - b) // 2 for r, b in zip(crop.resized, bucket, strict=True))
    assert tried > CASES * 0.6


def stated_shrinking(size: Size, area: int, step: int) -> list[Size]:
    """Say what a picture may be resized to: one size, or two that are equally good but for a float's last digit."""
    if size[0] * size[1] <= area:
        return [size]
    aspect = Fraction(*size)
    width, height = (floor(root(area * ratio) + HALF) // step * step for ratio in (aspect, 1 / aspect))
    if not width or not height:
        return []
    # one side a multiple of the step, the other one as the aspect has it
    sizes = [(width, floor(width / aspect + HALF)), (floor(height * aspect + HALF), height)]
    buckets = [(w // step * step, h // step * step) for w, h in sizes]
    if not all(map(min, buckets)):
        return []
    by_width, by_height = (abs(Fraction(*bucket) - aspect) for bucket in buckets)
    if abs(by_width - by_height) < ROUNDING:
        return sizes
    return sizes[:1] if by_width < by_height else sizes[1:]


def root(value: Fraction) -> Fraction:
    """A square root to 12 places."""
    return Fraction(isqrt(floor(value * 10**24)), 10**12)


def stated_balance(wanted: int, repeats: list[int]) -> list[int]:
    """Take pictures until there are enough; then go round among them, one showing more at a time, until there are."""
    used: list[int] = []
    waiting = list(repeats)
    while sum(used) < wanted and waiting:
        used.append(waiting.pop(0))
    turn = 0
    while used and sum(used) < wanted:
        used[turn % len(used)] += 1
        turn += 1
    return used


def test_regularisation() -> None:
    rng = Random(4)
    for _ in range(CASES):
        wanted = rng.randint(1, rng.choice([5, 60, 300]))
        repeats = [rng.randint(1, rng.choice([1, 3, 40])) for _ in range(rng.randint(0, 25))]
        assert balanced(wanted, repeats) == stated_balance(wanted, repeats)


def header(path: Path, size: Size) -> None:
    """Write the first bytes of a PNG: all that a plan without decoding reads."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    content = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)) + chunk(b"IDAT", b"")
    # the path at the end keeps files from being the same picture
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + content + str(path).encode())


def test_whole_plans(tmp_path: Path, make_settings: MakeSettings) -> None:
    rng = Random(5)
    for case in range(150):
        folders: dict[bool, list[tuple[str, int, list[Size]]]] = {}
        for is_reg in (False, True):
            names = [(f"{rng.randint(0, 6)}_c{number}", rng.randint(0 if is_reg else 1, 5)) for number in range(2)]
            if not is_reg:
                names.append((f"{rng.randint(1, 4)}_always", 2))
            folders[is_reg] = [
                (name, int(name.split("_")[0]), [random_size(rng) for _ in range(count)]) for name, count in names
            ]
        root_of = {is_reg: tmp_path / f"{case} {is_reg}" for is_reg in folders}
        for is_reg, found in folders.items():
            for name, _, sizes in found:
                (root_of[is_reg] / name).mkdir(parents=True)
                for number, size in enumerate(sizes):
                    header(root_of[is_reg] / name / f"{number}.png", size)
        has_reg = any(repeats and sizes for _, repeats, sizes in folders[True])
        batch = rng.randint(1, 5)
        settings = make_settings(
            root_of[False], train_batch_size=batch, reg_data_dir=str(root_of[True]) if has_reg else None
        )
        plan = make_plan(settings, verify=False)
        check_plan(plan, folders, batch)


def check_plan(plan: Plan, folders: dict[bool, list[tuple[str, int, list[Size]]]], batch: int) -> None:
    """Folders in order of their names, each picture as often as its folder says, regularisation up to that number."""
    shown = {
        is_reg: [(f"{name}/{number}.png", repeats, size) for name, repeats, sizes in sorted(found) if repeats > 0
                 for number, size in enumerate(sizes)]
        for is_reg, found in folders.items()
    }  # fmt: skip
    wanted = sum(repeats for _, repeats, _ in shown[False])
    reg = stated_balance(wanted, [repeats for _, repeats, _ in shown[True]])
    expected = [(name, repeats) for name, repeats, _ in shown[False]]
    expected += [(name, repeats) for (name, _, _), repeats in zip(shown[True], reg, strict=False)]
    found = [("/".join(entry.picture.parts[-2:]), entry.repeats) for entry in plan.entries]
    assert found == expected
    assert (plan.num_train_images, plan.num_reg_images) == (wanted, sum(reg))
    buckets = sorted(stated_buckets((128, 128), 64, 256, 64))
    for entry in plan.entries:
        assert entry.bucket in buckets
        check_crop(entry.size, entry.bucket, entry.crop)
    counts = Counter(entry.bucket for entry in plan.entries for _ in range(entry.repeats))
    assert {bucket.resolution: bucket.count for bucket in plan.buckets} == counts
    # an epoch, picture by picture
    batches = epoch_batches(plan, seed=1, epoch=0)
    assert Counter(index for rows in batches for index in rows) == {
        index: entry.repeats for index, entry in enumerate(plan.entries)
    }
    for bucket, count in counts.items():
        sizes = [len(rows) for rows in batches if plan.entries[rows[0]].bucket == bucket]
        left = count
        for size in sorted(sizes, reverse=True):
            assert size == min(batch, left)
            left -= size
        assert left == 0
    assert plan.batches_per_epoch == len(batches)
