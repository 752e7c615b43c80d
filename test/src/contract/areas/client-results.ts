import assert from "node:assert/strict";
import { Area } from "../suite/contract-case.ts";
import { clientSideId as credential, says, status } from "../suite/endpoint.ts";
import { clientOf, encoded, result } from "../suite/results.ts";

const ada = { kind: "user", key: "ada" };

const area = new Area("client-side, results", { needs: ["client-side"], modes: ["client"] });
export const clientResultCases = area.cases;

for (const value of [true, false, 0, 1.5, "", "text", [1], { a: { b: null } }]) {
  area.it(`gives ${JSON.stringify(value)} as it is`, async (bench) => {
    const { sdk } = await clientOf(bench, { flag: result(value) });

    assert.deepEqual(await sdk.value("flag", {}, "fallback"), value);
    assert.deepEqual(await sdk.allFlags({}), { flag: value });
  });
}

area.it(
  "gives the fallback for a flag without value, and for one that there is not",
  async (bench) => {
    const { sdk } = await clientOf(bench, { none: result(null, { variation: null }) });

    assert.equal(await sdk.value("none", {}, "fallback"), "fallback");
    const { value, variationIndex, reason } = await sdk.detail(
      "nothing",
      {},
      { defaultValue: "x" },
    );
    assert.deepEqual([value, variationIndex ?? null], ["x", null]);
    assert.deepEqual(reason, { kind: "ERROR", errorKind: "FLAG_NOT_FOUND" });
  },
);

area.it("gives the reason that it was sent", async (bench) => {
  const reason = { kind: "RULE_MATCH", ruleIndex: 1, ruleId: "r", inExperiment: true };
  const { sdk } = await clientOf(
    bench,
    { flag: result("a", { reason }) },
    { clientSide: { evaluationReasons: true } },
  );

  assert.deepEqual(await sdk.detail("flag", {}), { value: "a", variationIndex: 1, reason });
});

for (const [valueType, value, fallback] of [
  ["bool", "text", true],
  ["int", "3", 4],
  ["double", true, 1.5],
  ["string", 3, "fallback"],
] as const) {
  area.it(
    `gives the fallback where ${JSON.stringify(value)} is no ${valueType}`,
    async (bench) => {
      const { sdk } = await clientOf(bench, { flag: result(value) });
      const given = { valueType, defaultValue: fallback, detail: false };

      assert.deepEqual((await sdk.detail("flag", {}, given)).value, fallback);
    },
    { needs: ["typed-values"] },
  );
}

for (const context of [
  ada,
  { kind: "org", key: "ünï/+?", name: "N", a: [1, { b: true }] },
  { kind: "multi", user: { key: "u" }, org: { key: "o" } },
]) {
  area.it(`streams the results of ${JSON.stringify(context)}`, async (bench) => {
    const { asked } = await clientOf(bench, {}, { context });

    const { method, path, query } = asked;

    assert.equal(method, "GET");
    const [name, environment, text = ""] = path.slice(1).split("/");
    assert.deepEqual([name, environment], ["eval", credential]);
    assert.deepEqual(JSON.parse(Buffer.from(text, "base64url").toString()), context);
    assert.notEqual(query.get("withReasons"), "true");
  });
}

area.it("asks for reasons and proves its context where it is told to", async (bench) => {
  const clientSide = { evaluationReasons: true, hash: "the-proof" };
  const { asked } = await clientOf(bench, {}, { clientSide });

  const { query } = asked;

  assert.deepEqual([query.get("withReasons"), query.get("h")], ["true", "the-proof"]);
});

area.it("polls where it is told to", async (bench) => {
  const poll = await bench.endpoint(says({ flag: result("polled") }));
  const sdk = await bench.clientWith({
    credential,
    polling: { baseUri: `${poll.url}/` },
    clientSide: { initialContext: ada },
  });

  const { method, path } = await poll.next();

  assert.equal(method, "GET");
  assert.equal(path, `/sdk/evalx/${credential}/contexts/${encoded(ada)}`);
  assert.equal(await sdk.value("flag", {}), "polled");
});

area.it("polls where no stream is to be had", async (bench) => {
  const stream = await bench.endpoint(status(503));
  const poll = await bench.endpoint(says({ flag: result("polled") }));
  const sdk = await bench.clientWith({
    credential,
    streaming: { baseUri: stream.url, initialRetryDelayMs: 1 },
    polling: { baseUri: poll.url },
    clientSide: { initialContext: ada },
  });

  assert.equal(await sdk.value("flag", {}), "polled");
});
