"""Click's own words in Chinese: the help pages, and what is wrong with a command line."""

from collections.abc import Iterable

import click

from app.cli.output import pad, width

HEADINGS = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}
WORDS = {
    "[OPTIONS]": "[选项]",
    "[COMMAND]": "[命令]",
    "COMMAND": "命令",
    "[ARGS]...": "[参数]…",
    "TEXT": "文字",
    "PATH": "路径",
    "DIRECTORY": "文件夹",
    "[required]": "（必填）",
    "Show this message and exit.": "显示本说明。",
}
ARGUMENTS = {
    "kind": "种类",
    "no": "个案编号",
    "number": "文号",
    "run": "导入批次",
    "record_id": "记录编号",
    "file": "文件",
    "rule_set": "规则编号",
    "day": "日期",
    "year": "年份",
    "table": "哪张表",
    "name": "学生",
    "one": "学生",
    "other": "另一个学生",
    "class_text": "班级",
    "years": "年数",
    "values": "名称=值…",
}
LEFT = 34  # columns the names of options may take before their explanation moves to the next line


class ChineseHelp(click.HelpFormatter):
    """Help pages with Chinese headings, set as wide as Chinese characters are."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The first line: how the command is written."""
        self.write(f"用法：{prog} {_in_chinese(args)}".rstrip() + "\n")

    def write_heading(self, heading: str) -> None:
        """The heading of a list."""
        self.write(f"{HEADINGS.get(heading, heading)}：\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 0, col_spacing: int = 2) -> None:
        """A list of names and what they mean, one a line."""
        shown = [(_in_chinese(name), _in_chinese(text)) for name, text in rows]
        left = min(max((width(name) for name, _ in shown), default=0), LEFT)
        for name, text in shown:
            gap = f"\n  {' ' * left}" if text and width(name) > left else ""
            self.write(f"  {pad(name, left)}{gap}  {text}".rstrip() + "\n")


def speak_chinese() -> None:
    """Make every command's help use `ChineseHelp`; click names no way to do this but its own default."""
    click.Context.formatter_class = ChineseHelp


def usage_words(wrong: click.UsageError) -> str:
    """What is wrong with a command line, in Chinese, and where to read how to write it."""
    path = wrong.ctx.command_path if wrong.ctx else "guixue"
    return f"命令写法不对：{_reason(wrong)}。用 {path} --help 查看写法。"


def _reason(wrong: click.UsageError) -> str:
    if isinstance(wrong, click.MissingParameter):
        return f"缺少{_name_of(wrong.param)}"
    if isinstance(wrong, click.NoSuchOption):
        return f"没有 {wrong.option_name} 这个选项"
    if isinstance(wrong, click.BadOptionUsage):
        return (
            f"{wrong.option_name} 后面要写它的值"
            if "requires" in wrong.message
            else f"{wrong.option_name} 后面不写值"
        )
    if isinstance(wrong, click.BadParameter) and wrong.param:
        return f"{_name_of(wrong.param)} {_bad_value(wrong)}".strip()
    return _plain_reason(wrong.message)


def _bad_value(wrong: click.BadParameter) -> str:
    kind = wrong.param.type if wrong.param else None
    if isinstance(kind, click.Choice):
        return f"只能是 {'、'.join(kind.choices)}"
    if isinstance(kind, click.IntRange):
        return f"要写成{kind.min}到{kind.max}的数字"
    return "要写成数字" if kind is click.INT else wrong.message.rstrip("。.")


def _plain_reason(message: str) -> str:
    """What click says without naming a parameter; a group called without a command brings its whole help page."""
    if message.startswith("No such command"):
        return f"没有 {message.split(chr(39))[1]} 这个命令"
    if message.startswith("Got unexpected extra argument"):
        return f"多了 {message.split('(', 1)[-1].rstrip(').')}"
    if message.startswith(("Missing command", "用法：")):
        return "后面还要写子命令"
    return message.rstrip("。.")


def _name_of(parameter: click.Parameter | None) -> str:
    if isinstance(parameter, click.Option):
        return f" {parameter.opts[0]}"
    return f"“{ARGUMENTS.get(parameter.name or '', '参数')}”" if parameter else "参数"


def _in_chinese(text: str) -> str:
    """Click's words in `text` put into Chinese; arguments are named by what they are."""
    for english, chinese in WORDS.items():
        text = text.replace(english, chinese)
    return " ".join(_argument(word) for word in text.split(" "))


def _argument(word: str) -> str:
    bare = word.strip("[]").removesuffix("...").lower()
    return ARGUMENTS[bare] if bare in ARGUMENTS and word.upper() == word else word
