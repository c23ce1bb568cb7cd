from pytestqt.qtbot import QtBot

from ui.widgets.message_bar import MessageKind
from ui.widgets.message_stack import MessageStack, StackedMessage


def stack_of(qtbot: QtBot, *messages: StackedMessage) -> MessageStack:
    stack = MessageStack()
    qtbot.addWidget(stack)
    stack.resize(280, 200)
    stack.show_messages(messages)
    return stack


def message(key: str, title: str = "Acme: Pleo cannot be reached.") -> StackedMessage:
    return StackedMessage(key, MessageKind.ERROR, title, actions=(("again", "Read again"),))


def test_a_stack_without_messages_takes_no_room(qtbot: QtBot) -> None:
    stack = stack_of(qtbot)
    assert not stack.isVisible()


def test_messages_stand_in_the_order_that_is_asked_for_and_those_that_stay_are_the_same(qtbot: QtBot) -> None:
    stack = stack_of(qtbot, message("a"), message("b"))
    before = stack.bars()
    stack.show_messages([message("c"), message("b", "Other words"), message("a")])
    assert stack.bars()["a"] is before["a"]
    assert stack.bars()["b"].title() == "Other words"
    places = [stack.column.indexOf(stack.bars()[key]) for key in ("c", "b", "a")]
    assert places == [0, 1, 2]


def test_an_action_says_whose_it_is(qtbot: QtBot) -> None:
    stack = stack_of(qtbot, message("a"), message("b"))
    with qtbot.waitSignal(stack.action_requested) as asked:
        stack.bars()["b"].action_requested.emit("again")
    assert asked.args == ["b", "again"]
    with qtbot.waitSignal(stack.closed) as closed:
        stack.bars()["a"].closed.emit()
    assert closed.args == ["a"]


def test_many_messages_scroll_instead_of_pushing_everything_away(qtbot: QtBot) -> None:
    stack = stack_of(qtbot, *(message(str(number)) for number in range(20)))
    stack.show()
    assert 0 < stack.sizeHint().height() <= 200
    one = stack_of(qtbot, message("a"))
    one.show()
    assert 0 < one.sizeHint().height() < 120
