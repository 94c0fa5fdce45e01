"""Which instance of a unit's data a folder is, and whether it is the one that issues numbers.

The rules, by the high-water mark outside the database (see `high_water`):

- No high-water mark, and the database never had one: set up just now, or data of an earlier release. It issues.
- The folder it knows, moved or renamed or not: it goes on. Older than it says (put back by hand): a new
  instance with the same right, which numbers on after it.
- Restored in the issuing folder's place: a new instance, which takes the right over when it is first opened.
- Anything else is a copy, or has lost its high-water mark: a new instance that issues none until a person names it the
  working copy. Naming one ends the right of the other.

An instance is noted there before the database gets it, so that a power cut between the two costs nothing.
"""

import secrets
from collections.abc import Mapping
from dataclasses import replace

from app.domain.instance import Instance
from app.errors import EnvironmentProblem, LastNumberNeeded, UserError
from app.settings import DataFolder
from app.store import journal
from app.store.clock import Clock
from app.store.engine import Database, scalar
from app.store.high_water import HighWater, HighWaterFile, KnownInstance, Series
from app.store.numbers import used_numbers
from app.store.places import Place, place_of, still_there

FIRST, RESTORED, COPIED = "first", "restored", "copied"
HAD_HIGH_WATER = "marked"
"""The local setting that says that this database once had a high-water mark."""

_REMEDY = (
    "如果本单位以后就用这一份，请在“设置→备份”里点“这是本单位正在用的数据”（命令行：instance working-copy）。"
)
_NO_NUMBERS = "所以不编文号和个案编号，也不自动立案。" + _REMEDY
_COPY = "这个数据文件夹不是本单位编号用的那一份（是复制来的，或者已改用另一份），" + _NO_NUMBERS
_NO_HIGH_WATER = "本机没有这份数据的编号记录（换了电脑，或者是复制来的），" + _NO_NUMBERS
_UNWRITABLE = "编号记录写不进本机的用户文件夹，暂时不能编文号和个案编号。请检查磁盘空间和权限，再重新打开。"


def unit_name(db: Database) -> str:
    """The name of the unit whose data these are; '' before it is set up."""
    of_folder = "(SELECT value FROM local_setting WHERE key = 'unit_id')"
    return str(scalar(db, f"SELECT name FROM unit WHERE id = {of_folder}") or "")


def current_origin(db: Database) -> str:
    """The id of this instance: the newest one the database was given."""
    return str(scalar(db, "SELECT origin FROM instance ORDER BY number DESC LIMIT 1"))


def begin_instance(db: Database, clock: Clock, reason: str, origin: str = "") -> str:
    """Give the database a new instance id, with when and why, and return it."""
    origin = origin or new_origin()
    began_at = clock().isoformat(timespec="seconds")
    sql = "INSERT INTO instance (origin, began_at, reason) VALUES (?, ?, ?)"
    db.conn.execute(sql, (origin, began_at, reason))
    return origin


def new_origin() -> str:
    """A fresh instance id."""
    return secrets.token_hex(8)


def began(reason: str) -> str:
    """How an instance began, by the reason kept with it: first, restored or copied."""
    return next((kind for kind in (RESTORED, COPIED) if reason.startswith(kind)), FIRST)


def describe(db: Database, file: HighWaterFile) -> Instance:
    """The instance the database is now."""
    rows = db.conn.execute("SELECT origin, reason FROM instance ORDER BY number DESC LIMIT 2").fetchall()
    (origin, reason), earlier = rows[0], rows[1:]
    high_water = file.read()
    issues = high_water is not None and high_water.issuer == origin
    return Instance(
        id=origin,
        began=began(reason),
        before=earlier[0][0] if earlier else "",
        issues_numbers=issues,
        asks_last=not issues and (high_water is None or not high_water.whole),
    )


def recognise(db: Database, folder: DataFolder, vault: str, clock: Clock) -> tuple[str, ...]:
    """Find out which instance this is and give it a new id where it must have one; what is to be said at the start."""
    file = HighWaterFile(folder, vault)
    try:
        high_water = _settled(db, folder, vault, file, clock)
        _remember_high_water(db)
    except EnvironmentProblem:
        return (_UNWRITABLE,)
    if high_water.issuer == current_origin(db):
        return ()
    return (_COPY if high_water.whole else _NO_HIGH_WATER,)


def announce_restored(folder: DataFolder, vault: str, origin: str) -> None:
    """Note the instance that a restore is about to put into `folder`, before it is decided.

    It inherits the right to issue if the issuing instance lay here or lies nowhere any more. Raises EnvironmentProblem.
    """
    here = place_of(folder)

    def noted(high_water: HighWater | None) -> HighWater:
        high_water = high_water or HighWater(whole=False)
        issuer = high_water.known.get(high_water.issuer)
        heir = issuer is not None and (
            issuer.place.is_here(here) or not still_there(issuer.place, vault, folder)
        )
        elsewhere = issuer is not None and issuer.place.home != here.home
        known = {**high_water.known, origin: KnownInstance(here, heir=heir)}
        return replace(high_water, known=known, whole=high_water.whole and not elsewhere)

    HighWaterFile(folder, vault).change(noted)


def keep_position(db: Database, file: HighWaterFile, origin: str) -> None:
    """Write down how far the journal of this instance goes. Raises EnvironmentProblem."""
    position, unit = journal.last_seq(db, origin), unit_name(db)

    def noted(high_water: HighWater | None) -> HighWater:
        high_water = high_water or HighWater(whole=False)
        if origin not in high_water.known:
            return high_water  # it was lost while the folder was open; the next start says so
        known = {**high_water.known, origin: replace(high_water.known[origin], position=position)}
        return replace(high_water, known=known, unit=unit or high_water.unit)

    if file.read() is not None:
        file.change(noted)


