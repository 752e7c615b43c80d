import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Page } from "playwright-core";

/** A script of the pages folder as a browser runs it. */
async function bundled(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`pages/${name}.ts`, import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    // React warns of mismatches, and mounts twice in strict mode, only in this mode.
    define: { "process.env.NODE_ENV": '"development"' },
  });
  return outputFiles.map(({ text }) => text).join("");
}

/** A site of another origin than the flags, whose pages carry one of the scripts. */
export class ShopSite implements AsyncDisposable {
  readonly #server: Server;
  /** What the page's body holds. */
  body = "";

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(script: string): Promise<ShopSite> {
    const code = await bundled(script);
    const server = createServer((request, response) => {
      const isScript = request.url === "/script.js";
      response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
      response.end(
        isScript
          ? code
          : `<!doctype html><title>A shop</title><body><main id="root">${site.body}</main><script src="/script.js"></script></body>`,
      );
    });
    const site = new ShopSite(server);
    await once(server.listen(0, "127.0.0.1"), "listening");
    return site;
  }

  get url(): string {
    // It listens on a port.
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** Opens the page, and collects what it says on the console. */
  async visit(page: Page): Promise<string[]> {
    const said: string[] = [];
    page.on("console", (message) => {
      const isAdvertisement = message.text().includes("React DevTools");
      if (!isAdvertisement) said.push(message.text());
    });
    page.on("pageerror", (error) => said.push(error.message));
    await page.goto(this.url);
    return said;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}
