import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, get } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import {
  document,
  keptLines,
  ScriptedService,
  status,
  transfer,
} from "../../test/scripted-service.ts";
import { init } from "../index.ts";
import { Transport, textOf } from "./transport.ts";

const plain = { proxy: undefined, ca: undefined, rejectUnauthorized: true };
const { signal } = new AbortController();
const ada = { kind: "user", key: "ada" };

async function listening(server: Server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** A certificate for localhost that no authority vouches for. */
async function selfSigned() {
  const folder = await mkdtemp(path.join(tmpdir(), "halyard-tls-"));
  const [key, cert] = ["key.pem", "cert.pem"].map((name) => path.join(folder, name)) as [
    string,
    string,
  ];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const args = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject];
  execFileSync("openssl", [...args, "-keyout", key, "-out", cert], { stdio: "ignore" });
  const pair = { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  await rm(folder, { recursive: true });
  return pair;
}

describe("Transport", () => {
  it("follows a service to its new path, with the key", async () => {
    await using service = await ScriptedService.start({
      "/old": status(307, { location: "/new" }),
      "/new": document({ found: true }),
    });

    const answer = await new Transport(plain).request(`${service.url}/old`, {
      headers: { authorization: "sdk-test" },
      signal,
    });

    expect(JSON.parse(await textOf(answer))).toEqual({ found: true });
    expect(service.askedFor("/new")[0]?.headers.authorization).toBe("sdk-test");
  });

  it("takes the key to no other host, and gives up on a circle", async () => {
    await using service = await ScriptedService.start({
      "/away": status(302, { location: "http://elsewhere.invalid/all" }),
      "/circle": status(301, { location: "/circle" }),
    });
    const ask = (where: string) =>
      new Transport(plain).request(service.url + where, { headers: {}, signal });

    expect((await ask("/away")).status).toBe(302);
    expect((await ask("/circle")).status).toBe(301);
    expect(service.askedFor("/circle")).toHaveLength(6);
  });

  it("inflates what comes compressed, and refuses what is cut short", async () => {
    const whole = gzipSync(JSON.stringify({ found: true }));
    await using service = await ScriptedService.start({
      "/whole": (response) => response.writeHead(200, { "content-encoding": "gzip" }).end(whole),
      "/cut": (response) =>
        response.writeHead(200, { "content-encoding": "gzip" }).end(whole.subarray(0, 20)),
    });
    const ask = async (where: string) =>
      textOf(await new Transport(plain).request(service.url + where, { headers: {}, signal }));

    expect(JSON.parse(await ask("/whole"))).toEqual({ found: true });
    await expect(ask("/cut")).rejects.toThrow("unexpected end");
  });

  it("goes through a proxy, which sees no more of https than the host", async () => {
    const { key, cert } = await selfSigned();
    const secure = createTlsServer({ key, cert }, (_, response) => response.end("secret"));
    await using listens = await listening(secure);
    await using service = await ScriptedService.start({ "/all": document({ found: true }) });
    const seen: string[] = [];
    const proxy = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      get(new URL("/all", service.url), (answer) => answer.pipe(response));
    });
    proxy.on("connect", (request, socket) => {
      seen.push(`${request.method} ${request.url}`);
      const target = connect(listens.port, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        target.pipe(socket).pipe(target);
      });
    });
    await using through = await listening(proxy);
    const address = `http://127.0.0.1:${through.port}`;
    const transport = new Transport({ ...plain, ca: cert, proxy: address });
    const ask = async (url: string) =>
      textOf(await transport.request(url, { headers: {}, signal }));

    expect(JSON.parse(await ask("http://flags.example/all"))).toEqual({ found: true });
    expect(await ask("https://localhost:8443/all")).toBe("secret");

    expect(seen).toEqual(["GET http://flags.example/all", "CONNECT localhost:8443"]);
  });

  it("trusts the certificates that it is given, and no others", async () => {
    const { key, cert } = await selfSigned();
    const server = createTlsServer({ key, cert }, (_, response) => {
      response.writeHead(200, { connection: "close" }).write(transfer("xfer-full", 3, "new"));
    });
    await using listens = await listening(server);
    const { logger, lines } = keptLines();
    const options = {
      baseUri: `https://localhost:${listens.port}`,
      logger,
      sendEvents: false,
      reconnectDelayMs: 60_000,
    };
    const valueWith = async (tls: object): Promise<string> => {
      await using flags = init("sdk-test", { ...options, tls });
      await flags.waitForInitialization({ timeout: 0.5 });
      return flags.stringVariation("checkout", ada, "fallback");
    };

    expect(await valueWith({})).toBe("fallback");
    expect(lines[0]).toContain("self-signed certificate");
    expect(await valueWith({ ca: cert })).toBe("new");
    expect(await valueWith({ rejectUnauthorized: false })).toBe("new");
  });
});
