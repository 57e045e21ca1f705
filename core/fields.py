"""Fields that keep personal data encrypted at rest, and the keyed digests and pinyin that make them findable."""

import base64
import binascii
import hashlib
import json
import os
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

from core import text

VERSION = "v1"
json_text = json.JSONEncoder(ensure_ascii=False, default=str, separators=(",", ":")).encode


@lru_cache(maxsize=4)
def _key(secret):
    return hashlib.sha256(secret.encode()).digest()


@lru_cache(maxsize=4)
def _cipher(secret):
    return AESGCM(_key(secret))


@lru_cache(maxsize=4)
def _key_id(secret):
    return hashlib.sha256(b"name:" + _key(secret)).hexdigest()[:8]


def key_id():
    """A short public name of the current field key, kept with every ciphertext so that keys can be rotated."""
    return _key_id(settings.FIELD_KEY)


@lru_cache(maxsize=64)
def _sealer(secret, purpose):
    """What seals the texts of `EncryptedTextField` for one key and purpose: a set of rows calls it for every cell."""
    head, encrypted, purpose = f"{VERSION}|{_key_id(secret)}|", _cipher(secret).encrypt, purpose.encode()
    base64_of = binascii.b2a_base64

    def seal(text):
        nonce = os.urandom(12)
        return head + base64_of(nonce + encrypted(nonce, text.encode(), purpose), newline=False).decode()

    return seal


def encrypt(plain, purpose):
    """AES-256-GCM of the bytes `plain`; `purpose` ("table.column") is authenticated, so a value cannot be moved."""
    nonce = os.urandom(12)
    return nonce + _cipher(settings.FIELD_KEY).encrypt(nonce, plain, purpose.encode())


def decrypt(sealed, purpose):
    """The bytes that `encrypt` sealed; raises InvalidTag for a wrong key or purpose."""
    sealed = bytes(sealed)
    return _cipher(settings.FIELD_KEY).decrypt(sealed[:12], sealed[12:], purpose.encode())


@lru_cache(maxsize=4)
def _hmac(secret):
    """HMAC-SHA-256 (RFC 2104) by one key: its two hashes are begun once and copied for each of a set's texts, which takes a
    quarter of the time of hmac.digest."""
    key = _key(secret).ljust(hashlib.sha256().block_size, b"\0")
    inner, outer = (hashlib.sha256(bytes(byte ^ pad for byte in key)) for pad in (0x36, 0x5C))

    def hexdigest(message):
        first, second = inner.copy(), outer.copy()
        first.update(message)
        second.update(first.digest())
        return second.hexdigest()

    return hexdigest


def digest(value):
    """Keyed digest (HMAC-SHA-256, hex) of a normalised ID number or phone, for exact look-up."""
    return _hmac(settings.INDEX_KEY)(text.tight(value).upper().encode())


class EncryptedTextField(models.TextField):
    """Text kept as `v1|keyid|base64`; equal texts have different ciphertexts, so look up by a DigestField."""

    @property
    def purpose(self):
        return f"{self.model._meta.db_table}.{self.column}"

    def sealer(self):
        """A function: a value → what is kept of it, by the key of now; for a set of rows."""
        seal = _sealer(settings.FIELD_KEY, self.purpose)
        return lambda value: seal(value) if value else value

    def get_prep_value(self, value):
        return self.sealer()(super().get_prep_value(value))

    def from_db_value(self, value, expression, connection):
        if not value:
            return value
        return decrypt(base64.b64decode(value.split("|", 2)[2]), self.purpose).decode()


class JsonText(str):
    """A JSON value that is a text already."""

    __slots__ = ()


class EncryptedJSONField(EncryptedTextField):
    """A JSON value kept like an EncryptedTextField."""

    def sealer(self):
        seal = super().sealer()

        def seal_json(value):
            return None if value is None else seal(value if type(value) is JsonText else json_text(value))

        return seal_json

    def get_prep_value(self, value):
        return self.sealer()(value)

    def from_db_value(self, value, expression, connection):
        value = super().from_db_value(value, expression, connection)
        return json.loads(value) if value else None

    def to_python(self, value):
        return value


class EncryptedBinaryField(models.BinaryField):
    """Bytes (an uploaded or generated file) kept encrypted."""

    @property
    def purpose(self):
        return f"{self.model._meta.db_table}.{self.column}"

    def get_db_prep_value(self, value, connection, prepared=False):
        value = None if value is None else encrypt(bytes(value), self.purpose)
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value, expression, connection):
        return None if value is None else decrypt(value, self.purpose)


class DerivedField(models.CharField):
    """A CharField computed from the sibling field `source` whenever the row is saved, also by bulk_create."""

    def __init__(self, *args, source="", **kwargs):
        self.source = source
        super().__init__(*args, editable=False, **{key: value for key, value in kwargs.items() if key != "editable"})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, model_instance, add):
        value = getattr(model_instance, self.source)
        derived = self.derive(value) if value else (None if self.null else "")
        setattr(model_instance, self.attname, derived)
        return derived


class DigestField(DerivedField):
    """Keyed digest of an encrypted sibling."""

    def derive(self, value):
        return digest(value)


class PinyinField(DerivedField):
    """Pinyin of a name, to sort and search by (the embedded server has no Chinese collation)."""

    def derive(self, value):
        return text.pinyin(value)[: self.max_length]


class InitialsField(DerivedField):
    """Pinyin initials of a name."""

    def derive(self, value):
        return text.initials(value)[: self.max_length]
