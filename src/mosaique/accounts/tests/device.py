"""A device that makes passkeys and signs with them, in plain Python: what a telephone does, and what a forger would."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from mosaique.accounts.services import passkeys

FLAG = AuthenticatorData.FLAG


@dataclass
class Device:
    counter: int = 0
    verifies: bool = True  # whether it checks its owner
    origin: str = ""
    private: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = b"device-one-credential"
    handle: bytes = b""

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer `begin_adding`."""
        asked = options["publicKey"]
        self.handle = websafe_decode(asked["user"]["id"])
        public = ES256.from_cryptography_key(self.private.public_key())
        made = AttestedCredentialData.create(b"\0" * 16, self.credential_id, public)
        data = self._data(FLAG.AT, bytes(made))
        client = self._client("webauthn.create", asked["challenge"])
        attestation = AttestationObject.create("none", data, {})
        return self._answer({"clientDataJSON": client, "attestationObject": bytes(attestation)})

    def sign(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer `begin_entering`."""
        self.counter += 1
        client = self._client("webauthn.get", options["publicKey"]["challenge"])
        data = self._data(FLAG(0), b"")
        signature = self.private.sign(bytes(data) + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "clientDataJSON": client,
                "authenticatorData": bytes(data),
                "signature": signature,
                "userHandle": self.handle,
            }
        )

    def _data(self, flags: Any, credential: bytes) -> AuthenticatorData:
        flags |= FLAG.UP | (FLAG.UV if self.verifies else FLAG(0))
        return AuthenticatorData.create(
            sha256(passkeys.site().encode()).digest(), flags, self.counter, credential
        )

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {
            "type": kind,
            "challenge": challenge,
            "origin": self.origin or passkeys.origin(),
            "crossOrigin": False,
        }
        return json.dumps(said).encode()

    def _answer(self, response: dict[str, bytes]) -> dict[str, Any]:
        name = websafe_encode(self.credential_id)
        return {
            "id": name, "rawId": name, "type": "public-key", "response": {key: websafe_encode(value) for key, value in response.items()},
        }  # fmt: skip