def name_working_copy(
    db: Database, folder: DataFolder, file: HighWaterFile, last: Mapping[Series, int], *, none_issued: bool
) -> None:
    """From now on this instance issues the numbers of its unit, after the highest one known and those in `last`.

    Unless it is `whole`, `last` is needed, or `none_issued` where the 文书登记簿 is empty. Raises
    LastNumberNeeded without it, UserError for a number below one that was used, EnvironmentProblem.
    """
    origin, here, used = current_origin(db), place_of(folder), used_numbers(db)

    def named(high_water: HighWater | None) -> HighWater:
        high_water = high_water or HighWater(whole=False)
        unsure = not high_water.whole
        if unsure and not last and not none_issued:
            raise LastNumberNeeded("本机不知道编号用到了哪里。请翻开文书登记簿，写上最后一个文号或个案编号。")
        if unsure and none_issued and used:
            raise LastNumberNeeded(
                "这份数据里已经有编号，登记簿不会是空的。请写上登记簿里的最后一个文号或个案编号。"
            )
        highest = high_water.raised(used)
        for series, number in last.items():
            if number < highest.get(series, 0):
                raise UserError(
                    f"已经编到{highest[series]}号，比写的{number}号大。请核对登记簿，写上最后一个号。"
                )
        known = high_water.known.get(origin, KnownInstance(here))
        return HighWater(
            whole=True,
            issuer=origin,
            unit=unit_name(db) or high_water.unit,
            numbers=replace(high_water, numbers=highest).raised(last),
            known={
                **high_water.known,
                origin: replace(known, place=here, position=journal.last_seq(db, origin)),
            },
        )

    file.change(named)
    _remember_high_water(db)


def _settled(db: Database, folder: DataFolder, vault: str, file: HighWaterFile, clock: Clock) -> HighWater:
    """The high-water mark with this folder's instance in it, which is a new one where the rules of this room say so."""
    here, origin = place_of(folder), current_origin(db)
    high_water = file.read()
    if high_water is None and not _had_high_water(db):
        return file.change(lambda _: _first_high_water(db, origin, KnownInstance(here)))
    known = high_water.known.get(origin) if high_water else None
    at_home = known is not None and (known.place.is_here(here) or not still_there(known.place, vault, folder))
    if known is None or not at_home:
        # What another machine did with these data cannot be known here; nor can what a copied high-water mark did not
        # see.
        sure = known is not None and known.place.home == here.home and not folder.portable
        return _begin_copy(db, file, KnownInstance(here), clock, sure=sure)
    if high_water and (
        known.position > journal.last_seq(db, origin) or _replaced_issuer(high_water, origin, here)
    ):
        return _begin_put_back(db, file, origin, KnownInstance(here), clock)
    return file.change(
        lambda high_water: _at_home(high_water or HighWater(whole=False), db, origin, KnownInstance(here))
    )


def _first_high_water(db: Database, origin: str, known: KnownInstance) -> HighWater:
    return _at_home(
        HighWater(issuer=origin, numbers=used_numbers(db), known={origin: known}), db, origin, known
    )


def _at_home(high_water: HighWater, db: Database, origin: str, known: KnownInstance) -> HighWater:
    """The high-water mark after `origin` was opened where it belongs."""
    heir = origin in high_water.known and high_water.known[origin].heir
    known = replace(known, position=journal.last_seq(db, origin), heir=False)
    issuer = origin if heir else high_water.issuer
    numbers = high_water.raised(used_numbers(db)) if issuer == origin else high_water.numbers
    unit = unit_name(db) or high_water.unit
    return replace(
        high_water, issuer=issuer, unit=unit, numbers=numbers, known={**high_water.known, origin: known}
    )


def _begin_copy(
    db: Database, file: HighWaterFile, known: KnownInstance, clock: Clock, *, sure: bool
) -> HighWater:
    origin = new_origin()

    def noted(high_water: HighWater | None) -> HighWater:
        high_water = high_water or HighWater(whole=False, unit=unit_name(db))
        return replace(high_water, whole=high_water.whole and sure, known={**high_water.known, origin: known})

    high_water = file.change(noted)
    begin_instance(db, clock, f"{COPIED}, or its high-water mark was missing", origin)
    return high_water


def _replaced_issuer(high_water: HighWater, origin: str, here: Place) -> bool:
    """Whether an earlier instance lies where the issuing one did: somebody put its files back by hand."""
    issuer = high_water.known.get(high_water.issuer)
    waits = high_water.known[origin].heir  # put there by a restore of ours
    return issuer is not None and high_water.issuer != origin and not waits and issuer.place.is_here(here)


def _begin_put_back(
    db: Database, file: HighWaterFile, before: str, known: KnownInstance, clock: Clock
) -> HighWater:
    """Older files were put in the folder's place by hand: what a restore is, only without our doing."""
    origin = new_origin()

    def noted(high_water: HighWater | None) -> HighWater:
        high_water = high_water or HighWater(whole=False)
        heir = high_water.issuer == before or _replaced_issuer(high_water, before, known.place)
        return replace(high_water, known={**high_water.known, origin: replace(known, heir=heir)})

    file.change(noted)
    begin_instance(db, clock, f"{RESTORED} by hand: older files were put in the place of newer ones", origin)
    return file.change(lambda high_water: _at_home(high_water or HighWater(whole=False), db, origin, known))


def _had_high_water(db: Database) -> bool:
    return scalar(db, "SELECT value FROM local_setting WHERE key = ?", HAD_HIGH_WATER) is not None


def _remember_high_water(db: Database) -> None:
    db.conn.execute("INSERT OR IGNORE INTO local_setting (key, value) VALUES (?, '1')", (HAD_HIGH_WATER,))
