"""The choice of torch's build, card by card."""

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.setup.hardware import Gpu, Machine, Version
from mikazuki.setup.torch_build import CPU, CUDA_BUILDS, DEFAULT, choose_build, requirement, sources

NEW, MIDDLE, OLD = (581, 42), (550, 54, 14), (470, 82)


def with_cards(*cards: tuple[int, int] | None, driver: Version = NEW, system: str = "Linux") -> Machine:
    return Machine(system, "x86_64", tuple(Gpu(f"card {card}", driver, card) for card in cards))


@pytest.mark.parametrize(
    ("machine", "build"),
    [
        (with_cards((12, 0)), "cu130"),  # RTX 50
        (with_cards((12, 1)), "cu130"),  # runs the kernels of 12.0
        (with_cards((8, 9)), "cu130"),  # RTX 40 runs the kernels of 8.6
        (with_cards((7, 5)), "cu130"),  # RTX 20
        (with_cards((8, 9), driver=MIDDLE), "cu126"),  # the driver is too old for cu130
        (with_cards((8, 9), driver=(528, 33), system="Windows"), "cu126"),
        (with_cards((6, 1)), "cu126"),  # GTX 10 is gone from cu130
        (with_cards((5, 2)), "cu126"),
        (with_cards((7, 0)), "cu126"),
        (with_cards((6, 1), (8, 9)), "cu126"),  # the build that knows both
        (with_cards((6, 1), (12, 0)), "cu130"),  # none knows both: the better card
        (with_cards(None), "cu130"),  # a virtual card that does not tell
        (with_cards(None, driver=MIDDLE), "cu126"),
        (with_cards((3, 5)), CPU),  # older than every build
        (Machine("Linux", "x86_64"), CPU),
        (Machine("Linux", "x86_64", amd=True), CPU),
        (Machine("Windows", "amd64"), CPU),
        (Machine("Darwin", "arm64"), DEFAULT),
        (Machine("Linux", "aarch64", (Gpu("GH200", NEW, (9, 0)),)), "cu130"),
    ],
)
def test_every_card_gets_a_build_that_knows_it(machine: Machine, build: str) -> None:
    assert choose_build(machine).build == build


@pytest.mark.parametrize(
    ("machine", "driver"),
    [
        (with_cards((12, 0), driver=MIDDLE), "580"),  # RTX 50: cu126 would start and then find no kernel
        (with_cards((8, 6), driver=OLD), "525.60.13"),
        (with_cards((8, 6), driver=OLD, system="Windows"), "528.33"),
        (with_cards(None, driver=OLD), "525.60.13"),
    ],
)
def test_a_driver_that_is_too_old_is_named_with_the_one_that_is_needed(machine: Machine, driver: str) -> None:
    with pytest.raises(MikazukiError) as caught:
        choose_build(machine)
    assert caught.value.code == "driver-too-old"
    assert f"driver {driver} or newer" in caught.value.message
    assert "--torch cpu" in caught.value.hint


def test_the_reason_names_what_is_left_out_and_what_went_wrong() -> None:
    assert "card (6, 1) cannot be used" in choose_build(with_cards((6, 1), (12, 0))).reason
    assert "AMD" in choose_build(Machine("Linux", "x86_64", amd=True)).reason
    trouble = Machine("Linux", "x86_64", trouble="Driver/library version mismatch")
    assert "Driver/library version mismatch" in choose_build(trouble).reason


def test_an_intel_mac_is_refused() -> None:
    with pytest.raises(MikazukiError, match="Intel"):
        choose_build(Machine("Darwin", "x86_64"))


def test_no_cuda_build_is_older_than_its_neighbour() -> None:
    drivers = [build.linux_driver for build in CUDA_BUILDS]
    assert drivers == sorted(drivers, reverse=True)


@pytest.mark.parametrize("build", ["cpu", "cu126", "cu130"])
def test_wheels_at_hand_come_first_and_need_no_network(build: str) -> None:
    assert sources(build, "Linux", mainland=True)[0] == [f"torch==2.13.0+{build}", "--no-index"]


def test_the_general_index_stands_in_only_where_its_build_will_do() -> None:
    plain = ["torch==2.13.0"]
    assert sources("cpu", "Linux", mainland=False)[-1] == plain
    assert sources("cu130", "Linux", mainland=False)[-1] == plain
    assert plain not in sources("cu130", "Windows", mainland=False)
    assert plain not in sources("cu126", "Linux", mainland=False)
    assert sources(DEFAULT, "Darwin", mainland=False)[-1] == plain
    assert requirement(DEFAULT) == plain[0]


def test_the_mirror_is_asked_before_the_far_index() -> None:
    places = [" ".join(place) for place in sources("cu130", "Linux", mainland=True)]
    assert "aliyun" in places[1]
    assert not any("aliyun" in " ".join(place) for place in sources("cu130", "Linux", mainland=False))
