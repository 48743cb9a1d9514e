// Reads {"secret", "jwks", "issuer", "audience", "grant", "webhook": {"headers", "body"}} and says what it could verify.
// Exits with 1 and the reason where something does not hold.
import { createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { createLocalJWKSet, jwtVerify } from "jose";
import { Webhook } from "standardwebhooks";

const given = JSON.parse(readFileSync(0, "utf8"));
const verified = {};

if (given.webhook) {
  const { headers, body } = given.webhook;
  const raw = Buffer.from(body, "base64");

  if (given.secret) {
    new Webhook(given.secret).verify(raw.toString("utf8"), headers);
    verified.v1 = true;
  }

  const jwk = given.jwks.keys.find((key) => key["countersign:purpose"] === "webhooks");
  const signed = Buffer.concat([
    Buffer.from(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.`),
    raw,
  ]);
  const asymmetric = headers["webhook-signature"].split(" ").filter((s) => s.startsWith("v1a,"));
  const key = createPublicKey({ key: jwk, format: "jwk" });
  if (!asymmetric.some((s) => verify(null, signed, key, Buffer.from(s.slice(4), "base64")))) {
    throw new Error("no v1a signature verifies with the published key");
  }
  verified.v1a = true;
}

if (given.grant) {
  const { payload } = await jwtVerify(given.grant, createLocalJWKSet(given.jwks), {
    algorithms: ["EdDSA"],
    audience: given.audience,
    issuer: given.issuer,
    typ: "countersign-grant+jwt",
  });
  verified.grant = payload;
}

process.stdout.write(JSON.stringify(verified));
