import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Bench, polled, streamed } from "../suite/bench.ts";
import { Area } from "../suite/contract-case.ts";
import { type Certificate, says, streams } from "../suite/endpoint.ts";
import { emptyData, flagOf, polledSet, wholeSet } from "../suite/sdk-data.ts";
import { eventually } from "../suite/within.ts";

const area = new Area("connection");
export const connectionCases = area.cases;

const ada = { kind: "user", key: "ada" };
const data = { flags: flagOf("flag", 1, "one") };

/** A certificate that nobody vouches for but itself, made once a run. */
function certificateOf(bench: Bench): Promise<Certificate> {
  return bench.run.shared("certificate", async (shared) => {
    const folder = mkdtempSync(path.join(tmpdir(), "halyard-contract-"));
    shared.defer(() => rmSync(folder, { recursive: true, force: true }));
    const certificate = {
      certificateFile: path.join(folder, "certificate.pem"),
      keyFile: path.join(folder, "key.pem"),
    };
    const name = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
    const kind = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"];
    const files = ["-keyout", certificate.keyFile, "-out", certificate.certificateFile];
    execFileSync("openssl", [...kind, ...name, ...files], { stdio: "ignore" });
    return certificate;
  });
}

const mayFail = { startWaitTimeMs: 300, initCanFail: true };

for (const [what, isPolled] of [
  ["stream", false],
  ["poll", true],
] as const) {
  const answerOf = ({ mode }: Bench) =>
    isPolled ? says(polledSet(mode, data)) : streams(wholeSet(mode, data));
  const at = ({ mode }: Bench, baseUri: string) =>
    isPolled ? polled(mode, { baseUri }) : streamed(mode, { baseUri });
  const secure = async (bench: Bench) =>
    bench.secureEndpoint(await certificateOf(bench), answerOf(bench));
  const polling = isPolled ? ["server-side-polling"] : [];

  area.it(
    `takes no ${what} of a service that nobody vouches for`,
    async (bench) => {
      const service = await secure(bench);
      const sdk = await bench.clientWith({ ...at(bench, service.url), ...mayFail });

      assert.equal(await sdk.value("flag", ada, "fallback"), "fallback");
      assert.equal(service.received.length, 0);
    },
    { needs: ["tls:verify-peer", ...polling] },
  );

  area.it(
    `takes a ${what} of a service whose certificate it was given`,
    async (bench) => {
      const service = await secure(bench);
      const { certificateFile } = await certificateOf(bench);
      const tls = { customCAFile: certificateFile };
      const sdk = await bench.clientWith({ ...at(bench, service.url), tls });

      assert.equal(await sdk.value("flag", ada), "one");
    },
    { needs: ["tls:custom-ca", ...polling] },
  );

  area.it(
    `takes a ${what} of anyone where it is told to`,
    async (bench) => {
      const service = await secure(bench);
      const tls = { skipVerifyPeer: true };
      const sdk = await bench.clientWith({ ...at(bench, service.url), tls });

      assert.equal(await sdk.value("flag", ada), "one");
    },
    { needs: ["tls:skip-verify-peer", ...polling] },
  );

  area.it(
    `asks a proxy for the ${what}`,
    async (bench) => {
      const proxy = await bench.endpoint(answerOf(bench));
      const settings = { proxy: { httpProxy: proxy.url } };
      const sdk = await bench.clientWith({ ...at(bench, "http://not.valid.local"), ...settings });

      assert.match((await proxy.next()).target, /^http:\/\/not\.valid\.local\//u);
      assert.equal(await sdk.value("flag", ada), "one");
    },
    { needs: ["http-proxy", ...polling] },
  );
}

area.it(
  "sends its events through a proxy and over TLS",
  async (bench) => {
    const certificate = await certificateOf(bench);
    const accepts = says({});
    const [proxy, secure] = [
      await bench.endpoint(accepts),
      await bench.secureEndpoint(certificate, accepts),
    ];
    const stream = await bench.secureEndpoint(
      certificate,
      streams(wholeSet(bench.mode, emptyData)),
    );
    const send = async (settings: object): Promise<void> => {
      const sdk = await bench.clientWith({ ...settings, ...mayFail });
      await sdk.command("identifyEvent", { context: ada });
      await sdk.flush();
    };

    const tls = { customCAFile: certificate.certificateFile };
    await send({ ...streamFrom(bench, stream.url), tls, events: { baseUri: secure.url } });
    const httpProxy = { proxy: { httpProxy: proxy.url } };
    const events = { baseUri: "http://events.invalid" };
    await send({ ...streamFrom(bench, "http://stream.invalid"), ...httpProxy, events });

    assert.equal((await secure.next()).path, "/bulk");
    await eventually(() => {
      const targets = proxy.received.map(({ target }) => target);
      assert.ok(targets.includes("http://events.invalid/bulk"), targets.join(", "));
    });
  },
  { needs: ["http-proxy", "tls:custom-ca"] },
);

function streamFrom({ mode }: Bench, baseUri: string): object {
  return streamed(mode, { baseUri });
}
