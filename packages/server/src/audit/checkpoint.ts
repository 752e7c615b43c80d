import { createHash, type KeyObject, sign, verify } from "node:crypto";
import { z } from "zod";

const Head = z.object({ version: z.int(), hash: z.string() });

/** Where every history stood at a time; it names the statement before by its hash. */
export const CheckpointStatement = z.object({
  id: z.int(),
  /** Unix milliseconds. */
  at: z.int(),
  previous: z.string(),
  heads: z.record(z.string(), Head),
});
export type CheckpointStatement = z.infer<typeof CheckpointStatement>;

/** A statement as it is kept and handed out; the signature is over the very bytes of its text. */
export const Checkpoint = z.object({
  statement: z.string().describe("JSON."),
  signature: z.string().describe("Ed25519, in base64."),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

const beforeTheFirst = "0".repeat(64);

export function signedCheckpoint(
  statement: CheckpointStatement,
  privateKey: KeyObject,
): Checkpoint {
  const text = JSON.stringify(statement);
  const signature = sign(null, Buffer.from(text), privateKey).toString("base64");
  return { statement: text, signature };
}

/** What a checkpoint says; undefined where the key has not signed it. */
export function statementOf(
  { statement, signature }: Checkpoint,
  publicKey: KeyObject,
): CheckpointStatement | undefined {
  const isSigned = verify(
    null,
    Buffer.from(statement),
    publicKey,
    Buffer.from(signature, "base64"),
  );
  return isSigned ? CheckpointStatement.parse(JSON.parse(statement)) : undefined;
}

/** What the next statement calls this one. */
export function nameOfCheckpoint(checkpoint: Checkpoint | undefined): string {
  return checkpoint === undefined
    ? beforeTheFirst
    : createHash("sha256").update(checkpoint.statement).digest("hex");
}
