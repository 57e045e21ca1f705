"""Look-ups that Django has not got."""

import re

from django.core.exceptions import EmptyResultSet
from django.db.models import Field, ForeignObject, Lookup

NOTHING = "{}"


@Field.register_lookup
@ForeignObject.register_lookup
class Among(Lookup):
    """`field__among=values` is `field__in=values` for thousands of them: one parameter, an array, in place of one for
    each, which Django prepares and PostgreSQL parses one by one. A foreign key is looked up by the key itself, never by an
    instance; None among the values is passed over, as by `in`."""

    lookup_name = "among"

    def get_prep_lookup(self):
        return "{" + ",".join(f'"{_quoted(str(value))}"' for value in self.rhs if value is not None) + "}"

    def as_sql(self, compiler, connection):
        if self.rhs == NOTHING:
            raise EmptyResultSet
        column, parameters = self.process_lhs(compiler, connection)
        # Without its length: a cast to varchar(50) would cut what is longer, and find it.
        kind = re.sub(r"\(.*\)", "", self.lhs.output_field.db_type(connection))
        return f"{column} = ANY (%s::{kind}[])", [*parameters, self.rhs]


def _quoted(text):
    return text.replace("\\", "\\\\").replace('"', '\\"') if "\\" in text or '"' in text else text
