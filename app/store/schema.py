"""Bringing a database up to date, and refusing one this program must not touch."""

from app.errors import EnvironmentProblem, UserError
from app.store import triggers
from app.store.engine import Database
from app.store.migrations import MIGRATIONS


def pending(db: Database) -> list[str]:
    """The names of the steps this database still lacks. Writes nothing."""
    return [step.name for step in MIGRATIONS.pending(db)]


def refuse_foreign(db: Database) -> None:
    """Raise UserError when a newer program has been at this database, EnvironmentProblem when it is empty."""
    applied = {step.name for step in MIGRATIONS.applied(db)}
    if not applied:
        raise EnvironmentProblem("数据库文件是空的，里面的内容丢失了。请恢复最近的备份。")
    if not applied <= set(pending(Database(memory=True))):
        raise UserError("这些数据是用更新版本的归学保存的，本版本不能打开。请安装新版本后再打开。")


def migrate(db: Database) -> None:
    """Apply the pending steps and put the journal triggers back, all in one transaction.

    `transform()` drops a table's triggers and needs foreign keys off, hence the order here. Raises
    RuntimeError when the steps left a reference without its row (then nothing was changed).
    """
    db.conn.execute("PRAGMA foreign_keys = OFF")
    try:
        with db.atomic():
            MIGRATIONS.apply(db)
            triggers.install(db)
            if broken := db.conn.execute("PRAGMA foreign_key_check").fetchall():
                raise RuntimeError(f"migration broke references: {broken[:5]}")
    finally:
        db.conn.execute("PRAGMA foreign_keys = ON")


def verify(db: Database) -> None:
    """Raise EnvironmentProblem when a journal trigger is missing or altered.

    They are not quietly put back: writes may already have gone unjournaled, and somebody must know.
    """
    if wrong := triggers.wrong_triggers(db):
        raise EnvironmentProblem(
            f"数据库的留痕装置缺失或被改动（{wrong[0]} 等 {len(wrong)} 处），不能再写入。请恢复最近的备份。"
        )
