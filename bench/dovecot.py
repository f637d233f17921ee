# SPDX-License-Identifier: EUPL-1.2
"""A real mail server of one's own: Dovecot on 127.0.0.1, with its configuration, users and mail in a folder for a while."""

import datetime
import ipaddress
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

USER, PASSWORD = "pasts", 'parole ar "pēdiņām"'
START_SECONDS = 20


@dataclass(frozen=True)
class MailServer:
    """A running server: its ports, its folder, and the certificate of who vouches for it."""

    port: int
    tls_port: int
    folder: Path
    authority: Path

    def lay(self, content: bytes, *, arrived: float | None = None, folder: str = "", number: int = 0) -> None:
        """Lay a mail into the mailbox of the one user, as a delivery agent does (Maildir)."""
        target = self.folder / "mail" / USER / "Maildir" / (f".{folder}" if folder else "")
        moment = arrived if arrived is not None else time.time()
        name = f"{int(moment)}.M{number}P{os.getpid()}_{time.monotonic_ns()}.talka"
        path = target / "tmp" / name
        path.write_bytes(content)
        os.utime(path, (moment, moment))
        if os.getuid() == 0:
            os.chown(path, *_mail_user())
        path.rename(target / "new" / name)

    def make_folder(self, folder: str) -> None:
        """Make a folder beside the inbox."""
        self._make(f".{folder}")

    def _make(self, name: str) -> None:
        maildir = self.folder / "mail" / USER / "Maildir"
        for part in ("tmp", "new", "cur"):
            (maildir / name / part).mkdir(parents=True, exist_ok=True)
        if os.getuid() == 0:
            for path in [self.folder / "mail", *(self.folder / "mail").rglob("*")]:
                os.chown(path, *_mail_user())

    def count(self, folder: str = "") -> int:
        """Return how many mails lie in the inbox or a folder."""
        maildir = self.folder / "mail" / USER / "Maildir" / (f".{folder}" if folder else "")
        return sum(len(list((maildir / part).iterdir())) for part in ("new", "cur"))

    def empty(self) -> None:
        """Take all mail away, as if the mailbox were new."""
        shutil.rmtree(self.folder / "mail" / USER / "Maildir", ignore_errors=True)
        self._make("")


def _mail_user() -> tuple[int, int]:
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run Dovecot until the block is left."""
    folder = Path(tempfile.mkdtemp(prefix="talka-dovecot-"))
    folder.chmod(0o755)
    server = MailServer(_free_port(), _free_port(), folder, folder / "authority.pem")
    server.empty()
    _certificates(folder)
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
    (folder / "dovecot.conf").write_text(_configuration(server))
    program = shutil.which("dovecot") or "/usr/sbin/dovecot"
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(
            [program, "-F", "-c", str(folder / "dovecot.conf")], stdout=output, stderr=output, start_new_session=True
        )
    try:
        _wait(server, process)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: MailServer, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", server.port), timeout=2) as connection:
                if connection.recv(4) == b"* OK":
                    return
        except OSError:
            pass
        if process.poll() is not None:
            break
        time.sleep(0.05)
    said = (server.folder / "output").read_text(errors="replace")
    log = server.folder / "log"
    raise RuntimeError(f"Dovecot did not start. {said} {log.read_text(errors='replace') if log.exists() else ''}")


def _configuration(server: MailServer) -> str:
    folder = server.folder
    if os.getuid() == 0:
        uid, gid = _mail_user()
        users = ""
    else:
        uid, gid = os.getuid(), os.getgid()
        name = pwd.getpwuid(uid).pw_name
        users = f"default_internal_user = {name}\ndefault_login_user = {name}\ndefault_internal_group = {gid}\n"
    return f"""
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
{users}
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
login_trusted_networks = 127.0.0.0/8
mail_location = maildir:~/Maildir
mail_max_userip_connections = 100
first_valid_uid = 1
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
namespace inbox {{
  inbox = yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {server.port}
  }}
  inet_listener imaps {{
    port = {server.tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


def _certificates(folder: Path) -> None:
    """Make an authority for a while and, signed by it, the server's certificate for 127.0.0.1 and localhost."""
    now = datetime.datetime.now(datetime.UTC)
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Talka tests")])
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])

    def certificate(name: x509.Name, public: ec.EllipticCurvePublicKey, *, is_authority: bool) -> x509.Certificate:
        names = x509.SubjectAlternativeName(
            [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        )
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(issuer)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=30))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
            )
        )
        if is_authority:
            usage = x509.KeyUsage(
                digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False, key_encipherment=False,
                data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
            )  # fmt: skip
            builder = builder.add_extension(usage, critical=True)
        else:
            builder = builder.add_extension(names, critical=False)
        return builder.sign(authority_key, hashes.SHA256())

    pem = serialization.Encoding.PEM
    (folder / "authority.pem").write_bytes(
        certificate(issuer, authority_key.public_key(), is_authority=True).public_bytes(pem)
    )
    (folder / "server.pem").write_bytes(certificate(subject, key.public_key(), is_authority=False).public_bytes(pem))
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "server.key").write_bytes(private)
