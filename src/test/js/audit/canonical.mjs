// Reads a document of JSON on each line and answers with the canonical form (RFC 8785) of each, as JSON text.
import { createInterface } from "node:readline";
import canonicalize from "canonicalize";

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  process.stdout.write(`${JSON.stringify(canonicalize(JSON.parse(line)))}\n`);
}
