"""The fixture `world`: a world of its own for every test. When a test fails, what happened in its world is shown."""
import os
import urllib.request
import uuid

import pytest

TWIN = os.environ.get("TWIN_URL", "http://127.0.0.1:8080")


def control(method, url, body=""):
    request = urllib.request.Request(url, body.encode(), {"content-type": "application/json"}, method=method)
    with urllib.request.urlopen(request) as answer:
        return answer.read().decode()


@pytest.fixture
def world():
    name = f"pytest-{uuid.uuid4()}"
    control("POST", f"{TWIN}/__admin/worlds", f'{{"name": "{name}", "from": "seed"}}')
    yield f"{TWIN}/w/{name}"
    control("DELETE", f"{TWIN}/__admin/worlds/{name}")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    report = (yield).get_result()
    if report.when == "call" and report.failed and "world" in item.funcargs:
        report.sections.append(("Twintrack", control("GET", item.funcargs["world"] + "/__admin/report")))
