"""The world: what is held out stays held out, and pictures show what their scenes say."""

import numpy as np

from mikazuki.demo import measure, subject, world


def test_two_colours_of_each_shape_are_held_out() -> None:
    for shape in world.SHAPES:
        assert sum(world.held_out(colour, shape) for colour in world.COLOURS) == 2
    trained = {(s.colour, s.shape) for s in world.scenes(held=False)}
    tested = {(s.colour, s.shape) for s in world.scenes(held=True)}
    assert not trained & tested
    assert {colour for colour, _ in tested} == set(world.COLOURS)


def test_captions_say_the_scene() -> None:
    scene = world.Scene("red", "star", "big", "on the left", "snow")
    assert world.caption(scene) == "a big red star on the left, in the snow"
    assert world.caption(scene, with_position=False, with_place=False) == "a big red star"


def test_the_measure_reads_drawn_pictures_right() -> None:
    rng = np.random.default_rng(0)
    every = list(world.scenes(held=True))
    scenes = [every[i] for i in rng.integers(0, len(every), 100)]
    found = measure.prompt_fidelity([world.pixels(world.draw(s, rng)) for s in scenes], scenes)
    assert found.colour == 100
    assert found.both >= 98


def test_the_measure_is_not_fooled() -> None:
    rng = np.random.default_rng(0)
    drawn = world.pixels(world.draw(world.Scene("red", "star", "big"), rng))
    assert measure.prompt_fidelity([drawn], [world.Scene("red", "heart", "big")]).both == 0
    assert measure.prompt_fidelity([drawn], [world.Scene("pink", "star", "big")]).both == 0
    noise = rng.integers(0, 256, drawn.shape).astype(np.uint8)
    flat = np.full_like(drawn, 90)
    assert measure.shape_of(noise) == ("", 0.0)
    assert measure.shape_of(flat) == ("", 0.0)
    assert measure.colour_of(flat) == ""


def test_likeness_tells_the_cat_from_shapes() -> None:
    references = [world.pixels(p) for p in subject.portraits(12, seed=1)]
    cats = [world.pixels(p) for p in subject.portraits(6, seed=2)]
    rng = np.random.default_rng(0)
    shapes = [world.pixels(world.draw(world.Scene("blue", shape, "big"), rng)) for shape in world.SHAPES]
    assert measure.subject_fidelity(cats, references) > 0.7
    assert measure.subject_fidelity(shapes, references) < 0.2


def test_prior_change_is_zero_for_the_same_pictures() -> None:
    picture = world.pixels(world.background("sky", 16))
    assert measure.prior_change([picture], [picture]) == 0
    assert measure.prior_change([np.zeros((4, 4, 3), np.uint8)], [np.full((4, 4, 3), 255, np.uint8)]) == 1


def test_lab_of_known_colours() -> None:
    white, red = measure.lab(np.array([[255, 255, 255], [255, 0, 0]]))
    assert np.allclose(white, [100, 0, 0], atol=0.05)
    assert np.allclose(red, [53.24, 80.09, 67.20], atol=0.1)
