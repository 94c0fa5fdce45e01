"""A school that does not exist, to try the program on: invented children, a term of rolls, cases in several stages."""

from app.demo.story import run_demo

__all__ = ["run_demo"]
