// Reads {"origin", "keyId", "publicKey", "receipts": [{"entry", "text"}]} and says of each receipt whether it verifies.
import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

// The parts that check notes and proofs are not exported; the version is pinned for that reason.
const require = createRequire(import.meta.url);
const home = path.dirname(require.resolve("@sigstore/verify"));
const { verifyCheckpoint } = require(path.join(home, "tlog", "checkpoint.js"));
const { verifyMerkleInclusion } = require(path.join(home, "tlog", "merkle.js"));

const given = JSON.parse(readFileSync(0, "utf8"));
const spki = Buffer.concat([
  Buffer.from("302a300506032b6570032100", "hex"),
  Buffer.from(given.publicKey, "base64"),
]);
const log = {
  logID: Buffer.from(given.keyId, "hex"),
  baseURL: `https://${given.origin}`,
  publicKey: createPublicKey({ key: spki, format: "der", type: "spki" }),
};

function verify({ entry, text }) {
  const end = text.indexOf("\n\n");
  const [format, index, ...hashes] = text.slice(0, end).split("\n");
  if (format !== "c2sp.org/tlog-proof@v1") {
    throw new Error("not a receipt");
  }
  const receipt = {
    canonicalizedBody: Buffer.from(entry, "base64"),
    inclusionProof: {
      logIndex: index.replace("index ", ""),
      hashes: hashes.map((hash) => Buffer.from(hash, "base64")),
      checkpoint: { envelope: text.slice(end + 2) },
    },
  };
  verifyMerkleInclusion(receipt, verifyCheckpoint(receipt, [log]));
}

const verified = given.receipts.map((receipt) => {
  try {
    verify(receipt);
    return true;
  } catch {
    return false;
  }
});
process.stdout.write(JSON.stringify(verified));
