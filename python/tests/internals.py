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
"""The private names of the library: each in a module of the package, or all in the single file."""

import contextlib
import sys
import types

import shmbeans


def modules():
    private = shmbeans.__name__ + "._"
    return [module for name, module in list(sys.modules.items()) if name.startswith(private)] + [shmbeans]


def __getattr__(name):
    for module in modules():
        if not isinstance(vars(module).get(name, types), types.ModuleType):
            return vars(module)[name]
    raise AttributeError(name)


@contextlib.contextmanager
def patched(name, value):
    """Give a private constant another value, in all modules that use it."""
    users = [module for module in modules() if name in vars(module)]
    genuine = [vars(module)[name] for module in users]
    assert users, name
    for module in users:
        setattr(module, name, value)
    try:
        yield
    finally:
        for module, found in zip(users, genuine):
            setattr(module, name, found)


def patch(name, value):
    """Give it another value until this process ends."""
    patched(name, value).__enter__()
