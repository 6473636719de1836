#!/usr/bin/env python3
"""Build the interface's static files. Pure Python: nobody needs Node to change a style sheet or a script.

    python frontend/build.py           writes src/mosaique/kernel/ui/static/ui/ and frontend/manifest.json
    python frontend/build.py --check   fails when a source changed without a build, or a built file was edited

Minifying is deliberately timid: comments, indentation and blank lines go, nothing is renamed. Compression does
the rest.
"""

import argparse
import hashlib
import json
import re
import shutil
import sys
from pathlib import Path
from urllib.parse import quote

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "src" / "mosaique" / "kernel" / "ui" / "static" / "ui"
MANIFEST = HERE / "manifest.json"

# In the order of the cascade. A component file missing from COMPONENTS is an error, not a guess.
COMPONENTS = [
    "tile", "buttons", "state", "next-step", "date-block", "home", "timeline", "map", "fold", "table", "sheet",
    "inventory", "grid", "choices", "for-you", "delays", "forms", "messages", "territory", "sign-in",
    "opinions", "discussion", "texts", "version", "tour", "projection", "gallery", "report",
]  # fmt: skip
SCRIPTS = {"app.js": ["js/app.js"], "projection.js": ["js/projection.js"],
           "suivre.js": ["js/suivre.js"], "cle.js": ["js/cle.js"], "grille.js": ["js/grille/*.js"],
           "echange.js": ["js/echange/*.js"]}  # fmt: skip
# Dependencies first: the modules become one scope.
GRID_ORDER = [
    "values", "choices", "paste", "journal", "network", "history", "marks", "view", "unknown", "keyboard",
    "clipboard", "rows", "answers", "grid", "main",
]  # fmt: skip
FONTS = ["atkinson-next-fr.woff2", "OFL.txt", "FONTLOG.txt"]


def style_sources() -> list[Path]:
    found = {path.stem for path in (HERE / "css" / "components").glob("*.css")}
    if found != set(COMPONENTS):
        raise SystemExit(f"COMPONENTS and css/components/ disagree: {sorted(found ^ set(COMPONENTS))}")
    before, after = ["tokens", "base", "structure"], ["utilities", "print"]
    names = [*before, *(f"components/{name}" for name in COMPONENTS), *after]
    return [HERE / "css" / f"{name}.css" for name in names]


def script_sources(name: str) -> list[Path]:
    found = [path for pattern in SCRIPTS[name] for path in sorted(HERE.glob(pattern))]
    if name != "grille.js":
        return found
    by_stem = {path.stem: path for path in found}
    if set(by_stem) != set(GRID_ORDER):
        raise SystemExit(f"GRID_ORDER and js/grille/ disagree: {sorted(set(by_stem) ^ set(GRID_ORDER))}")
    return [by_stem[stem] for stem in GRID_ORDER]


def data_uri(name: str) -> str:
    svg = (HERE / "svg" / name).read_text(encoding="utf-8").strip()
    return "data:image/svg+xml," + quote(svg.replace('"', "'"), safe=" =:/',;.-")


def minify_css(css: str) -> str:
    """Drop comments and useless blanks, outside strings and url()."""
    strings = r"\"[^\"\n]*\"|'[^'\n]*'"
    css = re.sub(rf"({strings})|/\*.*?\*/", lambda m: m.group(1) or "", css, flags=re.DOTALL)
    out = []
    for piece in re.split(rf"({strings})", css):
        if not piece.startswith(('"', "'")):
            piece = re.sub(r"\s+", " ", piece)
            piece = re.sub(r" ?([{};,]) ?", r"\1", piece)
            piece = piece.replace(";}", "}")
            # A blank after a colon only inside a declaration: « a :hover » keeps its own.
            piece = re.sub(r"(?<=[\w-]): ", ":", piece)
        out.append(piece)
    return "".join(out).strip() + "\n"


