"""The world is as its plan says: no word twice, and everything the suites point at is there."""

from tests.world.builder import World


def test_words_are_all_different_and_all_have_readers(world: World) -> None:
    planted = world.garden.planted
    assert len({one.word for one in planted}) == len(planted) > 30
    assert all(one.readers for one in planted)


def test_every_thing_is_stored(world: World) -> None:
    for name in world.things:
        assert world.again(name).pk, name
