import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { configcatConfig } from "./configcat-config.ts";
import { fewFlags, manyFlags } from "./flags.ts";
import { unleashFeatures } from "./unleash-features.ts";

/** Gives each contender its flags on loopback, and takes what it counted. */
export async function startFlagServer(): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const { url = "" } = request;
    request.resume();
    if (url.endsWith("/all")) {
      const flags = url.startsWith("/many") ? manyFlags : fewFlags;
      const data = JSON.stringify({ path: "/", data: { flags, segments: {} } });
      response
        .writeHead(200, { "content-type": "text/event-stream" })
        .write(`event: put\ndata: ${data}\n\n`);
    } else if (url.includes("/client/features")) {
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify(unleashFeatures));
    } else if (url.includes("config_v6.json")) {
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify(configcatConfig));
    } else if (url.includes("/sdk/stream")) {
      response.writeHead(404).end();
    } else {
      response.writeHead(202).end();
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
