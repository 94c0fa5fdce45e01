"""The demo school for the use cases: built once a run and copied for each test."""

from tests.helpers import demo

demo_folder, demo_school = demo.demo_folder, demo.demo_school
