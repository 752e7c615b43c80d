import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StreamEvent } from "./protocol.ts";
import { readEvents } from "./stream.ts";

type Said = StreamEvent | { readonly comment: string };

/** What our own reading path makes of bytes that arrive in these pieces. */
async function read(pieces: readonly Uint8Array[]): Promise<readonly Said[]> {
  const said: Said[] = [];
  const listener = {
    onEvent: (event: StreamEvent) => void said.push(event),
    onComment: (comment: string) => void said.push({ comment }),
  };
  const arrive = async function* () {
    yield* pieces;
  };
  await readEvents(arrive(), listener, () => undefined);
  return said;
}

type Field = readonly [name: string, value: string];

/** The same by the letter of the HTML standard, section "Interpreting an event stream". */
function interpreted(bytes: Uint8Array): readonly Said[] {
  const said: Said[] = [];
  let fields: Field[] = [];
  // A line that has no end yet is none.
  for (const line of new TextDecoder()
    .decode(bytes)
    .split(/\r\n|\n|\r/u)
    .slice(0, -1)) {
    const [, field = "", value = ""] = /^([^:]*)(?:: ?)?(.*)$/su.exec(line) ?? [];
    if (line.startsWith(":")) said.push({ comment: value });
    else if (line !== "") fields.push([field, value]);
    else {
      if (fields.some(([name]) => name === "data")) said.push(eventOf(fields));
      fields = [];
    }
  }
  return said;
}

function eventOf(fields: readonly Field[]): StreamEvent {
  const of = (wanted: string) =>
    fields.flatMap(([name, value]) => (name === wanted ? [value] : []));
  const name = of("event").at(-1);
  const id = of("id").findLast((value) => !value.includes("\0"));
  return { name: name === "" ? undefined : name, id, data: of("data").join("\n") };
}

const values = fc.oneof(
  fc.constantFrom("", " ", "e:7", "put", "a\0b", ": x", '{"flags":{}}', "ü€😀", "\uFEFF"),
  fc.string({ unit: "binary" }).map((text) => text.replaceAll(/[\r\n]/gu, "")),
);
const fields = fc.constantFrom(
  "data",
  "event",
  "id",
  "retry",
  "",
  "dat",
  "datas",
  "Data",
  "nonsense",
);
const lines = fc.oneof(
  { weight: 3, arbitrary: fc.constant("") },
  { weight: 3, arbitrary: values.map((value) => `data: ${value}`) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fields, fc.constantFrom(":", ": ", ":  ", ""), values)
      .map(([field, colon, value]) => field + colon + (colon === "" ? "" : value)),
  },
);
const ends = fc.constantFrom("\n", "\r", "\r\n");
const texts = fc
  .tuple(
    fc.constantFrom("", "\uFEFF", "\uFEFF\uFEFF"),
    fc.array(fc.tuple(lines, ends), { maxLength: 24 }),
    values,
  )
  .map(([mark, body, rest]) => Buffer.from(mark + body.flat().join("") + rest));
/** Now and then bytes that are no text. */
const streamBytes = fc
  .tuple(texts, fc.option(fc.tuple(fc.nat(), fc.integer({ min: 128, max: 255 })), { freq: 8 }))
  .map(([bytes, wrong]) => {
    if (wrong !== null && bytes.length > 0) bytes[wrong[0] % bytes.length] = wrong[1];
    return bytes;
  });

/** The standard puts a mark in place of a broken byte; a flag's value with such a mark is another value. */
function isText(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const at = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((from, index) => bytes.subarray(from, at[index]));
}

describe("a stream of events", () => {
  it("says the same however its bytes are cut, and what the standard says, or ends where they are no text", async () => {
    await fc.assert(
      fc.asyncProperty(
        streamBytes,
        fc.array(fc.nat(), { maxLength: 12 }),
        async (bytes, places) => {
          const reading = read(cut(bytes, places));

          if (isText(bytes)) expect(await reading).toEqual(interpreted(bytes));
          else await expect(reading).rejects.toThrow("not valid");
        },
      ),
      { numRuns: 10_000, seed: 13 },
    );
  });

  it("says the same where it is cut at any byte, and byte by byte", async () => {
    const text =
      "\uFEFF: e:3\r\n\r\nevent: put\rid: a\0b\rid: e:4\rdata: {\rdata: ü😀}\r\r\n\r\nretry: 5\n\ndata\n\n:\n\n";
    const bytes = Buffer.from(text);
    const expected = [
      { comment: "e:3" },
      { name: "put", id: "e:4", data: "{\nü😀}" },
      { name: undefined, id: undefined, data: "" },
      { comment: "" },
    ];

    expect(interpreted(bytes)).toEqual(expected);
    expect(await read([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(expected);
    for (let place = 0; place <= bytes.length; place += 1) {
      expect(await read(cut(bytes, [place]))).toEqual(expected);
    }
  });

  it.each([
    ["an event", (line: string) => `event: put\ndata: ${line}\n\n`],
    ["a comment", (line: string) => `: ${line}\n\n`],
    ["a field that nobody knows", (line: string) => `nonsense: ${line}\n\n`],
  ])("may hold a line of 10 MB in %s, in pieces of a kilobyte", async (_, text) => {
    const line = "x".repeat(10_000_000);
    const bytes = Buffer.from(`${text(line)}data: after\n\n`);
    const places = Array.from({ length: 10_000 }, (_gap, index) => index * 1_000);

    const said = await read(cut(bytes, places));

    expect(said.at(-1)).toEqual({ name: undefined, id: undefined, data: "after" });
    expect(said).toEqual(interpreted(bytes));
  });
});
