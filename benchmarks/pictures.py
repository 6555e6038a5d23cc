"""How large the text of a poster is beside a picture: for each shape of picture, length of text and footer.

    .venv/bin/python benchmarks/pictures.py [--against FOLDER]

Each cell is the running text in points and how much of the sheet is filled; × where the poster is refused.
`--against` another checkout of this project, say the version before, prints its table below. Takes some
minutes: each cell is a whole poster.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import click
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
RATIOS = {
    "9:16": (1800, 3200),
    "2:3": (2400, 3600),
    "1:1": (3000, 3000),
    "4:3": (4000, 3000),
    "3:2": (4200, 2800),
}
RATIOS |= {"16:9": (4000, 2250), "3:1": (4500, 1500)}
"""Pixels of the pictures, by their shapes."""
LENGTHS = (60, 107, 128, 159)
"""Words."""
TEXT = """
Ouvert six jours sur sept depuis le printemps la réserve a gagné vingt mètres carrés sur la cour le café des
membres sert quarante repas le jeudi et la salle de réunion est prêtée à onze associations du quartier trois
heures par mois et par personne à la caisse ou au rayon suffisent pour que la maison tourne un tiers du vrac
est pesé par les membres eux-mêmes les prix sont affichés avec la part qui revient au producteur neuf membres
sur dix tiennent leur créneau chaque mois un carnet de remplacement évite les trous de l’été deux années de
pertes nous ont appris la prudence aucune dépense de plus de mille euros ne se fait sans deux signatures une
réserve de trois mois de salaires permet de tenir l’hiver les maraîchers connaissent leurs volumes avant de
semer leurs planches
"""
LEAD, POINT = 7, 9
"""Words of a ✓, and of a → at the most."""
CHOSEN = re.compile(r"chosen: .*?, ([\d.]+) points, .*?, sheet filled to (\d+%)")


def main() -> None:
    """Print the table of this checkout, then that of another one."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--against", type=Path, metavar="FOLDER", help="another checkout of this project")
    against = parser.parse_args().against
    for checkout in filter(None, (ROOT, against)):
        click.echo(f"{checkout.name}: points and part of the sheet filled; @ with an address")
        click.echo("words".ljust(7) + "".join(name.rjust(12) for name in RATIOS))
        for words in LENGTHS:
            for online in (False, True):
                cells = (_cell(checkout, shape, words, online=online) for shape in RATIOS)
                click.echo(f"{words}{'@' * online}".ljust(7) + "".join(cell.rjust(12) for cell in cells))


def _cell(checkout: Path, shape: str, words: int, *, online: bool) -> str:
    with tempfile.TemporaryDirectory() as folder:
        panels = Path(folder, "panels")
        panels.mkdir()
        _write(panels, shape, words, online=online)
        command = [sys.executable, "-m", "oxalis_panels", "--lang", "en", "build", "--posters", "--explain"]
        done = subprocess.run(  # noqa: S603 - our own
            [*command, "--project", folder],
            cwd=checkout,
            env=os.environ | {"PYTHONPATH": str(checkout)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    found = CHOSEN.search(done.stdout)
    if done.returncode and "poster-overflow" not in done.stderr:
        sys.exit(done.stderr)
    return " ".join(found.groups()) if found else "×"


def _write(panels: Path, shape: str, words: int, *, online: bool) -> None:
    """Write a project of one panel with a photograph: three ✓ of the same length and their →."""
    (panels / "collection.yaml").write_text(
        "title: Cinq ans d’épicerie\norganisation: Le Panier commun\nauthors: Textes écrits par le groupe\n"
        + "site_url: https://panier.example/\n" * online,
        encoding="utf-8",
    )
    rest, lines = (TEXT.split() * 2)[:words], []
    for number in range(3, 0, -1):
        item, rest = rest[: len(rest) // number], rest[len(rest) // number :]
        lines.append(f"- ✓ {' '.join(item[:LEAD])}\u00a0:")
        points = item[LEAD:]
        while points:
            size = len(points) if len(points) < POINT + 4 else POINT
            lines.append(f"  - → {' '.join(points[:size])},")
            points = points[size:]
    figure = "figure:\n  file: photo.jpg\n  alt: Des cageots.\n  credit: Élise Marchal, octobre 2023\n"
    text = f"---\n{figure}---\n# Un lieu à tout faire, et bien tenu\n\n" + "\n".join(lines) + "\n"
    (panels / "p.md").write_text(text, encoding="utf-8")
    noise = [Image.effect_noise((400, 300), 90) for _ in "rgb"]
    Image.merge("RGB", noise).resize(RATIOS[shape]).save(panels / "photo.jpg", quality=60)


if __name__ == "__main__":
    main()
