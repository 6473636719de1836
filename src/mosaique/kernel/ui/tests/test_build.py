"""Built files are what the sources build, and they fit the budget."""

import gzip
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[5]
STATIC = Path(__file__).resolve().parents[1] / "static" / "ui"


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("frontend_build", ROOT / "frontend" / "build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_built_files_match_their_sources(build: ModuleType) -> None:
    assert build.check() == []


def test_check_sees_an_edited_file(
    build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "OUT", tmp_path)
    assert any("app.css" in sentence for sentence in build.check())


def test_minifying_keeps_strings_and_meaning(build: ModuleType) -> None:
    css = 'a :hover { content: "a ; /* b */ { }" ; margin : 0 auto }\n/* gone */ b > c{ --x: 1px }'
    assert build.minify_css(css) == 'a :hover{content:"a ; /* b */ { }";margin : 0 auto}b > c{--x:1px}\n'
    assert (
        build.minify_js("// gone\n  let a = 1; // kept\n\n/* gone\n gone */\nlet b;", Path("x.js"))
        == "let a = 1; // kept\nlet b;"
    )
    with pytest.raises(SystemExit):
        build.minify_js("let a = `\n`;", Path("x.js"))


def weight(name: str) -> int:
    content = (STATIC / name).read_bytes()
    return len(content) if name.endswith("woff2") else len(gzip.compress(content, 9))


def test_weight_budget() -> None:
    assert weight("app.css") <= 14_000
    assert weight("fonts/atkinson-next-fr.woff2") <= 45_000
    every_page = sum(
        weight(name)
        for name in ("app.css", "app.js", "sprite.svg", "icon.svg", "fonts/atkinson-next-fr.woff2")
    )
    assert every_page <= 45_000
    assert every_page + weight("grille.js") <= 60_000
