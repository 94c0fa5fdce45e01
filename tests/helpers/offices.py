"""A prepared office for each test: one set up once, as if it had worked in the new place all along."""

import json
import shutil
from pathlib import Path

from app.settings import DataFolder
from app.store.high_water import HighWaterFile
from app.store.keys import KeySlots


def own_office(prepared: Path, place: Path) -> Path:
    """The data of `prepared` at `place`, with the right to number and the numbers `prepared` ended with.

    A plain copy would be noticed as one and number nothing. `prepared` itself is not to be opened afterwards.
    """
    shutil.copytree(prepared, place)
    vault = KeySlots.load(DataFolder(place).keyslots).vault
    as_prepared = prepared.with_name(f"{prepared.name}-high-water.json")
    if not as_prepared.exists():
        shutil.copyfile(HighWaterFile(DataFolder(prepared), vault).path, as_prepared)
    high_water = json.loads(as_prepared.read_text("utf-8"))
    path = place if not DataFolder(place).portable else place.relative_to(place.anchor)
    for known in high_water["known"].values():
        known |= {"path": path.as_posix(), "device": 0, "inode": 0}
    HighWaterFile(DataFolder(place), vault).path.write_text(json.dumps(high_water), "utf-8")
    return place
