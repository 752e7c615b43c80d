import type { Json, JsonObject } from "@halyard/evaluation";

/** A text that is no object, and where it stops being one. */
export class TextProblem extends Error {
  override readonly name = "TextProblem";
  /** The line, from 1. */
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

const pieces =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[{}[\]:,]|[^\s{}[\]:,"']+/guy;

/** Reads an object as people write it: names and quotes as in JavaScript, comments, a comma at the end. */
export function readObject(text: string): JsonObject {
  const reader = new Reader(text);
  const value = reader.value();
  reader.end();
  if (!isObject(value)) throw new TextProblem("a context is an object", 1);
  return value;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

interface Piece {
  readonly text: string;
  readonly line: number;
}

class Reader {
  readonly #pieces: readonly Piece[];
  #at = 0;

  constructor(text: string) {
    this.#pieces = piecesOf(text);
  }

  value(): Json {
    const { text } = this.#next();
    if (text === "{") return this.#object();
    if (text === "[") return this.#list();
    return this.#plain(text);
  }

  end(): void {
    if (this.#at < this.#pieces.length) this.#fail("nothing more after the object");
  }

  #object(): JsonObject {
    const entries: [string, Json][] = [];
    while (!this.#takes("}")) {
      const name = this.#name();
      if (!this.#takes(":")) this.#fail(`":" after ${name}`);
      entries.push([name, this.value()]);
      if (!this.#takes(",") && !this.#isNext("}")) this.#fail('"," or "}"');
    }
    return Object.fromEntries(entries);
  }

  #list(): Json[] {
    const items: Json[] = [];
    while (!this.#takes("]")) {
      items.push(this.value());
      if (!this.#takes(",") && !this.#isNext("]")) this.#fail('"," or "]"');
    }
    return items;
  }

  #name(): string {
    const { text } = this.#next();
    if (/^["']/u.test(text)) return unquoted(text);
    if (/^[{}[\]:,]$/u.test(text)) this.#fail("a name", -1);
    return text;
  }

  #plain(text: string): Json {
    if (/^["']./u.test(text)) return unquoted(text);
    if (text === "true" || text === "false") return text === "true";
    if (text === "null") return null;
    const number = Number(text);
    if (/^[-+.\d]/u.test(text) && Number.isFinite(number)) return number;
    return this.#fail("a value: texts stand in quotes", -1);
  }

  #takes(text: string): boolean {
    if (!this.#isNext(text)) return false;
    this.#at += 1;
    return true;
  }

  #isNext(text: string): boolean {
    return this.#pieces[this.#at]?.text === text;
  }

  #next(): Piece {
    const piece = this.#pieces[this.#at];
    if (piece === undefined) return this.#fail("more: the object does not end");
    this.#at += 1;
    return piece;
  }

  #fail(wanted: string, step = 0): never {
    const { line = 1 } = this.#pieces[this.#at + step] ?? this.#pieces.at(-1) ?? {};
    throw new TextProblem(wanted, line);
  }
}

function piecesOf(text: string): readonly Piece[] {
  const found: Piece[] = [];
  let line = 1;
  let end = 0;
  for (const match of text.matchAll(pieces)) {
    const [piece] = match;
    if (!/^(?:\s|\/\/|\/\*)/u.test(piece)) found.push({ text: piece, line });
    line += piece.split("\n").length - 1;
    end = match.index + piece.length;
  }
  if (end < text.length) throw new TextProblem("the quote to end", line);
  return found;
}

/** The text between the quotes, with what JSON and JavaScript escape. */
function unquoted(quoted: string): string {
  // Pair by pair, for a backslash may itself be escaped: JSON knows no \', and wants \" for ".
  const escaped = quoted.slice(1, -1).replaceAll(/\\.|"/gsu, (pair) => {
    if (pair === "\\'") return "'";
    return pair === '"' ? String.raw`\"` : pair;
  });
  try {
    return String(JSON.parse(`"${escaped}"`));
  } catch {
    return escaped; // An escape that neither knows stays as it was typed.
  }
}

/** As people write it, a member a line. */
export function writeObject(object: JsonObject): string {
  const members = Object.entries(object).map(
    ([name, value]) => `  ${nameOf(name)}: ${spaced(value)}`,
  );
  return members.length === 0 ? "{}" : `{\n${members.join(",\n")}\n}`;
}

function nameOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/u.test(name) ? name : JSON.stringify(name);
}

function spaced(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, one]) => `${nameOf(name)}: ${spaced(one)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}
