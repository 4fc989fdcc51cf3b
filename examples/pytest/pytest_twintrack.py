"""
A plugin for pytest with the fixture `world`: a world of its own for every test, at a URL. When a test fails, what
happened in its world is shown. Name it in conftest.py: `pytest_plugins = ["pytest_twintrack"]`.

The twin is the executable that TWIN_PROGRAM names, or one that runs already at TWIN_URL, or else the package in `node_modules`.
TWINTRACK_ADMIN_TOKEN is the token of one that wants it.
"""
import os
import re
import subprocess
import urllib.request
import uuid

import pytest

INSTALLED = "node_modules/.bin/twintrack" + (".cmd" if os.name == "nt" else "")


def control(method, url, body=""):
    headers = {"content-type": "application/json", "authorization": "Bearer " + os.environ.get("TWINTRACK_ADMIN_TOKEN", "")}
    request = urllib.request.Request(url, body.encode(), headers, method=method)
    with urllib.request.urlopen(request) as answer:
        return answer.read().decode()


@pytest.fixture(scope="session")
def twin():
    program = os.environ.get("TWIN_PROGRAM")
    url = os.environ.get("TWIN_URL")
    if url and not program:
        yield url
        return
    words = [program or INSTALLED, "serve", "--port", "0", "--log-level", "error"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    started = next((line for line in process.stdout if "answers on" in line), None)
    assert started, f"{words[0]} did not start; what it said is above."
    yield re.search(r"http://\S+", started)[0]
    process.terminate()
    process.wait()


@pytest.fixture
def world(twin):
    name = f"pytest-{uuid.uuid4()}"
    control("PUT", f"{twin}/__admin/worlds/{name}", '{"from": "seed"}')
    yield f"{twin}/w/{name}"
    control("DELETE", f"{twin}/__admin/worlds/{name}")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    report = (yield).get_result()
    if report.when == "call" and report.failed and "world" in item.funcargs:
        report.sections.append(("Twintrack", control("GET", item.funcargs["world"] + "/__admin/report")))
