import { newMember } from "@halyard/server/accounts";
import { TemporaryServer } from "@halyard/server/temporary-server";
import { z } from "zod";
import type { Target } from "./expectation.ts";
import { otherProject, ownProject, type Principal, policiesFor } from "./principals.ts";
import { type AskAsMember, type AskAsOwner, idOf, type Row, type Values } from "./row.ts";

const Keys = z.object({ apiKey: z.string(), mobileKey: z.string() });
const Made = z.object({ token: z.string() });
const Described = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});
const customRoles = ["allowing", "denying", "elsewhere", "lacking"] as const;

/** What was answered, and whether anything was written meanwhile. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly hasWritten: boolean;
}

interface Request {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
}

/** A server with two projects, and everybody who may ask it something. */
export class Asking implements AsyncDisposable {
  readonly #server: TemporaryServer;
  readonly #secrets = new Map<Principal, string>();
  #memberCookie = "";
  #made = 0;

  private constructor(server: TemporaryServer) {
    this.#server = server;
  }

  static async start(): Promise<Asking> {
    const asking = new Asking(await TemporaryServer.start());
    await asking.#makeProjects();
    await asking.#makePrincipals();
    return asking;
  }

  get routes(): readonly string[] {
    return this.#server.running.app.managementRoutes;
  }

  /** What the server says that it has, in the form of its routes. */
  async describedRoutes(): Promise<readonly string[]> {
    const { paths } = Described.parse(await this.askAsOwner("GET", "/api/v2/openapi.json"));
    return Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(
        (method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/gu, ":$1")}`,
      ),
    );
  }

  readonly askAsOwner: AskAsOwner = async (method, url, body) =>
    this.#succeed({ authorization: TemporaryServer.ownerToken }, { method, url, body });

  readonly #askAsMember: AskAsMember = async (method, url, body) =>
    this.#succeed(
      { cookie: this.#memberCookie, "sec-fetch-site": "same-origin" },
      { method, url, body },
    );

  /** Lets the custom roles say what they have to for a route. */
  async suit(row: Row): Promise<void> {
    for (const [role, policy] of Object.entries(policiesFor(row))) {
      const patch = [{ op: "replace", path: "/policy", value: policy }];
      await this.askAsOwner("PATCH", `/api/v2/roles/${role}`, patch);
    }
  }

  /** Makes what a route is asked about. */
  async make(row: Row, target: Target): Promise<Values> {
    this.#made += 1;
    const values = {
      projectKey: target === "other project" ? otherProject : ownProject,
      environmentKey: "test",
      flagKey: "standing",
      segmentKey: "standing",
      fresh: `fresh-${this.#made}`,
    };
    if (row.make === undefined) return values;
    const made = await row.make(this.askAsOwner, values, this.#askAsMember);
    await this.#server.running.runDueWork();
    return { ...values, ...made };
  }

  async ask(
    row: Row,
    principal: Principal,
    { target, values }: { target: Target; values: Values },
  ): Promise<Answer> {
    const [method = "", template = ""] = row.route.split(" ");
    const named = target === "nothing" ? withoutLast(template) : template;
    const path = named.replaceAll(/:(\w+)/gu, (_, name) => standingFor(values, name));
    const url = `${path}${row.query ?? ""}`;
    const before = await this.#countChanges();
    const secret = this.#secrets.get(principal);
    const { status, text } = await this.#send(
      secret === undefined ? {} : { authorization: secret },
      {
        method,
        url,
        body: row.body?.(values),
      },
    );
    return { status, text, hasWritten: (await this.#countChanges()) !== before };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
  }

  async #succeed(credential: Record<string, string>, request: Request): Promise<unknown> {
    const { status, text, location } = await this.#send(credential, request);
    if (status >= 300) throw new Error(`${request.method} ${request.url}: ${status} ${text}`);
    return text === "" ? { location } : JSON.parse(text);
  }

  async #send(
    credential: Record<string, string>,
    { method, url, body }: Request,
  ): Promise<{ status: number; text: string; location: string | undefined }> {
    const sent = new Response(body instanceof FormData ? body : JSON.stringify(body));
    const contentType = body instanceof FormData ? sent.headers.get("content-type") : undefined;
    const answered = await this.#server.running.app.inject({
      method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE", "REPORT"]).parse(method),
      url,
      headers: {
        ...credential,
        ...(body === undefined ? {} : { "content-type": contentType ?? "application/json" }),
      },
      ...(body === undefined ? {} : { payload: Buffer.from(await sent.arrayBuffer()) }),
    });
    const { statusCode: status, body: text, headers } = answered;
    return { status, text, location: headers.location };
  }

  async #countChanges(): Promise<number> {
    const { count } = await this.#server.running.db
      .selectFrom("change")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    return count;
  }

  async #makeProjects(): Promise<void> {
    const standing = { key: "standing", name: "Standing" };
    for (const key of [ownProject, otherProject]) {
      await this.askAsOwner("POST", "/api/v2/projects", { key, name: key });
      await this.askAsOwner("POST", `/api/v2/flags/${key}`, standing);
      await this.askAsOwner("POST", `/api/v2/segments/${key}/test`, standing);
    }
  }

  async #makePrincipals(): Promise<void> {
    const path = `/api/v2/projects/${ownProject}/environments/production`;
    const { apiKey, mobileKey } = Keys.parse(await this.askAsOwner("GET", path));
    this.#secrets.set("an SDK key", apiKey);
    this.#secrets.set("a mobile key", mobileKey);
    const member = { email: "member@example.com", role: "writer" };
    this.#memberCookie = (await newMember(this.#server, member)).cookie;
    await this.#makeToken("an expired token", { role: "admin", expiresAt: 1 });
    const revoked = await this.#makeToken("a revoked token", { role: "admin" });
    await this.askAsOwner("DELETE", `/api/v2/tokens/${revoked}`);
    await this.#makeToken("a reader", { role: "reader" });
    await this.#makeToken("a writer", { role: "writer" });
    await this.#makeToken("an admin", { role: "admin" });
    const ids: string[] = [];
    for (const key of customRoles) {
      const role = { key, name: key, policy: [], basePermissions: "no_access" };
      ids.push(idOf(await this.askAsOwner("POST", "/api/v2/roles", role)));
    }
    const [allowing, denying, elsewhere, lacking] = ids;
    await this.#makeToken("a role that allows this alone", { customRoleIds: [allowing] });
    await this.#makeToken("a role that denies this alone", { customRoleIds: [denying] });
    await this.#makeToken("a role that sees another project alone", {
      customRoleIds: [elsewhere],
    });
    await this.#makeToken("a role that denies what this takes besides", {
      customRoleIds: [lacking],
    });
  }

  /** Gives its id. */
  async #makeToken(principal: Principal, settings: object): Promise<string> {
    const body = { name: principal, serviceToken: true, ...settings };
    const made = await this.askAsOwner("POST", "/api/v2/tokens", body);
    this.#secrets.set(principal, Made.parse(made).token);
    return idOf(made);
  }
}

/** The path to something that is not there. */
function withoutLast(template: string): string {
  return template.replace(/:\w+(?=[^:]*$)/u, "missing");
}

function standingFor(values: Values, name: string): string {
  const value = values[name];
  if (value === undefined) throw new Error(`nothing is made that stands for :${name}`);
  return encodeURIComponent(value);
}
