"""The sandbox as a process of its own, and the sign-in to it."""

import json
import subprocess
from typing import Any
from urllib.request import ProxyHandler, build_opener

from app.composition.sign_in import SignIn
from app.errors import UsageProblem
from app.messages import said
from app.platform.daemon_threads import answer_within
from app.platform.own_program import command_line
from app.pleo.connection import Credential
from app.settings.connections import Connection, ConnectionId

# The one that this program starts by itself.
OWN_SANDBOX = ConnectionId("sandbox")


def sandbox_sign_in(url: str) -> SignIn:
    """The sandbox takes any key that does not begin with one of its magic words."""
    connection = Connection(id=OWN_SANDBOX, name="Sandbox", base_url=url)
    return SignIn(connection, Credential("sandbox-key"))


# A machine under load takes a few; one that hangs is told from it.
_START_SECONDS = 30


class SandboxProcess:
    """Apart, so that serving never holds the window; it ends with this program."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def start(self, scenario: str) -> str:
        """The URL it serves on, in place of any that ran before. Raises UsageProblem for an unknown scenario, and where
        it does not start in time.

        Blocks until it listens: about half a second.
        """
        self.stop()
        command = command_line("sandbox", "--stop-at-eof", "--scenario", scenario)
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self._process.stdout
        try:
            url = answer_within(_START_SECONDS, self._process.stdout.readline).strip()
        except TimeoutError:
            self._process.kill()
            self._process = None
            raise UsageProblem(
                said("The sandbox did not start within {seconds} seconds", seconds=_START_SECONDS)
            ) from None
        if not url:
            _, why = self._process.communicate()
            self._process = None
            why = why.strip()[-500:]
            raise UsageProblem(
                said("The sandbox did not start: {why}", why=why)
                if why
                else said("The sandbox did not start: it ended at once")
            )
        return url

    def received(self, url: str) -> dict[str, Any]:
        """What the sandbox was sent, and what it applied."""
        straight = build_opener(ProxyHandler({}))  # a proxy of the environment does not know this machine's loopback
        with straight.open(f"{url}/sandbox/received", timeout=10) as answer:
            received: dict[str, Any] = json.load(answer)
        return received

    def stop(self) -> None:
        """Closing its standard input asks it to end; one that does not is ended."""
        process, self._process = self._process, None
        if process is None:
            return
        try:
            process.communicate(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
