"""Where a data folder lies: on which machine, at which path, as which folder of the disk.

Enough to tell a folder that was moved or renamed from one that was copied. A portable folder goes from PC to PC: its
home is the stick, told by the volume's own number, and its path is counted from the stick's root; a stick's file system
gives a folder another number at every mount, so that is not looked at.
"""

import hashlib
import os
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path

from app.settings import DataFolder
from app.store.keys import vault_of

_MACHINE_FILES = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_VOLUMES = Path("/dev/disk/by-uuid")


@dataclass(frozen=True)
class Place:
    """Where a data folder lies: `home` stands for the machine or the stick; on a stick the numbers are 0."""

    home: str
    path: str
    device: int
    inode: int

    def is_here(self, here: "Place") -> bool:
        """Whether `here` is this folder: at the same path, or under another name on the same disk."""
        if self.home != here.home:
            return False
        numbered = self.inode != 0 and (self.device, self.inode) == (here.device, here.inode)
        return self.path == here.path or numbered


def place_of(folder: DataFolder) -> Place:
    """Where `folder`, which must exist, lies now. Raises OSError."""
    root = folder.root.resolve()
    found = root.stat()
    if folder.portable:
        volume = volume_id(found.st_dev) or machine_id()
        return Place(volume, root.relative_to(_mount(root)).as_posix(), 0, 0)
    return Place(machine_id(), str(root), found.st_dev, found.st_ino)


def still_there(place: Place, vault: str, folder: DataFolder) -> bool:
    """Whether the data of `vault` lie at `place` besides in `folder`. What lies on another machine cannot be seen
    from here and counts as there."""
    here = place_of(folder)
    if place.home != here.home:
        return True
    if place.is_here(here):
        return False
    root = _mount(folder.root.resolve()) / place.path if folder.portable else Path(place.path)
    return vault_of(DataFolder(root).keyslots) == vault


def machine_id() -> str:
    """What stands for this machine, the same at every start; its own number cannot be read from it."""
    return "pc-" + hashlib.sha256(f"guixue {_machine_number()}".encode()).hexdigest()[:24]


def volume_id(device: int) -> str:
    """What stands for the volume with that device number, on whichever PC; '' where the system does not say."""
    if sys.platform == "win32":
        return f"volume-{device:x}"  # Windows gives the volume's serial number as the device
    try:
        names = [one.name for one in _VOLUMES.iterdir() if one.stat().st_rdev == device]
    except OSError:
        return ""
    return f"volume-{min(names)}" if names else ""


def _mount(path: Path) -> Path:
    return next(one for one in (path, *path.parents) if os.path.ismount(one))


def _machine_number() -> str:
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415 - there is no such module elsewhere

        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        except OSError:
            return str(uuid.getnode())
    for file in _MACHINE_FILES:
        try:
            if number := file.read_text("ascii").strip():
                return number
        except (OSError, ValueError):
            continue
    return str(uuid.getnode())
