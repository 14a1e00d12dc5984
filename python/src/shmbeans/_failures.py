# Copyright 2026-present the shmbeans authors
#
# Licensed under the Apache License, Version 2.0 (the "License");
# you may not use this file except in compliance with the License.
# You may obtain a copy of the License at
#
#      https://www.apache.org/licenses/LICENSE-2.0
#
# Unless required by applicable law or agreed to in writing, software
# distributed under the License is distributed on an "AS IS" BASIS,
# WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
# See the License for the specific language governing permissions and
# limitations under the License.
"""Steps that are all done though one of them fails."""

from typing import Callable, List, Optional, Sequence


def _run_all(steps: Sequence[Callable[[], object]]) -> None:
    """Do every step though an earlier one failed, then raise the first failure with the others as its context."""
    failures: List[BaseException] = []
    for step in steps:
        try:
            step()
        except BaseException as ex:
            failures.append(ex)
    if failures:
        try:
            raise failures[0]
        except BaseException as first:
            for later in reversed(failures[1:]):
                _add_context(first, later)
            raise
        finally:
            failures.clear()


def _add_context(failure: BaseException, later: BaseException) -> None:
    """Put an exception right before the others in the context of the first, without making a ring."""
    known: List[BaseException] = []
    found: Optional[BaseException] = failure
    while found is not None and found not in known:
        known.append(found)
        found = found.__context__
    if later not in known:
        last = later
        while last.__context__ is not None and last.__context__ not in known:
            known.append(last)
            last = last.__context__
        last.__context__ = failure.__context__
        failure.__context__ = later
