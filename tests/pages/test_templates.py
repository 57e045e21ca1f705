"""The tests' own net: a template that prints a name nobody gave fails."""

import pytest
from django.template import engines


def test_an_unknown_variable_fails():
    with pytest.raises(AssertionError, match="nobody_gave_this"):
        engines["django"].from_string("{{ nobody_gave_this }}").render({})
