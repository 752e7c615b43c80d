// A tiny shop: the server decides with the SDK, and tells every open page when the decision changes.
import { readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { init } from "@halyard/sdk";

const ada = { kind: "user", key: "ada", country: "DE" };
const port = Number(process.env["PORT"] ?? "3000");
const page = readFileSync(new URL("page.html", import.meta.url));
const flags = init();
await flags.waitForInitialization({ timeout: 5 });

const pages = new Set<ServerResponse>();
const decision = (): string =>
  `data: ${JSON.stringify(flags.variation("checkout", ada, "old"))}\n\n`;
flags.on("change:checkout", () => {
  for (const open of pages) open.write(decision());
});

createServer((request, response) => {
  if (request.url !== "/checkout") {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  response.write(decision());
  pages.add(response);
  response.once("close", () => pages.delete(response));
}).listen(port, "localhost", () => {
  process.stdout.write(`open http://localhost:${port} and flip the flag "checkout"\n`);
});
