"""What a person sees of a program: its terminal as rows of text."""

import json
import os
import pathlib
import re
import subprocess
import time

import boto3
import pyte
from pty_program import Program

ROOT = pathlib.Path(__file__).resolve().parents[2]
FNTOP = str(pathlib.Path(os.environ.get("FNTOP", ROOT / ".build/debug/fntop")).resolve())


class Cells(pyte.Screen):
    """A screen that also knows what ncurses sends to an xterm: repeated characters, and scrolling by lines."""

    last = " "

    def draw(self, data):
        super().draw(data)
        self.last = data[-1:] or self.last

    def repeat(self, count=1):
        super().draw(self.last * max(count or 1, 1))

    def scroll_up(self, count=1):
        self._scroll(count, self.index, lambda margins: margins.bottom)

    def scroll_down(self, count=1):
        self._scroll(count, self.reverse_index, lambda margins: margins.top)

    def _scroll(self, count, move, edge):
        column, row = self.cursor.x, self.cursor.y
        self.cursor.y = edge(self.margins or pyte.screens.Margins(0, self.lines - 1))
        for _ in range(max(count or 1, 1)):
            move()
        self.cursor.x, self.cursor.y = column, row


class Stream(pyte.ByteStream):
    csi = {**pyte.ByteStream.csi, "b": "repeat", "S": "scroll_up", "T": "scroll_down"}
    events = pyte.ByteStream.events | {"repeat", "scroll_up", "scroll_down"}


class Screen(Program):
    def __init__(self, *words, columns=160, rows=48):
        self.cells = Cells(columns, rows)
        self.stream = Stream(self.cells)
        super().__init__([FNTOP, *words], columns=columns, rows=rows)

    @property
    def rows(self):
        return self.cells.display

    @property
    def text(self):
        return "\n".join(self.rows)

    def press(self, keys):
        self.send(keys.encode())

    def wait(self, condition, what, seconds=30):
        """Reads until a condition of the screen holds, and gives what it gave."""
        end = time.monotonic() + seconds
        while not (found := condition(self)):
            assert time.monotonic() < end, f"{what} never came:\n{self.text}"
            self.stream.feed(self.read(0.02))
        return found

    def wait_for_text(self, *texts):
        self.wait(lambda screen: all(text in screen.text for text in texts), " and ".join(map(repr, texts)))


class Runtime:
    """`fntop up --headless` on a port of its own."""

    def __init__(self):
        self.process = subprocess.Popen(
            [FNTOP, "up", "--headless", "--port", "0"], stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        self.url = re.search(r"http://[\d.]+:\d+", line).group(0)

    def client(self, service):
        return boto3.client(
            service, endpoint_url=self.url, region_name="us-east-1", aws_access_key_id="test",
            aws_secret_access_key="test")

    def create_function(self, name, source):
        """A function whose handler is `app.handler` of a source in Python."""
        code = {"ZipFile": archive(source)}
        self.client("lambda").create_function(
            FunctionName=name, Runtime="python3.12", Role="arn:aws:iam::000000000000:role/none",
            Handler="app.handler", Code=code)

    def invoke(self, name, event):
        answer = self.client("lambda").invoke(FunctionName=name, Payload=json.dumps(event))
        return answer["ResponseMetadata"]["RequestId"]

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


def archive(source):
    import io
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as folder:
        folder.writestr("app.py", source)
    return file.getvalue()
