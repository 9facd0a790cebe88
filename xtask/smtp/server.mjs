// A real SMTP server for the tests. Usage: node server.mjs DIRECTORY
//
// It listens on three free ports of the loopback address (plain, STARTTLS, TLS), asks for a login, and writes each
// message to DIRECTORY as 1.eml, 2.eml, ... with its envelope as 1.json. The first line that it prints is a JSON
// object with the three addresses and the certificate's file. It ends when its standard input does.

import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import selfsigned from "selfsigned";
import { SMTPServer } from "smtp-server";

const USER = "cadet";
const PASSWORD = "correct-horse";

const directory = resolve(process.argv[2] ?? "mail");
mkdirSync(directory, { recursive: true });
const pems = await certificate();
const certificateFile = join(directory, "certificate.pem");
writeFileSync(certificateFile, pems.cert);
let messages = 0;

const [smtp, starttls, smtps] = await Promise.all([
  listen("smtp", { hideSTARTTLS: true, allowInsecureAuth: true }),
  listen("smtp", { allowInsecureAuth: false }, "?tls=required"),
  listen("smtps", { secure: true }),
]);
console.log(JSON.stringify({ smtp, starttls, smtps, certificate: certificateFile }));
process.stdin.on("end", () => process.exit(0)).on("error", () => process.exit(0)).resume();
process.on("SIGTERM", () => process.exit(0));

/** A certificate for the loopback address, valid for two days. */
function certificate() {
  const now = Date.now();
  const day = 24 * 60 * 60 * 1000;
  return selfsigned.generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: new Date(now - day),
    notAfterDate: new Date(now + day),
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }, { type: 7, ip: "127.0.0.1" }] },
    ],
  });
}

/** Listens on a free port and gives the address with user and password. */
function listen(scheme, options, query = "") {
  const server = new SMTPServer({ key: pems.private, cert: pems.cert, onAuth, onData, disableReverseLookup: true, ...options });
  server.on("error", (error) => console.error(error.message));
  return new Promise((done) => {
    server.listen(0, "127.0.0.1", () => {
      done(`${scheme}://${USER}:${PASSWORD}@127.0.0.1:${server.server.address().port}${query}`);
    });
  });
}

function onAuth(auth, _session, callback) {
  const known = auth.username === USER && auth.password === PASSWORD;
  callback(known ? null : new Error("unknown user or wrong password"), known ? { user: USER } : undefined);
}

/** Keeps a message. Recipients at `refused.example` are refused, so that tests see a failed delivery. */
function onData(stream, session, callback) {
  const parts = [];
  stream.on("data", (part) => parts.push(part));
  stream.on("end", () => {
    const recipients = session.envelope.rcptTo.map((recipient) => recipient.address);
    if (recipients.some((recipient) => recipient.endsWith("@refused.example"))) {
      callback(Object.assign(new Error("mailbox unavailable"), { responseCode: 550 }));
      return;
    }
    messages += 1;
    const envelope = { from: session.envelope.mailFrom.address, to: recipients, secure: session.secure };
    keep(`${messages}.json`, JSON.stringify(envelope));
    keep(`${messages}.eml`, Buffer.concat(parts));
    callback(null, `kept as ${messages}.eml`);
  });
}

/** Writes a whole file at once, so that a test never reads half a message. */
function keep(name, content) {
  const partial = join(directory, `.${name}`);
  writeFileSync(partial, content);
  renameSync(partial, join(directory, name));
}
