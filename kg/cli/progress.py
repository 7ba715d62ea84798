"""Progress of a run on standard error: a bar on a terminal, a line every half minute elsewhere."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from kg.build.report import Progress, Report

SECONDS_BETWEEN_LINES = 30.0


@contextlib.contextmanager
def shown_progress() -> Iterator[Progress]:
    """Give a function that shows the progress of a build while the block runs."""
    if sys.stderr.isatty():
        with _bar() as progress:
            yield progress
    else:
        yield _Lines()


@contextlib.contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        "{task.percentage:>3.0f}%",
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def show(report: Report, position: int, whole: int) -> None:
            bar.update(task, completed=position, total=whole, description=_count(report))

        yield show


class _Lines:
    """Progress as a line every half minute, for logs."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def __call__(self, report: Report, position: int, whole: int) -> None:
        now = time.monotonic()
        if now - self._last >= SECONDS_BETWEEN_LINES:
            self._last = now
            typer.echo(f"{position / max(whole, 1):.0%}: {_count(report)}", err=True)


def _count(report: Report) -> str:
    others = f", {report.unchanged:,} unchanged" if report.unchanged else ""
    failed = f", {len(report.failed):,} failed" if report.failed else ""
    return f"{report.extracted:,} articles{others}{failed}"


@contextlib.contextmanager
def shown_count(whole: int) -> Iterator[Callable[[int], None]]:
    """Give a function that shows how many of ``whole`` articles are done while the block runs."""
    with shown_progress() as progress:
        from kg.build.report import Report

        report = Report()

        def count(done: int) -> None:
            report.extracted = done
            progress(report, done, whole)

        yield count
