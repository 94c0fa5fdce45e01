"""Which script draws which document; the keys are the KIND names of the command line."""

from collections.abc import Callable

from . import (
    call_to_return,
    enrolment_record,
    order_to_return,
    report_slip,
    return_record,
    school_record,
    visit_form,
)

TEMPLATES: dict[str, Callable[[], bytes]] = {
    "报告单": report_slip.build,
    "学校情况记录表": school_record.build,
    "五次动员记录表": return_record.build,
    "组织入学记录表": enrolment_record.build,
    "限期复学通知书": order_to_return.build,
    "返校通知书": call_to_return.build,
    "家访表": visit_form.build,
}
