import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { polled } from "../suite/bench.ts";
import { Area } from "../suite/contract-case.ts";
import { type Answer, says, status } from "../suite/endpoint.ts";
import { emptyData, flagOf, polledSet } from "../suite/sdk-data.ts";
import { eventually } from "../suite/within.ts";

const ada = { kind: "user", key: "ada" };
const area = new Area("polling", { needs: ["server-side-polling"] });
export const pollingCases = area.cases;

const path = { first: "/sdk/latest-all", second: "/sdk/poll" } as const;
const often = { pollIntervalMs: 20 };
/** SDKs that keep to 30 seconds between polls cannot be asked for more than one. */
const canPollOften = { needs: ["frequent-polling"] };

area.it("asks with its key for a document", async (bench) => {
  const poll = await bench.endpoint(
    says(polledSet(bench.mode, { flags: flagOf("flag", 1, "one") })),
  );
  const sdk = await bench.clientWith(polled(bench.mode, { baseUri: poll.url }));

  const { method, path: asked, headers, query } = await poll.next();

  assert.equal(method, "GET");
  assert.equal(asked, path[bench.mode]);
  assert.equal(headers.authorization, "sdk-contract");
  assert.equal(headers["if-none-match"], undefined);
  assert.equal(query.get("filter"), null);
  assert.equal(await sdk.value("flag", ada), "one");
});

area.it("takes an address with a path, and with a slash at its end", async (bench) => {
  for (const ending of ["", "/"]) {
    const poll = await bench.endpoint(says(polledSet(bench.mode, emptyData)));
    await bench.clientWith(polled(bench.mode, { baseUri: `${poll.url}/below/here${ending}` }));
    assert.equal((await poll.next()).path, `/below/here${path[bench.mode]}`);
  }
});

area.it(
  "asks for the part that a filter chooses",
  async (bench) => {
    const poll = await bench.endpoint(says(polledSet(bench.mode, emptyData)));
    await bench.clientWith(polled(bench.mode, { baseUri: poll.url, filter: "a-part" }));

    assert.deepEqual((await poll.next()).query.getAll("filter"), ["a-part"]);
  },
  { needs: ["filtering"] },
);

area.it(
  "asks for a compressed document, and reads it",
  async (bench) => {
    const compressed: Answer = (response) => {
      const document = JSON.stringify(polledSet(bench.mode, { flags: flagOf("flag", 1, "one") }));
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(document));
    };
    const poll = await bench.endpoint(compressed);
    const sdk = await bench.clientWith(polled(bench.mode, { baseUri: poll.url }));

    assert.match(String((await poll.next()).headers["accept-encoding"]), /gzip/u);
    assert.equal(await sdk.value("flag", ada), "one");
  },
  { needs: ["polling-gzip"] },
);

area.it("takes no document whose text is broken", async (bench) => {
  const document = JSON.stringify(polledSet(bench.mode, { flags: flagOf("flag", 1, "AB?CD") }));
  const broken = Buffer.from(document);
  broken[broken.indexOf("?CD")] = 0xff;
  const poll = await bench.endpoint((response) => void response.writeHead(200).end(broken));
  const sdk = await bench.clientWith({
    ...polled(bench.mode, { baseUri: poll.url }),
    startWaitTimeMs: 300,
    initCanFail: true,
  });

  assert.equal(await sdk.value("flag", ada, "fallback"), "fallback");
});

area.it("takes a thousand flags", async (bench) => {
  const flags = Object.assign(
    {},
    ...Array.from({ length: 1_000 }, (_, at) => flagOf(`flag-${at}`, 1, at)),
  );
  const poll = await bench.endpoint(says(polledSet(bench.mode, { flags })));
  const sdk = await bench.clientWith(polled(bench.mode, { baseUri: poll.url }));

  assert.equal(await sdk.value("flag-0", ada), 0);
  assert.equal(await sdk.value("flag-999", ada), 999);
});

area.it(
  "asks again and again, and takes what is new",
  async (bench) => {
    const poll = await bench.endpoint(
      says(polledSet(bench.mode, { flags: flagOf("flag", 1, "one") })),
      says(polledSet(bench.mode, { flags: flagOf("flag", 2, "two") }, "next")),
    );
    const sdk = await bench.clientWith(polled(bench.mode, { baseUri: poll.url, ...often }));

    await eventually(async () => assert.equal(await sdk.value("flag", ada), "two"));
  },
  canPollOften,
);

area.it(
  "names the document that it has, and keeps it where there is no other",
  async (bench) => {
    const document = polledSet(bench.mode, { flags: flagOf("flag", 1, "one") });
    const poll = await bench.endpoint(says(document, { etag: '"one"' }), status(304));
    const sdk = await bench.clientWith(polled(bench.mode, { baseUri: poll.url, ...often }));
    await poll.next();

    // The second generation's address names what is held, so that a document of before is another.
    await poll.next();
    const asked = await poll.next();

    if (bench.mode === "first") assert.equal(asked.headers["if-none-match"], '"one"');
    else assert.equal(asked.query.get("basis"), "initial");
    assert.equal(await sdk.value("flag", ada), "one");
  },
  canPollOften,
);

for (const [what, failure] of [
  ["an answer 500", status(500)],
  ["an answer that is not JSON", says("{sorry")],
  ["a document of another shape", says({ flags: true, events: true })],
] as const) {
  area.it(
    `asks again after ${what}`,
    async (bench) => {
      const poll = await bench.endpoint(
        says(polledSet(bench.mode, { flags: flagOf("flag", 1, "one") })),
        failure,
        says(polledSet(bench.mode, { flags: flagOf("flag", 2, "two") }, "next")),
      );
      const sdk = await bench.clientWith(polled(bench.mode, { baseUri: poll.url, ...often }));

      await eventually(async () => assert.equal(await sdk.value("flag", ada), "two"));
    },
    canPollOften,
  );
}
