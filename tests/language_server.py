"""A client of yaml-language-server, as an editor is one: what it marks in a file, offers and shows at a place."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from pathlib import Path
from queue import Empty, Queue
from types import TracebackType
from typing import Any

COMMAND = os.environ.get("YAML_LANGUAGE_SERVER") or shutil.which("yaml-language-server")
"""Where the program is; ``None`` where it is not installed."""
_PATIENCE = 60


class LanguageServer:
    """One server for one folder, with the settings of the folder's ``.vscode/settings.json``."""

    def __init__(self, folder: Path) -> None:
        assert COMMAND is not None
        self.folder = folder
        self.settings = json.loads((folder / ".vscode/settings.json").read_bytes())
        self.process = subprocess.Popen([COMMAND, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.messages: Queue[dict[str, Any]] = Queue()
        self.number = 0
        self.versions: dict[str, int] = {}
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> LanguageServer:
        uri = self.folder.as_uri()
        folders = [{"uri": uri, "name": self.folder.name}]
        able = {"workspace": {"configuration": True}, "textDocument": {"hover": {"contentFormat": ["markdown"]}}}
        self.ask("initialize", {"processId": None, "rootUri": uri, "workspaceFolders": folders, "capabilities": able})
        self._send({"method": "initialized", "params": {}})
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.kill()
        self.process.wait()

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while line := stream.readline():
            size = int(line.split(b":")[1])
            while stream.readline().strip():
                pass
            self.messages.put(json.loads(stream.read(size)))

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.process.stdin.flush()

    def _section(self, name: str) -> Any:
        if name == "yaml":
            found = {key[5:]: value for key, value in self.settings.items() if key.startswith("yaml.")}
            return {**found, "validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}
        return {}

    def _next(self) -> dict[str, Any]:
        """The next message that is no question of the server; those are answered."""
        while True:
            try:
                message = self.messages.get(timeout=_PATIENCE)
            except Empty:
                raise TimeoutError("the language server says nothing") from None
            if "id" not in message or "method" not in message:
                return message
            asked = message["method"] == "workspace/configuration"
            result = [self._section(item["section"]) for item in message["params"]["items"]] if asked else None
            self._send({"id": message["id"], "result": result})

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        self.number += 1
        self._send({"id": self.number, "method": method, "params": params})
        while (message := self._next()).get("id") != self.number:
            pass
        assert "error" not in message, message
        return message["result"]

    def open(self, file: str, text: str | None = None) -> str:
        """Show a file to the server, with the text that an editor has of it; returns its URI."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8") if text is None else text
        uri = path.as_uri()
        self.versions[uri] = self.versions.get(uri, 0) + 1
        document = {"uri": uri, "languageId": "yaml", "version": self.versions[uri], "text": text}
        if self.versions[uri] == 1:
            self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        else:
            params = {"textDocument": document, "contentChanges": [{"text": text}]}
            self._send({"method": "textDocument/didChange", "params": params})
        return uri

    def marks(self, file: str, text: str | None = None) -> list[str]:
        """What the server marks in a file, each as ``LINE: message``, lines from 1."""
        uri = self.open(file, text)
        while True:
            message = self._next()
            params = message.get("params", {})
            if message.get("method") != "textDocument/publishDiagnostics" or params["uri"] != uri:
                continue
            if params.get("version", self.versions[uri]) == self.versions[uri]:
                return [f"{found['range']['start']['line'] + 1}: {found['message']}" for found in params["diagnostics"]]

    def at(self, what: str, file: str, text: str, place: str) -> Any:
        """``completion`` or ``hover`` where ``place`` ends in the text."""
        uri = self.open(file, text)
        before = text[: text.index(place) + len(place)]
        position = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
        return self.ask(f"textDocument/{what}", {"textDocument": {"uri": uri}, "position": position})