def minify_js(source: str, path: Path) -> str:
    """Drop comment lines, indentation and blank lines. A template string must open and close on its line."""
    lines = []
    in_comment = False
    for number, line in enumerate(source.splitlines(), 1):
        stripped = line.strip()
        if in_comment:
            in_comment = "*/" not in stripped
            continue
        if stripped.startswith("/*"):
            in_comment = "*/" not in stripped
            continue
        if not stripped or stripped.startswith("//"):
            continue
        if stripped.count("`") % 2:
            raise SystemExit(f"{path}:{number}: a template string may not span several lines")
        lines.append(stripped)
    return "\n".join(lines)


def bundle_js(name: str) -> str:
    """Join ES modules into one closed scope: one request instead of ten, and still plain modules to read."""
    bodies, seen = [], {}
    for path in script_sources(name):
        body = minify_js(path.read_text(encoding="utf-8"), path)
        body = re.sub(r"^import [^;]*;\n?", "", body, flags=re.MULTILINE)
        body = re.sub(r"^export (?=const|let|function|async|class)", "", body, flags=re.MULTILINE)
        for word in re.findall(
            r"^(?:const|let|async function|function|class) (\w+)", path_top_level(path), re.MULTILINE
        ):
            if word in seen:
                raise SystemExit(f"{path.name} and {seen[word]} both define {word}")
            seen[word] = path.name
        bodies.append(body)
    return '(()=>{"use strict";\n' + "\n".join(bodies) + "\n})();\n"


def path_top_level(path: Path) -> str:
    text = re.sub(r"^export ", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return "\n".join(line for line in text.splitlines() if line and not line[0].isspace())


def sprite() -> str:
    symbols = []
    for path in sorted((HERE / "svg" / "symbols").glob("*.svg")):
        inner = re.fullmatch(r"<svg [^>]*>(.*)</svg>\s*", path.read_text(encoding="utf-8"), re.DOTALL)
        if inner is None:
            raise SystemExit(f"{path}: not a single <svg>")
        symbols.append(f'<symbol id="{path.stem}" viewBox="0 0 24 24">{inner.group(1)}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(symbols) + "</svg>\n"


def outputs() -> dict[str, bytes]:
    css = "\n".join(path.read_text(encoding="utf-8") for path in style_sources())
    css = re.sub(r'"@svg/([\w-]+\.svg)"', lambda m: f'"{data_uri(m.group(1))}"', minify_css(css))
    built = {"app.css": css.encode(), "sprite.svg": sprite().encode()}
    built["icon.svg"] = (HERE / "svg" / "icon.svg").read_bytes()
    built |= {name: bundle_js(name).encode() for name in SCRIPTS}
    built |= {f"fonts/{name}": (HERE / "fonts" / name).read_bytes() for name in FONTS}
    return built


def sources() -> list[Path]:
    return sorted(
        path
        for folder in ("css", "js", "svg", "fonts")
        for path in (HERE / folder).rglob("*")
        if path.is_file()
    )


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def manifest(built: dict[str, bytes]) -> str:
    content = {
        "sources": {
            str(path.relative_to(HERE)): digest(path.read_bytes()) for path in [HERE / "build.py", *sources()]
        },
        "outputs": {name: digest(built[name]) for name in sorted(built)},
    }
    return json.dumps(content, indent=1, sort_keys=True) + "\n"


def check() -> list[str]:
    """What is wrong, one sentence each."""
    built = outputs()
    wrong = []
    if not MANIFEST.exists() or MANIFEST.read_text(encoding="utf-8") != manifest(built):
        wrong.append("frontend/manifest.json does not match the sources: run python frontend/build.py")
    for name, content in built.items():
        path = OUT / name
        if not path.exists() or path.read_bytes() != content:
            wrong.append(f"static/ui/{name} is not what the sources build")
    kept = (
        {path.relative_to(OUT).as_posix() for path in OUT.rglob("*") if path.is_file()}
        if OUT.exists()
        else set()
    )
    wrong += [f"static/ui/{name} has no source" for name in sorted(kept - set(built))]
    return wrong


def write() -> None:
    built = outputs()
    shutil.rmtree(OUT, ignore_errors=True)
    for name, content in built.items():
        path = OUT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    MANIFEST.write_text(manifest(built), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        wrong = check()
        for sentence in wrong:
            print(sentence, file=sys.stderr)
        return 1 if wrong else 0
    write()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
