"""A rule set as text for reading."""

from html import escape

from app.service.office.rule_sets import RulesShown
from ui.theme import COLOURS


def in_html(rules: RulesShown) -> str:
    """Each rule in words, its source quieter below."""
    until = f"至{rules.in_force_to}" if rules.in_force_to else "起"
    quiet = f"style='color:{COLOURS['quiet']}; margin-top:0'"
    lines = [
        f"<p><b>出处</b>　{escape(rules.source)}</p>",
        f"<p><b>有效期</b>　{rules.in_force_from}{until}</p>",
    ]
    for number, rule in enumerate(rules.rules, 1):
        lines.append(f"<p style='margin-bottom:0'>{number}．{escape(rule.words)}</p>")
        if rule.source:
            lines.append(f"<p {quiet}>出自：{escape(rule.source)}</p>")
    return "".join(lines)
