// Checks the change log in a data folder: node verify-folder.ts FOLDER [CHECKPOINT]. Says what came
// of it as JSON; nothing is written.
import { readFileSync } from "node:fs";
import { openToRead } from "../storage/database.ts";
import { verifyLog } from "./audit-verification.ts";
import { Checkpoint } from "./checkpoint.ts";
import { readSigningKey } from "./signing-key.ts";

const [, , folder = "", keptFile] = process.argv;

try {
  const kept =
    keptFile === undefined
      ? undefined
      : Checkpoint.parse(JSON.parse(readFileSync(keptFile, "utf8")));
  const db = openToRead(folder);
  const result = await verifyLog(db, readSigningKey(folder).publicKey, kept);
  await db.destroy();
  process.stdout.write(`${JSON.stringify(result)}\n`);
} catch (error) {
  const why = error instanceof Error ? error.message : String(error);
  process.stderr.write(`cannot check the log in ${folder}: ${why}\n`);
  process.exitCode = 1;
}
