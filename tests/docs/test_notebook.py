"""The notebook is committed as a run leaves it: its outputs are those of a fresh one."""

from __future__ import annotations

import base64
import io
import json
from typing import Any

import pytest

import pages


@pytest.fixture(scope="module")
def committed() -> dict[str, Any]:
    notebook: dict[str, Any] = json.loads(pages.NOTEBOOK.read_text(encoding="utf-8"))
    return notebook


@pytest.fixture(scope="module")
def fresh() -> dict[str, Any]:
    for module in ("matplotlib", "nbclient", "ipykernel", "PIL"):
        pytest.importorskip(module)
    notebook: dict[str, Any] = json.loads(pages.fresh_notebook(pages.NOTEBOOK.read_text(encoding="utf-8")))
    return notebook


def outputs(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    return [output for cell in notebook["cells"] for output in cell.get("outputs", ())]


def pictures(notebook: dict[str, Any]) -> list[bytes]:
    found = [
        "".join(output["data"]["image/png"]) for output in outputs(notebook) if "image/png" in output.get("data", {})
    ]
    return [base64.b64decode(picture) for picture in found]


def test_it_is_valid_and_was_run_from_its_first_cell(committed: dict[str, Any]) -> None:
    nbformat = pytest.importorskip("nbformat")
    nbformat.validate(nbformat.from_dict(committed))
    code = [cell for cell in committed["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    assert all(cell["outputs"] for cell in code)
    assert len(pictures(committed)) == 3
    assert {output["output_type"] for output in outputs(committed)} <= {"stream", "display_data", "execute_result"}
    assert "stderr" not in {output.get("name") for output in outputs(committed)}


def test_it_answers(committed: dict[str, Any]) -> None:
    printed = json.dumps(outputs(committed), ensure_ascii=False)
    assert "Li Qinghua and Sun Peng: 3 events" in printed
    counted = " ".join(printed.split())
    assert "hazard-rectification-2023 1 1" in counted and "national-level-zone 0 1" in counted
    assert "孙鹏出席会议并讲话" in printed
    assert "Glyph" not in printed


@pytest.mark.long
def test_its_outputs_are_those_of_a_fresh_run(committed: dict[str, Any], fresh: dict[str, Any]) -> None:
    def told(notebook: dict[str, Any]) -> list[str]:
        return ["".join(output["text"]) for output in outputs(notebook) if output["output_type"] == "stream"]

    assert told(committed) == told(fresh)
    assert [output["output_type"] for output in outputs(committed)] == [o["output_type"] for o in outputs(fresh)]
    if committed["metadata"]["run_with"]["pandas"] == fresh["metadata"]["run_with"]["pandas"]:
        tables = [
            [o["data"] for o in outputs(notebook) if o["output_type"] == "execute_result"]
            for notebook in (committed, fresh)
        ]
        assert tables[0] == tables[1]


@pytest.mark.long
def test_its_figures_are_those_of_a_fresh_run(committed: dict[str, Any], fresh: dict[str, Any]) -> None:
    if committed["metadata"]["run_with"]["matplotlib"] != fresh["metadata"]["run_with"]["matplotlib"]:
        pytest.skip("drawn by another version of matplotlib")
    from PIL import Image

    drawn, now = ([Image.open(io.BytesIO(data)).convert("RGB") for data in pictures(one)] for one in (committed, fresh))
    assert [image.size for image in drawn] == [image.size for image in now]
    assert [image.tobytes() for image in drawn] == [image.tobytes() for image in now]
