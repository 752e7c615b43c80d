import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sessionOf } from "../access/session.ts";
import type { Changes } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import type { Db } from "../storage/database.ts";
import { deleteMark, findAnswer, saveAnswer } from "./idempotency-queries.ts";
import type { FirstAttempt, WriteAttempts } from "./write-attempts.ts";

const longestKey = 255;
const system = { kind: "system", id: "system", name: "Halyard" } as const;

declare module "fastify" {
  interface FastifyRequest {
    /** Set while a write with an Idempotency-Key is under way for the first time. */
    idempotency: FirstAttempt | undefined;
  }
}

interface StoredAnswer {
  readonly status: number;
  readonly type: string | undefined;
  readonly etag: string | undefined;
  readonly body: string;
}

/**
 * A write that comes again under the same Idempotency-Key is answered as the first time, and not
 * done again. That it was done is written down in its own transaction, and the answer, which is known
 * only after that, before it is sent. After a crash between the two, the answer is lost, which is said.
 */
export function answerRepeatedWrites(
  app: FastifyInstance,
  { db, changes, attempts }: { db: Db; changes: Changes; attempts: WriteAttempts },
): void {
  const underWay = new Set<string>();
  app.decorateRequest("idempotency", undefined);

  app.addHook("preValidation", async (request, reply) => {
    const attempt = attemptOf(request);
    if (attempt === undefined) return;
    const { id, fingerprint, secret } = attempt;
    const known = await findAnswer(db, id, attempts.oldest);
    if (known !== undefined) {
      if (known.fingerprint !== fingerprint) {
        throw new DomainError(
          "unprocessable",
          "the Idempotency-Key was used for another request within the last 24 hours; take a new key for each write",
        );
      }
      if (!underWay.has(id)) return repeat(reply, opened(known.answer, secret));
    }
    if (underWay.has(id)) {
      throw new DomainError(
        "conflict",
        "the same write is under way under this Idempotency-Key; ask again in a moment",
      );
    }
    underWay.add(id);
    request.idempotency = attempt;
  });

  // With a callback, for only so does what comes after it run within the attempt.
  app.addHook("preHandler", ({ idempotency }, _reply, done) => {
    if (idempotency === undefined) done();
    else attempts.run(idempotency, done);
  });

  // Errors come this way too, and so does the answer to somebody who has hung up.
  app.addHook("onSend", async (request, reply, payload) => {
    const attempt = request.idempotency;
    if (attempt === undefined) return payload;
    request.idempotency = undefined;
    const { id, fingerprint, secret } = attempt;
    attempt.isOpen = false;
    try {
      if (reply.statusCode < 300) {
        const answer = sealed(answerOf(reply, payload), secret);
        const row = { id, fingerprint, answer, created_at: changes.now };
        await changes.write(system, (tx) => saveAnswer(tx, row));
      } else if (attempt.isMarked) await changes.write(system, (tx) => deleteMark(tx, id));
      return payload;
    } finally {
      underWay.delete(id);
    }
  });
}

function attemptOf(request: FastifyRequest): FirstAttempt | undefined {
  const { method, url, headers, body } = request;
  const key = headers["idempotency-key"];
  if (key === undefined || (method !== "POST" && method !== "PATCH")) return undefined;
  if (typeof key !== "string" || key === "" || key.length > longestKey) {
    throw new DomainError(
      "invalid_request",
      `an Idempotency-Key has 1 to ${longestKey} characters; a random UUID will do`,
    );
  }
  // Keys belong to the credential they come with; nobody reads another's answer by guessing one.
  const credential = headers.authorization ?? sessionOf(request) ?? "";
  const derived = (purpose: string) =>
    createHmac("sha256", credential).update(`${purpose} ${key}`).digest();
  const fingerprint = createHash("sha256")
    .update(JSON.stringify([method, url, headers["content-type"] ?? "", body ?? null]))
    .digest("hex");
  const id = derived("id").toString("hex");
  return { id, fingerprint, secret: derived("answer"), isOpen: true, isMarked: false };
}

function answerOf(reply: FastifyReply, payload: unknown): StoredAnswer {
  const header = (name: string) => {
    const value = reply.getHeader(name);
    return value === undefined ? undefined : String(value);
  };
  return {
    status: reply.statusCode,
    type: header("content-type"),
    etag: header("etag"),
    body: typeof payload === "string" ? payload : "",
  };
}

function repeat(reply: FastifyReply, { status, type, etag, body }: StoredAnswer): FastifyReply {
  reply.code(status).header("idempotent-replayed", "true");
  if (etag !== undefined) reply.header("etag", etag);
  if (type !== undefined) reply.type(type);
  // As text, for it has been through the route's schema once.
  return reply.serializer(String).send(body);
}

const nonceBytes = 12;
const tagBytes = 16;

function sealed(answer: StoredAnswer, secret: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", secret, nonce);
  const text = Buffer.concat([cipher.update(JSON.stringify(answer)), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

function opened(bytes: Buffer, secret: Buffer): StoredAnswer {
  if (bytes.length === 0) {
    throw new DomainError(
      "idempotent_answer_lost",
      "the write under this Idempotency-Key was made, but the server ended before it could answer; read what came of it",
    );
  }
  const decipher = createDecipheriv("aes-256-gcm", secret, bytes.subarray(0, nonceBytes));
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  const text = decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, "utf8");
  return JSON.parse(text + decipher.final("utf8")) as StoredAnswer; // Sealed by this module.
}
