import gc

from app.collector import many_arrive

USUAL = gc.get_threshold()


def test_what_leaves_no_garbage_is_not_walked_over_and_the_longest_wish_holds_until_its_end():
    with many_arrive():
        some = gc.get_threshold()[0]
        with many_arrive(leave_garbage=False):
            assert gc.get_threshold()[0] > 100 * some / 2
            with many_arrive():
                assert gc.get_threshold()[0] > 100 * some / 2
        assert gc.get_threshold()[0] == some
    assert gc.get_threshold() == USUAL
